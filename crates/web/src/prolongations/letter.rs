//! `/prolongations/{id}/letter`: the refusal of a request in writing, dated, to print (rule book 03 §6.6).

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::pass::prolongation::queries::{Letter, letter};
use iae_domain::Actor;
use iae_domain::time::paris_date;

use crate::error::{PageResult, ok};
use crate::filters;
use crate::paths::{PassPath, ProlongationLetterPath, ProlongationRequestPath};
use crate::state::WebState;

/// The letter.
#[derive(Template)]
#[template(path = "prolongations/letter.html")]
pub struct LetterPage {
    letter: Letter,
    back: (&'static str, String),
}

impl LetterPage {
    fn day(&self) -> NaiveDate {
        paris_date(self.letter.answered.1)
    }

    fn asked_on(&self) -> NaiveDate {
        paris_date(self.letter.request.created_at)
    }
}

/// Shows the letter to the person, the SIAE and the organisation.
pub async fn get(
    ProlongationLetterPath { id }: ProlongationLetterPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
) -> PageResult {
    let letter = letter(&state, &ctx, id).await?;
    let back = match ctx.actor {
        Actor::Prescriber(_) => ("Revenir à la demande", ProlongationRequestPath { id }.to_string()),
        Actor::Candidate(_) | Actor::Employer(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => {
            ("Revenir au PASS IAE", PassPath { id: letter.request.pass }.to_string())
        }
    };
    ok(&LetterPage { letter, back })
}
