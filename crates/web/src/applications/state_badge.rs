//! A state as a word, an icon and a colour: always together, always the same.

use iae_domain::applications::StateCode;
use iae_domain::organisations::Standing;
use iae_domain::pass::PassState;
use iae_domain::pass::prolongation::RequestState;

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

/// The badge of where an organisation stands.
pub const fn of_standing(standing: Standing) -> StateBadge {
    let (tone, icon) = match standing {
        Standing::Open | Standing::Active => ("success", "circle-check"),
        Standing::Grace => ("warning", "hourglass"),
        Standing::Ended => ("error", "archive"),
        Standing::Disabled | Standing::Closed => ("neutral", "ban"),
    };
    StateBadge { label: standing.label(), tone, icon }
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

/// The badge of a request to prolong a PASS.
pub const fn of_request(state: RequestState) -> StateBadge {
    let (tone, icon) = match state {
        RequestState::Pending => ("warning", "hourglass"),
        RequestState::Granted => ("success", "circle-check"),
        RequestState::Denied => ("error", "circle-x"),
        RequestState::Returned => ("neutral", "switch"),
    };
    StateBadge { label: state.label(), tone, icon }
}
