//! The active flag of a convention, turned by the team (CMP-10).

use chrono::{DateTime, Utc};

use crate::Changed;
use crate::code::code;
use crate::ids::{ConventionId, UserId};
use crate::organisations::{ConventionChange, ConventionEvent, GRACE, REACTIVATION_PROTECTION};

code! {
    /// What the team does of a convention.
    ConventionAct {
        Deactivate = "deactivate", "Désactiver la convention";
        Reactivate = "reactivate", "Réactiver la convention";
    }
}

/// A convention, whose flag is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnedConvention {
    /// The convention.
    pub id: ConventionId,
    /// Whether it is in force.
    pub is_active: bool,
    /// Start of the days of grace.
    pub deactivated_at: Option<DateTime<Utc>>,
    /// When the team reactivated it.
    pub reactivated_at: Option<DateTime<Utc>>,
    /// Who did.
    pub reactivated_by: Option<UserId>,
}

/// Why it is not turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConventionRefused {
    /// The flow, or somebody else of the team, changed it since the page was read (D32).
    #[error("the convention changed since the page was read")]
    Overtaken,
}

impl TurnedConvention {
    /// What a form says it saw (D32).
    pub fn seen(&self) -> String {
        let at = |at: Option<DateTime<Utc>>| at.map_or(0, |at| at.timestamp_micros());
        format!("{}:{}:{}", self.is_active, at(self.deactivated_at), at(self.reactivated_at))
    }

    /// What there is to do of it.
    pub const fn act(&self) -> ConventionAct {
        if self.is_active { ConventionAct::Deactivate } else { ConventionAct::Reactivate }
    }

    /// Until when its companies keep their access, once it is deactivated at that time (rule book 01 §3.4).
    pub fn grace_until(at: DateTime<Utc>) -> DateTime<Utc> {
        at + GRACE
    }

    /// Until when the weekly flow leaves it alone, once it is reactivated at that time (CMP-10).
    pub fn protected_until(at: DateTime<Utc>) -> DateTime<Utc> {
        at + REACTIVATION_PROTECTION
    }

    /// Turns it. The days of grace begin with a deactivation, which ends what protected it; a reactivation protects it from the flow.
    pub fn turn(
        self,
        act: ConventionAct,
        seen: &str,
        by: UserId,
        at: DateTime<Utc>,
    ) -> Result<Changed<Self>, ConventionRefused> {
        if act != self.act() || seen != self.seen() {
            return Err(ConventionRefused::Overtaken);
        }
        let (after, change) = match act {
            ConventionAct::Deactivate => {
                let after = Self {
                    is_active: false,
                    deactivated_at: Some(at),
                    reactivated_at: None,
                    reactivated_by: None,
                    ..self
                };
                (after, ConventionChange::DeactivatedByTeam)
            }
            ConventionAct::Reactivate => {
                let after = Self {
                    is_active: true,
                    deactivated_at: None,
                    reactivated_at: Some(at),
                    reactivated_by: Some(by),
                    ..self
                };
                (after, ConventionChange::ReactivatedByTeam)
            }
        };
        Ok(Changed::new(after, ConventionEvent { convention: self.id, change }))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;
    use crate::organisations::is_protected;

    const SOMEBODY: UserId = UserId(Uuid::from_u128(1));

    fn at() -> DateTime<Utc> {
        "2026-05-04T09:00:00Z".parse().unwrap()
    }

    fn in_force() -> TurnedConvention {
        TurnedConvention {
            id: ConventionId(Uuid::from_u128(2)),
            is_active: true,
            deactivated_at: None,
            reactivated_at: None,
            reactivated_by: None,
        }
    }

    /// CMP-10.
    #[test]
    fn a_reactivation_protects_for_ninety_days_and_a_deactivation_begins_the_grace() {
        let turn =
            |of: TurnedConvention, act, at| of.turn(act, &of.seen(), SOMEBODY, at).unwrap().into_parts().0;
        let fallen = turn(in_force(), ConventionAct::Deactivate, at());
        assert_eq!((fallen.is_active, fallen.deactivated_at), (false, Some(at())));
        let later = at() + TimeDelta::days(3);
        let back = turn(fallen, ConventionAct::Reactivate, later);
        assert_eq!((back.is_active, back.deactivated_at), (true, None));
        assert_eq!((back.reactivated_at, back.reactivated_by), (Some(later), Some(SOMEBODY)));
        for (days, expected) in [(0, true), (89, true), (90, false)] {
            let now = later + TimeDelta::days(days);
            assert_eq!(is_protected(back.reactivated_at, now), expected, "{days} days later");
        }
        let again = turn(back, ConventionAct::Deactivate, later);
        assert!(!is_protected(again.reactivated_at, later), "the team says so itself");
    }

    /// D32.
    #[test]
    fn a_convention_is_turned_as_it_was_seen() {
        let of = in_force();
        let fallen = of.turn(ConventionAct::Deactivate, &of.seen(), SOMEBODY, at()).unwrap().into_parts().0;
        for (now, act, seen) in [
            (fallen, ConventionAct::Deactivate, of.seen()),
            (fallen, ConventionAct::Reactivate, of.seen()),
            (of, ConventionAct::Reactivate, of.seen()),
        ] {
            let refused = now.turn(act, &seen, SOMEBODY, at()).map(drop);
            assert_eq!(refused, Err(ConventionRefused::Overtaken), "{act}");
        }
    }
}
