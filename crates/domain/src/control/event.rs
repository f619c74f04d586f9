//! What happens to a campaign of control, and to the control of each SIAE.

use chrono::NaiveDate;
use serde::Serialize;

use super::controlled::Control;
use super::sanction::{NegativeReason, Sanction, Withdrawal};
use super::state::Review;
use super::turn::{TurnMail, TurnReview};
use crate::Changed;
use crate::code::code;
use crate::eligibility::Criterion;
use crate::event::happenings;
use crate::ids::{ControlCampaignId, ControlDecisionId, ControlHireId, ControlId, OrganisationId};

/// Something happened to a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignEvent {
    /// The campaign.
    pub campaign: ControlCampaignId,
    /// The DDETS that controls.
    pub institution: OrganisationId,
    /// What happened.
    pub change: CampaignChange,
}

/// What happened to a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum CampaignChange {
    /// The team opened it.
    Created {
        /// First day of the contracts that are controlled.
        from: NaiveDate,
        /// Last day of them.
        to: NaiveDate,
    },
    /// The DDETS chose its ratio.
    RatioSet {
        /// In percent.
        ratio: u8,
    },
    /// The list of what can be drawn was frozen, and its hash published.
    ListFrozen {
        /// The hash, in hexadecimal.
        digest: String,
        /// How many hires.
        hires: u64,
        /// Of how many SIAE.
        companies: u64,
    },
    /// The SIAE were drawn: the amicable phase begins.
    Launched {
        /// In percent: what the DDETS chose, or the usual one.
        ratio: u8,
        /// How many SIAE were drawn.
        companies: usize,
        /// How many hires.
        hires: usize,
        /// First day of the contradictory phase, when a late launch moves it.
        adversarial_from: Option<NaiveDate>,
    },
    /// Nobody submits any more in this phase.
    SubmissionsFrozen {
        /// How many SIAE were frozen by it.
        frozen: usize,
        /// How many SIAE are still to be controlled, when the DDETS is told.
        to_control: Option<usize>,
    },
    /// The DDETS was reminded that proofs wait for it.
    Reminded,
    /// The contradictory phase began.
    AdversarialBegun {
        /// How many SIAE had sent nothing.
        forced: usize,
        /// How many were accepted because nobody reviewed what they sent.
        by_default: usize,
    },
    /// It was closed.
    Closed {
        /// How many SIAE have a negative result that is to be notified.
        to_notify: usize,
    },
}

happenings! {
    CampaignEvent: CampaignChange about "control_campaign" campaign {
        Created = "control_campaign.created", "Campagne de contrôle ouverte";
        RatioSet = "control_campaign.ratio_set", "Taux de contrôle choisi";
        ListFrozen = "control_campaign.list_frozen", "Liste des auto-prescriptions figée";
        Launched = "control_campaign.launched", "Campagne de contrôle lancée";
        SubmissionsFrozen = "control_campaign.submissions_frozen", "Transmissions bloquées";
        Reminded = "control_campaign.reminded", "DDETS relancée";
        AdversarialBegun = "control_campaign.adversarial_begun", "Phase contradictoire commencée";
        Closed = "control_campaign.closed", "Campagne de contrôle clôturée";
    }
}

code! {
    /// What changes whether the review of an SIAE may be validated, as the trail names it; what is said of who did it.
    ReviewMove {
        Submitted = "control.submitted", "a transmis des justificatifs";
        Reviewed = "control.reviewed", "a modifié la décision prise sur un justificatif";
        Validated = "control.validated", "a validé le contrôle";
        AdversarialBegun = "control.adversarial_begun", "a commencé la phase contradictoire";
        Closed = "control.closed", "a clôturé la campagne";
    }
}

code! {
    /// What an SIAE does of its control, as the trail names it; what is said of who did it.
    DefenceMove {
        CriteriaChosen = "control.criteria_chosen", "a modifié les critères à justifier";
        ProofGiven = "control.proof_given", "a déposé un justificatif";
        Submitted = "control.submitted", "a transmis les justificatifs à la DDETS";
    }
}

/// Something happened to the control of an SIAE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlEvent {
    /// The control.
    pub control: ControlId,
    /// The SIAE.
    pub company: OrganisationId,
    /// The DDETS that controls it.
    pub institution: OrganisationId,
    /// What happened.
    pub change: ControlChange,
}

