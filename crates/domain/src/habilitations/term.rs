//! The right runs to its last day: its end is announced, then told (D15).

use chrono::{DateTime, NaiveDate, Utc};

use super::dossier::{Habilitation, HabilitationState};
use super::event::HabilitationChange;
use crate::Changed;
use crate::time::sub_months;

/// Months before its end when a right is announced to end, the first first.
pub const ANNOUNCED_MONTHS: [u32; 3] = [6, 3, 1];

/// Months before its end from which a renewal may be asked for.
pub const RENEWAL_MONTHS: u32 = 12;

impl Habilitation {
    /// Announces the end of its right, when an announcement is due that was not sent.
    pub fn announce(self, today: NaiveDate) -> Option<Changed<Self>> {
        let ends_on = self.running_until().filter(|end| today <= *end)?;
        let is_due = |months: &u32| today >= sub_months(ends_on, *months);
        let months = ANNOUNCED_MONTHS.into_iter().rev().find(is_due)?;
        if self.announced_months.is_some_and(|told| told <= months) {
            return None;
        }
        let announced = Self { announced_months: Some(months), ..self };
        Some(announced.told(HabilitationChange::Announced { months, ends_on }))
    }

    /// Tells that its right is over, unless another order took its place.
    pub fn end(self, is_renewed: bool, today: NaiveDate, now: DateTime<Utc>) -> Option<Changed<Self>> {
        let ends_on = self.running_until().filter(|end| today > *end)?;
        let ended = Self { ended_at: Some(now), ..self };
        Some(ended.told(HabilitationChange::Ended { ends_on, is_renewed }))
    }

    /// The last day of a right whose end was not told.
    fn running_until(&self) -> Option<NaiveDate> {
        let order = self.order.as_ref().filter(|_| self.state == HabilitationState::Granted)?;
        self.ended_at.is_none().then_some(order.period.end)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::habilitations::Order;
    use crate::ids::{HabilitationId, OrganisationId};
    use crate::time::Period;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn right(told: Option<u32>) -> Habilitation {
        let period = Period { start: day("2022-01-01"), end: day("2026-12-31") };
        let order = Order::new("2021-57-9", day("2021-12-20"), period, day("2022-01-01")).unwrap();
        let whose = (OrganisationId(Uuid::from_u128(2)), "57".to_owned(), None);
        let id = HabilitationId(Uuid::from_u128(1));
        let granted = Habilitation::record(id, whose, false, order, DateTime::UNIX_EPOCH).into_parts().0;
        Habilitation { announced_months: told, ..granted }
    }

    /// D15: « announced before it ends », 6, 3 and 1 months.
    #[test]
    fn the_end_of_a_right_is_announced_six_three_and_one_months_before_once_each() {
        for (today, told, expected) in [
            ("2026-06-29", None, None),
            ("2026-06-30", None, Some(6)),
            ("2026-07-01", Some(6), None),
            ("2026-09-30", Some(6), Some(3)),
            ("2026-11-29", Some(3), None),
            ("2026-11-30", Some(3), Some(1)),
            ("2026-12-15", None, Some(1)),
            ("2026-12-31", Some(1), None),
            ("2027-01-01", None, None),
        ] {
            let announced = right(told).announce(day(today)).map(|changed| changed.into_parts().0);
            assert_eq!(announced.and_then(|right| right.announced_months), expected, "{today} {told:?}");
        }
    }

    #[test]
    fn the_end_is_told_once_from_the_day_after() {
        let now = DateTime::UNIX_EPOCH;
        assert!(right(None).end(false, day("2026-12-31"), now).is_none());
        let ended = right(None).end(false, day("2027-01-01"), now).unwrap().into_parts().0;
        assert!(ended.end(false, day("2027-01-02"), now).is_none());
    }
}
