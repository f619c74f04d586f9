//! What the team does to an account (rule book 01 §1.5, §10.5): closes it, opens it again, changes its address, lets its
//! provider's subject change once, closes its way in by password. Each act was read on a page, and is done to what was read (D32).

use chrono::{DateTime, Utc};

use super::{AccountChange, Provider, UserKind, happened};
use crate::Changed;
use crate::code::code;
use crate::ids::{OrganisationId, UserId};
use crate::text::Email;

/// An account, as the team acts on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overseen {
    /// The account.
    pub user: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// Whether it is open.
    pub is_active: bool,
    /// Its address.
    pub email: Option<Email>,
    /// Whether it has a password here.
    pub has_password: bool,
    /// The providers it is tied to, and since when.
    pub identities: Vec<(Provider, DateTime<Utc>)>,
    /// Since when its subject may change once (OID-12).
    pub armed_at: Option<DateTime<Utc>>,
    /// When it was told that it would go, nobody using it (USR-16).
    pub deletion_told_at: Option<DateTime<Utc>>,
    /// Its active memberships, and when each last changed.
    pub memberships: Vec<(OrganisationId, DateTime<Utc>)>,
}

/// Why nothing is done to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OversightRefused {
    /// It changed since the page was read (D32).
    #[error("the account changed meanwhile")]
    Changed,
    /// Nobody closes their own account.
    #[error("nobody closes their own account")]
    Oneself,
    /// It is closed.
    #[error("the account is closed")]
    Inactive,
    /// It is none that went because nobody used it (USR-17).
    #[error("the account may not be opened again")]
    NotReactivable,
    /// A provider says its address.
    #[error("a provider says the address")]
    NotLocal,
    /// It is its address already.
    #[error("the address is the same")]
    SameEmail,
    /// No candidate has such an address (USR-9).
    #[error("the domain is forbidden to candidates")]
    ForbiddenDomain,
    /// Somebody has the address.
    #[error("the address is taken")]
    EmailTaken,
    /// No provider is tied to it.
    #[error("no provider is tied to the account")]
    NoIdentity,
}

/// An account that closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deactivated {
    /// Which.
    pub user: UserId,
    /// The organisations it acts for no more.
    pub memberships: Vec<OrganisationId>,
}

/// Another address for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailReplaced {
    /// Whose.
    pub user: UserId,
    /// What it was.
    pub before: Option<Email>,
    /// What it is.
    pub after: Email,
}

/// Whether the subject of an account may change once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubjectChange {
    /// Whose.
    pub user: UserId,
    /// Since when it may; none when it may not.
    pub armed_at: Option<DateTime<Utc>>,
}

code! {
    /// Why the way in by password of an account is left as it is, in a list of addresses.
    PasswordKept {
        NoAddress = "no_address", "Ce n’est pas une adresse e-mail";
        Unknown = "unknown", "Aucun compte n’a cette adresse";
        NoPassword = "no_password", "Ce compte n’a pas de mot de passe";
        Inactive = "inactive", "Ce compte est désactivé";
        OfTeam = "of_team", "Compte de l’équipe, qui ne se connecte que par mot de passe";
    }
}

impl Overseen {
    /// What a page showed of it, as its form says it.
    pub fn seen(&self) -> String {
        let micros = |at: &DateTime<Utc>| at.timestamp_micros();
        let tied: Vec<String> = self
            .identities
            .iter()
            .map(|(provider, at)| format!("{}{}", provider.code(), micros(at)))
            .collect();
        let there: Vec<String> = self
            .memberships
            .iter()
            .map(|(organisation, at)| format!("{organisation}/{}", micros(at)))
            .collect();
        let listed = |parts: &[String]| if parts.is_empty() { "-".to_owned() } else { parts.join("+") };
        format!(
            "{}{} {} {} {} {} {}",
            if self.is_active { "active" } else { "inactive" },
            if self.has_password { "+password" } else { "" },
            self.email.as_ref().map_or("-", Email::as_str),
            listed(&tied),
            self.armed_at.as_ref().map_or(0, micros),
            self.deletion_told_at.as_ref().map_or(0, micros),
            listed(&there),
        )
    }

