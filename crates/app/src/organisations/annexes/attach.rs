//! An antenna is attached to the convention of another annex (CMP-24).

use iae_domain::actor::EmployerActor;
use iae_domain::ids::ConventionId;
use iae_domain::organisations::AttachRefused;
use iae_domain::organisations::policy::read_annexes;

use super::{queries, store};
use crate::error::Error;
use crate::{App, Ctx, Failure};

/// Attaches it, as it was seen attached (D32).
pub async fn attach(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    seen: Option<ConventionId>,
    number: &str,
) -> Result<(), Failure<AttachRefused>> {
    let company = read_annexes(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    let attachment = store::lock(&mut work, company).await?.ok_or(Error::NotFound)?;
    let offered = queries::annexes_of_siren(work.db(), company).await?;
    let attached = attachment.attach(seen, number, &offered, work.today())?;
    store::save(&mut work, attached).await?;
    work.commit().await?;
    Ok(())
}
