//! Opening an account of the team: done by an operator at the command line, never from the pages (USR-1).

use iae_domain::Actor;
use iae_domain::accounts::{EmailTaken, NewStaff, open_staff};

use super::store;
use crate::failure::refused_by;
use crate::{App, Ctx, Failure};

/// Opens the account.
pub async fn create_staff(app: &App, ctx: &Ctx<Actor>, account: NewStaff) -> Result<(), Failure<EmailTaken>> {
    let mut work = app.begin(ctx).await?;
    let inserted = store::insert_staff(&mut work, open_staff(account)).await;
    inserted.map_err(refused_by("users_email_key", EmailTaken))?;
    work.commit().await?;
    Ok(())
}
