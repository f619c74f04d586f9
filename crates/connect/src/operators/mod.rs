//! What operators do (IDP-25): opening, closing and mending accounts, registering relying parties (`clients/registration.rs`). The same
//! acts from the command line and from the pages of operators (`endpoints/operators/`), each in the transaction of its caller, each
//! with its line in the trail.
//!
//! The account of an operator is looked after at the command line only: nobody takes over, from a page, somebody who has as many
//! rights as they have. Nobody reads a password or chooses one for somebody else from a page; links go to the address of the account.

mod accounts;
mod factors;
mod queries;

use iae_server::Address;
use uuid::Uuid;

use crate::error::Error;

pub(crate) use accounts::unmake_without_factor;
pub use accounts::{
    NewHolder, close_account, create_account, make_operator, reopen_account, reset_link, send_reset_link,
    void_password,
};
pub use factors::forget_factors;
pub use queries::{AccountRow, events_of, find_accounts};
pub(crate) use queries::{LastLogin, Sheet, sheet};

pub use crate::events::Line;

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub struct Operator {
    /// Their account, when they act from a page.
    pub(crate) account_id: Option<Uuid>,
    /// From where.
    pub(crate) ip: Address,
}

impl Operator {
    /// Whoever types commands on the server.
    pub const AT_THE_COMMAND_LINE: Self = Self { account_id: None, ip: Address::OF_THE_MACHINE };

    /// Somebody signed in, whose account is an operator's.
    pub(crate) fn signed_in(account_id: Uuid, ip: Address) -> Self {
        Self { account_id: Some(account_id), ip }
    }

    fn is_at_the_command_line(self) -> bool {
        self.account_id.is_none()
    }
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// It is not one.
    #[error("cette adresse n’est pas une adresse e-mail complète")]
    InvalidAddress,
    /// A name has a letter, no link, and at most 100 characters.
    #[error("le prénom et le nom ont une lettre au moins, 100 caractères au plus, et ni adresse ni lien")]
    InvalidName,
    /// Somebody has it, or left it less than three days ago.
    #[error("un compte a cette adresse, ou l’a quittée il y a moins de trois jours")]
    AddressTaken,
    /// Nobody has it.
    #[error("aucun compte n’a cette adresse")]
    UnknownAccount,
    /// It is of an operator, and this is a page.
    #[error(
        "ce compte est celui d’une personne de l’équipe\u{a0}: il se modifie en ligne de commande seulement"
    )]
    OfAnOperator,
    /// Who may do more than others signs in with two factors.
    #[error(
        "ce compte n’a pas de double authentification\u{a0}: la personne l’ajoute d’abord, depuis son compte"
    )]
    NoSecondFactor,
    /// It was done already, or the account is closed.
    #[error("c’est déjà fait, ou l’état du compte ne le permet plus")]
    AlreadyDone,
    /// Our failure.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<sqlx::Error> for OperatorError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}