/// What happened to the control of an SIAE.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ControlChange {
    /// The SIAE was drawn.
    Drawn {
        /// How many of its hires.
        hires: usize,
        /// Whether the State certified them all: the result is positive at once.
        is_certified: bool,
    },
    /// The SIAE chose the criteria it defends for a hire.
    CriteriaChosen {
        /// The hire.
        hire: ControlHireId,
        /// Those it defends from now on.
        added: Vec<Criterion>,
        /// Those it gave up, with their proofs.
        removed: Vec<Criterion>,
    },
    /// The SIAE gave the proof of a criterion.
    ProofGiven {
        /// The hire.
        hire: ControlHireId,
        /// The criterion.
        criterion: Criterion,
    },
    /// The SIAE submitted all its proofs.
    Submitted {
        /// How many.
        proofs: usize,
    },
    /// The DDETS decided of the proof of a criterion.
    Reviewed {
        /// The hire.
        hire: ControlHireId,
        /// The criterion.
        criterion: Criterion,
        /// What was decided before.
        from: Review,
        /// What is decided.
        to: Review,
    },
    /// The DDETS commented a hire.
    Commented {
        /// The hire.
        hire: ControlHireId,
    },
    /// The DDETS validated its review of the SIAE.
    Validated {
        /// For the amicable phase, or for good.
        review: TurnReview,
    },
    /// The contradictory phase began.
    AdversarialBegun {
        /// What became of the review.
        review: TurnReview,
        /// What the SIAE is told.
        mail: Option<TurnMail>,
    },
    /// The campaign was closed.
    Closed {
        /// What became of the review.
        review: TurnReview,
        /// What the SIAE is told.
        mail: Option<TurnMail>,
    },
    /// The SIAE was reminded.
    Reminded {
        /// Of the contradictory phase, rather than of the amicable one.
        is_adversarial: bool,
    },
    /// Its positive result is old: what was controlled is deleted (§1.20).
    Archived {
        /// How many hires were.
        hires: usize,
    },
    /// The DDETS decided of the negative result.
    Decided {
        /// The decision.
        decision: ControlDecisionId,
        /// The one it takes the place of, after an appeal.
        replaces: Option<ControlDecisionId>,
        /// The main reason of the result.
        reason: NegativeReason,
        /// What is decided.
        sanctions: Vec<Sanction>,
        /// The days when the SIAE may not prescribe to itself.
        withdrawal: Option<Withdrawal>,
        /// The share of the subsidy that is cut, in percent, hire by hire.
        cuts: Vec<(ControlHireId, u8)>,
    },
    /// The decision in force was annulled after an appeal.
    DecisionAnnulled {
        /// The decision that says so.
        decision: ControlDecisionId,
        /// The one that was annulled.
        replaces: Option<ControlDecisionId>,
    },
    /// Someone took its whole file away.
    FileTaken {
        /// How many proofs were inside.
        proofs: usize,
    },
}

happenings! {
    ControlEvent: ControlChange about "control" control {
        Drawn = "control.drawn", "Structure tirée au sort";
        CriteriaChosen = "control.criteria_chosen", "Critères à justifier choisis";
        ProofGiven = "control.proof_given", "Justificatif déposé";
        Submitted = "control.submitted", "Justificatifs transmis";
        Reviewed = "control.reviewed", "Justificatif contrôlé";
        Commented = "control.commented", "Auto-prescription commentée";
        Validated = "control.validated", "Contrôle de la structure validé";
        AdversarialBegun = "control.adversarial_begun", "Contrôle passé en phase contradictoire";
        Closed = "control.closed", "Contrôle clôturé";
        Reminded = "control.reminded", "Structure relancée";
        Archived = "control.archived", "Auto-prescriptions contrôlées archivées";
        Decided = "control.decided", "Décision notifiée";
        DecisionAnnulled = "control.decision_annulled", "Décision annulée";
        FileTaken = "control.file_taken", "Dossier complet du contrôle téléchargé";
    }
}

impl Control {
    /// Someone takes its whole file away, with so many proofs inside: nothing changes but the audit trail.
    pub fn take_file(&self, proofs: usize) -> Changed<()> {
        Changed::new((), self.event(ControlChange::FileTaken { proofs }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_who_did_it_is_what_the_trail_names() {
        let review = ReviewMove::ALL.iter().map(|one| one.code());
        let defence = DefenceMove::ALL.iter().map(|one| one.code());
        for code in review.chain(defence) {
            assert!(ControlEvent::KINDS.iter().any(|kind| kind.code == code), "{code}");
        }
    }
}
