//! The employers of a draft: where to find another one, adding it, taking one away.

mod store;

use iae_domain::Actor;
use iae_domain::applications::draft::{self, AddedEmployer, TooManyEmployers};
use iae_domain::directory::Position;
use iae_domain::ids::{ApplicationDraftId, ApplicationId, OrganisationId};

use super::store::lock_unsent;
use super::{OpenDraft, queries};
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Where employers are looked for: around the person's commune, else around the first employer.
#[derive(Debug, Clone)]
pub struct Around {
    /// The name of the commune.
    pub commune: String,
    /// Its middle.
    pub centre: Position,
}

/// Where to look for another employer; none when neither the person's commune nor the employer's place is known.
pub async fn around(app: &App, open: &OpenDraft) -> Result<Option<Around>> {
    let first = open.applications.first().ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let place = queries::centre(&mut db, open.draft.candidate, first.company.id).await?;
    Ok(place.map(|(commune, centre)| Around { commune, centre }))
}

/// Adds an employer: its posts are to be chosen. Adding one that is there already changes nothing.
pub async fn add_employer(
    app: &App,
    ctx: &Ctx<Actor>,
    id: ApplicationDraftId,
    company: OrganisationId,
) -> Result<(), Failure<TooManyEmployers>> {
    let mut work = app.begin(ctx).await?;
    let held = lock_unsent(&mut work, id).await?;
    if held.applications.iter().any(|one| one.company == company) {
        return Ok(());
    }
    let listed = queries::companies(work.db(), ctx.now, (&[company], &[]), None).await?;
    listed.first().filter(|company| company.is_listed).ok_or(Error::NotFound)?;
    let added = AddedEmployer { id: ApplicationId::at(work.now()), draft: id, company };
    let added = draft::add_employer(added, held.applications.len())?;
    store::insert_employer(&mut work, added).await?;
    work.commit().await?;
    Ok(())
}

/// Takes an employer away; whether there is another left. The only one stays: a draft without an employer is given up.
pub async fn remove_employer(
    app: &App,
    ctx: &Ctx<Actor>,
    id: ApplicationDraftId,
    company: OrganisationId,
) -> Result<bool> {
    let mut work = app.begin(ctx).await?;
    let held = lock_unsent(&mut work, id).await?;
    // Taken away already, by a second click.
    let Some(one) = held.applications.iter().find(|one| one.company == company) else { return Ok(true) };
    let removed = AddedEmployer { id: one.id, draft: id, company };
    let Some(removed) = draft::remove_employer(removed, held.applications.len()) else { return Ok(false) };
    store::delete_employer(&mut work, id, removed).await?;
    work.commit().await?;
    Ok(true)
}
