//! What is said before a decision is annulled or replaced: what is done, who is told, what it does.

use chrono::NaiveDate;
use iae_app::control::controls::queries::review::ControlPage;
use iae_domain::control::{ControlDecision, Decided};
use iae_domain::time::paris_date;

use super::form::Asked;
use super::heavier;
use crate::control::outcome::sanction::{by_mail, decided, sanctioned};
use crate::control::outcome::words::days;
use crate::french::{date, spaced};

/// What is said.
pub(super) struct Recap {
    /// What is done, a line each.
    pub rows: Vec<(&'static str, String)>,
    /// What becomes heavier than what was notified, a line each.
    pub heavier: Vec<String>,
    /// What it does.
    pub effects: Vec<String>,
    /// The button that does it.
    pub confirm: &'static str,
    /// The step to come back to.
    pub back: &'static str,
    /// The button that comes back.
    pub back_label: &'static str,
}

impl Recap {
    pub(super) fn of(
        (why, asked): &Asked,
        in_force: &ControlDecision,
        of: &ControlPage,
        today: NaiveDate,
    ) -> Self {
        let at = date(paris_date(in_force.at));
        let why = ("Pourquoi", why.as_str().to_owned());
        let mail = by_mail(&of.company);
        match asked {
            Decided::Annulled => Self {
                rows: vec![("Décision annulée", format!("Celle du {at}")), why, ("Notification", mail)],
                heavier: vec![],
                effects: annulled(in_force, &at),
                confirm: "Annuler la décision",
                back: "back_act",
                back_label: "Revenir au recours",
            },
            Decided::Outcome(outcome) => {
                let mut rows = vec![("Décision remplacée", format!("Celle du {at}")), why];
                rows.push(("Motif principal", outcome.reason.label().to_owned()));
                rows.push(("Commentaire", outcome.comment.as_str().to_owned()));
                rows.extend(decided(outcome, of));
                rows.push(("Notification", mail));
                if outcome.sanctions.is_significant() {
                    rows.push(("Lettre recommandée", spaced(LETTER)));
                }
                let replaced = format!(
                    "La nouvelle décision prend la place de celle du {at}, qui reste lisible, avec la raison du changement."
                );
                let mut effects = vec![replaced];
                effects.extend(sanctioned(outcome, today));
                if outcome.sanctions.withdrawal.is_none() {
                    effects.extend(lifted(in_force));
                }
                Self {
                    rows,
                    heavier: heavier::said(outcome, in_force, of),
                    effects,
                    confirm: "Remplacer la décision",
                    back: "back_decision",
                    back_label: "Revenir à la nouvelle décision",
                }
            }
        }
    }
}

const LETTER: &str = "La page de la décision donnera la nouvelle lettre : vous l’imprimerez, la signerez et l’enverrez, avec accusé de réception.";

/// What an annulment does (§1.15, §1.16).
fn annulled(in_force: &ControlDecision, at: &str) -> Vec<String> {
    let kept = format!(
        "Aucune décision ne remplace celle du {at}. Elle reste lisible, avec la raison de l’annulation ; vous pourrez décider à nouveau."
    );
    let result = "Le résultat du contrôle reste négatif, mais il ne compte plus comme une irrégularité dans la grille indicative.";
    let mut effects = vec![spaced(&kept), result.to_owned()];
    effects.extend(lifted(in_force));
    if in_force.outcome().is_some_and(|outcome| !outcome.sanctions.cuts.is_empty()) {
        let cut = "La suppression de l’aide au poste ne tient plus : si le préfet l’a déjà demandée à l’ASP, prévenez-le.";
        effects.push(spaced(cut));
    }
    effects
}

/// The withdrawal that holds no more.
fn lifted(in_force: &ControlDecision) -> Option<String> {
    let withdrawal = in_force.outcome().and_then(|outcome| outcome.sanctions.withdrawal)?;
    Some(format!("Le retrait de la capacité d’auto-prescription, {}, ne s’applique plus.", days(withdrawal)))
}
