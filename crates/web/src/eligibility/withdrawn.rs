//! What is said of an SIAE that may not prescribe to itself (rule book 04 §1.16): on which days, and what it may still do.

use iae_domain::control::Withdrawal;
use iae_domain::eligibility::Withdrawn;

use crate::french::{date, period, spaced};

/// Who may still be hired, and what to do for the others.
pub(crate) const STILL_POSSIBLE: &str = "Vous pouvez toujours embaucher une personne qui a un PASS IAE valide, ou un diagnostic d’éligibilité \
    valide fait par un prescripteur habilité. Pour une autre personne, demandez ce diagnostic à un prescripteur habilité \
    (France Travail, mission locale, Cap emploi…).";

/// « Votre structure ne peut plus valider elle-même l’éligibilité du 4 mai au 3 juin 2026 (décision de la DDETS). »
pub(crate) fn holds(withdrawn: &Withdrawn) -> String {
    let days = match withdrawn.days {
        Withdrawal { from, to: Some(to) } => period(from, to),
        Withdrawal { from, to: None } => format!("depuis le {}, définitivement", date(from)),
    };
    spaced(&format!(
        "Votre structure ne peut plus valider elle-même l’éligibilité {days} (décision de la DDETS)."
    ))
}

/// The same before its first day.
pub(crate) fn comes(withdrawn: &Withdrawn) -> String {
    let Withdrawal { from, to } = withdrawn.days;
    let until = to.map_or_else(|| "définitivement".to_owned(), |to| format!("jusqu’au {} inclus", date(to)));
    spaced(&format!(
        "À partir du {}, votre structure ne pourra plus valider elle-même l’éligibilité, {until} (décision de la DDETS).",
        date(from)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use iae_domain::ids::ControlId;

    fn said(words: fn(&Withdrawn) -> String, from: &str, to: Option<&str>) -> String {
        let day = |text: &str| text.parse().unwrap();
        let days = Withdrawal { from: day(from), to: to.map(day) };
        let control = ControlId(uuid::Uuid::from_u128(1));
        words(&Withdrawn { days, control }).replace('\u{a0}', " ")
    }

    #[test]
    fn a_withdrawal_says_its_days() {
        let ended = Some("2026-06-03");
        assert_eq!(
            said(holds, "2026-05-04", ended),
            "Votre structure ne peut plus valider elle-même l’éligibilité du 4 mai au 3 juin 2026 (décision de la DDETS)."
        );
        assert_eq!(
            said(holds, "2026-05-04", None),
            "Votre structure ne peut plus valider elle-même l’éligibilité depuis le 4 mai 2026, définitivement (décision de \
             la DDETS)."
        );
        assert_eq!(
            said(comes, "2026-05-04", ended),
            "À partir du 4 mai 2026, votre structure ne pourra plus valider elle-même l’éligibilité, jusqu’au 3 juin 2026 \
             inclus (décision de la DDETS)."
        );
        assert_eq!(
            said(comes, "2026-05-04", None),
            "À partir du 4 mai 2026, votre structure ne pourra plus valider elle-même l’éligibilité, définitivement \
             (décision de la DDETS)."
        );
    }
}
