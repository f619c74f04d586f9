//! Somebody signs up an organisation that was not known, and administers it (SGN-14, SGN-16).

use iae_domain::Changed;
use iae_domain::accounts::switched_organisation;
use iae_domain::actor::ActorRecord;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::PrescriberKind;
use iae_domain::organisations::members::Road;
use iae_domain::organisations::sign_up::{self as rules, FoundingRefused, Identity, NewOrganisation};

use super::store;
use crate::error::Error;
use crate::organisations::members;
use crate::{App, Ctx, Failure, Work};

/// Signs up a prescriber organisation; whoever does acts for it from then on: the session is the caller's to change. Of two who
/// sign up the same at once, one does.
pub async fn found_prescriber(
    app: &App,
    ctx: &Ctx<ActorRecord>,
    user: UserId,
    identity: Identity,
    nature: (PrescriberKind, bool),
) -> Result<OrganisationId, Failure<FoundingRefused>> {
    let mut work = app.begin(ctx).await?;
    let guest = members::store::guest(&mut work, user).await?.ok_or(Error::NotFound)?;
    let id = OrganisationId::at(work.now());
    let founded = rules::prescriber(id, identity, nature, &guest)?;
    settle(&mut work, (user, Road::SignUp), founded).await?;
    work.keep(switched_organisation(user, id));
    work.commit().await?;
    Ok(id)
}

/// Signs up a facilitator of the social clauses, once for each SIRET; nobody acts for it before the team verified it.
pub async fn found_facilitator(
    app: &App,
    ctx: &Ctx<ActorRecord>,
    user: UserId,
    identity: Identity,
) -> Result<OrganisationId, Failure<FoundingRefused>> {
    let mut work = app.begin(ctx).await?;
    let guest = members::store::guest(&mut work, user).await?.ok_or(Error::NotFound)?;
    let id = OrganisationId::at(work.now());
    let founded = rules::facilitator(id, identity, &guest)?;
    settle(&mut work, (user, Road::SignUpToVerify), founded).await?;
    work.commit().await?;
    Ok(id)
}

/// Writes it, with its first member.
async fn settle(
    work: &mut Work<'_>,
    (user, road): (UserId, Road),
    founded: Changed<NewOrganisation>,
) -> Result<(), Failure<FoundingRefused>> {
    let id = founded.value().id;
    store::insert(work, founded).await?;
    let joined = members::add_or_activate(work, id, user, road, None).await;
    joined.map(drop).map_err(Failure::within::<FoundingRefused>)
}
