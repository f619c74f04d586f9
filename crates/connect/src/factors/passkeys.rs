//! Passkeys (WebAuthn). `webauthn-rs` makes the challenges and checks the answers; what it has to remember between the two is
//! carried by the page, sealed, like the rest of what our pages carry: it serves in that page only, whose request serves once.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgConnection;
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, DiscoverableAuthentication, Passkey, PasskeyAuthentication,
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
};

use super::store;
use super::tries::Tried;
use crate::Connect;
use crate::accounts::Account;
use crate::error::Error;
use crate::keys::Purpose;

/// How long a challenge is answered.
const LIFETIME: TimeDelta = TimeDelta::minutes(15);

const UNUSABLE: Error = Error::Crypto("a challenge of a passkey could not be made");

/// The ceremonies of one host: passkeys made for it serve nowhere else.
pub(crate) struct Passkeys(Webauthn);

impl Passkeys {
    /// Those of the issuer's host, when it is a name: an address has no passkeys.
    pub(crate) fn of(issuer: &Url) -> Option<Self> {
        let origin = Url::parse(&issuer.origin().ascii_serialization()).ok()?;
        let builder = WebauthnBuilder::new(issuer.domain()?, &origin).ok()?;
        builder.rp_name("Inclusion Connect").build().ok().map(Self)
    }
}

/// A challenge, as a page carries it.
pub(crate) struct Asked {
    /// What the script gives the browser.
    pub(crate) options: String,
    /// What comes back with the answer, sealed.
    pub(crate) carried: String,
}

/// What is remembered of a challenge.
#[derive(Serialize, Deserialize)]
struct Carried {
    /// The account, the step or the request it was made for.
    about: Uuid,
    expires_at: DateTime<Utc>,
    state: State,
}

#[derive(Serialize, Deserialize)]
enum State {
    Add(Box<PasskeyRegistration>),
    Show(Box<PasskeyAuthentication>),
    Discover(Box<DiscoverableAuthentication>),
}

impl Asked {
    fn new(connect: &Connect, options: &Value, about: Uuid, state: State) -> Result<Self, Error> {
        let carried = Carried { about, expires_at: connect.now() + LIFETIME, state };
        let carried = connect.secret().seal(Purpose::Ceremony, &carried)?;
        Ok(Self { options: options.to_string(), carried })
    }
}

fn opened(connect: &Connect, about: Uuid, carried: &str) -> Option<State> {
    let carried: Carried = connect.secret().open_sealed(Purpose::Ceremony, carried)?;
    let serves = carried.about == about && connect.now() < carried.expires_at;
    serves.then_some(carried.state)
}

/// Asks for a new passkey of an account.
pub(crate) async fn ask_to_add(connect: &Connect, account: &Account) -> Result<Option<Asked>, Error> {
    let Some(Passkeys(webauthn)) = connect.passkeys() else { return Ok(None) };
    let known = store::passkeys(connect.db(), account.id).await?;
    let known = known.iter().map(|passkey| passkey.cred_id().clone()).collect::<Vec<CredentialID>>();
    let (options, state) = webauthn
        .start_passkey_registration(account.id, &account.email, &account.full_name(), Some(known))
        .map_err(|_| UNUSABLE)?;
    let mut options = serde_json::to_value(&options).map_err(|_| UNUSABLE)?;
    // One that is kept by its authenticator opens the login page by itself; one that is not stands beside a password.
    if let Some(selection) =
        options.pointer_mut("/publicKey/authenticatorSelection").and_then(Value::as_object_mut)
    {
        selection.insert("residentKey".to_owned(), "preferred".into());
        selection.insert("requireResidentKey".to_owned(), false.into());
    }
    Asked::new(connect, &options, account.id, State::Add(Box::new(state))).map(Some)
}

/// The passkey that answers, when it does.
pub(super) fn added(connect: &Connect, account_id: Uuid, carried: &str, answer: &str) -> Option<Passkey> {
    let Passkeys(webauthn) = connect.passkeys()?;
    let State::Add(state) = opened(connect, account_id, carried)? else { return None };
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).ok()?;
    webauthn.finish_passkey_registration(&answer, &state).ok()
}

/// Asks for a passkey of an account, after its password; none when it has none.
pub(crate) async fn ask_of(
    connect: &Connect,
    account_id: Uuid,
    step_id: Uuid,
) -> Result<Option<Asked>, Error> {
    let Some(Passkeys(webauthn)) = connect.passkeys() else { return Ok(None) };
    let known = store::passkeys(connect.db(), account_id).await?;
    if known.is_empty() {
        return Ok(None);
    }
    let (options, state) = webauthn.start_passkey_authentication(&known).map_err(|_| UNUSABLE)?;
    let options = serde_json::to_value(&options).map_err(|_| UNUSABLE)?;
    Asked::new(connect, &options, step_id, State::Show(Box::new(state))).map(Some)
}

