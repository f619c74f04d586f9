//! A campaign of control, from its opening to its end (rule book 04 §1.3 to §1.7, §1.12). Each step is done by someone, once, in
//! this order: ratio, frozen list, launch, freeze, contradictory phase, freeze, close (EXT 3).

mod turns;

use chrono::{DateTime, NaiveDate, Utc};

use super::calendar::Calendar;
use super::controlled::Turned;
use super::draw::{Digest, DrawnCompany, FrozenList};
use super::event::{CampaignChange, CampaignEvent};
use super::sample::Ratio;
use super::told::Days;
use crate::Changed;
use crate::code::code;
use crate::ids::{ControlCampaignId, OrganisationId};
use crate::time::{Period, paris_date};

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlCampaign {
    /// Its id.
    pub id: ControlCampaignId,
    /// The DDETS that controls.
    pub institution: OrganisationId,
    /// Its days.
    pub calendar: Calendar,
    /// Which contracts are controlled, by their first day.
    pub hired: Period,
    /// Share of the SIAE that is drawn.
    pub ratio: Ratio,
    /// When the ratio was settled.
    pub ratio_set_at: Option<DateTime<Utc>>,
    /// What was published of the list, once it is frozen.
    pub list: Option<PublishedList>,
    /// When the SIAE were drawn.
    pub launched_at: Option<DateTime<Utc>>,
    /// When the contradictory phase was begun.
    pub adversarial_at: Option<DateTime<Utc>>,
    /// Since when nobody submits any more in the phase that runs.
    pub submissions_frozen_at: Option<DateTime<Utc>>,
    /// When the DDETS was told that submissions are frozen and proofs wait.
    pub freeze_notified_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub ended_at: Option<DateTime<Utc>>,
}

/// What is published of a frozen list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedList {
    /// Its hash.
    pub digest: Digest,
    /// The public value to come that makes the draw.
    pub value_name: String,
    /// When it was frozen.
    pub frozen_at: DateTime<Utc>,
}

code! {
    /// Where a campaign stands (rule book 04 §1.7), first to last.
    CampaignPhase {
        /// The DDETS chooses its ratio.
        Sampling = "sampling", "Échantillonnage";
        /// The list is frozen, the value of the draw is not known yet.
        ListFrozen = "list_frozen", "Liste figée";
        /// SIAE submit, the DDETS reviews.
        Amicable = "amicable", "Phase amiable";
        /// SIAE with a negative result submit anew.
        Adversarial = "adversarial", "Phase contradictoire";
        /// It is over.
        Ended = "ended", "Terminée";
    }
}

/// A step that does not come now: it was done already, or another one comes before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StepRefused {
    /// It was done already.
    #[error("it is done already")]
    Done,
    /// Another step comes before it.
    #[error("another step comes before")]
    TooEarly,
    /// The list is not the one whose hash was published.
    #[error("the list is not the one that was published")]
    ListTampered,
    /// Another campaign of the same DDETS controls some of these days (EXT 1).
    #[error("another campaign controls some of these days")]
    Overlap,
    /// Campaigns about the same hires were opened with other days, which everyone was told.
    #[error("campaigns of these hires have other days")]
    OtherDays,
}

/// What a launch makes, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// The campaign, launched.
    pub campaign: ControlCampaign,
    /// The public value.
    pub value: String,
    /// What was drawn of the list.
    pub drawn: Vec<DrawnCompany>,
    /// Whether it came so late that the campaign has days of its own from now on.
    pub is_moved: bool,
}

code! {
    /// A turn of a campaign that was launched.
    CampaignTurn {
        /// Nobody submits any more in this phase.
        Freeze = "freeze", "Bloquer les transmissions";
        /// The contradictory phase begins.
        Adversarial = "adversarial", "Commencer la phase contradictoire";
        /// The campaign ends.
        Close = "close", "Clôturer la campagne";
    }
}

/// What a turn makes, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turning {
    /// The campaign.
    pub campaign: ControlCampaign,
    /// The controls that change.
    pub controls: Vec<Turned>,
}

impl ControlCampaign {
    /// Its name, that of its calendar too (§1.3).
    pub fn name(hired: Period) -> String {
        format!(
            "contrôle pour la période du {} au {}",
            hired.start.format("%d/%m/%Y"),
            hired.end.format("%d/%m/%Y")
        )
    }

    /// The name of days that are those of campaigns launched too late for theirs, on that day: it is no other's.
    pub fn name_of_moved(hired: Period, launched_on: NaiveDate) -> String {
        format!("{} (lancée le {})", Self::name(hired), launched_on.format("%d/%m/%Y"))
    }

