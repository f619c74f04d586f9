//! On the page of a PASS: its suspensions, what can be done about them, and why not.

use chrono::NaiveDate;
use iae_app::pass::queries::PassDetail;
use iae_app::pass::suspensions::{SuspensionRow, Suspensions};
use iae_domain::Actor;
use iae_domain::actor::Professional;
use iae_domain::pass::closure::NotClosable;
use iae_domain::pass::suspension::{Asker, SuspensionRefused};

use super::messages;
use crate::applications::state_badge::StateBadge;
use crate::french::spaced;
use crate::pass::words::suspended_over;
use crate::paths::{ClosurePath, SuspensionEditionPath, SuspensionLiftPath, SuspensionPath};

/// What the page shows.
pub(in crate::pass) struct Section {
    pub suspensions: Suspensions,
    pub acts: Vec<Act>,
    /// Why something else cannot be done, and from when.
    pub reasons: Vec<String>,
    /// Whether a professional reads: what another wrote is theirs to read.
    pub is_professional: bool,
    today: NaiveDate,
}

/// Something that can be done now.
pub(in crate::pass) struct Act {
    pub label: &'static str,
    pub href: String,
    pub icon: &'static str,
}

impl Section {
    pub(in crate::pass) fn of(
        actor: &Actor,
        pass: &PassDetail,
        suspensions: Suspensions,
        today: NaiveDate,
    ) -> Self {
        let professional = Professional::try_from(actor.clone()).ok();
        let asker = professional.as_ref().and_then(|professional| Asker::of(professional).ok());
        let asker = asker.filter(|asker| asker.is_concerned(pass.relation()));
        let (acts, reasons) =
            asker.map(|asker| possible(asker, pass, &suspensions, today)).unwrap_or_default();
        Self { suspensions, acts, reasons, is_professional: professional.is_some(), today }
    }

    /// Whether there is anything to show.
    pub(in crate::pass) fn is_shown(&self) -> bool {
        !self.suspensions.rows.is_empty()
            || self.suspensions.closure.is_some()
            || !self.acts.is_empty()
            || !self.reasons.is_empty()
    }

    pub(in crate::pass) fn state(&self, row: &SuspensionRow) -> StateBadge {
        if row.period().end < self.today {
            StateBadge { label: "Passée", tone: "neutral", icon: "circle-check" }
        } else {
            StateBadge { label: "En cours", tone: "warning", icon: "pause" }
        }
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    pub(in crate::pass) fn days(&self, row: &SuspensionRow) -> String {
        suspended_over(row.period())
    }
}

fn possible(
    asker: Asker,
    pass: &PassDetail,
    suspensions: &Suspensions,
    today: NaiveDate,
) -> (Vec<Act>, Vec<String>) {
    let id = pass.held.pass.id;
    let why_not = |refused| spaced(&messages::why_not(&refused, pass, suspensions).1);
    let (mut acts, mut reasons) = (vec![], vec![]);
    match pass.held.may_change(asker) {
        Ok(_) => {
            let edition = SuspensionEditionPath { id }.to_string();
            let lift = SuspensionLiftPath { id }.to_string();
            acts.push(Act { label: "Lever la suspension", href: lift, icon: "check" });
            acts.push(Act { label: "Modifier la suspension", href: edition, icon: "pencil" });
        }
        Err(SuspensionRefused::NothingRuns) => match pass.held.may_suspend(asker, today) {
            Ok(()) => {
                let href = SuspensionPath { id }.to_string();
                acts.push(Act { label: "Suspendre le PASS IAE", href, icon: "pause" });
            }
            Err(refused) => reasons.push(why_not(refused)),
        },
        Err(refused) => reasons.push(why_not(refused)),
    }
    match pass.held.may_close(today) {
        Ok(()) => {
            let href = ClosurePath { id }.to_string();
            acts.push(Act { label: "Clôturer le PASS IAE", href, icon: "ban" });
        }
        Err(refused @ NotClosable::NotSuspendedLongEnough { from: Some(_) }) => {
            reasons.push(spaced(&messages::not_closable(refused)));
        }
        Err(
            NotClosable::NotSuspendedLongEnough { from: None }
            | NotClosable::Over
            | NotClosable::NotStarted { .. }
            | NotClosable::EndMoved { .. },
        ) => {}
    }
    (acts, reasons)
}
