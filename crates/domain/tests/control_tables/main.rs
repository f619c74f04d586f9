//! The tables of the rule book about a control (04 §1.8, §1.12 to §1.14), typed by hand in `src/control/tables`, beside what the code
//! says: each cell is compared with every combination it stands for. All that the code says, of what no table has too, is a snapshot.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod badges;
mod states;
mod table;
mod turns;

use chrono::{DateTime, Utc};
use iae_domain::control::{HireState, RawState, Reviewed};

/// An instant of August 2026.
fn at(day: u32, hour: u32) -> DateTime<Utc> {
    format!("2026-08-{day:02}T{hour:02}:00:00Z").parse().unwrap()
}

const fn yes(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

const fn set(date: Option<DateTime<Utc>>) -> &'static str {
    if date.is_some() { "set" } else { "null" }
}

/// The states of a hire, as the rule book calls them.
const HIRES: [(HireState, &str); 7] = [
    (HireState::Accepted, "ACCEPTED"),
    (HireState::Refused, "REFUSED"),
    (HireState::RefusedTwice, "REFUSED_2"),
    (HireState::Submitted, "SUBMITTED"),
    (HireState::Uploaded, "UPLOADED"),
    (HireState::Processing, "PROCESSING"),
    (HireState::Pending, "PENDING"),
];

/// The raw states of an SIAE, as the rule book calls them.
const RAWS: [(RawState, &str); 5] = [
    (RawState::Pending, "PENDING"),
    (RawState::Submittable, "SUBMITTABLE"),
    (RawState::Submitted, "SUBMITTED"),
    (RawState::Refused, "REFUSED"),
    (RawState::Accepted, "ACCEPTED"),
];

/// What may have been validated of an SIAE: nothing; the amicable phase; all of it at once, in that phase; all of it later.
fn reviews() -> [Reviewed; 4] {
    let reviewed = |at, finally_at| Reviewed { at, finally_at, final_state: None };
    let (once, later) = (Some(at(9, 8)), Some(at(10, 12)));
    [reviewed(None, None), reviewed(once, None), reviewed(once, once), reviewed(once, later)]
}
