//! A prescripteur habilité answers a request, or hands it over (rule book 03 §6.6).

use chrono::NaiveDate;
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::ids::{ProlongationRequestId, UserId};
use iae_domain::pass::prolongation::{self as rules, DecideRefused, Denial, ProlongationRequest};
use iae_domain::pass::{HeldPass, policy};

use super::super::cancellation::queries::missing;
use super::super::store as passes;
use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure, Work, authorisation};

/// Grants the request, seen when the PASS ended on this day.
pub async fn grant(
    app: &App,
    ctx: &Ctx<AuthorisedPrescriber>,
    id: ProlongationRequestId,
    seen: Option<NaiveDate>,
) -> Result<(), Failure<DecideRefused>> {
    let mut work = app.begin(ctx).await?;
    let (request, held, is_authorised) = lock(&mut work, ctx, id).await?;
    let granted = request.grant(&held.pass, seen, ctx.actor.user, is_authorised, work.now())?;
    store::save_decided(&mut work, granted).await?;
    work.commit().await?;
    Ok(())
}

/// Refuses the request, with reasons.
pub async fn deny(
    app: &App,
    ctx: &Ctx<AuthorisedPrescriber>,
    id: ProlongationRequestId,
    denial: Denial,
) -> Result<(), Failure<DecideRefused>> {
    let mut work = app.begin(ctx).await?;
    let (request, _, is_authorised) = lock(&mut work, ctx, id).await?;
    let denied = request.deny(denial, ctx.actor.user, is_authorised, work.now())?;
    store::save_decided(&mut work, denied).await?;
    work.commit().await?;
    Ok(())
}

/// Hands the request over to a colleague, who is told.
pub async fn delegate(
    app: &App,
    ctx: &Ctx<AuthorisedPrescriber>,
    id: ProlongationRequestId,
    to: UserId,
) -> Result<(), Failure<DecideRefused>> {
    let mut work = app.begin(ctx).await?;
    let (request, _, is_authorised) = lock(&mut work, ctx, id).await?;
    let is_colleague = store::is_member(&mut work, ctx.actor.organisation, to).await?;
    if let Some(delegated) = rules::delegate(request, to, is_colleague, is_authorised)? {
        store::save_delegated(&mut work, delegated).await?;
        work.commit().await?;
    }
    Ok(())
}

/// The request and its PASS under the lock of the holder, and whether the organisation is still authorised. One addressed to
/// another organisation does not exist.
async fn lock(
    work: &mut Work<'_>,
    ctx: &Ctx<AuthorisedPrescriber>,
    id: ProlongationRequestId,
) -> Result<(ProlongationRequest, HeldPass, bool)> {
    let Some(pass) = store::pass_of(work, id).await? else {
        let now = work.now();
        return Err(missing(work.db(), &ctx.any().actor, now, id.0).await?);
    };
    let held = passes::lock_for_its_request(work, pass).await?;
    let request = store::request(work, id).await?.ok_or(Error::NotFound)?;
    let addressed = request.parties.addressed.organisation;
    if !policy::decide_prolongation(&ctx.actor, addressed) {
        return Err(Error::NotFound);
    }
    let is_authorised = authorisation::is_authorised(work, addressed).await?;
    Ok((request, held, is_authorised))
}
