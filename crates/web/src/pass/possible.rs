//! What can be done with a PASS today, from when the rest can, and why not before (D11).

use chrono::NaiveDate;
use iae_domain::pass::suspension::NotSuspendable;
use iae_domain::pass::{HeldPass, NotProlongable, ProlongationReason};
use iae_domain::time::add_days;

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

/// All of them, in the order of a parcours, but those told elsewhere.
pub(super) fn all(held: &HeldPass, today: NaiveDate, told: ToldElsewhere) -> Vec<Possible> {
    let suspension = (!told.suspension).then(|| suspension(held, today));
    let prolongation = (!told.prolongation).then(|| prolongation(held, today));
    [Some(hire(held, today)), suspension, prolongation].into_iter().flatten().collect()
}

fn hire(held: &HeldPass, today: NaiveDate) -> Possible {
    let parcours = &held.pass.parcours;
    let end = french::date(parcours.end());
    let is_now = parcours.is_valid(today);
    let said = if !is_now {
        "Ce PASS IAE est terminé. Un nouveau suppose, pendant les deux ans qui suivent, le diagnostic d’un prescripteur habilité.".to_owned()
    } else if parcours.suspended_on(today).is_some() {
        "Une structure d’insertion peut embaucher avec ce PASS IAE\u{a0}: la suspension s’arrête alors la veille du contrat.".to_owned()
    } else {
        format!(
            "Une structure d’insertion peut embaucher avec ce PASS IAE, pour un contrat qui commence le {end} au plus tard."
        )
    };
    Possible { what: "Embaucher", is_now, said }
}

fn suspension(held: &HeldPass, today: NaiveDate) -> Possible {
    let possible = held.pass.parcours.suspension_possible(today);
    let said = match possible {
        Ok(()) => "Depuis aujourd’hui ou une date passée, par l’employeur de la dernière embauche, ou par un prescripteur habilité quand le contrat est terminé.".to_owned(),
        Err(NotSuspendable::Expired) => "Ce PASS IAE est terminé\u{a0}: il n’y a plus rien à suspendre.".to_owned(),
        Err(NotSuspendable::NotStarted { from }) => {
            format!("À partir du {}, premier jour du parcours.", french::date(from))
        }
        Err(NotSuspendable::Suspended { until }) => format!(
            "À nouveau à partir du {}\u{a0}: il est déjà suspendu jusqu’au {}.",
            french::date(add_days(until, 1)),
            french::date(until)
        ),
    };
    Possible { what: "Suspendre", is_now: possible.is_ok(), said }
}

fn prolongation(held: &HeldPass, today: NaiveDate) -> Possible {
    let parcours = &held.pass.parcours;
    let possible = parcours.prolongation_possible(today);
    let until = french::date(parcours.prolongation_window().end);
    let said = match possible {
        Ok(()) if !held.is_latest(today) => {
            return Possible {
                what: "Prolonger",
                is_now: false,
                said: "Un PASS IAE plus récent a été délivré\u{a0}: c’est lui qui peut être prolongé."
                    .to_owned(),
            };
        }
        Ok(()) => format!("Jusqu’au {until}, par un employeur qui a embauché avec ce PASS IAE."),
        Err(NotProlongable::TooEarly { from }) => {
            format!("À partir du {}, douze mois avant la fin, et jusqu’au {until}.", french::date(from))
        }
        Err(NotProlongable::TooLate { until }) => {
            format!("C’était possible jusqu’au {}, six mois après la fin.", french::date(until))
        }
        Err(NotProlongable::Suspended { until }) => format!(
            "À partir du {}, une fois la suspension terminée ou levée.",
            french::date(add_days(until, 1))
        ),
        Err(NotProlongable::Closed) => "Ce PASS IAE a été clôturé.".to_owned(),
    };
    Possible { what: "Prolonger", is_now: possible.is_ok(), said }
}

/// What each reason still allows: « RQTH : 365 jours ».
pub(super) fn allowances(held: &HeldPass) -> Vec<(&'static str, String)> {
    let parcours = &held.pass.parcours;
    let left = |reason: ProlongationReason| match parcours.prolongation_allowance(reason) {
        0 => "plafond atteint".to_owned(),
        days => format!("{} au plus à la fois", french::days(days)),
    };
    ProlongationReason::ALL.iter().map(|reason| (reason.label(), left(*reason))).collect()
}
