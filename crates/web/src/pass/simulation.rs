//! `/pass/{id}/simulation`: « Et si on suspendait, et si on prolongeait ? », answered without saving anything.

mod answer;

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use chrono::NaiveDate;
use iae_app::pass::prolongation::queries::{is_pending, of_pass};
use iae_app::pass::queries::PassDetail;
use iae_app::{Ctx, pass};
use iae_domain::Actor;
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::suspension::latest_end;
use iae_domain::pass::{Parcours, ProlongationReason, WhatIf};
use iae_domain::time::Period;
use serde::Deserialize;

use answer::Answer;

use super::prolongation::{self, ProlongationsOfPass};
use super::{possible, words};
use crate::choice::Choice;
use crate::error::{PageResult, ok, unprocessable};
use crate::filters;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::{PassPath, SimulationPath};
use crate::state::WebState;

/// What is asked, whole in the address: it can be sent to whoever may see the PASS.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SimulationQuery {
    /// `suspension` or `prolongation`; nothing is asked yet when it is neither.
    what: String,
    starts_on: String,
    ends_on: String,
    no_end: bool,
    reason: String,
    until: String,
}

const BOTH_ENDS: &str =
    "Indiquez le dernier jour, ou cochez que vous ne le connaissez pas\u{a0}: pas les deux.";

impl SimulationQuery {
    /// The question, or its mistakes; none when nothing is asked.
    fn parse(&self, parcours: &Parcours) -> Result<Option<WhatIf>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut day = |field: &'static str, text: &str, blank: &str| {
            let day = errors.day(field, text);
            if day.is_none() {
                errors.add(field, blank);
            }
            day
        };
        match self.what.as_str() {
            "suspension" => {
                let start = day("starts_on", &self.starts_on, "Indiquez le premier jour de la suspension.");
                let end = if self.no_end && self.ends_on.trim().is_empty() {
                    start.map(latest_end)
                } else {
                    day(
                        "ends_on",
                        &self.ends_on,
                        "Indiquez le dernier jour, ou cochez que vous ne le connaissez pas.",
                    )
                };
                if self.no_end && !self.ends_on.trim().is_empty() {
                    errors.add("ends_on", BOTH_ENDS);
                }
                let period = start.zip(end).map(|(start, end)| Period { start, end });
                errors.or(period).map(|period| Some(WhatIf::Suspend(period)))
            }
            "prolongation" => {
                let reason = ProlongationReason::parse(&self.reason);
                let of_cdi = reason.filter(|reason| *reason == ProlongationReason::CdiOver57);
                let latest = of_cdi.filter(|_| self.until.trim().is_empty());
                let latest = latest.and_then(|reason| parcours.longest_prolongation(reason));
                let end = latest.or_else(|| day("until", &self.until, "Indiquez jusqu’à quel jour."));
                if reason.is_none() {
                    errors.add("reason", "Choisissez un motif.");
                }
                errors.or(reason.zip(end)).map(|(reason, end)| Some(WhatIf::Prolong { reason, end }))
            }
            _ => Ok(None),
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "pass/simulation.html")]
pub struct SimulationPage {
    layout: Layout,
    pass: PassDetail,
    is_own: bool,
    query: SimulationQuery,
    errors: FieldErrors,
    answer: Option<Answer>,
    reasons: Vec<Choice>,
    allowances: Vec<(&'static str, String)>,
    /// The request of prolongation that waits.
    waiting: Option<String>,
    today: NaiveDate,
}

/// Answers the question of the address, or asks one.
pub async fn get(
    SimulationPath { id }: SimulationPath,
    State(app): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    Query(query): Query<SimulationQuery>,
) -> PageResult {
    let pass = pass::open(&app, &ctx, id).await?;
    let today = ctx.today();
    let kind = asks_as(&ctx.actor, &pass);
    let lines = of_pass(&app, id).await?;
    let offered: Vec<ProlongationReason> =
        ProlongationReason::ALL.iter().copied().filter(|reason| reason.is_offered_to(kind)).collect();
    let parsed = query.parse(pass.parcours()).and_then(|question| {
        question
            .map(|question| {
                let simulated = pass.held.simulate(question, kind, today).map_err(words::not_simulated)?;
                Ok(Answer::new(simulated, question, &offered, &pass, is_pending(&lines), today))
            })
            .transpose()
    });
    let (answer, errors) = match parsed {
        Ok(answer) => (answer, FieldErrors::default()),
        Err(errors) => (None, errors),
    };
    let waiting = match &answer {
        Some(answer) => prolongation::waiting(&lines, &answer.simulated.after),
        None => ProlongationsOfPass::waiting_now(&lines, pass.parcours()),
    };
    let reasons = offered
        .iter()
        .map(|reason| Choice::new(reason.code(), reason.label()).selected_if(query.reason == reason.code()))
        .collect();
    let is_refused = !errors.is_empty();
    let page = SimulationPage {
        is_own: ctx.actor.candidate() == Some(pass.candidate),
        allowances: offered
            .iter()
            .map(|reason| (reason.label(), possible::allowance(pass.parcours(), *reason)))
            .collect(),
        waiting,
        layout,
        pass,
        query,
        errors,
        answer,
        reasons,
        today,
    };
    if is_refused { unprocessable(&page) } else { ok(&page) }
}

/// The kind of the SIAE that would ask: the reader's own, else that of the last hire.
fn asks_as(actor: &Actor, pass: &PassDetail) -> CompanyKind {
    match actor {
        Actor::Employer(employer) if employer.kind.is_siae() => employer.kind,
        _ => pass.held.last_hire().map_or(CompanyKind::Aci, |hire| hire.kind),
    }
}
