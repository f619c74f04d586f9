//! The fields of an order of the prefect: its number, its day, the first and the last day of the right.

use chrono::NaiveDate;
use iae_domain::habilitations::{NUMBER_MAX_CHARS, Order};
use iae_domain::time::Period;

use super::words;
use crate::forms::FieldErrors;

/// The order that was typed, or its mistakes.
pub(super) fn order(
    errors: &mut FieldErrors,
    number: &str,
    [ordered_on, starts_on, ends_on]: [&str; 3],
    today: NaiveDate,
) -> Option<Order> {
    errors.check_length("order_number", number.trim(), NUMBER_MAX_CHARS);
    if number.trim().is_empty() {
        errors.add("order_number", "Indiquez le numéro de l’arrêté.");
    }
    let ordered_on = day(errors, "ordered_on", ordered_on, "Indiquez la date de l’arrêté.");
    let start = day(errors, "starts_on", starts_on, "Indiquez le premier jour de l’habilitation.");
    let end = day(errors, "ends_on", ends_on, "Indiquez le dernier jour de l’habilitation.");
    let (ordered_on, period) = (ordered_on?, Period { start: start?, end: end? });
    match Order::new(number, ordered_on, period, today) {
        Ok(order) => Some(order),
        Err(mistakes) => {
            for mistake in mistakes {
                words::add_order(errors, mistake);
            }
            None
        }
    }
}

fn day(errors: &mut FieldErrors, name: &'static str, typed: &str, missing: &str) -> Option<NaiveDate> {
    let day = errors.day(name, typed);
    if day.is_none() {
        errors.add(name, missing);
    }
    day
}
