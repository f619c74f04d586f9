//! Nobody is favoured: ten thousand draws of a département are counted, and counted draws that favour someone are found out.
//!
//! A chi-square compares how often each was drawn with how often it should have been. The usual one counts independent draws; when
//! `drawn` of `n` are drawn without replacement, each count varies `(n - drawn) / (n - 1)` times as much, which the statistic is
//! divided by: it then follows the law of n - 1 degrees of freedom. It says too much spread (someone is favoured) and too little (what
//! is drawn is not left to chance). Seeds are fixed: the same numbers at each run.

use super::*;
use crate::control::RATIO_MIN;

/// A département: 60 SIAE of 15 hires each, of which a ratio of 20 % draws 12, then 3 hires of each.
const COMPANIES: u128 = 60;
const HIRES: u128 = 15;
const COMPANIES_DRAWN: u64 = 12;
const HIRES_DRAWN: u64 = 3;
const SHARE: f64 = 0.2;

const DRAWS: u32 = 10_000;
/// Enough for what is not left to chance.
const FEW: u32 = 1_000;

/// What chance leaves, but for once in a thousand on either side: the SIAE (59 degrees of freedom), the places of the hires in the
/// list of their SIAE (14), each hire beside those of its own SIAE (60 times 14).
const BOUNDS: [(f64, f64); 3] = [(31.02, 98.32), (3.041, 36.12), (719.0, 972.3)];

/// Takes so many of these ids, by the public value and the seed it makes.
type Taker = fn((u32, Digest), &[u128], u64) -> Vec<u128>;

/// As the platform does.
fn fairly((_, seed): (u32, Digest), ids: &[u128], most: u64) -> Vec<u128> {
    first(seed, ids.to_vec(), most, |id| Uuid::from_u128(*id))
}

/// The first of the list is always taken.
fn the_first_always((value, seed): (u32, Digest), ids: &[u128], most: u64) -> Vec<u128> {
    let (one, others) = ids.split_first().unwrap();
    [vec![*one], fairly((value, seed), others, most - 1)].concat()
}

/// The first of the list has a second chance.
fn the_first_again((value, seed): (u32, Digest), ids: &[u128], most: u64) -> Vec<u128> {
    let taken = fairly((value, seed), ids, most);
    if taken.contains(&ids[0]) { taken } else { fairly((value, Digest::of(&format!("{seed};"))), ids, most) }
}

/// Each in turn: all as often, none by chance.
fn in_turn((value, _): (u32, Digest), ids: &[u128], most: u64) -> Vec<u128> {
    let most = usize::try_from(most).unwrap();
    let from = usize::try_from(value).unwrap() * most;
    (from..from + most).map(|place| ids[place % ids.len()]).collect()
}

/// How often each was drawn.
struct Counts {
    companies: Vec<u32>,
    /// Of each SIAE.
    hires: Vec<Vec<u32>>,
}

fn company_ids() -> Vec<u128> {
    (1..=COMPANIES).collect()
}

fn hire_ids(company: u128) -> Vec<u128> {
    (1..=HIRES).map(|hire| company * 1_000 + hire).collect()
}

/// The place of an id of [`list`], from 0.
fn place(id: u128) -> usize {
    usize::try_from(id % 1_000).unwrap() - 1
}

fn counted(draws: u32, take: Taker) -> Counts {
    let [companies, hires] = [COMPANIES, HIRES].map(|count| usize::try_from(count).unwrap());
    let mut counts = Counts { companies: vec![0; companies], hires: vec![vec![0; hires]; companies] };
    let digest = FrozenList::freeze(list(COMPANIES, HIRES)).digest();
    let all = company_ids();
    for value in 0..draws {
        let seed = Digest::of(&format!("{digest};{value}"));
        for company in take((value, seed), &all, COMPANIES_DRAWN) {
            counts.companies[place(company)] += 1;
            for hire in take((value, seed), &hire_ids(company), HIRES_DRAWN) {
                counts.hires[place(company)][place(hire)] += 1;
            }
        }
    }
    counts
}

/// The chi-square of how often each was drawn, in so many draws of a share of them.
fn chi_square(counts: &[u32], draws: u32) -> f64 {
    let n = f64::from(u32::try_from(counts.len()).unwrap());
    let (expected, drawn) = (f64::from(draws) * SHARE, n * SHARE);
    let spread: f64 = counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
    spread * (n - 1.0) / (n - drawn)
}

/// The three of [`BOUNDS`].
fn statistics(counts: &Counts, draws: u32) -> [f64; 3] {
    let in_all: u32 = counts.companies.iter().sum();
    let at_place = |place: usize| counts.hires.iter().map(|hires| hires[place]).sum::<u32>();
    let of_places: Vec<u32> = (0..counts.hires[0].len()).map(at_place).collect();
    let of_each = counts.hires.iter().zip(&counts.companies).map(|(hires, draws)| chi_square(hires, *draws));
    [chi_square(&counts.companies, draws), chi_square(&of_places, in_all), of_each.sum::<f64>()]
}

/// What is counted here is what the platform draws.
#[test]
fn the_draws_that_are_counted_are_those_of_the_platform() {
    let frozen = FrozenList::freeze(list(COMPANIES, HIRES));
    for value in [0, 7, DRAWS - 1] {
        let seed = frozen.seed(&value.to_string());
        let mut companies = fairly((value, seed), &company_ids(), COMPANIES_DRAWN);
        companies.sort_unstable();
        let counted: Vec<_> = companies
            .into_iter()
            .map(|company| {
                let mut hires = fairly((value, seed), &hire_ids(company), HIRES_DRAWN);
                hires.sort_unstable();
                DrawnCompany {
                    company: OrganisationId(Uuid::from_u128(company)),
                    hires: hires.into_iter().map(|hire| ApplicationId(Uuid::from_u128(hire))).collect(),
                }
            })
            .collect();
        assert_eq!(frozen.draw(&value.to_string(), ratio(RATIO_MIN)), counted);
    }
}

#[test]
fn no_siae_and_no_hire_is_favoured() {
    let found = statistics(&counted(DRAWS, fairly), DRAWS);
    let mut beside = found.iter().zip(BOUNDS);
    assert!(
        beside.all(|(statistic, (least, most))| (least..=most).contains(statistic)),
        "{found:?} within {BOUNDS:?}"
    );
}

#[test]
fn a_draw_that_favours_someone_is_found_out() {
    for (take, name) in [(the_first_always as Taker, "always"), (the_first_again as Taker, "again")] {
        let [by_company, by_place, _] = statistics(&counted(FEW, take), FEW);
        let [(_, most_by_company), (_, most_by_place), _] = BOUNDS;
        assert!(by_company > most_by_company, "the first SIAE, {name}: {by_company}");
        assert!(by_place > most_by_place, "the first hire, {name}: {by_place}");
    }
}

#[test]
fn a_draw_that_is_not_left_to_chance_is_found_out() {
    let [by_company, _, _] = statistics(&counted(FEW, in_turn), FEW);
    let [(least, _), _, _] = BOUNDS;
    assert!(by_company < least, "too even: {by_company}");
}
