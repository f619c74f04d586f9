//! Browser sessions: tower-sessions for the cookie and the life cycle, our table for the rest (SES-13).
//!
//! In the browser a session ends with the browser. On the server its end is set once, when it opens
//! (`iae_domain::accounts::session`): nothing that is saved later moves it away.

mod refusal;
mod seen_as;

use std::cell::RefCell;
use std::sync::Arc;

use async_trait::async_trait;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::CookieJar;
use chrono::{DateTime, Utc};
use iae_app::App;
use iae_app::accounts::sessions::{self, StoredSession};
use iae_app::accounts::{SignedIn, signed_in};
use iae_domain::accounts::Provider;
use iae_domain::accounts::session::ends_at;
use iae_domain::ids::{OrganisationId, SecondFactorId, UserId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{self, Error};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

use crate::cookie;
use crate::error::PageError;
use crate::layout::Flash;

pub use refusal::{Refusal, expect_refused, take_refusal};
pub use seen_as::{impersonation, see_as, see_as_oneself};

/// How long a provider may take to close its session.
const LEAVING: time::Duration = time::Duration::minutes(15);

/// How long a form that came after the session ended is kept.
const KEPT: time::Duration = time::Duration::hours(1);

/// The cookie.
const COOKIE: &str = "session";
const USER: &str = "user";
const ORGANISATION: &str = "organisation";
const PROVIDER: &str = "provider";
const ID_TOKEN: &str = "id_token";
const PROVIDER_SESSION: &str = "provider_session";
const LOGIN_BEGAN_AT: &str = "login_began_at";
const SECOND_FACTOR: &str = "second_factor";
const BROWSER: &str = "browser";
const LOGOUT: &str = "logout";
const FLASH: &str = "flash";
const SWITCHED: &str = "switched";
const KEPT_FORM: &str = "kept_form";
const IMPERSONATION: &str = "impersonation";
const ENDS_AT: &str = "ends_at";

/// The layer that gives every request its session, loaded only when it is read.
pub fn layer(app: &Arc<App>) -> SessionManagerLayer<Store> {
    let over_tls = app.config.is_over_tls();
    SessionManagerLayer::new(Store(Arc::clone(app)))
        .with_name(cookie::name(COOKIE, over_tls))
        .with_http_only(true)
        .with_same_site(tower_sessions::cookie::SameSite::Lax)
        .with_secure(over_tls)
        .with_expiry(Expiry::OnSessionEnd)
}

/// Who the session belongs to, and the organisation they chose to act for.
pub async fn identity(session: &Session) -> Result<Option<(UserId, Option<OrganisationId>)>, PageError> {
    let Some(user) = session.get(USER).await.map_err(unavailable)? else { return Ok(None) };
    Ok(Some((user, session.get(ORGANISATION).await.map_err(unavailable)?)))
}

/// What was read of the person with their session.
#[derive(Default)]
enum Known {
    /// Nothing: the session was read before, or not at all.
    #[default]
    Nothing,
    /// Who they are, with the organisation they act for; nobody when their account is closed.
    Person(Option<Box<SignedIn>>),
}

tokio::task_local! {
    static KNOWN: RefCell<Known>;
}

/// Who is signed in, with what they may act for at `now`: read with the session, in one statement. A session whose account was
/// closed is ended (USR-19).
pub async fn person(session: &Session, app: &App, now: DateTime<Utc>) -> Result<Option<SignedIn>, PageError> {
    let asked = async {
        let identity = identity(session).await?;
        Ok::<_, PageError>((identity, KNOWN.with(RefCell::take)))
    };
    let (Some((user, wanted)), known) = KNOWN.scope(RefCell::default(), asked).await? else {
        return Ok(None);
    };
    let person = match known {
        Known::Person(person) => person.map(|person| *person),
        Known::Nothing => signed_in(&app.db, user, wanted, now).await?,
    };
    if person.is_none() {
        close(session).await?;
    }
    Ok(person)
}

/// The second factor that was shown in a session (AUT-20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShownFactor {
    /// To the provider that the person came by.
    Elsewhere,
    /// A code of this application.
    Application(SecondFactorId),
}

/// What a session opens with.
#[derive(Clone, Default)]
pub struct Opening {
    /// The provider the person came by, and the token that closes its session; none by password.
    pub provider: Option<(Provider, String)>,
    /// What that provider calls its own session, where it names it.
    pub provider_session: Option<String>,
    /// When the login began; none when it is the end of something else: a password that was just chosen.
    pub login_began_at: Option<DateTime<Utc>>,
    /// The second factor that was shown already.
    pub shown_factor: Option<ShownFactor>,
    /// The browser, in words.
    pub browser: Option<String>,
}

/// Holds an id token.
impl std::fmt::Debug for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opening(…)")
    }
}

