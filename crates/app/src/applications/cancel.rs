//! An employer, or the team, cancels a hire made by mistake (rule book 02 §7.1, 03 §4.12).

mod queries;

use chrono::NaiveDate;
use iae_domain::actor::HireCanceller;
use iae_domain::applications::{
    Application, CancelFacts, CancelRefused, CancelSeen, Cancellation, CancelledBy, PassFate, State, Ties,
    policy,
};
use iae_domain::ids::{ApplicationId, PassId};
use iae_domain::pass::Pass;
use iae_domain::pass::prolongation::Addressed;

use self::queries::Resting;
use super::detail::ApplicationDetail;
use super::{issue, store};
use crate::error::{Error, Result};
use crate::{App, Ctx, Db, Failure, Work, pass};

/// What a cancellation would do, said before it is confirmed.
#[derive(Debug, Clone)]
pub struct CancelPreview {
    /// What becomes of the PASS.
    pub fate: PassFate,
    /// The PASS, and the hires that rest on it.
    pub facts: CancelFacts,
    /// The last day of the suspension the hire had ended: it stays so (rule book 03 §5.7 says nothing of giving it back).
    pub ended_suspension: Option<NaiveDate>,
}

/// Cancels the hire `id`, as it was announced: the hire, its PASS when it goes with it, the archive of the PASS, the audit rows and
/// the mails are written together or not at all.
///
/// The candidate is locked first: whatever else changes the parcours at the same instant comes before or after.
pub async fn cancel(
    app: &App,
    ctx: &Ctx<HireCanceller>,
    id: ApplicationId,
    seen: CancelSeen,
) -> Result<PassFate, Failure<CancelRefused>> {
    let mut work = app.begin(&ctx.any()).await?;
    let (application, facts) = locked(&mut work, &ctx.actor, id).await?;
    let fate = facts.fate();
    let Cancellation { application, pass, moved } = application.cancel(seen, facts, work.now())?;
    store::save(&mut work, application).await?;
    if let Some(pass) = pass {
        pass::cancellation::save(&mut work, pass).await?;
    }
    if let Some(moved) = moved {
        pass::store::save(&mut work, moved).await?;
    }
    work.commit().await?;
    Ok(fate)
}

/// What [`cancel`] would do to a hire its company reads: nothing is locked, and what changes meanwhile is said again (D32).
pub async fn preview_cancellation(
    db: &Db,
    detail: &ApplicationDetail,
) -> Result<CancelPreview, Failure<CancelRefused>> {
    let Some(held) = detail.hiring.as_ref().and_then(|hiring| hiring.pass) else {
        let facts = without_pass();
        return Ok(CancelPreview { fate: facts.decide()?, facts, ended_suspension: None });
    };
    let resting = queries::resting_on(db, held, detail.id).await?;
    let ended_suspension = resting.ended_suspension;
    let facts = resting_on(held, detail.passes.clone(), resting);
    Ok(CancelPreview { fate: facts.decide()?, facts, ended_suspension })
}

/// The hire, locked, and its facts.
async fn locked(
    work: &mut Work<'_>,
    actor: &HireCanceller,
    id: ApplicationId,
) -> Result<(Application, CancelFacts)> {
    let (application, by) = match actor {
        HireCanceller::Employer(employer) => {
            (store::lock_for_employer(work, employer.organisation, id).await?, CancelledBy::Company)
        }
        HireCanceller::Team(_) => {
            let application = store::lock_for_team(work, id).await?;
            (application, CancelledBy::Team { accepted_by: issue::accepted_by(work, id).await? })
        }
    };
    let application = application.ok_or(Error::NotFound)?;
    policy::cancel(actor, &application)?;
    let held = match &application.state {
        State::Accepted(hiring) => hiring.delivery.pass(),
        State::New
        | State::Processing
        | State::Postponed { .. }
        | State::Pool
        | State::PriorToHire
        | State::Refused(_)
        | State::Cancelled { .. }
        | State::Obsolete { .. } => None,
    };
    let Some(held) = held else { return Ok((application, CancelFacts { by, ..without_pass() })) };
    let passes = pass::store::of_candidate(work.db(), application.candidate).await?;
    let resting = queries::resting_on(work.db(), held, id).await?;
    Ok((application, CancelFacts { by, ..resting_on(held, passes, resting) }))
}

/// Neither the stock of the AI nor employee records exist on this platform: nothing ties a hire yet.
fn without_pass() -> CancelFacts {
    CancelFacts {
        pass: None,
        hires: 0,
        others_start_on: None,
        asked: vec![],
        ties: Ties::default(),
        by: CancelledBy::Company,
    }
}

fn resting_on(held: PassId, passes: Vec<Pass>, resting: Resting) -> CancelFacts {
    let pass = passes.into_iter().find(|pass| pass.id == held);
    let Resting { hires, others_start_on, request, organisation, assignee, .. } = resting;
    let addressed =
        organisation.zip(assignee).map(|(organisation, assignee)| Addressed { organisation, assignee });
    CancelFacts {
        pass,
        hires,
        others_start_on,
        asked: request.zip(addressed).into_iter().collect(),
        ..without_pass()
    }
}
