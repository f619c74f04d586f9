//! Who may do what, printed: every action, every kind of actor, on a thing of their own organisation and on one of
//! another. The snapshot is reviewed as a diff: a changed letter is a changed permission.

use std::fmt::Write as _;

use chrono::DateTime;
use iae_domain::Actor;
use iae_domain::actor::{ActorRecord, CandidateActor, EmployerActor, InspectorActor, PrescriberActor, StaffActor};
use iae_domain::applications::{self, Application, Sender, SenderKind, State};
use iae_domain::candidates::policy as candidates;
use iae_domain::candidates::policy::Standing;
use iae_domain::documents::policy as documents;
use iae_domain::documents::policy::{Concerned, Readers};
use iae_domain::eligibility::policy as eligibility;
use iae_domain::exports;
use iae_domain::ids::{ApplicationId, CandidateId, OrganisationId, UserId};
use iae_domain::organisations::{CompanyKind, InstitutionKind, PrescriberKind};
use iae_domain::pass::policy as pass;
use iae_domain::policy::{Action, Denied};
use uuid::Uuid;

const USER: UserId = UserId(Uuid::from_u128(1));
const OWN: OrganisationId = OrganisationId(Uuid::from_u128(2));
const ELSEWHERE: OrganisationId = OrganisationId(Uuid::from_u128(3));
const SOMEONE_ELSE: UserId = UserId(Uuid::from_u128(4));

/// Whether the thing belongs to the actor's organisation, or to the actor.
#[derive(Clone, Copy)]
enum Relation {
    Own,
    Other,
}

/// What is printed in a cell.
enum Cell {
    /// The rule allows it.
    Allowed,
    /// The rule denies it.
    Denied(Denied),
    /// The thing is not found: nothing says that it exists (TEN-1).
    Invisible,
    /// The signature of the use case takes another kind of actor.
    OtherType,
}

impl Cell {
    fn letters(&self) -> &'static str {
        match self {
            Self::Allowed => "A",
            Self::Denied(Denied::Role) => "role",
            Self::Denied(Denied::NotAuthorised) => "auth",
            Self::Denied(Denied::OtherOrganisation) => "org",
            Self::Denied(Denied::NotSiae) => "siae",
            Self::Invisible => "N",
            Self::OtherType => "-",
        }
    }
}

impl From<Result<(), Denied>> for Cell {
    fn from(decision: Result<(), Denied>) -> Self {
        decision.map_or_else(Self::Denied, |()| Self::Allowed)
    }
}

fn actors() -> Vec<(&'static str, Actor)> {
    let prescriber = |authorised, is_admin| {
        PrescriberActor { user: USER, organisation: OWN, kind: PrescriberKind::Ml, authorised, is_admin }
            .into()
    };
    let employer = |kind, is_admin| EmployerActor { user: USER, organisation: OWN, kind, is_admin }.into();
    let inspector = InspectorActor {
        user: USER,
        organisation: OWN,
        kind: InstitutionKind::DdetsIae,
        department: Some("57".to_owned()),
    };
    vec![
        ("cand", CandidateActor { user: USER, candidate: USER.into() }.into()),
        ("orie", prescriber(false, false)),
        ("pres", prescriber(true, false)),
        ("pres+", prescriber(true, true)),
        ("aci", employer(CompanyKind::Aci, false)),
        ("aci+", employer(CompanyKind::Aci, true)),
        ("geiq", employer(CompanyKind::Geiq, false)),
        ("insp", inspector.into()),
        ("staff", StaffActor { user: USER, is_superuser: false }.into()),
        ("system", Actor::System),
    ]
}

