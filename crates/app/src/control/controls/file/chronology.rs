//! What happened to the control, and who did it: of one's own organisation, by name; of the others, for which one. What an SIAE chooses
//! and gives before it submits is in its own copy alone.

use std::io;

use iae_domain::control::{NegativeReason, Review, Sanction};
use iae_domain::eligibility::Criterion;
use iae_domain::ids::{ControlDecisionId, ControlHireId};
use serde::Deserialize;

use super::Facts;
use super::said::{count, hire, line as told_of};
use crate::admin::words;
use crate::control::controls::queries::file::EventRow;
use crate::exports::encode;
use crate::list::Cell;

/// Tells a spreadsheet that the text is UTF-8.
pub(super) const MARK: &str = "\u{feff}";

/// What the trail holds of an event, as far as it is told.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Payload {
    hire: Option<ControlHireId>,
    criterion: Option<Criterion>,
    added: Vec<Criterion>,
    removed: Vec<Criterion>,
    from: Option<Review>,
    to: Option<Review>,
    proofs: Option<usize>,
    reason: Option<NegativeReason>,
    sanctions: Vec<Sanction>,
    /// The decision that it takes the place of.
    replaces: Option<ControlDecisionId>,
}

/// The file of values, a line each, oldest first.
pub(super) fn values(facts: &Facts) -> io::Result<Vec<u8>> {
    let header = ["Quand", "Quoi", "Détail", "Pour", "Par"].map(Cell::text).to_vec();
    let lines = facts.events().map(|event| line(facts, event));
    let lines: Vec<Vec<Cell>> = std::iter::once(header).chain(lines).collect();
    Ok([MARK.as_bytes(), &encode(&lines)?].concat())
}

fn line(facts: &Facts, event: &EventRow) -> Vec<Cell> {
    // An event whose trail says something else than we know is told without.
    let told: Payload = serde_json::from_value(event.payload.clone()).unwrap_or_default();
    let is_own = event.organisation == Some(facts.own());
    let acting = match (&event.organisation_name, event.actor_kind.as_str()) {
        (Some(name), _) => name.as_str(),
        (None, "staff") => "L’équipe de Parcours IAE",
        (None, _) => "Parcours IAE",
    };
    vec![
        Cell::At(event.at),
        Cell::text(action(&event.action, &told)),
        Cell::Several(details(facts, &told)),
        Cell::text(acting),
        Cell::text_or(event.by.as_deref().filter(|_| is_own), ""),
    ]
}

/// What happened: after an appeal, a decision is not notified for the first time.
fn action<'a>(action: &'a str, told: &Payload) -> &'a str {
    match (action, told.replaces) {
        ("control.decided", Some(_)) => "Décision modifiée après recours",
        ("control.decision_annulled", _) => "Décision annulée après recours",
        _ => words::action(action),
    }
}

/// What was done of what.
fn details(facts: &Facts, told: &Payload) -> Vec<String> {
    let rank = told.hire.and_then(|id| facts.control.hire(id)).map(|one| hire(one.rank));
    let criterion = told.criterion.map(|criterion| criterion.label().to_owned());
    let chosen = |what: &str, criteria: &[Criterion]| {
        let labels: Vec<_> = criteria.iter().map(|criterion| criterion.label()).collect();
        (!labels.is_empty()).then(|| told_of(what, labels.join("\u{a0}; ")))
    };
    let reviewed = told
        .from
        .zip(told.to)
        .map(|(from, to)| format!("de «\u{a0}{}\u{a0}» à «\u{a0}{}\u{a0}»", from.label(), to.label()));
    let reason = told.reason.map(|reason| told_of("motif principal", reason.label()));
    let proofs = told.proofs.map(|proofs| count(proofs, "justificatif", "justificatifs"));
    let sanctions = told.sanctions.iter().map(|sanction| sanction.label().to_owned());
    [
        rank,
        criterion,
        chosen("choisis", &told.added),
        chosen("retirés", &told.removed),
        reviewed,
        proofs,
        reason,
    ]
    .into_iter()
    .flatten()
    .chain(sanctions)
    .collect()
}
