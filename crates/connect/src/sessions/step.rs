//! Somebody who showed a first factor, and has a second one to show. The address of its page carries it, sealed, as login pages
//! do: nothing is open, and nothing written, until it is shown.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Headed;
use crate::accounts::{Account, PasswordHash};
use crate::error::Error;
use crate::grants::{Carried, Pending};
use crate::keys::Purpose;
use crate::secret::Token;
use crate::{Connect, endpoints, random};

/// How long the second factor may be looked for.
const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// A second factor that is waited for.
pub(crate) struct Step {
    /// Serves once.
    pub(crate) id: Uuid,
    /// Of whom.
    pub(crate) account_id: Uuid,
    /// What they showed already.
    pub(crate) shown: Shown,
    /// Where they are headed.
    pub(crate) then: Then,
    /// After this they begin again.
    pub(crate) expires_at: DateTime<Utc>,
    browser: Vec<u8>,
}

/// What was shown before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Shown {
    /// A password: the digest of its hash, which the account must still have.
    Password(String),
    /// The session that is open in the browser.
    Session,
}

/// Where somebody goes once the second factor is shown.
pub(crate) enum Then {
    /// Back to the relying party that asked.
    Answer(Box<Pending>),
    /// To where this relying party begins a sign-in of its own.
    Start(String),
    /// To their own second factors.
    Factors,
    /// To the page of their account.
    Home,
}

#[derive(Serialize, Deserialize)]
enum CarriedThen {
    Answer(Box<Carried>),
    Start(String),
    Factors,
    Home,
}

#[derive(Serialize, Deserialize)]
struct CarriedStep {
    id: Uuid,
    account_id: Uuid,
    shown: Shown,
    then: CarriedThen,
    browser: String,
    expires_at: DateTime<Utc>,
}

impl Step {
    /// After a right password.
    pub(crate) fn after_password(
        account: &Account,
        headed: Headed<'_>,
        browser: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let then = match headed {
            Headed::Answer(pending) => Then::Answer(Box::new(pending.clone())),
            Headed::Start(client_id) => Then::Start(client_id.to_owned()),
            Headed::Account(_) => Then::Home,
        };
        Self::new(account.id, Shown::Password(digest(&account.password_hash)), then, browser, now)
    }

    /// In a session that is open already.
    pub(crate) fn in_session(
        account_id: Uuid,
        then: Then,
        browser: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        Self::new(account_id, Shown::Session, then, browser, now)
    }

    fn new(
        account_id: Uuid,
        shown: Shown,
        then: Then,
        browser: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let (id, expires_at) = (random::id(now)?, now + LIFETIME);
        Ok(Self { id, account_id, shown, then, expires_at, browser: browser.to_vec() })
    }

    /// Where the second factor is asked.
    pub(crate) fn address(&self, connect: &Connect) -> Result<String, Error> {
        let base_path = connect.config().base_path();
        Ok(format!("{base_path}{}?step={}", endpoints::SECOND_FACTOR, self.seal(connect)?))
    }

    fn seal(&self, connect: &Connect) -> Result<String, Error> {
        let then = match &self.then {
            Then::Answer(pending) => CarriedThen::Answer(Box::new(pending.carried())),
            Then::Start(client_id) => CarriedThen::Start(client_id.clone()),
            Then::Factors => CarriedThen::Factors,
            Then::Home => CarriedThen::Home,
        };
        let carried = CarriedStep {
            id: self.id,
            account_id: self.account_id,
            shown: self.shown.clone(),
            then,
            browser: BASE64_URL_SAFE_NO_PAD.encode(&self.browser),
            expires_at: self.expires_at,
        };
        connect.secret().seal(Purpose::Step, &carried)
    }

    /// What an address carried, when it was sealed here.
    pub(crate) fn open(connect: &Connect, sealed: &str) -> Option<Self> {
        let carried: CarriedStep = connect.secret().open_sealed(Purpose::Step, sealed)?;
        let then = match carried.then {
            CarriedThen::Answer(carried) => Then::Answer(Box::new(Pending::from_carried(*carried)?)),
            CarriedThen::Start(client_id) => Then::Start(client_id),
            CarriedThen::Factors => Then::Factors,
            CarriedThen::Home => Then::Home,
        };
        Some(Self {
            id: carried.id,
            account_id: carried.account_id,
            shown: carried.shown,
            then,
            expires_at: carried.expires_at,
            browser: BASE64_URL_SAFE_NO_PAD.decode(carried.browser).ok()?,
        })
    }

    /// Whether it may be answered now in the browser that presented this digest.
    pub(crate) fn is_open(&self, browser: Option<&[u8]>, now: DateTime<Utc>) -> bool {
        browser == Some(&self.browser) && now < self.expires_at
    }

    /// Where they are headed.
    pub(crate) fn headed(&self) -> Headed<'_> {
        match &self.then {
            Then::Answer(pending) => Headed::Answer(pending),
            Then::Start(client_id) => Headed::Start(client_id),
            Then::Factors | Then::Home => Headed::Account(None),
        }
    }

    /// The relying party's request, when there is one.
    pub(crate) fn pending(&self) -> Option<&Pending> {
        match &self.then {
            Then::Answer(pending) => Some(pending),
            Then::Start(_) | Then::Factors | Then::Home => None,
        }
    }
}

/// What says that an account has another password.
pub(super) fn digest(hash: &PasswordHash) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Token::new(hash.as_str().to_owned()).digest())
}
