//! The dashboard of a candidate: their PASS, their applications.

use askama::Template;
use chrono::NaiveDate;
use iae_app::dashboard::queries::{OwnPass, own_applications, own_pass};
use iae_app::{App, Ctx};
use iae_domain::actor::CandidateActor;
use iae_domain::pass::{PassState, validity, waiting_period};
use iae_domain::time::Period;

use super::{DraftItem, Item};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;

/// The page.
#[derive(Template)]
#[template(path = "dashboard/candidate.html")]
struct CandidateDashboard {
    layout: Layout,
    today: NaiveDate,
    pass: Option<PassCard>,
    drafts: Vec<DraftItem>,
    applications: Vec<Item>,
}

/// The PASS that counts for the person, with what its dates mean today (rule book 03 §4.5, §4.14).
struct PassCard {
    pass: OwnPass,
    state: PassState,
    days_left: i64,
    waiting_until: NaiveDate,
}

impl PassCard {
    /// None once the waiting period is over: the PASS no longer counts.
    fn of(pass: OwnPass, today: NaiveDate) -> Option<Self> {
        let period = Period { start: pass.starts_on, end: pass.ends_on };
        let waiting_until = waiting_period::waiting_end(period.end);
        (today <= waiting_until).then(|| Self {
            pass,
            state: validity::state(period, today),
            days_left: period.days_left(today),
            waiting_until,
        })
    }
}

pub(super) async fn page(app: &App, ctx: &Ctx<CandidateActor>, layout: Layout) -> PageResult {
    let today = ctx.today();
    let pass = own_pass(&app.db, ctx).await?.and_then(|pass| PassCard::of(pass, today));
    let applications = own_applications(&app.db, ctx).await?.into_iter().map(Item::new).collect();
    let drafts = DraftItem::all(app, &ctx.any()).await?;
    ok(&CandidateDashboard { layout, today, pass, drafts, applications })
}
