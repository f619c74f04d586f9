//! `/admin/imports`: the imports of official files that were run, the latest first.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::Ctx;
use iae_app::imports::queries::{IMPORTS_SHOWN, ImportRun, imports};
use iae_domain::actor::StaffActor;
use iae_domain::ids::ImportId;
use iae_domain::imports::{Import, ImportKind, ImportOutcome};
use serde::Deserialize;

use crate::applications::state_badge::StateBadge;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::ImportsPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/imports.html")]
pub struct ImportsPage {
    layout: Layout,
    runs: Vec<ImportRun>,
    /// Whether these are the latest.
    is_first: bool,
}

impl ImportsPage {
    /// Where the ones before are, when there may be some.
    fn before(&self) -> Option<String> {
        let is_full = i64::try_from(self.runs.len()).is_ok_and(|count| count >= IMPORTS_SHOWN);
        let last = self.runs.last().filter(|_| is_full)?;
        Some(format!("{ImportsPath}?before={}", last.import.id))
    }

    /// The first thing that has to be looked at: the last import of the flow, when it stopped.
    fn stopped(&self) -> Option<&ImportRun> {
        let mut runs = self.runs.iter().filter(|_| self.is_first);
        let latest = runs.find(|run| run.import.kind == ImportKind::Structures)?;
        (latest.import.outcome != ImportOutcome::Done).then_some(latest)
    }
}

/// The badge of an outcome.
pub(super) fn outcome_badge(import: &Import) -> StateBadge {
    let (label, tone, icon) = match import.outcome {
        ImportOutcome::Done if !import.has_changed() => ("Rien n’a changé", "neutral", "circle-check"),
        ImportOutcome::Done => (import.outcome.label(), "success", "circle-check"),
        ImportOutcome::HeldBack => (import.outcome.label(), "warning", "alert"),
        ImportOutcome::Refused => (import.outcome.label(), "error", "circle-x"),
    };
    StateBadge { label, tone, icon }
}

/// Which import the page begins after.
#[derive(Debug, Deserialize)]
pub struct ImportsQuery {
    /// Its id; what is none begins with the latest.
    before: Option<String>,
}

/// Shows a page of them.
pub async fn get(
    _: ImportsPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    Query(query): Query<ImportsQuery>,
) -> PageResult {
    let before: Option<ImportId> = query.before.and_then(|id| id.parse().ok());
    let runs = imports(&state, &ctx, before).await?;
    ok(&ImportsPage { layout, runs, is_first: before.is_none() })
}
