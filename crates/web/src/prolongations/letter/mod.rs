//! `/prolongations/{id}/letter`: the refusal of a request in writing, dated, to print (rule book 03 §6.6), as a page or as a
//! PDF. It is addressed to the person; the SIAE has the same.

pub mod pdf;

use askama::Template;
use axum::extract::State;
use iae_app::pass::prolongation::queries::{Letter, letter};
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::ids::ProlongationRequestId;

use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::french;
use crate::impersonation::banner::SeenAs;
use crate::paths::{PassPath, ProlongationLetterPath, ProlongationLetterPdfPath, ProlongationRequestPath};
use crate::state::WebState;

/// The letter.
#[derive(Template)]
#[template(path = "prolongations/letter.html")]
pub struct LetterPage {
    letter: Letter,
    pdf: String,
    back: (&'static str, String),
    seen: Option<SeenAs>,
}

/// Who to talk to: the organisation, and its phone if it is known.
pub(crate) fn contact(letter: &Letter) -> String {
    let phone = letter.correspondents.phone.as_deref().map(french::phone);
    phone.map_or_else(
        || letter.request.organisation.clone(),
        |phone| format!("{}, {phone}", letter.request.organisation),
    )
}

/// Shows the letter to the person, the SIAE and the organisation.
pub async fn get(
    ProlongationLetterPath { id }: ProlongationLetterPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    seen: Option<SeenAs>,
) -> PageResult {
    ok(&LetterPage { seen, ..open(&state, &ctx, id).await? })
}

/// What the letter says, for those it is for.
async fn open(app: &App, ctx: &Ctx<Actor>, id: ProlongationRequestId) -> Result<LetterPage, PageError> {
    let letter = letter(app, ctx, id).await?;
    let back = match &ctx.actor {
        Actor::Prescriber(_) => ("Revenir à la demande", ProlongationRequestPath { id }.to_string()),
        Actor::Candidate(_) | Actor::Employer(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => {
            ("Revenir au PASS IAE", PassPath { id: letter.request.pass }.to_string())
        }
    };
    let pdf = ProlongationLetterPdfPath { id }.to_string();
    Ok(LetterPage { letter, pdf, back, seen: None })
}
