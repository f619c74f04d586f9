//! What the hire rests on, and what it still lacks, for the acceptance page.

use chrono::NaiveDate;
use iae_app::applications::detail::{ApplicationDetail, DiagnosisCard};
use iae_domain::candidates::Identification;
use iae_domain::eligibility::{AuthorKind, Withdrawn};
use iae_domain::pass::Pass;

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
    /// The company may not make its own, and nothing else stands (rule book 04 §1.16).
    Withdrawn(Withdrawn),
}

impl Eligibility {
    pub(super) fn of(application: &ApplicationDetail, today: NaiveDate) -> Self {
        if !application.company.kind.is_siae() {
            return Self::NotConcerned;
        }
        if let Some(pass) = application.pass.as_ref().filter(|pass| pass.parcours.is_valid(today)) {
            return Self::ValidPass(pass.clone());
        }
        if let Some(withdrawn) = application.withdrawn {
            return Self::Withdrawn(withdrawn);
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

    /// Last day of the PASS that will serve, once its suspension is lifted by a contract from this day on (W4).
    pub(super) fn pass_end(&self, contract: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::ValidPass(pass) => Some(pass.parcours.hired(contract, today).end()),
            Self::NotConcerned
            | Self::Validated(_)
            | Self::ToValidate
            | Self::WaitingPeriod(_)
            | Self::Withdrawn(_) => None,
        }
    }

    pub(super) const fn waiting_until(&self) -> Option<NaiveDate> {
        match self {
            Self::WaitingPeriod(until) => Some(*until),
            Self::NotConcerned
            | Self::ValidPass(_)
            | Self::Validated(_)
            | Self::ToValidate
            | Self::Withdrawn(_) => None,
        }
    }

    pub(super) const fn withdrawn(&self) -> Option<Withdrawn> {
        match self {
            Self::Withdrawn(withdrawn) => Some(*withdrawn),
            Self::NotConcerned
            | Self::ValidPass(_)
            | Self::Validated(_)
            | Self::ToValidate
            | Self::WaitingPeriod(_) => None,
        }
    }

    /// Whether a PASS would be delivered, and for want of an identifier by the team, after checking (rule book 02
    /// §6.5, 3d).
    pub(super) const fn awaits_manual_delivery(&self, identification: Identification) -> bool {
        match self {
            Self::Validated(_) | Self::ToValidate => !identification.allows_automatic_delivery(),
            Self::NotConcerned | Self::ValidPass(_) | Self::WaitingPeriod(_) | Self::Withdrawn(_) => false,
        }
    }
}
