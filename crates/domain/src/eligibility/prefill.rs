//! Criteria a confirmed profile ticks in advance (ELI-3, rule book 03 §2.9). The prescriber still chooses.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Criterion;
use crate::time::{age, paris_date};

/// A profile confirmed longer ago than this ticks nothing.
pub const PROFILE_FRESHNESS: TimeDelta = TimeDelta::hours(24);

/// Levels of education at most CAP or BEP; a short training (60) is not one.
const AT_MOST_CAP: [&str; 5] = ["00", "01", "50", "51", "70"];

/// What a profile says that matches a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProfileFacts<'a> {
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// Code of the level of education.
    pub education_level: Option<&'a str>,
    /// Whether the commune they live in is wholly in a ZRR; partly is not enough to tell.
    pub wholly_in_zrr: bool,
    /// When someone last confirmed the profile.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// The criteria the profile matches, when it was confirmed less than 24 hours ago.
pub fn prefilled(profile: ProfileFacts<'_>, now: DateTime<Utc>) -> Vec<Criterion> {
    let is_fresh = profile.confirmed_at.is_some_and(|at| now < at + PROFILE_FRESHNESS);
    if is_fresh { known(profile, now) } else { vec![] }
}

/// The criteria the profile matches, whenever it was confirmed. Living in a QPV is asked, never guessed.
pub fn known(profile: ProfileFacts<'_>, now: DateTime<Utc>) -> Vec<Criterion> {
    let years = profile.birth_date.map(|born| age(born, paris_date(now)));
    let matches = [
        (Criterion::CapBep, profile.education_level.is_some_and(|level| AT_MOST_CAP.contains(&level))),
        (Criterion::Senior, years.is_some_and(|years| Criterion::Senior.fits_age(years))),
        (Criterion::Young, years.is_some_and(|years| Criterion::Young.fits_age(years))),
        (Criterion::Zrr, profile.wholly_in_zrr),
    ];
    matches.into_iter().filter(|(_, matches)| *matches).map(|(criterion, _)| criterion).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticked(born: &str, level: &str, hours: i64) -> Vec<Criterion> {
        let now: DateTime<Utc> = "2026-05-04T09:00:00Z".parse().unwrap();
        let facts = ProfileFacts {
            birth_date: born.parse().ok(),
            education_level: Some(level),
            wholly_in_zrr: false,
            confirmed_at: Some(now - TimeDelta::hours(hours)),
        };
        prefilled(facts, now)
    }

    #[test]
    fn a_fresh_profile_ticks_what_it_says() {
        assert_eq!(ticked("1976-05-04", "51", 1), [Criterion::CapBep, Criterion::Senior]);
        assert_eq!(ticked("2000-05-05", "60", 1), [Criterion::Young], "a short training is no CAP");
        assert!(ticked("2000-05-04", "40", 1).is_empty(), "26 today is not young");
    }

    #[test]
    fn a_day_old_profile_ticks_nothing() {
        assert!(ticked("1976-05-04", "51", 24).is_empty());
    }

    #[test]
    fn a_commune_wholly_in_a_zrr_is_known_even_from_an_old_profile() {
        let now: DateTime<Utc> = "2026-05-04T09:00:00Z".parse().unwrap();
        let facts = |hours| ProfileFacts {
            birth_date: None,
            education_level: None,
            wholly_in_zrr: true,
            confirmed_at: Some(now - TimeDelta::hours(hours)),
        };
        assert_eq!(prefilled(facts(1), now), [Criterion::Zrr]);
        assert_eq!((prefilled(facts(25), now), known(facts(25), now)), (vec![], vec![Criterion::Zrr]));
    }
}
