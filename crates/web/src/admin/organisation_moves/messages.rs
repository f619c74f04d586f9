//! Why nothing moves, and what to do.

use iae_domain::organisations::merger::MergerRefused;
use iae_domain::organisations::transfer::{Fit, TransferRefused};

use crate::forms::FieldErrors;

/// Of a merger; what changed meanwhile has a page of its own.
pub(super) fn merger(refused: MergerRefused) -> FieldErrors {
    let (field, said) = match refused {
        MergerRefused::RightToChoose => {
            ("right", "Dites quelle habilitation garde l’organisation qui reste.")
        }
        MergerRefused::OrderInForce => (
            "right",
            "Cette habilitation repose sur un arrêté préfectoral, qui nomme son organisation : il ne se transmet pas, et seul \
             le préfet l’abroge. L’organisation qui reste peut demander la sienne.",
        ),
        MergerRefused::KindToChoose => (
            "right",
            "Une organisation de nature « Autre » n’est jamais habilitée : choisissez d’abord la nature de celle qui reste.",
        ),
        MergerRefused::OrderToEnter => (
            "right",
            "L’organisation qui reste est habilitée par le préfet : saisissez d’abord son arrêté, avec ses dates.",
        ),
        MergerRefused::Same => {
            ("", "Choisissez une autre organisation : on ne fusionne pas une organisation avec elle-même.")
        }
        MergerRefused::Closed => ("", "Une de ces organisations est déjà fusionnée dans une autre."),
        MergerRefused::FranceTravail => (
            "",
            "Une agence de France Travail ne fusionne qu’avec une autre agence : elles viennent de leur annuaire.",
        ),
        MergerRefused::Instructed => (
            "",
            "La DDETS instruit une demande d’habilitation de l’organisation à fermer : attendez sa décision.",
        ),
        MergerRefused::Overtaken => ("", "Ce qui serait déplacé a changé : relisez la page."),
    };
    FieldErrors::one(field, said)
}

/// Why a category may not move between two companies.
pub(super) const fn unfit(fit: Fit) -> Option<&'static str> {
    match fit {
        Fit::Fits => None,
        Fit::SiaeOnly | Fit::Absent => Some("Propre à l’IAE : la cible n’est pas une structure d’insertion."),
        Fit::OtherNature => Some(
            "Les embauches d’une structure d’insertion reposent sur un PASS IAE, celles des autres employeurs jamais.",
        ),
    }
}

/// Of a transfer; what changed meanwhile has a page of its own.
pub(super) fn transfer(refused: TransferRefused) -> FieldErrors {
    let said = match refused {
        TransferRefused::Nothing => {
            return FieldErrors::one(
                "categories",
                "Choisissez ce qui est déplacé, ou désactivez la structure source.",
            );
        }
        TransferRefused::Unfit(category) => {
            let said = format!("« {category} » ne peut pas être déplacé vers cette structure.");
            return FieldErrors::one("categories", said);
        }
        TransferRefused::Apart(category, needed) => {
            let said = format!(
                "« {category} » part avec « {needed} » : une embauche se contrôle là où est le diagnostic qui l’a permise."
            );
            return FieldErrors::one("categories", said);
        }
        TransferRefused::Same => "Choisissez une autre structure : la source et la cible sont la même.",
        TransferRefused::Closed => "Une de ces structures est fermée : une autre l’a remplacée.",
        TransferRefused::NotCompanies => "Un transfert se fait entre deux employeurs.",
        TransferRefused::Emptied => {
            "Cette structure est désactivée, et ce qu’elle avait a déjà été transféré : il ne lui reste rien à donner."
        }
        TransferRefused::ToAntenna => {
            "Une structure qui vient de l’ASP ne transfère rien à une antenne, qui dépend d’une autre structure : choisissez cette \
             autre structure."
        }
        TransferRefused::Overtaken => "Ce qui serait déplacé a changé : relisez la page.",
    };
    FieldErrors::one("", said)
}
