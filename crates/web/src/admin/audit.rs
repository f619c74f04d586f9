//! `/admin/audit`: the audit trail.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_app::admin::queries::{AuditFilters, AuditRow, audit};
use iae_app::pagination::{Cursor, Page};
use iae_domain::actor::StaffActor;
use serde::Deserialize;

use super::next_page;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::state::WebState;

/// The audit trail.
#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/audit")]
pub struct AuditPath;

/// What the list is narrowed to. A filter that makes no sense shows nothing rather than everything.
#[derive(Debug, Default, Deserialize)]
pub struct AuditQuery {
    #[serde(default)]
    action: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    after: String,
}

/// The page.
#[derive(Template)]
#[template(path = "admin/audit.html")]
pub struct AuditPage {
    layout: Layout,
    events: Vec<AuditRow>,
    action: String,
    subject: String,
    subject_error: Option<&'static str>,
    next: Option<String>,
}

/// Shows a page of the trail.
pub async fn get(
    _: AuditPath,
    State(state): State<WebState>,
    _: Ctx<StaffActor>,
    Query(query): Query<AuditQuery>,
    layout: Layout,
) -> PageResult {
    let action = query.action.trim().to_owned();
    let subject = query.subject.trim().to_owned();
    let parsed = subject.parse().ok();
    let subject_error = (!subject.is_empty() && parsed.is_none())
        .then_some("Cet identifiant n'est pas celui d'un objet du service.");
    let filters = AuditFilters { action: (!action.is_empty()).then(|| action.clone()), subject: parsed };
    let Page { rows, next } = if subject_error.is_some() {
        Page { rows: vec![], next: None }
    } else {
        audit(&state.db, &filters, Cursor::decode(&query.after)).await?
    };
    ok(&AuditPage {
        next: next_page("/admin/audit", &[("action", &action), ("subject", &subject)], next),
        layout,
        events: rows,
        action,
        subject,
        subject_error,
    })
}
