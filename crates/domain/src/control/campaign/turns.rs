//! The turns of a campaign that was launched: submissions frozen, contradictory phase, end; and the reminders of its DDETS.

use chrono::{DateTime, NaiveDate, Utc};

use super::{CampaignPhase, CampaignTurn, ControlCampaign, StepRefused, Turning};
use crate::Changed;
use crate::control::calendar::Calendar;
use crate::control::controlled::{Control, Turned};
use crate::control::event::CampaignChange;
use crate::control::state::FinalState;
use crate::control::turn::TurnMail;
use crate::event::Event;
use crate::time::{add_days, paris_date};

/// Days after which the DDETS is told again that proofs wait (§1.18).
const REMINDER_DAYS: i64 = 7;

impl ControlCampaign {
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

    /// The turn that comes next, if one does; `companies` says how many SIAE it controls. Submissions are frozen even when all of them
    /// submitted: the DDETS is told then that proofs wait, and that its silence makes a result positive. A draw that found none has
    /// nothing to wait for but its close.
    pub const fn next_turn(&self, companies: usize) -> Option<CampaignTurn> {
        match self.phase() {
            CampaignPhase::Sampling | CampaignPhase::ListFrozen | CampaignPhase::Ended => None,
            CampaignPhase::Amicable | CampaignPhase::Adversarial if companies == 0 => {
                Some(CampaignTurn::Close)
            }
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
            // Only a draw that found no SIAE is closed before that phase.
            (CampaignTurn::Close, None) => launched_on,
            (CampaignTurn::Close, Some(_)) => add_days(self.calendar.adversarial_review_until(), 1),
        })
    }

    /// Nobody submits any more in this phase. The DDETS is told once a phase when proofs wait; frozen again, nothing more is done.
    pub(super) fn freeze_submissions(
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
    pub(super) fn begin_adversarial(
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

    /// The campaign ends: each SIAE has its result. Without any, it ends as soon as it was launched.
    pub(super) fn close(
        self,
        controls: &[Control],
        now: DateTime<Utc>,
    ) -> Result<Changed<Turning>, StepRefused> {
        self.ensure_open()?;
        let is_ready = self.phase() == CampaignPhase::Adversarial && self.submissions_frozen_at.is_some();
        if !is_ready && !controls.is_empty() {
            return Err(StepRefused::TooEarly);
        }
        let (turned, events): (Vec<_>, Vec<_>) = controls.iter().map(|one| one.close(now)).unzip();
        let is_to_notify = |(one, turned): &(&Control, &Turned)| {
            one.notified_at.is_none() && turned.reviewed.final_state == Some(FinalState::Refused)
        };
        let to_notify = controls.iter().zip(&turned).filter(is_to_notify).count();
        let closing = self.event(CampaignChange::Closed { to_notify });
        let all = events.into_iter().map(Event::from).chain([closing.into()]).collect();
        // Nothing ends that did not go through each phase: with no SIAE, through none of them for longer than an instant.
        let adversarial_at = self.adversarial_at.or(Some(now));
        let campaign = Self { adversarial_at, ended_at: Some(now), ..self };
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
}
