//! Social security numbers.

use chrono::Datelike as _;
use iae_domain::candidates::{BirthDate, Nir, Title, check_consistency};

use crate::{text, today};

/// What is read is fifteen characters, reads back from how it is shown, and no digit of it can be mistyped unnoticed.
pub fn nir(bytes: &[u8]) {
    let text = text(bytes);
    if let Ok(nir) = Nir::parse(&text) {
        holds(&nir);
    }
    // One key in 97 is right: the same number under its own key says whether the other rules are kept.
    if let Some((number, is_possible)) = keyed(&text) {
        let read = Nir::parse(&number);
        assert_eq!(read.is_ok(), is_possible, "{number}");
        read.iter().for_each(holds);
    }
}

fn holds(nir: &Nir) {
    let read = nir.as_str();
    assert!(read.len() == 15 && read.bytes().all(|b| b.is_ascii_digit() || b"AB".contains(&b)));
    assert_eq!(Nir::parse(read).as_ref(), Ok(nir));
    assert_eq!(Nir::parse(&nir.grouped()).as_ref(), Ok(nir));
    assert_eq!(nir.grouped().replace(' ', ""), read);
    assert_eq!(format!("{nir:?}"), "Nir(…)");
    for (place, digit) in read.bytes().enumerate().filter(|(_, digit)| digit.is_ascii_digit()) {
        let mut mistyped = read.as_bytes().to_vec();
        mistyped[place] = if digit == b'9' { b'0' } else { digit + 1 };
        assert!(Nir::parse(&text(&mistyped)).is_err(), "{read}: {place}");
    }
    let place = nir.birth_place_code();
    assert!(place.is_none_or(|place| place.len() == 5) && (place.is_some() || nir.birth_country().is_none()));
    if let Some(born) = nir.born_about(today()) {
        assert!((1900..today().year()).contains(&born.year()));
        let born = BirthDate::new(born, today()).ok();
        for title in Title::ALL {
            check_consistency(nir, Some(*title), born).ok();
        }
    }
}

/// The thirteen first characters and the key they ask for (NIR-2, NIR-5); whether NIR-3, NIR-4 and NIR-6 let it be.
fn keyed(text: &str) -> Option<(String, bool)> {
    let start: String = text.chars().filter(char::is_ascii_alphanumeric).take(13).collect();
    let start = start.to_uppercase();
    let digits = match start.get(5..7)? {
        "2A" => start.replacen("2A", "19", 1),
        "2B" => start.replacen("2B", "18", 1),
        _ => start.clone(),
    };
    let number: u64 = digits.parse().ok().filter(|_| digits.len() == 13)?;
    let month: u8 = digits[3..5].parse().ok()?;
    let is_possible = "123478".contains(&digits[..1])
        && !((13..20).contains(&month) || (43..50).contains(&month))
        && start != "2690549588157";
    Some((format!("{start}{:02}", 97 - number % 97), is_possible))
}
