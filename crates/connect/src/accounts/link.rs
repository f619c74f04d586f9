//! Links of the mails: sealed with the operator's secret, like what login pages carry, so that nothing that opens them is
//! kept anywhere. Each says what it is for; the row it names says whether it still serves.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PasswordHash;
use crate::error::Error;
use crate::keys::{self, KeysSecret};
use crate::secret::Token;

/// What a link does, once its page is opened and its button pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Purpose {
    /// Proves the address of a sign-up.
    ConfirmSignUp,
    /// Chooses another password.
    ResetPassword,
    /// Proves the new address of an account.
    ConfirmEmail,
    /// Keeps, or takes back, the former one.
    KeepEmail,
}

/// A link, as it is sealed.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Link {
    purpose: Purpose,
    /// The row it is about.
    pub(crate) about: Uuid,
    /// SHA-256 of the password hash of the account when it was made: another password, and it is worth nothing.
    password: Option<String>,
}

impl Link {
    /// A link about a row.
    pub(crate) fn new(purpose: Purpose, about: Uuid) -> Self {
        Self { purpose, about, password: None }
    }

    /// The same, as long as the account has this password.
    pub(crate) fn bound_to(mut self, hash: &PasswordHash) -> Self {
        let digest = Token::new(hash.as_str().to_owned()).digest();
        self.password = Some(BASE64_URL_SAFE_NO_PAD.encode(digest));
        self
    }

    /// Whether the account still has it; never when the link is bound to none.
    pub(super) fn is_bound_to(&self, hash: &PasswordHash) -> bool {
        let digest = self.password.as_ref().and_then(|digest| BASE64_URL_SAFE_NO_PAD.decode(digest).ok());
        digest.is_some_and(|digest| Token::new(hash.as_str().to_owned()).matches(&digest))
    }

    /// As the mail carries it.
    pub(crate) fn seal(&self, secret: &KeysSecret) -> Result<String, Error> {
        secret.seal(keys::Purpose::Mail, self)
    }

    /// What an address carried, when it was sealed here, for this.
    pub(super) fn open(secret: &KeysSecret, purpose: Purpose, sealed: &str) -> Option<Self> {
        let link: Self = secret.open_sealed(keys::Purpose::Mail, sealed)?;
        (link.purpose == purpose).then_some(link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_link_opens_for_what_it_was_sealed_for_while_the_password_stays() {
        let secret = KeysSecret::new(&[1; 32]).unwrap();
        let hash = PasswordHash::new("une phrase".into()).await.unwrap();
        let about = Uuid::from_u128(7);
        let sealed = Link::new(Purpose::ResetPassword, about).bound_to(&hash).seal(&secret).unwrap();
        let opened = Link::open(&secret, Purpose::ResetPassword, &sealed).unwrap();
        assert_eq!(opened.about, about);
        assert!(opened.is_bound_to(&hash));
        assert!(!opened.is_bound_to(&PasswordHash::new("une phrase".into()).await.unwrap()));

        let unbound = Link::new(Purpose::ConfirmSignUp, about);
        assert!(!unbound.is_bound_to(&hash), "a link that is bound to no password resets none");
        assert!(Link::open(&secret, Purpose::ConfirmSignUp, &sealed).is_none(), "it is for something else");
        let elsewhere = KeysSecret::new(&[2; 32]).unwrap();
        assert!(Link::open(&elsewhere, Purpose::ResetPassword, &sealed).is_none());
        for nonsense in ["", "a", "guess", &sealed[1..]] {
            assert!(Link::open(&secret, Purpose::ResetPassword, nonsense).is_none(), "{nonsense}");
        }
    }
}
