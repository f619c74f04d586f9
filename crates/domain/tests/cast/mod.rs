//! The actors of the matrix, and the applications they meet.

use chrono::DateTime;
use iae_domain::Actor;
use iae_domain::actor::{CandidateActor, EmployerActor, InspectorActor, PrescriberActor, StaffActor};
use iae_domain::applications::{Application, Sender, SenderKind, State};
use iae_domain::ids::{ApplicationId, OrganisationId, UserId};
use iae_domain::organisations::{CompanyKind, InstitutionKind, PrescriberKind};
use uuid::Uuid;

pub(crate) const USER: UserId = UserId(Uuid::from_u128(1));
pub(crate) const OWN: OrganisationId = OrganisationId(Uuid::from_u128(2));
pub(crate) const ELSEWHERE: OrganisationId = OrganisationId(Uuid::from_u128(3));
pub(crate) const SOMEONE_ELSE: UserId = UserId(Uuid::from_u128(4));

/// Whether the thing belongs to the actor's organisation, or to the actor.
#[derive(Clone, Copy)]
pub(crate) enum Relation {
    Own,
    /// To their organisation, and they made it themselves.
    Made,
    Other,
}

/// Every kind of actor, as the matrix names it.
pub(crate) fn actors() -> Vec<(&'static str, Actor)> {
    let prescriber = |authorised, is_admin| {
        PrescriberActor { user: USER, organisation: OWN, kind: PrescriberKind::Ml, authorised, is_admin }
            .into()
    };
    let employer = |kind, is_admin| EmployerActor { user: USER, organisation: OWN, kind, is_admin }.into();
    let inspector = |is_admin| InspectorActor {
        user: USER,
        organisation: OWN,
        kind: InstitutionKind::DdetsIae,
        department: Some("57".to_owned()),
        is_admin,
    };
    vec![
        ("cand", CandidateActor { user: USER, candidate: USER.into() }.into()),
        ("orie", prescriber(false, false)),
        ("pres", prescriber(true, false)),
        ("pres+", prescriber(true, true)),
        ("aci", employer(CompanyKind::Aci, false)),
        ("aci+", employer(CompanyKind::Aci, true)),
        ("geiq", employer(CompanyKind::Geiq, false)),
        ("insp", inspector(false).into()),
        ("insp+", inspector(true).into()),
        ("staff", StaffActor { user: USER, is_superuser: false, groups: vec![] }.into()),
        ("staff+", StaffActor { user: USER, is_superuser: true, groups: vec![] }.into()),
        ("system", Actor::System),
    ]
}

/// An application sent by the actor's organisation, or received by it.
pub(crate) fn application(actor: &Actor, relation: Relation, received: bool) -> Application {
    let organisation = match relation {
        Relation::Made | Relation::Own => OWN,
        Relation::Other => ELSEWHERE,
    };
    let person = match relation {
        Relation::Made | Relation::Own => USER,
        Relation::Other => SOMEONE_ELSE,
    };
    let sender = match actor {
        Actor::Candidate(_) => Sender { kind: SenderKind::Candidate, user: Some(person), organisation: None },
        Actor::Employer(_) if !received => {
            Sender { kind: SenderKind::Employer, user: Some(person), organisation: Some(organisation) }
        }
        Actor::Prescriber(_) if !received => {
            Sender { kind: SenderKind::Prescriber, user: Some(person), organisation: Some(organisation) }
        }
        Actor::Employer(_) | Actor::Prescriber(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => {
            Sender { kind: SenderKind::Prescriber, user: Some(SOMEONE_ELSE), organisation: Some(ELSEWHERE) }
        }
    };
    Application {
        id: ApplicationId(Uuid::from_u128(9)),
        candidate: person.into(),
        company: if received { organisation } else { ELSEWHERE },
        sender,
        submitted_at: DateTime::UNIX_EPOCH,
        state: State::New,
        answer: None,
        answer_to_prescriber: None,
    }
}
