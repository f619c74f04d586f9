//! Opening an account of the team: done by an operator at the command line, never from the pages (USR-1).

use iae_domain::Actor;
use iae_domain::accounts::{NewStaff, open_staff};

use super::store;
use crate::db::violates;
use crate::error::Error;
use crate::{App, Ctx};

/// Why no account is opened.
#[derive(Debug, thiserror::Error)]
pub enum CreateStaffError {
    /// Somebody has this address already; the kind of an account never changes (USR-1).
    #[error("un compte existe déjà pour cette adresse")]
    EmailTaken,
    /// Anything else.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<sqlx::Error> for CreateStaffError {
    fn from(error: sqlx::Error) -> Self {
        if violates(&error, "users_email_key") { Self::EmailTaken } else { Self::App(error.into()) }
    }
}

/// Opens the account.
pub async fn create_staff(app: &App, ctx: &Ctx<Actor>, account: NewStaff) -> Result<(), CreateStaffError> {
    let mut work = app.begin(ctx).await?;
    store::insert_staff(&mut work, open_staff(account)).await?;
    work.commit().await?;
    Ok(())
}
