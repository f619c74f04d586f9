//! `/self-prescriptions/{id}`: one auto-prescription, read only.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::self_prescriptions::list::without_pass;
use iae_app::self_prescriptions::queries::{DeclaredCriterion, SelfPrescriptionDetail, detail};
use iae_domain::actor::InspectorActor;
use iae_domain::candidates::ShownName;
use iae_domain::eligibility::Anomaly;
use iae_domain::pass::validity;
use iae_domain::time::{paris_date, sub_days};

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

    /// Last day the diagnosis is shown as valid, when it is (rule book 03 §2.7).
    fn valid_until(&self) -> Option<NaiveDate> {
        let pass_end = self.detail.pass_ends_on.filter(|_| self.detail.pass_is_from_it);
        validity::shown_until(self.detail.expires_on, pass_end, self.today)
    }

    fn rests_on_pass(&self) -> bool {
        self.detail.pass_is_from_it && self.valid_until() == self.detail.pass_ends_on
    }

    fn last_own_day(&self) -> NaiveDate {
        sub_days(self.detail.expires_on, 1)
    }

    fn without_pass(&self) -> &'static str {
        without_pass(self.detail.is_pass_refused)
    }

    fn anomalies(&self) -> Vec<Anomaly> {
        self.detail.anomalies.iter().filter_map(|code| Anomaly::parse(code)).collect()
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
