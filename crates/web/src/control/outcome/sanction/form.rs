//! What is typed of a decision: its result, its sanctions, what each needs (rule book 04 §1.15, steps 1 to 3).

mod read;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use iae_domain::control::{Control, DetailedSanctions, Outcome, Sanction};
use iae_domain::text::Message;
use serde::Deserialize;

pub(in super::super) use read::{Known, words};

/// The first day of a withdrawal.
pub(super) const FROM: &str = "withdrawn_from";
/// Its last day, when it is temporary.
pub(super) const TO: &str = "withdrawn_to";
/// All the percentages together.
const CUTS: &str = "cuts";
/// The fields of the percentages, by the rank of their hire: no more hires of an SIAE are drawn (§1.6).
const LINES: [&str; 20] = [
    "cut_1", "cut_2", "cut_3", "cut_4", "cut_5", "cut_6", "cut_7", "cut_8", "cut_9", "cut_10", "cut_11",
    "cut_12", "cut_13", "cut_14", "cut_15", "cut_16", "cut_17", "cut_18", "cut_19", "cut_20",
];

/// What is typed. Steps that are not shown are kept in the page.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct OutcomeForm {
    pub(in super::super) reason: String,
    pub(in super::super) comment: String,
    sanctions: Vec<String>,
    pub(in super::super) training: String,
    pub(in super::super) withdrawn_from: String,
    pub(in super::super) withdrawn_to: String,
    pub(in super::super) leniency: String,
    /// What is sent: the code of a step, or `back_` and the code of the step to come back to.
    pub(in super::super) step: String,
    /// After an appeal: whether the decision is annulled or corrected.
    pub(in super::super) act: String,
    /// After an appeal: why.
    pub(in super::super) why: String,
    /// After an appeal: the decision that was in force when the page was made (D32).
    pub(in super::super) seen: String,
    /// Percentages, by the name of their field; and what else was sent.
    #[serde(flatten)]
    lines: BTreeMap<String, String>,
}

/// The field of the percentage of a hire.
pub(super) fn line(rank: u16) -> &'static str {
    LINES.get(usize::from(rank).saturating_sub(1)).copied().unwrap_or(CUTS)
}

impl OutcomeForm {
    /// As a decision says it, to be corrected.
    pub(in super::super) fn of(outcome: &Outcome, control: &Control) -> Self {
        let DetailedSanctions { training, withdrawal, cuts, leniency } = &outcome.sanctions;
        let text = |words: Option<&Message<{ Outcome::MAX_CHARS }>>| {
            words.map(|words| words.as_str().to_owned()).unwrap_or_default()
        };
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let percent = |id| cuts.iter().find(|(hire, _)| *hire == id).map_or(0, |(_, percent)| *percent);
        let lines = control.cuttable().map(|hire| (line(hire.rank).to_owned(), percent(hire.id).to_string()));
        Self {
            reason: outcome.reason.code().to_owned(),
            comment: outcome.comment.as_str().to_owned(),
            sanctions: outcome.sanctions.chosen().into_iter().map(|one| one.code().to_owned()).collect(),
            training: text(training.as_ref()),
            withdrawn_from: day(withdrawal.map(|days| days.from)),
            withdrawn_to: day(withdrawal.and_then(|days| days.to)),
            leniency: text(leniency.as_ref()),
            lines: if cuts.is_empty() { BTreeMap::new() } else { lines.collect() },
            ..Self::default()
        }
    }

    /// Whether this sanction is ticked.
    pub(super) fn has(&self, one: Sanction) -> bool {
        self.sanctions.iter().any(|code| code == one.code())
    }

    /// The percentage typed of a hire.
    pub(super) fn percent(&self, rank: u16) -> &str {
        self.lines.get(line(rank)).map_or("", String::as_str)
    }

    /// What is kept in a page that shows these fields only. Percentages of what cannot be cut are not: they are told once.
    pub(in super::super) fn kept(&self, shown: &[&str], control: &Control) -> Vec<(&'static str, String)> {
        let fields = [
            ("reason", &self.reason),
            ("comment", &self.comment),
            ("training", &self.training),
            (FROM, &self.withdrawn_from),
            (TO, &self.withdrawn_to),
            ("leniency", &self.leniency),
        ];
        let sanctions = self.sanctions.iter().map(|code| ("sanctions", code));
        let lines = control.cuttable().map(|hire| line(hire.rank));
        let lines = lines.filter_map(|name| Some((name, self.lines.get(name)?)));
        let all = fields.into_iter().chain(sanctions).chain(lines);
        all.filter(|(name, _)| !shown.contains(name)).map(|(name, typed)| (name, typed.clone())).collect()
    }
}

#[cfg(test)]
mod tests;
