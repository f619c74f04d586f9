//! What happens to an account.

use serde::Serialize;

use super::{Provider, UserKind};
use crate::Changed;
use crate::budget::Budget;
use crate::event::happenings;
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
    /// Every session of the person was ended.
    SessionsEnded {
        /// Why.
        because: SessionsEnd,
    },
    /// The person now acts for this organisation (SES-4).
    SwitchedOrganisation {
        /// The organisation.
        organisation: OrganisationId,
    },
    /// The person looked somebody up by an identifier, found or not.
    LookedUp,
    /// The person spent all they may for now.
    BudgetSpent {
        /// Of what.
        budget: Budget,
        /// Acting for this organisation.
        organisation: Option<OrganisationId>,
    },
}

/// Why every session of a person ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionsEnd {
    /// Their password at the provider is a new one: whoever knew the one before is out.
    NewPassword,
    /// An operator ended them: an account or a browser is no longer trusted.
    Operator,
}

/// Every session of the person ends.
pub fn sessions_ended(user: UserId, because: SessionsEnd) -> Changed<UserId> {
    Changed::new(user, AccountEvent { user, change: AccountChange::SessionsEnded { because } })
}

/// Every session of these people ends.
pub fn sessions_of_all_ended(people: Vec<UserId>, because: SessionsEnd) -> Changed<Vec<UserId>> {
    let ended =
        |user: &UserId| AccountEvent { user: *user, change: AccountChange::SessionsEnded { because } };
    let events = people.iter().map(|user| ended(user).into()).collect();
    Changed::with(people, events)
}

/// The person signed out.
pub fn logged_out(user: UserId) -> Changed<UserId> {
    Changed::new(user, AccountEvent { user, change: AccountChange::LoggedOut })
}

/// The person acts for another of their organisations (SES-4).
pub fn switched_organisation(user: UserId, organisation: OrganisationId) -> Changed<OrganisationId> {
    let change = AccountChange::SwitchedOrganisation { organisation };
    Changed::new(organisation, AccountEvent { user, change })
}

happenings! {
    AccountEvent: AccountChange about "account" user {
        Opened = "account.opened", "Compte ouvert";
        LoggedIn = "account.logged_in", "Connexion";
        IdentityLinked = "account.identity_linked", "Identité rattachée au compte";
        LoggedOut = "account.logged_out", "Déconnexion";
        SessionsEnded = "account.sessions_ended", "Sessions fermées";
        SwitchedOrganisation = "account.switched_organisation", "Changement de structure";
        LookedUp = "account.looked_up", "Recherche d’une personne par identifiant";
        BudgetSpent = "account.budget_spent", "Limite de recherches ou d’envois atteinte";
    }
}
