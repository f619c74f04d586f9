//! Who may validate eligibility (rule book 03 §2.2, 01 P25 to P27).

use crate::Actor;
use crate::actor::{EmployerActor, InspectorActor, PrescriberActor};
use crate::ids::OrganisationId;
use crate::organisations::InstitutionKind;
use crate::policy::Denied;

/// A prescripteur habilité may, an orienteur never.
pub fn prescribe(actor: &PrescriberActor) -> Result<(), Denied> {
    if actor.authorised { Ok(()) } else { Err(Denied::NotAuthorised) }
}

/// Only an SIAE validates on criteria.
pub fn self_prescribe(actor: &EmployerActor) -> Result<(), Denied> {
    if actor.kind.is_siae() { Ok(()) } else { Err(Denied::NotSiae) }
}

/// Employers and prescripteurs habilités read what the State answered of a criterion: neither orienteurs nor the person (§2.12).
pub const fn read_certification(actor: &Actor) -> bool {
    match actor {
        Actor::Employer(_) => true,
        Actor::Prescriber(actor) => actor.authorised,
        Actor::Candidate(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => false,
    }
}

/// The members of the SIAE that made a diagnosis keep its proofs, and nobody else reads them: neither the DDETS, nor another SIAE of
/// the same person (rule book 03 §2.13).
pub fn keep_proofs(actor: &EmployerActor, company: OrganisationId) -> bool {
    actor.organisation == company
}

/// A DDETS IAE reads the auto-prescriptions of its département, and no other institution does (rule book 01 P47, 04
/// §1.1). Gives the département.
pub fn read_self_prescriptions(actor: &InspectorActor) -> Result<&str, Denied> {
    match (actor.kind, actor.department.as_deref()) {
        (InstitutionKind::DdetsIae, Some(department)) => Ok(department),
        _ => Err(Denied::Role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UserId;

    #[test]
    fn only_a_ddets_iae_with_a_departement_reads_auto_prescriptions() {
        let inspector = |kind, department: Option<&str>| InspectorActor {
            user: UserId(uuid::Uuid::from_u128(1)),
            organisation: OrganisationId(uuid::Uuid::from_u128(2)),
            kind,
            department: department.map(str::to_owned),
            is_admin: false,
        };
        let ddets = inspector(InstitutionKind::DdetsIae, Some("57"));
        assert_eq!(read_self_prescriptions(&ddets), Ok("57"));
        for other in [
            inspector(InstitutionKind::DdetsIae, None),
            inspector(InstitutionKind::DdetsGeiq, Some("57")),
            inspector(InstitutionKind::DreetsIae, Some("57")),
        ] {
            assert_eq!(read_self_prescriptions(&other), Err(Denied::Role));
        }
    }
}
