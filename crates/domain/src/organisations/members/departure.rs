//! A member leaves, and what they held is handed to colleagues in the same breath (MEM-7).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::role::{is_as_seen, may_act};
use super::{MemberChange, MemberRefused, Membership};
use crate::Changed;
use crate::code::code;
use crate::ids::UserId;

code! {
    /// What a member may hold: what others wait for them to do, or what they are told the end of.
    Held {
        Applications = "applications", "Candidatures envoyées, en attente de réponse";
        Drafts = "drafts", "Candidatures en préparation";
        Accompaniments = "accompaniments", "Personnes accompagnées";
        ToAnswer = "prolongations_to_answer", "Demandes de prolongation à traiter";
        Asked = "prolongations_asked", "Demandes de prolongation faites, en attente de réponse";
        NirCorrections = "nir_corrections", "Corrections de numéro de sécurité sociale demandées";
    }
}

code! {
    /// What a colleague follows in place of whoever began it, under the names mails give to what they are about.
    Followed {
        Application = "application", "Candidature";
        ProlongationRequest = "prolongation_request", "Demande de prolongation";
        NirCorrection = "nir_correction", "Correction de numéro de sécurité sociale";
    }
}

/// What somebody holds, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holdings(BTreeMap<Held, u32>);

impl Holdings {
    /// From counts; what is none is nothing.
    pub fn of(counts: impl IntoIterator<Item = (Held, u32)>) -> Self {
        Self(counts.into_iter().filter(|(_, count)| *count > 0).collect())
    }

    /// What there is, and how many.
    pub fn all(&self) -> impl Iterator<Item = (Held, u32)> {
        self.0.iter().map(|(held, count)| (*held, *count))
    }

    /// Whether they hold nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a page showed of it, as its form says it (D32): « applications-3 drafts-1 ».
    pub fn version(&self) -> String {
        let all: Vec<String> = self.all().map(|(held, count)| format!("{}-{count}", held.code())).collect();
        all.join(" ")
    }
}

/// What was handed to a colleague.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Handed {
    /// What.
    pub held: Held,
    /// How many.
    pub count: u32,
    /// To whom.
    pub to: UserId,
}

/// Somebody who leaves, under the lock of their organisation.
#[derive(Debug, Clone)]
pub struct Leaver {
    /// Their membership.
    pub member: Membership,
    /// What they hold now.
    pub holdings: Holdings,
    /// Who acts for the organisation besides them (MEM-2).
    pub colleagues: Vec<UserId>,
}

/// What an administrator asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// When the membership had last changed, on the page (D32).
    pub seen: DateTime<Utc>,
    /// What the page said they hold, as [`Holdings::version`] writes it.
    pub seen_holdings: String,
    /// Whose each thing becomes.
    pub to: BTreeMap<Held, UserId>,
}

/// Why somebody does not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DepartureRefused {
    /// Whoever asks may not act on them.
    #[error(transparent)]
    Member(#[from] MemberRefused),
    /// They hold more, or less, than the page said (D32).
    #[error("what they hold changed meanwhile")]
    HoldingsChanged,
    /// Nobody takes this over, or nobody who is there.
    #[error("no colleague takes it over")]
    NoSuccessor(Held),
}

/// Ends a membership: what it held has the hands that were chosen.
pub fn depart(
    by: Option<&Membership>,
    leaver: &Leaver,
    asked: &Departure,
    at: DateTime<Utc>,
) -> Result<Changed<(Membership, Vec<Handed>)>, DepartureRefused> {
    may_act(by, &leaver.member, asked.seen)?;
    leave(leaver, asked, at)
}

/// The same by the team, which may let the last one go: what they held waits then for whoever comes next.
pub fn depart_by_team(
    leaver: &Leaver,
    asked: &Departure,
    at: DateTime<Utc>,
) -> Result<Changed<(Membership, Vec<Handed>)>, DepartureRefused> {
    is_as_seen(&leaver.member, asked.seen)?;
    leave(leaver, asked, at)
}

