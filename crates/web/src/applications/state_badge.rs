//! A state as a word, an icon and a colour: always together, always the same.

use iae_domain::applications::StateCode;
use iae_domain::pass::PassState;

/// What the macro `badge::badge` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateBadge {
    /// The word.
    pub label: &'static str,
    /// The colour.
    pub tone: &'static str,
    /// The icon.
    pub icon: &'static str,
}

/// The badge of an application.
pub const fn of_application(state: StateCode) -> StateBadge {
    let (tone, icon) = match state {
        StateCode::New => ("info", "inbox"),
        StateCode::Processing => ("warning", "hourglass"),
        StateCode::Postponed => ("warning", "pause"),
        StateCode::Pool => ("neutral", "users"),
        StateCode::PriorToHire => ("warning", "flag"),
        StateCode::Accepted => ("success", "circle-check"),
        StateCode::Refused => ("error", "circle-x"),
        StateCode::Cancelled => ("neutral", "ban"),
        StateCode::Obsolete => ("neutral", "archive"),
    };
    StateBadge { label: state.label(), tone, icon }
}

/// The badge of a PASS.
pub const fn of_pass(state: PassState) -> StateBadge {
    let (tone, icon) = match state {
        PassState::Valid => ("success", "circle-check"),
        PassState::Suspended => ("warning", "pause"),
        PassState::Future => ("info", "calendar"),
        PassState::Expired => ("neutral", "circle-x"),
    };
    StateBadge { label: state.label(), tone, icon }
}
