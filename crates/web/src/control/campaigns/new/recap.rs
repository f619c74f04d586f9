//! What would be opened: nothing is written by it.

use chrono::NaiveDate;
use iae_app::control::campaigns::queries::{Ddets, Overlap, SharedCalendar, calendar_of, overlaps};
use iae_app::{Db, Error};
use iae_domain::control::{Calendar, ControlCampaign, RATIO_DAYS};
use iae_domain::ids::OrganisationId;

use super::form::Asked;
use crate::french;

/// What is said before campaigns are opened.
pub(super) struct Recap {
    /// The name of the campaigns.
    pub(super) name: String,
    /// The DDETS.
    pub(super) institutions: Vec<String>,
    /// The days they follow.
    pub(super) calendar: Calendar,
    /// The campaigns that control some of these days already, by DDETS.
    pub(super) overlaps: Vec<String>,
    /// What should make one think twice.
    pub(super) warnings: Vec<String>,
    /// What identifies those overlaps: what is confirmed is what was shown (ADR 22).
    pub(super) seen: String,
}

impl Recap {
    /// Reads what surrounds what is asked.
    pub(super) async fn of(db: &Db, asked: &Asked, known: &[Ddets], today: NaiveDate) -> Result<Self, Error> {
        let found = overlaps(db, &asked.institutions, asked.hired).await?;
        let shared = calendar_of(db, asked.hired).await?;
        let place = |id: OrganisationId| {
            known.iter().find(|ddets| ddets.id == id).map_or("", |ddets| ddets.place()).to_owned()
        };
        let overlap = |one: &Overlap| {
            format!("{} : embauches {}", place(one.institution), french::period(one.hired_from, one.hired_to))
        };
        let last = found.last().map(|one| one.campaign.to_string()).unwrap_or_default();
        let calendar = shared.as_ref().map_or(asked.calendar, |shared| shared.calendar);
        Ok(Self {
            name: ControlCampaign::name(asked.hired),
            institutions: asked.institutions.iter().map(|id| place(*id)).collect(),
            calendar,
            overlaps: found.iter().map(|one| french::spaced(&overlap(one))).collect(),
            warnings: warnings(asked, shared, calendar, today),
            seen: format!("{}-{last}", found.len()),
        })
    }

    /// How many campaigns.
    pub(super) fn count(&self) -> usize {
        self.institutions.len()
    }
}

fn warnings(
    asked: &Asked,
    shared: Option<SharedCalendar>,
    calendar: Calendar,
    today: NaiveDate,
) -> Vec<String> {
    let mut warnings = Vec::new();
    if today <= asked.hired.end {
        warnings.push(format!(
            "La période va jusqu’au {} : ce qui est embauché après le jour où une liste est figée n’y sera pas.",
            french::date(asked.hired.end)
        ));
    }
    let days = (calendar.launch_on - today).num_days();
    if days < i64::try_from(RATIO_DAYS).unwrap_or_default() {
        let left = french::days(u64::try_from(days).unwrap_or_default());
        warnings.push(format!(
            "Les DDETS auront {left} pour choisir leur taux de contrôle, au lieu de quatre semaines."
        ));
    }
    if let Some(shared) = shared.filter(|shared| shared.calendar != asked.calendar) {
        let others = french::plural(shared.campaigns, "campagne", "campagnes");
        warnings.push(format!(
            "Le calendrier de cette période est déjà celui de {others} : ces campagnes le suivront, et non les jours que \
             vous avez indiqués."
        ));
    }
    warnings.into_iter().map(|warning| french::spaced(&warning)).collect()
}
