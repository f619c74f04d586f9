//! Wrong codes in a row: the first five are looked at at once, then the next waits a minute, two, four, an hour at the most
//! (AUT-21). A right one begins again. Of several at the same instant, each is looked at after the one before.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use crate::error::Error;

/// Wrong codes that are forgiven.
const FORGIVEN: i32 = 5;
/// The longest one waits.
const LONGEST_WAIT: i64 = 60;

/// What a code, or a passkey, was worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tried {
    /// It was right.
    Right {
        /// The application or the passkey that it was of; none of a backup code.
        factor_id: Option<Uuid>,
    },
    /// It was wrong.
    Wrong,
    /// It was not looked at.
    Locked {
        /// Minutes after which one will be.
        minutes: i64,
    },
}

/// The right to have a code looked at, for who holds the account until the transaction ends.
pub(super) struct Try {
    account_id: Uuid,
    failures: i32,
}

/// Takes it; otherwise says how many minutes to wait.
pub(super) async fn begin(
    db: &mut PgConnection,
    account_id: Uuid,
    now: DateTime<Utc>,
) -> Result<Result<Try, i64>, Error> {
    let known = store::lock_tries(db, account_id, now).await?;
    if known.next_try_at > now {
        return Ok(Err((known.next_try_at - now).num_minutes() + 1));
    }
    Ok(Ok(Try { account_id, failures: known.failures }))
}

impl Try {
    /// Says what it was worth.
    pub(super) async fn end(
        self,
        db: &mut PgConnection,
        tried: Tried,
        now: DateTime<Utc>,
    ) -> Result<Tried, Error> {
        let right = matches!(tried, Tried::Right { .. });
        let failures = if right { 0 } else { self.failures.saturating_add(1) };
        store::set_tries(db, self.account_id, failures, now + wait(failures)).await?;
        Ok(tried)
    }
}

/// How long the next one waits.
fn wait(failures: i32) -> TimeDelta {
    let Ok(doublings) = u32::try_from(failures - FORGIVEN) else { return TimeDelta::zero() };
    let minutes = 1_i64.checked_shl(doublings.min(16)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
    TimeDelta::minutes(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_code_waits_longer_and_longer() {
        for (failures, minutes) in
            [(0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (30, 60), (i32::MAX, 60)]
        {
            assert_eq!(wait(failures), TimeDelta::minutes(minutes), "{failures}");
        }
    }
}
