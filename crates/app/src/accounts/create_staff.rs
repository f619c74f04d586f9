//! Opening an account of the team: done by an operator at the command line, never from the pages (USR-1).

use iae_domain::Actor;
use iae_domain::accounts::{AccountChange, AccountEvent, UserKind};
use iae_domain::ids::UserId;
use iae_domain::text::Email;

use super::store;
use crate::db::violates;
use crate::error::Error;
use crate::{App, Ctx, audit};

/// An account of the team to open.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// Their address at the identity provider: the first login ties the account to it.
    pub email: Email,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
}

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

/// Opens the account.
pub async fn create_staff(app: &App, ctx: &Ctx<Actor>, staff: &NewStaff) -> Result<UserId, CreateStaffError> {
    let user = UserId::at(ctx.now);
    let mut tx = app.db.begin().await.map_err(Error::from)?;
    store::insert_staff(&mut tx, user, staff, ctx.now).await.map_err(|error| {
        if violates(&error, "users_email_key") {
            CreateStaffError::EmailTaken
        } else {
            Error::from(error).into()
        }
    })?;
    let event = AccountEvent { user, change: AccountChange::Opened { kind: UserKind::Staff } }.into();
    audit::record(app, &mut tx, ctx, &[event]).await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(user)
}
