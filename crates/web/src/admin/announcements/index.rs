//! `/admin/announcements`: those that are shown, those that come, those that are over.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use chrono::{DateTime, Utc};
use iae_app::Ctx;
use iae_app::announcements::queries::{PAST_SHOWN, Written, current, past};
use iae_domain::actor::StaffActor;
use iae_domain::announcements::AnnouncementState;
use iae_domain::ids::AnnouncementId;
use serde::Deserialize;

use super::{may_announce, words};
use crate::applications::state_badge::StateBadge;
use crate::error::{PageResult, ok};
use crate::layout::Layout;
use crate::paths::AnnouncementsPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/announcements/index.html")]
pub struct AnnouncementsPage {
    layout: Layout,
    /// Words, what is said when there is none, and the announcements.
    groups: Vec<(&'static str, &'static str, Vec<Line>)>,
    /// Where those before are.
    before: Option<String>,
    is_first: bool,
}

/// An announcement, as listed.
struct Line {
    id: AnnouncementId,
    title: String,
    level: StateBadge,
    state: StateBadge,
    audience: String,
    shown: String,
    author: String,
}

impl Line {
    fn of(written: &Written, now: DateTime<Utc>) -> Self {
        let Written { announcement, author, .. } = written;
        let notice = &announcement.notice;
        Self {
            id: announcement.id,
            title: notice.title.as_str().to_owned(),
            level: words::level_badge(notice.level),
            state: words::state_badge(announcement.state(now)),
            audience: words::audience(&notice.audience),
            shown: words::span(notice.shown),
            author: author.clone(),
        }
    }
}

/// Which announcement the page begins after.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AnnouncementsQuery {
    /// Its id; what is none begins with the last.
    before: String,
}

/// Shows them.
pub async fn get(
    _: AnnouncementsPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    Query(query): Query<AnnouncementsQuery>,
) -> PageResult {
    may_announce(&ctx)?;
    let before: Option<AnnouncementId> = query.before.parse().ok();
    let current = current(&state.db, ctx.now).await?;
    let past = past(&state.db, before, ctx.now).await?;
    let is_full = i64::try_from(past.len()).is_ok_and(|count| count >= PAST_SHOWN);
    let last = past.last().filter(|_| is_full).map(|last| last.announcement.id);
    let of = |state: AnnouncementState| {
        let those = current.iter().filter(|one| one.announcement.state(ctx.now) == state);
        those.map(|one| Line::of(one, ctx.now)).collect::<Vec<_>>()
    };
    let over = past.iter().map(|one| Line::of(one, ctx.now)).collect();
    let groups = vec![
        ("En cours", "Aucune annonce ne s’affiche en ce moment.", of(AnnouncementState::Running)),
        ("À venir", "Aucune annonce n’est prévue.", of(AnnouncementState::Coming)),
        ("Passées", "Aucune annonce n’est terminée.", over),
    ];
    ok(&AnnouncementsPage {
        layout,
        groups,
        before: last.map(|id| format!("{AnnouncementsPath}?before={id}")),
        is_first: before.is_none(),
    })
}
