//! The places where pages of lists start.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Datelike as _;
use iae_app::directory::employers::EmployerCursor;
use iae_app::list::{Cursor, Key, KeyKind};

use crate::{lists, text};

/// What is read is written as it came, and is a place Postgres knows.
pub fn cursor(bytes: &[u8]) {
    holds(&text(bytes));
    // Any text is seldom an encoding: these bytes always have one.
    holds(&URL_SAFE_NO_PAD.encode(bytes));
}

fn holds(text: &str) {
    for kind in [KeyKind::At, KeyKind::Day, KeyKind::Number, KeyKind::Text] {
        let Some(cursor) = Cursor::decode(text, kind) else { continue };
        assert_eq!(cursor.encode(), text);
        let year = match (cursor.key, kind) {
            (Key::At(at), KeyKind::At) => Some(at.year()),
            (Key::Day(day), KeyKind::Day) => Some(day.year()),
            (Key::Number(_), KeyKind::Number) | (Key::Text, KeyKind::Text) => None,
            (key, _) => panic!("{key:?} read as {kind:?}"),
        };
        assert!(year.is_none_or(|year| (1970..=9999).contains(&year)), "{cursor:?}");
        lists::holds(&format!("after={text}&page=3"));
    }
    if let Some(cursor) = EmployerCursor::decode(text) {
        assert_eq!(cursor.encode(), text);
        assert!(cursor.score >= 0.0, "Postgres sorts by it");
    }
}
