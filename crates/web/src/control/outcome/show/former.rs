//! The decisions that another took the place of, after an appeal.

use chrono::{DateTime, Utc};
use iae_app::control::controls::queries::outcome::OutcomeDetail;
use iae_domain::control::DecisionReader;

use super::super::words::{self, Line};

/// A decision that is in force no more.
pub(super) struct Former {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Option<String>,
    /// What it decided, in short.
    pub labels: Vec<&'static str>,
    /// What it decided, as this reader reads it; nothing when it annulled another.
    pub lines: Vec<Line>,
    /// The main reason of the result and the comment, as it said them; none when it annulled another.
    pub said: Option<(&'static str, String)>,
    /// Whether what took its place annulled it.
    pub is_annulled: bool,
    /// When another took its place.
    pub replaced_at: DateTime<Utc>,
    /// Why.
    pub why: String,
}

impl Former {
    /// The latest first.
    pub(super) fn all(of: &OutcomeDetail, reader: DecisionReader) -> Vec<Self> {
        let mut former: Vec<_> = of
            .decisions()
            .zip(of.decisions().skip(1))
            .map(|(one, next)| {
                let outcome = one.outcome();
                Self {
                    at: one.at,
                    by: of.decided_by(one).map(ToOwned::to_owned),
                    labels: words::labels(one),
                    lines: outcome.map(|outcome| words::lines(outcome, reader)).unwrap_or_default(),
                    said: outcome
                        .map(|outcome| (outcome.reason.label(), outcome.comment.as_str().to_owned())),
                    is_annulled: next.outcome().is_none(),
                    replaced_at: next.at,
                    why: next.replaces.as_ref().map(|(_, why)| why.as_str().to_owned()).unwrap_or_default(),
                }
            })
            .collect();
        former.reverse();
        former
    }
}
