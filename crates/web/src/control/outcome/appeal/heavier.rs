//! What a correction makes heavier than the decision that was contested, in words: an appeal normally does not. Nothing is blocked.

use iae_app::control::controls::queries::review::ControlPage;
use iae_domain::control::{ControlDecision, Heavier, Outcome, heavier};

use crate::control::outcome::words::days;

/// A line each. What is decided anew, once nothing is in force, is heavier than nothing.
pub(super) fn said(outcome: &Outcome, in_force: &ControlDecision, of: &ControlPage) -> Vec<String> {
    let Some(before) = in_force.outcome() else { return vec![] };
    let heavier = heavier(&before.sanctions, &outcome.sanctions);
    heavier.into_iter().map(|one| words(one, of)).collect()
}

fn words(one: Heavier, of: &ControlPage) -> String {
    match one {
        Heavier::New(sanction) => {
            format!("{}\u{a0}: cette sanction n’était pas décidée.", sanction.label())
        }
        Heavier::Withdrawal { before, after } => format!(
            "Retrait de la capacité d’auto-prescription, plus long\u{a0}: {}. Il était notifié {}.",
            days(after),
            days(before)
        ),
        Heavier::Cut { hire, before, after } => {
            let number = of.hire(hire).map(|(_, card)| card.pass_number.to_string()).unwrap_or_default();
            format!(
                "Aide au poste, PASS IAE {number}\u{a0}: {after}\u{a0}% supprimés, au lieu de {before}\u{a0}%."
            )
        }
    }
}
