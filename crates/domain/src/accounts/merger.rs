//! Two accounts of one professional become one (rule book 01 §13): whose identity survives is chosen, the older id stays.

use chrono::{DateTime, Utc};

use super::{AccountChange, AccountEvent, UserKind};
use crate::Changed;
use crate::ids::UserId;
use crate::staff::REMARK_MAX_CHARS;
use crate::text::{Message, folded_words};

/// One of the two accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mergeable {
    /// The account.
    pub user: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// Whether it is open: of one that was closed, the address and the subjects are free for another (USR-15).
    pub is_active: bool,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// The account it was merged into, when it was.
    pub merged_into: Option<UserId>,
}

/// What the team asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskMerger {
    /// The account whose address, names, provider and subject survive.
    pub identity: UserId,
    /// Whether it is said that both are of one person, when their names tell two.
    pub is_same_person: bool,
    /// Why.
    pub remark: Message<REMARK_MAX_CHARS>,
}

/// Whether two names, « Prénom NOM », have no word in common: nothing in them says that they are of one person.
pub fn are_names_apart(one: &str, other: &str) -> bool {
    let words = folded_words(other);
    !folded_words(one).iter().any(|word| words.contains(word))
}

/// Two accounts that become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merger {
    /// The older account: its id stays.
    pub kept: UserId,
    /// The other one, closed for good.
    pub former: UserId,
    /// The one of both whose identity survives.
    pub identity: UserId,
    /// Why.
    pub remark: Message<REMARK_MAX_CHARS>,
}

impl Merger {
    /// The one of both whose identity ends.
    pub fn lost_identity(&self) -> UserId {
        if self.identity == self.kept { self.former } else { self.kept }
    }
}

/// Why two accounts are not merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountMergerRefused {
    /// They are one account.
    #[error("the two are the same account")]
    SameAccount,
    /// One of them is not a professional's: a kind never changes (USR-1).
    #[error("one of the accounts is not a professional’s")]
    NotProfessional,
    /// One of them was merged before.
    #[error("one of the accounts was merged before")]
    AlreadyMerged,
    /// The identity that is chosen is of neither.
    #[error("the identity is of neither account")]
    OtherIdentity,
    /// Nobody signs in with the identity that is chosen, while the other account is open.
    #[error("the identity is of a closed account")]
    ClosedIdentity,
    /// Both names tell two people, and nobody said that they are one.
    #[error("the names tell two people")]
    NotSaidSame,
    /// One of them changed since the page was read (D32).
    #[error("the accounts changed meanwhile")]
    Overtaken,
    /// They were merged meanwhile, and the other identity survived (D32).
    #[error("the accounts were merged with the other identity")]
    MergedOtherwise {
        /// The account that stays.
        kept: UserId,
    },
}

/// Which of the two stays, then which goes.
///
/// # Errors
///
/// When they are not two open ends of one professional.
pub fn kept_and_former(one: &Mergeable, other: &Mergeable) -> Result<(UserId, UserId), AccountMergerRefused> {
    if one.user == other.user {
        return Err(AccountMergerRefused::SameAccount);
    }
    for account in [one, other] {
        match account.kind {
            UserKind::Professional => {}
            UserKind::JobSeeker | UserKind::Staff => return Err(AccountMergerRefused::NotProfessional),
        }
        if account.merged_into.is_some() {
            return Err(AccountMergerRefused::AlreadyMerged);
        }
    }
    let is_older = (one.created_at, one.user) <= (other.created_at, other.user);
    Ok(if is_older { (one.user, other.user) } else { (other.user, one.user) })
}

