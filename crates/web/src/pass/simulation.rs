//! `/pass/{id}/simulation`: « Et si on suspendait, et si on prolongeait ? », answered without saving anything.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use chrono::NaiveDate;
use iae_app::pass::queries::PassDetail;
use iae_app::{Ctx, pass};
use iae_domain::Actor;
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::{ProlongationReason, Simulated, WhatIf, remaining};
use iae_domain::time::Period;
use serde::Deserialize;

use super::{possible, words};
use crate::choice::Choice;
use crate::error::{PageResult, ok, unprocessable};
use crate::filters;
use crate::forms::FieldErrors;
use crate::french;
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
    reason: String,
    until: String,
}

impl SimulationQuery {
    /// The question, or its mistakes; none when nothing is asked.
    fn parse(&self) -> Result<Option<WhatIf>, FieldErrors> {
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
                let end = day("ends_on", &self.ends_on, "Indiquez le dernier jour de la suspension.");
                let period = start.zip(end).map(|(start, end)| Period { start, end });
                errors.or(period).map(|period| Some(WhatIf::Suspend(period)))
            }
            "prolongation" => {
                let end = day("until", &self.until, "Indiquez jusqu’à quel jour.");
                let reason = ProlongationReason::parse(&self.reason);
                if reason.is_none() {
                    errors.add("reason", "Choisissez un motif.");
                }
                errors.or(reason.zip(end)).map(|(reason, end)| Some(WhatIf::Prolong { reason, end }))
            }
            _ => Ok(None),
        }
    }
}

/// What would change, before and after.
struct Answer {
    simulated: Simulated,
    today: NaiveDate,
}

impl Answer {
    fn end_before(&self) -> NaiveDate {
        self.simulated.before.end()
    }

    fn end_after(&self) -> NaiveDate {
        self.simulated.after.end()
    }

    fn left_before(&self) -> String {
        remaining(&self.simulated.before, self.simulated.on)
    }

    fn left_after(&self) -> String {
        remaining(&self.simulated.after, self.simulated.on)
    }

    fn is_later(&self) -> bool {
        self.simulated.on > self.today
    }

    /// « La fin recule de 30 jours. »
    fn moves(&self) -> String {
        match (self.end_after() - self.end_before()).num_days().unsigned_abs() {
            0 => "La fin du PASS IAE ne bouge pas\u{a0}: un seul jour est suspendu, et il compte dans le parcours.".to_owned(),
            days => format!("La fin du PASS IAE recule de {}.", french::days(days)),
        }
    }

    /// From when the parcours so changed could be prolonged.
    fn prolongable_from(&self) -> NaiveDate {
        self.simulated.after.prolongation_window().start
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
    let parsed = query.parse().and_then(|question| {
        question
            .map(|question| pass.held.simulate(question, kind, today).map_err(words::not_simulated))
            .transpose()
    });
    let (answer, errors) = match parsed {
        Ok(simulated) => (simulated.map(|simulated| Answer { simulated, today }), FieldErrors::default()),
        Err(errors) => (None, errors),
    };
    let offered = ProlongationReason::ALL.iter().filter(|reason| reason.is_offered_to(kind));
    let reasons = offered
        .map(|reason| Choice::new(reason.code(), reason.label()).selected_if(query.reason == reason.code()))
        .collect();
    let is_refused = !errors.is_empty();
    let page = SimulationPage {
        is_own: ctx.actor.candidate() == Some(pass.candidate),
        allowances: possible::allowances(&pass.held),
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
