//! Why the dates of a parcours cannot be what is asked, in the words of its forms: each mistake beside its field; what changed
//! meanwhile.

use chrono::NaiveDate;
use iae_app::pass::queries::LastMove;
use iae_domain::pass::NotSimulated;
use iae_domain::pass::suspension::{NotSuspendable, has_unknown_end};
use iae_domain::time::{Period, add_days};

use super::{prolongation, suspension};
use crate::forms::FieldErrors;
use crate::french::{date, date_time, period};

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
        NotSimulated::NotProlongable(why) => FieldErrors::one("until", prolongation::not_open(why.into())),
        NotSimulated::Prolongation(mistakes) => prolongation::mistakes(&mistakes, "until"),
    }
}

/// Why a PASS cannot be suspended that day.
fn not_suspendable(why: NotSuspendable) -> String {
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

/// The days of a suspension; of one whose end is not known, those it has at most (rule book 03 §5.4).
pub(crate) fn suspended_over(days: Period) -> String {
    let said = period(days.start, days.end);
    if has_unknown_end(days) { format!("{said} au plus tard (fin inconnue)") } else { said }
}

/// « jusqu’au 2 juin 2029 au plus tard (fin inconnue) ».
pub(crate) fn suspended_until(days: Period) -> String {
    let said = format!("jusqu’au {}", date(days.end));
    if has_unknown_end(days) { format!("{said} au plus tard (fin inconnue)") } else { said }
}

/// What changed since a page was shown, by whom and when (D32).
pub(crate) fn moved(end: NaiveDate, last: Option<&LastMove>) -> String {
    let end = format!("Ce PASS IAE se termine maintenant le {}.", date(end));
    let Some(LastMove { what, by, organisation, at, .. }) = last else { return end };
    let by = by.as_deref().unwrap_or("Le service");
    let organisation = organisation.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
    format!("{by}{organisation} {} le {}. {end}", what.label(), date_time(*at))
}