/// Opens a session for someone who just signed in, under a new id (SES-13). Who signs in again, in another tab, still
/// acts for the organisation they chose; the form they sent too late is theirs again. It is written with the answer, unless
/// the person's sessions were ended since the login began.
pub async fn open(session: &Session, user: UserId, opening: Opening) -> Result<(), PageError> {
    let before = identity(session).await?.filter(|(former, _)| *former == user);
    let form = kept_form(session).await.filter(|form| form.owner == user);
    session.clear().await;
    session.set_expiry(Some(Expiry::OnSessionEnd));
    session.cycle_id().await.map_err(unavailable)?;
    session.insert(USER, user).await.map_err(unavailable)?;
    if let Some((provider, id_token)) = opening.provider {
        session.insert(PROVIDER, provider).await.map_err(unavailable)?;
        session.insert(ID_TOKEN, id_token).await.map_err(unavailable)?;
    }
    if let Some(named) = opening.provider_session {
        session.insert(PROVIDER_SESSION, named).await.map_err(unavailable)?;
    }
    if let Some(began_at) = opening.login_began_at {
        session.insert(LOGIN_BEGAN_AT, began_at).await.map_err(unavailable)?;
    }
    if let Some(shown) = opening.shown_factor {
        session.insert(SECOND_FACTOR, shown).await.map_err(unavailable)?;
    }
    if let Some(browser) = opening.browser {
        session.insert(BROWSER, browser).await.map_err(unavailable)?;
    }
    if let Some(form) = form {
        session.insert(KEPT_FORM, form).await.map_err(unavailable)?;
    }
    match before {
        Some((_, Some(organisation))) => act_for(session, organisation).await,
        Some((_, None)) | None => Ok(()),
    }
}

/// The second factor that was shown in this session.
pub async fn shown_factor(session: &Session) -> Result<Option<ShownFactor>, PageError> {
    session.get(SECOND_FACTOR).await.map_err(unavailable)
}

/// A second factor was shown: the session goes on under a new id (SES-13).
pub async fn show_factor(session: &Session, shown: ShownFactor) -> Result<(), PageError> {
    session.cycle_id().await.map_err(unavailable)?;
    session.insert(SECOND_FACTOR, shown).await.map_err(unavailable)
}

/// No second factor is shown any more: the one that was is gone.
pub async fn forget_factor(session: &Session) -> Result<(), PageError> {
    session.remove_value(SECOND_FACTOR).await.map(drop).map_err(unavailable)
}

/// The key this session is stored under.
pub fn own_key(session: &Session) -> Vec<u8> {
    session.id().as_ref().map(key).unwrap_or_default()
}

/// What leaving needs: the key this session is stored under, and what closes the provider's.
pub async fn to_leave(session: &Session) -> Result<(Vec<u8>, Option<(Provider, String)>), PageError> {
    let provider = session.get(PROVIDER).await.map_err(unavailable)?;
    let id_token = session.get(ID_TOKEN).await.map_err(unavailable)?;
    Ok((own_key(session), provider.zip(id_token)))
}

/// The provider that the person came by.
pub async fn provider(session: &Session) -> Result<Option<Provider>, PageError> {
    session.get(PROVIDER).await.map_err(unavailable)
}

/// Ends the session.
pub async fn close(session: &Session) -> Result<(), PageError> {
    session.flush().await.map_err(unavailable)
}

/// The browser is sent to close the provider's session, and should come back with this state.
pub async fn expect_logout(session: &Session, state: &str) -> Result<(), PageError> {
    session.set_expiry(Some(Expiry::OnInactivity(LEAVING)));
    session.insert(LOGOUT, state).await.map_err(unavailable)
}

/// Whether this state is the one expected; it is no more (AUT-11).
pub async fn is_expected_logout(session: &Session, state: &str) -> Result<bool, PageError> {
    let expected: Option<String> = session.get(LOGOUT).await.map_err(unavailable)?;
    if expected.is_none_or(|expected| expected != state) {
        return Ok(false);
    }
    session.remove_value(LOGOUT).await.map_err(unavailable)?;
    Ok(true)
}

/// The person now acts for this organisation.
pub async fn act_for(session: &Session, organisation: OrganisationId) -> Result<(), PageError> {
    session.insert(ORGANISATION, organisation).await.map_err(unavailable)
}

/// A form that was sent after its session ended (`kept_form`).
#[derive(Clone, Serialize, Deserialize)]
pub struct KeptForm {
    /// Who was signed in.
    pub owner: UserId,
    /// The page it stands on, as one comes back to it.
    pub page: String,
    /// Where it was sent.
    pub action: String,
    /// What was typed.
    pub fields: Vec<(String, String)>,
    /// Files were sent with it: they are asked again.
    pub had_files: bool,
}

