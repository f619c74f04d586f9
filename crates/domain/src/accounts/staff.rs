//! Accounts of the team: opened by an operator, never from the pages (USR-1).

use super::{AccountChange, AccountEvent, UserKind};
use crate::Changed;
use crate::ids::UserId;
use crate::staff::StaffGroup;
use crate::text::{Email, Name};

/// An account of the team to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStaff {
    /// Its id.
    pub id: UserId,
    /// Their address.
    pub email: Email,
    /// First name.
    pub first_name: Name,
    /// Last name.
    pub last_name: Name,
    /// Whether they hold every right of the staff area: opening and turning campaigns of control (04 §1.21).
    pub is_superuser: bool,
    /// The groups they are in from the start (STF-1).
    pub groups: Vec<StaffGroup>,
}

/// Why the account is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StaffRefused {
    /// Somebody has this address already; the kind of an account never changes (USR-1).
    #[error("un compte existe déjà pour cette adresse")]
    EmailTaken,
}

/// Opens the account: its holder chooses a password with the link of a letter, then adds a second factor. No provider is ever
/// tied to it (OID-19).
pub fn open_staff(account: NewStaff) -> Changed<NewStaff> {
    let user = account.id;
    let opened = AccountChange::Opened { kind: UserKind::Staff };
    let given = account.groups.iter().map(|group| AccountChange::GroupGiven { group: *group });
    let changes = std::iter::once(opened).chain(given);
    let events = changes.map(|change| AccountEvent { user, change }.into()).collect();
    Changed::with(account, events)
}
