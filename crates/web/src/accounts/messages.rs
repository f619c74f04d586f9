//! What is said to someone who could not sign in: a title, and what to do.

use iae_app::accounts::{CompleteError, Declined};
use iae_app::gateways::oidc::OidcError;
use iae_domain::accounts::LoginRefused;

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

/// The session is over: it lasted its time, or ended elsewhere (SES-13).
pub(super) const fn session_ended() -> (&'static str, &'static str) {
    ("Votre session a pris fin", "Connectez-vous pour continuer.")
}

/// The login did not complete.
pub(super) const fn complete(error: &CompleteError) -> (&'static str, &'static str) {
    match error {
        CompleteError::Attempt => expired(),
        CompleteError::Declined(why) => declined(*why),
        CompleteError::Provider(OidcError::NoEmail) => (
            "Votre service de connexion ne donne pas votre adresse e-mail",
            "Ajoutez une adresse e-mail à votre compte chez lui, puis recommencez.",
        ),
        CompleteError::Provider(OidcError::Unreachable(_)) => provider_unavailable(),
        CompleteError::Provider(OidcError::Refused(_)) | CompleteError::App(_) => (
            "La connexion a échoué",
            "La réponse du service de connexion n’a pas pu être vérifiée. Recommencez.",
        ),
        CompleteError::Refused(reason) => refused(*reason),
    }
}

const fn refused(reason: LoginRefused) -> (&'static str, &'static str) {
    match reason {
        LoginRefused::UnknownAccount => (
            "Aucun compte ne correspond",
            "Votre identité est vérifiée, mais vous n’avez pas encore de compte ici. Demandez à un collègue de vous \
             inviter, ou écrivez à l’équipe du service.",
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
