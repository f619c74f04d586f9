//! What an operator does to an account, and what the pages say of it.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::operators::{self, Operator, OperatorError, Sheet};

/// What an operator does to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    SendResetLink,
    VoidPassword,
    ForgetFactors,
    Close,
    Reopen,
}

impl Act {
    /// Every act.
    pub(super) const ALL: [Self; 5] =
        [Self::SendResetLink, Self::VoidPassword, Self::ForgetFactors, Self::Close, Self::Reopen];

    /// As addresses carry it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::SendResetLink => "reset-link",
            Self::VoidPassword => "void-password",
            Self::ForgetFactors => "forget-factors",
            Self::Close => "close",
            Self::Reopen => "reopen",
        }
    }

    /// Read back.
    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.word() == word)
    }

    /// Whether it makes sense of this account, as it was when the page was made.
    pub(super) fn is_possible(self, sheet: &Sheet) -> bool {
        let open = sheet.account.active;
        let possible = match self {
            Self::SendResetLink | Self::VoidPassword | Self::Close => open,
            Self::ForgetFactors => !sheet.factors.is_empty(),
            Self::Reopen => !open,
        };
        possible && !sheet.account.is_operator
    }

    /// As the button says it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::SendResetLink => "Envoyer un lien pour choisir un mot de passe",
            Self::VoidPassword => "Annuler le mot de passe",
            Self::ForgetFactors => "Retirer la double authentification",
            Self::Close => "Fermer le compte",
            Self::Reopen => "Rouvrir le compte",
        }
    }

    /// What the page says that it changes.
    pub(super) fn consequence(self) -> &'static str {
        match self {
            Self::SendResetLink => {
                "Un message part à l’adresse du compte, avec un lien qui sert une fois, pendant 24\u{a0}heures. Le mot de \
                 passe actuel reste valable jusque-là."
            }
            Self::VoidPassword => {
                "Le mot de passe ne vaut plus rien, toutes les sessions se ferment, et un lien pour en choisir un autre \
                 part à l’adresse du compte. À faire quand quelqu’un d’autre le connaît."
            }
            Self::ForgetFactors => {
                "Applications de codes, clés d’accès et codes de secours sont retirés, et les sessions se ferment\u{a0}: le \
                 mot de passe suffit ensuite. Assurez-vous d’abord, par un autre moyen que cette messagerie, que la \
                 demande vient de la personne. Un message le lui dit."
            }
            Self::Close => {
                "La personne ne peut plus se connecter à aucun service, ses sessions et ses jetons prennent fin, et les \
                 services qui le demandent en sont prévenus. Le compte peut être rouvert."
            }
            Self::Reopen => {
                "La personne peut de nouveau se connecter, avec le mot de passe et la double authentification qu’elle \
                 avait."
            }
        }
    }

    /// Whether its button says so.
    pub(super) fn is_dangerous(self) -> bool {
        match self {
            Self::VoidPassword | Self::ForgetFactors | Self::Close => true,
            Self::SendResetLink | Self::Reopen => false,
        }
    }

    /// What is said once it is done.
    pub(super) fn done(self) -> &'static str {
        match self {
            Self::SendResetLink => "Le lien est parti à l’adresse du compte.",
            Self::VoidPassword => "Le mot de passe est annulé, et un lien est parti à l’adresse du compte.",
            Self::ForgetFactors => "La double authentification est retirée.",
            Self::Close => "Le compte est fermé.",
            Self::Reopen => "Le compte est rouvert.",
        }
    }

    /// Does it, in the transaction of the page.
    pub(super) async fn perform(
        self,
        db: &mut PgConnection,
        id: Uuid,
        by: Operator,
        now: DateTime<Utc>,
    ) -> Result<(), OperatorError> {
        match self {
            Self::SendResetLink => operators::send_reset_link(db, id, by, now).await,
            Self::VoidPassword => operators::void_password(db, id, by, now).await,
            Self::ForgetFactors => operators::forget_factors(db, id, by, now).await,
            Self::Close => operators::close_account(db, id, by, now).await,
            Self::Reopen => operators::reopen_account(db, id, by, now).await,
        }
    }
}
