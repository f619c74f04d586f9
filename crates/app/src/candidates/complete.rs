//! A professional completes a file before applying or hiring (SUB-30, SUB-31), or attaches the NIR they looked the
//! person up by (FND-4).

mod store;

use iae_domain::budget::Budget;
use iae_domain::candidates::policy::Standing;
use iae_domain::candidates::{CandidateFile, Complete, CompleteRefused, Nir, NirAnswer, policy};
use iae_domain::ids::CandidateId;
use iae_domain::policy::Denied;
use iae_domain::{Actor, Changed};

pub(crate) use store::{lock, save};

use super::store::{account_by_nir, standing};
use crate::budgets::spend;
use crate::error::Error;
use crate::{App, Ctx, Failure, Work};

/// Who may: nothing says to others that the file exists.
type Policy = fn(&Actor, &Standing) -> Option<Result<(), Denied>>;

/// Fills what the file lacks. A file the actor may not open is not found; one they see masked is denied.
pub async fn complete(
    app: &App,
    ctx: &Ctx<Actor>,
    id: CandidateId,
    given: Complete,
) -> Result<(), Failure<CompleteRefused>> {
    fill(app, ctx, id, given, policy::update).await
}

/// Attaches the NIR that the person was looked up by (FND-4).
pub async fn attach_nir(
    app: &App,
    ctx: &Ctx<Actor>,
    id: CandidateId,
    nir: Nir,
) -> Result<(), Failure<CompleteRefused>> {
    let given = Complete { nir: Some(NirAnswer::Known(nir)), ..Complete::default() };
    fill(app, ctx, id, given, policy::attach_nir).await
}

async fn fill(
    app: &App,
    ctx: &Ctx<Actor>,
    id: CandidateId,
    given: Complete,
    may: Policy,
) -> Result<(), Failure<CompleteRefused>> {
    if given.nir.as_ref().and_then(|answer| answer.nir()).is_some() {
        // Whether someone has it already is an answer.
        spend(app, ctx, Budget::LookUp).await?;
    }
    let mut work = app.begin(ctx).await?;
    let found = standing(&mut work, id).await?;
    found.and_then(|standing| may(&ctx.actor, &standing)).ok_or(Error::NotFound)??;
    let file = lock(&mut work, id).await?.ok_or(Error::NotFound)?;
    let completed = decide(&mut work, file, given).await?;
    save(&mut work, completed).await?;
    work.commit().await?;
    Ok(())
}

/// The locked file as it would be completed, for the transaction of whoever completes it on the way: nothing is
/// written yet.
pub(crate) async fn decide(
    work: &mut Work<'_>,
    file: CandidateFile,
    given: Complete,
) -> Result<Changed<CandidateFile>, Failure<CompleteRefused>> {
    let nir_holder = match given.nir.as_ref().and_then(|answer| answer.nir()) {
        Some(nir) => account_by_nir(work, nir).await?.map(|account| account.user.into()),
        None => None,
    };
    Ok(file.complete(given, nir_holder)?)
}
