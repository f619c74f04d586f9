//! The administrative criteria in plain words.

use iae_app::eligibility::queries::ConfirmedProfile;
use iae_domain::candidates::EducationLevel;
use iae_domain::eligibility::{AgeContradicted, Criterion};
use iae_domain::time::age;

use crate::french;

/// What a criterion asks, in one line.
pub(crate) const fn meaning(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Rsa => "Revenu de solidarité active",
        Criterion::Ass => "Allocation de solidarité spécifique, après la fin des droits au chômage",
        Criterion::Aah => "Allocation aux adultes handicapés",
        Criterion::Detld => {
            "Demande d’emploi de très longue durée : inscription à France Travail depuis plus de 24 mois"
        }
        Criterion::CapBep => "Ni diplôme, ni formation au-delà du CAP ou du BEP",
        Criterion::Senior => "50 ans ou plus aujourd’hui",
        Criterion::Young => "Moins de 26 ans aujourd’hui",
        Criterion::Ase => "Anciennement à l’aide sociale à l’enfance",
        Criterion::Deld => {
            "Demande d’emploi de longue durée : inscription à France Travail depuis 12 à 24 mois"
        }
        Criterion::DisabledWorker => "Reconnaissance de la qualité de travailleur handicapé (RQTH) en cours",
        Criterion::LoneParent => "Élève seul un ou plusieurs enfants",
        Criterion::Homeless => "Sans logement stable aujourd’hui, ou l’ayant été",
        Criterion::Refugee => "Titre de séjour ou autorisation de travail en cours",
        Criterion::Zrr => {
            "Habite une commune en zone de revitalisation rurale, ou France ruralités revitalisation"
        }
        Criterion::Qpv => {
            "Habite un quartier prioritaire de la politique de la ville : l’adresse est à vérifier avec la personne"
        }
        Criterion::Justice => "Sortie de prison récente, ou mesure de justice en cours",
        Criterion::French => "Ne lit, n’écrit ou ne parle pas encore le français courant",
        Criterion::Mobility => "Sans moyen de transport pour aller travailler, d’après un bilan de mobilité",
    }
}

/// Why a criterion of age is refused, and how to go on (D12).
pub(crate) fn age_contradicted(contradicted: AgeContradicted) -> String {
    let AgeContradicted { criterion, years } = contradicted;
    format!(
        "«\u{a0}{}\u{a0}» ne convient pas\u{a0}: d’après sa date de naissance, la personne a {}. Décochez ce critère\u{a0}; \
         si la date est fausse, elle se corrige dans le dossier.",
        criterion.label(),
        french::plural(years.into(), "an", "ans"),
    )
}

/// What the file says that matches a criterion: « 51 ans ».
pub(super) fn reason(criterion: Criterion, profile: &ConfirmedProfile, today: chrono::NaiveDate) -> String {
    match criterion {
        Criterion::Senior | Criterion::Young => {
            let years = profile.birth_date.map_or(0, |born| age(born, today));
            french::plural(years.into(), "an", "ans")
        }
        Criterion::CapBep => {
            let level = profile.education_level.as_deref().and_then(EducationLevel::parse);
            level.map_or_else(String::new, |level| level.label().to_owned())
        }
        Criterion::Zrr => format!("{} est entièrement classée", profile.city),
        Criterion::Rsa
        | Criterion::Ass
        | Criterion::Aah
        | Criterion::Detld
        | Criterion::Ase
        | Criterion::Deld
        | Criterion::DisabledWorker
        | Criterion::LoneParent
        | Criterion::Homeless
        | Criterion::Refugee
        | Criterion::Qpv
        | Criterion::Justice
        | Criterion::French
        | Criterion::Mobility => String::new(),
    }
}
