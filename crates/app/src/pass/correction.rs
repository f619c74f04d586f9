//! The team moves the first day of a PASS, and with it all its days (rule book 03 §4.7).

mod store;

use iae_domain::Changed;
use iae_domain::actor::StaffActor;
use iae_domain::ids::{PassCorrectionId, PassId};
use iae_domain::pass::suspension::Effect;
use iae_domain::pass::{Correct, Corrected, HeldPass, NotCorrectable};
use iae_domain::staff::{StaffRight, ensure};

use super::store::{counsellor, lock};
use crate::{App, Ctx, Failure, Work};

/// Corrects the PASS, when its days are still those that were shown: its days, the reason and the audit row are written together.
pub async fn correct(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: PassId,
    command: Correct,
) -> Result<(), Failure<NotCorrectable>> {
    let mut work = app.begin(ctx).await?;
    let (_, corrected) = decide(&mut work, ctx, id, command).await?;
    store::save(&mut work, corrected).await?;
    work.commit().await?;
    Ok(())
}

/// The same decision as [`correct`], with nothing written: what it would do to the parcours.
pub async fn preview_correction(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: PassId,
    command: Correct,
) -> Result<Effect, Failure<NotCorrectable>> {
    let mut work = app.begin(ctx).await?;
    let (held, corrected) = decide(&mut work, ctx, id, command).await?;
    work.rollback().await?;
    Ok(Effect { before: held.pass.parcours, after: corrected.value().pass.parcours.clone() })
}

async fn decide(
    work: &mut Work<'_>,
    ctx: &Ctx<StaffActor>,
    id: PassId,
    command: Correct,
) -> Result<(HeldPass, Changed<Corrected>), Failure<NotCorrectable>> {
    ensure(&ctx.actor, StaffRight::ChangePasses)?;
    let held = lock(work, &ctx.any().actor, id).await?;
    // Employee records do not exist on this platform: none carries the number.
    let counsellor = counsellor(work, held.pass.candidate).await?;
    let corrected = held.correct(command, false, PassCorrectionId::at(work.now()), counsellor)?;
    Ok((held, corrected))
}
