//! Accounts of the team: opened by an operator, never from the pages (USR-1).

use super::{AccountChange, AccountEvent, Provider, Subject, UserKind};
use crate::Changed;
use crate::ids::UserId;
use crate::text::{Email, Name};

/// An account of the team to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStaff {
    /// Its id.
    pub id: UserId,
    /// Their address.
    pub email: Email,
    /// The provider they sign in with.
    pub provider: Provider,
    /// Who they are there: nobody is ever tied to an account of the team by address (OID-19).
    pub subject: Subject,
    /// First name.
    pub first_name: Name,
    /// Last name.
    pub last_name: Name,
    /// Whether they hold every right of the staff area: opening and turning campaigns of control (04 §1.21).
    pub is_superuser: bool,
}

/// Why the account is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StaffRefused {
    /// Somebody has this address already; the kind of an account never changes (USR-1).
    #[error("un compte existe déjà pour cette adresse")]
    EmailTaken,
    /// Somebody signs in with this identity already.
    #[error("un compte se connecte déjà avec cette identité")]
    IdentityTaken,
}

/// Opens the account, tied to its identity.
pub fn open_staff(account: NewStaff) -> Changed<NewStaff> {
    let happened = |change| AccountEvent { user: account.id, change }.into();
    let events = vec![
        happened(AccountChange::Opened { kind: UserKind::Staff }),
        happened(AccountChange::IdentityLinked { provider: account.provider }),
    ];
    Changed::with(account, events)
}
