//! Signing in at an identity provider (rule book 01 §10.3, §10.5).

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::Actor;
use iae_domain::accounts::{Login, LoginRefused, Provider, SignIn, reconcile};
use iae_domain::ids::{LoginAttemptId, UserId};
use iae_domain::organisations::sign_up::SafirCode;
use iae_domain::text::Email;
use url::Url;

use super::queries;
use super::store::{self, LoginAttempt};
use crate::error::Error;
use crate::gateways::oidc::{Answer, Authenticated, OidcError};
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
    /// When they began.
    pub began_at: DateTime<Utc>,
    /// Whether they showed a second factor there (AUT-20).
    pub showed_second_factor: bool,
    /// The address the provider gives, when it is that of another account: nothing of theirs changed (OID-11).
    pub foreign_email: Option<Email>,
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
    /// The page they were to come back to.
    pub return_to: String,
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
    let Authenticated { claims, id_token, showed_second_factor } =
        gateway.authenticate(answer, ctx.now).await?;

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
        CompleteError::Refused(Box::new(NotSignedIn { reason, given, expected, return_to }))
    })?;
    let user = login.user();
    let foreign_email = matches!(login, Login::Foreign(_)).then(|| claims.email.clone());
    if let Some(person) = queries::signed_in(work.db(), user, ctx.now).await? {
        work.by = person.acting_for(None).record();
    }
    if !store::save_login(&mut work, login.complete(claims.provider), &claims, attempt.began_at).await? {
        return Err(CompleteError::Attempt);
    }
    if let Some(code) = &claims.agency {
        join(&mut work, user, code).await?;
    }
    work.commit().await?;
    let LoginAttempt { return_to, began_at, .. } = attempt;
    let provider = claims.provider;
    Ok(Completed { user, return_to, id_token, provider, began_at, showed_second_factor, foreign_email })
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
