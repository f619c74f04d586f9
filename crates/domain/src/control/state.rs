//! What a criterion, a hire and an SIAE are at (rule book 04 §1.8).

use chrono::{DateTime, Utc};

use crate::code::code;

code! {
    /// What the DDETS decided of the proof of a criterion.
    Review {
        Pending = "pending", "En attente";
        Accepted = "accepted", "Validé";
        Refused = "refused", "Problème constaté";
        /// Refused in the contradictory phase: it is never replaced.
        RefusedTwice = "refused_twice", "Problème constaté (x2)";
    }
}

code! {
    /// What a controlled hire is at, best first: that of its criterion that is furthest from accepted.
    HireState {
        Accepted = "accepted", "Validé";
        Refused = "refused", "Problème constaté";
        RefusedTwice = "refused_twice", "Problème constaté (x2)";
        Submitted = "submitted", "Transmis";
        Uploaded = "uploaded", "Justificatifs téléversés";
        Processing = "processing", "En cours";
        Pending = "pending", "À traiter";
    }
}

code! {
    /// What a controlled SIAE is at, from its hires alone, best first.
    RawState {
        Accepted = "accepted", "Validé";
        Refused = "refused", "Problème constaté";
        Submitted = "submitted", "Transmis";
        /// Every criterion has its proof: it may be submitted.
        Submittable = "submittable", "Prêt à transmettre";
        Pending = "pending", "À traiter";
    }
}

code! {
    /// The result kept at the end of a campaign.
    FinalState {
        Accepted = "accepted", "Résultat positif";
        Refused = "refused", "Résultat négatif";
    }
}

/// What a controlled SIAE is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompanyState {
    /// Nothing is at fault, or the administration kept silent to the end.
    Accepted,
    /// Something is at fault, or nothing came.
    Refused,
    /// A proof waits for the DDETS.
    Submitted,
    /// The SIAE may submit.
    Submittable,
    /// The SIAE has something to choose or to give.
    Pending,
    /// The DDETS validated its review, and the control is not over.
    Adversarial,
}

/// A criterion that an SIAE defends for one hire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defended {
    /// The State certified it for the day of the hire: no proof is asked.
    pub is_certified: bool,
    /// A proof was given.
    pub has_proof: bool,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// What was decided of it.
    pub review: Review,
}

impl Defended {
    /// What it makes of its hire.
    pub const fn state(self) -> HireState {
        match self {
            Self { is_certified: true, .. } => HireState::Accepted,
            Self { has_proof: false, .. } => HireState::Processing,
            Self { submitted_at: None, .. } => HireState::Uploaded,
            Self { review: Review::Pending, .. } => HireState::Submitted,
            Self { review: Review::Accepted, .. } => HireState::Accepted,
            Self { review: Review::Refused, .. } => HireState::Refused,
            Self { review: Review::RefusedTwice, .. } => HireState::RefusedTwice,
        }
    }
}

impl HireState {
    /// Of a hire and the criteria defended for it; pending while none is chosen.
    pub fn of(defended: &[Defended]) -> Self {
        defended.iter().map(|one| one.state()).max().unwrap_or(Self::Pending)
    }

    /// What it makes of its SIAE.
    pub const fn raw(self) -> RawState {
        match self {
            Self::Pending | Self::Processing => RawState::Pending,
            Self::Uploaded => RawState::Submittable,
            Self::Submitted => RawState::Submitted,
            Self::Refused | Self::RefusedTwice => RawState::Refused,
            Self::Accepted => RawState::Accepted,
        }
    }
}

impl RawState {
    /// Of an SIAE and its drawn hires; pending when it has none.
    pub fn of(hires: impl IntoIterator<Item = HireState>) -> Self {
        hires.into_iter().map(HireState::raw).max().unwrap_or(Self::Pending)
    }
}

/// What a campaign is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Campaign {
    /// Launched and not closed.
    Open,
    /// Closed.
    Ended,
}

/// What was decided of an SIAE as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reviewed {
    /// When the result of the amicable phase was validated.
    pub at: Option<DateTime<Utc>>,
    /// When the result was validated for good; never before the first.
    pub finally_at: Option<DateTime<Utc>>,
    /// The result kept when the campaign ended.
    pub final_state: Option<FinalState>,
}

impl Reviewed {
    /// Whether nothing more is decided.
    pub const fn is_final(self, campaign: Campaign) -> bool {
        self.finally_at.is_some() || matches!(campaign, Campaign::Ended)
    }

    /// What an SIAE is at, its hires being at `raw`. The silence of the administration benefits the SIAE: what it submitted
    /// and nobody treated is accepted in the end.
    pub const fn state(self, raw: RawState, campaign: Campaign) -> CompanyState {
        match self.final_state {
            Some(FinalState::Accepted) => return CompanyState::Accepted,
            Some(FinalState::Refused) => return CompanyState::Refused,
            None => {}
        }
        let is_final = self.is_final(campaign);
        match raw {
            RawState::Pending | RawState::Submittable if is_final => CompanyState::Refused,
            RawState::Pending => CompanyState::Pending,
            RawState::Submittable => CompanyState::Submittable,
            RawState::Submitted if is_final => CompanyState::Accepted,
            RawState::Submitted => CompanyState::Submitted,
            RawState::Accepted | RawState::Refused if self.at.is_some() && !is_final => {
                CompanyState::Adversarial
            }
            RawState::Accepted => CompanyState::Accepted,
            RawState::Refused => CompanyState::Refused,
        }
    }
}

#[cfg(test)]
mod tests;
