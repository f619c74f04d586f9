//! What the hire rests on, and what it still lacks, for the acceptance page.

use chrono::NaiveDate;
use iae_app::applications::detail::{ApplicationDetail, DiagnosisCard};
use iae_domain::eligibility::{AuthorKind, Criterion};
use iae_domain::pass::{Pass, validity};

/// Where eligibility stands when an employer is about to hire.
#[derive(Debug, Clone)]
pub(super) enum Eligibility {
    /// GEIQ, OPCS: the rules of the IAE do not apply (ACC-33).
    NotConcerned,
    /// A valid PASS: nothing to validate.
    ValidPass(Pass),
    /// A diagnosis the hire may rest on.
    Validated(DiagnosisCard),
    /// The company makes its own (auto-prescription).
    ToValidate,
    /// In the waiting period, without a prescripteur habilité's diagnosis.
    WaitingPeriod(NaiveDate),
}

impl Eligibility {
    pub(super) fn of(application: &ApplicationDetail, today: NaiveDate) -> Self {
        if !application.company.kind.is_siae() {
            return Self::NotConcerned;
        }
        if let Some(pass) = application.pass.as_ref().filter(|pass| validity::is_valid(pass.period, today)) {
            return Self::ValidPass(pass.clone());
        }
        let by_prescriber = |card: &&DiagnosisCard| card.diagnosis.author_kind == AuthorKind::Prescriber;
        match (application.waiting_until, &application.diagnosis) {
            (Some(until), diagnosis) => match diagnosis.as_ref().filter(by_prescriber) {
                Some(card) => Self::Validated(card.clone()),
                None => Self::WaitingPeriod(until),
            },
            (None, Some(card)) => Self::Validated(card.clone()),
            (None, None) => Self::ToValidate,
        }
    }

    pub(super) const fn is_to_validate(&self) -> bool {
        matches!(self, Self::ToValidate)
    }

    pub(super) const fn waiting_until(&self) -> Option<NaiveDate> {
        match self {
            Self::WaitingPeriod(until) => Some(*until),
            Self::NotConcerned | Self::ValidPass(_) | Self::Validated(_) | Self::ToValidate => None,
        }
    }

    /// What is said once the hire is written.
    pub(super) const fn done(&self) -> &'static str {
        match self {
            Self::NotConcerned => "La personne et son accompagnateur sont prévenus.",
            Self::ValidPass(_) | Self::Validated(_) | Self::ToValidate | Self::WaitingPeriod(_) => {
                "La personne et son accompagnateur sont prévenus. Le PASS IAE est rattaché à ce contrat."
            }
        }
    }
}

/// The proof an SIAE keeps for each criterion, with its age on the day the PASS is delivered (rule book 03 §2.3).
pub(super) const fn proof(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Rsa => "attestation RSA de moins de 3 mois",
        Criterion::Ass => "attestation ASS de moins de 3 mois",
        Criterion::Aah => "attestation AAH de moins de 3 mois",
        Criterion::Detld | Criterion::Deld => "attestation France Travail de moins de 3 mois",
        Criterion::CapBep => "diplôme, ou attestation sur l'honneur de moins de 3 mois",
        Criterion::Senior | Criterion::Young => "pièce d'identité",
        Criterion::Ase => "attestation de l'ASE de moins de 12 mois",
        Criterion::DisabledWorker => "décision de RQTH en cours de validité à l'embauche",
        Criterion::LoneParent => "attestation CAF de moins de 3 mois",
        Criterion::Homeless => {
            "attestation de domiciliation, ou attestation d'un travailleur social ou d'une association de moins de 3 mois"
        }
        Criterion::Refugee => {
            "titre de séjour ou demande de renouvellement ; autorisation provisoire de travail ou de séjour, en cours de validité"
        }
        Criterion::Zrr | Criterion::Qpv => "justificatif de domicile de moins de 6 mois",
        Criterion::Justice => {
            "billet de sortie ou certificat du juge de l'application des peines de moins de 6 mois"
        }
        Criterion::French => "évaluation de français inférieure au niveau A1 de moins de 6 mois",
        Criterion::Mobility => "diagnostic de mobilité d'un prescripteur habilité de moins de 6 mois",
    }
}
