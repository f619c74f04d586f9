//! The decisions on a negative result, as pages about something else name them: what each is, and when it was made.

use chrono::{DateTime, Utc};
use iae_domain::control::in_order;
use iae_domain::ids::ControlDecisionId;
use serde::Deserialize;

/// What a decision does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Making {
    /// The first one notifies the result.
    Notified,
    /// After an appeal, it corrects the one before.
    Corrected,
    /// After an appeal, it annuls the one before.
    Annulled,
}

impl Making {
    /// What was done of the decision: « notifiée ».
    pub const fn done(self) -> &'static str {
        match self {
            Self::Notified => "notifiée",
            Self::Corrected => "modifiée",
            Self::Annulled => "annulée",
        }
    }
}

/// A decision, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// What it does.
    pub what: Making,
    /// When.
    pub at: DateTime<Utc>,
}

/// Those on one control, in the order they replace one another.
#[derive(Debug, Clone, Default)]
pub struct MadeDecisions(Vec<Made>);

impl MadeDecisions {
    /// Every one, the first one first.
    pub fn all(&self) -> &[Made] {
        &self.0
    }

    /// The one in force.
    pub fn in_force(&self) -> Option<Made> {
        self.0.last().copied()
    }

    /// The one in force, when it took the place of another.
    pub fn after_appeal(&self) -> Option<Made> {
        self.in_force().filter(|made| made.what != Making::Notified)
    }

    /// Whether the one in force annuls the one before: nothing is decided any more.
    pub fn is_annulled(&self) -> bool {
        self.in_force().is_some_and(|made| made.what == Making::Annulled)
    }
}

/// A decision as a statement gathers it.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct MadeRow {
    id: ControlDecisionId,
    replaces: Option<ControlDecisionId>,
    is_annulment: bool,
    at: DateTime<Utc>,
}

impl From<&[MadeRow]> for MadeDecisions {
    fn from(rows: &[MadeRow]) -> Self {
        let ordered = in_order(rows.to_vec(), |row| (row.id, row.replaces));
        let made = ordered.into_iter().map(|row| Made {
            what: match (row.replaces, row.is_annulment) {
                (_, true) => Making::Annulled,
                (Some(_), false) => Making::Corrected,
                (None, false) => Making::Notified,
            },
            at: row.at,
        });
        Self(made.collect())
    }
}
