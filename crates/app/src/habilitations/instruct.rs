//! Whoever instructs a request asks for more, records the opinion of the commission, grants or refuses; a right is revoked.

use chrono::{DateTime, Utc};
use iae_domain::habilitations::policy::Instructor;
use iae_domain::habilitations::{
    GivenOpinion, Habilitation, HabilitationRefused, HabilitationState, Order, may_be_given_an_order,
};
use iae_domain::ids::{HabilitationId, OrganisationId};
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};

use super::store::{self, Applicant};
use crate::error::{Error, Result};
use crate::pass::prolongation::give_back;
use crate::{App, Ctx, Failure, Work};

/// Asks the organisation for something more.
pub async fn ask_complement(
    app: &App,
    ctx: &Ctx<Instructor>,
    id: HabilitationId,
    (seen, words): (Option<DateTime<Utc>>, String),
) -> Result<(), Failure<HabilitationRefused>> {
    let mut work = app.begin(ctx).await?;
    let (habilitation, _) = lock(&mut work, ctx, id).await?;
    let now = work.now();
    store::save(&mut work, habilitation.ask_complement(seen, words, now)?).await?;
    work.commit().await?;
    Ok(())
}

/// Records what the commission said.
pub async fn record_opinion(
    app: &App,
    ctx: &Ctx<Instructor>,
    id: HabilitationId,
    (seen, opinion): (Option<DateTime<Utc>>, GivenOpinion),
) -> Result<(), Failure<HabilitationRefused>> {
    let mut work = app.begin(ctx).await?;
    let (habilitation, _) = lock(&mut work, ctx, id).await?;
    let now = work.now();
    store::save(&mut work, habilitation.record_opinion(seen, opinion, now)?).await?;
    work.commit().await?;
    Ok(())
}

/// Grants it by an order: the organisation is an OHPD from its first day to its last (PRE-5, D15).
pub async fn grant(
    app: &App,
    ctx: &Ctx<Instructor>,
    id: HabilitationId,
    (seen, order): (Option<DateTime<Utc>>, Order),
) -> Result<(), Failure<HabilitationRefused>> {
    let mut work = app.begin(ctx).await?;
    let (habilitation, applicant) = lock(&mut work, ctx, id).await?;
    let now = work.now();
    may_be_given_an_order(&applicant.authorisation, work.today()).map_err(HabilitationRefused::from)?;
    let granted = store::save(&mut work, habilitation.grant(seen, order, now)?).await?;
    store::authorise(&mut work, granted.organisation).await?;
    work.commit().await?;
    Ok(())
}

/// Refuses it: the organisation stays an orienteur.
pub async fn refuse(
    app: &App,
    ctx: &Ctx<Instructor>,
    id: HabilitationId,
    (seen, reason): (Option<DateTime<Utc>>, String),
) -> Result<(), Failure<HabilitationRefused>> {
    let mut work = app.begin(ctx).await?;
    let (habilitation, applicant) = lock(&mut work, ctx, id).await?;
    let now = work.now();
    let refused = store::save(&mut work, habilitation.refuse(seen, reason, now)?).await?;
    let authorisation = &applicant.authorisation;
    if authorisation.kind == PrescriberKind::Other && authorisation.status == AuthorisationStatus::NotSet {
        store::stay_orienteur(&mut work, refused.organisation).await?;
    }
    work.commit().await?;
    Ok(())
}

/// Revokes the right at once, with every order of it; the requests of prolongation that waited go back to the SIAE.
pub async fn revoke(
    app: &App,
    ctx: &Ctx<Instructor>,
    id: HabilitationId,
    (seen, reason): (Option<DateTime<Utc>>, String),
) -> Result<(), Failure<HabilitationRefused>> {
    let mut work = app.begin(ctx).await?;
    let (habilitation, applicant) = lock(&mut work, ctx, id).await?;
    let now = work.now();
    let revoked = store::save(&mut work, habilitation.revoke(seen, reason.clone(), now)?).await?;
    let organisation = revoked.organisation;
    revoke_orders(&mut work, organisation, &reason).await?;
    // One whose kind changed since does not rest on the order (PRE-9).
    if applicant.authorisation.kind == PrescriberKind::Ohpd {
        store::unauthorise(&mut work, organisation).await?;
        give_back(&mut work, organisation).await?;
    }
    work.commit().await?;
    Ok(())
}

/// Revokes every order of an organisation that is not over, without a mail of its own.
pub(super) async fn revoke_orders(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    reason: &str,
) -> Result<(), Failure<HabilitationRefused>> {
    let now = work.now();
    for order in store::read(work.db(), None, Some(organisation)).await? {
        if order.is_revocable(now) {
            store::save(work, order.revoke_with(reason.to_owned(), now)?).await?;
        }
    }
    Ok(())
}

/// A request that may be instructed, its organisation being locked. A draft does not exist yet.
async fn lock(
    work: &mut Work<'_>,
    ctx: &Ctx<Instructor>,
    id: HabilitationId,
) -> Result<(Habilitation, Applicant)> {
    let found = store::lock_habilitation(work, id).await?;
    let (habilitation, applicant) = found
        .filter(|(one, _)| one.state != HabilitationState::Draft && ctx.actor.reads(&one.department))
        .ok_or(Error::NotFound)?;
    ctx.actor.instructs(&habilitation.department, habilitation.ddets.is_some())?;
    Ok((habilitation, applicant))
}
