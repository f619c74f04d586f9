//! What is said of a control in several pages: how far the review is, what is waited for, how long is left.

use chrono::NaiveDate;
use iae_app::control::controls::queries::review::{Progress, Waits};

use crate::french::{agree, date, days, plural, spaced};

/// A count as the words of French take it.
pub(super) fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// « 3 justificatifs sur 10 traités ».
pub(super) fn progress(progress: Progress) -> String {
    let Progress { submitted, treated } = progress;
    if submitted == 0 {
        return "Aucun justificatif transmis".to_owned();
    }
    let treated = count(treated);
    let proofs = plural(treated, "justificatif", "justificatifs");
    format!("{proofs} sur {submitted} {}", agree(treated, "traité", "traités"))
}

/// « 3 justificatifs à traiter ».
pub(super) fn to_review(proofs: usize) -> String {
    format!("{} à traiter", plural(count(proofs), "justificatif", "justificatifs"))
}

/// What a control waits for.
pub(super) fn waits(waits: Waits) -> String {
    match waits {
        Waits::Review { proofs, .. } => to_review(proofs),
        Waits::Validation { .. } => "Tout est traité, à valider".to_owned(),
        Waits::Company { .. } => "Justificatifs attendus de la structure".to_owned(),
        Waits::NextPhase { on } => spaced(&format!("Rien avant la suite, prévue le {}", date(on))),
        Waits::Nothing => "Contrôle terminé".to_owned(),
    }
}

/// « il reste 12 jours », « c’est le dernier jour », « c’était il y a 2 jours ».
pub(super) fn left(until: NaiveDate, today: NaiveDate) -> String {
    let left = (until - today).num_days();
    match left {
        0 => "c’est aujourd’hui le dernier jour".to_owned(),
        1.. => format!("il reste {}", days(left.unsigned_abs())),
        ..0 => format!("c’était il y a {}", days(left.unsigned_abs())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        text.replace('\u{a0}', " ")
    }

    #[test]
    fn how_far_the_review_is() {
        for (submitted, treated, expected) in [
            (0, 0, "Aucun justificatif transmis"),
            (10, 0, "0 justificatif sur 10 traité"),
            (10, 1, "1 justificatif sur 10 traité"),
            (10, 3, "3 justificatifs sur 10 traités"),
        ] {
            assert_eq!(plain(&progress(Progress { submitted, treated })), expected);
        }
    }

    #[test]
    fn how_long_is_left() {
        let day = |text: &str| text.parse().unwrap();
        let left = |until: &str| plain(&left(day(until), day("2026-08-10")));
        assert_eq!(left("2026-08-22"), "il reste 12 jours");
        assert_eq!(left("2026-08-11"), "il reste 1 jour");
        assert_eq!(left("2026-08-10"), "c’est aujourd’hui le dernier jour");
        assert_eq!(left("2026-08-08"), "c’était il y a 2 jours");
    }
}
