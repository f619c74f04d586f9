//! `/self-prescriptions`: the list.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::pagination::{Cursor, Page};
use iae_app::reference::queries::department_label;
use iae_app::self_prescriptions::queries::{Filters, SelfPrescriptionRow, list};
use iae_domain::actor::InspectorActor;
use iae_domain::organisations::CompanyKind;
use iae_domain::text::{full_name, masked};
use iae_domain::time::{paris_date, typed_date};
use serde::Deserialize;

use crate::admin::next_page;
use crate::choice::Choice;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::state::WebState;

/// The list.
#[derive(TypedPath, Deserialize)]
#[typed_path("/self-prescriptions")]
pub struct SelfPrescriptionsPath;

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
pub struct SelfPrescriptionsQuery {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    company: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    after: String,
}

impl SelfPrescriptionsQuery {
    /// An invalid value applies no filter and is said beside its field (LIST-5).
    fn parse(&self) -> (Filters, FieldErrors) {
        let mut errors = FieldErrors::default();
        let mut day = |field, text: &str| match text.trim() {
            "" => None,
            text => {
                let day = typed_date(text);
                if day.is_none() {
                    errors.add(field, "Cette date n'existe pas.");
                }
                day
            }
        };
        let filters = Filters {
            kind: CompanyKind::parse(&self.kind).filter(|kind| kind.is_siae()),
            company: self.company.parse().ok(),
            from: day("from", &self.from),
            to: day("to", &self.to),
        };
        (filters, errors)
    }
}

/// The page.
#[derive(Template)]
#[template(path = "self_prescriptions/index.html")]
pub struct SelfPrescriptionsPage {
    layout: Layout,
    department: String,
    today: NaiveDate,
    kinds: Vec<Choice>,
    query: SelfPrescriptionsQuery,
    errors: FieldErrors,
    rows: Vec<SelfPrescriptionRow>,
    next: Option<String>,
}

impl SelfPrescriptionsPage {
    /// An agent of the State reads no name (USR-10).
    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn person(&self, row: &SelfPrescriptionRow) -> String {
        masked(&full_name(&row.candidate_first_name, &row.candidate_last_name))
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn accepted_on(&self, row: &SelfPrescriptionRow) -> NaiveDate {
        paris_date(row.accepted_at)
    }

    fn filtered(&self) -> bool {
        let query = &self.query;
        [&query.kind, &query.company, &query.from, &query.to, &query.after]
            .iter()
            .any(|value| !value.is_empty())
    }
}

/// Shows a page of the list.
pub async fn get(
    _: SelfPrescriptionsPath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    Query(query): Query<SelfPrescriptionsQuery>,
    layout: Layout,
) -> PageResult {
    let (filters, errors) = query.parse();
    let Page { rows, next } = list(&state.db, &ctx, &filters, Cursor::decode(&query.after)).await?;
    let kept: [(&str, &str); 4] =
        [("kind", &query.kind), ("company", &query.company), ("from", &query.from), ("to", &query.to)];
    let next = next_page("/self-prescriptions", &kept, next);
    let department = ctx.actor.department.as_deref().unwrap_or_default();
    let choice =
        |kind: &CompanyKind| Choice::new(kind.code(), kind.label()).selected_if(filters.kind == Some(*kind));
    ok(&SelfPrescriptionsPage {
        layout,
        department: department_label(&state.db, department).await?,
        today: ctx.today(),
        kinds: CompanyKind::SIAE.iter().map(choice).collect(),
        query,
        errors,
        rows,
        next,
    })
}
