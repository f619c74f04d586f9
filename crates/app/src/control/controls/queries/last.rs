//! Who last did something of a control, for who comes too late (D32).

use iae_domain::control::{DefenceMove, ReviewMove};
use iae_domain::eligibility::Criterion;
use iae_domain::ids::{ControlHireId, ControlId};
use serde_json::{Value, json};

use crate::App;
use crate::audit::queries::{self, LastMove, Sought};
use crate::error::Result;

/// The kind of a control in the trail.
const KIND: &str = "control";

/// What last changed whether the review of a control may be validated.
pub type LastReview = LastMove<ReviewMove>;

/// That of a control; none beyond what the trail keeps. Who may read it was said by whoever decided.
pub async fn last_review(app: &App, id: ControlId) -> Result<Option<LastReview>> {
    let sought =
        Sought { kind: KIND, id: id.0, moves: ReviewMove::ALL, code: ReviewMove::code, about: json!({}) };
    queries::last_move(&app.db, sought).await
}

/// What a move of an SIAE is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveOf {
    /// The whole control.
    Control,
    /// One of its hires.
    Hire(ControlHireId),
    /// A criterion of one of its hires.
    Criterion(ControlHireId, Criterion),
}

impl MoveOf {
    /// What the trail holds of it.
    fn payload(self) -> Value {
        match self {
            Self::Control => json!({}),
            Self::Hire(hire) => json!({ "hire": hire }),
            Self::Criterion(hire, criterion) => json!({ "hire": hire, "criterion": criterion }),
        }
    }
}

/// The last of these moves about this; none beyond what the trail keeps. Who may read the control was said by whoever read it.
pub async fn last_defence(
    app: &App,
    id: ControlId,
    moves: &[DefenceMove],
    about: MoveOf,
) -> Result<Option<LastMove<DefenceMove>>> {
    let sought = Sought { kind: KIND, id: id.0, moves, code: DefenceMove::code, about: about.payload() };
    queries::last_move(&app.db, sought).await
}
