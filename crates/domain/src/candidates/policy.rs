//! Who may look people up, create a file, open one, and see whose it is (USR-10, PII-1, D4).

use super::{PersonName, ShownName};
use crate::Actor;
use crate::actor::{InspectorActor, Professional};
use crate::control::policy::control;
use crate::ids::{CandidateId, OrganisationId, UserId};
use crate::policy::Denied;
use crate::staff::StaffRight;

/// What decides about one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The person.
    pub candidate: CandidateId,
    /// The professional who created the file, if one did.
    pub created_by: Option<UserId>,
    /// Whether the actor's current organisation has a relation with the person (D4): created by it, application sent
    /// or received, diagnosis or PASS, or a recorded look-up.
    pub is_related: bool,
    /// Whether the actor sent an application for the person themselves (D30).
    pub has_applied: bool,
}

impl Standing {
    /// That of a person the actor's organisation deals with: what is read is itself the relation.
    pub const fn related(candidate: CandidateId, created_by: Option<UserId>) -> Self {
        Self { candidate, created_by, is_related: true, has_applied: false }
    }

    /// The same for whoever reads an application this professional sent.
    #[must_use]
    pub fn sent_by(self, sender: Option<UserId>, actor: &Actor) -> Self {
        Self { has_applied: sender.is_some() && sender == actor.record().user, ..self }
    }
}

/// The people listed to a professional: those their organisation accompanies (ACP-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caseload {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Who reads.
    pub user: UserId,
    /// Whether « those I accompany » makes sense: prescribers only.
    pub has_own: bool,
    /// Whether some names are masked: an orienteur's list.
    pub masks: bool,
}

