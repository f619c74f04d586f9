//! A campaign of control, from its opening to its end (rule book 04 §1.3 to §1.7, §1.12). Each step is done by someone, once, in
//! this order: ratio, frozen list, launch, freeze, contradictory phase, freeze, close (EXT 3).

use chrono::{DateTime, NaiveDate, Utc};

use super::calendar::Calendar;
use super::controlled::{Control, Turned};
use super::draw::{Digest, DrawnCompany, FrozenList};
use super::event::{CampaignChange, CampaignEvent};
use super::sample::Ratio;
use super::state::FinalState;
use super::turn::TurnMail;
use crate::Changed;
use crate::code::code;
use crate::event::Event;
use crate::ids::{ControlCampaignId, OrganisationId};
use crate::time::{Period, add_days, paris_date};

/// Days after which the DDETS is told again that proofs wait (§1.18).
const REMINDER_DAYS: i64 = 7;

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

    /// The value is known: the SIAE are drawn from the list that was published, once and for all (§1.6).
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
        let change = CampaignChange::Launched {
            ratio: self.ratio.percent(),
            companies: drawn.len(),
            hires: drawn.iter().map(|one| one.hires.len()).sum(),
        };
        let event = self.event(change);
        let ratio_set_at = self.ratio_set_at.or(Some(now));
        let campaign = Self { ratio_set_at, launched_at: Some(now), ..self };
        Ok(Changed::new(Launch { campaign, value, drawn }, event))
    }

    /// Does a turn, its controls being all those of the campaign.
    pub fn turn(
        self,
        turn: CampaignTurn,
        controls: &[Control],
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Changed<Turning>, StepRefused> {
        match turn {
            CampaignTurn::Freeze => self.freeze_submissions(controls, now, today),
            CampaignTurn::Adversarial => self.begin_adversarial(controls, now),
            CampaignTurn::Close => self.close(controls, now),
        }
    }

    /// The turn that comes next, if one does. Submissions are frozen even when all its SIAE submitted: the DDETS is told then that
    /// proofs wait, and that its silence makes a result positive.
    pub const fn next_turn(&self) -> Option<CampaignTurn> {
        match self.phase() {
            CampaignPhase::Sampling | CampaignPhase::ListFrozen | CampaignPhase::Ended => None,
            CampaignPhase::Amicable | CampaignPhase::Adversarial if self.submissions_frozen_at.is_none() => {
                Some(CampaignTurn::Freeze)
            }
            CampaignPhase::Amicable => Some(CampaignTurn::Adversarial),
            CampaignPhase::Adversarial => Some(CampaignTurn::Close),
        }
    }

    /// The day a turn is planned on: proposed to the team then, never done by itself.
    pub fn planned_on(&self, turn: CampaignTurn) -> Option<NaiveDate> {
        let launched_on = paris_date(self.launched_at?);
        Some(match (turn, self.adversarial_at) {
            (CampaignTurn::Freeze, None) => add_days(Calendar::amicable_until(launched_on), 1),
            (CampaignTurn::Adversarial, _) => self.calendar.adversarial_from,
            (CampaignTurn::Freeze, Some(_)) => add_days(self.calendar.adversarial_until(), 1),
            (CampaignTurn::Close, _) => add_days(self.calendar.adversarial_review_until(), 1),
        })
    }

    /// Nobody submits any more in this phase. The DDETS is told once a phase when proofs wait; frozen again, nothing more is done.
    fn freeze_submissions(
        self,
        controls: &[Control],
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Changed<Turning>, StepRefused> {
        self.ensure_open()?;
        if self.submissions_frozen_at.is_some() {
            return Err(StepRefused::Done);
        }
        let is_free = |one: &&Control| one.frozen_at.is_none();
        let frozen: Vec<_> = controls.iter().filter(is_free).map(|one| one.freeze(now)).collect();
        let waiting = controls.iter().filter(|one| one.is_still_to_control(today)).count();
        let to_control = (waiting > 0).then_some(waiting);
        let event = self.event(CampaignChange::SubmissionsFrozen { frozen: frozen.len(), to_control });
        let freeze_notified_at = to_control.map(|_| now);
        let campaign = Self { submissions_frozen_at: Some(now), freeze_notified_at, ..self };
        Ok(Changed::new(Turning { campaign, controls: frozen }, event))
    }

    /// The contradictory phase begins, for every SIAE at once, as the table of §1.12 says; all may submit again.
    fn begin_adversarial(
        self,
        controls: &[Control],
        now: DateTime<Utc>,
    ) -> Result<Changed<Turning>, StepRefused> {
        self.ensure_open()?;
        if self.phase() != CampaignPhase::Amicable {
            return Err(StepRefused::Done);
        }
        if self.submissions_frozen_at.is_none() {
            return Err(StepRefused::TooEarly);
        }
        let (turned, events): (Vec<_>, Vec<_>) =
            controls.iter().map(|one| one.begin_adversarial(now)).unzip();
        let told = |mail| turned.iter().filter(|one| one.mail == Some(mail)).count();
        let change = CampaignChange::AdversarialBegun {
            forced: told(TurnMail::NothingReceived),
            by_default: told(TurnMail::NotReviewed),
        };
        let all = events.into_iter().map(Event::from).chain([self.event(change).into()]).collect();
        let campaign =
            Self { adversarial_at: Some(now), submissions_frozen_at: None, freeze_notified_at: None, ..self };
        Ok(Changed::with(Turning { campaign, controls: turned }, all))
    }

    /// The campaign ends: each SIAE has its result.
    fn close(self, controls: &[Control], now: DateTime<Utc>) -> Result<Changed<Turning>, StepRefused> {
        match self.phase() {
            CampaignPhase::Ended => return Err(StepRefused::Done),
            CampaignPhase::Sampling | CampaignPhase::ListFrozen | CampaignPhase::Amicable => {
                return Err(StepRefused::TooEarly);
            }
            CampaignPhase::Adversarial => {}
        }
        if self.submissions_frozen_at.is_none() {
            return Err(StepRefused::TooEarly);
        }
        let (turned, events): (Vec<_>, Vec<_>) = controls.iter().map(|one| one.close(now)).unzip();
        let is_to_notify = |(one, turned): &(&Control, &Turned)| {
            one.notified_at.is_none() && turned.reviewed.final_state == Some(FinalState::Refused)
        };
        let to_notify = controls.iter().zip(&turned).filter(is_to_notify).count();
        let closing = self.event(CampaignChange::Closed { to_notify });
        let all = events.into_iter().map(Event::from).chain([closing.into()]).collect();
        let campaign = Self { ended_at: Some(now), ..self };
        Ok(Changed::with(Turning { campaign, controls: turned }, all))
    }

    /// The DDETS is told again, a week later, that proofs wait (E7); none when it is not time.
    pub fn remind(self, controls: &[Control], now: DateTime<Utc>, today: NaiveDate) -> Option<Changed<Self>> {
        let told = self.freeze_notified_at.filter(|_| self.ended_at.is_none())?;
        let days = (today - paris_date(told)).num_days();
        let waits = controls.iter().any(|one| one.is_still_to_control(today));
        (waits && days >= REMINDER_DAYS).then(|| {
            let event = self.event(CampaignChange::Reminded);
            Changed::new(Self { freeze_notified_at: Some(now), ..self }, event)
        })
    }

    const fn ensure_open(&self) -> Result<(), StepRefused> {
        match self.phase() {
            CampaignPhase::Sampling | CampaignPhase::ListFrozen => Err(StepRefused::TooEarly),
            CampaignPhase::Amicable | CampaignPhase::Adversarial => Ok(()),
            CampaignPhase::Ended => Err(StepRefused::Done),
        }
    }

    const fn event(&self, change: CampaignChange) -> CampaignEvent {
        CampaignEvent { campaign: self.id, institution: self.institution, change }
    }
}

#[cfg(test)]
pub(super) mod tests;
