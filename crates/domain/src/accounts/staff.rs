//! Accounts of the team: opened by an operator, never from the pages (USR-1).

use super::{AccountChange, AccountEvent, UserKind};
use crate::Changed;
use crate::ids::UserId;
use crate::text::{Email, Name};

/// An account of the team to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStaff {
    /// Its id.
    pub id: UserId,
    /// Their address at the identity provider: the first login ties the account to it.
    pub email: Email,
    /// First name.
    pub first_name: Name,
    /// Last name.
    pub last_name: Name,
}

/// Somebody has this address already; the kind of an account never changes (USR-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("un compte existe déjà pour cette adresse")]
pub struct EmailTaken;

/// Opens the account.
pub fn open_staff(account: NewStaff) -> Changed<NewStaff> {
    let event = AccountEvent { user: account.id, change: AccountChange::Opened { kind: UserKind::Staff } };
    Changed::new(account, event)
}
