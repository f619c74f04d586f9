//! How much one account, and one organisation, may ask of what tells about people or fills the store: more than anyone
//! needs who works, less than it takes to go through a list of strangers. Who has no account is counted by address.

use chrono::{DateTime, TimeDelta, Utc};

use crate::Changed;
use crate::accounts::{AccountChange, AccountEvent};
use crate::code::code;
use crate::ids::{OrganisationId, UserId};

code! {
    /// What is counted.
    Budget {
        LookUp = "look_up", "Recherches de personnes";
        NewFile = "new_file", "Dossiers créés";
        Upload = "upload", "Fichiers envoyés";
        AttestationCheck = "attestation_check", "Codes d’attestation inconnus";
        Picture = "picture", "Pages de justificatifs lues";
    }
}

/// The span in which an account works without a pause.
pub const WHILE: TimeDelta = TimeDelta::minutes(10);
/// The span of a day's work, whenever it begins.
pub const DAY: TimeDelta = TimeDelta::hours(24);

/// How many times, at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For an account, or an address, in ten minutes.
    pub account_while: i64,
    /// For an account, or an address, in a day.
    pub account_day: i64,
    /// For an organisation, in a day.
    pub organisation_day: i64,
}

impl Budget {
    /// A look-up answers whether a stranger is known here: 30, 200 and 1,000. A file is created after one. An application
    /// is sent with one CV, sometimes replaced. An agency of hundreds leaves by one address: only codes that no attestation
    /// has are counted there, as logins that fail are (D25). A page of a proof is drawn each time it is looked at: an agent who reviews
    /// without a pause reads one a second at the most, and a page that shows a hire asks for its own together.
    pub const fn limits(self) -> Limits {
        match self {
            Self::LookUp => Limits { account_while: 30, account_day: 200, organisation_day: 1000 },
            Self::NewFile => Limits { account_while: 20, account_day: 100, organisation_day: 500 },
            Self::Upload => Limits { account_while: 60, account_day: 300, organisation_day: 3000 },
            Self::AttestationCheck => Limits { account_while: 30, account_day: 200, organisation_day: 200 },
            Self::Picture => Limits { account_while: 600, account_day: 5000, organisation_day: 20_000 },
        }
    }
}

/// What was spent in one span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// How many times.
    pub times: i64,
    /// The first of them.
    pub since: Option<DateTime<Utc>>,
}

/// What was spent of a budget before now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spendings {
    /// By the account, or the address, in ten minutes.
    pub account_while: Spent,
    /// By the account, or the address, in a day.
    pub account_day: Spent,
    /// By the organisation, in a day.
    pub organisation_day: Spent,
    /// Whether it was told, within a day, that this account spent it all.
    pub is_told: bool,
}

/// What is left of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// How many times.
    pub times: i64,
    /// What is said to whoever asks for more.
    pub then: Exhausted,
}

/// Nothing is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing is left of the budget before {until}")]
pub struct Exhausted {
    /// Of what.
    pub budget: Budget,
    /// When there is some again.
    pub until: DateTime<Utc>,
}

/// One more row of what an account spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spending {
    /// Of what.
    pub budget: Budget,
    /// By whom.
    pub user: UserId,
    /// Acting for this organisation.
    pub organisation: Option<OrganisationId>,
    /// It says that nothing was left and that it was told.
    pub is_told: bool,
}

impl Spending {
    /// One of this budget. A look-up is kept, whomever it finds, and when it finds nobody.
    pub const fn new(budget: Budget, user: UserId, organisation: Option<OrganisationId>) -> Self {
        Self { budget, user, organisation, is_told: false }
    }

    /// Spends it, or says when there is one again.
    pub fn spend(self, spent: &Spendings, now: DateTime<Utc>) -> Result<Changed<Self>, Exhausted> {
        self.budget.ensure_left(spent, now)?;
        let looked_up = AccountEvent { user: self.user, change: AccountChange::LookedUp }.into();
        let events = if self.budget == Budget::LookUp { vec![looked_up] } else { vec![] };
        Ok(Changed::with(self, events))
    }

