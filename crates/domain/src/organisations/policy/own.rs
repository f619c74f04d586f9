//! What members may do of their own organisation: read it, publish it, open it, extend it (rule book 01 §12, P41 to P44, P48 to P50).

use crate::actor::{EmployerActor, PrescriberActor, Professional};
use crate::ids::OrganisationId;
use crate::organisations::PrescriberKind;
use crate::policy::Denied;

/// Members read the presentation of their company, or of their organisation once it is authorised; to orienteurs there is
/// none (P41, P48, PRE-26).
pub const fn read_presentation(member: &Professional) -> Option<OrganisationId> {
    match member {
        Professional::Employer(actor) => Some(actor.organisation),
        Professional::Prescriber(actor) if actor.authorised => Some(actor.organisation),
        Professional::Prescriber(_) => None,
    }
}

/// Administrators publish what their organisation says of itself (P42, P49). What France Travail says of its agencies comes
/// from its own directory (PRE-22).
pub fn publish_profile(member: &Professional) -> Result<OrganisationId, Denied> {
    match member {
        Professional::Employer(actor) if actor.is_admin => Ok(actor.organisation),
        Professional::Prescriber(actor) if actor.is_admin && actor.kind != PrescriberKind::Ft => {
            Ok(actor.organisation)
        }
        Professional::Employer(_) | Professional::Prescriber(_) => Err(Denied::Role),
    }
}

/// Any member opens and closes their company to applications (P41, CMP-35, CMP-36).
pub const fn turn_openings(member: &EmployerActor) -> OrganisationId {
    member.organisation
}

/// Administrators of an SIAE read its annexes, and choose the one of an antenna (P43, CMP-23, CMP-24).
pub fn read_annexes(member: &EmployerActor) -> Result<OrganisationId, Denied> {
    if !member.kind.is_siae() {
        return Err(Denied::NotSiae);
    }
    if member.is_admin { Ok(member.organisation) } else { Err(Denied::Role) }
}

/// Administrators of a company whose kind has antennas add one (P44, CMP-19).
pub fn add_antenna(member: &EmployerActor) -> Result<OrganisationId, Denied> {
    if member.is_admin && member.kind.has_antennas() { Ok(member.organisation) } else { Err(Denied::Role) }
}

/// Administrators of an authorised département council list the organisations that it agreed (P50, PRE-24).
pub fn list_agreed(member: &PrescriberActor) -> Result<OrganisationId, Denied> {
    let is_council = member.is_admin && member.kind == PrescriberKind::Dept;
    match (is_council, member.authorised) {
        (true, true) => Ok(member.organisation),
        (true, false) => Err(Denied::NotAuthorised),
        (false, _) => Err(Denied::Role),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::UserId;
    use crate::organisations::CompanyKind;

    const ORGANISATION: OrganisationId = OrganisationId(Uuid::nil());

    fn prescriber(kind: PrescriberKind, authorised: bool, is_admin: bool) -> PrescriberActor {
        PrescriberActor { user: UserId(Uuid::nil()), organisation: ORGANISATION, kind, authorised, is_admin }
    }

    fn employer(kind: CompanyKind, is_admin: bool) -> EmployerActor {
        EmployerActor { user: UserId(Uuid::nil()), organisation: ORGANISATION, kind, is_admin }
    }

    #[test]
    fn orienteurs_have_no_presentation_and_their_administrators_publish_all_the_same() {
        let of = |authorised, is_admin| {
            Professional::Prescriber(prescriber(PrescriberKind::Ml, authorised, is_admin))
        };
        assert_eq!(read_presentation(&of(false, true)), None, "P48");
        assert_eq!(read_presentation(&of(true, false)), Some(ORGANISATION), "P48");
        assert_eq!(publish_profile(&of(false, true)), Ok(ORGANISATION), "P49");
        assert_eq!(publish_profile(&of(true, false)), Err(Denied::Role), "P49");
        let agency = Professional::Prescriber(prescriber(PrescriberKind::Ft, true, true));
        assert_eq!(publish_profile(&agency), Err(Denied::Role), "PRE-22");
        for is_admin in [false, true] {
            let member = Professional::Employer(employer(CompanyKind::Aci, is_admin));
            assert_eq!(read_presentation(&member), Some(ORGANISATION), "P41");
            assert_eq!(publish_profile(&member).is_ok(), is_admin, "P42");
        }
    }

    #[test]
    fn annexes_and_antennas_are_for_administrators_of_some_kinds() {
        for (kind, is_admin, annexes, antennas) in [
            (CompanyKind::Ei, true, Ok(ORGANISATION), true),
            (CompanyKind::Ei, false, Err(Denied::Role), false),
            (CompanyKind::Geiq, true, Err(Denied::NotSiae), true),
            (CompanyKind::Opcs, true, Err(Denied::NotSiae), false),
        ] {
            let member = employer(kind, is_admin);
            assert_eq!(read_annexes(&member), annexes, "P43: {kind} {is_admin}");
            assert_eq!(add_antenna(&member).is_ok(), antennas, "P44: {kind} {is_admin}");
        }
    }

    #[test]
    fn only_an_authorised_council_lists_what_it_agreed() {
        for (kind, authorised, is_admin, listed) in [
            (PrescriberKind::Dept, true, true, Ok(ORGANISATION)),
            (PrescriberKind::Dept, true, false, Err(Denied::Role)),
            (PrescriberKind::Dept, false, true, Err(Denied::NotAuthorised)),
            (PrescriberKind::Ccas, true, true, Err(Denied::Role)),
        ] {
            assert_eq!(list_agreed(&prescriber(kind, authorised, is_admin)), listed, "PRE-24: {kind}");
        }
    }
}