/// An application sent by the actor's organisation, or received by it.
fn application(actor: &Actor, relation: Relation, received: bool) -> Application {
    let organisation = match relation {
        Relation::Own => OWN,
        Relation::Other => ELSEWHERE,
    };
    let person = match relation {
        Relation::Own => USER,
        Relation::Other => SOMEONE_ELSE,
    };
    let sender = match actor {
        Actor::Candidate(_) => Sender { kind: SenderKind::Candidate, user: Some(person), organisation: None },
        _ if received => {
            Sender { kind: SenderKind::Prescriber, user: Some(SOMEONE_ELSE), organisation: Some(ELSEWHERE) }
        }
        _ => Sender { kind: SenderKind::Prescriber, user: Some(person), organisation: Some(organisation) },
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

/// The document of an application exchanged with the actor's organisation: received by a company, sent by others.
fn readers(actor: &Actor, own: bool, candidate: CandidateId) -> Readers {
    let organisation = Some(if own { OWN } else { ELSEWHERE });
    let received = matches!(actor, Actor::Employer(_));
    Readers {
        candidate,
        created_by: None,
        concerned: Concerned::Application {
            sender: Some(SOMEONE_ELSE),
            sender_organisation: if received { Some(ELSEWHERE) } else { organisation },
            company: if received { organisation } else { Some(ELSEWHERE) },
        },
    }
}

fn decide(action: Action, actor: &Actor, relation: Relation) -> Cell {
    let own = matches!(relation, Relation::Own);
    let holder: CandidateId = if own { USER.into() } else { SOMEONE_ELSE.into() };
    let related = pass::PassRelation { hired_with_it: own, exchanged_application: own, in_caseload: own };
    let standing = Standing { candidate: holder, created_by: None, is_related: own };
    let visible = |seen: bool| if seen { Cell::Allowed } else { Cell::Invisible };
    let received = application(actor, relation, true);
    let employer = |rule: fn(&EmployerActor, &Application) -> Result<(), Denied>| match actor {
        Actor::Employer(employer) => rule(employer, &received).into(),
        _ => Cell::OtherType,
    };
    let only = |is_theirs: bool| if is_theirs { Cell::Allowed } else { Cell::OtherType };
    match action {
        Action::OpenCandidateFile => visible(candidates::may_open(actor, &standing)),
        Action::SeeIdentity => visible(candidates::sees_identity(actor, &standing)),
        Action::LookUpCandidate | Action::CreateCandidate => candidates::look_up(actor).into(),
        Action::SubmitApplication => applications::policy::submit(actor).into(),
        Action::ReadSentApplication => {
            applications::policy::read_sent(actor, &application(actor, relation, false)).into()
        }
        Action::ReadReceivedApplication | Action::ProcessApplication => {
            employer(applications::policy::process)
        }
        Action::PostponeApplication => employer(applications::policy::postpone),
        Action::RefuseApplication => employer(applications::policy::refuse),
        Action::AcceptApplication => employer(applications::policy::accept),
        Action::ReadDocument => visible(documents::may_read(actor, &readers(actor, own, holder))),
        Action::MakePrescriberDiagnosis => match actor {
            Actor::Prescriber(prescriber) => eligibility::prescribe(prescriber).into(),
            _ => Cell::OtherType,
        },
        Action::MakeEmployerDiagnosis => match actor {
            Actor::Employer(employer) => eligibility::self_prescribe(employer).into(),
            _ => Cell::OtherType,
        },
        Action::ReadPass => pass::read(actor, holder, related).into(),
        Action::PrintCertificate => pass::print_certificate(actor, holder, related).into(),
        Action::ReadSelfPrescriptions => only(matches!(actor, Actor::Inspector(_))),
        Action::ReadAccessLog => iae_domain::organisations::policy::read_access_log(actor).map(drop).into(),
        Action::TakeExport => {
            let owner = ActorRecord { user: Some(if own { USER } else { SOMEONE_ELSE }), ..actor.record() };
            visible(exports::prepared::may_take(actor.record(), owner))
        }
        Action::ReadOutbox | Action::ReadJobs | Action::ReadAudit => only(matches!(actor, Actor::Staff(_))),
    }
}

#[test]
fn who_may_do_what() {
    let actors = actors();
    let mut matrix = String::from(
        "A allowed; N not found; - another kind of actor by type; else why it is denied: role, auth (not authorised),\n\
         org (another organisation), siae (not an SIAE). + administers the organisation.\n\n",
    );
    for (relation, title) in [(Relation::Own, "OF THEIR OWN"), (Relation::Other, "OF OTHERS")] {
        write!(matrix, "{title:<30}").unwrap();
        for (name, _) in &actors {
            write!(matrix, "{name:<7}").unwrap();
        }
        matrix = matrix.trim_end().to_owned() + "\n";
        for action in Action::ALL {
            write!(matrix, "{:<30}", action.code()).unwrap();
            for (_, actor) in &actors {
                write!(matrix, "{:<7}", decide(*action, actor, relation).letters()).unwrap();
            }
            matrix = matrix.trim_end().to_owned() + "\n";
        }
        matrix.push('\n');
    }
    insta::assert_snapshot!(matrix.trim_end());
}

/// TEN-1, ACL-2: nothing that belongs to another organisation may be acted on.
#[test]
fn no_employer_touches_what_another_company_received() {
    for (name, actor) in actors() {
        for action in [
            Action::ReadReceivedApplication,
            Action::ProcessApplication,
            Action::PostponeApplication,
            Action::RefuseApplication,
            Action::AcceptApplication,
        ] {
            let cell = decide(action, &actor, Relation::Other);
            assert!(!matches!(cell, Cell::Allowed), "{name}: {}", action.code());
        }
    }
}
