//! When an SIAE is reminded that its proofs are awaited (rule book 04 §1.18): each time is a day from which it is due, never a
//! day on which it is, so that an outage loses none.

use chrono::{DateTime, NaiveDate, Utc};

use super::controlled::Control;
use super::event::ControlChange;
use super::state::{Campaign, Defended};
use crate::Changed;
use crate::ids::ControlId;
use crate::time::{add_days, paris_date};

/// Days after the beginning of a phase from which an SIAE that sent nothing is reminded.
const AFTER_DAYS: u64 = 30;

impl Control {
    /// Reminds the SIAE, once a phase; none when nothing is due (E8, E14).
    pub fn remind(
        &self,
        launched_at: DateTime<Utc>,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Option<Changed<(ControlId, DateTime<Utc>)>> {
        if self.phase == Campaign::Ended {
            return None;
        }
        let is_adversarial = self.is_reminded(launched_at, today)?;
        let event = self.event(ControlChange::Reminded { is_adversarial });
        Some(Changed::new((self.id, now), event))
    }

    /// Of which phase a reminder is due: true for the contradictory one.
    fn is_reminded(&self, launched_at: DateTime<Utc>, today: NaiveDate) -> Option<bool> {
        let defended = self.defended();
        // What the State certified is no proof that was submitted (EXT 7).
        let submitted = |one: &Defended| one.submitted_at.filter(|_| !one.is_certified);
        let amicable = add_days(paris_date(launched_at), AFTER_DAYS) <= today
            && self.adversarial_from >= today
            && self.reviewed.at.is_none()
            && self.reminded_at.is_none()
            && !defended.iter().any(|one| submitted(one).is_some());
        let since = self.reviewed.at;
        // Before the turn, a reminder would tell what was decided.
        let adversarial = self.is_adversarial
            && add_days(self.adversarial_from, AFTER_DAYS) <= today
            && self.reviewed.finally_at.is_none()
            && !defended
                .iter()
                .any(|one| submitted(one).is_some_and(|at| since.is_none_or(|since| at > since)))
            && self.reminded_at.is_none_or(|at| since.is_some_and(|since| at < since));
        if amicable { Some(false) } else { adversarial.then_some(true) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::controlled::tests::control;
    use super::super::state::{HireState, Reviewed};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}T12:00:00Z").parse().unwrap()
    }

    /// Which phase a reminder sent on a day is of, if one is.
    fn reminded(control: &Control, today: &str) -> Option<bool> {
        // After midnight in Paris, before it in UTC: launched on 2 June.
        let launched = "2026-06-01T22:30:00Z".parse().unwrap();
        let (reminded, _) = control.remind(launched, at(today), day(today))?.into_parts();
        assert_eq!(reminded, (control.id, at(today)));
        control.is_reminded(launched, day(today))
    }

    fn silent() -> Control {
        Control { adversarial_from: day("2026-08-20"), ..control(&[HireState::Processing]) }
    }

    /// E8: from thirty days after the launch to the first day of the contradictory phase; never twice.
    #[test]
    fn an_siae_that_sent_nothing_is_reminded_of_the_amicable_phase() {
        for (control, today, expected) in [
            (silent(), "2026-07-01", None),
            (silent(), "2026-07-02", Some(false)),
            (silent(), "2026-08-20", Some(false)),
            (silent(), "2026-08-21", None),
            (Control { reminded_at: Some(at("2026-07-02")), ..silent() }, "2026-07-03", None),
            (Control { hires: control(&[HireState::Submitted]).hires, ..silent() }, "2026-07-02", None),
            (
                Control { hires: control(&[HireState::Submitted, HireState::Pending]).hires, ..silent() },
                "2026-07-02",
                None,
            ),
            (Control { phase: Campaign::Ended, ..silent() }, "2026-07-02", None),
            (
                Control {
                    reviewed: Reviewed { at: Some(at("2026-07-01")), ..Reviewed::default() },
                    ..silent()
                },
                "2026-07-02",
                None,
            ),
        ] {
            assert_eq!(reminded(&control, today), expected, "{today} {control:?}");
        }
    }

    /// E14: from thirty days after the first day of the contradictory phase, even to who was reminded of the amicable one.
    #[test]
    fn an_siae_that_sent_nothing_new_is_reminded_of_the_contradictory_phase() {
        let reviewed = Reviewed { at: Some(at("2026-08-20")), ..Reviewed::default() };
        let refused = Control {
            is_adversarial: true,
            reviewed,
            hires: control(&[HireState::Refused]).hires,
            ..silent()
        };
        let early = Control { reminded_at: Some(at("2026-07-02")), ..refused.clone() };
        let late = Control { reminded_at: Some(at("2026-09-19")), ..refused.clone() };
        let done = Reviewed { finally_at: Some(at("2026-09-10")), ..reviewed };
        for (control, today, expected) in [
            (&refused, "2026-09-18", None),
            (&refused, "2026-09-19", Some(true)),
            (&refused, "2026-12-31", Some(true)),
            (&early, "2026-09-19", Some(true)),
            (&late, "2026-09-20", None),
            (&Control { reviewed: done, ..refused.clone() }, "2026-09-19", None),
            (&Control { is_adversarial: false, ..refused.clone() }, "2026-12-31", None),
        ] {
            assert_eq!(reminded(control, today), expected, "{today} {control:?}");
        }
        let anew = Reviewed { at: Some(at("2026-08-01")), ..Reviewed::default() };
        let submitted = Control {
            is_adversarial: true,
            reviewed: anew,
            hires: control(&[HireState::Submitted]).hires,
            ..silent()
        };
        assert_eq!(reminded(&submitted, "2026-09-19"), None, "it submitted after the review");
    }

    /// EXT 7: what the State certified is no proof that was submitted.
    #[test]
    fn a_certified_criterion_is_no_submitted_proof() {
        let mut control =
            Control { hires: control(&[HireState::Accepted, HireState::Pending]).hires, ..silent() };
        control.hires[0].criteria[0].defended.is_certified = true;
        assert_eq!(reminded(&control, "2026-07-02"), Some(false));
    }
}
