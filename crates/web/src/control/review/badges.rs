//! What a DDETS reads of an SIAE, of a hire, of a proof, as a word, an icon and a colour.

use iae_domain::control::{Badge, Defended, Review};

use super::super::badge::of_control;
use crate::applications::state_badge::StateBadge;

/// The badge of a criterion and its proof; `is_over` when nothing more is decided of it.
pub(super) const fn of_criterion(one: Defended, is_over: bool) -> StateBadge {
    match (one.is_certified, one.has_proof, one.submitted_at.is_some(), one.review) {
        (true, _, _, _) => CERTIFIED,
        (false, false, _, _) => {
            StateBadge { label: "Justificatif non déposé", tone: "neutral", icon: "circle-dashed" }
        }
        (false, true, false, _) => {
            StateBadge { label: "Justificatif déposé, non transmis", tone: "neutral", icon: "upload" }
        }
        (false, true, true, Review::Pending) if is_over => {
            StateBadge { label: "Non contrôlé", tone: "neutral", icon: "circle-dashed" }
        }
        (false, true, true, Review::Pending) => of_control(Badge::ToDo),
        (false, true, true, Review::Accepted) => of_control(Badge::Valid),
        (false, true, true, Review::Refused | Review::RefusedTwice) => of_control(Badge::Problem),
    }
}

/// Nothing is asked of it.
const CERTIFIED: StateBadge =
    StateBadge { label: "Certifié par l’État", tone: "success", icon: "shield" };

/// Its day is over.
pub(super) const LATE: StateBadge = StateBadge { label: "En retard", tone: "accent", icon: "alert" };

/// The hire was cancelled since the draw.
pub(super) const CANCELLED: StateBadge =
    StateBadge { label: "Embauche annulée depuis le tirage", tone: "neutral", icon: "ban" };
