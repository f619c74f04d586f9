//! Keyset pagination: a page starts after the last row of the one before, however deep.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike as _, Utc};
use uuid::Uuid;

/// Rows of a page (LIST-1).
pub const PAGE_SIZE: usize = 20;

/// Rows a list fetches: one more than a page, to know whether another follows.
pub(crate) const ROWS_TO_FETCH: i64 = 21;

/// The place of a row in a list sorted by time, then id, both descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Time of the row.
    pub at: DateTime<Utc>,
    /// Id of the row.
    pub id: Uuid,
}

impl Cursor {
    /// The cursor as it stands in a URL.
    pub fn encode(&self) -> String {
        let mut bytes = [0_u8; 24];
        bytes[..8].copy_from_slice(&self.at.timestamp_micros().to_be_bytes());
        bytes[8..].copy_from_slice(self.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor; what makes no sense shows the first page (LIST-1).
    pub fn decode(text: &str) -> Option<Self> {
        let bytes: [u8; 24] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (time, id) = bytes.split_at(8);
        let at = DateTime::from_timestamp_micros(i64::from_be_bytes(time.try_into().ok()?))?;
        // Nothing was written before 1970 nor after 9999; far enough outside, Postgres has no such time.
        if !(1970..=9999).contains(&at.year()) {
            return None;
        }
        Some(Self { at, id: Uuid::from_slice(id).ok()? })
    }
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// Where the next page starts, if there is one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Cuts a page out of `rows`, fetched with one more than [`PAGE_SIZE`] to know whether another page follows.
    pub fn cut(mut rows: Vec<T>, cursor: impl Fn(&T) -> Cursor) -> Self {
        let next = if rows.len() > PAGE_SIZE {
            rows.truncate(PAGE_SIZE);
            rows.last().map(cursor)
        } else {
            None
        };
        Self { rows, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_url_and_nonsense_is_none() {
        let at = DateTime::from_timestamp_micros(1_700_000_000_123_456).unwrap();
        let cursor = Cursor { at, id: Uuid::from_u128(42) };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        for nonsense in ["", "0", "'; DROP TABLE", "AAAA", &"A".repeat(33)] {
            assert_eq!(Cursor::decode(nonsense), None);
        }
    }

    #[test]
    fn a_page_knows_whether_another_follows() {
        let cursor = |n: &u128| Cursor { at: DateTime::UNIX_EPOCH, id: Uuid::from_u128(*n) };
        assert_eq!(i64::try_from(PAGE_SIZE), Ok(ROWS_TO_FETCH - 1));
        let full: Vec<u128> = (0..=PAGE_SIZE as u128).collect();
        let page = Page::cut(full, cursor);
        assert_eq!(page.rows.len(), PAGE_SIZE);
        assert_eq!(page.next.map(|next| next.id), Some(Uuid::from_u128(19)));
        assert_eq!(Page::cut(vec![1, 2], cursor).next, None);
    }
}
