//! What stands beside a decision to make: the figures of the control, the row of the grid they fall in, the other controls of the
//! SIAE, the days (rule book 04 §1.15).

use chrono::{DateTime, NaiveDate, Utc};
use iae_app::control::controls::queries::outcome::{PastControl, surroundings};
use iae_app::error::Result;
use iae_app::{App, Ctx};
use iae_domain::actor::InspectorActor;
use iae_domain::control::{
    Badge, Calendar, Control, ControlledHire, Figures, FinalState, GridColumn, grid_box, was_irregular,
};
use iae_domain::ids::{ControlCampaignId, OrganisationId};

use super::grid::Row;
use super::words;
use crate::applications::state_badge::StateBadge;
use crate::control::badge::of_control;
use crate::french::{agree, period, plural};
use crate::paths::ControlOutcomePath;

/// What `control/outcome/_aside.html` shows, under the name `aside`.
pub struct DecisionAside {
    /// What was expected of the SIAE, and what came of it.
    figures: Figures,
    /// The row of the grid that applies.
    pub(super) row: Row,
    /// Its box that does.
    pub(super) column: GridColumn,
    pub(super) history: History,
    calendar: Calendar,
    /// When the contradictory phase was begun.
    adversarial_at: Option<DateTime<Utc>>,
    pub(super) campaign: ControlCampaignId,
    pub(super) today: NaiveDate,
    /// Whether the recommendations are open: they are at the first step.
    pub(super) is_opened: bool,
}

impl DecisionAside {
    /// Of a control that this DDETS may read; the recommendations are open.
    pub async fn load(app: &App, ctx: &Ctx<InspectorActor>, control: &Control) -> Result<Self> {
        let around = surroundings(app, ctx, control).await?;
        let irregular = around.past.iter().filter(|one| one.is_irregular()).map(|one| one.settled_at);
        let figures = figures(control);
        let (row, column) = grid_box(figures, was_irregular(irregular, ctx.today()));
        Ok(Self {
            figures,
            row: Row::of(row),
            column,
            history: History::of(ctx.actor.organisation, &around.past),
            calendar: around.calendar,
            adversarial_at: around.adversarial_at,
            campaign: control.campaign,
            today: ctx.today(),
            is_opened: true,
        })
    }

    /// « 2 sur 5 (40 %) ».
    pub(super) fn refused(&self) -> String {
        self.share(self.figures.refused)
    }

    /// « 3 sur 5 (60 %), dont 1 téléversé sur 3 attendus »; none when all was submitted.
    pub(super) fn expected(&self) -> Option<String> {
        let Figures { expected, uploaded, .. } = self.figures;
        let sent = agree(uploaded.into(), "téléversé", "téléversés");
        let awaited = agree(expected.into(), "attendu", "attendus");
        let said = || format!("{}, dont {uploaded} {sent} sur {expected} {awaited}", self.share(expected));
        (expected > 0).then(said)
    }

    /// The share of criteria that are not proved, as the grid counts it: « 39,5 % », so that it is in the column that is lit.
    pub(super) fn rate(&self) -> String {
        match (self.figures.error_rate() / 10, self.figures.error_rate() % 10) {
            (percent, 0) => format!("{percent}\u{a0}%"),
            (percent, tenths) => format!("{percent},{tenths}\u{a0}%"),
        }
    }

    fn share(&self, part: u32) -> String {
        let Figures { total, .. } = self.figures;
        format!("{part} sur {total} ({}\u{a0}%)", self.figures.percent(part))
    }

    /// Last day to notify the decision (D14): it blocks nothing.
    pub(super) fn deadline(&self) -> NaiveDate {
        self.calendar.sanctions_until(self.adversarial_at)
    }
}

/// The figures of a control: a hire without criterion counts those of its diagnosis.
fn figures(control: &Control) -> Figures {
    let declared = |hire: &ControlledHire| u32::try_from(hire.declared.len()).unwrap_or(u32::MAX);
    let hires: Vec<_> = control.hires.iter().map(|hire| (hire.defended(), declared(hire))).collect();
    Figures::of(hires.iter().map(|(defended, declared)| (defended.as_slice(), *declared)))
}

/// The other controls of an SIAE, as `control/outcome/_history.html` lists them, under the name `history`.
pub(in crate::control) struct History {
    pub(in crate::control) lines: Vec<PastLine>,
}

/// One of them.
pub(in crate::control) struct PastLine {
    pub(in crate::control) badge: StateBadge,
    pub(in crate::control) about: String,
    /// What was decided of a negative result.
    pub(in crate::control) decisions: Vec<&'static str>,
    /// Whether its decision is still awaited.
    pub(in crate::control) is_awaited: bool,
    /// Its decision, for the DDETS that made it.
    pub(in crate::control) href: Option<String>,
}

impl History {
    /// Those of an SIAE, as this DDETS reads them.
    pub(in crate::control) fn of(reader: OrganisationId, past: &[PastControl]) -> Self {
        Self { lines: past.iter().map(|one| PastLine::of(reader, one)).collect() }
    }

    /// « 2 autres contrôles ».
    pub(in crate::control) fn count(&self) -> String {
        let count = i64::try_from(self.lines.len()).unwrap_or(i64::MAX);
        plural(count, "autre contrôle", "autres contrôles")
    }
}

impl PastLine {
    fn of(reader: OrganisationId, past: &PastControl) -> Self {
        let badge = match past.result {
            FinalState::Accepted => StateBadge { label: "Positif", ..of_control(Badge::Positive) },
            FinalState::Refused => StateBadge { label: "Négatif", ..of_control(Badge::Negative) },
        };
        let hired = period(past.hired.start, past.hired.end);
        let is_own = past.institution == reader && past.in_force.is_some();
        Self {
            badge,
            about: format!("contrats commencés {hired}, {}", past.ddets),
            decisions: past.in_force.as_ref().map(words::labels).unwrap_or_default(),
            is_awaited: past.result == FinalState::Refused && past.in_force.is_none(),
            href: is_own.then(|| ControlOutcomePath { id: past.id }.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use iae_domain::control::GridRow;
    use uuid::Uuid;

    use super::*;

    fn aside(figures: Figures) -> DecisionAside {
        let day = |text: &str| text.parse().unwrap();
        DecisionAside {
            figures,
            row: Row::of(GridRow::FirstInvalid),
            column: GridColumn::From40,
            history: History { lines: vec![] },
            calendar: Calendar { launch_on: day("2026-06-01"), adversarial_from: day("2026-08-10") },
            adversarial_at: None,
            campaign: ControlCampaignId(Uuid::nil()),
            today: day("2026-11-28"),
            is_opened: true,
        }
    }

    /// §1.15, « Card Données »: the half is rounded up, what is expected is said only when something is.
    #[test]
    fn figures_are_said_as_shares_of_the_whole() {
        let plain = |text: String| text.replace('\u{a0}', " ");
        let some = aside(Figures { total: 8, refused: 1, expected: 3, uploaded: 2, submitted: 5 });
        assert_eq!(plain(some.refused()), "1 sur 8 (13 %)");
        let expected = "3 sur 8 (38 %), dont 2 téléversés sur 3 attendus";
        assert_eq!(some.expected().map(plain).as_deref(), Some(expected));
        assert_eq!(plain(some.rate()), "50 %");
        let all = aside(Figures { total: 2, refused: 2, submitted: 2, ..Figures::default() });
        assert_eq!((plain(all.refused()), all.expected()), ("2 sur 2 (100 %)".to_owned(), None));
        assert_eq!(some.deadline().to_string(), "2027-01-10", "D14");
    }
}
