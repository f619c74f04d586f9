//! `/control-campaigns/{id}/controls`: the SIAE that a campaign controls, how far the review of each is, what is late (rule book 04
//! §1.14, §1.19); with `format`, the same as a file (§1.21).

mod line;

use askama::Template;
use axum::extract::{RawQuery, State};
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::control::campaigns::queries::{ControlledCompany, companies};
use iae_app::control::controls::queries::review::{self, Progress};
use iae_domain::actor::InspectorActor;
use iae_domain::control::{Badge, ControlCampaign, Days};
use url::form_urlencoded;

use line::Line;

use super::words;
use crate::control::export;
use crate::error::{PageResult, ok, ok_mistaken, see_other, unprocessable};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{ControlRatioPath, ControlsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/review/controls.html")]
pub struct ControlsPage {
    layout: Layout,
    campaign: ControlCampaign,
    days: Days,
    progress: Progress,
    lines: Vec<Line>,
    /// The only state that is shown, if one was asked for.
    badge: Option<Badge>,
    /// What was asked for is no state.
    is_mistaken: bool,
    today: NaiveDate,
}

/// A view of the list: its words, its address, whether it is the one shown, how many SIAE it has.
type ViewTab = (&'static str, String, bool, String);

impl ControlsPage {
    fn new(
        layout: Layout,
        (campaign, days): (ControlCampaign, Days),
        controls: Vec<ControlledCompany>,
        asked: Option<&str>,
        today: NaiveDate,
    ) -> Self {
        let badge = asked.and_then(Badge::parse);
        let progress = Progress::of(controls.iter().map(|one| &one.standing));
        let lines = controls.into_iter().map(|one| Line::new(one, &days, today)).collect();
        let is_mistaken = badge.is_none() && asked.is_some();
        Self { layout, campaign, days, progress, lines, badge, is_mistaken, today }
    }

    fn path(&self) -> String {
        ControlsPath { id: self.campaign.id }.to_string()
    }

    /// The states there are, and the one asked for.
    fn views(&self) -> Vec<ViewTab> {
        let path = self.path();
        let all = ("Toutes", path.clone(), self.badge.is_none(), self.lines.len().to_string());
        let view = |badge: &Badge| {
            let count = self.lines.iter().filter(|line| line.badge == *badge).count();
            let is_shown = self.badge == Some(*badge);
            let view =
                || (badge.label(), format!("{path}?badge={}", badge.code()), is_shown, count.to_string());
            (count > 0 || is_shown).then(view)
        };
        std::iter::once(all).chain(Badge::ALL.iter().filter_map(view)).collect()
    }

    fn shown(&self) -> Vec<&Line> {
        let is_shown = |line: &&Line| self.badge.is_none_or(|badge| badge == line.badge);
        self.lines.iter().filter(is_shown).collect()
    }

    /// The formats to take what is shown away in.
    fn exports(&self) -> Vec<(&'static str, String)> {
        let view = self.badge.map(|badge| format!("badge={}&", badge.code())).unwrap_or_default();
        export::links(&self.path(), &view)
    }

    fn treated(&self) -> i64 {
        words::count(self.progress.treated)
    }

    fn submitted(&self) -> i64 {
        words::count(self.progress.submitted)
    }

    fn said(&self) -> String {
        words::progress(self.progress)
    }

    fn left(&self) -> String {
        words::left(self.days.reviewed_until(), self.today)
    }
}

/// Shows them, or sends the file. Before the draw there is none: the ratio is chosen first.
pub async fn get(
    ControlsPath { id }: ControlsPath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let raw = raw.unwrap_or_default();
    let format = export::format_of(&raw);
    if let Some(format) = format
        && let Some(file) = export::file(&state, &ctx.any(), id, &raw, format).await?
    {
        return Ok(file);
    }
    let campaign = review::campaign(&state, &ctx, id).await?;
    let Some(days) = campaign.days() else {
        return see_other(ControlRatioPath { id }.to_string());
    };
    let controls = companies(&state.db, id, ctx.today()).await?;
    let badge = asked(&raw, "badge");
    let page = ControlsPage::new(layout, (campaign, days), controls, badge.as_deref(), ctx.today());
    match (page.is_mistaken, format) {
        (true, Some(_)) => unprocessable(&page),
        (true, None) => ok_mistaken(&page),
        (false, _) => ok(&page),
    }
}

fn asked(raw: &str, name: &str) -> Option<String> {
    let found = form_urlencoded::parse(raw.as_bytes()).find(|(asked, _)| asked == name);
    found.map(|(_, value)| value.into_owned()).filter(|value| !value.is_empty())
}
