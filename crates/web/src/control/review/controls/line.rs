//! A controlled SIAE in the list of its DDETS.

use chrono::NaiveDate;
use iae_app::control::campaigns::queries::ControlledCompany;
use iae_app::control::controls::queries::review::{Progress, Waits};
use iae_domain::control::{Badge, Days};
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
    is_late: bool,
    progress: Progress,
    archived_hires: Option<i16>,
    /// What keeps it from being reached, or from answering.
    pub notices: Vec<String>,
}

impl Line {
    pub(super) fn new(listed: ControlledCompany, days: &Days, today: NaiveDate) -> Self {
        let badge = listed.badge(today);
        let ControlledCompany { control, name, archived_hires, reach, decision: _ } = listed;
        let waits = Waits::of(&control, days, today);
        Self {
            id: control.id,
            name,
            kind: control.kind,
            badge,
            waits,
            is_late: waits.is_late(today),
            progress: Progress::of([&control]),
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
        words::waits(self.waits)
    }

    pub(super) fn late(&self) -> Option<StateBadge> {
        self.is_late.then_some(badges::LATE)
    }

    pub(super) const fn until(&self) -> Option<NaiveDate> {
        self.waits.until()
    }
}
