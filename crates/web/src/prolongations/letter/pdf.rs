//! `/prolongations/{id}/letter.pdf`: the same letter, to keep and to hand over (PDF/UA, ADR 29).

use axum::extract::State;
use iae_app::Ctx;
use iae_app::pass::prolongation::queries::Letter;
use iae_domain::Actor;
use iae_domain::pass::prolongation::ProposedAction;
use iae_pdf::{AskedProlongation, Contact, Proposal, RefusalLetter, refusal_letter};

use super::{LetterPage, contact, open};
use crate::documents::sent;
use crate::error::{PageError, PageResult};
use crate::paths::ProlongationLetterPdfPath;
use crate::state::WebState;

/// Sends it to those who may read the page.
pub async fn get(
    ProlongationLetterPdfPath { id }: ProlongationLetterPdfPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
) -> PageResult {
    let page = open(&state, &ctx, id).await?;
    let name = format!("refus_prolongation_{}.pdf", page.letter.day().format("%Y%m%d"));
    let document = document(page);
    let made = tokio::task::spawn_blocking(move || refusal_letter(&document)).await;
    let bytes = made.map_err(PageError::defect)?.map_err(PageError::defect)?;
    Ok(sent::pdf(&name, bytes))
}

/// What the page says, for the PDF.
fn document(page: LetterPage) -> RefusalLetter {
    let letter = page.letter;
    let (refused_on, asked_on, contact) = (letter.day(), letter.asked_on(), contact(&letter));
    let Letter { request, denial, answered, correspondents } = letter;
    let actions = denial.actions.iter().copied().map(ProposedAction::label).map(ToOwned::to_owned).collect();
    RefusalLetter {
        refused_on,
        sender: request.organisation,
        sender_address: correspondents.sender_address,
        addressee: request.holder.to_string(),
        addressee_address: correspondents.addressee_address,
        company: request.company,
        number: request.number.to_string(),
        asked: AskedProlongation {
            on: asked_on,
            start: request.period.start,
            end: request.period.end,
            reason: request.reason.label().to_owned(),
        },
        reason: denial.reason.for_person().to_owned(),
        explanation: denial.explanation,
        proposal: (!denial.actions.is_empty()).then_some(Proposal { actions, details: denial.details }),
        contact: Some(Contact { name: contact, email: correspondents.email }),
        signed_by: answered.0,
    }
}
