//! The days of a campaign, as its mails and those of its controls say them.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::Calendar;
use iae_domain::french;
use iae_domain::time::{Period, paris_date};

/// The days of a campaign.
#[derive(Debug, Clone, Copy)]
pub(in crate::notifications) struct Days {
    /// Contracts that are controlled, by their first day.
    pub period: Period,
    pub calendar: Calendar,
    /// When the SIAE were drawn, once they are.
    pub launched_at: Option<DateTime<Utc>>,
    /// When the contradictory phase was begun, once it is.
    pub adversarial_at: Option<DateTime<Utc>>,
}

impl Days {
    /// « du 1er janvier au 31 décembre 2025 ».
    pub(in crate::notifications) fn hired(self) -> String {
        french::period(self.period.start, self.period.end)
    }

    /// The day the SIAE are to be drawn.
    pub(in crate::notifications) fn launch_on(self) -> String {
        french::date(self.calendar.launch_on)
    }

    /// Last day the DDETS may choose its ratio.
    pub(in crate::notifications) fn ratio_until(self) -> String {
        french::date(self.calendar.ratio_until())
    }

    /// How many days it has for that, today included; none when they are over.
    pub(in crate::notifications) fn left_for_ratio(self, today: &NaiveDate) -> Option<String> {
        let days = (self.calendar.ratio_until() - *today).num_days() + 1;
        (days > 0).then(|| french::days(days.unsigned_abs()))
    }

    /// Last day of an SIAE in the amicable phase.
    pub(in crate::notifications) fn amicable_until(self) -> String {
        french::date(self.amicable_end())
    }

    /// Whether that day is past.
    pub(in crate::notifications) fn amicable_is_over(self, today: &NaiveDate) -> bool {
        self.amicable_end() < *today
    }

    /// Last day of the DDETS to review what came in the amicable phase.
    pub(in crate::notifications) fn amicable_review_until(self) -> String {
        french::date(self.calendar.amicable_review_until())
    }

    /// First day of the contradictory phase.
    pub(in crate::notifications) fn adversarial_from(self) -> String {
        french::date(self.calendar.adversarial_from)
    }

    /// Last day of an SIAE in the contradictory phase.
    pub(in crate::notifications) fn adversarial_until(self) -> String {
        french::date(self.calendar.adversarial_until())
    }

    /// Whether that day is past.
    pub(in crate::notifications) fn adversarial_is_over(self, today: &NaiveDate) -> bool {
        self.calendar.adversarial_until() < *today
    }

    /// Last day of the DDETS to review what came in the contradictory phase.
    pub(in crate::notifications) fn adversarial_review_until(self) -> String {
        french::date(self.calendar.adversarial_review_until())
    }

    /// Last day to notify a sanction, which blocks nothing (D14).
    pub(in crate::notifications) fn sanctions_until(self) -> String {
        french::date(self.calendar.sanctions_until(self.adversarial_at))
    }

    fn amicable_end(self) -> NaiveDate {
        Calendar::amicable_until(self.launched_at.map_or(self.calendar.launch_on, paris_date))
    }
}