    /// It is kept, and told, that nothing is left: the team and the administrators see whether someone works a lot, or
    /// searches what is not theirs.
    pub fn tell(self) -> Changed<Self> {
        let change = AccountChange::BudgetSpent { budget: self.budget, organisation: self.organisation };
        Changed::new(Self { is_told: true, ..self }, AccountEvent { user: self.user, change })
    }
}

/// One more row of what was spent from an address, where nobody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorSpending {
    /// Of what.
    pub budget: Budget,
    /// The digest of the address.
    pub visitor: Vec<u8>,
}

impl VisitorSpending {
    /// One that is spent for nothing found: nobody is known who could be told, so that nothing happens besides.
    pub const fn wasted(self) -> Changed<Self> {
        Changed::with(self, vec![])
    }
}

impl Budget {
    /// Says when there is one again, if there is none.
    pub fn ensure_left(self, spent: &Spendings, now: DateTime<Utc>) -> Result<(), Exhausted> {
        let Left { times, then } = self.left(spent, now);
        if times > 0 { Ok(()) } else { Err(then) }
    }

    /// What is left: as little as in the span that has the least.
    pub fn left(self, spent: &Spendings, now: DateTime<Utc>) -> Left {
        let limits = self.limits();
        let spans = [
            (spent.account_while, limits.account_while, WHILE),
            (spent.account_day, limits.account_day, DAY),
            (spent.organisation_day, limits.organisation_day, DAY),
        ];
        let spans =
            spans.map(|(spent, most, span)| ((most - spent.times).max(0), spent.since.unwrap_or(now) + span));
        let times = spans.iter().map(|(left, _)| *left).min().unwrap_or_default();
        let least = spans.iter().filter(|(left, _)| *left == times);
        let until = least.map(|(_, until)| *until).max().unwrap_or(now);
        Left { times, then: Exhausted { budget: self, until } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_span_has_its_limit_and_says_when_it_opens_again() {
        let now: DateTime<Utc> = "2026-11-27T09:00:00Z".parse().unwrap();
        let at = |minutes| now - TimeDelta::minutes(minutes);
        let spent = |times, minutes| Spent { times, since: Some(at(minutes)) };
        let none = Spent::default();
        for (account_while, account_day, organisation_day, until) in [
            (none, none, none, None),
            (spent(29, 9), spent(199, 600), spent(999, 600), None),
            (spent(30, 9), spent(30, 9), none, Some(at(9) + WHILE)),
            (none, spent(200, 600), none, Some(at(600) + DAY)),
            (none, none, spent(1000, 1000), Some(at(1000) + DAY)),
            (spent(30, 1), spent(200, 600), none, Some(at(600) + DAY)),
        ] {
            let spendings = Spendings { account_while, account_day, organisation_day, is_told: false };
            let answer = Budget::LookUp.ensure_left(&spendings, now);
            assert_eq!(answer.err().map(|exhausted| exhausted.until), until, "{spendings:?}");
        }
    }

    #[test]
    fn the_span_that_has_the_least_says_what_is_left() {
        let now: DateTime<Utc> = "2026-11-27T09:00:00Z".parse().unwrap();
        let at = |minutes| now - TimeDelta::minutes(minutes);
        let spent = |times, minutes| Spent { times, since: Some(at(minutes)) };
        let none = Spent::default();
        for (account_while, account_day, organisation_day, times, until) in [
            (none, none, none, 30, now + WHILE),
            (spent(26, 9), spent(26, 9), spent(26, 9), 4, at(9) + WHILE),
            (spent(1, 9), spent(198, 600), spent(990, 700), 2, at(600) + DAY),
            (spent(29, 9), spent(199, 600), none, 1, at(600) + DAY),
            (spent(31, 9), spent(31, 9), none, 0, at(9) + WHILE),
        ] {
            let spendings = Spendings { account_while, account_day, organisation_day, is_told: false };
            let left = Budget::LookUp.left(&spendings, now);
            assert_eq!((left.times, left.then.until), (times, until), "{spendings:?}");
        }
    }
}
