//! What is said to someone who asked all they may for now (`domain/budget.rs`).

use iae_domain::budget::{Budget, Exhausted};

use crate::french::{date_time, whole_minute};

/// What was limited.
pub(crate) const fn title(budget: Budget) -> &'static str {
    match budget {
        Budget::LookUp => "Vous avez recherché beaucoup de personnes en peu de temps",
        Budget::NewFile => "Vous avez créé beaucoup de dossiers en peu de temps",
        Budget::Upload => "Vous avez envoyé beaucoup de fichiers en peu de temps",
        Budget::AttestationCheck => "Beaucoup de codes inconnus ont été essayés en peu de temps",
        Budget::Picture => "Vous avez lu beaucoup de pages de justificatifs en peu de temps",
    }
}

/// The same beside a form whose values are kept: when it may be sent again.
pub(crate) fn said(exhausted: &Exhausted) -> String {
    format!("{}. {}", title(exhausted.budget), told(exhausted))
}

/// What is possible again, and when, once those who are to know it were told.
pub(crate) fn told(exhausted: &Exhausted) -> String {
    format!(
        "{} L’équipe du service et les administrateurs de votre structure en sont informés.",
        what_next(exhausted)
    )
}

/// The same when nobody was told: there is still some, and less than what is asked for.
pub(crate) fn what_next(exhausted: &Exhausted) -> String {
    let Exhausted { budget, until } = *exhausted;
    let from = date_time(whole_minute(until));
    match budget {
        Budget::LookUp | Budget::NewFile | Budget::AttestationCheck => {
            format!("Vous pourrez envoyer ce formulaire à partir du {from}\u{a0}: gardez cette page ouverte.")
        }
        Budget::Upload => format!("Vous pourrez en joindre un à partir du {from}, ou continuer sans lui."),
        Budget::Picture => {
            format!(
                "Elles seront de nouveau montrées à partir du {from}. Les fichiers se téléchargent toujours."
            )
        }
    }
}
