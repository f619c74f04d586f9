//! The groups of the team, and what each lets its members do (STF-1): said here, never edited by hand.

use super::StaffRight;
use crate::Changed;
use crate::accounts::{AccountChange, UserKind, happened};
use crate::code::code;
use crate::ids::UserId;

code! {
    /// A group of the team.
    StaffGroup {
        Admin = "admin", "Équipe";
        AdminReadonly = "admin_readonly", "Équipe, lecture seule";
        Pilotage = "pilotage", "Pilotage";
        PilotageReadonly = "pilotage_readonly", "Pilotage, lecture seule";
        Controls = "controls", "Contrôle a posteriori";
        DisablePasswords = "disable_passwords", "Fermeture des connexions par mot de passe";
    }
}

/// What a group lets its members do; why, ADR 41 says.
pub const fn rights(group: StaffGroup) -> &'static [StaffRight] {
    use StaffRight as R;
    match group {
        StaffGroup::Admin => R::ALL,
        StaffGroup::AdminReadonly => &[
            R::ReadUsers,
            R::ReadOrganisations,
            R::ReadApplications,
            R::ReadCampaigns,
            R::ReadImports,
            R::ReadEmails,
            R::ReadJobs,
            R::ReadAudit,
        ],
        StaffGroup::Pilotage => &[R::ReadUsers, R::ReadOrganisations, R::ReadApplications, R::Impersonate],
        StaffGroup::PilotageReadonly => &[R::ReadUsers, R::ReadOrganisations, R::ReadApplications],
        StaffGroup::Controls => &[R::ReadCampaigns, R::TurnCampaigns],
        StaffGroup::DisablePasswords => &[R::ReadUsers, R::DisablePasswords],
    }
}

/// Why nobody comes into a group, or leaves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GroupRefused {
    /// Groups are of the team.
    #[error("ce compte n’est pas de l’équipe")]
    NotOfTeam,
    /// The account is closed.
    #[error("ce compte est désactivé")]
    Inactive,
}

/// A member of the team, whose groups change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teammate {
    /// The account.
    pub user: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// Whether it is open.
    pub is_active: bool,
    /// The groups it is in.
    pub groups: Vec<StaffGroup>,
}

/// A group of somebody that begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupChanged {
    /// Whose.
    pub user: UserId,
    /// Which.
    pub group: StaffGroup,
    /// Whether they are in it from now on.
    pub is_in: bool,
}

/// Puts somebody of the team in a group, or takes them out of it; nothing happens to whoever is so already.
pub fn change_group(
    of: &Teammate,
    group: StaffGroup,
    is_in: bool,
) -> Result<Option<Changed<GroupChanged>>, GroupRefused> {
    match of.kind {
        UserKind::Staff => {}
        UserKind::JobSeeker | UserKind::Professional => return Err(GroupRefused::NotOfTeam),
    }
    // A right may be taken from whoever left, and never given to them.
    if is_in && !of.is_active {
        return Err(GroupRefused::Inactive);
    }
    if of.groups.contains(&group) == is_in {
        return Ok(None);
    }
    let change =
        if is_in { AccountChange::GroupGiven { group } } else { AccountChange::GroupTaken { group } };
    let user = of.user;
    Ok(Some(happened(GroupChanged { user, group, is_in }, user, change)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::StaffActor;

    const SOMEBODY: UserId = UserId(uuid::Uuid::from_u128(1));

    fn member(groups: &[StaffGroup]) -> StaffActor {
        StaffActor { user: SOMEBODY, is_superuser: false, groups: groups.to_vec() }
    }

    /// STF-1, USR-6: group by group, right by right.
    #[test]
    fn each_group_gives_what_it_says_and_nothing_else() {
        use StaffGroup as G;
        use StaffRight as R;
        let table = [
            (
                R::ReadUsers,
                vec![G::Admin, G::AdminReadonly, G::Pilotage, G::PilotageReadonly, G::DisablePasswords],
            ),
            (R::ChangeUsers, vec![G::Admin]),
            (R::DisablePasswords, vec![G::Admin, G::DisablePasswords]),
            (R::Impersonate, vec![G::Admin, G::Pilotage]),
            (R::MergeUsers, vec![G::Admin]),
            (R::ReadOrganisations, vec![G::Admin, G::AdminReadonly, G::Pilotage, G::PilotageReadonly]),
            (R::ChangeOrganisations, vec![G::Admin]),
            (R::MergeOrganisations, vec![G::Admin]),
            (R::ChangePasses, vec![G::Admin]),
            (R::Announce, vec![G::Admin]),
            (R::TurnCampaigns, vec![G::Admin, G::Controls]),
            (R::ReadApplications, vec![G::Admin, G::AdminReadonly, G::Pilotage, G::PilotageReadonly]),
            (R::ReadCampaigns, vec![G::Admin, G::AdminReadonly, G::Controls]),
            (R::ReadImports, vec![G::Admin, G::AdminReadonly]),
            (R::ReadEmails, vec![G::Admin, G::AdminReadonly]),
            (R::SendEmails, vec![G::Admin]),
            (R::ReadJobs, vec![G::Admin, G::AdminReadonly]),
            (R::ReadAudit, vec![G::Admin, G::AdminReadonly]),
        ];
        assert_eq!(table.len(), R::ALL.len());
        for (right, givers) in table {
            for group in G::ALL {
                assert_eq!(member(&[*group]).holds(right), givers.contains(group), "{group:?} {right:?}");
            }
            assert!(!member(&[]).holds(right), "without a group, nothing: {right:?}");
            let superuser = StaffActor { is_superuser: true, ..member(&[]) };
            assert!(superuser.holds(right), "{right:?}");
        }
        assert!(member(&[G::Controls, G::PilotageReadonly]).holds(R::ReadUsers), "any of one’s groups");
    }

    #[test]
    fn groups_are_of_the_team_and_change_once() {
        use GroupRefused as No;
        use UserKind::{JobSeeker, Professional, Staff};
        let controls = StaffGroup::Controls;
        let none: &[StaffGroup] = &[];
        let table = [
            (Staff, true, none, true, Ok(true)),
            (Staff, true, &[controls][..], true, Ok(false)),
            (Staff, true, &[controls][..], false, Ok(true)),
            (Staff, true, none, false, Ok(false)),
            (Staff, false, none, true, Err(No::Inactive)),
            (Staff, false, &[controls][..], false, Ok(true)),
            (Professional, true, none, true, Err(No::NotOfTeam)),
            (JobSeeker, true, none, true, Err(No::NotOfTeam)),
        ];
        for (kind, is_active, groups, is_in, expected) in table {
            let of = Teammate { user: SOMEBODY, kind, is_active, groups: groups.to_vec() };
            let changed = change_group(&of, controls, is_in).map(|changed| changed.is_some());
            assert_eq!(changed, expected, "{of:?} {is_in}");
        }
    }
}
