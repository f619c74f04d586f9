//! The phases of a campaign with their days, those that were once they are known.

use chrono::{DateTime, NaiveDate, Utc};
use iae_app::control::campaigns::queries::{CampaignDetail, DoneAct};
use iae_domain::control::Calendar;
use iae_domain::time::{add_days, paris_date, sub_days};

use super::super::freezes::frozen_at;

/// A day, and the one it was planned on when it came earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) on: NaiveDate,
    pub(super) planned: Option<NaiveDate>,
}

/// A phase, from a day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Days {
    /// The phase.
    pub(super) phase: &'static str,
    /// Its first day.
    pub(super) from: Day,
    /// Its last day.
    pub(super) to: Day,
    /// Who does what.
    pub(super) who: &'static str,
}

impl Day {
    /// A day that was, else the one it is planned on.
    fn of(done: Option<NaiveDate>, planned: NaiveDate) -> Self {
        let on = done.unwrap_or(planned);
        Self { on, planned: Some(planned).filter(|planned| on < *planned) }
    }

    /// The last day to submit, which everyone was told, unless submissions were frozen before.
    fn to_submit(frozen_at: Option<DateTime<Utc>>, planned: NaiveDate) -> Self {
        Self::of(frozen_at.map(paris_date).filter(|frozen| *frozen < planned), planned)
    }
}

impl Days {
    /// A phase that was cut short is that one day.
    fn new(phase: &'static str, from: Day, to: Day, who: &'static str) -> Self {
        Self { phase, from, to: Day { on: to.on.max(from.on), ..to }, who }
    }

    /// Whether it runs on a day.
    pub(super) fn runs_on(&self, day: &NaiveDate) -> bool {
        (self.from.on..=self.to.on).contains(day)
    }
}

/// The phases in their order; `done` is what the trail keeps of the campaign. What the team did earlier or later than planned is told as
/// it was done; submissions of the contradictory phase are counted from its day in the calendar, which SIAE were told.
pub(super) fn days(detail: &CampaignDetail, done: &[DoneAct]) -> Vec<Days> {
    let campaign = &detail.campaign;
    let calendar = campaign.calendar;
    let opened = Day { on: detail.opened_on, planned: None };
    let listed =
        Day::of(campaign.list.as_ref().map(|list| paris_date(list.frozen_at)), calendar.ratio_until());
    let launched = Day::of(campaign.launched_at.map(paris_date), calendar.launch_on);
    let submitted = frozen_at(campaign, done, false);
    let submitted = Day::to_submit(submitted, Calendar::amicable_until(launched.on));
    let adversarial_on = campaign.adversarial_at.map(paris_date);
    let adversarial = Day::of(adversarial_on, calendar.adversarial_from);
    let reviewed = Day::of(adversarial_on.map(|on| sub_days(on, 1)), calendar.amicable_review_until());
    let submitted_anew = Day::to_submit(frozen_at(campaign, done, true), calendar.adversarial_until());
    let ended = Day::of(campaign.ended_at.map(paris_date), calendar.adversarial_review_until());
    let (from, to) = (add_days(ended.on, 1), Calendar::sanctions_declared_until(ended.on));
    let sanctions = (Day { on: from, planned: None }, Day { on: to, planned: None });
    vec![
        Days::new(
            "Échantillonnage",
            opened,
            listed,
            "La DDETS choisit son taux de contrôle, de 20 à 40\u{a0}% des structures\u{a0}; sans choix, 30\u{a0}%.",
        ),
        Days::new(
            "Tirage au sort",
            launched,
            launched,
            "L’équipe du service tire au sort les structures et leurs embauches.",
        ),
        Days::new(
            "Phase amiable, transmission",
            launched,
            submitted,
            "Les structures choisissent les critères qu’elles défendent et transmettent leurs justificatifs.",
        ),
        Days::new(
            "Phase amiable, contrôle",
            launched,
            reviewed,
            "La DDETS contrôle les justificatifs reçus et valide le contrôle de chaque structure.",
        ),
        Days::new(
            "Phase contradictoire, transmission",
            adversarial,
            submitted_anew,
            "Les structures dont le résultat n’est pas positif transmettent de nouveaux justificatifs.",
        ),
        Days::new(
            "Phase contradictoire, contrôle",
            adversarial,
            ended,
            "La DDETS contrôle les nouveaux justificatifs et valide le contrôle de chaque structure.",
        ),
        Days::new(
            "Déclaration des sanctions",
            sanctions.0,
            sanctions.1,
            "La DDETS notifie ses décisions aux structures dont le résultat est négatif.",
        ),
    ]
}

#[cfg(test)]
mod tests;
