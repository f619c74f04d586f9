//! Suspensions of a PASS.

use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::pass::suspensions;
use iae_domain::actor::Professional;
use iae_domain::ids::{PassId, RequestId};
use iae_domain::pass::SuspensionReason;
use iae_domain::pass::suspension::{SuspensionAct, SuspensionTerms, latest_end};
use iae_domain::time::Period;

use crate::{Persona, TestApp};

/// A suspension to be written.
#[derive(Clone, Copy)]
#[must_use]
pub struct SuspensionBuilder<'a> {
    pub(super) app: &'a TestApp,
    pub(super) by: Persona,
    pub(super) period: Option<Period>,
}

impl SuspensionBuilder<'_> {
    /// Who suspends: the SIAE of the last hire, or a prescripteur habilité.
    pub const fn by(self, by: Persona) -> Self {
        Self { by, ..self }
    }

    /// Its first and last day.
    pub const fn over(self, start: NaiveDate, end: NaiveDate) -> Self {
        Self { period: Some(Period { start, end }), ..self }
    }

    /// Suspends the PASS, as its author would; the mails are sent and read.
    pub async fn insert(self) -> PassId {
        let app = self.app;
        let id: PassId =
            sqlx::query_scalar("SELECT id FROM passes ORDER BY id DESC").fetch_one(app.db()).await.unwrap();
        let end = sqlx::query_scalar("SELECT ends_on FROM passes WHERE id = $1").bind(id).fetch_one(app.db());
        let end: NaiveDate = end.await.unwrap();
        let actor = app.scenario().actor(self.by.user(), self.by.organisation()).await;
        let actor = Professional::try_from(actor).expect("professionals suspend");
        let ctx = Ctx { actor, now: app.now(), request_id: RequestId::at(app.now()), impersonator: None };
        let from_today = Period { start: app.today(), end: latest_end(app.today()) };
        let period = self.period.unwrap_or(from_today);
        let reason = SuspensionReason::ContractBroken;
        let act = SuspensionAct::Suspend(SuspensionTerms { period, reason, explanation: None });
        suspensions::act(&app.app, &ctx, id, end, act).await.expect("the suspension follows the rules");
        app.run_jobs().await;
        app.mails();
        id
    }
}
