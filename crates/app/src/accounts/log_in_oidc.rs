//! Signing in at an identity provider (rule book 01 §10.3, §10.5).

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::Actor;
use iae_domain::accounts::{Login, LoginRefused, Provider, SignIn, reconcile};
use iae_domain::ids::{LoginAttemptId, UserId};
use iae_domain::organisations::sign_up::SafirCode;
use iae_domain::text::Email;
use secrecy::SecretString;
use url::Url;

use super::queries;
use super::store::{self, LoginAttempt};
use crate::error::Error;
use crate::gateways::oidc::{Answer, Authenticated, NotAuthenticated, OidcError};
use crate::organisations::sign_up::{join_by_safir, lock_agency};
use crate::{App, Ctx, Failure, Work};

/// How long a login may take (OID-3, DEC).
pub const ATTEMPT_LIFETIME: TimeDelta = TimeDelta::hours(1);

/// A login that begins.
#[derive(Debug)]
pub struct Begun {
    /// Kept by the browser in a cookie of its own, one for each login: the callback must come with it (OID-4).
    pub attempt: LoginAttemptId,
    /// Where to send the browser.
    pub url: Url,
}

/// Why a login cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The instance is not configured with this provider.
    #[error("the provider is not configured")]
    NotConfigured,
    /// The provider failed.
    #[error(transparent)]
    Provider(#[from] OidcError),
    /// Anything else.
    #[error(transparent)]
    App(#[from] Error),
}

/// What a login begins with.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The local path to come back to.
    pub return_to: &'a str,
    /// The address to fill in at the provider.
    pub login_hint: Option<&'a Email>,
    /// Whether whoever comes back must have that very address: an invitation says for whom it is (OID-20).
    pub is_expected: bool,
}

/// Begins a login: remembers state, nonce and verifier, and says where to go.
pub async fn begin(
    app: &App,
    ctx: &Ctx<()>,
    provider: Provider,
    asked: Asked<'_>,
) -> Result<Begun, BeginError> {
    let gateway = app.oidc.get(provider).ok_or(BeginError::NotConfigured)?;
    let authorization = gateway.authorize(asked.login_hint, ctx.now).await?;
    let attempt = LoginAttempt {
        id: LoginAttemptId::at(ctx.now),
        provider,
        nonce: authorization.nonce,
        pkce_verifier: authorization.pkce_verifier,
        return_to: asked.return_to.to_owned(),
        expected_email: asked.login_hint.filter(|_| asked.is_expected).cloned(),
        began_at: ctx.now,
    };
    store::insert_attempt(&app.db, &attempt, &authorization.state, ctx.now + ATTEMPT_LIFETIME).await?;
    Ok(Begun { attempt: attempt.id, url: authorization.url })
}

/// What comes back from the provider.
#[derive(Debug)]
pub struct Callback {
    /// The provider whose address it came back to.
    pub provider: Provider,
    /// The attempts this browser began: one for each of its tabs.
    pub attempts: Vec<LoginAttemptId>,
    /// The state the provider sends back.
    pub state: String,
    /// Who the provider says it is (RFC 9207).
    pub issuer: Option<String>,
    /// A code to exchange, or why there is none.
    pub answer: std::result::Result<String, Declined>,
}

/// Why a provider gives no code (OID-9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Declined {
    /// The person gave up.
    #[error("the person gave up at the provider")]
    Abandoned,
    /// The provider failed, and may not later.
    #[error("the provider fails for now")]
    Temporary,
    /// The provider does not accept what the platform asks: for the operator to see to.
    #[error("the provider does not accept what is asked")]
    Other,
}

impl Declined {
    /// From `error`, in the words of OAuth.
    pub fn of(error: &str) -> Self {
        match error {
            "access_denied" => Self::Abandoned,
            "server_error" | "temporarily_unavailable" => Self::Temporary,
            _ => Self::Other,
        }
    }
}

/// Someone who signed in.
#[derive(Debug)]
pub struct Completed {
    /// Their account.
    pub user: UserId,
    /// Where they wanted to go.
    pub return_to: String,
    /// Kept server-side, to sign out at the provider (AUT-12).
    pub id_token: String,
    /// The provider.
    pub provider: Provider,
    /// What it calls the session it opened, where it names it.
    pub provider_session: Option<String>,
    /// When they began.
    pub began_at: DateTime<Utc>,
    /// Whether they showed a second factor there (AUT-20).
    pub showed_second_factor: bool,
    /// The address the provider gives, when it is that of another account: nothing of theirs changed (OID-11).
    pub foreign_email: Option<Email>,
}

/// The session that a provider opened for somebody who is not signed in here: it is closed, so that another account can be
/// chosen there (OID-20, OID-25).
#[derive(Debug, Clone)]
pub struct OpenThere {
    /// The provider.
    pub provider: Provider,
    /// What closes it.
    pub id_token: SecretString,
}

/// A provider opened a session, and does not say what the platform has to know of the person.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct Unusable {
    /// What it does not say.
    pub error: OidcError,
    /// The session it opened.
    pub there: OpenThere,
    /// The page they were to come back to.
    pub return_to: String,
}

/// Nobody is signed in, and what the page says of it: addresses that the provider, or whoever began, gave.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct NotSignedIn {
    /// Why.
    pub reason: LoginRefused,
    /// The address the provider gives.
    pub given: Email,
    /// The address that was expected, if one was.
    pub expected: Option<Email>,
    /// The account that is closed, for whoever asks the support about it (USR-19).
    pub closed: Option<UserId>,
    /// The page they were to come back to.
    pub return_to: String,
    /// The session that the provider opened.
    pub there: OpenThere,
}

