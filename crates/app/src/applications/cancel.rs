//! An employer cancels a hire made by mistake (rule book 02 §7.1, 03 §4.12).

mod queries;

use iae_domain::actor::EmployerActor;
use iae_domain::applications::{
    Application, CancelFacts, CancelRefused, CancelSeen, Cancellation, PassFate, State, Ties, policy,
};
use iae_domain::ids::ApplicationId;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure, Work, pass};

/// What a cancellation would do, said before it is confirmed.
#[derive(Debug, Clone)]
pub struct CancelPreview {
    /// What becomes of the PASS.
    pub fate: PassFate,
    /// The PASS, and the hires that rest on it.
    pub facts: CancelFacts,
    /// Requests to prolong it that wait for an answer.
    pub pending_requests: i64,
}

/// Cancels the hire `id`, as it was announced: the hire, its PASS when it goes with it, the archive of the PASS, the audit rows and
/// the mails are written together or not at all.
///
/// The candidate is locked first: whatever else changes the parcours at the same instant comes before or after.
pub async fn cancel(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
    seen: CancelSeen,
) -> Result<PassFate, Failure<CancelRefused>> {
    let mut work = app.begin(ctx).await?;
    let (application, facts, _) = locked(&mut work, &ctx.actor, id).await?;
    let fate = facts.fate();
    let Cancellation { application, pass } = application.cancel(seen, facts, work.now())?;
    store::save(&mut work, application).await?;
    if let Some(pass) = pass {
        pass::cancellation::save(&mut work, pass).await?;
    }
    work.commit().await?;
    Ok(fate)
}

/// The same decision as [`cancel`], with nothing written.
pub async fn preview_cancellation(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
) -> Result<CancelPreview, Failure<CancelRefused>> {
    let mut work = app.begin(ctx).await?;
    let (application, facts, pending_requests) = locked(&mut work, &ctx.actor, id).await?;
    let fate = application.may_cancel(&facts)?;
    work.rollback().await?;
    Ok(CancelPreview { fate, facts, pending_requests })
}

/// The hire, locked; its facts, and how many requests wait on its PASS.
async fn locked(
    work: &mut Work<'_>,
    actor: &EmployerActor,
    id: ApplicationId,
) -> Result<(Application, CancelFacts, i64)> {
    let application = store::lock_for_employer(work, actor.organisation, id).await?;
    let application = application.ok_or(Error::NotFound)?;
    policy::cancel(actor, &application)?;
    // Neither the stock of the AI nor employee records exist on this platform: nothing ties a hire yet.
    let none = CancelFacts { pass: None, hires: 0, ties: Ties::default() };
    let State::Accepted(hiring) = &application.state else { return Ok((application, none, 0)) };
    let Some(held) = hiring.delivery.pass() else { return Ok((application, none, 0)) };
    let passes = pass::store::of_candidate(work.db(), application.candidate).await?;
    let (hires, pending_requests) = queries::resting_on(work, held).await?;
    let pass = passes.into_iter().find(|pass| pass.id == held);
    Ok((application, CancelFacts { pass, hires, ..none }, pending_requests))
}
