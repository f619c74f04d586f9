//! `/controls/{id}/letter`: the registered letter that notifies the decision in force, as a PDF (rule book 04 §1.15; PDF/UA, ADR 29).
//! It names nobody, so that nothing is kept of who took it.

use axum::extract::State;
use iae_app::control::controls::queries::outcome::{Decider, OutcomeDetail, outcome};
use iae_domain::control::{DetailedSanctions, Outcome};
use iae_domain::time::paris_date;
use iae_pdf::{Contact, IrregularPass, ReplacedDecision, SanctionLetter, sanction_letter};

use super::{Controller, words};
use crate::control::file::sirets;
use crate::documents::sent;
use crate::error::{PageError, PageResult};
use crate::french;
use crate::paths::ControlLetterPath;
use crate::state::WebState;

/// Sends it to the DDETS. What is notified by mail has none, nor what was annulled.
pub async fn get(
    ControlLetterPath { id }: ControlLetterPath,
    State(state): State<WebState>,
    Controller(ctx): Controller,
) -> PageResult {
    let of = outcome(&state, &ctx.any(), id).await?;
    let decided = of.in_force.outcome().filter(|outcome| outcome.sanctions.is_significant());
    let document = document(&of, decided.ok_or(PageError::NotFound)?);
    let name = format!("decision-controle-{}-{}.pdf", of.company.sirets.site(), document.decided_on);
    let made = tokio::task::spawn_blocking(move || sanction_letter(&document)).await;
    let bytes = made.map_err(PageError::defect)?.map_err(PageError::defect)?;
    Ok(sent::pdf(&name, bytes))
}

/// What the letter says.
fn document(of: &OutcomeDetail, outcome: &Outcome) -> SanctionLetter {
    let Outcome { reason, comment, sanctions } = outcome;
    let DetailedSanctions { training, withdrawal, cuts, leniency: _ } = sanctions;
    let found = of.passes().filter_map(|(hire, number)| Some((number, words::motive(hire.state())?)));
    let irregular =
        found.map(|(number, motive)| IrregularPass { number: number.to_string(), motive: motive.to_owned() });
    let cut = of.passes().filter_map(|(hire, number)| {
        let (_, percent) = cuts.iter().find(|(cut, _)| *cut == hire.id)?;
        Some((number.to_string(), *percent))
    });
    SanctionLetter {
        decided_on: paris_date(of.in_force.at),
        sender: of.ddets.name.clone(),
        sender_address: of.ddets.address.clone(),
        contact: contact(&of.ddets),
        addressee: of.company.name.clone(),
        addressee_kind: of.control.kind.label().to_owned(),
        addressee_address: of.company.address.clone(),
        sirets: sirets(&of.company.sirets),
        hired: (of.hired.start, of.hired.end),
        controlled: of.control.hires.len(),
        irregular: irregular.collect(),
        reason: reason.label().to_owned(),
        comment: comment.as_str().to_owned(),
        replaced: replaced(of),
        training: training.as_ref().map(|words| words.as_str().to_owned()),
        withdrawn: withdrawal.map(|days| (days.from, days.to)),
        cuts: cut.collect(),
    }
}

/// How the DDETS is reached, if its file says it.
fn contact(ddets: &Decider) -> Option<Contact> {
    let phone = ddets.phone.as_deref().map(french::phone);
    let is_known = phone.is_some() || ddets.email.is_some();
    let name: Vec<String> = [Some(ddets.name.clone()), phone].into_iter().flatten().collect();
    is_known.then(|| Contact { name: name.join(", "), email: ddets.email.clone() })
}

/// The decision that the one in force takes the place of.
fn replaced(of: &OutcomeDetail) -> Option<ReplacedDecision> {
    let (id, why) = of.in_force.replaces.as_ref()?;
    let replaced = of.former.iter().find(|decision| decision.id == *id)?;
    Some(ReplacedDecision { decided_on: paris_date(replaced.at), why: why.as_str().to_owned() })
}
