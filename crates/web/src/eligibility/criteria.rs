//! The administrative criteria in plain words.

use iae_domain::eligibility::Criterion;

/// What the short label of a criterion leaves unsaid; empty where the label says all.
pub(crate) const fn meaning(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Rsa => "revenu de solidarité active",
        Criterion::Ass => "allocation de solidarité spécifique",
        Criterion::Aah => "allocation aux adultes handicapés",
        Criterion::Detld => "demande d'emploi de très longue durée, inscription depuis plus de 24 mois",
        Criterion::Ase => "aide sociale à l'enfance",
        Criterion::Deld => "demande d'emploi de longue durée, inscription depuis 12 à 24 mois",
        Criterion::DisabledWorker => "reconnaissance de la qualité de travailleur handicapé (RQTH)",
        Criterion::Zrr => "zone de revitalisation rurale, ou France ruralités revitalisation",
        Criterion::Qpv => "quartier prioritaire de la politique de la ville",
        Criterion::CapBep
        | Criterion::Senior
        | Criterion::Young
        | Criterion::LoneParent
        | Criterion::Homeless
        | Criterion::Refugee
        | Criterion::Justice
        | Criterion::French
        | Criterion::Mobility => "",
    }
}