    /// Opens a campaign; `overlaps` says whether another one of this DDETS controls some of these days, which the team may want.
    pub fn open(
        id: ControlCampaignId,
        institution: OrganisationId,
        (calendar, hired): (Calendar, Period),
        overlaps: bool,
        is_confirmed: bool,
    ) -> Result<Changed<Self>, StepRefused> {
        if overlaps && !is_confirmed {
            return Err(StepRefused::Overlap);
        }
        let campaign = Self {
            id,
            institution,
            calendar,
            hired,
            ratio: Ratio::default(),
            ratio_set_at: None,
            list: None,
            launched_at: None,
            adversarial_at: None,
            submissions_frozen_at: None,
            freeze_notified_at: None,
            ended_at: None,
        };
        let event = campaign.event(CampaignChange::Created { from: hired.start, to: hired.end });
        Ok(Changed::new(campaign, event))
    }

    /// Where it stands.
    pub const fn phase(&self) -> CampaignPhase {
        match self {
            Self { ended_at: Some(_), .. } => CampaignPhase::Ended,
            Self { adversarial_at: Some(_), .. } => CampaignPhase::Adversarial,
            Self { launched_at: Some(_), .. } => CampaignPhase::Amicable,
            Self { list: Some(_), .. } => CampaignPhase::ListFrozen,
            Self { .. } => CampaignPhase::Sampling,
        }
    }

    /// The DDETS chooses its ratio, once, before the list is frozen (EXT 2).
    pub fn set_ratio(self, ratio: Ratio, now: DateTime<Utc>) -> Result<Changed<Self>, StepRefused> {
        if self.ratio_set_at.is_some() || self.phase() != CampaignPhase::Sampling {
            return Err(StepRefused::Done);
        }
        let event = self.event(CampaignChange::RatioSet { ratio: ratio.percent() });
        Ok(Changed::new(Self { ratio, ratio_set_at: Some(now), ..self }, event))
    }

    /// Whether the list may be frozen: asked before it is made.
    pub fn ensure_list_is_open(&self) -> Result<(), StepRefused> {
        if self.phase() == CampaignPhase::Sampling { Ok(()) } else { Err(StepRefused::Done) }
    }

    /// The list of what can be drawn is frozen, and its hash published with the name of a value that does not exist yet.
    pub fn freeze_list(
        self,
        list: &FrozenList,
        value_name: String,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, StepRefused> {
        self.ensure_list_is_open()?;
        let (companies, hires) = list.counts();
        let digest = list.digest();
        let change = CampaignChange::ListFrozen { digest: digest.to_string(), hires, companies };
        let event = self.event(change);
        let list = Some(PublishedList { digest, value_name, frozen_at: now });
        Ok(Changed::new(Self { list, ..self }, event))
    }

    /// The days of its phase, once the SIAE were drawn.
    pub fn days(&self) -> Option<Days> {
        let (calendar, adversarial_at) = (self.calendar, self.adversarial_at);
        self.launched_at.map(|launched_at| Days { calendar, launched_at, adversarial_at })
    }

    /// Last day to notify a sanction (D14): it blocks nothing.
    pub fn sanctions_until(&self) -> NaiveDate {
        self.calendar.sanctions_until(self.adversarial_at)
    }

    /// The value is known: the SIAE are drawn from the list that was published, once and for all (§1.6). Too late for the six weeks
    /// of the SIAE, the contradictory phase moves ([`Calendar::launched_on`]).
    pub fn launch(
        self,
        list: &FrozenList,
        value: String,
        now: DateTime<Utc>,
    ) -> Result<Changed<Launch>, StepRefused> {
        let published = match (self.phase(), &self.list) {
            (CampaignPhase::Sampling, _) | (_, None) => return Err(StepRefused::TooEarly),
            (CampaignPhase::ListFrozen, Some(published)) => published,
            (CampaignPhase::Amicable | CampaignPhase::Adversarial | CampaignPhase::Ended, Some(_)) => {
                return Err(StepRefused::Done);
            }
        };
        if list.digest() != published.digest {
            return Err(StepRefused::ListTampered);
        }
        let drawn = list.draw(&value, self.ratio);
        let calendar = self.calendar.launched_on(paris_date(now));
        let is_moved = calendar != self.calendar;
        let change = CampaignChange::Launched {
            ratio: self.ratio.percent(),
            companies: drawn.len(),
            hires: drawn.iter().map(|one| one.hires.len()).sum(),
            adversarial_from: is_moved.then_some(calendar.adversarial_from),
        };
        let event = self.event(change);
        let ratio_set_at = self.ratio_set_at.or(Some(now));
        let campaign = Self { calendar, ratio_set_at, launched_at: Some(now), ..self };
        Ok(Changed::new(Launch { campaign, value, drawn, is_moved }, event))
    }

    const fn event(&self, change: CampaignChange) -> CampaignEvent {
        CampaignEvent { campaign: self.id, institution: self.institution, change }
    }
}

#[cfg(test)]
pub(super) mod tests;
