//! The dashboard of a prescriber or orienteur: whom to call back, what was answered.

use askama::Template;
use chrono::{NaiveDate, TimeDelta};
use iae_app::dashboard::queries::{sent_answered, sent_counts, sent_waiting};
use iae_app::{App, Ctx};
use iae_domain::actor::PrescriberActor;
use iae_domain::applications::StateCode;
use iae_domain::inbox::ANSWER_EXPECTED_DAYS;

use super::{DraftItem, Item, count};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;

/// Days during which an answer is news.
const NEWS: TimeDelta = TimeDelta::days(30);

/// The page.
#[derive(Template)]
#[template(path = "dashboard/prescriber.html")]
struct PrescriberDashboard {
    layout: Layout,
    today: NaiveDate,
    authorised: bool,
    drafts: Vec<DraftItem>,
    unanswered: Vec<Item>,
    answered: Vec<Item>,
    pending: i64,
    accepted: i64,
    refused: i64,
}

pub(super) async fn page(app: &App, ctx: &Ctx<PrescriberActor>, layout: Layout) -> PageResult {
    let expected = TimeDelta::days(i64::try_from(ANSWER_EXPECTED_DAYS).unwrap_or_default());
    let counts = sent_counts(&app.db, ctx).await?;
    let unanswered = sent_waiting(&app.db, ctx, ctx.now - expected).await?;
    let answered = sent_answered(&app.db, ctx, ctx.now - NEWS).await?;
    ok(&PrescriberDashboard {
        layout,
        today: ctx.today(),
        authorised: ctx.actor.authorised,
        drafts: DraftItem::all(app, &ctx.any()).await?,
        unanswered: unanswered.into_iter().map(Item::new).collect(),
        answered: answered.into_iter().map(Item::new).collect(),
        pending: count(&counts, &[StateCode::New, StateCode::Processing, StateCode::Postponed]),
        accepted: count(&counts, &[StateCode::Accepted]),
        refused: count(&counts, &[StateCode::Refused]),
    })
}
