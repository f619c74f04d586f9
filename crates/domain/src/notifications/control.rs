//! Mails of a control (rule book 04 §1.17): every active member of the DDETS, the administrators of the SIAE. What was decided of an
//! SIAE is never written before the turn of the phase.

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::code::code;
use crate::control::{CampaignChange, CampaignEvent, ControlChange, ControlEvent, Sanction, TurnMail};

code! {
    /// Mails to a DDETS about its campaign.
    CampaignMail {
        /// E1.
        Opened = "control_opened", "Campagne de contrôle ouverte";
        /// E2.
        Launched = "control_launched", "Structures tirées au sort";
        /// E6.
        ToReview = "control_to_review", "Justificatifs à contrôler";
        /// E7.
        ReviewReminder = "control_review_reminder", "Relance des justificatifs à contrôler";
        /// E13.
        AdversarialBegun = "control_adversarial_begun", "Phase contradictoire commencée";
        /// E18.
        ToNotify = "control_to_notify", "Sanctions à notifier";
    }
}

code! {
    /// Mails about the control of an SIAE.
    ControlMail {
        /// E3.
        Drawn = "control_drawn", "Contrôle de vos auto-prescriptions";
        /// E4.
        Certified = "control_certified", "Contrôle validé d’office";
        /// E5, to the DDETS.
        Submitted = "control_submitted", "Justificatifs transmis par une structure";
        /// E8.
        AmicableReminder = "control_amicable_reminder", "Relance de la phase amiable";
        /// E9.
        Conform = "control_conform", "Documents conformes";
        /// E10.
        ProofsExpected = "control_proofs_expected", "Nouveaux justificatifs attendus";
        /// E11.
        NothingReceived = "control_nothing_received", "Aucun justificatif reçu";
        /// E12.
        NotReviewed = "control_not_reviewed", "Justificatifs non contrôlés, résultat positif";
        /// E12 bis.
        NotReviewedAtEnd = "control_not_reviewed_at_end", "Nouveaux justificatifs non contrôlés, résultat positif";
        /// E14.
        AdversarialReminder = "control_adversarial_reminder", "Relance de la phase contradictoire";
        /// E15.
        NewProofsConform = "control_new_proofs_conform", "Nouveaux documents conformes";
        /// E16.
        Negative = "control_negative", "Résultat négatif";
        /// E17.
        NegativeWithoutProof = "control_negative_without_proof", "Résultat négatif sans justificatif";
        /// E19.
        NotSanctioned = "control_not_sanctioned", "Décision de ne pas sanctionner";
        /// E20.
        Training = "control_training", "Session de présentation décidée";
        /// A decision took the place of another after an appeal.
        DecisionReplaced = "control_decision_replaced", "Décision modifiée après recours";
    }
}

impl ControlMail {
    /// Those that tell an SIAE of a decision on its negative result.
    pub const OF_DECISIONS: [Self; 3] = [Self::NotSanctioned, Self::Training, Self::DecisionReplaced];
}

/// What a campaign tells its DDETS.
pub(super) fn of_campaign(event: &CampaignEvent) -> Vec<Notice> {
    let mail = match &event.change {
        CampaignChange::Created { .. } => CampaignMail::Opened,
        CampaignChange::Launched { .. } => CampaignMail::Launched,
        CampaignChange::SubmissionsFrozen { to_control: Some(_), .. } => CampaignMail::ToReview,
        CampaignChange::Reminded => CampaignMail::ReviewReminder,
        CampaignChange::AdversarialBegun { forced, by_default } if forced + by_default > 0 => {
            CampaignMail::AdversarialBegun
        }
        CampaignChange::Closed { to_notify } if *to_notify > 0 => CampaignMail::ToNotify,
        CampaignChange::RatioSet { .. }
        | CampaignChange::ListFrozen { .. }
        | CampaignChange::SubmissionsFrozen { .. }
        | CampaignChange::AdversarialBegun { .. }
        | CampaignChange::Closed { .. } => return vec![],
    };
    vec![Notice {
        recipient: Recipient::Members(event.institution),
        mail: Mail::Campaign(mail, event.campaign),
        answers_to: AnswersTo::Support,
    }]
}

/// What the control of an SIAE tells it, or its DDETS.
pub(super) fn of_control(event: &ControlEvent) -> Vec<Notice> {
    let to_company = |mail| Notice {
        recipient: Recipient::Administrators(event.company),
        mail: Mail::Control(mail, event.control),
        answers_to: AnswersTo::Organisation(event.institution),
    };
    let mail = match &event.change {
        ControlChange::Drawn { is_certified: true, .. } => ControlMail::Certified,
        ControlChange::Drawn { .. } => ControlMail::Drawn,
        ControlChange::Submitted { .. } => {
            return vec![Notice {
                recipient: Recipient::Members(event.institution),
                mail: Mail::Control(ControlMail::Submitted, event.control),
                answers_to: AnswersTo::Organisation(event.company),
            }];
        }
        ControlChange::Decided { replaces: Some(_), .. } | ControlChange::DecisionAnnulled { .. } => {
            ControlMail::DecisionReplaced
        }
        ControlChange::Decided { sanctions, .. } if sanctions == &[Sanction::None] => {
            ControlMail::NotSanctioned
        }
        ControlChange::Decided { sanctions, .. } if sanctions == &[Sanction::Training] => {
            ControlMail::Training
        }
        ControlChange::Reminded { is_adversarial: false } => ControlMail::AmicableReminder,
        ControlChange::Reminded { is_adversarial: true } => ControlMail::AdversarialReminder,
        ControlChange::AdversarialBegun { mail: Some(mail), .. }
        | ControlChange::Closed { mail: Some(mail), .. } => of_turn(*mail),
        // A withdrawal or a cut is notified by registered letter (§1.15).
        ControlChange::Decided { .. }
        | ControlChange::AdversarialBegun { mail: None, .. }
        | ControlChange::Closed { mail: None, .. }
        | ControlChange::CriteriaChosen { .. }
        | ControlChange::ProofGiven { .. }
        | ControlChange::Reviewed { .. }
        | ControlChange::Commented { .. }
        | ControlChange::Validated { .. }
        | ControlChange::Archived { .. }
        | ControlChange::FileTaken { .. } => return vec![],
    };
    vec![to_company(mail)]
}

const fn of_turn(mail: TurnMail) -> ControlMail {
    match mail {
        TurnMail::Conform => ControlMail::Conform,
        TurnMail::ProofsExpected => ControlMail::ProofsExpected,
        TurnMail::NothingReceived => ControlMail::NothingReceived,
        TurnMail::NotReviewed => ControlMail::NotReviewed,
        TurnMail::NotReviewedAtEnd => ControlMail::NotReviewedAtEnd,
        TurnMail::NewProofsConform => ControlMail::NewProofsConform,
        TurnMail::Negative => ControlMail::Negative,
        TurnMail::NegativeWithoutProof => ControlMail::NegativeWithoutProof,
    }
}