impl Caseload {
    /// The people listed to an actor.
    pub const fn of(actor: &Actor) -> Result<Self, Denied> {
        match actor {
            Actor::Prescriber(actor) => Ok(Self {
                organisation: actor.organisation,
                user: actor.user,
                has_own: true,
                masks: !actor.authorised,
            }),
            Actor::Employer(actor) => {
                Ok(Self { organisation: actor.organisation, user: actor.user, has_own: false, masks: false })
            }
            Actor::Candidate(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => Err(Denied::Role),
        }
    }
}

/// Professionals look people up and create files; nobody else (§12.5).
pub fn look_up(actor: &Actor) -> Result<(), Denied> {
    Professional::try_from(actor.clone()).map(drop)
}

/// Whether the file exists for the actor at all: theirs, or of someone their organisation deals with (D4). Without
/// relation it is not found, never denied.
pub fn may_open(actor: &Actor, standing: &Standing) -> bool {
    match actor {
        Actor::Candidate(own) => own.candidate == standing.candidate,
        Actor::Prescriber(prescriber) => standing.is_related || standing.created_by == Some(prescriber.user),
        Actor::Employer(employer) => standing.is_related || standing.created_by == Some(employer.user),
        Actor::Inspector(_) | Actor::Staff(_) | Actor::System => false,
    }
}

/// Whether the actor sees the identity behind the file, and may complete it (USR-10, PII-1, PII-2): the person,
/// employers, prescripteurs habilités; an orienteur only for files they created themselves.
pub fn sees_identity(actor: &Actor, standing: &Standing) -> bool {
    may_open(actor, standing)
        && match actor {
            Actor::Candidate(_) | Actor::Employer(_) => true,
            Actor::Prescriber(prescriber) => {
                prescriber.authorised || standing.created_by == Some(prescriber.user)
            }
            Actor::Inspector(_) | Actor::Staff(_) | Actor::System => false,
        }
}

/// Whether whoever sees the identity reads the NIR too. A professional who only looked the person up does not: what they
/// know of it they typed, and what they do not know a look-up must not give. `has_acted`: their organisation did more.
pub const fn sees_nir(actor: &Actor, has_acted: bool) -> bool {
    match actor {
        Actor::Candidate(_) => true,
        Actor::Employer(_) | Actor::Prescriber(_) => has_acted,
        Actor::Inspector(_) | Actor::Staff(_) | Actor::System => false,
    }
}

/// The person and professionals change files, and ask to correct a NIR; nobody else (CNR-1).
pub const fn change_files(actor: &Actor) -> Result<(), Denied> {
    match actor {
        Actor::Candidate(_) | Actor::Prescriber(_) | Actor::Employer(_) => Ok(()),
        Actor::Inspector(_) | Actor::Staff(_) | Actor::System => Err(Denied::Role),
    }
}

/// Whether the actor may change what the file says: whoever sees the identity (PII-2). Nothing says to others that the
/// file exists; who sees it masked is denied.
pub fn update(actor: &Actor, standing: &Standing) -> Option<Result<(), Denied>> {
    may_open(actor, standing).then(|| if sees_identity(actor, standing) { Ok(()) } else { Err(Denied::Role) })
}

/// Whether the actor may attach to a file the NIR they looked its person up by (FND-4, P16): whoever may change the file, but for an
/// orienteur, who goes on without. Of a file they created themselves they complete what lacks on its own pages, the NIR
/// included (P15).
pub fn attach_nir(actor: &Actor, standing: &Standing) -> Option<Result<(), Denied>> {
    let is_orienteur = matches!(actor, Actor::Prescriber(prescriber) if !prescriber.authorised);
    update(actor, standing).map(|may| if is_orienteur { Err(Denied::Role) } else { may })
}

/// Whether the actor reads the name of the person: whoever sees the identity, and an orienteur of those they applied for
/// themselves, the name and only it (D30).
pub fn sees_name(actor: &Actor, standing: &Standing) -> bool {
    let applied = matches!(actor, Actor::Prescriber(_)) && standing.has_applied;
    sees_identity(actor, standing) || (applied && may_open(actor, standing))
}

/// Whether the actor checks whose file it is, on the page of one application or one PASS: whoever sees the identity, and
/// whoever of the team reads applications, which verifies people before it delivers a PASS by hand (rule book 02 §6.7, STF-1).
/// Its lists stay masked.
pub fn checks_identity(actor: &Actor, standing: &Standing) -> bool {
    match actor {
        Actor::Staff(staff) => staff.holds(StaffRight::ReadApplications),
        Actor::Candidate(_)
        | Actor::Prescriber(_)
        | Actor::Employer(_)
        | Actor::Inspector(_)
        | Actor::System => sees_identity(actor, standing),
    }
}

/// The name on such a page: whole for whoever checks the identity, else as they may read it.
pub fn checked_name(actor: &Actor, standing: &Standing, name: PersonName) -> ShownName {
    if checks_identity(actor, standing) { name.in_full() } else { shown_name(actor, standing, name) }
}

/// The name as the actor may read it: whole, or masked (PII-4).
pub fn shown_name(actor: &Actor, standing: &Standing, name: PersonName) -> ShownName {
    if sees_name(actor, standing) { name.in_full() } else { name.masked() }
}

/// The name of someone whose hire was drawn: an agent of the State reads no other (04 §2.2, USR-10), that of the DDETS that controls
/// reads this one.
pub fn controlled_name(actor: &InspectorActor, controller: OrganisationId, name: PersonName) -> ShownName {
    if control(actor) == Ok(controller) { name.in_full() } else { name.masked() }
}

#[cfg(test)]
pub(super) mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::actor::{CandidateActor, EmployerActor, InspectorActor, PrescriberActor, StaffActor};
    use crate::organisations::{CompanyKind, InstitutionKind, PrescriberKind};

    const USER: UserId = UserId(Uuid::from_u128(1));
    const ORGANISATION: OrganisationId = OrganisationId(Uuid::from_u128(2));

    pub(in crate::candidates) fn candidate() -> Actor {
        CandidateActor { user: USER, candidate: USER.into() }.into()
    }

    fn prescribing(authorised: bool) -> Actor {
        let kind = PrescriberKind::Ml;
        PrescriberActor { user: USER, organisation: ORGANISATION, kind, authorised, is_admin: false }.into()
    }

