//! What a cell says, whoever writes it: a page, a sheet, a file of values.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::french;
use iae_domain::time::{paris_date, paris_time};

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A quantity.
    Number(i64),
    /// A quantity, and how a page says it.
    Counted(i64, String),
    /// An identifier, and how a page says it.
    Grouped(String, String),
    /// A day.
    Day(NaiveDate),
    /// An instant, told on the clock of Paris.
    At(DateTime<Utc>),
    /// Several things.
    Several(Vec<String>),
    /// Nothing, and what a page says of it; a file leaves the cell empty.
    Nothing(&'static str),
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The day in Paris of an instant.
    pub fn instant_day(at: DateTime<Utc>) -> Self {
        Self::Day(paris_date(at))
    }

    /// Words, or what is said when there are none.
    pub fn text_or(text: Option<impl Into<String>>, nothing: &'static str) -> Self {
        text.map(Into::into).filter(|text| !text.is_empty()).map_or(Self::Nothing(nothing), Self::Text)
    }

    /// A SIRET, or what is said when there is none: a page parts its digits, a file does not.
    pub fn siret_or(siret: Option<&str>, nothing: &'static str) -> Self {
        let grouped = |siret: &str| Self::Grouped(siret.to_owned(), french::siret(siret));
        siret.map_or(Self::Nothing(nothing), grouped)
    }

    /// A day, or what is said when there is none.
    pub fn day_or(day: Option<NaiveDate>, nothing: &'static str) -> Self {
        day.map_or(Self::Nothing(nothing), Self::Day)
    }

    /// An instant, or what is said when there is none.
    pub fn at_or(at: Option<DateTime<Utc>>, nothing: &'static str) -> Self {
        at.map_or(Self::Nothing(nothing), Self::At)
    }

    /// The cell in a file of values: dates as 2026-03-01, instants as 2026-03-01 14:05.
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) | Self::Grouped(text, _) => text.clone(),
            Self::Number(number) | Self::Counted(number, _) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::At(at) => paris_time(*at).format("%Y-%m-%d %H:%M").to_string(),
            Self::Several(texts) => texts.join(", "),
            Self::Nothing(_) => String::new(),
        }
    }
}
