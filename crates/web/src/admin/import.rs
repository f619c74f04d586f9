//! `/admin/imports/{id}`: what an import read, changed, rejected and left as it was.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::Ctx;
use iae_app::imports::queries::{REMARKS_SHOWN, RemarkRow, import_run, remarks};
use iae_domain::actor::StaffActor;
use iae_domain::imports::{Import, ImportCount, ImportKind, ImportOutcome};
use serde::Deserialize;

use super::imports::outcome_badge;
use crate::applications::state_badge::StateBadge;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::french;
use crate::layout::Layout;
use crate::paths::ImportPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/import.html")]
pub struct ImportPage {
    layout: Layout,
    import: Import,
    /// In whose name.
    by: Option<String>,
    badge: StateBadge,
    /// How many remarks there are, those that are not kept included.
    total: i32,
    /// The rank of the one before the first that is shown.
    after: i32,
    shown: Vec<RemarkRow>,
}

impl ImportPage {
    /// How many conventions would have fallen.
    fn count(&self) -> i64 {
        i64::try_from(self.import.count(ImportCount::ConventionsFalling)).unwrap_or(i64::MAX)
    }

    /// « 3 676 conventions ».
    fn falling(&self) -> String {
        french::plural(self.count(), "convention", "conventions")
    }

    fn is_refused(&self) -> bool {
        self.import.outcome == ImportOutcome::Refused
    }

    fn is_held_back(&self) -> bool {
        self.import.outcome == ImportOutcome::HeldBack
    }

    /// Whether annexes were judged on a day.
    fn is_of_flow(&self) -> bool {
        self.import.kind == ImportKind::Structures
    }

    /// Ranks of the remarks that are shown, from 1: « 501 à 1000 ».
    fn ranks(&self) -> String {
        let shown = i32::try_from(self.shown.len()).unwrap_or_default();
        format!("{} à {}", self.after.saturating_add(1), self.after.saturating_add(shown))
    }

    /// Whether some remarks are on another page.
    fn is_cut(&self) -> bool {
        self.after > 0 || i64::from(self.total) > REMARKS_SHOWN
    }

    /// Where the following remarks are, when there may be some.
    fn following(&self) -> Option<String> {
        let shown = i32::try_from(self.shown.len()).ok()?;
        let is_full = i64::from(shown) >= REMARKS_SHOWN;
        let address = ImportPath { id: self.import.id };
        is_full.then(|| format!("{address}?after={}", self.after.saturating_add(shown)))
    }
}

/// Which remarks the page begins after.
#[derive(Debug, Deserialize)]
pub struct ImportQuery {
    /// The rank of the last one before; what is none begins with the first.
    after: Option<String>,
}

/// Shows the import.
pub async fn get(
    ImportPath { id }: ImportPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    Query(query): Query<ImportQuery>,
) -> PageResult {
    let run = import_run(&state, &ctx, id).await?.ok_or(PageError::NotFound)?;
    let after = query.after.and_then(|rank| rank.parse().ok()).filter(|rank| *rank >= 0).unwrap_or(0);
    let shown = remarks(&state, &ctx, id, after).await?;
    let badge = outcome_badge(&run.import);
    ok(&ImportPage { layout, badge, total: run.remarks, by: run.by, import: run.import, after, shown })
}
