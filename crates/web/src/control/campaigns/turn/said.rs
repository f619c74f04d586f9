//! What a turn does, in words.

use iae_domain::control::CampaignTurn;

/// What it does to who may submit and review.
pub(super) const fn effect(turn: CampaignTurn) -> &'static str {
    match turn {
        CampaignTurn::Freeze => {
            "Plus aucune structure ne transmet de justificatif dans cette phase. La DDETS continue de contrôler ceux qu’elle a reçus."
        }
        CampaignTurn::Adversarial => {
            "Chaque structure connaît son résultat. Celles dont le résultat n’est pas positif transmettent à nouveau, pendant six semaines."
        }
        CampaignTurn::Close => {
            "Chaque structure connaît son résultat définitif. La DDETS notifie ensuite ses décisions à celles dont le résultat est négatif."
        }
    }
}

/// What the DDETS is told, when it is told something.
pub(super) const fn ddets_is_told(turn: CampaignTurn) -> &'static str {
    match turn {
        CampaignTurn::Freeze => "Un e-mail\u{a0}: des justificatifs attendent d’être contrôlés",
        CampaignTurn::Adversarial => {
            "Un e-mail\u{a0}: les structures qui n’ont rien transmis, et celles acceptées faute de contrôle"
        }
        CampaignTurn::Close => "Un e-mail\u{a0}: des décisions sont à notifier",
    }
}

/// What is said once it is done: a title, what follows.
pub(super) const fn done(turn: CampaignTurn) -> (&'static str, &'static str) {
    match turn {
        CampaignTurn::Freeze => (
            "Transmissions bloquées",
            "Si des justificatifs attendent d’être contrôlés, la DDETS est prévenue par e-mail.",
        ),
        CampaignTurn::Adversarial => (
            "Phase contradictoire commencée",
            "Les structures connaissent leur résultat, et sont prévenues par e-mail.",
        ),
        CampaignTurn::Close => (
            "Campagne clôturée",
            "Les structures connaissent leur résultat définitif, et sont prévenues par e-mail.",
        ),
    }
}