/// Makes one account of two.
///
/// # Errors
///
/// As [`kept_and_former`], and when the identity is of neither, or of the one of both that is closed.
pub fn merge(
    one: &Mergeable,
    other: &Mergeable,
    asked: AskMerger,
) -> Result<Changed<Merger>, AccountMergerRefused> {
    let (kept, former) = kept_and_former(one, other)?;
    let AskMerger { identity, remark, .. } = asked;
    if identity != kept && identity != former {
        return Err(AccountMergerRefused::OtherIdentity);
    }
    let is_open = [one, other].iter().any(|account| account.is_active);
    if is_open && [one, other].iter().any(|account| account.user == identity && !account.is_active) {
        return Err(AccountMergerRefused::ClosedIdentity);
    }
    let of = |user, change| AccountEvent { user, change }.into();
    let events = vec![
        of(kept, AccountChange::Merged { former, is_former_identity: identity == former }),
        of(former, AccountChange::MergedInto { account: kept }),
    ];
    Ok(Changed::with(Merger { kept, former, identity, remark }, events))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn user(number: u128) -> UserId {
        UserId(Uuid::from_u128(number))
    }

    fn account(number: u128, kind: UserKind, day: u32) -> Mergeable {
        let created_at = format!("2026-05-{day:02}T09:00:00Z").parse().unwrap();
        Mergeable { user: user(number), kind, is_active: true, created_at, merged_into: None }
    }

    fn asked(identity: UserId) -> AskMerger {
        AskMerger {
            identity,
            is_same_person: false,
            remark: Message::parse("Deux comptes, une personne.").unwrap(),
        }
    }

    /// Rule book 01 §13.
    #[test]
    fn the_older_account_stays_whichever_is_named_first() {
        let (older, newer) = (account(2, UserKind::Professional, 1), account(1, UserKind::Professional, 2));
        for (one, other) in [(older, newer), (newer, older)] {
            assert_eq!(kept_and_former(&one, &other), Ok((user(2), user(1))));
        }
        let twin = Mergeable { created_at: older.created_at, ..newer };
        for (one, other) in [(older, twin), (twin, older)] {
            assert_eq!(
                kept_and_former(&one, &other),
                Ok((user(1), user(2))),
                "of one instant, the smaller id"
            );
        }
    }

    #[test]
    fn only_two_accounts_of_professionals_are_merged_and_once() {
        use AccountMergerRefused as No;
        use UserKind::{JobSeeker, Professional, Staff};
        let pro = account(1, Professional, 1);
        let merged = Mergeable { merged_into: Some(user(9)), ..account(2, Professional, 2) };
        let table = [
            (pro, pro, No::SameAccount),
            (pro, account(2, Staff, 2), No::NotProfessional),
            (account(2, JobSeeker, 2), pro, No::NotProfessional),
            (account(2, Staff, 2), account(3, Staff, 2), No::NotProfessional),
            (pro, merged, No::AlreadyMerged),
            (merged, pro, No::AlreadyMerged),
        ];
        for (one, other, expected) in table {
            assert_eq!(merge(&one, &other, asked(one.user)), Err(expected), "{one:?} {other:?}");
        }
    }

    #[test]
    fn whose_identity_survives_is_chosen_among_the_two() {
        let (older, newer) = (account(1, UserKind::Professional, 1), account(2, UserKind::Professional, 2));
        for (identity, lost) in [(user(1), user(2)), (user(2), user(1))] {
            let merged = merge(&older, &newer, asked(identity)).unwrap();
            let merger = merged.value();
            assert_eq!((merger.kept, merger.identity), (user(1), identity));
            assert_eq!(merger.lost_identity(), lost);
            let (_, events) = merged.into_parts();
            let names: Vec<&str> = events.iter().map(crate::Event::name).collect();
            assert_eq!(names, ["account.merged", "account.merged_into"]);
        }
        let refused = merge(&older, &newer, asked(user(3)));
        assert_eq!(refused, Err(AccountMergerRefused::OtherIdentity));
    }

    /// USR-15: the address and the subjects of a closed account open nothing.
    #[test]
    fn the_identity_of_a_closed_account_never_survives_an_open_one() {
        let open = account(2, UserKind::Professional, 2);
        let closed = Mergeable { is_active: false, ..account(1, UserKind::Professional, 1) };
        for (one, other) in [(&open, &closed), (&closed, &open)] {
            let refused = merge(one, other, asked(closed.user));
            assert_eq!(refused, Err(AccountMergerRefused::ClosedIdentity));
            assert_eq!(merge(one, other, asked(open.user)).unwrap().value().kept, closed.user);
        }
        let both = Mergeable { is_active: false, ..open };
        assert!(merge(&both, &closed, asked(closed.user)).is_ok(), "of two that are closed, either");
    }

    #[test]
    fn names_with_a_word_in_common_may_be_of_one_person() {
        for (one, other, apart) in [
            ("Paul HOFFMANN", "Paul HOFFMANN", false),
            ("Élodie MARTIN", "Elodie DURAND", false),
            ("Paul HOFFMANN", "Hélène MARTIN", true),
        ] {
            assert_eq!(are_names_apart(one, other), apart, "{one}, {other}");
        }
    }
}
