//! What is said of the control of an SIAE: what validating does or why it cannot be done, what happened.

use chrono::{DateTime, Utc};
use iae_app::control::controls::queries::Making;
use iae_app::control::controls::queries::review::{ControlPage, Waits};
use iae_domain::control::{Control, RawState, Review, TurnReview};

use super::super::words;
use crate::french::{date, plural, spaced};

/// What validating does.
pub(super) fn effect(of: &ControlPage, review: TurnReview) -> String {
    let from = date(of.days.calendar.adversarial_from);
    let said = match (review, of.control.raw()) {
        (TurnReview::Final, RawState::Accepted) => {
            "Tous les justificatifs sont conformes : le résultat de la structure sera positif, définitivement.".to_owned()
        }
        (TurnReview::Final, _) => {
            "Un problème est constaté pour une auto-prescription au moins : le résultat de la structure sera négatif, définitivement."
                .to_owned()
        }
        (TurnReview::Validated | TurnReview::AsItIs, _) => format!(
            "Un problème est constaté pour une auto-prescription au moins : la structure passera en phase contradictoire, prévue à partir du \
             {from}, et pourra transmettre de nouveaux justificatifs."
        ),
    };
    spaced(&format!("{said} Après la validation, plus aucune décision de cette phase ne change."))
}

/// Why it cannot be validated now.
pub(super) fn not_validated(of: &ControlPage, waits: Waits) -> String {
    let said = match waits {
        Waits::Review { proofs, .. } => {
            let remain = plural(words::count(proofs), "justificatif reste", "justificatifs restent");
            format!("{remain} à traiter.")
        }
        Waits::Validation { .. } => String::new(),
        Waits::Company { .. } if of.control.reviewed.at.is_some() => {
            "La structure peut encore transmettre de nouveaux justificatifs à la place de ceux que vous avez refusés.".to_owned()
        }
        Waits::Company { .. } => "La structure n’a pas encore transmis ses justificatifs.".to_owned(),
        Waits::NextPhase { .. } if of.days.is_adversarial() && was_left(&of.control) => {
            "Un justificatif refusé en phase amiable n’a pas été remplacé : le résultat sera établi à la clôture de la campagne."
                .to_owned()
        }
        Waits::NextPhase { .. } if of.days.is_adversarial() || of.control.reviewed.at.is_none() => {
            "La structure n’a pas transmis ses justificatifs, et les transmissions sont bloquées : il n’y a rien à valider.".to_owned()
        }
        Waits::NextPhase { on } => {
            format!("Vous avez validé ce contrôle. La phase contradictoire est prévue à partir du {}.", date(on))
        }
        Waits::Nothing => "Le contrôle de cette structure est terminé.".to_owned(),
    };
    spaced(&said)
}

/// Whether a proof refused in the amicable phase was not replaced (§1.11).
fn was_left(control: &Control) -> bool {
    control.defended().iter().any(|one| one.review == Review::Refused)
}

/// What a decision does.
const fn decided(what: Making) -> &'static str {
    match what {
        Making::Notified => "Décision notifiée à la structure",
        Making::Corrected => "Décision modifiée après un recours",
        Making::Annulled => "Décision annulée après un recours",
    }
}

/// What happened, the latest first.
pub(super) fn events(of: &ControlPage) -> Vec<(&'static str, DateTime<Utc>)> {
    let control = &of.control;
    let mut submitted: Vec<_> = control
        .defended()
        .into_iter()
        .filter(|one| !one.is_certified)
        .filter_map(|one| one.submitted_at)
        .collect();
    submitted.sort_unstable();
    submitted.dedup();
    let mut events = vec![("Structure tirée au sort", of.days.launched_at)];
    events.extend(submitted.into_iter().map(|at| ("Justificatifs transmis par la structure", at)));
    events.extend(of.days.adversarial_at.map(|at| ("Phase contradictoire commencée", at)));
    events.extend(of.ended_at.map(|at| ("Campagne clôturée", at)));
    events.extend(of.decisions.all().iter().rev().map(|made| (decided(made.what), made.at)));
    let (first, last) = (control.reviewed.at, control.reviewed.finally_at);
    // The turn of the phase, and the end of the campaign, settle what nobody validated: they are said already.
    let is_said = |at: DateTime<Utc>| Some(at) == of.days.adversarial_at || Some(at) == of.ended_at;
    if let Some(at) = first.filter(|at| !is_said(*at)) {
        let what = match (Some(at) == last, control.is_certified()) {
            (true, true) => "Contrôle validé d’office\u{a0}: tout est certifié par l’État",
            (true, false) => "Contrôle validé, définitivement",
            (false, _) => "Contrôle validé\u{a0}: phase contradictoire à venir",
        };
        events.push((what, at));
    }
    if let Some(at) = last.filter(|at| last != first && !is_said(*at)) {
        events.push(("Contrôle validé, définitivement", at));
    }
    events.sort_by_key(|(_, at)| std::cmp::Reverse(*at));
    events
}
