//! What can be done with a PASS today, from when the rest can, and why not before (D11).

use chrono::NaiveDate;
use iae_domain::pass::prolongation::NotOpen;
use iae_domain::pass::suspension::NotSuspendable;
use iae_domain::pass::{HeldPass, NotProlongable, Parcours, ProlongationReason};
use iae_domain::time::add_days;

use super::words::suspended_until;
use crate::french;

/// One thing, and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Possible {
    /// What it is.
    pub what: &'static str,
    /// Whether it can be done today.
    pub is_now: bool,
    /// The answer, in a sentence.
    pub said: String,
}

/// Of which of them the page tells its reader elsewhere what they may do themselves, with its button or why not.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToldElsewhere {
    pub suspension: bool,
    pub prolongation: bool,
}

/// Who reads, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// The day.
    pub today: NaiveDate,
    /// Whether the holder reads: it is said to them.
    pub is_own: bool,
    /// Whether a request of prolongation waits.
    pub is_pending: bool,
}

/// All of them, in the order of a parcours, but those told elsewhere.
pub(super) fn all(held: &HeldPass, seen: Seen, told: ToldElsewhere) -> Vec<Possible> {
    let suspension = (!told.suspension).then(|| suspension(held, seen));
    let prolongation = (!told.prolongation).then(|| prolongation(held, seen));
    [Some(hire(held, seen)), suspension, prolongation].into_iter().flatten().collect()
}

fn hire(held: &HeldPass, Seen { today, is_own, .. }: Seen) -> Possible {
    let parcours = &held.pass.parcours;
    let end = french::date(parcours.end());
    let is_now = parcours.is_valid(today);
    let hires = if is_own { "peut vous embaucher" } else { "peut embaucher" };
    let said = if !is_now {
        let pass = if is_own { "Votre PASS IAE" } else { "Ce PASS IAE" };
        format!(
            "{pass} est terminé. Un nouveau suppose, pendant les deux ans qui suivent, le diagnostic d’un prescripteur habilité."
        )
    } else if parcours.suspended_on(today).is_some() {
        format!(
            "Une structure d’insertion {hires} avec ce PASS IAE\u{a0}: la suspension s’arrête alors la veille du contrat."
        )
    } else {
        format!(
            "Une structure d’insertion {hires} avec ce PASS IAE, pour un contrat qui commence le {end} au plus tard."
        )
    };
    Possible { what: if is_own { "Une embauche" } else { "Embaucher" }, is_now, said }
}

fn suspension(held: &HeldPass, Seen { today, is_own, .. }: Seen) -> Possible {
    let possible = held.pass.parcours.suspension_possible(today);
    let running = held.pass.parcours.suspended_on(today);
    let said = match possible {
        Ok(()) if is_own => "Votre dernier employeur peut le suspendre si votre contrat s’interrompt. Un prescripteur habilité qui vous suit le peut aussi, quand votre contrat est terminé.".to_owned(),
        Ok(()) => "Depuis aujourd’hui ou une date passée, par l’employeur de la dernière embauche, ou par un prescripteur habilité quand le contrat est terminé.".to_owned(),
        Err(NotSuspendable::Expired) => "Ce PASS IAE est terminé\u{a0}: il n’y a plus rien à suspendre.".to_owned(),
        Err(NotSuspendable::NotStarted { from }) => {
            format!("À partir du {}, premier jour du parcours.", french::date(from))
        }
        Err(NotSuspendable::Suspended { until }) => format!(
            "À nouveau à partir du {}\u{a0}: il est déjà suspendu {}.",
            french::date(add_days(until, 1)),
            running.map(suspended_until).unwrap_or_default()
        ),
    };
    Possible { what: if is_own { "Une suspension" } else { "Suspendre" }, is_now: possible.is_ok(), said }
}

fn prolongation(held: &HeldPass, Seen { today, is_own, is_pending }: Seen) -> Possible {
    let parcours = &held.pass.parcours;
    let possible = held.prolongation_open(is_pending, today);
    let until = french::date(parcours.prolongation_window().end);
    let said = match possible {
        Ok(()) if is_own => format!(
            "Jusqu’au {until}, à la demande d’un employeur chez qui vous avez travaillé avec ce PASS IAE."
        ),
        Ok(()) => format!("Jusqu’au {until}, par un employeur qui a embauché avec ce PASS IAE."),
        Err(NotOpen::NotLatest) => {
            "Un PASS IAE plus récent a été délivré\u{a0}: c’est lui qui peut être prolongé.".to_owned()
        }
        Err(NotOpen::Pending) => "Une demande attend déjà la réponse d’un prescripteur habilité.".to_owned(),
        Err(NotOpen::Pass(NotProlongable::TooEarly { from })) => {
            format!("À partir du {}, douze mois avant la fin, et jusqu’au {until}.", french::date(from))
        }
        Err(NotOpen::Pass(NotProlongable::TooLate { until })) => {
            format!("C’était possible jusqu’au {}, six mois après la fin.", french::date(until))
        }
        Err(NotOpen::Pass(NotProlongable::Suspended { until })) => format!(
            "À partir du {}, une fois la suspension terminée ou levée.",
            french::date(add_days(until, 1))
        ),
        Err(NotOpen::Pass(NotProlongable::Closed)) => "Ce PASS IAE a été clôturé.".to_owned(),
    };
    Possible { what: if is_own { "Une prolongation" } else { "Prolonger" }, is_now: possible.is_ok(), said }
}

/// What a reason still allows: « 1095 jours en tout, 365 jours au plus à la fois ».
pub(super) fn allowance(parcours: &Parcours, reason: ProlongationReason) -> String {
    let at_once = parcours.prolongation_allowance(reason);
    match parcours.prolongation_cap_left(reason) {
        Some(0) => "plafond atteint".to_owned(),
        Some(left) if left == at_once => format!("{} en tout", french::days(left)),
        Some(left) => format!("{} en tout, {} au plus à la fois", french::days(left), french::days(at_once)),
        None => format!("sans plafond, {} au plus à la fois", french::days(at_once)),
    }
}
