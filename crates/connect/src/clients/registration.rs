//! Registering relying parties and changing what is registered of them (IDP-25): by operators, with its line in the trail. The platform
//! registers itself when its provider starts, from its settings (`upsert`).

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use sqlx::{PgConnection, PgExecutor};

use super::{InvalidRedirectUri, RedirectUri, RegisterError, store};
use crate::error::Error;
use crate::events::{Event, Name};
use crate::grants::Scopes;
use crate::operators::Operator;
use crate::random;

/// The longest name that people read on the login page, and the longest identifier.
const LONGEST: usize = 100;

/// What is registered of a relying party, but its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// `client_id`.
    pub id: String,
    /// Name shown to people on the login page.
    pub name: String,
    /// What it may ask for: `openid` and others, separated by spaces.
    pub scopes: String,
    /// Where codes may be sent.
    pub redirect_uris: Vec<String>,
    /// Where people may be sent after logging out.
    pub post_logout_redirect_uris: Vec<String>,
    /// Where it is told of logouts, server to server.
    pub backchannel_logout_uri: Option<String>,
    /// Where it begins a sign-in of its own.
    pub initiate_login_uri: Option<String>,
    /// Whether it gets refresh tokens without asking for the scope `offline_access`.
    pub refresh_tokens: bool,
    /// When it last changed, as it was seen: who edits an older one is told so (D32).
    pub seen_at: DateTime<Utc>,
}

/// A relying party, in a list.
#[derive(Clone, Debug)]
pub struct Named {
    /// `client_id`.
    pub id: String,
    /// Name shown to people.
    pub name: String,
    /// When somebody last signed in there, if anyone did.
    pub last_login_at: Option<DateTime<Utc>>,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// It is as asked.
    Done,
    /// It changed since it was seen, or is gone: nothing was written.
    Changed,
}

impl RegisterError {
    /// What operators read, when it is theirs to mend.
    pub fn sentence(&self) -> Option<&'static str> {
        Some(match self {
            Self::InvalidId => {
                "L’identifiant a de 1 à 100 lettres sans accent, chiffres, points, tirets ou soulignés."
            }
            Self::IdTaken => "Un autre client a déjà cet identifiant.",
            Self::InvalidName => {
                "Le nom, que lisent les personnes qui se connectent, a de 1 à 100 caractères."
            }
            Self::NoRedirectUri => {
                "Il faut au moins une adresse de retour, sinon personne ne peut se connecter."
            }
            Self::SecretTooShort => "Le secret a au moins 32 caractères, tirés au hasard.",
            Self::UnknownScope => {
                "Les portées sont «\u{a0}openid\u{a0}», et parmi profile, email, usual_name et offline_access, séparées par des espaces."
            }
            Self::RedirectUri(InvalidRedirectUri::NotAnAddress) => {
                "Chaque adresse est complète et commence par https:// (http:// sur la machine elle-même seulement)."
            }
            Self::RedirectUri(InvalidRedirectUri::NotSecure) => {
                "Les adresses commencent par https://\u{a0}: http:// n’est admis que sur la machine elle-même."
            }
            Self::RedirectUri(InvalidRedirectUri::NotPlain) => {
                "Les adresses n’ont ni «\u{a0}#\u{a0}», ni nom d’utilisateur, ni mot de passe."
            }
            Self::RedirectUri(InvalidRedirectUri::Star) => {
                "Les adresses n’ont pas d’étoile\u{a0}: inscrivez-les une par une."
            }
            Self::Failed(_) => return None,
        })
    }
}

impl Registration {
    fn check(&self) -> Result<(), RegisterError> {
        let fits = |text: &str| (1..=LONGEST).contains(&text.chars().count());
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if !fits(&self.id) || !self.id.chars().all(is_plain) {
            return Err(RegisterError::InvalidId);
        }
        if !fits(self.name.trim()) || self.name.chars().any(char::is_control) {
            return Err(RegisterError::InvalidName);
        }
        if Scopes::parse(&self.scopes).is_none() {
            return Err(RegisterError::UnknownScope);
        }
        if self.redirect_uris.is_empty() {
            return Err(RegisterError::NoRedirectUri);
        }
        let addresses = self.redirect_uris.iter().chain(&self.post_logout_redirect_uris);
        for uri in addresses.chain(&self.backchannel_logout_uri).chain(&self.initiate_login_uri) {
            RedirectUri::parse(uri)?;
        }
        Ok(())
    }
}

/// Relying parties, by name.
pub async fn list(db: impl PgExecutor<'_>) -> Result<Vec<Named>, Error> {
    Ok(store::list(db).await?)
}

/// What is registered of one.
pub async fn registered(db: impl PgExecutor<'_>, id: &str) -> Result<Option<Registration>, Error> {
    Ok(store::registered(db, id).await?)
}

/// Registers a relying party; gives its secret, which is shown once and kept nowhere. In the transaction of the caller.
pub async fn create(
    db: &mut PgConnection,
    client: &Registration,
    by: Operator,
    now: DateTime<Utc>,
) -> Result<SecretString, RegisterError> {
    client.check()?;
    let secret = random::token()?;
    let client = Registration { seen_at: now, ..client.clone() };
    if !store::insert(db, &client, &secret.digest()).await.map_err(Error::from)? {
        return Err(RegisterError::IdTaken);
    }
    Event::new(Name::AdminAdd, by.ip).by(by).client(&*client.id).detail("client").record(db, now).await?;
    Ok(SecretString::from(secret.reveal()))
}

/// Changes what is registered, if it still is as it was seen. In the transaction of the caller.
pub async fn edit(
    db: &mut PgConnection,
    client: &Registration,
    by: Operator,
    now: DateTime<Utc>,
) -> Result<Edited, RegisterError> {
    client.check()?;
    if !store::edit(db, client, now).await.map_err(Error::from)? {
        return Ok(Edited::Changed);
    }
    Event::new(Name::AdminChange, by.ip).by(by).client(&*client.id).detail("client").record(db, now).await?;
    Ok(Edited::Done)
}

/// Gives a relying party another secret, shown once; the one before is worth nothing any more. None when it is not registered. In the
/// transaction of the caller.
pub async fn rotate_secret(
    db: &mut PgConnection,
    id: &str,
    by: Operator,
    now: DateTime<Utc>,
) -> Result<Option<SecretString>, Error> {
    let secret = random::token()?;
    if !store::set_secret(db, id, &secret.digest(), now).await? {
        return Ok(None);
    }
    Event::new(Name::AdminChange, by.ip).by(by).client(id).detail("client_secret").record(db, now).await?;
    Ok(Some(SecretString::from(secret.reveal())))
}
