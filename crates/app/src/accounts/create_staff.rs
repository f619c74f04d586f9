//! Opening an account of the team: done by an operator at the command line, never from the pages (USR-1).

use iae_domain::Actor;
use iae_domain::accounts::{NewStaff, StaffRefused, open_staff};

use super::store;
use crate::{App, Ctx, Failure};

/// Opens the account.
pub async fn create_staff(
    app: &App,
    ctx: &Ctx<Actor>,
    account: NewStaff,
) -> Result<(), Failure<StaffRefused>> {
    let mut work = app.begin(ctx).await?;
    store::insert_staff(&mut work, open_staff(account)).await?;
    work.commit().await?;
    Ok(())
}
