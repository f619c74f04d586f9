//! How many sign-ins by password may fail (AUT-6, D25): failures are counted, never beginnings.

use chrono::TimeDelta;

use crate::Changed;

/// Failures allowed for one account…
const OF_ACCOUNT: i64 = 5;
/// … in this time.
pub const ACCOUNT_WINDOW: TimeDelta = TimeDelta::minutes(5);
/// Failures allowed from one address of the network…
const OF_VISITOR: i64 = 10;
/// … in this time.
pub const VISITOR_WINDOW: TimeDelta = TimeDelta::minutes(1);

/// What failed lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failures {
    /// For the account.
    pub of_account: i64,
    /// From the address of the network.
    pub of_visitor: i64,
}

/// Why a password is not even looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LockedOut {
    /// Too many failures for the account: nothing says so but a mail to whoever holds the address.
    #[error("the account is locked for some minutes")]
    Account,
    /// Too many failures from one address of the network.
    #[error("too many failures from one address")]
    Visitor,
}

/// A password that is about to be looked at: a failure, until it is known to be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordTry {
    /// The digest of the account it is for.
    pub account: Vec<u8>,
    /// The digest of the address of the network it comes from.
    pub visitor: Vec<u8>,
    /// Whether the account is locked when it is wrong.
    pub is_last: bool,
}

impl PasswordTry {
    /// One that nobody looks at, for an account that is locked: it counts for where it comes from alone, so that insisting keeps
    /// neither the account locked nor the machine busy.
    pub fn insisting(visitor: Vec<u8>) -> Changed<Self> {
        Changed::with(Self { account: vec![], visitor, is_last: false }, vec![])
    }
}

/// Whether one more password is looked at. It may be for nobody's account: nothing happens to any.
pub fn try_password(
    account: Vec<u8>,
    visitor: Vec<u8>,
    failures: Failures,
) -> Result<Changed<PasswordTry>, LockedOut> {
    if failures.of_visitor >= OF_VISITOR {
        Err(LockedOut::Visitor)
    } else if failures.of_account >= OF_ACCOUNT {
        Err(LockedOut::Account)
    } else {
        let is_last = failures.of_account + 1 == OF_ACCOUNT;
        Ok(Changed::with(PasswordTry { account, visitor, is_last }, vec![]))
    }
}

/// Wrong codes of one application that are looked at at once, then the next waits a minute, two, four, an hour at the most
/// (AUT-21).
pub fn code_wait(failures: i32) -> TimeDelta {
    const FORGIVEN: i32 = 5;
    const LONGEST: i64 = 60;
    let Ok(doublings) = u32::try_from(failures - FORGIVEN) else { return TimeDelta::zero() };
    let minutes = 1_i64.checked_shl(doublings.min(16)).unwrap_or(LONGEST).min(LONGEST);
    TimeDelta::minutes(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_lock_an_account_and_ten_a_place() {
        for (of_account, of_visitor, expected) in [
            (0, 0, Ok(false)),
            (3, 9, Ok(false)),
            (4, 0, Ok(true)),
            (5, 0, Err(LockedOut::Account)),
            (0, 10, Err(LockedOut::Visitor)),
            (5, 10, Err(LockedOut::Visitor)),
        ] {
            let tried = try_password(vec![1], vec![2], Failures { of_account, of_visitor });
            assert_eq!(tried.map(|tried| tried.value().is_last), expected);
        }
    }

    #[test]
    fn the_next_code_waits_longer_and_longer() {
        for (failures, minutes) in
            [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (i32::MAX, 60)]
        {
            assert_eq!(code_wait(failures), TimeDelta::minutes(minutes), "{failures}");
        }
    }
}
