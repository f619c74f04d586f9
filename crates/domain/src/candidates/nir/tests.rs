use proptest::prelude::*;

use super::*;

/// The 13 first characters with the key that fits them.
fn with_key(body: &str) -> String {
    let key = key(&numeric(&format!("{body}00")).unwrap()).unwrap();
    format!("{body}{key:02}")
}

#[test]
fn numbers_are_read_as_people_type_them() {
    for typed in [
        "141068078200557",
        "1 41 06 80 782 005 57",
        " 1 41 06 80 782 005 57\t",
        "1.41.06.80.782.005.57",
        "1-41-06-80-782-005-57",
        "1/41/06/80/782/005/57",
        "1 41 06 80 782 005 (57)",
        "1\u{2011}41\u{2011}06\u{2011}80\u{2011}782\u{2011}005 57\u{200b}",
    ] {
        assert_eq!(Nir::parse(typed).unwrap().as_str(), "141068078200557", "NIR-1");
    }
    assert_eq!(Nir::parse("141068078200557").unwrap().grouped(), "1 41 06 80 782 005 57", "NIR-8");
}

#[test]
fn each_mistake_has_its_name() {
    for (typed, refused) in [
        ("", NirRefused::TooShort),
        ("1 41 06 80 782 005", NirRefused::TooShort),
        ("1410680782005570", NirRefused::TooLong),
        ("141068078200558", NirRefused::Invalid),
        ("14106807820055A", NirRefused::Invalid),
        ("1410680782é0557", NirRefused::Invalid),
        ("2 69 05 49 588 157 80", NirRefused::Specimen),
    ] {
        assert_eq!(Nir::parse(typed), Err(refused), "{typed}");
    }
}

#[test]
fn corsican_départements_count_as_19_and_18() {
    for (body, key) in [("185052A006084", 1_850_519_006_084_u64), ("185052B006084", 1_850_518_006_084)] {
        let typed = format!("{}{:02}", body.to_lowercase(), 97 - key % 97);
        assert_eq!(Nir::parse(&typed).unwrap().as_str(), typed.to_uppercase(), "NIR-2, NIR-7");
    }
    assert_eq!(Nir::parse("185052C00608412"), Err(NirRefused::Invalid));
}

/// NIR-3: waiting numbers are accepted, other first digits are not.
#[test]
fn first_digits() {
    for first in 0..=9 {
        let nir = with_key(&format!("{first}850578006084"));
        assert_eq!(Nir::parse(&nir).is_ok(), [1, 2, 3, 4, 7, 8].contains(&first), "{first}");
    }
}

/// NIR-4.
#[test]
fn months() {
    for month in 0..=99 {
        let nir = with_key(&format!("185{month:02}78006084"));
        let possible = matches!(month, 0..=12 | 20..=42 | 50..=99);
        assert_eq!(Nir::parse(&nir).is_ok(), possible, "month {month}");
    }
}

/// NIR-9.
#[test]
fn the_place_of_birth_is_read_from_the_number() {
    let place = |body: &str| Nir::parse(&with_key(body)).unwrap().birth_place_code().map(str::to_owned);
    assert_eq!(place("1850578006084").as_deref(), Some("78006"));
    assert_eq!(place("1850599352084").as_deref(), Some("99352"));
    assert_eq!(place("7850578006084"), None);
    assert_eq!(place("8850578006084"), None);
    let country = |body: &str| Nir::parse(&with_key(body)).unwrap().birth_country().map(Country::name);
    assert_eq!(country("1850599352084"), Some("Algérie"));
    assert_eq!(country("1850578006084"), None);
    assert_eq!(country("7850599352084"), None);
}

#[test]
fn the_century_is_the_one_of_people_over_16() {
    let today = "2026-11-27".parse().unwrap();
    for (body, born) in [
        ("1850578006084", Some("1985-05-01")),
        ("1100578006084", Some("2010-05-01")),
        ("1110578006084", Some("1911-05-01")),
        ("1853078006084", Some("1985-01-01")),
        ("3850578006084", None),
    ] {
        let nir = Nir::parse(&with_key(body)).unwrap();
        assert_eq!(nir.born_about(today).map(|day| day.to_string()).as_deref(), born, "{body}");
    }
}

#[test]
fn a_number_never_shows_in_debug_output() {
    assert_eq!(format!("{:?}", Nir::parse("141068078200557").unwrap()), "Nir(…)");
}

proptest! {
    /// NIR-5: of the hundred possible keys exactly one fits, and it is never 00.
    #[test]
    fn one_key_fits(first in prop::sample::select(vec![1_u8, 2, 3, 4, 7, 8]), year in 0_u8..100, month in 1_u8..=12,
                    department in 1_u8..100, commune in 0_u16..1000, order in 0_u16..1000) {
        let body = format!("{first}{year:02}{month:02}{department:02}{commune:03}{order:03}");
        let fitting: Vec<u8> =
            (0..100).filter(|key| !matches!(Nir::parse(&format!("{body}{key:02}")), Err(NirRefused::Invalid))).collect();
        prop_assert_eq!(fitting.len(), 1);
        prop_assert!((1..=97).contains(&fitting[0]));
    }

    #[test]
    fn nothing_typed_makes_it_panic(text in "\\PC*") {
        let _ = Nir::parse(&text);
    }

    #[test]
    fn fifteen_characters_of_any_kind_never_panic(text in "[0-9ABab é]{15,20}") {
        if let Ok(nir) = Nir::parse(&text) {
            prop_assert_eq!(nir.grouped().replace(' ', ""), nir.as_str());
        }
    }
}
