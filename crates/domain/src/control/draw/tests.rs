use proptest::prelude::*;

use super::*;

mod chance;

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

proptest! {
    /// Neither the order of the rows nor a row said twice changes anything; any other line does, and any other value.
    #[test]
    fn the_order_of_the_rows_does_not_matter(
        rows in Just(list(6, 10)).prop_shuffle(),
        which in 0_usize..60,
        value in "[0-9 ]{1,20}",
    ) {
        let frozen = FrozenList::freeze(list(6, 10));
        let mut shuffled = rows.clone();
        shuffled.push(rows[which]);
        let again = FrozenList::freeze(shuffled);
        prop_assert_eq!(again.digest(), frozen.digest());
        prop_assert_eq!(again.draw(&value, ratio(40)), frozen.draw(&value, ratio(40)));
        prop_assert_ne!(again.seed(&value), frozen.seed(&format!("{value}0")));
        let later = rows[which].starts_on.succ_opt().unwrap();
        for tampered in [
            Line { hire: ApplicationId(Uuid::from_u128(999_999)), ..rows[which] },
            Line { company: OrganisationId(Uuid::from_u128(999_999)), ..rows[which] },
            Line { starts_on: later, ..rows[which] },
        ] {
            let mut list = rows.clone();
            list[which] = tampered;
            prop_assert_ne!(FrozenList::freeze(list).digest(), frozen.digest());
        }
        let mut shorter = rows;
        shorter.remove(which);
        prop_assert_ne!(FrozenList::freeze(shorter).digest(), frozen.digest());
    }
}
