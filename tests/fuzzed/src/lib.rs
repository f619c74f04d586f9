//! What must hold of every parser, whatever bytes it is given. The fuzzer (`fuzz/`) invents them; those it kept
//! (`fuzz/corpus/`) are replayed by `tests/matrices/corpora.rs`.
//!
//! A function a target: it panics when something does not hold.

mod csv;
mod cursor;
mod form;
mod lists;
mod multipart;
mod names;
mod nir;
mod pdf;

use std::borrow::Cow;

use chrono::NaiveDate;

pub use self::csv::csv;
pub use cursor::cursor;
pub use form::form;
pub use multipart::multipart;
pub use names::names;
pub use nir::nir;
pub use pdf::pdf;

/// What must hold of a parser, whatever bytes it is given.
pub type Property = fn(&[u8]);

/// Each target by its name, which is that of its corpus.
pub const TARGETS: [(&str, Property); 7] = [
    ("nir", nir),
    ("names", names),
    ("cursor", cursor),
    ("form", form),
    ("csv", csv),
    ("multipart", multipart),
    ("pdf", pdf),
];

/// The day it is: ages and contracts are judged by it.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 27).unwrap()
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The first byte, which chooses, and the rest.
fn choice(bytes: &[u8]) -> (usize, &[u8]) {
    bytes.split_first().map_or((0, bytes), |(first, rest)| (usize::from(*first), rest))
}

/// Shown on one line, nothing in it hidden.
fn is_one_clean_line(text: &str) -> bool {
    text == text.trim() && text == iae_domain::text::typed(text) && !text.chars().any(char::is_control)
}
