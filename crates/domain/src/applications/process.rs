//! Studying an application, putting it on hold (rule book 02 §3.3, §5.3).

use super::{AlreadyProcessed, Application, ApplicationChange, State, Transition};
use crate::Changed;
use crate::text::NonBlank;

impl Application {
    /// Puts the application under study.
    pub fn process(self) -> Result<Changed<Self>, AlreadyProcessed> {
        let from = self.allow(Transition::Process)?;
        Ok(Self { state: State::Processing, ..self }.changed(ApplicationChange::Processing { from }))
    }

    /// Puts the application on hold, with an answer that is always given (PRO-10).
    pub fn postpone(self, answer: NonBlank) -> Result<Changed<Self>, AlreadyProcessed> {
        let from = self.allow(Transition::Postpone)?;
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
        let (studied, _) = application(State::New).process().unwrap().into_parts();
        assert_eq!(studied.state, State::Processing);
        assert_eq!(studied.process(), Err(AlreadyProcessed));
    }

    #[test]
    fn postponing_overwrites_the_answer() {
        let answer = NonBlank::parse("Nous revenons vers vous en mars.").unwrap();
        let (postponed, _) = application(State::Processing).postpone(answer.clone()).unwrap().into_parts();
        assert_eq!((postponed.state, postponed.answer), (State::Postponed, Some(answer)));
    }

    #[test]
    fn what_is_cancelled_is_not_postponed() {
        let answer = NonBlank::parse("Plus tard.").unwrap();
        assert_eq!(application(State::Cancelled { at: now() }).postpone(answer), Err(AlreadyProcessed));
    }
}
