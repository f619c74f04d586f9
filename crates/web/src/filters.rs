//! askama filters: [`crate::french`] within reach of every template.
//!
//! A page file that uses one writes `use crate::filters;`.

#![expect(
    missing_docs,
    clippy::inline_always,
    reason = "`askama::filter_fn` makes undocumented, always inlined builders; each filter below has its own doc"
)]

use std::fmt::Display;

use askama::filters::Safe;
use chrono::{DateTime, NaiveDate, Utc};

use crate::french;

/// A date at any depth of references: askama hands over `&T`, loops and `if let` add their own.
pub trait AsDate {
    /// The date itself.
    fn as_date(&self) -> NaiveDate;
}

impl AsDate for NaiveDate {
    fn as_date(&self) -> NaiveDate {
        *self
    }
}

impl<T: AsDate + ?Sized> AsDate for &T {
    fn as_date(&self) -> NaiveDate {
        (*self).as_date()
    }
}

/// An instant at any depth of references.
pub trait AsInstant {
    /// The instant itself.
    fn as_instant(&self) -> DateTime<Utc>;
}

impl AsInstant for DateTime<Utc> {
    fn as_instant(&self) -> DateTime<Utc> {
        *self
    }
}

impl<T: AsInstant + ?Sized> AsInstant for &T {
    fn as_instant(&self) -> DateTime<Utc> {
        (*self).as_instant()
    }
}

/// `{{ day|date }}`: « 3 mars 2026 ».
#[askama::filter_fn]
pub fn date(day: impl AsDate, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(french::date(day.as_date()))
}

/// `{{ at|date_time }}`: « 3 mars 2026 à 14 h 05 ».
#[askama::filter_fn]
pub fn date_time(at: impl AsInstant, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(french::date_time(at.as_instant()))
}

/// `{{ day|age(today) }}`: « il y a 12 jours ».
#[askama::filter_fn]
pub fn age<T: AsDate>(day: impl AsDate, _: &dyn askama::Values, today: T) -> askama::Result<String> {
    Ok(french::age(day.as_date(), today.as_date()))
}

/// `{{ start|period(end) }}`: « du 3 mars au 5 avril 2026 ».
#[askama::filter_fn]
pub fn period<T: AsDate>(start: impl AsDate, _: &dyn askama::Values, end: T) -> askama::Result<String> {
    Ok(french::period(start.as_date(), end.as_date()))
}

/// `{{ count|plural("candidature", "candidatures") }}`: « 2 candidatures ».
#[askama::filter_fn]
pub fn plural(count: impl Display, _: &dyn askama::Values, one: &str, many: &str) -> askama::Result<String> {
    Ok(french::plural(integer(&count)?, one, many))
}

/// `{{ count|agree("embauche", "embauches") }}`: the word alone, for a figure shown beside it.
#[askama::filter_fn]
pub fn agree(count: impl Display, _: &dyn askama::Values, one: &str, many: &str) -> askama::Result<String> {
    Ok(french::agree(integer(&count)?, one, many).to_owned())
}

/// `{{ name|of }}`: « d’Amel Benali », « de Karim Benali ».
#[askama::filter_fn]
pub fn of(name: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(french::of(&name.to_string()))
}

/// `{{ count|number }}`: « 12 345 ».
#[askama::filter_fn]
pub fn number(value: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(french::number(integer(&value)?))
}

/// `{{ kilometres|distance_km }}`: « 3,2 km ».
#[askama::filter_fn]
pub fn distance_km(kilometres: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
    let kilometres = kilometres.to_string().parse().map_err(askama::Error::custom)?;
    Ok(french::distance_km(kilometres))
}

/// `{{ nir|nir }}`: « 1 85 05 78 006 084 36 ».
#[askama::filter_fn]
pub fn nir(nir: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(french::nir(&nir.to_string()))
}

/// `{{ phone|phone }}`: « 06 12 34 56 78 ».
#[askama::filter_fn]
pub fn phone(phone: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(french::phone(&phone.to_string()))
}

/// `{{ siret|siret }}`: « 123 456 789 00012 ».
#[askama::filter_fn]
pub fn siret(siret: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(french::siret(&siret.to_string()))
}

/// `{{ message|paragraphs }}`: what a person typed, escaped, with its paragraphs and line ends.
#[askama::filter_fn]
pub fn paragraphs(text: impl Display, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
    Ok(Safe(paragraphs_html(&text.to_string())))
}

/// Integers of every width, and at any depth of references, have their decimal text in common.
fn integer(value: &impl Display) -> askama::Result<i64> {
    value.to_string().parse().map_err(askama::Error::custom)
}

/// Paragraphs are parted by an empty line; lines that begin with a dash are a list.
fn paragraphs_html(text: &str) -> String {
    let text = escape(text);
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs
        .flat_map(|paragraph| {
            let lines: Vec<_> = paragraph.lines().map(str::trim).collect();
            let alike = |one: &&str, next: &&str| item(one).is_some() == item(next).is_some();
            lines.chunk_by(alike).map(block_html).collect::<Vec<_>>()
        })
        .collect()
}

/// Lines of text, or items of a list.
fn block_html(lines: &[&str]) -> String {
    let items: Option<Vec<_>> = lines.iter().map(|line| item(line)).collect();
    match items {
        Some(items) => format!("<ul><li>{}</li></ul>", items.join("</li><li>")),
        None => format!("<p>{}</p>", lines.join("<br>")),
    }
}

/// What follows the dash of a line of a list.
fn item(line: &str) -> Option<&str> {
    ["- ", "– ", "• "].iter().find_map(|dash| line.strip_prefix(dash))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_typed_keeps_its_paragraphs_and_loses_its_markup() {
        let html = paragraphs_html("Bonjour,\nvoici <b>Amel</b>.\n\n\nÀ bientôt & merci\n");
        assert_eq!(html, "<p>Bonjour,<br>voici &lt;b&gt;Amel&lt;/b&gt;.</p><p>À bientôt &amp; merci</p>");
        assert_eq!(paragraphs_html(" \n\n "), "");
    }

    #[test]
    fn lines_that_begin_with_a_dash_are_a_list() {
        let html = paragraphs_html("Au sein d’une équipe :\n- tailler,\n- planter.\n\nLe 3 - 4 mars");
        let list = "<ul><li>tailler,</li><li>planter.</li></ul>";
        assert_eq!(html, format!("<p>Au sein d’une équipe :</p>{list}<p>Le 3 - 4 mars</p>"));
    }

    #[test]
    fn filters_take_values_at_any_depth_of_references() {
        let day: NaiveDate = "2026-03-01".parse().unwrap();
        assert_eq!((&&&day).as_date(), day);
        assert_eq!(integer(&&7_u8).unwrap(), 7);
        assert!(integer(&"sept").is_err());
    }
}
