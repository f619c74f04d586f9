//! An agent of France Travail joins an agency by its code (PRE-20, PRE-21).

use iae_domain::accounts::switched_organisation;
use iae_domain::actor::ActorRecord;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::members::{Membership, Road};
use iae_domain::organisations::sign_up::{SafirCode, SafirRefused, may_join_agency};

use super::store;
use crate::error::Error;
use crate::organisations::members;
use crate::{App, Ctx, Failure, Work};

/// Joins it, and acts for it from then on: the session is the caller's to change.
pub async fn join_agency(
    app: &App,
    ctx: &Ctx<ActorRecord>,
    user: UserId,
    code: &SafirCode,
) -> Result<OrganisationId, Failure<SafirRefused>> {
    let mut work = app.begin(ctx).await?;
    lock_agency(&mut work, code).await?;
    let guest = members::store::guest(&mut work, user).await?.ok_or(Error::NotFound)?;
    may_join_agency(&guest)?;
    let joined = join_by_safir(&mut work, user, code).await?;
    let agency = joined.ok_or(SafirRefused::Unknown)?.organisation;
    work.keep(switched_organisation(user, agency));
    work.commit().await?;
    Ok(agency)
}

/// Locks the agency that has this code, if there is one: an organisation is locked before the accounts that join it.
pub async fn lock_agency(work: &mut Work<'_>, code: &SafirCode) -> Result<(), Error> {
    match store::agency(work, code).await? {
        Some(agency) => members::store::lock(work, agency).await,
        None => Ok(()),
    }
}

/// Makes of somebody a member of the agency that has this code, within what brings them: an act of theirs, or what ProConnect says of
/// them (PRE-21). None when no agency has it.
pub async fn join_by_safir(
    work: &mut Work<'_>,
    user: UserId,
    code: &SafirCode,
) -> Result<Option<Membership>, Failure<SafirRefused>> {
    let Some(agency) = store::agency(work, code).await? else { return Ok(None) };
    let joined = members::add_or_activate(work, agency, user, Road::Safir, None).await;
    joined.map(Some).map_err(Failure::within::<SafirRefused>)
}
