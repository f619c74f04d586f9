//! An SIAE defends its hires: it chooses criteria, gives a proof of each, submits (rule book 04 §1.9).

use chrono::{DateTime, Utc};
use iae_domain::actor::EmployerActor;
use iae_domain::budget::Budget;
use iae_domain::control::{
    Campaign, ChoiceRefused, Chosen, Control, ControlledCriterion, ControlledHire, NotNow,
};
use iae_domain::documents::{DocumentKind, DocumentRefused, Owner};
use iae_domain::eligibility::{Criteria, Criterion};
use iae_domain::ids::{ControlCriterionId, ControlHireId, ControlId, EligibilityProofId};

use super::{lock, store};
use crate::budgets::spend;
use crate::documents::{self, ReceivedFile};
use crate::eligibility::proofs;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// What the page of a choice showed, and what it was agreed to lose of it (D32).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeenChoice {
    /// What was chosen, in its order.
    pub chosen: Vec<Criterion>,
    /// The proofs that may go: of which criterion, and when it was given.
    pub lost: Vec<(Criterion, DateTime<Utc>)>,
}

impl SeenChoice {
    /// Whether a choice gives up nothing but what was seen and agreed to.
    fn allows(&self, hire: &ControlledHire, choice: &Chosen) -> bool {
        let is_agreed = |one: &ControlledCriterion| {
            one.given_at.is_none_or(|given_at| self.lost.contains(&(one.criterion, given_at)))
        };
        let chosen = hire.criteria.iter().map(|one| one.criterion);
        chosen.eq(self.chosen.iter().copied()) && choice.removed.iter().all(is_agreed)
    }
}

/// Chooses what is defended for a hire. What is chosen already keeps its proof. It is a conflict when something else was chosen since
/// it was seen, or when a proof would go that nobody agreed to lose; the same choice made again changes nothing.
pub async fn choose(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    hire: ControlHireId,
    wanted: &Criteria,
    seen: &SeenChoice,
) -> Result<(), Failure<ChoiceRefused>> {
    let mut work = app.begin(ctx).await?;
    let id = store::control_of_hire(work.db(), hire).await?;
    let control = open(lock::of_company(&mut work, ctx, id).await?)?;
    let hire = control.hire(hire).ok_or(Error::NotFound)?;
    let Some(chosen) = control.choose(hire, wanted, work.today())? else { return Ok(work.rollback().await?) };
    if !seen.allows(hire, chosen.value()) {
        return Err(Error::Conflict.into());
    }
    store::save_chosen(&mut work, chosen).await?;
    work.commit().await?;
    Ok(())
}

/// Gives the proof of a criterion, in the place of the one that was seen, if it had one: another is a conflict. The file is checked and
/// kept before anything is locked.
pub async fn give_proof(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    criterion: ControlCriterionId,
    seen: Option<DateTime<Utc>>,
    file: ReceivedFile,
) -> Result<Result<(), NotNow>, Failure<DocumentRefused>> {
    spend(app, &ctx.any(), Budget::Upload).await?;
    let kind = DocumentKind::Proof;
    let kept = documents::keep(app, kind, vec![file]).await?;
    let given = record(app, ctx, criterion, seen, &kept).await;
    match kept.settle_ruled(app, given).await {
        Ok(()) => Ok(Ok(())),
        Err(Failure::Refused(refused)) => Ok(Err(refused)),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

async fn record(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    criterion: ControlCriterionId,
    seen: Option<DateTime<Utc>>,
    kept: &documents::Kept,
) -> Result<(), Failure<NotNow>> {
    let mut work = app.begin(ctx).await?;
    let id = store::control_of_criterion(work.db(), criterion).await?;
    let control = open(lock::of_company(&mut work, ctx, id).await?)?;
    let (hire, one) = control.criterion(criterion).ok_or(Error::NotFound)?;
    let given = control.give_proof(hire, one, work.today())?;
    if one.given_at != seen {
        return Err(Error::Conflict.into());
    }
    store::save_proof(&mut work, given).await?;
    let whose = (Owner::ControlCriterion(criterion), hire.candidate);
    documents::replace(&mut work, whose, DocumentKind::Proof, Some(kept)).await?;
    work.commit().await?;
    Ok(())
}

/// A proof that an SIAE keeps, as the page showed it (D32).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenProof {
    /// The proof.
    pub id: EligibilityProofId,
    /// When its file came.
    pub deposited_at: DateTime<Utc>,
    /// When the proof that the criterion had already was given, if it had one.
    pub given_at: Option<DateTime<Utc>>,
}

/// Gives a proof that the SIAE keeps of the same person and the same criterion, in the place of the one the criterion had: the content is
/// shared, nothing is read nor written in the file store. What was seen is still so, and holds on the first day of the contract; else it
/// is a conflict.
pub async fn give_kept_proof(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    criterion: ControlCriterionId,
    seen: SeenProof,
) -> Result<(), Failure<NotNow>> {
    let mut work = app.begin(ctx).await?;
    let id = store::control_of_criterion(work.db(), criterion).await?;
    let control = open(lock::of_company(&mut work, ctx, id).await?)?;
    let (hire, one) = control.criterion(criterion).ok_or(Error::NotFound)?;
    let given = control.give_proof(hire, one, work.today())?;
    let kept = proofs::store::lock_to_give(&mut work, criterion, seen.id).await?;
    let is_seen = |kept: &proofs::store::ToGive| kept.deposited_at == seen.deposited_at && kept.is_valid;
    if one.given_at != seen.given_at || !kept.as_ref().is_some_and(is_seen) {
        return Err(Error::Conflict.into());
    }
    store::save_proof(&mut work, given).await?;
    let to = Owner::ControlCriterion(criterion);
    documents::delete_all(&mut work, to).await?;
    documents::copy_all(&mut work, Owner::EligibilityProof(seen.id), (to, hire.candidate)).await?;
    work.commit().await?;
    Ok(())
}

/// What a recap was made from (D32).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenSubmission {
    /// How many criteria are defended.
    pub criteria: usize,
    /// When the last of their proofs came.
    pub given_at: Option<DateTime<Utc>>,
}

impl SeenSubmission {
    /// Of a control as it is.
    pub fn of(control: &Control) -> Self {
        let all = control.hires.iter().flat_map(|hire| &hire.criteria);
        Self { criteria: all.clone().count(), given_at: all.filter_map(|one| one.given_at).max() }
    }
}

/// Submits everything at once: the SIAE is frozen until the next phase, and the DDETS is told. It is a conflict when something was chosen
/// or given since what was seen.
pub async fn submit(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ControlId,
    seen: Option<SeenSubmission>,
) -> Result<(), Failure<NotNow>> {
    let mut work = app.begin(ctx).await?;
    let control = open(lock::of_company(&mut work, ctx, Some(id)).await?)?;
    let submitted = control.submit(work.today())?;
    if seen.is_some_and(|seen| seen != SeenSubmission::of(&control)) {
        return Err(Error::Conflict.into());
    }
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
