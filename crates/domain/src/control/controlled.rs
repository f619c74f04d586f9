//! The control of one SIAE: what it does, what its DDETS does, what the turn of a phase does to it (rule book 04 §1.9 to §1.12).

mod archive;
mod review;
mod turns;

use chrono::{DateTime, NaiveDate, Utc};

use super::badge::Stage;
use super::campaign::ControlCampaign;
use super::event::{ControlChange, ControlEvent};
use super::state::{Campaign, Defended, HireState, RawState, Review, Reviewed};
use super::submission::{Choice, ChoiceRefused, NotNow};
use super::turn::TurnMail;
use crate::Changed;
use crate::eligibility::{Criteria, Criterion};
use crate::ids::{
    ApplicationId, CandidateId, ControlCampaignId, ControlCriterionId, ControlHireId, ControlId,
    OrganisationId,
};
use crate::organisations::CompanyKind;

pub use archive::{Archived, archived_before};
pub use review::{SeenValidation, ValidationRefused};

/// The control of an SIAE in a campaign that was launched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// Its id.
    pub id: ControlId,
    /// The campaign.
    pub campaign: ControlCampaignId,
    /// The DDETS.
    pub institution: OrganisationId,
    /// The SIAE.
    pub company: OrganisationId,
    /// The SIAE that answers for it: the same, or the one that replaced it.
    pub answering: OrganisationId,
    /// Its kind.
    pub kind: CompanyKind,
    /// Whether the campaign is over.
    pub phase: Campaign,
    /// First day of the contradictory phase.
    pub adversarial_from: NaiveDate,
    /// Whether that phase was begun.
    pub is_adversarial: bool,
    /// What was validated.
    pub reviewed: Reviewed,
    /// Since when it may not submit.
    pub frozen_at: Option<DateTime<Utc>>,
    /// When it was last reminded.
    pub reminded_at: Option<DateTime<Utc>>,
    /// When a decision on its negative result was notified.
    pub notified_at: Option<DateTime<Utc>>,
    /// Its drawn hires, in their order.
    pub hires: Vec<ControlledHire>,
}

/// A hire of the frozen list that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnHire {
    /// The application.
    pub application: ApplicationId,
    /// Whom it is about.
    pub candidate: CandidateId,
    /// The criteria of its diagnosis.
    pub declared: Criteria,
    /// Those the State certified for the first day of the contract.
    pub certified: Criteria,
}

/// A drawn hire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlledHire {
    /// Its id.
    pub id: ControlHireId,
    /// The application.
    pub application: ApplicationId,
    /// Whom it is about.
    pub candidate: CandidateId,
    /// Its place among those of its SIAE, from 1.
    pub rank: u16,
    /// The criteria of its diagnosis.
    pub declared: Criteria,
    /// Those the SIAE defends.
    pub criteria: Vec<ControlledCriterion>,
    /// What the DDETS says of it.
    pub comment: String,
}

/// A criterion that an SIAE defends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ControlledCriterion {
    /// Its id.
    pub id: ControlCriterionId,
    /// Which one.
    pub criterion: Criterion,
    /// Where it stands.
    pub defended: Defended,
    /// When the proof that it has was given: tells the files that took each other's place apart (D32).
    pub given_at: Option<DateTime<Utc>>,
}

/// What an SIAE chose, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The hire.
    pub hire: ControlHireId,
    /// Whom it is about.
    pub candidate: CandidateId,
    /// What it defends from now on.
    pub added: Vec<Criterion>,
    /// What it gave up, with its proof.
    pub removed: Vec<ControlledCriterion>,
}

/// A proof that was submitted, and what was decided of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewedCriterion {
    /// The criterion.
    pub id: ControlCriterionId,
    /// What was decided before.
    pub from: Review,
    /// What is decided.
    pub to: Review,
}

/// What a turn makes of a control, to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turned {
    /// The control.
    pub id: ControlId,
    /// Its review after the turn.
    pub reviewed: Reviewed,
    /// Since when its SIAE may not submit, after the turn.
    pub frozen_at: Option<DateTime<Utc>>,
    /// What its SIAE is told.
    pub mail: Option<TurnMail>,
}

impl ControlledHire {
    /// Where its criteria stand.
    pub fn defended(&self) -> Vec<Defended> {
        self.criteria.iter().map(|one| one.defended).collect()
    }

    /// What it is at.
    pub fn state(&self) -> HireState {
        HireState::of(&self.defended())
    }
}

impl Control {
    /// Where it stands on a day.
    pub const fn stage(&self, today: NaiveDate) -> Stage {
        Stage {
            campaign: self.phase,
            is_frozen: self.frozen_at.is_some(),
            reviewed: self.reviewed,
            adversarial_from: self.adversarial_from,
            is_adversarial: self.is_adversarial,
            today,
        }
    }

    /// What its hires make of it.
    pub fn raw(&self) -> RawState {
        RawState::of(self.hires.iter().map(ControlledHire::state))
    }

    /// Where all its criteria stand.
    pub fn defended(&self) -> Vec<Defended> {
        self.hires.iter().flat_map(ControlledHire::defended).collect()
    }

    /// Whether the State certified all its hires: nothing is asked of it.
    pub fn is_certified(&self) -> bool {
        !self.hires.is_empty() && self.hires.iter().all(|hire| super::badge::is_certified(&hire.defended()))
    }

