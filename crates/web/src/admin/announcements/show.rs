//! `/admin/announcements/{id}`: one announcement, as each of its readers sees it, and what may be done of it.

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::announcements::queries::{Written, current};
use iae_domain::actor::StaffActor;

use super::preview::{Preview, preview};
use super::{found, words};
use crate::admin::audit::AuditQuery;
use crate::announcements::Banner;
use crate::applications::state_badge::StateBadge;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::AnnouncementPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/announcements/show.html")]
pub struct AnnouncementPage {
    layout: Layout,
    of: Written,
    /// What it says.
    banner: Banner,
    badge: StateBadge,
    level: StateBadge,
    /// As each reader sees it; none once it is over.
    preview: Option<Preview>,
    journal: AuditQuery,
}

impl AnnouncementPage {
    fn audience(&self) -> String {
        words::audience(&self.of.announcement.notice.audience)
    }

    fn shown(&self) -> String {
        words::span(self.of.announcement.notice.shown)
    }

    fn outage(&self) -> String {
        self.of.announcement.notice.outage.map(words::span).unwrap_or_default()
    }

    /// Whether it changed since it was published.
    fn has_changed(&self) -> bool {
        self.of.announcement.changed_at != self.of.announcement.published_at
    }
}

/// Shows it.
pub async fn get(
    AnnouncementPath { id }: AnnouncementPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let of = found(&state, &ctx, id).await?;
    let announcement = &of.announcement;
    let preview = if announcement.is_over(ctx.now) {
        None
    } else {
        let all = current(&state.db, ctx.now).await?.into_iter().map(|written| written.announcement);
        Some(preview((id, announcement.author), &announcement.notice, all.collect(), ctx.now))
    };
    ok(&AnnouncementPage {
        layout,
        banner: Banner::of(announcement, ctx.now),
        badge: words::state_badge(announcement.state(ctx.now)),
        level: words::level_badge(announcement.notice.level),
        preview,
        journal: AuditQuery::of("announcement", &id.0),
        of,
    })
}
