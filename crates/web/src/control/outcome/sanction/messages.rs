//! What is said of the mistakes of a decision.

use chrono::NaiveDate;
use iae_app::control::controls::queries::review::CompanyCard;
use iae_domain::control::{SanctionsRefused, WithdrawalRefused};

use super::form::{FROM, TO};
use crate::forms::FieldErrors;
use crate::french;

pub(super) const NO_REASON: &str = "Choisissez le motif principal du résultat.";
pub(super) const NO_COMMENT: &str =
    "Expliquez ce qui a été constaté\u{a0}: la structure le lira avec la décision.";
pub(super) const NO_TRAINING: &str = "Précisez la session\u{a0}: où, quand, comment s’y inscrire.";
pub(super) const NO_LENIENCY: &str =
    "Dites pourquoi vous ne sanctionnez pas\u{a0}: la structure le lira dans l’e-mail.";
pub(super) const NO_FIRST_DAY: &str = "Indiquez le premier jour du retrait.";
pub(super) const NO_LAST_DAY: &str = "Indiquez le dernier jour du retrait temporaire.";
pub(super) const NOTHING_CUT: &str =
    "Indiquez plus de 0\u{a0}% pour une auto-prescription au moins, ou revenez au choix de la sanction.";
pub(super) const FOREIGN_LINE: &str = "Un pourcentage ne concerne aucune auto-prescription de ce contrôle dont l’aide puisse être supprimée\u{a0}: il \
     est écarté, vérifiez les autres.";

/// What is wrong with the percentage of a hire, which its rank names.
pub(super) fn no_percent(rank: u16) -> String {
    format!("Auto-prescription {rank} : indiquez un nombre entier, de 0 à 100 (0 pour ne rien supprimer).")
}

/// Everything that is wrong with a choice of sanctions, a line each.
pub(super) fn choice(refused: &[SanctionsRefused]) -> String {
    let words = |refused: &SanctionsRefused| match refused {
        SanctionsRefused::Nothing => "Choisissez au moins une sanction, ou « Ne pas sanctionner ».",
        SanctionsRefused::TwoWithdrawals => {
            "Un retrait est temporaire ou définitif : choisissez l’un des deux."
        }
        SanctionsRefused::NoneWithOthers => {
            "« Ne pas sanctionner » ne se choisit avec aucune sanction : décochez l’un ou l’autre."
        }
    };
    refused.iter().map(words).collect::<Vec<_>>().join("\n")
}

/// What is wrong with the days of a withdrawal, beside its field; gives the first day it may start, when it starts too soon.
pub(super) fn add_day(errors: &mut FieldErrors, refused: WithdrawalRefused) -> Option<NaiveDate> {
    match refused {
        WithdrawalRefused::FromTooSoon { earliest } => {
            let day = french::date(earliest);
            errors.add(FROM, format!("Au plus tôt le {day} : la structure est prévenue un mois à l’avance."));
            return Some(earliest);
        }
        WithdrawalRefused::ToTooSoon { earliest } => {
            errors.add(TO, format!("Au plus tôt le {}.", french::date(earliest)));
        }
        WithdrawalRefused::ToTooLate { latest } => {
            let day = french::date(latest);
            errors.add(
                TO,
                format!(
                    "Au plus tard le {day}\u{a0}: le retrait notifié s’arrête ce jour-là, et la structure est prévenue un mois à l’avance \
                     de tout autre jour."
                ),
            );
        }
        WithdrawalRefused::Backwards => errors.add(TO, "Le dernier jour ne peut pas précéder le premier."),
    }
    None
}

/// What is wrong with days that were right when the form was read: the decision is made on another one.
pub(in super::super) fn days(refused: WithdrawalRefused) -> FieldErrors {
    let mut errors = FieldErrors::default();
    add_day(&mut errors, refused);
    errors
}

/// Whether a mail tells the SIAE of what is decided.
pub(in super::super) fn told(company: &CompanyCard) -> &'static str {
    if company.administrators.is_empty() {
        "Personne n’administre la structure : aucun e-mail ne lui parvient. Prévenez-la par courrier."
    } else {
        "Les administrateurs de la structure sont prévenus par e-mail."
    }
}
