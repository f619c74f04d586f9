//! An SIAE deposits the proof of a criterion, at the hire or later.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::EmployerActor;
use iae_domain::budget::Budget;
use iae_domain::documents::{DocumentKind, DocumentRefused, Owner};
use iae_domain::eligibility::{Criterion, ProofRefused};
use iae_domain::ids::{ApplicationId, EligibilityProofId};

use super::store;
use crate::budgets::spend;
use crate::documents::{self, Kept, ReceivedFile};
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// What is deposited, beside the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// What it proves.
    pub criterion: Criterion,
    /// The day the document says.
    pub dated_on: NaiveDate,
    /// The proofs that were kept when the form was made, each with when it came (D32).
    pub seen: Vec<(EligibilityProofId, DateTime<Utc>)>,
}

/// Why nothing is deposited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DepositRefused {
    /// The document would prove nothing.
    #[error(transparent)]
    Proof(#[from] ProofRefused),
    /// The file is not taken.
    #[error(transparent)]
    Document(#[from] DocumentRefused),
}

/// Keeps the file as a proof of what was declared of a hire. It takes the place of the one of the same criterion and the same day, which
/// must have been seen. It is checked and kept before anything is locked.
pub async fn deposit(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    application: ApplicationId,
    deposit: &Deposit,
    file: ReceivedFile,
) -> Result<(), Failure<DepositRefused>> {
    spend(app, &ctx.any(), Budget::Upload).await?;
    let kept = documents::keep(app, DocumentKind::Proof, vec![file]).await.map_err(Failure::within)?;
    let recorded = record(app, ctx, application, deposit, &kept).await;
    kept.settle_ruled(app, recorded).await.map_err(Failure::within)
}

async fn record(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    application: ApplicationId,
    deposit: &Deposit,
    kept: &Kept,
) -> Result<(), Failure<ProofRefused>> {
    let mut work = app.begin(ctx).await?;
    let hire = store::lock_hire(&mut work, &ctx.actor, application).await?.ok_or(Error::NotFound)?;
    let Deposit { criterion, dated_on, seen } = deposit;
    let same = store::lock_same(&mut work, &hire, *criterion, *dated_on).await?;
    if same.is_some_and(|same| !seen.contains(&same)) {
        return Err(Error::Conflict.into());
    }
    let id = same.map(|(id, _)| id);
    let deposited =
        hire.deposit(id, (*criterion, *dated_on), ctx.actor.user, work.now()).map_err(Failure::Refused)?;
    let id = store::save(&mut work, deposited).await?;
    let whose = (Owner::EligibilityProof(id), hire.candidate);
    documents::replace(&mut work, whose, DocumentKind::Proof, Some(kept)).await?;
    work.commit().await?;
    Ok(())
}
