use proptest::prelude::*;

use super::*;
use crate::control::RATIO_MIN;

fn line(company: u128, hire: u128) -> Line {
    let starts_on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    Line {
        company: OrganisationId(Uuid::from_u128(company)),
        hire: ApplicationId(Uuid::from_u128(hire)),
        starts_on,
    }
}

/// So many SIAE, each with so many hires.
fn list(companies: u128, hires: u128) -> Vec<Line> {
    (1..=companies)
        .flat_map(|company| (1..=hires).map(move |hire| line(company, company * 1_000 + hire)))
        .collect()
}

fn ratio(percent: u8) -> Ratio {
    Ratio::parse(&percent.to_string()).unwrap()
}

#[test]
fn an_siae_with_one_hire_cannot_be_drawn() {
    let frozen = FrozenList::freeze([line(1, 11), line(2, 21), line(2, 22)]);
    assert_eq!(frozen.lines(), [line(2, 21), line(2, 22)]);
    assert_eq!(frozen.counts(), (1, 2));
    assert_eq!(frozen.draw("1 2 3 4 5 6", Ratio::default()).len(), 1);
    assert_eq!(FrozenList::freeze([line(1, 11)]).draw("1", Ratio::default()), []);
}

#[test]
fn the_sample_has_the_sizes_of_the_rule() {
    let drawn = FrozenList::freeze(list(25, 62)).draw("4 8 15 16 23 42", ratio(30));
    assert_eq!(drawn.len(), 8);
    assert!(drawn.iter().all(|one| one.hires.len() == 12));
    let of =
        |one: &DrawnCompany| one.hires.iter().all(|hire| hire.0.as_u128() / 1_000 == one.company.0.as_u128());
    assert!(drawn.iter().all(of), "each its own hires");
}

/// Fixed seeds, 60 SIAE of which 12 are drawn each time, 15 hires of which 3: no one is favoured. The usual chi-square counts
/// independent draws; drawing without replacement leaves `n - 1` of `n` of its variance. `DRAWS=10000` draws as often.
#[test]
#[expect(clippy::disallowed_methods, reason = "how often to draw is said to the test alone")]
fn no_siae_and_no_hire_is_favoured() {
    let draws: u32 = std::env::var("DRAWS").map_or(500, |draws| draws.parse().unwrap());
    let frozen = FrozenList::freeze(list(60, 15));
    let (mut companies, mut hires) = (BTreeMap::<_, u32>::new(), BTreeMap::<_, u32>::new());
    for value in 0..draws {
        for one in frozen.draw(&value.to_string(), ratio(RATIO_MIN)) {
            *companies.entry(one.company).or_default() += 1;
            for hire in one.hires {
                *hires.entry(hire.0.as_u128() % 1_000).or_default() += 1;
            }
        }
    }
    let chi = |counts: &BTreeMap<u128, u32>, of: f64, share: f64| {
        let n = f64::from(u32::try_from(counts.len()).unwrap());
        let spread: f64 = counts.values().map(|count| (f64::from(*count) - of * share).powi(2)).sum();
        spread / (of * share * (1.0 - share)) * (n - 1.0) / n
    };
    let companies: BTreeMap<_, _> =
        companies.into_iter().map(|(company, count)| (company.0.as_u128(), count)).collect();
    assert_eq!((companies.len(), hires.len()), (60, 15));
    // 59 and 14 degrees of freedom: exceeded once in a thousand by chance.
    let (by_company, by_hire) =
        (chi(&companies, f64::from(draws), 0.2), chi(&hires, f64::from(draws) * 12.0, 0.2));
    assert!(by_company < 98.3, "{by_company}");
    assert!(by_hire < 36.1, "{by_hire}");
}

proptest! {
    /// Neither the order of the rows nor a row said twice changes anything; any other line does.
    #[test]
    fn the_order_of_the_rows_does_not_matter(turn in 0_usize..60, value in "[0-9 ]{1,20}") {
        let rows = list(6, 10);
        let frozen = FrozenList::freeze(rows.clone());
        let mut turned = rows.clone();
        turned.rotate_left(turn);
        turned.reverse();
        turned.push(rows[turn]);
        let again = FrozenList::freeze(turned);
        prop_assert_eq!(again.digest(), frozen.digest());
        prop_assert_eq!(again.draw(&value, ratio(40)), frozen.draw(&value, ratio(40)));
        let mut tampered = rows;
        tampered[turn].hire = ApplicationId(Uuid::from_u128(999_999));
        prop_assert_ne!(FrozenList::freeze(tampered).digest(), frozen.digest());
    }
}
