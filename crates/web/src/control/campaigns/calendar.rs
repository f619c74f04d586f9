//! `/control-campaigns/{id}/calendar`: the days of a campaign, for the team, its DDETS and the SIAE it controls (rule book 04 §1.7,
//! §1.19).

mod days;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::control::campaigns::queries::{self, CampaignDetail, Reader, done_acts};
use iae_domain::Actor;
use iae_domain::ids::ControlId;

use self::days::{Days, days};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::ControlCalendarPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/campaigns/calendar.html")]
pub struct CalendarPage {
    layout: Layout,
    detail: CampaignDetail,
    reader: Reader,
    days: Vec<Days>,
    today: NaiveDate,
}

impl CalendarPage {
    /// The last day to notify a sanction, as the calendar has it.
    fn sanctions_to(&self) -> NaiveDate {
        self.days.last().map_or(self.today, |last| last.to.on)
    }

    /// The control of the SIAE that reads, while it may act on it.
    fn own_control(&self) -> Option<ControlId> {
        match self.reader {
            Reader::Company { control, .. } if self.detail.campaign.ended_at.is_none() => control,
            Reader::Company { .. } | Reader::All => None,
        }
    }
}

/// Shows the days.
pub async fn get(
    ControlCalendarPath { id }: ControlCalendarPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    let (detail, reader) = queries::calendar(&state.db, &ctx, id).await?;
    let done = done_acts(&state.db, id).await?;
    let (days, today) = (days(&detail, &done), ctx.today());
    ok(&CalendarPage { layout, detail, reader, days, today })
}
