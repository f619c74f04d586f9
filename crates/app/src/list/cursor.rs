//! The place of a row in a list: a page starts after or before it, however deep.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::KeyKind;
use crate::error::Result;

/// What a row is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// An instant.
    At(DateTime<Utc>),
    /// A day.
    Day(NaiveDate),
    /// A number.
    Number(i64),
    /// The text of the row, read again from it.
    Text,
}

/// The place of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// What it is sorted by.
    pub key: Key,
    /// The row.
    pub id: Uuid,
}

impl Cursor {
    /// The place of a row as a statement of [`super::statement`] gives it.
    pub(super) fn of(row: &PgRow, kind: KeyKind) -> Result<Self> {
        let key = match kind {
            KeyKind::At => Key::At(row.try_get("sort_key")?),
            KeyKind::Day => Key::Day(row.try_get("sort_key")?),
            KeyKind::Number => Key::Number(row.try_get("sort_key")?),
            KeyKind::Text => Key::Text,
        };
        Ok(Self { key, id: row.try_get("row_id")? })
    }

    /// The cursor as it stands in an address.
    pub fn encode(&self) -> String {
        let key = match self.key {
            Key::At(at) => Some(at.timestamp_micros()),
            Key::Day(day) => Some(i64::from(day.num_days_from_ce())),
            Key::Number(number) => Some(number),
            Key::Text => None,
        };
        let mut bytes = self.id.as_bytes().to_vec();
        bytes.extend(key.map(i64::to_be_bytes).into_iter().flatten());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor; what makes no sense shows the first page (LIST-1).
    pub fn decode(text: &str, kind: KeyKind) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (id, rest) = bytes.split_at_checked(16)?;
        let number = || Some(i64::from_be_bytes(rest.try_into().ok()?));
        // Nothing was written before 1970 nor after 9999; far enough outside, Postgres has no such time.
        let is_ours = |year: &i32| (1970..=9999).contains(year);
        let key = match kind {
            KeyKind::At => {
                let at = DateTime::from_timestamp_micros(number()?)?;
                Key::At(Some(at).filter(|at| is_ours(&at.year()))?)
            }
            KeyKind::Day => {
                let day = NaiveDate::from_num_days_from_ce_opt(i32::try_from(number()?).ok()?)?;
                Key::Day(Some(day).filter(|day| is_ours(&day.year()))?)
            }
            KeyKind::Number => Key::Number(number()?),
            KeyKind::Text => rest.is_empty().then_some(Key::Text)?,
        };
        Some(Self { key, id: Uuid::from_slice(id).ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_address_and_nonsense_is_none() {
        let at = DateTime::from_timestamp_micros(1_700_000_000_123_456).unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        for (kind, key) in [
            (KeyKind::At, Key::At(at)),
            (KeyKind::Day, Key::Day(day)),
            (KeyKind::Number, Key::Number(-12)),
            (KeyKind::Text, Key::Text),
        ] {
            let cursor = Cursor { key, id: Uuid::from_u128(42) };
            assert_eq!(Cursor::decode(&cursor.encode(), kind), Some(cursor));
            for nonsense in ["", "0", "'; DROP TABLE", "AAAA", &"A".repeat(33), &"_".repeat(32)] {
                let decoded = Cursor::decode(nonsense, kind);
                assert!(decoded.is_none() || kind == KeyKind::Number, "{nonsense}: {decoded:?}");
            }
        }
    }
}