    fn ensure_seen(&self, seen: &str) -> Result<(), OversightRefused> {
        if self.seen() == seen { Ok(()) } else { Err(OversightRefused::Changed) }
    }

    fn ensure_active(&self) -> Result<(), OversightRefused> {
        if self.is_active { Ok(()) } else { Err(OversightRefused::Inactive) }
    }

    /// Whether no provider says its address.
    pub const fn is_local(&self) -> bool {
        self.identities.is_empty()
    }

    /// Whether it went because nobody used it, and may be opened again: at the next sign-in by its provider, its address is
    /// filled in again (USR-17).
    pub fn is_reactivable(&self) -> bool {
        self.kind == UserKind::Professional
            && !self.is_active
            && !self.identities.is_empty()
            && self.deletion_told_at.is_some()
            && self.email.is_none()
    }

    /// Closes the account: its memberships end, its address and its subject are free for another (USR-15).
    pub fn deactivate(&self, by: UserId, seen: &str) -> Result<Changed<Deactivated>, OversightRefused> {
        self.ensure_seen(seen)?;
        if by == self.user {
            return Err(OversightRefused::Oneself);
        }
        self.ensure_active()?;
        let memberships: Vec<OrganisationId> = self.memberships.iter().map(|(id, _)| *id).collect();
        let count = u32::try_from(memberships.len()).unwrap_or(u32::MAX);
        let change = AccountChange::Deactivated { memberships: count };
        Ok(happened(Deactivated { user: self.user, memberships }, self.user, change))
    }

    /// Opens again an account that nobody had used for too long; its memberships stay ended (USR-17).
    pub fn reactivate(&self, seen: &str) -> Result<Changed<UserId>, OversightRefused> {
        self.ensure_seen(seen)?;
        if !self.is_reactivable() {
            return Err(OversightRefused::NotReactivable);
        }
        Ok(happened(self.user, self.user, AccountChange::Reactivated))
    }

    /// Gives another address to an account that no provider says the address of (01 §13).
    pub fn change_email(&self, new: Email, seen: &str) -> Result<Changed<EmailReplaced>, OversightRefused> {
        self.ensure_seen(seen)?;
        self.ensure_active()?;
        if !self.is_local() {
            return Err(OversightRefused::NotLocal);
        }
        if self.email.as_ref() == Some(&new) {
            return Err(OversightRefused::SameEmail);
        }
        if self.kind == UserKind::JobSeeker && new.is_france_travail() {
            return Err(OversightRefused::ForbiddenDomain);
        }
        let replaced = EmailReplaced { user: self.user, before: self.email.clone(), after: new };
        Ok(happened(replaced, self.user, AccountChange::EmailChangedByTeam))
    }

    /// Lets the subject change at the next sign-in, once, or no longer (OID-12); nothing happens when it is so already.
    pub fn let_subject_change(
        &self,
        is_armed: bool,
        seen: &str,
        at: DateTime<Utc>,
    ) -> Result<Option<Changed<SubjectChange>>, OversightRefused> {
        self.ensure_seen(seen)?;
        self.ensure_active()?;
        if self.identities.is_empty() {
            return Err(OversightRefused::NoIdentity);
        }
        if self.armed_at.is_some() == is_armed {
            return Ok(None);
        }
        let change =
            if is_armed { AccountChange::SubjectChangeArmed } else { AccountChange::SubjectChangeDisarmed };
        let armed = SubjectChange { user: self.user, armed_at: is_armed.then_some(at) };
        Ok(Some(happened(armed, self.user, change)))
    }

    /// Closes the way in by password, or says why it is left as it is.
    pub fn close_password(&self) -> Result<Changed<UserId>, PasswordKept> {
        match self.kind {
            UserKind::Staff => return Err(PasswordKept::OfTeam),
            UserKind::JobSeeker | UserKind::Professional => {}
        }
        if !self.is_active {
            return Err(PasswordKept::Inactive);
        }
        if !self.has_password {
            return Err(PasswordKept::NoPassword);
        }
        Ok(happened(self.user, self.user, AccountChange::PasswordClosed))
    }
}

#[cfg(test)]
mod tests;
