//! Sentences of the directory. Templates call them, and askama hands its arguments over by reference: `impl Borrow`.

use std::borrow::Borrow;

use iae_app::directory::COUNTED_UP_TO;
use iae_domain::directory::{Applying, ContractType};
use iae_domain::organisations::CompanyKind;

use crate::french;

/// « 12 », or « plus de 1 000 » where counting further would cost.
pub fn count(found: i64) -> String {
    if found > COUNTED_UP_TO {
        format!("plus de {}", french::number(COUNTED_UP_TO))
    } else {
        french::number(found)
    }
}

/// « Répond en général sous 9 jours ».
pub fn usual_answer(days: impl Borrow<f64>) -> String {
    let days = *days.borrow();
    if days <= 1.0 {
        return "Répond en général sous un jour".to_owned();
    }
    // At most 182 days: the length of the window.
    #[expect(clippy::cast_possible_truncation, reason = "rounded up, within half a year")]
    let days = days.min(182.0).ceil() as i64;
    format!("Répond en général sous {}", french::plural(days, "jour", "jours"))
}

/// « 26 h par semaine ».
pub fn weekly_hours(hours: impl Borrow<i16>) -> String {
    format!("{}\u{a0}h par semaine", hours.borrow())
}

/// Why an employer may not be applied to; none when it may.
pub const fn notice(applying: Applying) -> Option<&'static str> {
    match applying {
        Applying::Open => None,
        Applying::NotRegistered => Some(
            "Cet employeur n’est pas encore inscrit\u{a0}: il ne peut pas recevoir de candidature en ligne.",
        ),
        Applying::Blocked => Some("Cet employeur ne prend pas de nouvelle candidature pour le moment."),
        Applying::NotWanted => {
            Some("Cet employeur n’a pas de poste ouvert et n’attend pas de candidature spontanée.")
        }
    }
}

/// What the posts of an employer are called (rule book 04 §4.4).
pub fn jobs_title(kind: impl Borrow<CompanyKind>) -> &'static str {
    match kind.borrow() {
        CompanyKind::Opcs => "Offres clauses sociales",
        CompanyKind::Aci
        | CompanyKind::Ai
        | CompanyKind::Ei
        | CompanyKind::Eiti
        | CompanyKind::Etti
        | CompanyKind::Geiq => "Postes ouverts au recrutement",
    }
}

/// The contract of a post: its own words when it is of another type.
pub fn contract(contract_type: impl Borrow<ContractType>, other: &str) -> &str {
    match *contract_type.borrow() {
        ContractType::Other if !other.is_empty() => other,
        named => named.label(),
    }
}

/// Whether a post asks for a CV.
pub fn cv(required: impl Borrow<bool>) -> &'static str {
    if *required.borrow() { "Demandé" } else { "Pas nécessaire" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stop_at_a_thousand() {
        assert_eq!(count(0), "0");
        assert_eq!(count(1000), "1\u{202f}000");
        assert_eq!(count(1001), "plus de 1\u{202f}000");
    }

    #[test]
    fn an_answer_is_never_promised_too_early() {
        assert_eq!(usual_answer(0.2), "Répond en général sous un jour");
        assert_eq!(usual_answer(8.1), "Répond en général sous 9\u{a0}jours");
    }
}
