//! What is typed of a suspension, and what it means.

use chrono::NaiveDate;
use iae_domain::pass::suspension::{
    EXPLANATION_MAX_CHARS, Suspension, SuspensionReason, SuspensionTerms, has_unknown_end, latest_end,
};
use iae_domain::text::Message;
use iae_domain::time::Period;
use serde::Deserialize;

use super::asked::AskedPass;
use super::messages;
use super::recap::put_aside;
use crate::forms::FieldErrors;
use crate::french;

/// What is typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct TermsForm {
    pub(super) reason: String,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
    pub(super) no_end: bool,
    pub(super) explanation: String,
    pub(super) certified: bool,
    pub(super) step: String,
    pub(super) seen: String,
}

impl TermsForm {
    /// Before anything is typed: from today on.
    pub(super) fn new(today: NaiveDate) -> Self {
        Self { starts_on: today.to_string(), ..Self::default() }
    }

    /// As the suspension is.
    pub(super) fn of(suspension: &Suspension) -> Self {
        let Period { start, end } = suspension.period;
        let no_end = has_unknown_end(suspension.period);
        Self {
            reason: suspension.reason.code().to_owned(),
            starts_on: start.to_string(),
            ends_on: if no_end { String::new() } else { end.to_string() },
            no_end,
            explanation: suspension.explanation.clone().unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The suspension asked for, or every mistake at once, those of the rules too; `changed` is the one that is changed.
    pub(super) fn parse(
        &self,
        asked: &AskedPass,
        changed: Option<&Suspension>,
    ) -> Result<SuspensionTerms, FieldErrors> {
        let mut errors = FieldErrors::default();
        let reason =
            SuspensionReason::parse(&self.reason).filter(|reason| reason.is_offered_to(asked.asker.capacity));
        if reason.is_none() {
            errors.add("reason", messages::REASON_NOT_OFFERED);
        }
        let period = self.period(&mut errors);
        if let Some(Err(mistakes)) =
            period.map(|period| asked.pass.held.suspended_over(period, changed, asked.today()))
        {
            for mistake in mistakes {
                messages::add_day(&mut errors, mistake);
            }
        }
        errors.check_length("explanation", &self.explanation, EXPLANATION_MAX_CHARS);
        let explanation = Message::parse(&self.explanation).ok();
        if !self.certified {
            errors.add("certified", "Certifiez l’exactitude de ces informations pour continuer.");
        }
        errors.or(reason.zip(period).map(|(reason, period)| SuspensionTerms { period, reason, explanation }))
    }

    fn period(&self, errors: &mut FieldErrors) -> Option<Period> {
        let start = errors.day("starts_on", &self.starts_on);
        if start.is_none() {
            errors.add("starts_on", "Indiquez le premier jour de la suspension.");
        }
        let end = if self.no_end {
            if !self.ends_on.trim().is_empty() {
                errors.add(
                    "ends_on",
                    "Indiquez le dernier jour, ou cochez que vous ne le connaissez pas : pas les deux.",
                );
            }
            start.map(latest_end)
        } else {
            let end = errors.day("ends_on", &self.ends_on);
            if end.is_none() {
                errors.add("ends_on", "Indiquez le dernier jour, ou cochez que vous ne le connaissez pas.");
            }
            end
        };
        Some(Period { start: start?, end: end? })
    }

    /// What the recap carries.
    pub(super) fn kept(&self) -> Vec<(&'static str, String)> {
        let ticked = |name, is_ticked: bool| is_ticked.then(|| (name, "true".to_owned()));
        [
            Some(("reason", self.reason.clone())),
            Some(("starts_on", self.starts_on.clone())),
            Some(("ends_on", self.ends_on.clone())),
            ticked("no_end", self.no_end),
            Some(("explanation", self.explanation.clone())),
            ticked("certified", self.certified),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What the recap says of it.
    pub(super) fn said(&self, terms: &SuspensionTerms) -> Vec<(&'static str, String)> {
        let Period { start, end } = terms.period;
        let days = french::period(start, end);
        let days =
            if self.no_end { format!("{days} au plus : la date de fin n’est pas connue") } else { days };
        let explanation = terms.explanation.as_ref().map(|words| ("Précisions", words.as_str().to_owned()));
        [("Motif", terms.reason.label().to_owned()), ("Suspension", days)]
            .into_iter()
            .chain(explanation)
            .chain([("Jours mis de côté", put_aside(terms.period))])
            .collect()
    }
}