    /// One of its hires.
    pub fn hire(&self, id: ControlHireId) -> Option<&ControlledHire> {
        self.hires.iter().find(|hire| hire.id == id)
    }

    /// One of its criteria, with its hire.
    pub fn criterion(&self, id: ControlCriterionId) -> Option<(&ControlledHire, ControlledCriterion)> {
        self.hires
            .iter()
            .find_map(|hire| hire.criteria.iter().find(|one| one.id == id).map(|one| (hire, *one)))
    }

    /// An SIAE was drawn, and is told. What the State certified is accepted at once, when it suffices alone (EXT 4); an SIAE whose
    /// hires are all so has nothing to do (§1.6, 5 and 6).
    pub fn draw(
        campaign: &ControlCampaign,
        (company, kind): (OrganisationId, CompanyKind),
        drawn: Vec<DrawnHire>,
        now: DateTime<Utc>,
    ) -> Changed<Self> {
        let hires = drawn.into_iter().zip(1_u16..).map(|(hire, rank)| ControlledHire {
            id: ControlHireId::at(now),
            application: hire.application,
            candidate: hire.candidate,
            rank,
            criteria: certified(&hire.certified, kind, now),
            declared: hire.declared,
            comment: String::new(),
        });
        let mut control = Self {
            id: ControlId::at(now),
            campaign: campaign.id,
            institution: campaign.institution,
            company,
            answering: company,
            kind,
            phase: Campaign::Open,
            adversarial_from: campaign.calendar.adversarial_from,
            is_adversarial: false,
            reviewed: Reviewed::default(),
            frozen_at: None,
            reminded_at: None,
            notified_at: None,
            hires: hires.collect(),
        };
        let is_certified = control.is_certified();
        if is_certified {
            control.reviewed = Reviewed { at: Some(now), finally_at: Some(now), final_state: None };
        }
        let event = control.event(ControlChange::Drawn { hires: control.hires.len(), is_certified });
        Changed::new(control, event)
    }

    /// The SIAE chooses what it defends for a hire; nothing when it defends it already.
    pub fn choose(
        &self,
        hire: &ControlledHire,
        wanted: &Criteria,
        today: NaiveDate,
    ) -> Result<Option<Changed<Chosen>>, ChoiceRefused> {
        let defended: Vec<_> = hire.criteria.iter().map(|one| (one.criterion, one.defended)).collect();
        let Choice { added, removed } =
            self.stage(today).choose(&defended, wanted, &hire.declared, self.kind)?;
        if added.is_empty() && removed.is_empty() {
            return Ok(None);
        }
        let change =
            ControlChange::CriteriaChosen { hire: hire.id, added: added.clone(), removed: removed.clone() };
        let removed = hire.criteria.iter().copied().filter(|one| removed.contains(&one.criterion)).collect();
        let chosen = Chosen { hire: hire.id, candidate: hire.candidate, added, removed };
        Ok(Some(Changed::new(chosen, self.event(change))))
    }

    /// The SIAE gives the proof of a criterion, in the place of the one it had: it is to be submitted, and reviewed anew.
    pub fn give_proof(
        &self,
        hire: &ControlledHire,
        one: ControlledCriterion,
        today: NaiveDate,
    ) -> Result<Changed<ControlCriterionId>, NotNow> {
        self.stage(today).may_give_proof(one.defended)?;
        let change = ControlChange::ProofGiven { hire: hire.id, criterion: one.criterion };
        Ok(Changed::new(one.id, self.event(change)))
    }

    /// The SIAE submits all its proofs at once; gives those that are. It is frozen until the next phase.
    pub fn submit(&self, today: NaiveDate) -> Result<Changed<Vec<ControlCriterionId>>, NotNow> {
        self.stage(today).may_submit(self.raw())?;
        let is_new = |one: &&ControlledCriterion| {
            one.defended.review == Review::Pending && one.defended.submitted_at.is_none()
        };
        let all = self.hires.iter().flat_map(|hire| &hire.criteria);
        let submitted: Vec<_> = all.filter(is_new).map(|one| one.id).collect();
        let change = ControlChange::Submitted { proofs: submitted.len() };
        Ok(Changed::new(submitted, self.event(change)))
    }

    /// Whether proofs wait for the DDETS (§1.11).
    pub fn is_still_to_control(&self, today: NaiveDate) -> bool {
        self.stage(today).is_still_to_control(&self.defended())
    }

    pub(super) const fn event(&self, change: ControlChange) -> ControlEvent {
        ControlEvent { control: self.id, company: self.company, institution: self.institution, change }
    }
}

/// What the State certified of a hire, defended without proof: nothing when it does not suffice alone.
fn certified(criteria: &Criteria, kind: CompanyKind, now: DateTime<Utc>) -> Vec<ControlledCriterion> {
    if criteria.suffice_for(kind).is_err() {
        return vec![];
    }
    let defended =
        Defended { is_certified: true, has_proof: false, submitted_at: Some(now), review: Review::Accepted };
    let one = |criterion| ControlledCriterion {
        id: ControlCriterionId::at(now),
        criterion,
        defended,
        given_at: None,
    };
    criteria.iter().map(one).collect()
}

#[cfg(test)]
pub(super) mod tests;
