//! The outbox in the hands of the team: a mail that was given up is sent again.

mod store;

use iae_domain::actor::StaffActor;
use iae_domain::ids::EmailId;
use iae_domain::notifications::{NotGivenUp, send_again as decide};
use iae_domain::staff::{StaffRight, ensure};

use crate::error::{Error, Result};
use crate::queue::{MAX_ATTEMPTS, SendEmail};
use crate::{App, Ctx, Failure};

/// Puts the mail back on its way out, as many tries before it as the first time. A second click finds it there.
pub async fn send_again(app: &App, ctx: &Ctx<StaffActor>, id: EmailId) -> Result<(), Failure<NotGivenUp>> {
    ensure(&ctx.actor, StaffRight::SendEmails)?;
    let mut work = app.begin(ctx).await?;
    let state = store::lock_state(&mut work, id).await?.ok_or(Error::NotFound)?;
    let again = decide(id, state, MAX_ATTEMPTS)?;
    store::queue_again(&mut work, again).await?;
    work.enqueue([SendEmail { email: id }]).await?;
    work.commit().await?;
    Ok(())
}
