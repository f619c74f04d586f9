//! Passwords that are chosen: typed twice, and what is said of those that are too weak.

use iae_domain::accounts::{SHORTEST_PASSWORD, WeakPassword};
use secrecy::SecretString;
use serde::Deserialize;

use crate::forms::FieldErrors;

/// A password typed in a form; it is shown nowhere.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Typed(String);

/// Holds a password.
impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

impl Typed {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn secret(&self) -> SecretString {
        SecretString::from(self.0.clone())
    }
}

/// A new password, the same both times; or its mistakes. Whether it is strong enough is the use case's to say.
pub(super) fn chosen(errors: &mut FieldErrors, password: &Typed, again: &Typed) -> Option<SecretString> {
    if password.is_empty() {
        errors.add("password", "Saisissez un mot de passe.");
    } else if password.as_str() != again.as_str() {
        errors.add("password_again", "Les deux mots de passe ne sont pas les mêmes.");
    }
    errors.is_empty().then(|| password.secret())
}

/// What is said of a password that is too weak.
pub(super) fn weak(refused: WeakPassword) -> String {
    match refused {
        WeakPassword::Short => {
            format!("Le mot de passe doit avoir au moins {SHORTEST_PASSWORD} caractères.")
        }
        WeakPassword::Long => "Ce mot de passe est trop long.".to_owned(),
        WeakPassword::Plain => {
            "Le mot de passe doit mêler au moins trois sortes de caractères : majuscules, minuscules, chiffres, signes \
             de ponctuation."
                .to_owned()
        }
        WeakPassword::Personal => {
            "Le mot de passe ne doit contenir ni votre nom, ni votre prénom, ni votre adresse.".to_owned()
        }
        WeakPassword::Common => {
            "Ce mot de passe est fait d’un mot très courant : assemblez plutôt plusieurs mots sans lien entre eux."
                .to_owned()
        }
    }
}
