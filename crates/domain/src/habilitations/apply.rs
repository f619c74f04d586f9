//! An organisation asks to be authorised: when it may, what its request must hold.

use chrono::{DateTime, NaiveDate, Utc};

use super::authorisation::Authorisation;
use super::dossier::{Habilitation, HabilitationRefused, HabilitationState, Written};
use super::event::HabilitationChange;
use super::term::RENEWAL_MONTHS;
use crate::Changed;
use crate::code::code;
use crate::ids::{HabilitationId, OrganisationId};
use crate::organisations::{AuthorisationStatus, PrescriberKind};
use crate::time::sub_months;

code! {
    /// What a request may ask for.
    MayApply {
        First = "first", "Première demande";
        Renewal = "renewal", "Renouvellement";
    }
}

/// Why an organisation has nothing to ask for today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotNeeded {
    /// It is authorised by the order of 1 September 2021.
    #[error("the organisation is authorised nationally")]
    Authorised,
    /// Its right does not end soon.
    #[error("the right may be renewed from {from}")]
    TooEarly {
        /// First day a renewal may be asked for.
        from: NaiveDate,
    },
    /// Nobody knows in which département it is: no DDETS can instruct.
    #[error("the organisation has no département")]
    NoDepartment,
}

/// Whether an organisation may ask for the right, or for its renewal.
pub fn may_apply(authorisation: &Authorisation, today: NaiveDate) -> Result<MayApply, NotNeeded> {
    if authorisation.kind != PrescriberKind::Ohpd {
        return match authorisation.status {
            AuthorisationStatus::Validated => Err(NotNeeded::Authorised),
            AuthorisationStatus::NotSet | AuthorisationStatus::Refused | AuthorisationStatus::NotRequired => {
                Ok(MayApply::First)
            }
        };
    }
    // A right that starts later is one already: what counts is its last day.
    let from = authorisation.last_day().map(|end| sub_months(end, RENEWAL_MONTHS));
    match from.filter(|from| today < *from && authorisation.rests_on_orders()) {
        Some(from) => Err(NotNeeded::TooEarly { from }),
        None => Ok(MayApply::Renewal),
    }
}

/// Whether an organisation may be given the right by an order that day: one that is authorised without any needs none (PRE-11,
/// D15). An OHPD may, whatever its orders: another renews them, or follows them.
pub fn may_be_given_an_order(authorisation: &Authorisation, today: NaiveDate) -> Result<(), NotNeeded> {
    let rests_on_none = authorisation.kind != PrescriberKind::Ohpd && authorisation.is_on(today);
    if rests_on_none { Err(NotNeeded::Authorised) } else { Ok(()) }
}

code! {
    /// What a request lacks.
    Missing {
        Identified = "identified", "Point 1";
        Mission = "mission", "Point 2";
        Staff = "staff", "Point 3";
        Need = "need", "Point 4";
        Agreements = "agreements", "Conventions et partenariats";
        LocalBodies = "local_bodies", "Participation aux instances locales";
        Pieces = "piece", "Pièces";
    }
}

