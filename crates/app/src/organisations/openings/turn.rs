//! A member opens or closes their company to applications.

use iae_domain::actor::EmployerActor;
use iae_domain::organisations::policy::turn_openings;
use iae_domain::organisations::{AlreadySo, OpeningAct};

use super::store;
use crate::error::Error;
use crate::{App, Ctx, Failure};

/// Does one of these (CMP-35, CMP-36).
pub async fn turn(app: &App, ctx: &Ctx<EmployerActor>, act: OpeningAct) -> Result<(), Failure<AlreadySo>> {
    let mut work = app.begin(ctx).await?;
    let company = turn_openings(&ctx.actor);
    let openings = store::lock(&mut work, company).await?.ok_or(Error::NotFound)?;
    let turned = openings.turn(act, work.now())?;
    store::save(&mut work, turned).await?;
    work.commit().await?;
    Ok(())
}
