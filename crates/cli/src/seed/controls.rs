//! A campaign of control under way in the demonstration: opened and drawn by the use cases themselves, as the team would.

use std::error::Error;

use chrono::{Datelike as _, NaiveDate};
use iae_app::control::campaigns::{self, NewCampaigns};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::control::{Calendar, StepRefused};
use iae_domain::ids::RequestId;
use iae_domain::text::Message;
use iae_domain::time::{Period, add_days};

use super::store;

/// Days between the launch and the contradictory phase.
const AMICABLE_DAYS: u64 = 80;

/// Launches the campaign of the département of the demonstration, about the hires of this year and of the one before.
pub async fn launch(app: &App) -> Result<(), Box<dyn Error>> {
    let now = app.clock.now();
    let Some((user, ddets)) = store::team_and_ddets(&app.db).await? else { return Ok(()) };
    let ctx = Ctx { actor: StaffActor { user, is_superuser: true }, now, request_id: RequestId::at(now) };
    let today = ctx.today();
    let start = NaiveDate::from_ymd_opt(today.year() - 1, 1, 1).unwrap_or(today);
    let new = NewCampaigns {
        hired: Period { start, end: today },
        calendar: Calendar::plan(today, add_days(today, AMICABLE_DAYS))?,
        institutions: vec![ddets],
        overlap_is_confirmed: false,
    };
    for campaign in campaigns::open(app, &ctx, new).await.map_err(said)? {
        let name = Message::parse("Loto de la démonstration")?;
        campaigns::freeze_list(app, &ctx, campaign, &name).await.map_err(said)?;
        let value = Message::parse("7 11 23 31 42, numéro chance 5")?;
        campaigns::launch(app, &ctx, campaign, &value).await.map_err(said)?;
    }
    Ok(())
}

fn said(failure: Failure<StepRefused>) -> String {
    failure.to_string()
}
