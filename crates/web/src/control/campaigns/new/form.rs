//! What the team types to open campaigns.

use chrono::{Datelike as _, NaiveDate};
use iae_app::control::campaigns::queries::Ddets;
use iae_domain::control::{Calendar, CalendarTooShort, RATIO_DAYS};
use iae_domain::ids::OrganisationId;
use iae_domain::time::{Period, add_days};
use serde::Deserialize;

use crate::forms::FieldErrors;
use crate::french;

/// The campaigns of every DDETS.
pub(super) const ALL: &str = "all";
/// Those of some of them.
pub(super) const SOME: &str = "some";

/// Days from the draw to the contradictory phase in the national calendar of 2023 (§1.7).
const USUAL_AMICABLE_DAYS: u64 = 81;

/// The form; the step says whether it is only shown, confirmed, or typed again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewForm {
    pub(super) hired_from: String,
    pub(super) hired_to: String,
    pub(super) launch_on: String,
    pub(super) adversarial_from: String,
    pub(super) scope: String,
    pub(super) institutions: Vec<String>,
    /// « true » once who confirms says that overlaps are wanted.
    pub(super) overlap: String,
    /// What was shown before it is confirmed (ADR 22).
    pub(super) seen: String,
    pub(super) step: String,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// Contracts that are controlled, by their first day.
    pub(super) hired: Period,
    /// The days of the campaigns.
    pub(super) calendar: Calendar,
    /// The DDETS: at least one.
    pub(super) institutions: Vec<OrganisationId>,
}

impl NewForm {
    /// What is usual: the year before, four weeks to choose the ratio, every DDETS.
    pub(super) fn usual(today: NaiveDate) -> Self {
        let day = |month, day| NaiveDate::from_ymd_opt(today.year() - 1, month, day);
        let text = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let launch_on = add_days(today, RATIO_DAYS);
        Self {
            hired_from: text(day(1, 1)),
            hired_to: text(day(12, 31)),
            launch_on: launch_on.to_string(),
            adversarial_from: add_days(launch_on, USUAL_AMICABLE_DAYS).to_string(),
            scope: ALL.to_owned(),
            ..Self::default()
        }
    }

    /// What is asked, or its mistakes.
    pub(super) fn parse(&self, known: &[Ddets]) -> Result<Asked, FieldErrors> {
        let mut errors = FieldErrors::default();
        let hired_from = required(&mut errors, "hired_from", &self.hired_from, "Indiquez le premier jour.");
        let hired_to = required(&mut errors, "hired_to", &self.hired_to, "Indiquez le dernier jour.");
        let hired = hired_from.zip(hired_to).map(|(start, end)| Period { start, end });
        if hired.is_some_and(|hired| hired.end <= hired.start) {
            errors.add("hired_to", "La période finit après son premier jour.");
        }
        let launch = required(&mut errors, "launch_on", &self.launch_on, "Indiquez le jour du tirage.");
        let blank = "Indiquez le premier jour de la phase contradictoire.";
        let adversarial = required(&mut errors, "adversarial_from", &self.adversarial_from, blank);
        let calendar = launch.zip(adversarial).and_then(|(launch, adversarial)| {
            Calendar::plan(launch, adversarial)
                .map_err(|CalendarTooShort { earliest }| errors.add("adversarial_from", too_short(earliest)))
                .ok()
        });
        let institutions = self.institutions(&mut errors, known);
        let asked = hired.zip(calendar).zip(institutions);
        errors.or(asked.map(|((hired, calendar), institutions)| Asked { hired, calendar, institutions }))
    }

    fn institutions(&self, errors: &mut FieldErrors, known: &[Ddets]) -> Option<Vec<OrganisationId>> {
        let chosen: Vec<_> = match self.scope.as_str() {
            ALL => known.iter().map(|ddets| ddets.id).collect(),
            SOME => {
                let ticked = |ddets: &&Ddets| self.institutions.contains(&ddets.id.to_string());
                known.iter().filter(ticked).map(|ddets| ddets.id).collect()
            }
            _ => {
                errors.add("scope", "Choisissez toutes les DDETS, ou certaines.");
                return None;
            }
        };
        if known.is_empty() {
            errors.add("scope", "Aucune DDETS n’est connue : importez d’abord les institutions.");
        } else if chosen.is_empty() {
            errors.add("institutions", "Cochez au moins une DDETS.");
        }
        Some(chosen)
    }
}

/// The day typed in a field that asks for one.
fn required(errors: &mut FieldErrors, field: &'static str, text: &str, blank: &str) -> Option<NaiveDate> {
    let day = errors.day(field, text);
    if day.is_none() {
        errors.add(field, blank);
    }
    day
}

fn too_short(earliest: NaiveDate) -> String {
    format!(
        "Au plus tôt le {} : les structures ont six semaines pour transmettre après le jour du tirage.",
        french::date(earliest)
    )
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn known() -> Vec<Ddets> {
        let ddets = |number, code: &str| Ddets {
            id: OrganisationId(Uuid::from_u128(number)),
            name: format!("DDETS {code}"),
            department: None,
            code: Some(code.to_owned()),
        };
        vec![ddets(1, "54"), ddets(2, "57")]
    }

    fn usual() -> NewForm {
        NewForm::usual("2026-05-15".parse().unwrap())
    }

    #[test]
    fn what_is_usual_can_be_asked() {
        let asked = usual().parse(&known()).unwrap();
        assert_eq!(asked.institutions.len(), 2);
        let some =
            NewForm { scope: SOME.to_owned(), institutions: vec![known()[1].id.to_string()], ..usual() };
        assert_eq!(some.parse(&known()).unwrap().institutions, [known()[1].id]);
    }

    #[test]
    fn each_mistake_is_beside_its_field() {
        let text = ToOwned::to_owned;
        for (form, known, field) in [
            (NewForm { hired_from: text(""), ..usual() }, known(), "hired_from"),
            (NewForm { hired_to: text("2025-01-01"), ..usual() }, known(), "hired_to"),
            (NewForm { hired_to: text("2025-02-30"), ..usual() }, known(), "hired_to"),
            (NewForm { launch_on: text("demain"), ..usual() }, known(), "launch_on"),
            (NewForm { adversarial_from: text("2026-07-24"), ..usual() }, known(), "adversarial_from"),
            (NewForm { scope: text("none"), ..usual() }, known(), "scope"),
            (NewForm { scope: text(SOME), ..usual() }, known(), "institutions"),
            (usual(), vec![], "scope"),
        ] {
            let errors = form.parse(&known).unwrap_err();
            assert_eq!(errors.all().iter().map(|(name, _)| *name).collect::<Vec<_>>(), [field]);
        }
    }
}
