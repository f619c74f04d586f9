//! What happens to an account.

use serde::Serialize;

use super::{Provider, UserKind};
use crate::ids::{OrganisationId, UserId};

/// Something happened to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEvent {
    /// The account.
    pub user: UserId,
    /// What happened.
    pub change: AccountChange,
}

/// What happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AccountChange {
    /// The account was opened.
    Opened {
        /// For whom.
        kind: UserKind,
    },
    /// The person signed in.
    LoggedIn {
        /// Through which provider.
        provider: Provider,
    },
    /// The account was tied to an identity of a provider, for the first time.
    IdentityLinked {
        /// The provider.
        provider: Provider,
    },
    /// The person signed out.
    LoggedOut,
    /// The person now acts for this organisation (SES-4).
    SwitchedOrganisation {
        /// The organisation.
        organisation: OrganisationId,
    },
}
