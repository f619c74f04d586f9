//! Somebody joins an organisation: one algorithm, whatever the road (MEM-3 to MEM-5).

use chrono::{DateTime, Utc};

use super::{AdminCause, MemberChange, Membership};
use crate::Changed;
use crate::accounts::UserKind;
use crate::code::code;
use crate::ids::{MembershipId, OrganisationId, UserId};

code! {
    /// How somebody comes into an organisation (rule book 01 §6.2).
    Road {
        Invitation = "invitation", "Invitation";
        CompanyLink = "company_link", "Lien envoyé à l’adresse officielle";
        SignUp = "sign_up", "Inscription";
        SignUpToVerify = "sign_up_to_verify", "Inscription, à vérifier par l’équipe";
        Antenna = "antenna", "Ajout d’une antenne";
        Safir = "safir", "Code SAFIR";
        Team = "team", "Équipe du service";
    }
}

/// What decides how somebody joins, read under the lock of the organisation (MEM-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joining {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Who joins.
    pub user: UserId,
    /// The kind of their account.
    pub kind: UserKind,
    /// The membership they have there already, active or not.
    pub existing: Option<Membership>,
    /// Whether anybody else acts for the organisation right now (MEM-2).
    pub has_members: bool,
    /// Whether they administer it, when whoever brings them says so.
    pub force_admin: Option<bool>,
    /// How they come.
    pub road: Road,
}

/// What joining did.
#[derive(Debug, Clone, PartialEq)]
pub enum Joined {
    /// They are in, with what has to be written.
    In(Changed<Membership>),
    /// They were in, and nothing of it changes.
    Already(Membership),
}

/// Why somebody may not join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JoinRefused {
    /// Only professionals have memberships (MEM-1).
    #[error("only a professional joins an organisation")]
    NotProfessional,
}

/// MEM-3: the first one there administers the organisation, a former administrator who comes back to colleagues does not
/// (MEM-4). Whoever is there already stays what they are, unless the team makes an administrator of them: joining twice
/// takes no right away.
pub fn add_or_activate(joining: &Joining, at: DateTime<Utc>) -> Result<Joined, JoinRefused> {
    let Joining { organisation, user, road, .. } = *joining;
    match joining.kind {
        UserKind::Professional => {}
        UserKind::JobSeeker | UserKind::Staff => return Err(JoinRefused::NotProfessional),
    }
    if let Some(there) = joining.existing.filter(|existing| existing.is_active) {
        if there.is_admin || joining.force_admin != Some(true) {
            return Ok(Joined::Already(there));
        }
        let promoted = Membership { is_admin: true, updated_at: at, ..there };
        let because = AdminCause::Team;
        let event = promoted.event(MemberChange::Promoted { membership: promoted.id, user, because });
        return Ok(Joined::In(Changed::new(promoted, event)));
    }
    let is_admin = joining.force_admin.unwrap_or(!joining.has_members);
    let id = joining.existing.map_or_else(|| MembershipId::at(at), |former| former.id);
    let membership =
        Membership { id, user, organisation, is_admin, is_active: true, joined_at: at, updated_at: at };
    let event = membership.event(MemberChange::Joined { membership: id, user, is_admin, road });
    Ok(Joined::In(Changed::new(membership, event)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> DateTime<Utc> {
        "2026-05-04T09:00:00Z".parse().unwrap()
    }

    fn joining(existing: Option<(bool, bool)>, has_members: bool, force_admin: Option<bool>) -> Joining {
        let id = uuid::Uuid::from_u128;
        let (organisation, user) = (OrganisationId(id(1)), UserId(id(2)));
        let before = at() - chrono::TimeDelta::days(100);
        let membership = |(is_active, is_admin)| Membership {
            id: MembershipId(id(3)),
            user,
            organisation,
            is_admin,
            is_active,
            joined_at: before,
            updated_at: before,
        };
        Joining {
            organisation,
            user,
            kind: UserKind::Professional,
            existing: existing.map(membership),
            has_members,
            force_admin,
            road: Road::Invitation,
        }
    }

    /// MEM-3, MEM-4.
    #[test]
    fn the_first_one_there_administers_and_whoever_is_there_stays_what_they_are() {
        // There before (active, admin), others there, what is said; joins as administrator, or nothing changes.
        let table = [
            (None, false, None, Some(true), "the first"),
            (None, true, None, Some(false), "the second"),
            (None, true, Some(true), Some(true), "the team says so"),
            (None, false, Some(false), Some(false), "the team says not"),
            (Some((false, false)), true, None, Some(false), "comes back to colleagues (MEM-4)"),
            (Some((false, false)), false, None, Some(true), "comes back to nobody"),
            (Some((true, true)), true, None, None, "is there, administers: stays so"),
            (Some((true, false)), false, None, None, "is there, alone: nothing by this road"),
            (Some((true, false)), true, Some(true), Some(true), "is there, the team says so"),
            (Some((true, true)), true, Some(false), None, "is demoted elsewhere, not here"),
        ];
        for (existing, has_members, force, expected, which) in table {
            let joined = add_or_activate(&joining(existing, has_members, force), at()).unwrap();
            let found = match joined {
                Joined::In(changed) => {
                    assert!(changed.value().is_active, "{which}");
                    Some(changed.value().is_admin)
                }
                Joined::Already(_) => None,
            };
            assert_eq!(found, expected, "{which}");
        }
    }

    /// MEM-1: one row for ever, whose date of joining is that of the return.
    #[test]
    fn whoever_comes_back_keeps_their_row() {
        let Joined::In(back) = add_or_activate(&joining(Some((false, false)), true, None), at()).unwrap()
        else {
            panic!("they were away")
        };
        assert_eq!(back.value().id, MembershipId(uuid::Uuid::from_u128(3)));
        assert_eq!(back.value().joined_at, at());
    }

    #[test]
    fn only_professionals_join() {
        for kind in [UserKind::JobSeeker, UserKind::Staff] {
            let joining = Joining { kind, ..joining(None, false, None) };
            assert_eq!(add_or_activate(&joining, at()), Err(JoinRefused::NotProfessional));
        }
    }
}
