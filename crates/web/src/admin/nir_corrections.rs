//! `/admin/nir-corrections`: the open requests to correct a NIR (CNR-2).

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::Ctx;
use iae_app::candidates::nir_correction::{OPEN_SHOWN, OpenCorrection, open_corrections};
use iae_domain::actor::StaffActor;
use iae_domain::time::paris_date;

use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::NirCorrectionsPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/nir_corrections.html")]
pub struct NirCorrectionsPage {
    layout: Layout,
    today: NaiveDate,
    open: Vec<OpenCorrection>,
}

impl NirCorrectionsPage {
    /// Whether there may be more than the page shows.
    fn is_full(&self) -> bool {
        i64::try_from(self.open.len()).is_ok_and(|count| count >= OPEN_SHOWN)
    }

    fn day(at: &DateTime<Utc>) -> NaiveDate {
        paris_date(*at)
    }
}

/// Shows the requests that wait, the oldest first.
pub async fn get(
    _: NirCorrectionsPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let open = open_corrections(&state, &ctx).await?;
    ok(&NirCorrectionsPage { layout, today: ctx.today(), open })
}
