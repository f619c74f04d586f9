//! `/controls/{id}/review`: the control of one SIAE, as its DDETS reviews it: its hires, what waits, what validating does (rule book
//! 04 §1.11, §1.14, §1.19).

mod hire_row;
mod said;

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::Ctx;
use iae_app::control::controls::queries::outcome::surroundings;
use iae_app::control::controls::queries::review::{self, ControlPage, Progress, Waits, to_review};
use iae_domain::actor::InspectorActor;

use hire_row::HireRow;

use super::{badges, hire, words};
use crate::applications::state_badge::StateBadge;
use crate::control::badge::{ANNULLED, of_control};
use crate::control::origin;
use crate::control::outcome::{card::History, words as decided};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::french;
use crate::layout::Layout;
use crate::paths::ControlReviewPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/review/company.html")]
pub struct CompanyPage {
    layout: Layout,
    of: ControlPage,
    /// The other controls of the SIAE.
    history: History,
    today: NaiveDate,
}

impl CompanyPage {
    fn badge(&self) -> StateBadge {
        if self.of.decisions.is_annulled() {
            return ANNULLED;
        }
        let control = &self.of.control;
        let is_notified = control.notified_at.is_some();
        of_control(control.stage(self.today).badge_of_company(control.raw(), is_notified))
    }

    /// Where it comes from.
    fn origin(&self) -> (&'static str, String) {
        origin(self.of.control.campaign, self.of.campaign_in_view)
    }

    fn hired(&self) -> String {
        french::period(self.of.hired.start, self.of.hired.end)
    }

    fn progress(&self) -> Progress {
        Progress::of([&self.of.control.standing(self.today)])
    }

    fn treated(&self) -> i64 {
        words::count(self.progress().treated)
    }

    fn submitted(&self) -> i64 {
        words::count(self.progress().submitted)
    }

    fn how_far(&self) -> String {
        words::progress(self.progress())
    }

    /// Last day to notify a decision on a negative result, when it waits for one (§1.15, D14).
    fn to_notify_until(&self) -> Option<NaiveDate> {
        self.of.control.awaits_decision().then(|| self.of.days.sanctions_until())
    }

    fn waits(&self) -> Waits {
        Waits::of(&self.of.control.standing(self.today), &self.of.days)
    }

    fn until(&self) -> Option<NaiveDate> {
        self.waits().until()
    }

    fn late(&self) -> Option<StateBadge> {
        self.waits().is_late(self.today).then_some(badges::LATE)
    }

    /// The first proof that waits.
    fn first_left(&self) -> Option<String> {
        let left = to_review(&self.of.control, self.today);
        left.first().map(|(of, criterion)| hire::place(*of, *criterion))
    }

    /// How its end is explained, when nobody validated it: a title, what happened.
    fn ending(&self) -> Option<(&'static str, &'static str)> {
        decided::ending(&self.of.control)
    }

    /// What validating does now, and what the form says that it saw of it (D32).
    fn validation(&self) -> Option<(String, String)> {
        let review = self.of.control.validation(self.today)?;
        let seen = self.of.control.seen_validation(self.today)?;
        Some((said::effect(&self.of, review), seen.to_string()))
    }

    /// Why it cannot be validated now.
    fn not_validated(&self) -> String {
        said::not_validated(&self.of, self.waits())
    }

    /// Nobody is told before.
    fn told_from(&self) -> NaiveDate {
        self.of.days.next_phase_on()
    }

    fn events(&self) -> Vec<(&'static str, DateTime<Utc>)> {
        said::events(&self.of)
    }

    fn rows(&self) -> Vec<HireRow> {
        HireRow::all(&self.of, self.today)
    }

    fn archived(&self) -> Option<String> {
        let archived = i64::from(self.of.archived_hires?);
        Some(french::plural(
            archived,
            "auto-prescription contrôlée, archivée",
            "auto-prescriptions contrôlées, archivées",
        ))
    }
}

/// Shows it.
pub async fn get(
    ControlReviewPath { id }: ControlReviewPath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    layout: Layout,
) -> PageResult {
    let of = review::control(&state, &ctx, id).await?;
    let around = surroundings(&state, &ctx, &of.control).await?;
    let history = History::of(ctx.actor.organisation, &around.past);
    ok(&CompanyPage { layout, of, history, today: ctx.today() })
}
