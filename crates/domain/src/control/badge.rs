//! What each side reads of a control in progress: nothing is revealed to the SIAE before its day (rule book 04 §1.13, §1.14).

use chrono::NaiveDate;

use super::state::{Campaign, CompanyState, Defended, HireState, RawState, Review, Reviewed};
use crate::code::code;

code! {
    /// The badge of a controlled hire or of a controlled SIAE.
    Badge {
        ToDo = "to_do", "À traiter";
        InProgress = "in_progress", "En cours";
        Waiting = "waiting", "En attente";
        Uploaded = "uploaded", "Justificatifs téléversés";
        NotUploaded = "not_uploaded", "Non téléversés";
        PartlyUploaded = "partly_uploaded", "Téléversement incomplet";
        NotSent = "not_sent", "Justificatifs non transmis";
        Sent = "sent", "Transmis";
        NotControlled = "not_controlled", "Justificatifs non contrôlés";
        Problem = "problem", "Problème constaté";
        Valid = "valid", "Validé";
        Positive = "positive", "Résultat positif";
        Negative = "negative", "Résultat négatif";
        ToNotify = "to_notify", "Notification à faire";
        Adversarial = "adversarial", "Phase contradictoire";
        AdversarialWaiting = "adversarial_waiting", "Phase contradictoire - En attente";
        AdversarialToDo = "adversarial_to_do", "Phase contradictoire - À traiter";
        AdversarialProblem = "adversarial_problem", "Phase contradictoire - Problème constaté";
    }
}

/// Where the control of an SIAE stands, for who looks at it on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// Open or ended.
    pub campaign: Campaign,
    /// Whether the SIAE may not submit now.
    pub is_frozen: bool,
    /// What was validated.
    pub reviewed: Reviewed,
    /// The first day of the contradictory phase, as the calendar says.
    pub adversarial_from: NaiveDate,
    /// Whether that phase was begun: the team does it, some days later perhaps.
    pub is_adversarial: bool,
    /// The day it is, in Paris.
    pub today: NaiveDate,
}

impl Stage {
    /// Whether what was decided of a hire is hidden from its SIAE (§1.13): while it is frozen, until the day of the contradictory
    /// phase and that very day, and as long as the phase is not begun; later, unless all that is shown was decided in the amicable
    /// phase. The end of the campaign reveals everything.
    pub fn hides(&self, defended: &[Defended]) -> bool {
        let of_amicable_phase = || {
            let submitted_before = |one: &Defended| {
                one.submitted_at
                    .zip(self.reviewed.at)
                    .is_some_and(|(submitted, reviewed)| submitted <= reviewed)
            };
            defended.iter().all(submitted_before)
        };
        let is_amicable = !self.is_adversarial || self.today <= self.adversarial_from;
        self.campaign == Campaign::Open && self.is_frozen && (is_amicable || !of_amicable_phase())
    }

    /// What its SIAE reads of a hire.
    pub fn badge_for_company(&self, defended: &[Defended]) -> Badge {
        let state = HireState::of(defended);
        if self.campaign == Campaign::Ended {
            return match state {
                HireState::Accepted | HireState::Submitted => Badge::Valid,
                _ => Badge::Problem,
            };
        }
        if is_certified(defended) {
            return Badge::Valid;
        }
        let seen = if self.hides(defended) { state.max(HireState::Submitted) } else { state };
        let is_reviewed = self.reviewed.at.is_some();
        match seen {
            HireState::Pending => Badge::ToDo,
            HireState::Processing if is_reviewed => Badge::ToDo,
            HireState::Processing => Badge::InProgress,
            HireState::Uploaded => Badge::Uploaded,
            HireState::Submitted => Badge::Sent,
            HireState::Accepted | HireState::Refused | HireState::RefusedTwice if !is_reviewed => Badge::Sent,
            HireState::Accepted => Badge::Valid,
            HireState::Refused | HireState::RefusedTwice => Badge::Problem,
        }
    }

    /// What its SIAE reads of the review of a criterion, all those of the hire being given.
    pub fn review_for_company(&self, one: Defended, defended: &[Defended]) -> Review {
        let revealed = self.campaign == Campaign::Ended || self.reviewed.at.is_some();
        if one.is_certified || (revealed && !self.hides(defended)) { one.review } else { Review::Pending }
    }

    /// What the DDETS reads of a hire.
    pub fn badge_for_ddets(&self, defended: &[Defended]) -> Badge {
        let state = HireState::of(defended);
        let is_final = self.reviewed.is_final(self.campaign);
        match state {
            HireState::Accepted => Badge::Valid,
            HireState::RefusedTwice => Badge::Problem,
            HireState::Refused if is_final || self.is_frozen || self.reviewed.at.is_none() => Badge::Problem,
            HireState::Refused => Badge::AdversarialWaiting,
            HireState::Submitted if is_final => Badge::NotControlled,
            HireState::Submitted => Badge::ToDo,
            HireState::Pending if is_final => Badge::NotUploaded,
            HireState::Processing if is_final => Badge::PartlyUploaded,
            HireState::Uploaded if is_final => Badge::Uploaded,
            _ if self.is_frozen => Badge::NotSent,
            HireState::Pending | HireState::Processing => Badge::Waiting,
            HireState::Uploaded => Badge::Uploaded,
        }
    }

    /// What the DDETS reads of an SIAE in its list.
    pub fn badge_of_company(&self, raw: RawState, is_notified: bool) -> Badge {
        let is_final = self.reviewed.is_final(self.campaign);
        let is_reviewed = self.reviewed.at.is_some();
        match self.reviewed.state(raw, self.campaign) {
            CompanyState::Accepted if is_final => Badge::Positive,
            CompanyState::Refused if is_final && is_notified => Badge::Negative,
            CompanyState::Refused if is_final => Badge::ToNotify,
            CompanyState::Accepted | CompanyState::Refused => Badge::InProgress,
            CompanyState::Adversarial => Badge::Adversarial,
            CompanyState::Submitted if is_reviewed => Badge::AdversarialToDo,
            CompanyState::Submitted => Badge::ToDo,
            CompanyState::Pending | CompanyState::Submittable => match (is_reviewed, self.is_frozen) {
                (true, true) => Badge::AdversarialProblem,
                (true, false) => Badge::AdversarialWaiting,
                (false, true) => Badge::Problem,
                (false, false) => Badge::Waiting,
            },
        }
    }
}

/// Whether the State certified enough of a hire for it to be accepted without proof: what is certified is only defended when it
/// suffices alone (EXT 4).
pub(crate) fn is_certified(defended: &[Defended]) -> bool {
    !defended.is_empty() && defended.iter().all(|one| one.is_certified)
}

#[cfg(test)]
pub(super) mod tests;
