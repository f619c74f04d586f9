//! Why the dates of a parcours cannot be what is asked, in the words of its forms: each mistake beside its field.

use iae_domain::pass::suspension::NotSuspendable;
use iae_domain::pass::{NotProlongable, NotSimulated, ProlongationMistake};
use iae_domain::time::add_days;

use super::suspension;
use crate::forms::FieldErrors;
use crate::french::date;

/// Of a simulation: `starts_on` and `ends_on` are the days of a suspension, `reason` and `until` those of a prolongation.
pub(super) fn not_simulated(refused: NotSimulated) -> FieldErrors {
    match refused {
        NotSimulated::NotSuspendable(why) => FieldErrors::one("starts_on", not_suspendable(why)),
        NotSimulated::Suspension(mistakes) => {
            let mut errors = FieldErrors::default();
            for mistake in mistakes {
                suspension::add_day(&mut errors, mistake);
            }
            errors
        }
        NotSimulated::NotProlongable(why) => FieldErrors::one("until", not_prolongable(why)),
        NotSimulated::Prolongation(mistakes) => prolongation(&mistakes, ("reason", "until")),
    }
}

/// Why a PASS cannot be suspended that day.
pub(super) fn not_suspendable(why: NotSuspendable) -> String {
    match why {
        NotSuspendable::Expired => "Le PASS IAE est terminé à cette date.".to_owned(),
        NotSuspendable::NotStarted { from } => format!("Le parcours commence le {}.", date(from)),
        NotSuspendable::Suspended { until } => format!(
            "Le PASS IAE est déjà suspendu jusqu’au {}. Une autre suspension peut commencer le {}.",
            date(until),
            date(add_days(until, 1))
        ),
    }
}

/// Why a PASS cannot be prolonged.
pub(super) fn not_prolongable(why: NotProlongable) -> String {
    match why {
        NotProlongable::TooEarly { from } => {
            format!(
                "Une prolongation peut être demandée à partir du {}, douze mois avant la fin.",
                date(from)
            )
        }
        NotProlongable::TooLate { until } => {
            format!("Une prolongation pouvait être demandée jusqu’au {}, six mois après la fin.", date(until))
        }
        NotProlongable::Suspended { until } => format!(
            "Le PASS IAE est suspendu jusqu’au {}\u{a0}: il peut être prolongé une fois la suspension terminée ou levée.",
            date(until)
        ),
        NotProlongable::Closed => {
            "Le PASS IAE a été clôturé\u{a0}: il ne peut plus être prolongé.".to_owned()
        }
    }
}

/// The mistakes of a prolongation, in these two fields.
pub(super) fn prolongation(
    mistakes: &[ProlongationMistake],
    (reason, end): (&'static str, &'static str),
) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for mistake in mistakes {
        match *mistake {
            ProlongationMistake::NotOffered => {
                errors.add(reason, "Ce motif n’est pas prévu pour ce type de structure.");
            }
            ProlongationMistake::CapReached => {
                errors.add(reason, "Tout ce que ce motif permet d’ajouter l’a déjà été.");
            }
            ProlongationMistake::TooYoung { least } => {
                errors.add(reason, format!("La personne a moins de {least} ans."));
            }
            ProlongationMistake::ParcoursTooShort => {
                errors.add(reason, "Ce motif suppose au moins douze mois de parcours.");
            }
            ProlongationMistake::AddsNothing => {
                errors.add(end, "La prolongation doit aller au-delà de la fin actuelle du PASS IAE.");
            }
            ProlongationMistake::TooLong { latest } => {
                errors.add(end, format!("Ce motif permet d’aller jusqu’au {} au plus.", date(latest)));
            }
            ProlongationMistake::Overlaps => {
                errors.add(end, "Une autre prolongation couvre une partie de ces dates.");
            }
        }
    }
    errors
}
