//! What a control is at, as a word, an icon and a colour.

use iae_domain::control::Badge;

use crate::applications::state_badge::StateBadge;

/// The badge of an SIAE whose result was negative, and the decision on it annulled after an appeal: nothing is sanctioned.
pub(super) const ANNULLED: StateBadge =
    StateBadge {
        label: "Résultat négatif, décision annulée après recours", tone: "neutral", icon: "ban"
    };

/// The badge of a controlled SIAE, or of a hire.
pub(super) const fn of_control(badge: Badge) -> StateBadge {
    let (tone, icon) = match badge {
        Badge::ToDo | Badge::AdversarialToDo => ("warning", "flag"),
        Badge::ToNotify => ("accent", "flag"),
        Badge::InProgress => ("warning", "hourglass"),
        Badge::Waiting | Badge::AdversarialWaiting => ("neutral", "clock"),
        Badge::Adversarial => ("warning", "scale"),
        Badge::Uploaded => ("info", "upload"),
        Badge::Sent => ("info", "send"),
        Badge::PartlyUploaded | Badge::NotSent => ("warning", "alert"),
        Badge::NotControlled => ("neutral", "circle-dashed"),
        Badge::NotUploaded | Badge::Problem | Badge::AdversarialProblem | Badge::Negative => {
            ("error", "circle-x")
        }
        Badge::Valid | Badge::Positive => ("success", "circle-check"),
    };
    StateBadge { label: badge.label(), tone, icon }
}
