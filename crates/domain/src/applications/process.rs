//! Studying an application, putting it on hold (rule book 02 §3.3, §5.3).

use super::{Application, ApplicationChange, Overtaken, State, StateCode, Transition};
use crate::Changed;
use crate::text::NonBlank;

impl Application {
    /// Puts the application under study.
    pub fn process(self, seen: Option<StateCode>) -> Result<Changed<Self>, Overtaken> {
        let from = self.allow(Transition::Process, seen)?;
        Ok(Self { state: State::Processing, ..self }.changed(ApplicationChange::Processing { from }))
    }

    /// Puts the application on hold, with an answer that is always given (PRO-10).
    pub fn postpone(self, seen: Option<StateCode>, answer: NonBlank) -> Result<Changed<Self>, Overtaken> {
        let from = self.allow(Transition::Postpone, seen)?;
        let postponed = Self { state: State::Postponed, answer: Some(answer), ..self };
        Ok(postponed.changed(ApplicationChange::Postponed { from }))
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

    #[test]
    fn postponing_overwrites_the_answer() {
        let answer = NonBlank::parse("Nous revenons vers vous en mars.").unwrap();
        let (postponed, _) = application(State::Processing)
            .postpone(Some(StateCode::Processing), answer.clone())
            .unwrap()
            .into_parts();
        assert_eq!((postponed.state, postponed.answer), (State::Postponed, Some(answer)));
    }

    #[test]
    fn what_is_cancelled_is_not_postponed() {
        let answer = NonBlank::parse("Plus tard.").unwrap();
        let cancelled = application(State::Cancelled { at: now() });
        let postponed = cancelled.postpone(Some(StateCode::Cancelled), answer);
        assert_eq!(postponed, Err(Overtaken { still_possible: false }));
    }

    #[test]
    fn a_decision_made_from_another_state_is_asked_again_while_it_is_possible() {
        let states = [
            (State::Processing, Some(StateCode::New), true),
            (State::Processing, None, true),
            (State::Postponed, Some(StateCode::Processing), false),
        ];
        for (state, seen, still_possible) in states {
            let answer = NonBlank::parse("Plus tard.").unwrap();
            let postponed = application(state).postpone(seen, answer);
            assert_eq!(postponed, Err(Overtaken { still_possible }), "D32: {seen:?}");
        }
    }
}
