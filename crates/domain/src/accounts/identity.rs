//! Matching what an identity provider says with the accounts of the platform (rule book 01 §10.5).

use chrono::NaiveDate;

use super::{AccountChange, AccountEvent, Contract, EmailProof, ForeignEmail, Subject, UserKind};
use crate::Changed;
use crate::code::code;
use crate::ids::UserId;
use crate::organisations::sign_up::SafirCode;
use crate::text::{Email, Name};

code! {
    /// Identity providers the platform may be configured with (D1).
    Provider {
        InclusionConnect = "IC", "Inclusion Connect";
        ProConnect = "PC", "ProConnect";
        FranceConnect = "FC", "FranceConnect";
        FranceTravailConnect = "FTC", "France Travail Connect";
    }
}

/// What the provider asserts, once its id token and userinfo are verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The provider.
    pub provider: Provider,
    /// Who they are for it.
    pub subject: Subject,
    /// Their address.
    pub email: Email,
    /// What the provider says of the address; its [`Contract`] says what that is worth (OID-21).
    pub email_verified: Option<bool>,
    /// Their first name; none when what the provider says is no name.
    pub first_name: Option<Name>,
    /// Their last name.
    pub last_name: Option<Name>,
    /// Their date of birth, where the provider says it.
    pub birth_date: Option<NaiveDate>,
    /// The agency of France Travail they work for, where the provider says it (PRE-21).
    pub agency: Option<SafirCode>,
}

/// What the platform knows of a sign-in before anyone is found.
#[derive(Debug, Clone, Copy)]
pub struct SignIn<'a> {
    /// The address whoever comes back must have: that of an invitation (OID-20).
    pub expected: Option<&'a Email>,
    /// The id of the account, if one has to be opened.
    pub fresh: UserId,
}

/// An account that may match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExistingAccount {
    /// The account.
    pub user: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// Whether it may sign in at all (USR-19).
    pub is_active: bool,
    /// Whether an identity of any provider is already tied to it.
    pub has_identity: bool,
    /// Whether an identity of this very provider is tied to it.
    pub has_identity_at_provider: bool,
    /// Whether the team lets its subject change, once (OID-12).
    pub may_change_subject: bool,
}

/// What signing in leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Login {
    /// The provider's subject is known: its names and its address are taken, then sign in (OID-10).
    Known(UserId),
    /// The subject is known, and the address is that of somebody else: sign in, nothing changes (OID-11).
    Foreign(UserId),
    /// The address is that of an account without any identity: tie it, then sign in (OID-13).
    Link(UserId),
    /// Same provider, new subject: people recreate their account at their provider (OID-12).
    Relink(UserId),
    /// Nobody matches: an account is opened (OID-15).
    Open(UserId, UserKind),
}

impl Login {
    /// The account.
    pub const fn user(&self) -> UserId {
        match self {
            Self::Known(user)
            | Self::Foreign(user)
            | Self::Link(user)
            | Self::Relink(user)
            | Self::Open(user, _) => *user,
        }
    }

    /// Signs in, and ties the identity to the account when it is new.
    pub fn complete(self, provider: Provider) -> Changed<Self> {
        let happened = |change| AccountEvent { user: self.user(), change }.into();
        let opened = match self {
            Self::Open(_, kind) => Some(happened(AccountChange::Opened { kind })),
            Self::Known(_) | Self::Foreign(_) | Self::Link(_) | Self::Relink(_) => None,
        };
        let linked = match self {
            Self::Known(_) | Self::Foreign(_) => None,
            Self::Link(_) | Self::Relink(_) | Self::Open(..) => {
                Some(happened(AccountChange::IdentityLinked { provider }))
            }
        };
        let logged_in = happened(AccountChange::LoggedIn { provider });
        let events = opened.into_iter().chain(linked).chain([logged_in]).collect();
        Changed::with(self, events)
    }
}

/// Why nobody is signed in. Nothing is written in any of these cases (OID-8, OID-20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoginRefused {
    /// Nobody matches, and the provider does not say enough to open an account: a name.
    #[error("no account matches, and none can be opened")]
    UnknownAccount,
    /// The address is not the one this sign-in began for (OID-20).
    #[error("another address was expected")]
    OtherEmail,
    /// The account is deactivated (USR-19, OID-16).
    #[error("the account is inactive")]
    Inactive,
    /// The account is of a kind this provider does not serve (OID-17).
    #[error("the provider does not serve this kind of account")]
    WrongKind,
    /// The address belongs to an account of another provider (OID-14), or to staff, never linked by address (OID-19).
    #[error("the address is that of another account")]
    EmailInUse,
    /// The provider did not verify the address (OID-21).
    #[error("the address is not verified")]
    UnverifiedEmail,
}

/// Decides who signs in: by subject first, then by address, as far as the [`Contract`] of the provider lets it; or for whom an
/// account is opened. What was expected is looked at before anything else.
pub fn reconcile(
    claims: &Claims,
    sign_in: SignIn<'_>,
    by_subject: Option<&ExistingAccount>,
    by_email: Option<&ExistingAccount>,
) -> Result<Login, LoginRefused> {
    let contract = claims.provider.contract();
    if sign_in.expected.is_some_and(|expected| *expected != claims.email) {
        return Err(LoginRefused::OtherEmail);
    }
    if let Some(account) = by_subject {
        usable(account, contract)?;
        let is_foreign = by_email.is_some_and(|other| other.user != account.user);
        return match contract.foreign_email {
            ForeignEmail::Refused if is_foreign => Err(LoginRefused::EmailInUse),
            ForeignEmail::Ignored if is_foreign => Ok(Login::Foreign(account.user)),
            ForeignEmail::Refused | ForeignEmail::Ignored => Ok(Login::Known(account.user)),
        };
    }
    if contract.email != EmailProof::Never && !contract.email.holds(claims.email_verified) {
        return Err(LoginRefused::UnverifiedEmail);
    }
    let Some(account) = by_email else { return open(claims, contract, sign_in.fresh) };
    usable(account, contract)?;
    let ties = contract.ties.contains(&account.kind) && contract.email.holds(claims.email_verified);
    // The team knows whose address it is, whatever the provider proves, but for what it says is not (OID-21).
    let is_let = account.may_change_subject && claims.email_verified != Some(false);
    match (account.has_identity_at_provider, account.has_identity) {
        (true, _) if is_let => Ok(Login::Relink(account.user)),
        (true, _) if ties && contract.replaces_subject => Ok(Login::Relink(account.user)),
        (false, false) if ties => Ok(Login::Link(account.user)),
        _ => Err(LoginRefused::EmailInUse),
    }
}

/// OID-15. An address the provider says is not verified opens nothing, whatever its contract (OID-21).
fn open(claims: &Claims, contract: &Contract, fresh: UserId) -> Result<Login, LoginRefused> {
    if claims.email_verified == Some(false) {
        return Err(LoginRefused::UnverifiedEmail);
    }
    // USR-9: no candidate has such an address.
    if contract.opens == UserKind::JobSeeker && claims.email.is_france_travail() {
        return Err(LoginRefused::WrongKind);
    }
    let is_named = claims.first_name.is_some() && claims.last_name.is_some();
    if is_named { Ok(Login::Open(fresh, contract.opens)) } else { Err(LoginRefused::UnknownAccount) }
}

fn usable(account: &ExistingAccount, contract: &Contract) -> Result<(), LoginRefused> {
    if !contract.serves.contains(&account.kind) {
        Err(LoginRefused::WrongKind)
    } else if !account.is_active {
        Err(LoginRefused::Inactive)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
