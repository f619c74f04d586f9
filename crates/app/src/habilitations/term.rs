//! Rights that end: announced before, told after, their requests of prolongation given back (D15). The right itself ends with its last
//! day, whatever runs here.

use iae_domain::Actor;
use iae_domain::habilitations::HabilitationRefused;
use iae_domain::ids::HabilitationId;
use iae_domain::time::add_days;

use super::{queries, store};
use crate::error::{Error, Result};
use crate::pass::prolongation::give_back;
use crate::{App, Ctx, Failure};

/// Announces the rights that end soon, tells those that ended, each in a transaction of its own. Answers how many of each.
pub async fn follow_terms(app: &App, ctx: &Ctx<Actor>) -> Result<(u64, u64)> {
    let (mut announced, mut ended) = (0, 0);
    for id in queries::to_follow(&app.db, ctx.today()).await? {
        match follow(app, ctx, id).await? {
            Some(true) => ended += 1,
            Some(false) => announced += 1,
            None => {}
        }
    }
    Ok((announced, ended))
}

/// Whether it ended, or was announced to end; none when nothing was to be done.
async fn follow(app: &App, ctx: &Ctx<Actor>, id: HabilitationId) -> Result<Option<bool>> {
    let mut work = app.begin(ctx).await?;
    let Some((habilitation, applicant)) = store::lock_habilitation(&mut work, id).await? else {
        return Ok(None);
    };
    let (today, now) = (work.today(), work.now());
    let organisation = habilitation.organisation;
    let own_end = habilitation.order.as_ref().map(|order| order.period.end);
    // One whose kind changed since is authorised by something else, or by nothing that its order gave (PRE-9). Another order takes the
    // place of this one when it runs the day after: with a gap between them the right stops, and that is told.
    let is_renewed = !applicant.authorisation.rests_on_orders()
        || own_end.is_some_and(|end| applicant.authorisation.is_on(add_days(end, 1)));
    let is_authorised = applicant.authorisation.is_on(today);
    let (changed, has_ended) = match habilitation.clone().end(is_renewed, today, now) {
        Some(ended) => (ended, true),
        None if is_renewed => return Ok(None),
        None => match habilitation.announce(today) {
            Some(announced) => (announced, false),
            None => return Ok(None),
        },
    };
    store::save(&mut work, changed).await.map_err(unexpected)?;
    if has_ended && !is_authorised {
        give_back(&mut work, organisation).await?;
    }
    work.commit().await?;
    Ok(Some(has_ended))
}

/// Nobody else writes a request of an organisation that is locked.
pub(super) fn unexpected(failure: Failure<HabilitationRefused>) -> Error {
    match failure {
        Failure::App(error) => error,
        Failure::Refused(refused) => Error::internal("habilitation", refused),
    }
}
