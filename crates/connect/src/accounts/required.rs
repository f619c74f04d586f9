//! What must be done after a right password, and a second factor where there is one, before a relying party gets anything
//! (IDP-16): conditions of use, then a password too weak. Home and logout stay open meanwhile.
//!
//! An address is never « unconfirmed » here: an account is made by the confirmation (`sign_up.rs`).

use secrecy::{ExposeSecret, SecretString};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Account, policy, store};
use crate::error::Error;
use crate::{Config, Connect};

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequiredAction {
    /// The conditions of use changed, or were never accepted.
    AcceptTerms,
    /// The password is too weak.
    ChangePassword,
}

impl RequiredAction {
    /// Where it is done. The page carries the relying party's request, sealed (`Pending::seal`), and resumes it.
    pub(crate) fn address(self, config: &Config, request: Option<&str>) -> String {
        let path = match self {
            Self::AcceptTerms => crate::endpoints::TERMS,
            Self::ChangePassword => crate::endpoints::PASSWORD,
        };
        let request = request.map(|request| format!("?request={request}")).unwrap_or_default();
        format!("{}{path}{request}", config.base_path())
    }
}

/// Looks at a password that was just accepted: if it is too weak, [`required`] says so from now on (IDP-17).
pub(crate) async fn note_strength(
    connect: &Connect,
    db: &mut PgConnection,
    account: &Account,
    password: &SecretString,
) -> Result<(), Error> {
    let is_weak = policy::check(password.expose_secret(), account.personal()).is_err();
    if is_weak && connect.config().renews_weak_passwords {
        store::mark_weak(db, account.id, &account.password_hash, connect.now()).await?;
    }
    Ok(())
}

/// What the person has to do before going on, if anything. Asked before a code is given: at sign-in, and for each code that an
/// open session gives.
pub(crate) async fn required(
    connect: &Connect,
    db: &mut PgConnection,
    account_id: Uuid,
) -> Result<Option<RequiredAction>, Error> {
    let Some(due) = store::due(db, account_id).await? else { return Ok(None) };
    let terms = connect.config().terms_from;
    if terms.is_some_and(|from| due.terms_accepted_at.is_none_or(|accepted| accepted < from)) {
        return Ok(Some(RequiredAction::AcceptTerms));
    }
    let is_weak = connect.config().renews_weak_passwords && due.weak_password_since.is_some();
    Ok(is_weak.then_some(RequiredAction::ChangePassword))
}