/// Asks whoever is at the login page of a request for a passkey.
pub(crate) fn ask_anyone(connect: &Connect, request_id: Uuid) -> Result<Option<Asked>, Error> {
    let Some(Passkeys(webauthn)) = connect.passkeys() else { return Ok(None) };
    let (options, state) = webauthn.start_discoverable_authentication().map_err(|_| UNUSABLE)?;
    let options = serde_json::to_value(&options).map_err(|_| UNUSABLE)?;
    Asked::new(connect, &options, request_id, State::Discover(Box::new(state))).map(Some)
}

/// What an account was asked in this step.
pub(crate) fn asked_of(
    connect: &Connect,
    step_id: Uuid,
    carried: &str,
) -> Option<Box<PasskeyAuthentication>> {
    match opened(connect, step_id, carried)? {
        State::Show(state) => Some(state),
        State::Add(_) | State::Discover(_) => None,
    }
}

/// What anyone was asked at the login page of this request.
pub(crate) fn asked_of_anyone(
    connect: &Connect,
    request_id: Uuid,
    carried: &str,
) -> Option<Box<DiscoverableAuthentication>> {
    match opened(connect, request_id, carried)? {
        State::Discover(state) => Some(state),
        State::Add(_) | State::Show(_) => None,
    }
}

/// What a browser gave.
pub(crate) fn shown(answer: &str) -> Option<PublicKeyCredential> {
    serde_json::from_str(answer).ok()
}

/// Looks at a passkey of an account. Wrong ones are not counted: nobody guesses a signature.
pub(crate) async fn try_passkey(
    connect: &Connect,
    db: &mut PgConnection,
    account_id: Uuid,
    credential: &PublicKeyCredential,
    asked: &PasskeyAuthentication,
) -> Result<Tried, Error> {
    let Some(Passkeys(webauthn)) = connect.passkeys() else { return Ok(Tried::Wrong) };
    let Ok(result) = webauthn.finish_passkey_authentication(credential, asked) else {
        return Ok(Tried::Wrong);
    };
    // It may have been removed since the page was shown.
    let id: &[u8] = result.cred_id().as_ref();
    let Some(known) = store::lock_passkey(&mut *db, account_id, id).await? else { return Ok(Tried::Wrong) };
    let factor_id = Some(known.id);
    served(connect, db, known, &result).await?;
    Ok(Tried::Right { factor_id })
}

/// Whose a passkey says it is.
pub(crate) fn claimed_by(connect: &Connect, credential: &PublicKeyCredential) -> Option<Uuid> {
    let Passkeys(webauthn) = connect.passkeys()?;
    webauthn.identify_discoverable_authentication(credential).ok().map(|(account_id, _)| account_id)
}

/// Looks at a passkey that says whose it is, for who holds that account; gives its row when it is right.
pub(crate) async fn try_discovered(
    connect: &Connect,
    db: &mut PgConnection,
    account_id: Uuid,
    credential: &PublicKeyCredential,
    asked: DiscoverableAuthentication,
) -> Result<Option<Uuid>, Error> {
    let Some(Passkeys(webauthn)) = connect.passkeys() else { return Ok(None) };
    let Ok((claimed, id)) = webauthn.identify_discoverable_authentication(credential) else {
        return Ok(None);
    };
    let known = store::lock_passkey(&mut *db, account_id, id).await?;
    let Some(known) = known.filter(|_| claimed == account_id) else { return Ok(None) };
    let Ok(result) = webauthn.finish_discoverable_authentication_v2(credential, asked, &known.passkey) else {
        return Ok(None);
    };
    let factor_id = known.id;
    served(connect, db, known, &result).await?;
    Ok(Some(factor_id))
}

/// Keeps what a passkey that served says of itself: its counter, its flags.
async fn served(
    connect: &Connect,
    db: &mut PgConnection,
    mut known: store::KnownPasskey,
    result: &AuthenticationResult,
) -> Result<(), Error> {
    known.passkey.update_credential(result);
    store::use_passkey(db, &known, connect.now()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_made_for_names_only() {
        for (issuer, has) in [
            ("https://connect.example.org/auth", true),
            ("http://localhost:8071", true),
            ("http://127.0.0.1:8071", false),
            ("http://[::1]:8071", false),
        ] {
            assert_eq!(Passkeys::of(&issuer.parse().unwrap()).is_some(), has, "{issuer}");
        }
    }
}
