//! What a hire and its proofs are at, as a word, an icon and a colour.

use iae_domain::control::{Badge, Review};

use super::super::badge::of_control;
use crate::applications::state_badge::StateBadge;

/// What was decided of a proof that was submitted, as its SIAE may read it.
pub(super) const fn of_review(review: Review, is_over: bool) -> StateBadge {
    match review {
        Review::Pending if is_over => {
            StateBadge { label: "Non contrôlé", tone: "neutral", icon: "circle-dashed" }
        }
        Review::Pending => of_control(Badge::Sent),
        Review::Accepted => of_control(Badge::Valid),
        Review::Refused | Review::RefusedTwice => of_control(Badge::Problem),
    }
}

/// Nothing is asked of it.
pub(super) const CERTIFIED: StateBadge =
    StateBadge { label: "Certifié par l’État", tone: "success", icon: "shield" };
/// Something is to be done.
pub(super) const TO_DO: StateBadge = StateBadge { label: "Action à faire", tone: "accent", icon: "flag" };
/// Nothing more is taken for now.
pub(super) const FROZEN: StateBadge =
    StateBadge { label: "Transmissions bloquées", tone: "warning", icon: "lock" };
/// A proof is awaited.
pub(super) const TO_GIVE: StateBadge =
    StateBadge { label: "Justificatif à déposer", tone: "warning", icon: "upload" };
/// A proof was given, and waits for the others.
pub(super) const GIVEN: StateBadge =
    StateBadge { label: "Justificatif déposé, à transmettre", tone: "info", icon: "file" };
/// A proof never came.
pub(super) const NOT_GIVEN: StateBadge =
    StateBadge { label: "Justificatif non déposé", tone: "error", icon: "circle-x" };
/// A proof was given, and was not submitted in time.
pub(super) const NOT_SENT: StateBadge =
    StateBadge { label: "Justificatif non transmis", tone: "error", icon: "circle-x" };
