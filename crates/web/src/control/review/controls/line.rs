//! A controlled SIAE in the list of its DDETS.

use chrono::NaiveDate;
use iae_app::control::campaigns::queries::{ControlledCompany, DecidedInShort};
use iae_app::control::controls::queries::review::{Progress, Waits};
use iae_domain::control::{Badge, Days, Sanction};
use iae_domain::ids::ControlId;
use iae_domain::organisations::CompanyKind;

use super::super::{badges, words};
use crate::applications::state_badge::StateBadge;
use crate::control::badge::of_control;
use crate::french::plural;

/// A line.
pub(super) struct Line {
    pub id: ControlId,
    pub name: String,
    pub kind: CompanyKind,
    pub badge: Badge,
    pub waits: Waits,
    /// Last day to notify the decision that its negative result waits for (D14).
    to_notify_until: Option<NaiveDate>,
    /// What was decided of it.
    decision: Option<DecidedInShort>,
    is_late: bool,
    progress: Progress,
    archived_hires: Option<i16>,
    /// What keeps it from being reached, or from answering.
    pub notices: Vec<String>,
}

impl Line {
    pub(super) fn new(listed: ControlledCompany, days: &Days, today: NaiveDate) -> Self {
        let ControlledCompany { id, kind, name, standing, archived_hires, reach, decision } = listed;
        let (badge, waits) = (standing.badge(), Waits::of(&standing, days));
        let to_notify_until = standing.awaits_decision().then(|| days.sanctions_until());
        Self {
            id,
            name,
            kind,
            badge,
            waits,
            to_notify_until,
            decision,
            is_late: waits.is_late(today) || to_notify_until.is_some_and(|until| until < today),
            progress: Progress::of([&standing]),
            archived_hires,
            // Nothing more is written to one whose result is positive; a decision may still be replaced.
            notices: if badge == Badge::Positive { vec![] } else { reach.notices(today) },
        }
    }

    pub(super) const fn state(&self) -> StateBadge {
        of_control(self.badge)
    }

    /// How far its review is; how many hires were controlled, once they are deleted (§1.20).
    pub(super) fn said(&self) -> String {
        match self.archived_hires {
            Some(count) => plural(
                count.into(),
                "auto-prescription contrôlée, archivée",
                "auto-prescriptions contrôlées, archivées",
            ),
            None => words::progress(self.progress),
        }
    }

    pub(super) fn waits(&self) -> String {
        match self.to_notify_until {
            Some(_) => "Décision à notifier".to_owned(),
            None => words::waits(self.waits),
        }
    }

    /// What was decided of its negative result, in short.
    pub(super) fn decided(&self) -> Vec<&'static str> {
        match &self.decision {
            Some(decision) if decision.is_annulment() => vec!["Décision annulée après recours"],
            Some(decision) => decision.sanctions.iter().copied().map(Sanction::label).collect(),
            None => vec![],
        }
    }

    pub(super) fn late(&self) -> Option<StateBadge> {
        self.is_late.then_some(badges::LATE)
    }

    pub(super) fn until(&self) -> Option<NaiveDate> {
        self.to_notify_until.or(self.waits.until())
    }
}
