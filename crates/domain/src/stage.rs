//! Where someone is in their parcours: the first thing they read when they sign in.

use crate::pass::PassState;

/// A stage of the parcours of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was sent yet.
    ToApply,
    /// An employer at least has not answered.
    AwaitsAnswer,
    /// Every employer answered, and none hired.
    Answered,
    /// Hired: the parcours has not begun.
    Hired,
    /// The parcours is running.
    InParcours,
    /// The parcours has begun, and is suspended.
    Suspended,
    /// The parcours is over, and its waiting period runs.
    Over,
}

impl Stage {
    /// The stage of someone whose PASS that counts is in this state (rule book 03 §4.5), with how many applications
    /// sent, and how many of them wait for an answer.
    pub const fn of(pass: Option<PassState>, sent: usize, waiting: usize) -> Self {
        match (pass, sent, waiting) {
            (Some(PassState::Valid), ..) => Self::InParcours,
            (Some(PassState::Suspended), ..) => Self::Suspended,
            (Some(PassState::Future), ..) => Self::Hired,
            (Some(PassState::Expired), _, 0) => Self::Over,
            (None, 0, _) => Self::ToApply,
            (None, _, 0) => Self::Answered,
            (Some(PassState::Expired) | None, ..) => Self::AwaitsAnswer,
        }
    }

    /// Its rank among the four steps shown: to apply, the answer, the parcours, what follows.
    pub const fn rank(self) -> usize {
        match self {
            Self::ToApply => 1,
            Self::AwaitsAnswer | Self::Answered => 2,
            Self::Hired | Self::InParcours | Self::Suspended => 3,
            Self::Over => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pass_says_more_than_the_applications() {
        let (valid, future, expired) =
            (Some(PassState::Valid), Some(PassState::Future), Some(PassState::Expired));
        for (pass, sent, waiting, expected) in [
            (None, 0, 0, Stage::ToApply),
            (None, 3, 1, Stage::AwaitsAnswer),
            (None, 3, 0, Stage::Answered),
            (valid, 0, 0, Stage::InParcours),
            (valid, 3, 2, Stage::InParcours),
            (future, 3, 0, Stage::Hired),
            (Some(PassState::Suspended), 3, 0, Stage::Suspended),
            (expired, 3, 0, Stage::Over),
            (expired, 0, 0, Stage::Over),
            (expired, 4, 1, Stage::AwaitsAnswer),
        ] {
            assert_eq!(Stage::of(pass, sent, waiting), expected, "{pass:?}, {sent}, {waiting}");
        }
    }
}