impl Habilitation {
    /// Begins a request, as a draft.
    pub fn begin(
        id: HabilitationId,
        (organisation, department, ddets): (OrganisationId, String, Option<OrganisationId>),
        asked: MayApply,
        now: DateTime<Utc>,
    ) -> Changed<Self> {
        let is_renewal = asked == MayApply::Renewal;
        let begun = Self {
            id,
            organisation,
            department,
            ddets,
            is_renewal,
            is_recorded: false,
            state: HabilitationState::Draft,
            written: Written::default(),
            pieces: 0,
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
        begun.told(HabilitationChange::Begun { is_renewal })
    }

    /// A draft asks for what its organisation may ask for today: an order may have been entered since, or its kind changed. What was
    /// submitted stays what it was.
    pub fn as_of_today(self, asked: Result<MayApply, NotNeeded>) -> Result<Self, NotNeeded> {
        if self.state != HabilitationState::Draft {
            return Ok(self);
        }
        let is_renewal = asked? == MayApply::Renewal;
        Ok(Self { is_renewal, ..self })
    }

    /// Keeps what was written, with as many files as there are from now on. The files say by themselves that they came.
    pub fn write(
        self,
        seen: Option<DateTime<Utc>>,
        written: Written,
        pieces: usize,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, HabilitationRefused> {
        self.ensure_seen(seen)?;
        if !self.state.is_written() {
            return Err(HabilitationRefused::NotNow(self.state));
        }
        Ok(Changed::with(Self { written, pieces, changed_at: now, ..self }, vec![]))
    }

    /// What it lacks to be submitted.
    pub fn lacks(&self) -> Vec<Missing> {
        let Written { identified, mission, staff, need, agreements, local_bodies } = &self.written;
        let declared = |text: &str| self.is_renewal && text.is_empty();
        [
            (identified.is_empty(), Missing::Identified),
            (mission.is_empty(), Missing::Mission),
            (staff.is_empty(), Missing::Staff),
            (need.is_empty(), Missing::Need),
            (declared(agreements), Missing::Agreements),
            (declared(local_bodies), Missing::LocalBodies),
            (self.pieces == 0, Missing::Pieces),
        ]
        .into_iter()
        .filter_map(|(is_so, missing)| is_so.then_some(missing))
        .collect()
    }

    /// Submits it to the DDETS as it was read again, the first time or once it was completed.
    pub fn submit(
        self,
        seen: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, HabilitationRefused> {
        let is_completed = match self.state {
            HabilitationState::Draft => false,
            HabilitationState::Completing => true,
            state @ (HabilitationState::Submitted
            | HabilitationState::Granted
            | HabilitationState::Refused
            | HabilitationState::Revoked) => return Err(HabilitationRefused::NotNow(state)),
        };
        self.ensure_seen(seen)?;
        let lacks = self.lacks();
        if !lacks.is_empty() {
            return Err(HabilitationRefused::Lacks(lacks));
        }
        let is_renewal = self.is_renewal;
        let submitted =
            Self { state: HabilitationState::Submitted, submitted_at: Some(now), changed_at: now, ..self };
        Ok(submitted.told(HabilitationChange::Submitted { is_renewal, is_completed }))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::time::Period;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn who_may_ask_and_when() {
        use AuthorisationStatus::{NotRequired, NotSet, Refused, Validated};
        let ends = |end: &str| Some(vec![Period { start: day("2022-01-01"), end: day(end) }]);
        let today = day("2026-05-04");
        let from = day("2026-05-05");
        for (kind, status, days, expected, rule) in [
            (PrescriberKind::Other, NotRequired, None, Ok(MayApply::First), "an orienteur"),
            (PrescriberKind::Other, NotSet, None, Ok(MayApply::First), "PRE-6, the order is asked for"),
            (PrescriberKind::Chrs, Refused, None, Ok(MayApply::First), "PRE-8"),
            (PrescriberKind::Ml, Validated, None, Err(NotNeeded::Authorised), "a national one"),
            (PrescriberKind::Ohpd, Validated, ends("2027-05-04"), Ok(MayApply::Renewal), "a year before"),
            (
                PrescriberKind::Ohpd,
                Validated,
                ends("2027-05-05"),
                Err(NotNeeded::TooEarly { from }),
                "too early",
            ),
            (PrescriberKind::Ohpd, Validated, ends("2026-05-03"), Ok(MayApply::Renewal), "it is over"),
            (PrescriberKind::Ohpd, Refused, ends("2029-05-03"), Ok(MayApply::Renewal), "it was revoked"),
            (PrescriberKind::Ohpd, Validated, None, Ok(MayApply::Renewal), "no order was entered"),
        ] {
            let asked = may_apply(&Authorisation { kind, status, days }, today);
            assert_eq!(asked, expected, "{kind:?} {status:?}: {rule}");
        }
        let later = vec![Period { start: day("2026-06-01"), end: day("2031-05-31") }];
        let granted = Authorisation { kind: PrescriberKind::Ohpd, status: Validated, days: Some(later) };
        let from = day("2030-05-31");
        assert_eq!(
            may_apply(&granted, today),
            Err(NotNeeded::TooEarly { from }),
            "granted, and starts later"
        );
    }

    /// PRE-11, D15: an order gives nothing to whoever the order of 1 September 2021 authorises.
    #[test]
    fn who_may_be_given_an_order() {
        use AuthorisationStatus::{NotRequired, NotSet, Refused, Validated};
        let until = |end: &str| Some(vec![Period { start: day("2022-01-01"), end: day(end) }]);
        for (kind, status, days, expected, rule) in [
            (PrescriberKind::Other, NotRequired, None, Ok(()), "an orienteur"),
            (PrescriberKind::Other, NotSet, None, Ok(()), "PRE-6, nobody decided yet"),
            (PrescriberKind::Chrs, Refused, None, Ok(()), "PRE-8"),
            (PrescriberKind::Ml, NotSet, None, Ok(()), "PRE-7, nobody decided yet"),
            (PrescriberKind::Ml, Validated, None, Err(NotNeeded::Authorised), "a national one"),
            (PrescriberKind::Ml, Validated, until("2023-01-01"), Err(NotNeeded::Authorised), "PRE-9"),
            (
                PrescriberKind::Ohpd,
                Validated,
                until("2029-05-03"),
                Ok(()),
                "D15, a right that runs is renewed",
            ),
            (PrescriberKind::Ohpd, Validated, until("2026-05-03"), Ok(()), "D15, it is over"),
            (PrescriberKind::Ohpd, Validated, None, Ok(()), "no order was entered"),
            (PrescriberKind::Ohpd, Refused, until("2029-05-03"), Ok(()), "it was revoked"),
        ] {
            let given = may_be_given_an_order(&Authorisation { kind, status, days }, day("2026-05-04"));
            assert_eq!(given, expected, "{kind:?} {status:?}: {rule}");
        }
    }

    fn draft(asked: MayApply) -> Habilitation {
        let (organisation, department) = (OrganisationId(Uuid::from_u128(2)), "57".to_owned());
        let id = HabilitationId(Uuid::from_u128(1));
        let now = DateTime::UNIX_EPOCH;
        Habilitation::begin(id, (organisation, department, None), asked, now).into_parts().0
    }

    fn written() -> Written {
        let said = || "Dit.".to_owned();
        Written { identified: said(), mission: said(), staff: said(), need: said(), ..Written::default() }
    }

    /// Guide P2 §1.1: four points, then at a renewal what the years that end are assessed on.
    #[test]
    fn a_request_says_its_four_points_and_a_renewal_what_was_done() {
        let now = DateTime::UNIX_EPOCH;
        let with = |asked, pieces| {
            let draft = draft(asked);
            let seen = Some(draft.changed_at);
            draft.write(seen, written(), pieces, now).unwrap().into_parts().0
        };
        assert!(with(MayApply::First, 1).lacks().is_empty());
        assert_eq!(with(MayApply::First, 0).lacks(), [Missing::Pieces]);
        assert_eq!(with(MayApply::Renewal, 1).lacks(), [Missing::Agreements, Missing::LocalBodies]);
        assert_eq!(draft(MayApply::Renewal).lacks(), Missing::ALL);
        let submitted = with(MayApply::First, 1).submit(Some(now), now).unwrap().into_parts().0;
        assert_eq!(submitted.state, HabilitationState::Submitted);
        let again = submitted.clone().submit(Some(now), now);
        assert_eq!(again.unwrap_err(), HabilitationRefused::NotNow(HabilitationState::Submitted));
        let seen = Some(submitted.changed_at);
        let late = submitted.write(seen, written(), 1, now);
        assert_eq!(late.unwrap_err(), HabilitationRefused::NotNow(HabilitationState::Submitted));
    }

    /// An organisation that was authorised since it began its draft has nothing to ask for, or a renewal.
    #[test]
    fn a_draft_asks_for_what_may_be_asked_for_today() {
        let begun = || draft(MayApply::First);
        assert_eq!(begun().as_of_today(Err(NotNeeded::Authorised)), Err(NotNeeded::Authorised));
        assert!(begun().as_of_today(Ok(MayApply::Renewal)).unwrap().is_renewal);
        let submitted = Habilitation { state: HabilitationState::Completing, ..begun() };
        assert_eq!(submitted.clone().as_of_today(Err(NotNeeded::Authorised)), Ok(submitted));
    }

    /// D32.
    #[test]
    fn a_draft_that_a_colleague_changed_is_not_written_over() {
        let seen = DateTime::from_timestamp(1, 0);
        let late = draft(MayApply::First).write(seen, written(), 0, DateTime::UNIX_EPOCH);
        assert_eq!(late.unwrap_err(), HabilitationRefused::Overtaken);
        let late = draft(MayApply::First).submit(seen, DateTime::UNIX_EPOCH);
        assert_eq!(late.unwrap_err(), HabilitationRefused::Overtaken, "what is submitted was read again");
    }
}