/// Why a login did not complete. The attempt is spent in every case (OID-8).
#[derive(Debug, thiserror::Error)]
pub enum CompleteError {
    /// Unknown, used, expired, or not the state this browser was given (OID-2 to OID-4); or begun before the person's
    /// sessions were ended.
    #[error("the login attempt is unknown, used or expired")]
    Attempt,
    /// The provider gives no code.
    #[error(transparent)]
    Declined(#[from] Declined),
    /// The provider's answer is refused.
    #[error(transparent)]
    Provider(#[from] OidcError),
    /// The provider's answer says too little.
    #[error(transparent)]
    Unusable(Box<Unusable>),
    /// Nobody is signed in.
    #[error(transparent)]
    Refused(Box<NotSignedIn>),
    /// Anything else.
    #[error(transparent)]
    App(#[from] Error),
}

/// Completes a login: spends the attempt, exchanges the code, finds the account.
///
/// The state is looked at before anything else, an error included: what did not begin in this browser changes nothing
/// here. The code goes to the provider the login began with, and only once it is known to come from there: neither
/// another provider's address nor another issuer's name gets it (RFC 9700 §4.4, RFC 9207).
pub async fn complete(app: &App, ctx: &Ctx<()>, callback: Callback) -> Result<Completed, CompleteError> {
    let attempt = store::consume_attempt(&app.db, &callback.attempts, &callback.state, ctx.now)
        .await?
        .ok_or(CompleteError::Attempt)?;
    let gateway = app.oidc.get(attempt.provider).ok_or(CompleteError::Attempt)?;
    if callback.provider != attempt.provider {
        return Err(OidcError::Refused("answer at the address of another provider").into());
    }
    gateway.is_answer_of(callback.issuer.as_deref(), ctx.now).await?;
    let answer =
        Answer { code: callback.answer?, nonce: attempt.nonce, pkce_verifier: attempt.pkce_verifier };
    let authenticated = gateway.authenticate(answer, ctx.now).await;
    let Authenticated { claims, id_token, session: provider_session, showed_second_factor } =
        authenticated.map_err(|failed| unusable(failed, attempt.provider, &attempt.return_to))?;

    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    // Before the account, as wherever an organisation is joined: two who lock both never wait for each other.
    if let Some(code) = &claims.agency {
        lock_agency(&mut work, code).await?;
    }
    store::lock_sign_in(&mut work, &claims).await?;
    let by_subject = store::account_by_subject(&mut work, claims.provider, &claims.subject).await?;
    let by_email = store::account_by_email(&mut work, claims.provider, &claims.email).await?;
    let sign_in = SignIn { expected: attempt.expected_email.as_ref(), fresh: UserId::at(work.now()) };
    let login = reconcile(&claims, sign_in, by_subject.as_ref(), by_email.as_ref()).map_err(|reason| {
        let (given, expected) = (claims.email.clone(), attempt.expected_email.clone());
        let return_to = attempt.return_to.clone();
        let there = OpenThere { provider: claims.provider, id_token: id_token.clone().into() };
        let matched = by_subject.as_ref().or(by_email.as_ref()).map(|account| account.user);
        let closed = matched.filter(|_| reason == LoginRefused::Inactive);
        CompleteError::Refused(Box::new(NotSignedIn { reason, given, expected, closed, return_to, there }))
    })?;
    let user = login.user();
    let foreign_email = matches!(login, Login::Foreign(_)).then(|| claims.email.clone());
    let known = queries::signed_in(work.db(), user, ctx.now).await?;
    let is_new = known.is_none();
    if let Some(person) = known {
        work.by = person.acting_for(None).record();
    }
    if !store::save_login(&mut work, login.complete(claims.provider), &claims, attempt.began_at).await? {
        return Err(CompleteError::Attempt);
    }
    // Whoever opens their account does it themselves.
    if is_new && let Some(person) = queries::signed_in(work.db(), user, ctx.now).await? {
        work.by = person.acting_for(None).record();
    }
    if let Some(code) = &claims.agency {
        join(&mut work, user, code).await?;
    }
    work.commit().await?;
    let LoginAttempt { return_to, began_at, .. } = attempt;
    let provider = claims.provider;
    Ok(Completed {
        user,
        return_to,
        id_token,
        provider,
        provider_session,
        began_at,
        showed_second_factor,
        foreign_email,
    })
}

/// What became of an answer that signs nobody in. Only a token that is known to be the provider's says that a session is open
/// there; one that does not answer is asked again, not left.
fn unusable(failed: NotAuthenticated, provider: Provider, return_to: &str) -> CompleteError {
    let NotAuthenticated { error, id_token } = failed;
    match id_token.filter(|_| !matches!(error, OidcError::Unreachable(_))) {
        Some(id_token) => {
            let there = OpenThere { provider, id_token };
            CompleteError::Unusable(Box::new(Unusable { error, there, return_to: return_to.to_owned() }))
        }
        None => error.into(),
    }
}

/// Makes of somebody a member of the agency that the provider says they work for (PRE-21). What is unknown, or not theirs to
/// join, keeps nobody out.
async fn join(work: &mut Work<'_>, user: UserId, code: &SafirCode) -> Result<(), Error> {
    match join_by_safir(work, user, code).await {
        Ok(Some(_)) => Ok(()),
        Ok(None) => {
            tracing::warn!("no agency has the SAFIR code that a provider gives");
            Ok(())
        }
        Err(Failure::Refused(refused)) => {
            tracing::warn!(error = %refused, "an agency is not joined");
            Ok(())
        }
        Err(Failure::App(error)) => Err(error),
    }
}

/// The page that was asked for when this browser began the login of a callback, spent or not.
pub async fn asked_page(
    app: &App,
    attempts: &[LoginAttemptId],
    state: &str,
) -> Result<Option<String>, Error> {
    store::asked_page(&app.db, attempts, state).await
}
