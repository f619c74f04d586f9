//! The phases of a campaign with their days, those that were once they are known.

use chrono::NaiveDate;
use iae_app::control::campaigns::queries::CampaignDetail;
use iae_domain::control::Calendar;
use iae_domain::time::{add_days, add_months, paris_date, sub_days};

/// A phase, from a day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Days {
    /// The phase.
    pub(super) phase: &'static str,
    /// Its first day.
    pub(super) from: NaiveDate,
    /// Its last day.
    pub(super) to: NaiveDate,
    /// Who does what.
    pub(super) who: &'static str,
}

impl Days {
    /// Whether it runs on a day.
    pub(super) fn runs_on(&self, day: &NaiveDate) -> bool {
        (self.from..=self.to).contains(day)
    }
}

/// The phases in their order. What the team did earlier or later than planned is told as it was done; submissions of the
/// contradictory phase are counted from its day in the calendar, which SIAE were told.
pub(super) fn days(detail: &CampaignDetail) -> Vec<Days> {
    let campaign = &detail.campaign;
    let calendar = campaign.calendar;
    let launched_on = campaign.launched_at.map_or(calendar.launch_on, paris_date);
    let listed_on = campaign.list.as_ref().map(|list| paris_date(list.frozen_at));
    let adversarial_from = campaign.adversarial_at.map_or(calendar.adversarial_from, paris_date);
    let last_review = campaign.ended_at.map_or_else(|| calendar.adversarial_review_until(), paris_date);
    let sanctions_from = add_days(last_review, 1);
    // A phase that was cut short is that one day.
    let days = |phase, from: NaiveDate, to: NaiveDate, who| Days { phase, from, to: to.max(from), who };
    vec![
        days(
            "Échantillonnage",
            detail.opened_on,
            listed_on.unwrap_or_else(|| calendar.ratio_until()),
            "La DDETS choisit la part des structures qu’elle contrôle, de 20 à 40\u{a0}%\u{a0}; sans choix, 30\u{a0}%.",
        ),
        days(
            "Tirage au sort",
            launched_on,
            launched_on,
            "L’équipe du service tire au sort les structures et leurs embauches.",
        ),
        days(
            "Phase amiable, transmission",
            launched_on,
            Calendar::amicable_until(launched_on),
            "Les structures choisissent les critères qu’elles défendent et transmettent leurs justificatifs.",
        ),
        days(
            "Phase amiable, contrôle",
            launched_on,
            sub_days(adversarial_from, 1),
            "La DDETS contrôle les justificatifs reçus et valide le contrôle de chaque structure.",
        ),
        days(
            "Phase contradictoire, transmission",
            adversarial_from,
            calendar.adversarial_until(),
            "Les structures dont le résultat n’est pas positif transmettent de nouveaux justificatifs.",
        ),
        days(
            "Phase contradictoire, contrôle",
            adversarial_from,
            last_review,
            "La DDETS contrôle les nouveaux justificatifs et valide le contrôle de chaque structure.",
        ),
        days(
            "Déclaration des sanctions",
            sanctions_from,
            sub_days(add_months(sanctions_from, SANCTION_MONTHS), 1),
            "La DDETS notifie ses décisions aux structures dont le résultat est négatif.",
        ),
    ]
}

/// Months the calendar leaves to notify sanctions, after the last review (§1.7); the rule counts them from the first day of the
/// contradictory phase (D14).
const SANCTION_MONTHS: u32 = 5;