/// Holds what a person typed.
impl std::fmt::Debug for KeptForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptForm(…)")
    }
}

/// Keeps a form for who was signed in, an hour at most: nobody is, so nothing else stands in this session.
pub async fn keep_form(session: &Session, form: &KeptForm) -> Result<(), PageError> {
    session.set_expiry(Some(Expiry::OnInactivity(KEPT)));
    session.insert(KEPT_FORM, form).await.map_err(unavailable)
}

/// The form kept for the person, if one is.
pub async fn kept_form(session: &Session) -> Option<KeptForm> {
    session.get(KEPT_FORM).await.ok().flatten()
}

/// The form was given back.
pub async fn forget_form(session: &Session) -> Result<(), PageError> {
    session.remove_value(KEPT_FORM).await.map(drop).map_err(unavailable)
}

/// A switch of organisation, until the next page is read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Switched {
    /// The page one comes back to.
    pub to: String,
    /// The organisation one acts for from then on.
    pub name: String,
}

/// Notes where a switch of organisation comes back to.
pub async fn note_switch(session: &Session, switched: &Switched) -> Result<(), PageError> {
    session.insert(SWITCHED, switched).await.map_err(unavailable)
}

/// Takes the switch that was noted. Without one the session is only read: removing would save it again.
pub async fn take_switch(session: &Session) -> Result<Option<Switched>, PageError> {
    if session.get_value(SWITCHED).await.map_err(unavailable)?.is_none() {
        return Ok(None);
    }
    session.remove(SWITCHED).await.map_err(unavailable)
}

/// Whether the browser named a session, be it over.
pub fn is_named(headers: &HeaderMap, app: &App) -> bool {
    let name = cookie::name(COOKIE, app.config.is_over_tls());
    CookieJar::from_headers(headers).get(&name).is_some()
}

/// Leaves a message for the next page.
pub async fn leave_flash(session: &Session, flash: Flash) -> Result<(), PageError> {
    session.insert(FLASH, flash).await.map_err(unavailable)
}

/// Takes the message left for this page. Without message the session is only read: removing would save it again.
pub async fn take_flash(session: &Session) -> Option<Flash> {
    session.get_value(FLASH).await.ok().flatten()?;
    session.remove(FLASH).await.ok().flatten()
}

/// A session that cannot be read or written means the database is away.
fn unavailable(error: tower_sessions::session::Error) -> PageError {
    tracing::warn!(%error, "session store");
    PageError::Unavailable
}

/// The sessions of the database.
#[derive(Debug, Clone)]
pub struct Store(Arc<App>);

impl Store {
    fn stored(&self, record: &Record) -> session_store::Result<StoredSession> {
        let value = |key| record.data.get(key).cloned().unwrap_or_default();
        let end = expiry(record).min(ends_at(self.0.clock.now()));
        Ok(StoredSession {
            data: serde_json::to_vec(&record.data).map_err(|error| Error::Encode(error.to_string()))?,
            user: read(value(USER)),
            organisation: read(value(ORGANISATION)),
            // Another id is no longer life.
            expires_at: read(value(ENDS_AT)).map_or(end, |set: DateTime<Utc>| set.min(end)),
            login_began_at: read(value(LOGIN_BEGAN_AT)),
            browser: read(value(BROWSER)),
            provider: read(value(PROVIDER)),
            provider_session: read(value(PROVIDER_SESSION)),
            impersonation: read(value(IMPERSONATION)),
        })
    }

    async fn write(&self, record: &Record, new: bool) -> session_store::Result<bool> {
        let stored = self.stored(record)?;
        sessions::save(&self.0.db, &key(&record.id), &stored, self.0.clock.now(), new).await.map_err(backend)
    }
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        while !self.write(record, true).await? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        self.write(record, false).await.map(drop)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let found = sessions::find(&self.0.db, &key(id), self.0.clock.now()).await.map_err(backend)?;
        let Some((stored, person)) = found else { return Ok(None) };
        KNOWN.try_with(|known| known.replace(Known::Person(person.map(Box::new)))).ok();
        let data = serde_json::from_slice(&stored.data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(stored.expires_at.timestamp())
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        sessions::delete(&self.0.db, &key(id)).await.map_err(backend)
    }
}

fn key(id: &Id) -> Vec<u8> {
    sessions::key(&id.0.to_be_bytes())
}

fn read<T: DeserializeOwned>(value: serde_json::Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

fn expiry(record: &Record) -> DateTime<Utc> {
    DateTime::from_timestamp(record.expiry_date.unix_timestamp(), 0).unwrap_or(DateTime::UNIX_EPOCH)
}

fn backend(error: iae_app::Error) -> Error {
    Error::Backend(error.to_string())
}
