//! `/admin/audit`: the audit trail.

mod words;

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_app::admin::queries::{AuditFilters, AuditRow, audit};
use iae_app::pagination::{Cursor, Page};
use iae_domain::Event;
use iae_domain::actor::StaffActor;
use serde::Deserialize;

use super::next_page;
use crate::choice::Choice;
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
    actions: Vec<Choice>,
    subject: String,
    subject_error: Option<&'static str>,
    next: Option<String>,
}

#[expect(clippy::unused_self, reason = "askama calls them as methods")]
impl AuditPage {
    fn action<'a>(&self, event: &'a AuditRow) -> &'a str {
        words::action(&event.action)
    }

    fn actor<'a>(&self, event: &'a AuditRow) -> &'a str {
        event.actor_name.as_deref().unwrap_or_else(|| words::actor(&event.actor_kind))
    }

    fn subject_kind<'a>(&self, event: &'a AuditRow) -> &'a str {
        words::subject(&event.subject_kind)
    }

    fn details(&self, event: &AuditRow) -> Vec<(String, String)> {
        words::details(&event.payload)
    }
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
        actions: Event::kinds()
            .map(|kind| Choice::new(kind.code, kind.label).selected_if(kind.code == action))
            .collect(),
        subject,
        subject_error,
    })
}
