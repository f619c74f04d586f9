//! What is typed after an appeal: annul or correct, why, and what is decided instead.

use iae_app::control::controls::queries::review::CompanyCard;
use iae_domain::control::{Control, ControlDecision, Decided, Outcome};
use iae_domain::text::Message;

use crate::choice::Choice;
use crate::control::outcome::sanction::{OutcomeForm, told, words};
use crate::forms::FieldErrors;

/// Another outcome takes the place of the decision.
const CORRECT: &str = "correct";
/// Nothing does.
const ANNUL: &str = "annul";

/// What becomes of the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Correct,
    Annul,
}

/// Why, and what is decided instead.
pub(super) type Asked = (Message<{ Outcome::MAX_CHARS }>, Decided);

/// Made from the decision in force: what it decides is corrected from what it says; what annuls says nothing.
pub(super) fn of(in_force: &ControlDecision, control: &Control) -> OutcomeForm {
    let corrected = in_force.outcome().map(|outcome| OutcomeForm::of(outcome, control));
    let mut form = corrected.unwrap_or_default();
    form.seen = in_force.id.to_string();
    form
}

/// What may become of the decision.
pub(super) fn acts(form: &OutcomeForm) -> Vec<Choice> {
    [
        (
            CORRECT,
            "La corriger",
            "Une nouvelle décision prend sa place : vous la remplissez à l’étape suivante.",
        ),
        (ANNUL, "L’annuler", "Aucune décision ne la remplace. Vous relisez avant de confirmer."),
    ]
    .map(|(code, label, hint)| Choice::new(code, label).with_hint(hint).selected_if(form.act == code))
    .to_vec()
}

/// Whether it annuls the decision.
pub(super) fn annuls(form: &OutcomeForm) -> bool {
    form.act == ANNUL
}

/// What is done of the decision, and why; or every mistake. What was annulled is not annulled again: it is decided anew.
pub(super) fn act(
    form: &OutcomeForm,
    is_annulled: bool,
) -> Result<(Act, Message<{ Outcome::MAX_CHARS }>), FieldErrors> {
    let mut errors = FieldErrors::default();
    let typed = if is_annulled { CORRECT } else { form.act.as_str() };
    let act = match typed {
        CORRECT => Some(Act::Correct),
        ANNUL => Some(Act::Annul),
        _ => None,
    };
    if act.is_none() {
        errors.add("act", "Choisissez de corriger la décision, ou de l’annuler.");
    }
    let blank = "Dites pourquoi : la structure le lira, et la raison reste dans l’historique des décisions.";
    let why = words(&mut errors, "why", &form.why, blank);
    errors.or(act.zip(why))
}

/// What is said once it is done: a title, what follows.
pub(super) fn done(decided: &Decided, company: &CompanyCard) -> (&'static str, String) {
    let told = told(company);
    match decided {
        Decided::Annulled => ("Décision annulée", told.to_owned()),
        Decided::Outcome(outcome) if outcome.sanctions.is_significant() => (
            "Décision modifiée",
            format!("{told} Envoyez-lui aussi la nouvelle lettre, en recommandé avec accusé de réception."),
        ),
        Decided::Outcome(_) => ("Décision modifiée", told.to_owned()),
    }
}
