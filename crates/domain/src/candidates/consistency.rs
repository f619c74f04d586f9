//! What a NIR says of its holder agrees with their title and date of birth (CON-1, CON-2).

use chrono::Datelike;

use super::{BirthDate, Nir, Title};

/// What disagrees with the NIR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Inconsistency {
    /// The title (CON-1).
    #[error("the NIR belongs to someone of another title")]
    Title,
    /// The date of birth (CON-2).
    #[error("the NIR belongs to someone born on another date")]
    BirthDate,
}

/// Checks a NIR against what is known of the person; what is unknown cannot disagree.
pub fn check_consistency(
    nir: &Nir,
    title: Option<Title>,
    birth_date: Option<BirthDate>,
) -> Result<(), Inconsistency> {
    if title.is_some_and(|title| title != title_of(nir)) {
        return Err(Inconsistency::Title);
    }
    if birth_date.is_some_and(|born| !agrees(nir, born)) {
        return Err(Inconsistency::BirthDate);
    }
    Ok(())
}

/// CON-1: 1, 3 and 7 for men, 2, 4 and 8 for women.
fn title_of(nir: &Nir) -> Title {
    if matches!(nir.first_digit(), '1' | '3' | '7') { Title::Mister } else { Title::Madam }
}

/// CON-2: only for numbers starting with 1 or 2; the month counts when it is a real one.
fn agrees(nir: &Nir, born: BirthDate) -> bool {
    if !matches!(nir.first_digit(), '1' | '2') {
        return true;
    }
    let year = format!("{:02}", born.date().year().rem_euclid(100));
    nir.year() == year && nir.month().is_none_or(|month| month == born.date().month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nir(body: &str) -> Nir {
        let key = 97 - body.parse::<u64>().unwrap() % 97;
        Nir::parse(&format!("{body}{key:02}")).unwrap()
    }

    fn born(text: &str) -> BirthDate {
        BirthDate::known(text.parse().unwrap())
    }

    #[test]
    fn titles_follow_the_first_digit() {
        for (first, title) in [
            (1, Title::Mister),
            (2, Title::Madam),
            (3, Title::Mister),
            (4, Title::Madam),
            (7, Title::Mister),
            (8, Title::Madam),
        ] {
            let nir = nir(&format!("{first}850578006084"));
            assert_eq!(check_consistency(&nir, Some(title), None), Ok(()), "CON-1, {first}");
            let other = if title == Title::Madam { Title::Mister } else { Title::Madam };
            assert_eq!(check_consistency(&nir, Some(other), None), Err(Inconsistency::Title));
        }
    }

    #[test]
    fn birth_dates_follow_the_year_and_the_month_when_it_is_one() {
        for (body, date, expected) in [
            ("1850578006084", "1985-05-31", Ok(())),
            ("1850578006084", "1985-06-01", Err(Inconsistency::BirthDate)),
            ("1850578006084", "1986-05-01", Err(Inconsistency::BirthDate)),
            ("1853078006084", "1985-06-01", Ok(())),
            ("1850078006084", "1985-06-01", Ok(())),
            ("1853078006084", "1986-06-01", Err(Inconsistency::BirthDate)),
            ("1050578006084", "2005-05-02", Ok(())),
            ("3850578006084", "1999-12-01", Ok(())),
            ("7850578006084", "1999-12-01", Ok(())),
        ] {
            assert_eq!(
                check_consistency(&nir(body), None, Some(born(date))),
                expected,
                "CON-2, {body} {date}"
            );
        }
    }

    #[test]
    fn what_is_unknown_cannot_disagree() {
        assert_eq!(check_consistency(&nir("1850578006084"), None, None), Ok(()));
    }
}
