//! Reminders of a request that waits (rule book 03 §6.7, D9).

use chrono::{DateTime, NaiveDate, Utc};

use super::{ProlongationRequest, RequestState};
use crate::Changed;
use crate::ids::UserId;
use crate::pass::PassChange;
use crate::time::paris_date;

/// Colleagues reminded besides the prescriber it is addressed to, at most.
pub const MOST_COLLEAGUES: usize = 10;

/// Days between two reminders, and before the first.
const EVERY_DAYS: i64 = 10;

/// Days after which a request is reminded no more.
const REMINDED_DAYS: i64 = 30;

/// A request and whom it is reminded to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminded {
    /// The request, reminded.
    pub request: ProlongationRequest,
}

/// Whether a request that waits is reminded on `today`: ten days after it was asked or last reminded, for thirty days. A day
/// that is missed shifts the following ones.
pub fn is_due(asked: NaiveDate, reminded: Option<NaiveDate>, today: NaiveDate) -> bool {
    let days = |since: NaiveDate| (today - since).num_days();
    days(asked) <= REMINDED_DAYS && days(reminded.unwrap_or(asked)) >= EVERY_DAYS
}

/// Reminds a request to those people; none when it waits no more, or not for long enough.
pub fn remind(
    request: ProlongationRequest,
    told: Vec<UserId>,
    at: DateTime<Utc>,
) -> Option<Changed<Reminded>> {
    let due = is_due(paris_date(request.created_at), request.reminded_at.map(paris_date), paris_date(at));
    if request.state != RequestState::Pending || !due {
        return None;
    }
    let organisation = request.parties.addressed.organisation;
    let change = PassChange::ProlongationReminded { request: request.id, told, organisation };
    let event = request.event(change);
    Some(Changed::new(Reminded { request: ProlongationRequest { reminded_at: Some(at), ..request } }, event))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::{Addressed, ProlongationReason, RequestParties};
    use super::*;
    use crate::ids::{CandidateId, OrganisationId, PassId, ProlongationRequestId};
    use crate::time::{Period, add_days};

    /// The days of the reminders, when the task runs on these days after the request.
    fn days(runs: &[u64]) -> Vec<u64> {
        let asked: NaiveDate = "2026-11-01".parse().unwrap();
        let mut reminded = None;
        let mut days = vec![];
        for run in runs {
            let today = add_days(asked, *run);
            if is_due(asked, reminded, today) {
                reminded = Some(today);
                days.push(*run);
            }
        }
        days
    }

    /// Rule book 03 §6.7.
    #[test]
    fn days_10_20_and_30_then_silence() {
        let every: Vec<u64> = (0..60).collect();
        assert_eq!(days(&every), [10, 20, 30]);
        let one_missed: Vec<u64> = (0..60).filter(|day| *day != 10).collect();
        assert_eq!(days(&one_missed), [11, 21], "the third would come on day 31");
        assert_eq!(days(&[9, 30, 31, 40]), [30]);
        assert_eq!(days(&[31, 32]), [] as [u64; 0]);
    }

    fn request(state: RequestState) -> ProlongationRequest {
        let id = Uuid::from_u128;
        let (user, organisation) = (UserId(id(1)), OrganisationId(id(2)));
        let start: NaiveDate = "2027-12-31".parse().unwrap();
        ProlongationRequest {
            id: ProlongationRequestId(id(3)),
            pass: PassId(id(4)),
            candidate: CandidateId(id(5)),
            reason: ProlongationReason::Rqth,
            period: Period { start, end: add_days(start, 60) },
            parties: RequestParties {
                company: organisation,
                declared_by: user,
                addressed: Addressed { organisation, assignee: user },
            },
            condition_declared: true,
            state,
            created_at: at("2026-11-01"),
            reminded_at: None,
        }
    }

    fn at(day: &str) -> DateTime<Utc> {
        format!("{day}T10:00:00Z").parse().unwrap()
    }

    /// A request that waits is reminded on its day; one that was answered never is, and none is before its day.
    #[test]
    fn only_a_request_that_waits_is_reminded() {
        for (state, today, reminded) in [
            (RequestState::Pending, "2026-11-11", true),
            (RequestState::Pending, "2026-11-10", false),
            (RequestState::Granted, "2026-11-11", false),
            (RequestState::Denied, "2026-11-11", false),
        ] {
            let kept =
                remind(request(state), vec![], at(today)).map(|changed| changed.into_parts().0.request);
            assert_eq!(
                kept.map(|request| request.reminded_at),
                reminded.then(|| Some(at(today))),
                "{state:?} {today}"
            );
        }
    }
}
