//! The team delivers by hand the PASS of a hire, or refuses it (rule book 03 §4.10).

use chrono::{DateTime, Utc};

use super::{Application, ApplicationChange, Hiring, IssueFacts, PassDelivery, State};
use crate::Changed;
use crate::ids::UserId;
use crate::pass::{NewPass, Pass, validity, waiting_period};
use crate::time::{Period, paris_date};

/// What the rule needs to know, loaded under the lock of the candidate.
#[derive(Debug, Clone)]
pub struct DeliveryFacts {
    /// What the PASS is made of.
    pub issue: IssueFacts,
    /// Who accepted the application: they are told.
    pub accepted_by: Option<UserId>,
}

/// What is written when the team delivers a PASS.
#[derive(Debug, PartialEq)]
pub struct Delivered {
    /// The application, with its PASS.
    pub application: Changed<Application>,
    /// The PASS.
    pub pass: Changed<NewPass>,
}

/// Why the team neither delivers nor refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryRefused {
    /// Nothing waits to be delivered: it was delivered or refused already, or never was to be.
    #[error("nothing waits to be delivered")]
    NothingToDeliver,
    /// The person has a valid PASS by now.
    #[error("the person holds a valid PASS")]
    ValidPass,
    /// The hire rests on no diagnosis.
    #[error("the hire rests on no diagnosis")]
    NoDiagnosis,
    /// The PASS would end before it starts, or the same day (I1).
    #[error("the PASS would end before it starts")]
    EndsBeforeStart,
    /// The PASS would last more than 730 days: what makes one longer is a prolongation (rule book 03 §4.2).
    #[error("the PASS would last more than 730 days")]
    TooLong,
    /// The dates are those of another PASS of the person (I6).
    #[error("the dates overlap another PASS of the person")]
    Overlaps,
}

impl Application {
    /// Delivers the PASS of this hire by hand, for these days. The mode of delivery stays manual.
    pub fn deliver(
        self,
        period: Period,
        facts: &DeliveryFacts,
        at: DateTime<Utc>,
    ) -> Result<Delivered, DeliveryRefused> {
        let hiring = self.to_deliver(facts, at)?;
        let diagnosis = hiring.diagnosis.ok_or(DeliveryRefused::NoDiagnosis)?;
        if period.end <= period.start {
            return Err(DeliveryRefused::EndsBeforeStart);
        }
        let overlaps = |pass: &Pass| pass.period().overlaps(period);
        if facts.issue.passes.iter().any(overlaps) {
            return Err(DeliveryRefused::Overlaps);
        }
        if period.end > validity::default_end(period.start) {
            return Err(DeliveryRefused::TooLong);
        }
        let pass = self.issue_pass(period, diagnosis, &facts.issue, at);
        let hiring = Hiring { delivery: PassDelivery::DeliveredByHand(facts.issue.new_pass), ..hiring };
        let change =
            ApplicationChange::PassDelivered { pass: facts.issue.new_pass, accepted_by: facts.accepted_by };
        Ok(Delivered { application: Self { state: State::Accepted(hiring), ..self }.changed(change), pass })
    }

    /// Refuses to deliver the PASS of this hire: the person is in their waiting period.
    pub fn refuse_delivery(
        self,
        facts: &DeliveryFacts,
        at: DateTime<Utc>,
    ) -> Result<Changed<Self>, DeliveryRefused> {
        let hiring = self.to_deliver(facts, at)?;
        let hiring = Hiring { delivery: PassDelivery::RefusedByHand { at }, ..hiring };
        let change = ApplicationChange::PassRefused { accepted_by: facts.accepted_by };
        Ok(Self { state: State::Accepted(hiring), ..self }.changed(change))
    }

    /// The hire whose PASS waits to be delivered.
    fn to_deliver(&self, facts: &DeliveryFacts, at: DateTime<Utc>) -> Result<Hiring, DeliveryRefused> {
        let State::Accepted(hiring) = &self.state else { return Err(DeliveryRefused::NothingToDeliver) };
        match hiring.delivery {
            PassDelivery::Manual => {}
            PassDelivery::NotRequired
            | PassDelivery::Automatic(_)
            | PassDelivery::DeliveredByHand(_)
            | PassDelivery::RefusedByHand { .. } => return Err(DeliveryRefused::NothingToDeliver),
        }
        let today = paris_date(at);
        let latest = waiting_period::latest_pass(&facts.issue.passes, today);
        if latest.is_some_and(|pass| pass.parcours.is_valid(today)) {
            return Err(DeliveryRefused::ValidPass);
        }
        Ok(hiring.clone())
    }
}

#[cfg(test)]
mod tests;
