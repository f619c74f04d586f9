//! An SIAE defends its hires: it chooses criteria, gives a proof of each, submits (rule book 04 §1.9).

use iae_domain::actor::EmployerActor;
use iae_domain::budget::Budget;
use iae_domain::control::{Campaign, ChoiceRefused, Control, NotNow};
use iae_domain::documents::{DocumentKind, DocumentRefused, Owner};
use iae_domain::eligibility::Criteria;
use iae_domain::ids::{ControlCriterionId, ControlHireId, ControlId};

use super::{lock, store};
use crate::budgets::spend;
use crate::documents::{self, ReceivedFile};
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Chooses what is defended for a hire. What is chosen already keeps its proof.
pub async fn choose(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    hire: ControlHireId,
    wanted: &Criteria,
) -> Result<(), Failure<ChoiceRefused>> {
    let mut work = app.begin(ctx).await?;
    let id = store::control_of_hire(work.db(), hire).await?;
    let control = open(lock::of_company(&mut work, ctx, id).await?)?;
    let hire = control.hire(hire).ok_or(Error::NotFound)?;
    if let Some(chosen) = control.choose(hire, wanted, work.today())? {
        store::save_chosen(&mut work, chosen).await?;
        work.commit().await?;
    }
    Ok(())
}

/// Gives the proof of a criterion, in the place of the one it had. The file is checked and kept before anything is locked.
pub async fn give_proof(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    criterion: ControlCriterionId,
    file: ReceivedFile,
) -> Result<Result<(), NotNow>, Failure<DocumentRefused>> {
    spend(app, &ctx.any(), Budget::Upload).await?;
    let kind = DocumentKind::Proof;
    let kept = documents::keep(app, kind, vec![file]).await?;
    let given = record(app, ctx, criterion, &kept).await;
    let (recorded, refused) = match given {
        Ok(()) => (Ok(()), None),
        Err(Failure::Refused(refused)) => (Err(Error::Conflict), Some(refused)),
        Err(Failure::App(error)) => (Err(error), None),
    };
    let settled = kept.settle(app, recorded).await;
    match refused {
        Some(refused) => Ok(Err(refused)),
        None => Ok(Ok(settled?)),
    }
}

async fn record(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    criterion: ControlCriterionId,
    kept: &documents::Kept,
) -> Result<(), Failure<NotNow>> {
    let mut work = app.begin(ctx).await?;
    let id = store::control_of_criterion(work.db(), criterion).await?;
    let control = open(lock::of_company(&mut work, ctx, id).await?)?;
    let (hire, one) = control.criterion(criterion).ok_or(Error::NotFound)?;
    let given = control.give_proof(hire, one, work.today())?;
    store::save_proof(&mut work, given).await?;
    let whose = (Owner::ControlCriterion(criterion), hire.candidate);
    documents::replace(&mut work, whose, DocumentKind::Proof, Some(kept)).await?;
    work.commit().await?;
    Ok(())
}

/// Submits everything at once: the SIAE is frozen until the next phase, and the DDETS is told.
pub async fn submit(app: &App, ctx: &Ctx<EmployerActor>, id: ControlId) -> Result<(), Failure<NotNow>> {
    let mut work = app.begin(ctx).await?;
    let control = open(lock::of_company(&mut work, ctx, Some(id)).await?)?;
    let submitted = control.submit(work.today())?;
    store::save_submitted(&mut work, control.id, submitted).await?;
    work.commit().await?;
    Ok(())
}

/// Nothing is defended any more once the campaign ended: its forms do not exist.
fn open(control: Control) -> Result<Control> {
    match control.phase {
        Campaign::Open => Ok(control),
        Campaign::Ended => Err(Error::NotFound),
    }
}
