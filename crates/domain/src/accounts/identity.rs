//! Matching what an identity provider says with the accounts of the platform (rule book 01 §10.5).

use super::{AccountChange, AccountEvent, UserKind};
use crate::Changed;
use crate::code::code;
use crate::ids::UserId;
use crate::text::Email;

code! {
    /// Identity providers the platform may be configured with (D1).
    Provider {
        InclusionConnect = "IC", "Inclusion Connect";
        ProConnect = "PC", "ProConnect";
        FranceConnect = "FC", "FranceConnect";
        FranceTravailConnect = "FTC", "France Travail Connect";
    }
}

impl Provider {
    /// Whether an account of this kind may sign in through the provider (rule book 01 §1.3). Inclusion Connect is
    /// the platform's own provider: it serves every kind (D1).
    pub const fn serves(self, kind: UserKind) -> bool {
        match self {
            Self::InclusionConnect => true,
            Self::ProConnect => matches!(kind, UserKind::Professional),
            Self::FranceConnect | Self::FranceTravailConnect => matches!(kind, UserKind::JobSeeker),
        }
    }
}

/// What the provider asserts, once its id token and userinfo are verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The provider.
    pub provider: Provider,
    /// The provider's immutable identifier of the person.
    pub subject: String,
    /// Their address.
    pub email: Email,
    /// Whether the provider verified the address; absent counts as verified (OID-21 refuses `false` only).
    pub email_verified: bool,
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
}

/// What signing in leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Login {
    /// The provider's subject is known: sign in (OID-10).
    Known(UserId),
    /// The address is that of an account without any identity: tie it, then sign in (OID-13).
    Link(UserId),
    /// Same provider, new subject: people recreate their account at their provider (OID-12).
    Relink(UserId),
}

impl Login {
    /// The account.
    pub const fn user(&self) -> UserId {
        match self {
            Self::Known(user) | Self::Link(user) | Self::Relink(user) => *user,
        }
    }

    /// Signs in, and ties the identity to the account when it is new.
    pub fn complete(self, provider: Provider) -> Changed<Self> {
        let happened = |change| AccountEvent { user: self.user(), change }.into();
        let linked = match self {
            Self::Known(_) => None,
            Self::Link(_) | Self::Relink(_) => Some(happened(AccountChange::IdentityLinked { provider })),
        };
        let events = linked.into_iter().chain([happened(AccountChange::LoggedIn { provider })]).collect();
        Changed::with(self, events)
    }
}

/// Why nobody is signed in. Nothing is written in any of these cases (OID-8, OID-20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoginRefused {
    /// Nobody matches; signing up comes with invitations and joining.
    #[error("no account matches")]
    UnknownAccount,
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

/// Decides who signs in: by subject first, then by address.
pub fn reconcile(
    claims: &Claims,
    by_subject: Option<&ExistingAccount>,
    by_email: Option<&ExistingAccount>,
) -> Result<Login, LoginRefused> {
    if let Some(account) = by_subject {
        usable(account, claims.provider)?;
        return Ok(Login::Known(account.user));
    }
    if !claims.email_verified {
        return Err(LoginRefused::UnverifiedEmail);
    }
    let Some(account) = by_email else { return Err(LoginRefused::UnknownAccount) };
    usable(account, claims.provider)?;
    if account.kind == UserKind::Staff && account.has_identity {
        return Err(LoginRefused::EmailInUse);
    }
    if account.has_identity_at_provider {
        return if relinks(claims.provider) {
            Ok(Login::Relink(account.user))
        } else {
            Err(LoginRefused::EmailInUse)
        };
    }
    if account.has_identity { Err(LoginRefused::EmailInUse) } else { Ok(Login::Link(account.user)) }
}

fn usable(account: &ExistingAccount, provider: Provider) -> Result<(), LoginRefused> {
    if !provider.serves(account.kind) {
        Err(LoginRefused::WrongKind)
    } else if !account.is_active {
        Err(LoginRefused::Inactive)
    } else {
        Ok(())
    }
}

/// Only ProConnect replaces a known subject by another with the same address (OID-12).
const fn relinks(provider: Provider) -> bool {
    match provider {
        Provider::ProConnect => true,
        Provider::InclusionConnect | Provider::FranceConnect | Provider::FranceTravailConnect => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(provider: Provider) -> Claims {
        let email = Email::parse("anne@exemple.fr").unwrap();
        Claims { provider, subject: "s".into(), email, email_verified: true }
    }

    fn account(kind: UserKind) -> ExistingAccount {
        ExistingAccount {
            user: UserId(uuid::Uuid::from_u128(1)),
            kind,
            is_active: true,
            has_identity: false,
            has_identity_at_provider: false,
        }
    }

    #[test]
    fn a_known_subject_signs_in_whatever_the_address() {
        let known = account(UserKind::Professional);
        let other = ExistingAccount { user: UserId(uuid::Uuid::from_u128(2)), ..known.clone() };
        let login = reconcile(&claims(Provider::ProConnect), Some(&known), Some(&other));
        assert_eq!(login, Ok(Login::Known(known.user)), "OID-11: no update of the other account");
    }

    #[test]
    fn who_is_refused() {
        use Provider::*;
        use UserKind::*;
        let inactive = |kind| ExistingAccount { is_active: false, ..account(kind) };
        let elsewhere = |kind| ExistingAccount { has_identity: true, ..account(kind) };
        let same = |kind| ExistingAccount { has_identity_at_provider: true, ..elsewhere(kind) };
        let table = [
            ("OID-15", InclusionConnect, None, Err(LoginRefused::UnknownAccount)),
            ("OID-16", ProConnect, Some(inactive(Professional)), Err(LoginRefused::Inactive)),
            ("OID-17", ProConnect, Some(account(JobSeeker)), Err(LoginRefused::WrongKind)),
            ("OID-17", FranceConnect, Some(account(Professional)), Err(LoginRefused::WrongKind)),
            ("OID-14", ProConnect, Some(elsewhere(Professional)), Err(LoginRefused::EmailInUse)),
            ("OID-19", InclusionConnect, Some(elsewhere(Staff)), Err(LoginRefused::EmailInUse)),
            ("OID-12", FranceConnect, Some(same(JobSeeker)), Err(LoginRefused::EmailInUse)),
            ("OID-12", InclusionConnect, Some(same(Professional)), Err(LoginRefused::EmailInUse)),
            ("OID-12", ProConnect, Some(same(Professional)), Ok(Login::Relink(account(Staff).user))),
            ("OID-13", ProConnect, Some(account(Professional)), Ok(Login::Link(account(Staff).user))),
        ];
        for (rule, provider, by_email, expected) in table {
            assert_eq!(
                reconcile(&claims(provider), None, by_email.as_ref()),
                expected,
                "{rule} {provider:?}"
            );
        }
    }

    #[test]
    fn an_unverified_address_matches_nobody() {
        let unverified = Claims { email_verified: false, ..claims(Provider::InclusionConnect) };
        let login = reconcile(&unverified, None, Some(&account(UserKind::Professional)));
        assert_eq!(login, Err(LoginRefused::UnverifiedEmail), "OID-21");
    }
}
