//! Where a page of employers starts, in the order of CMP-39.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// The place of an employer in the results. Scores change every hour: a page read meanwhile may repeat or skip an
/// employer that moved, never lose its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EmployerCursor {
    /// Someone of the company uses the service.
    pub has_members: bool,
    /// It takes applications.
    pub is_hiring: bool,
    /// Applications per opening; infinite for a new company.
    pub score: f64,
    /// Its id.
    pub id: Uuid,
}

impl EmployerCursor {
    /// The cursor as it stands in a URL.
    pub fn encode(&self) -> String {
        let mut bytes = [0_u8; 25];
        bytes[0] = u8::from(self.has_members) << 1 | u8::from(self.is_hiring);
        bytes[1..9].copy_from_slice(&self.score.to_be_bytes());
        bytes[9..].copy_from_slice(self.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor; what makes no sense shows the first page (LIST-1).
    pub fn decode(text: &str) -> Option<Self> {
        let bytes: [u8; 25] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let score = f64::from_be_bytes(bytes[1..9].try_into().ok()?);
        (bytes[0] < 4 && score >= 0.0).then_some(Self {
            has_members: bytes[0] & 2 != 0,
            is_hiring: bytes[0] & 1 != 0,
            score,
            id: Uuid::from_slice(&bytes[9..]).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_url_even_for_a_new_company() {
        for score in [0.0, 1.0 / 3.0, f64::INFINITY] {
            for (has_members, is_hiring) in [(true, true), (true, false), (false, true), (false, false)] {
                let cursor = EmployerCursor { has_members, is_hiring, score, id: Uuid::from_u128(7) };
                assert_eq!(EmployerCursor::decode(&cursor.encode()), Some(cursor));
            }
        }
    }

    #[test]
    fn nonsense_is_the_first_page() {
        let not_a_number =
            EmployerCursor { has_members: true, is_hiring: true, score: f64::NAN, id: Uuid::nil() };
        for nonsense in ["", "0", "é", &"A".repeat(32), &"_".repeat(34), &not_a_number.encode()] {
            assert_eq!(EmployerCursor::decode(nonsense), None, "{nonsense:?}");
        }
    }
}