    pub(in crate::candidates) fn prescriber() -> Actor {
        prescribing(true)
    }

    pub(in crate::candidates) fn orienteur() -> Actor {
        prescribing(false)
    }

    pub(in crate::candidates) fn siae() -> Actor {
        EmployerActor { user: USER, organisation: ORGANISATION, kind: CompanyKind::Aci, is_admin: false }
            .into()
    }

    pub(in crate::candidates) fn inspector() -> Actor {
        let kind = InstitutionKind::DdetsIae;
        let department = Some("67".to_owned());
        InspectorActor { user: USER, organisation: ORGANISATION, kind, department, is_admin: false }.into()
    }

    pub(in crate::candidates) fn staff() -> Actor {
        StaffActor { user: USER, is_superuser: true, groups: vec![] }.into()
    }

    fn standing(created_by: Option<UserId>, is_related: bool) -> Standing {
        Standing { candidate: CandidateId(Uuid::from_u128(9)), created_by, is_related, has_applied: false }
    }

    /// D30: the name, and only it, of people one applied for oneself, as long as one deals with them.
    #[test]
    fn an_orienteur_reads_the_name_of_those_they_applied_for() {
        let applied = |is_related| Standing { has_applied: true, ..standing(None, is_related) };
        for (actor, is_related, expected) in [
            (orienteur(), true, (true, false)),
            (orienteur(), false, (false, false)),
            (prescriber(), true, (true, true)),
            (inspector(), true, (false, false)),
            (staff(), true, (false, false)),
        ] {
            let standing = applied(is_related);
            let seen = (sees_name(&actor, &standing), sees_identity(&actor, &standing));
            assert_eq!(seen, expected, "{actor:?}, {is_related}");
        }
        assert!(!sees_name(&orienteur(), &standing(None, true)));
    }

    /// D4 with USR-10: (created by the actor, organisation related) → (opens, sees the identity).
    #[test]
    fn who_opens_and_who_sees() {
        let colleague = Some(UserId(Uuid::from_u128(3)));
        let table = [
            (prescriber(), colleague, true, (true, true)),
            (prescriber(), None, false, (false, false)),
            (prescriber(), Some(USER), false, (true, true)),
            (orienteur(), colleague, true, (true, false)),
            (orienteur(), None, true, (true, false)),
            (orienteur(), Some(USER), true, (true, true)),
            (orienteur(), None, false, (false, false)),
            (siae(), None, true, (true, true)),
            (siae(), colleague, false, (false, false)),
            (inspector(), None, true, (false, false)),
            (staff(), None, true, (false, false)),
            (Actor::System, None, true, (false, false)),
            (candidate(), None, false, (false, false)),
        ];
        for (actor, created_by, is_related, expected) in table {
            let standing = standing(created_by, is_related);
            let seen = (may_open(&actor, &standing), sees_identity(&actor, &standing));
            assert_eq!(seen, expected, "{actor:?}, {standing:?}");
        }
    }

    /// FND-4, P16: an orienteur attaches nothing while looking up, not even to a file of theirs.
    #[test]
    fn an_orienteur_goes_on_without_attaching_a_nir() {
        let own = standing(Some(USER), true);
        for (actor, standing, expected) in [
            (prescriber(), standing(None, true), Some(Ok(()))),
            (prescriber(), standing(None, false), None),
            (siae(), standing(None, true), Some(Ok(()))),
            (orienteur(), own, Some(Err(Denied::Role))),
            (orienteur(), standing(None, true), Some(Err(Denied::Role))),
            (orienteur(), standing(None, false), None),
        ] {
            assert_eq!(attach_nir(&actor, &standing), expected, "{actor:?}, {standing:?}");
        }
        assert_eq!(update(&orienteur(), &own), Some(Ok(())), "P15");
    }

    #[test]
    fn a_candidate_opens_their_own_file_only() {
        let own = Standing { candidate: USER.into(), ..standing(None, false) };
        assert!(may_open(&candidate(), &own) && sees_identity(&candidate(), &own));
    }
}
