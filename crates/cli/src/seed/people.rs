//! Candidates: who they are, where they live, which numbers identify them.

use chrono::{Datelike, NaiveDate};
use iae_domain::text::folded;

use super::names::{COUNTRIES, FAMILIES, MEN, WOMEN};
use super::place;
use super::random::Random;
use super::world::World;

/// A candidate.
#[derive(Debug, Clone)]
pub struct Person {
    /// Title.
    pub title: &'static str,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Address; some people have none.
    pub email: Option<String>,
    /// Phone.
    pub phone: String,
    /// Date of birth.
    pub birth_date: NaiveDate,
    /// Where they were born: an INSEE code of commune, or of country.
    pub birth_place: BirthPlace,
    /// The social security number without its order nor its key; none when it is unknown.
    pub nir_stem: Option<String>,
    /// Identifier of France Travail, or why there is none.
    pub france_travail: FranceTravail,
    /// Level of education.
    pub education: &'static str,
    /// Street.
    pub street: String,
    /// City as typed.
    pub city: String,
    /// Commune, unless the address could not be read.
    pub commune: Option<usize>,
    /// Post code.
    pub post_code: String,
    /// Département, in the order of the territories.
    pub territory: usize,
}

/// Where someone was born.
#[derive(Debug, Clone)]
pub enum BirthPlace {
    /// In that commune of France.
    Commune(String),
    /// In the country of that INSEE code, without its 99.
    Country(&'static str),
}

/// What is known of someone at France Travail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FranceTravail {
    /// Their identifier.
    Known(String),
    /// They are not registered.
    NotRegistered,
    /// They forgot it.
    Forgotten,
}

impl Person {
    /// Whether a PASS can be delivered without the team's help (rule book 02 §6.5).
    pub fn is_identified(&self) -> bool {
        self.nir_stem.is_some() || self.france_travail != FranceTravail::Forgotten
    }

    /// What searches compare.
    pub fn search(&self) -> String {
        folded(&format!("{} {}", self.last_name, self.first_name))
    }

    /// First and last names.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// The person of that number. One in a hundred resembles the one before: the same names with a slip, the same birth date
/// with day and month swapped, no social security number.
pub fn person(world: &World, index: u32) -> Person {
    if index % 100 != 37 {
        return drawn(world, index);
    }
    let twin = drawn(world, index - 1);
    let (day, month) = (twin.birth_date.day(), twin.birth_date.month());
    let swapped = NaiveDate::from_ymd_opt(twin.birth_date.year(), day.min(12), month);
    Person {
        first_name: twin.first_name.replace('é', "e").replace('ï', "i"),
        last_name: twin.last_name.replace("mm", "m").replace("nn", "n"),
        email: Some(format!("{}@courriel.example", place::slug(&format!("{} {index}", twin.last_name)))),
        birth_date: swapped.unwrap_or(twin.birth_date),
        nir_stem: None,
        ..twin
    }
}

fn drawn(world: &World, index: u32) -> Person {
    let mut rng = Random::stream(world.seed.wrapping_add(1), u64::from(index));
    let rng = &mut rng;
    let is_woman = rng.chance(470);
    let first_name = (*rng.pick(if is_woman { WOMEN } else { MEN })).to_owned();
    let last_name = (*rng.pick(FAMILIES)).to_owned();
    let age = rng.weighted(&[(17_i64, 3), (20, 17), (26, 18), (33, 20), (42, 18), (50, 16), (58, 8)]);
    let birth_date = world.calendar.ago(age * 366 + rng.between(0, 2_500));
    let territory = world.departments.draw(rng);
    let home = world.territories[territory].communes.draw(rng);
    let birth_place = if rng.chance(640) {
        let origin = if rng.chance(800) { territory } else { world.elsewhere(rng) };
        let born = world.territories[origin].communes.draw(rng);
        BirthPlace::Commune(world.communes[born].insee_code.clone())
    } else {
        BirthPlace::Country(rng.pick::<&str>(COUNTRIES))
    };
    let nir_stem = rng.chance(955).then(|| nir_stem(is_woman, birth_date, &birth_place));
    let france_travail = match rng.below(100) {
        0..=55 => FranceTravail::Known(format!("57{:09}", rng.below(999_999_999))),
        56..=82 => FranceTravail::Known(format!(
            "{:07}{}",
            rng.below(9_999_999),
            rng.pick(&['A', 'B', 'K', 'Z', '4'])
        )),
        83..=92 => FranceTravail::NotRegistered,
        _ => FranceTravail::Forgotten,
    };
    let commune = &world.communes[home];
    // Two addresses in a hundred were typed so that no commune is recognised.
    let is_dirty = rng.chance(20);
    let street = place::street(rng);
    let host = rng.pick(&["courriel.example", "messagerie.example", "boite.example"]);
    let handle = place::slug(&format!("{first_name} {last_name}")).replace('-', ".");
    Person {
        title: if is_woman { "MME" } else { "M" },
        first_name,
        last_name,
        email: rng.chance(960).then(|| format!("{handle}{index}@{host}")),
        phone: format!("06{:08}", rng.below(99_999_999)),
        birth_date,
        birth_place,
        nir_stem,
        france_travail,
        education: rng.weighted(&[
            ("01", 4),
            ("70", 22),
            ("00", 14),
            ("60", 6),
            ("50", 16),
            ("51", 24),
            ("41", 8),
            ("40", 4),
            ("30", 2),
        ]),
        street: if is_dirty { format!("chez m. {street} bat c appt ??") } else { street },
        city: if is_dirty {
            commune.name.to_uppercase().replace('-', " ") + " CEDEX"
        } else {
            commune.name.clone()
        },
        commune: (!is_dirty).then_some(home),
        post_code: commune.post_code.clone(),
        territory,
    }
}

/// The first 10 characters of a NIR: title, year and month of birth, place of birth.
pub fn nir_stem(is_woman: bool, born: NaiveDate, place: &BirthPlace) -> String {
    let place = match place {
        BirthPlace::Commune(code) => code.clone(),
        BirthPlace::Country(code) => format!("99{code}"),
    };
    format!("{}{:02}{:02}{place}", if is_woman { 2 } else { 1 }, born.year().rem_euclid(100), born.month())
}

/// The NIR of that stem and order, with its key: 97 minus the remainder of the first 13 digits by 97, `2A` counting as 19
/// and `2B` as 18 (NIR-2, NIR-5).
pub fn nir(stem: &str, order: u16) -> String {
    let body = format!("{stem}{order:03}");
    let counted: u64 = body.replace("2A", "19").replace("2B", "18").parse().unwrap_or(0);
    format!("{body}{:02}", 97 - counted % 97)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_the_rule_book() {
        assert_eq!(nir("1850578006", 1), "185057800600177");
        let corsica = nir("285062A004", 1);
        assert_eq!(corsica, format!("285062A004001{:02}", 97 - 2_850_619_004_001_u64 % 97));
    }
}
