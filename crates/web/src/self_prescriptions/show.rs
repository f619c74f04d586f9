//! `/self-prescriptions/{id}`: one auto-prescription, read only.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::self_prescriptions::queries::{DeclaredCriterion, SelfPrescriptionDetail, detail};
use iae_domain::actor::InspectorActor;
use iae_domain::candidates::ShownName;
use iae_domain::time::paris_date;

use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::SelfPrescriptionPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "self_prescriptions/show.html")]
pub struct SelfPrescriptionPage {
    layout: Layout,
    today: NaiveDate,
    detail: SelfPrescriptionDetail,
    criteria: Vec<DeclaredCriterion>,
}

impl SelfPrescriptionPage {
    fn person(&self) -> ShownName {
        self.detail.candidate.masked()
    }

    fn accepted_on(&self) -> NaiveDate {
        paris_date(self.detail.accepted_at)
    }

    fn diagnosed_on(&self) -> NaiveDate {
        paris_date(self.detail.diagnosed_at)
    }

    fn last_valid_day(&self) -> NaiveDate {
        self.detail.expires_on.pred_opt().unwrap_or(self.detail.expires_on)
    }

    /// What the kind of SIAE needs, in words (rule book 03 §2.4).
    fn requirement(&self) -> String {
        let level_2 = self.detail.company_kind.level_2_criteria_required().unwrap_or_default();
        format!("un critère de niveau 1, ou au moins {level_2} critères de niveau 2")
    }
}

/// Shows it.
pub async fn get(
    SelfPrescriptionPath { id }: SelfPrescriptionPath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    layout: Layout,
) -> PageResult {
    let (detail, criteria) = detail(&state.db, &ctx, id).await?;
    ok(&SelfPrescriptionPage { layout, today: ctx.today(), detail, criteria })
}
