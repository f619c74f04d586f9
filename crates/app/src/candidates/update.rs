//! What a file says of a person is changed, by them or by a professional (UPD-1, UPD-2).

mod queries;
mod store;

use iae_domain::Actor;
use iae_domain::budget::Budget;
use iae_domain::candidates::policy::{self, Standing};
use iae_domain::candidates::{
    Author, Details, FileVersion, NirAnswer, RecordedFile, UpdateFacts, UpdateRefused,
};
use iae_domain::ids::CandidateId;

pub(super) use queries::ensure_may_update;
pub use queries::{ChangedBy, FieldChanged, FileToUpdate, changes, changes_since, file_to_update};

use super::store::{account_by_email, account_by_nir, standing};
use crate::budgets::spend;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure, Work};

/// Changes the file, `seen` in this version. A file the actor may not open is not found; one they see masked is denied.
pub async fn update(
    app: &App,
    ctx: &Ctx<Actor>,
    id: CandidateId,
    seen: FileVersion,
    given: Details,
) -> Result<(), Failure<UpdateRefused>> {
    policy::change_files(&ctx.actor)?;
    if queries::asks_whose(app, id, &given).await? {
        // Whether someone has this NIR or this address already is an answer.
        spend(app, ctx, Budget::LookUp).await?;
    }
    let mut work = app.begin(ctx).await?;
    let standing = standing(&mut work, id).await?.ok_or(Error::NotFound)?;
    let by = author(&ctx.actor, &standing)?;
    let mut file = store::lock(&mut work, id).await?.ok_or(Error::NotFound)?;
    file.locks.is_of_a_stranger = !queries::knows(work.db(), &ctx.actor, id).await?;
    file.locks.is_seen_by_team = ctx.impersonator.is_some();
    let facts = facts(&mut work, &file, &given).await?;
    store::save(&mut work, file.update(seen, given, by, facts)?).await?;
    work.commit().await?;
    Ok(())
}

/// Who changes the file, when they may (PII-2).
pub(super) fn author(actor: &Actor, standing: &Standing) -> Result<Author> {
    policy::update(actor, standing).ok_or(Error::NotFound)??;
    Ok(if actor.candidate().is_some() { Author::Person } else { Author::Professional })
}

async fn facts(work: &mut Work<'_>, file: &RecordedFile, given: &Details) -> Result<UpdateFacts> {
    let nir_holder = match given.nir.as_ref().and_then(NirAnswer::nir) {
        Some(nir) => account_by_nir(work, nir).await?.map(|account| account.user.into()),
        None => None,
    };
    let email_holder = match given.email.as_ref().filter(|_| given.email != file.details.email) {
        Some(email) => account_by_email(work, email).await?,
        None => None,
    };
    Ok(UpdateFacts { nir_holder, email_holder })
}
