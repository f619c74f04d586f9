//! What no browser sends and no person types.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use iae_tests::world;

/// What is put in each field. What the form must refuse comes first: an accepted one may use the form up.
pub fn strange(is_date: bool) -> Vec<String> {
    let dates = ["0000-01-01", "0001-01-01", "-262143-01-01", "+262142-12-31", "10000-01-01", "9999-12-31"];
    if is_date {
        return ["\0", "2026-02-30", "99999999999999999999"]
            .iter()
            .chain(&dates)
            .map(ToString::to_string)
            .collect();
    }
    let cursor = |micros: i64| {
        let mut bytes = micros.to_be_bytes().to_vec();
        bytes.extend([0xff; 16]);
        URL_SAFE_NO_PAD.encode(bytes)
    };
    let mut values =
        vec!["\0".to_owned(), "a\0b".to_owned(), cursor(-8_300_000_000_000_000_000), cursor(i64::MAX)];
    values.extend(
        ["99999999999999999999", "-1", "%", "9999-12-31", "\u{202e}\u{feff}\r\n'\"<\\"]
            .map(ToOwned::to_owned),
    );
    values.extend([world::STAFF.to_string(), uuid::Uuid::nil().to_string(), "é".repeat(20_000)]);
    values
}
