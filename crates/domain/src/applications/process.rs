//! Studying an application, putting it on hold (rule book 02 §3.3, §5.3).

use chrono::NaiveDate;

use super::{Application, ApplicationChange, Overtaken, State, StateCode, Transition};
use crate::Changed;
use crate::text::Message;
use crate::time::add_months;

/// Months within which a company comes back to what it puts on hold: beyond, the person is better told to apply again.
const RESUMED_WITHIN_MONTHS: u32 = 12;

/// What a company says when it puts an application on hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postpone {
    /// Its answer, always given (PRO-10).
    pub answer: Message,
    /// The day it wants to come back to it: a reminder to itself, told to no one else.
    pub resume_on: Option<NaiveDate>,
}

/// Why an application is not put on hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostponeRefused {
    /// The state is another by now (WF-8, D32).
    #[error(transparent)]
    Overtaken(#[from] Overtaken),
    /// The day to come back is not after today.
    #[error("the day to come back is not after today")]
    ResumesTooSoon,
    /// The day to come back is too far.
    #[error("the day to come back is after {latest}")]
    ResumesTooLate {
        /// The last day that may be chosen.
        latest: NaiveDate,
    },
}

/// Whether a company may set this day to come back.
pub fn may_resume(day: NaiveDate, today: NaiveDate) -> Result<(), PostponeRefused> {
    let latest = add_months(today, RESUMED_WITHIN_MONTHS);
    match day {
        day if day <= today => Err(PostponeRefused::ResumesTooSoon),
        day if day > latest => Err(PostponeRefused::ResumesTooLate { latest }),
        _ => Ok(()),
    }
}

impl Application {
    /// Puts the application under study.
    pub fn process(self, seen: Option<StateCode>) -> Result<Changed<Self>, Overtaken> {
        let from = self.allow(Transition::Process, seen)?;
        Ok(Self { state: State::Processing, ..self }.changed(ApplicationChange::Processing { from }))
    }

    /// Puts the application on hold, with an answer that is always given (PRO-10), until a day perhaps.
    pub fn postpone(
        self,
        seen: Option<StateCode>,
        Postpone { answer, resume_on }: Postpone,
        today: NaiveDate,
    ) -> Result<Changed<Self>, PostponeRefused> {
        let from = self.allow(Transition::Postpone, seen)?;
        if let Some(day) = resume_on {
            may_resume(day, today)?;
        }
        let postponed = Self { state: State::Postponed { resume_on }, answer: Some(answer.clone()), ..self };
        Ok(postponed.changed(ApplicationChange::Postponed { from, answer: Some(answer) }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{application, now};
    use super::*;

    #[test]
    fn studying_twice_is_refused() {
        let (studied, _) = application(State::New).process(Some(StateCode::New)).unwrap().into_parts();
        assert_eq!(studied.state, State::Processing);
        let again = studied.process(Some(StateCode::Processing));
        assert_eq!(again, Err(Overtaken { still_possible: false }));
    }

    fn today() -> NaiveDate {
        "2026-05-04".parse().unwrap()
    }

    fn later(resume_on: Option<&str>) -> Postpone {
        let resume_on = resume_on.map(|day| day.parse().unwrap());
        Postpone { answer: Message::parse("Nous revenons vers vous.").unwrap(), resume_on }
    }

    #[test]
    fn postponing_overwrites_the_answer_and_keeps_the_day_to_come_back() {
        for resume_on in [None, Some("2026-05-05"), Some("2027-05-04")] {
            let command = later(resume_on);
            let (postponed, _) = application(State::Processing)
                .postpone(Some(StateCode::Processing), command.clone(), today())
                .unwrap()
                .into_parts();
            assert_eq!(postponed.state, State::Postponed { resume_on: command.resume_on });
            assert_eq!(postponed.answer, Some(command.answer));
        }
    }

    #[test]
    fn one_comes_back_after_today_and_within_a_year() {
        let latest = "2027-05-04".parse().unwrap();
        for (resume_on, refused) in [
            ("2026-05-04", PostponeRefused::ResumesTooSoon),
            ("1026-06-01", PostponeRefused::ResumesTooSoon),
            ("2027-05-05", PostponeRefused::ResumesTooLate { latest }),
        ] {
            let postponed =
                application(State::New).postpone(Some(StateCode::New), later(Some(resume_on)), today());
            assert_eq!(postponed, Err(refused), "{resume_on}");
        }
    }

    #[test]
    fn what_is_cancelled_is_not_postponed() {
        let cancelled = application(State::Cancelled { at: now() });
        let postponed = cancelled.postpone(Some(StateCode::Cancelled), later(None), today());
        assert_eq!(postponed, Err(Overtaken { still_possible: false }.into()));
    }

    #[test]
    fn a_decision_made_from_another_state_is_asked_again_while_it_is_possible() {
        let on_hold = State::Postponed { resume_on: None };
        let states = [
            (State::Processing, Some(StateCode::New), true),
            (State::Processing, None, true),
            (on_hold, Some(StateCode::Processing), false),
        ];
        for (state, seen, still_possible) in states {
            let postponed = application(state).postpone(seen, later(None), today());
            assert_eq!(postponed, Err(Overtaken { still_possible }.into()), "D32: {seen:?}");
        }
    }
}
