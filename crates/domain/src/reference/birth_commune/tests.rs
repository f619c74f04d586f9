use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A line of the history, latest first; empty dates are open.
fn line(code: &str, name: &str, begins: &str, ends: &str, is_typed: bool) -> CommuneName {
    CommuneName {
        insee_code: code.into(),
        name: name.into(),
        department_code: code[..2].into(),
        begins_on: begins.parse().ok(),
        ends_on: ends.parse().ok(),
        is_typed,
    }
}

/// Everything that was ever called « Évry ».
fn evry() -> Vec<CommuneName> {
    vec![
        line("91228", "Évry-Courcouronnes", "2019-01-01", "", false),
        line("89162", "Évry", "", "", true),
        line("91228", "Évry", "1968-01-01", "2019-01-01", true),
        line("78228", "Évry", "1965-06-30", "1968-01-01", true),
        line("78228", "Évry-Petit-Bourg", "", "1965-06-30", false),
    ]
}

fn read(names: &[CommuneName], born: &str, chosen: &str, in_nir: Option<&str>) -> Result<String, String> {
    let clues = BirthClues { born: born.parse().ok(), chosen, in_nir, ..BirthClues::default() };
    match birth_commune(names, clues) {
        Ok(name) => Ok(format!("{} {}", name.insee_code, name.label())),
        Err(BirthCommuneRefused::Several(several)) => {
            Err(several.iter().map(|name| name.insee_code.as_str()).collect::<Vec<_>>().join(", "))
        }
        Err(refused) => Err(format!("{refused:?}")),
    }
}

#[test]
fn of_several_communes_the_nir_or_the_person_says_which() {
    let ok = |text: &str| Ok(text.to_owned());
    let err = |text: &str| Err(text.to_owned());
    for (born, chosen, nir, expected) in [
        ("1985-06-14", "", Some("91228"), ok("91228 Évry (91)")),
        ("1985-06-14", "", None, err("89162, 91228")),
        ("1985-06-14", "", Some("57463"), err("89162, 91228")),
        ("1985-06-14", "89162", Some("91228"), ok("89162 Évry (89)")),
        ("1985-06-14", "91228", None, ok("91228 Évry (91)")),
        ("1985-06-14", "57463", None, err("89162, 91228")),
        ("1966-06-14", "", Some("78228"), ok("78228 Évry (78)")),
        ("1966-06-14", "91228", None, err("89162, 78228")),
        ("1960-06-14", "", Some("78228"), ok("78228 Évry-Petit-Bourg (78)")),
        ("", "", None, err("89162, 91228, 78228")),
    ] {
        assert_eq!(read(&evry(), born, chosen, nir), expected, "{born} {chosen} {nir:?}, CON-5, NIR-9");
    }
}

#[test]
fn a_merged_commune_stays_the_one_of_that_day() {
    let lomme = [line("59355", "Lomme", "", "2000-02-27", true)];
    assert_eq!(read(&lomme, "1985-06-14", "", None), Ok("59355 Lomme (59)".into()), "CON-5");
    assert_eq!(read(&lomme, "2000-02-26", "", None), Ok("59355 Lomme (59)".into()));
    assert_eq!(read(&lomme, "2000-02-27", "", None), Err("UnknownAtDate".into()), "CON-5");
    assert_eq!(read(&lomme, "2005-06-14", "59355", Some("59355")), Err("UnknownAtDate".into()));
    let cherbourg = [
        line("50129", "Cherbourg-en-Cotentin", "2016-01-01", "", false),
        line("50129", "Cherbourg-Octeville", "2000-02-28", "2016-01-01", false),
        line("50129", "Cherbourg", "", "2000-02-28", true),
    ];
    assert_eq!(read(&cherbourg, "1990-01-01", "", None), Ok("50129 Cherbourg (50)".into()));
    assert_eq!(read(&cherbourg, "2005-01-01", "", None), Ok("50129 Cherbourg-Octeville (50)".into()));
    assert_eq!(read(&[], "1990-01-01", "", None), Err("Unknown".into()));
}

#[test]
fn without_a_name_the_nir_says_it_if_that_commune_existed() {
    let lomme = [line("59355", "Lomme", "", "2000-02-27", false)];
    let blank = |born, in_nir| {
        let clues = BirthClues { born: Some(day(born)), is_blank: true, chosen: "", in_nir };
        birth_commune(&lomme, clues).map(|name| name.insee_code)
    };
    assert_eq!(blank("1985-06-14", Some("59355")), Ok("59355".into()), "NIR-9");
    assert_eq!(blank("2001-06-14", Some("59355")), Err(BirthCommuneRefused::Unknown));
    assert_eq!(blank("1985-06-14", None), Err(BirthCommuneRefused::Unknown));
}
