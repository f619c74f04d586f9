//! The DDETS instructs a request, and decides (guide P2 §1.1): a complement, the opinion of the commission, the order or the refusal. A
//! right may be revoked.

use chrono::{DateTime, Utc};

use super::dossier::{Habilitation, HabilitationRefused, HabilitationState, Written};
use super::event::HabilitationChange;
use super::order::{GivenOpinion, Order};
use crate::Changed;
use crate::ids::{HabilitationId, OrganisationId};
use crate::time::paris_date;

impl Habilitation {
    /// Asks the organisation for something more.
    pub fn ask_complement(
        self,
        seen: Option<DateTime<Utc>>,
        words: String,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, HabilitationRefused> {
        self.ensure_seen(seen)?;
        if self.state != HabilitationState::Submitted {
            return Err(HabilitationRefused::NotNow(self.state));
        }
        let asked =
            Self { state: HabilitationState::Completing, complement: Some(words), changed_at: now, ..self };
        Ok(asked.told(HabilitationChange::ComplementAsked))
    }

    /// Records what the commission said, on a day between the request and today; said again, it takes the place of what was recorded.
    pub fn record_opinion(
        self,
        seen: Option<DateTime<Utc>>,
        given: GivenOpinion,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, HabilitationRefused> {
        self.ensure_seen(seen)?;
        self.ensure_instructed()?;
        if given.on.is_some_and(|day| day > paris_date(now)) {
            return Err(HabilitationRefused::OpinionInTheFuture);
        }
        let from = self.heard_from();
        if given.on.is_some_and(|day| day < from) {
            return Err(HabilitationRefused::OpinionTooEarly { from });
        }
        let opinion = given.opinion;
        let recorded = Self { opinion: Some(given), changed_at: now, ..self };
        Ok(recorded.told(HabilitationChange::OpinionRecorded { opinion }))
    }

    /// Grants it by an order, once the opinion of the commission is recorded.
    pub fn grant(
        self,
        seen: Option<DateTime<Utc>>,
        order: Order,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, HabilitationRefused> {
        self.ensure_seen(seen)?;
        self.ensure_instructed()?;
        if self.opinion.is_none() {
            return Err(HabilitationRefused::NoOpinion);
        }
        Ok(self.granted(order, now))
    }

    /// Enters an order that was made before the platform, or without it.
    pub fn record(
        id: HabilitationId,
        (organisation, department, ddets): (OrganisationId, String, Option<OrganisationId>),
        is_renewal: bool,
        order: Order,
        now: DateTime<Utc>,
    ) -> Changed<Self> {
        let entered = Self {
            id,
            organisation,
            department,
            ddets,
            is_renewal,
            is_recorded: true,
            state: HabilitationState::Granted,
            written: Written::default(),
            pieces: 1,
            complement: None,
            opinion: None,
            order: None,
            reason: None,
            begun_at: now,
            submitted_at: None,
            decided_at: None,
            changed_at: now,
            announced_months: None,
            ended_at: None,
        };
        entered.granted(order, now)
    }

    /// Refuses it, with why.
    pub fn refuse(
        self,
        seen: Option<DateTime<Utc>>,
        reason: String,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, HabilitationRefused> {
        self.ensure_seen(seen)?;
        self.ensure_instructed()?;
        let refused = Self {
            state: HabilitationState::Refused,
            reason: Some(reason),
            decided_at: Some(now),
            changed_at: now,
            ..self
        };
        Ok(refused.told(HabilitationChange::Refused))
    }

    /// Revokes the right, at once.
    pub fn revoke(
        self,
        seen: Option<DateTime<Utc>>,
        reason: String,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, HabilitationRefused> {
        self.ensure_seen(seen)?;
        self.revoked(reason, true, now)
    }

    /// Another order of the same right goes with the one that is revoked, and is not told again.
    pub fn revoke_with(
        self,
        reason: String,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, HabilitationRefused> {
        self.revoked(reason, false, now)
    }

    fn revoked(
        self,
        reason: String,
        is_told: bool,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, HabilitationRefused> {
        let planned = match &self.order {
            Some(order) if self.is_revocable(now) => order.period.end,
            Some(_) | None => return Err(HabilitationRefused::NotNow(self.state)),
        };
        let revoked = Self {
            state: HabilitationState::Revoked,
            reason: Some(reason),
            decided_at: Some(now),
            changed_at: now,
            ..self
        };
        Ok(revoked.told(HabilitationChange::Revoked { planned, is_told }))
    }

    /// Whether there is a right to revoke: it was granted, and is not over.
    pub fn is_revocable(&self, now: DateTime<Utc>) -> bool {
        self.state == HabilitationState::Granted && !self.is_over(paris_date(now))
    }

    fn granted(self, order: Order, now: DateTime<Utc>) -> Changed<Self> {
        let (period, is_recorded) = (order.period, self.is_recorded);
        let granted = Self {
            state: HabilitationState::Granted,
            order: Some(order),
            decided_at: Some(now),
            changed_at: now,
            ..self
        };
        granted.told(HabilitationChange::Granted { period, is_recorded })
    }

    const fn ensure_instructed(&self) -> Result<(), HabilitationRefused> {
        if self.state.is_instructed() { Ok(()) } else { Err(HabilitationRefused::NotNow(self.state)) }
    }
}

#[cfg(test)]
mod tests;
