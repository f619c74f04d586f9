//! `/admin/announcements`: what the team says at the top of pages (rule book 01 §13).

mod edition;
mod form;
mod index;
mod messages;
mod new;
mod preview;
mod recap;
mod show;
mod withdrawal;
mod words;

use iae_app::announcements::queries::{Written, one};
use iae_app::{App, Ctx, Error};
use iae_domain::actor::StaffActor;
use iae_domain::ids::AnnouncementId;
use iae_domain::staff::{StaffRight, ensure};

use crate::error::{PageError, PageResult};
use crate::routing::Routes;

/// The routes of the feature.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(index::get)
        .get(new::get)
        .post(new::post)
        .get(show::get)
        .get(edition::get)
        .post(edition::post)
        .get(withdrawal::get)
        .post(withdrawal::post)
}

/// Whoever may not write announcements does not read their drafts either (STF-1).
fn may_announce(ctx: &Ctx<StaffActor>) -> PageResult<()> {
    ensure(&ctx.actor, StaffRight::Announce).map_err(|denied| Error::from(denied).into())
}

/// One of them, for whoever may write them.
async fn found(app: &App, ctx: &Ctx<StaffActor>, id: AnnouncementId) -> PageResult<Written> {
    may_announce(ctx)?;
    one(&app.db, id, ctx.now).await?.ok_or(PageError::NotFound)
}
