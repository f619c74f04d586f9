//! Reminding an employer of an application that waits.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Application, ApplicationChange};
use crate::Changed;

/// An employer is not reminded of one application more often than that.
const EVERY: TimeDelta = TimeDelta::days(7);

/// Why the employer is not reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RemindRefused {
    /// The employer answered.
    #[error("the application does not wait for an answer")]
    Answered,
    /// It was sent, or reminded of, less than a week ago.
    #[error("too early, possible from {from}")]
    TooEarly {
        /// When it becomes possible.
        from: DateTime<Utc>,
    },
}

/// When the employer may be reminded of an application sent, and perhaps reminded of, at these times.
pub fn remindable_from(submitted_at: DateTime<Utc>, last: Option<DateTime<Utc>>) -> DateTime<Utc> {
    last.map_or(submitted_at, |last| last.max(submitted_at)) + EVERY
}

impl Application {
    /// Reminds the employer, once a week at most, while the application waits for an answer. Nothing else changes: the
    /// time after which it is declined by itself runs on (rule book 02 §7.3).
    pub fn remind(
        self,
        last: Option<DateTime<Utc>>,
        at: DateTime<Utc>,
    ) -> Result<Changed<Self>, RemindRefused> {
        if !self.state.code().is_pending() {
            return Err(RemindRefused::Answered);
        }
        let from = remindable_from(self.submitted_at, last);
        if at < from {
            return Err(RemindRefused::TooEarly { from });
        }
        Ok(self.changed(ApplicationChange::Reminded))
    }
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::super::tests::{application, now};
    use super::*;

    #[test]
    fn once_a_week_at_most_and_only_what_waits() {
        let week = TimeDelta::days(7);
        let second = TimeDelta::seconds(1);
        let sent = now();
        let table = [
            (State::New, None, sent + week, None),
            (
                State::Processing,
                None,
                sent + week - second,
                Some(RemindRefused::TooEarly { from: sent + week }),
            ),
            (State::New, Some(sent + week), sent + week + week, None),
            (
                State::Postponed { resume_on: None },
                Some(sent + week),
                sent + week + week - second,
                Some(RemindRefused::TooEarly { from: sent + week + week }),
            ),
            (State::Obsolete { at: sent }, None, sent + week, Some(RemindRefused::Answered)),
        ];
        for (state, last, at, refused) in table {
            assert_eq!(application(state).remind(last, at).err(), refused, "{last:?} {at}");
        }
    }
}
