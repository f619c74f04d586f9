//! What is said to someone who could not sign in: a title, and what to do.

use iae_app::accounts::Declined;
use iae_app::gateways::oidc::OidcError;
use iae_domain::accounts::LoginRefused;
use iae_domain::text::Email;

/// The provider does not answer.
pub(super) const fn provider_unavailable() -> (&'static str, &'static str) {
    ("Le service de connexion ne répond pas", "Réessayez dans quelques minutes.")
}

/// The provider gave no code (OID-9).
pub(super) const fn declined(why: Declined) -> (&'static str, &'static str) {
    match why {
        Declined::Abandoned => {
            ("Connexion abandonnée", "Vous n’avez pas terminé la connexion. Vous pouvez recommencer.")
        }
        Declined::Temporary => provider_unavailable(),
        Declined::Other => {
            ("La connexion a échoué", "Recommencez. Si cela se reproduit, écrivez à l’équipe du service.")
        }
    }
}

/// The login was used, waited for too long, or began elsewhere (OID-2 to OID-4).
pub(super) const fn expired() -> (&'static str, &'static str) {
    (
        "Cette connexion a expiré",
        "Elle a déjà servi, a trop attendu ou a commencé dans un autre navigateur. Recommencez.",
    )
}

/// A password was just chosen by the link of a mail.
pub(super) const fn password_chosen() -> (&'static str, &'static str) {
    ("Votre mot de passe est choisi", "Connectez-vous avec lui.")
}

/// An address was just proved by the link of a mail.
pub(super) const fn account_opened() -> (&'static str, &'static str) {
    ("Votre adresse est confirmée", "Connectez-vous avec elle.")
}

/// No account has this address and this password; or it is locked for some minutes: nothing says which (AUT-6, D25).
pub(super) const WRONG_PASSWORD: &str = "Adresse ou mot de passe incorrect. Après cinq essais, attendez cinq minutes ou \
    choisissez un nouveau mot de passe.";

/// Somebody who is signed in typed too many wrong passwords of theirs (AUT-6).
pub(super) const TOO_MANY_PASSWORDS: &str =
    "Trop de mots de passe faux\u{a0}: rien n’a changé. Attendez cinq minutes, puis réessayez.";

/// The address the provider gives is that of another account (OID-11).
pub(super) const FOREIGN_EMAIL: &str = "Votre adresse n’a pas été mise à jour";

/// What follows from it.
pub(super) fn foreign_email(given: &Email) -> String {
    format!(
        "Votre service de connexion donne l’adresse {given}, qui est celle d’un autre compte. Vous êtes connecté, et rien \
         n’a changé. Si les deux comptes sont les vôtres, écrivez à l’équipe du service."
    )
}

/// The session is over: it lasted its time, or ended elsewhere (SES-13).
pub(super) const fn session_ended() -> (&'static str, &'static str) {
    ("Votre session a pris fin", "Connectez-vous pour continuer.")
}

/// The provider's answer signs nobody in.
pub(super) const fn answer(error: OidcError) -> (&'static str, &'static str) {
    match error {
        OidcError::NoEmail => (
            "Votre service de connexion ne donne pas votre adresse e-mail",
            "Ajoutez une adresse e-mail à votre compte chez lui, puis recommencez.",
        ),
        OidcError::Unreachable(_) => provider_unavailable(),
        OidcError::Refused(_) => (
            "La connexion a échoué",
            "La réponse du service de connexion n’a pas pu être vérifiée. Recommencez.",
        ),
    }
}

/// Nobody is signed in.
pub(super) const fn refused(reason: LoginRefused) -> (&'static str, &'static str) {
    match reason {
        LoginRefused::UnknownAccount => (
            "Aucun compte ne correspond",
            "Votre identité est vérifiée, mais votre service de connexion n’en dit pas assez pour vous ouvrir un compte\u{a0}: \
             il manque un nom ou un prénom. Complétez-les chez lui, puis recommencez.",
        ),
        LoginRefused::OtherEmail => (
            "Ce n’est pas l’adresse attendue",
            "Vous vous êtes connecté à votre service de connexion sous une autre adresse que celle de l’invitation. \
             Recommencez, en vous y connectant avec la bonne adresse.",
        ),
        LoginRefused::Inactive => (
            "Ce compte est désactivé",
            "Écrivez à l’équipe du service pour savoir pourquoi et comment le rouvrir.",
        ),
        LoginRefused::WrongKind => (
            "Ce mode de connexion ne convient pas à votre compte",
            "Choisissez un autre mode sur la page de connexion.",
        ),
        LoginRefused::EmailInUse => (
            "Cette adresse est celle d’un compte qui se connecte autrement",
            "Choisissez le mode de connexion habituel de ce compte.",
        ),
        LoginRefused::UnverifiedEmail => (
            "Votre adresse e-mail n’est pas vérifiée",
            "Confirmez-la auprès du service de connexion, puis recommencez.",
        ),
    }
}