fn leave(
    Leaver { member, holdings, colleagues }: &Leaver,
    asked: &Departure,
    at: DateTime<Utc>,
) -> Result<Changed<(Membership, Vec<Handed>)>, DepartureRefused> {
    if holdings.version() != asked.seen_holdings {
        return Err(DepartureRefused::HoldingsChanged);
    }
    let hand = |(held, count): (Held, u32)| {
        let to = asked.to.get(&held).copied().filter(|to| *to != member.user && colleagues.contains(to));
        to.map(|to| Handed { held, count, to }).ok_or(DepartureRefused::NoSuccessor(held))
    };
    let to_hand = holdings.all().filter(|_| !colleagues.is_empty());
    let handed: Vec<Handed> = to_hand.map(hand).collect::<Result<_, _>>()?;
    let left = Membership { is_admin: false, is_active: false, updated_at: at, ..*member };
    let change = MemberChange::Left { membership: left.id, user: left.user, handed: handed.clone() };
    let event = left.event(change);
    Ok(Changed::new((left, handed), event))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{MembershipId, OrganisationId};

    const ADMIN: u128 = 1;
    const LEAVER: u128 = 2;
    const COLLEAGUE: u128 = 3;

    fn user(n: u128) -> UserId {
        UserId(uuid::Uuid::from_u128(n))
    }

    fn at() -> DateTime<Utc> {
        "2026-05-04T09:00:00Z".parse().unwrap()
    }

    fn member(n: u128, is_admin: bool) -> Membership {
        let id = uuid::Uuid::from_u128;
        Membership {
            id: MembershipId(id(100 + n)),
            user: user(n),
            organisation: OrganisationId(id(9)),
            is_admin,
            is_active: true,
            joined_at: at(),
            updated_at: at(),
        }
    }

    fn leave(
        held: &[(Held, u32)],
        seen: &[(Held, u32)],
        to: &[(Held, u128)],
    ) -> Result<Vec<Handed>, DepartureRefused> {
        let leaver = Leaver {
            member: member(LEAVER, true),
            holdings: Holdings::of(held.iter().copied()),
            colleagues: vec![user(ADMIN), user(COLLEAGUE)],
        };
        let asked = Departure {
            seen: at(),
            seen_holdings: Holdings::of(seen.iter().copied()).version(),
            to: to.iter().map(|(held, to)| (*held, user(*to))).collect(),
        };
        let left = depart(Some(&member(ADMIN, true)), &leaver, &asked, at());
        left.map(|left| {
            let ((left, handed), _) = left.into_parts();
            assert!(!left.is_active && !left.is_admin, "MEM-7");
            handed
        })
    }

    #[test]
    fn nothing_that_somebody_holds_is_left_to_nobody() {
        use DepartureRefused as No;
        use Held::{Applications, Drafts};
        let three = [(Applications, 3)];
        let both = [(Applications, 3), (Drafts, 1)];
        let to = |n| [(Applications, n)];
        let handed = leave(&three, &three, &to(COLLEAGUE)).unwrap();
        assert_eq!(handed, [Handed { held: Applications, count: 3, to: user(COLLEAGUE) }]);
        assert_eq!(leave(&[], &[], &[]), Ok(vec![]), "who holds nothing leaves at once");
        assert_eq!(leave(&three, &three, &[]), Err(No::NoSuccessor(Applications)));
        assert_eq!(leave(&three, &three, &to(LEAVER)), Err(No::NoSuccessor(Applications)), "not themselves");
        assert_eq!(leave(&three, &three, &to(8)), Err(No::NoSuccessor(Applications)), "no stranger");
        assert_eq!(leave(&both, &both, &to(ADMIN)), Err(No::NoSuccessor(Drafts)));
        assert_eq!(leave(&both, &three, &to(ADMIN)), Err(No::HoldingsChanged), "D32");
        assert_eq!(leave(&[(Applications, 4)], &three, &to(ADMIN)), Err(No::HoldingsChanged), "D32");
    }

    /// MEM-9: the team alone lets the last one go, as they were seen.
    #[test]
    fn the_team_lets_the_last_one_go_and_nothing_is_handed_to_nobody() {
        use DepartureRefused as No;
        let held = Holdings::of([(Held::Applications, 3)]);
        let asked = |at| Departure { seen: at, seen_holdings: held.version(), to: BTreeMap::new() };
        let last = Leaver { member: member(LEAVER, true), holdings: held.clone(), colleagues: vec![] };
        let left = depart_by_team(&last, &asked(at()), at()).unwrap();
        let ((left, handed), _) = left.into_parts();
        assert!(!left.is_active && !left.is_admin && handed.is_empty());
        let with_colleague = Leaver { colleagues: vec![user(COLLEAGUE)], ..last.clone() };
        let refused = depart_by_team(&with_colleague, &asked(at()), at()).map(drop);
        assert_eq!(refused, Err(No::NoSuccessor(Held::Applications)), "MEM-7");
        let later = at() + chrono::TimeDelta::seconds(1);
        let refused = depart_by_team(&last, &asked(later), at()).map(drop);
        assert_eq!(refused, Err(No::Member(MemberRefused::Changed)), "D32");
    }

    #[test]
    fn what_is_not_held_is_not_said() {
        let holdings = Holdings::of([(Held::Drafts, 0), (Held::Applications, 2)]);
        assert_eq!(holdings.all().collect::<Vec<_>>(), [(Held::Applications, 2)]);
        assert_eq!(holdings.version(), "applications-2");
        assert!(Holdings::of([(Held::Drafts, 0)]).is_empty());
    }
}
