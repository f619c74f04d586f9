//! Rule book 04 §1.8: what a criterion, a hire and an SIAE are at.

use std::fmt::Write as _;

use iae_domain::control::{
    Campaign, CompanyState, Defended, FinalState, HireState, RawState, Review, Reviewed,
};

use super::table::Table;
use super::{HIRES, RAWS, at, reviews, set, yes};

const CRITERION: &str = include_str!("../../src/control/tables/criterion.md");
const HIRE: &str = include_str!("../../src/control/tables/hire.md");
const SIAE_RAW: &str = include_str!("../../src/control/tables/siae_raw.md");
const SIAE: &str = include_str!("../../src/control/tables/siae.md");

const REVIEWS: [(Review, &str); 4] = [
    (Review::Pending, "PENDING"),
    (Review::Accepted, "ACCEPTED"),
    (Review::Refused, "REFUSED"),
    (Review::RefusedTwice, "REFUSED_2"),
];

/// The table of the states of an SIAE, read by others too.
pub fn siae() -> Table {
    Table::read(SIAE, 4)
}

/// The state of an SIAE under that table, by what was validated of it.
pub fn siae_state(table: &Table, reviewed: Reviewed, campaign: &str, raw: &str) -> &'static str {
    let kept = match reviewed.final_state {
        None => "null",
        Some(FinalState::Accepted) => "ACCEPTED",
        Some(FinalState::Refused) => "REFUSED",
    };
    table.cell(&[kept, set(reviewed.at), set(reviewed.finally_at), campaign], raw).unwrap()
}

fn of_hire(state: HireState) -> &'static str {
    HIRES.iter().find(|(one, _)| *one == state).map(|(_, name)| *name).unwrap()
}

fn of_raw(state: RawState) -> &'static str {
    RAWS.iter().find(|(one, _)| *one == state).map(|(_, name)| *name).unwrap()
}

const fn of_company(state: CompanyState) -> &'static str {
    match state {
        CompanyState::Accepted => "ACCEPTED",
        CompanyState::Refused => "REFUSED",
        CompanyState::Submitted => "SUBMITTED",
        CompanyState::Submittable => "SUBMITTABLE",
        CompanyState::Pending => "PENDING",
        CompanyState::Adversarial => "ADVERSARIAL_STAGE",
    }
}

/// Every criterion there can be.
fn criteria() -> Vec<Defended> {
    let mut all = Vec::new();
    for is_certified in [true, false] {
        for has_proof in [true, false] {
            for submitted_at in [Some(at(5, 8)), None] {
                let one = |review| Defended { is_certified, has_proof, submitted_at, review };
                all.extend(REVIEWS.map(|(review, _)| one(review)));
            }
        }
    }
    all
}

#[test]
fn what_a_criterion_makes_of_its_hire() {
    let table = Table::read(CRITERION, 3);
    let mut said = String::new();
    for one in criteria() {
        let [certified, file, submitted] =
            [one.is_certified, one.has_proof, one.submitted_at.is_some()].map(yes);
        let (_, review) = REVIEWS.into_iter().find(|(review, _)| *review == one.review).unwrap();
        let state = of_hire(one.state());
        let typed = table.cell(&[certified, file, submitted], review);
        assert_eq!(typed, Some(state), "{one:?}");
        writeln!(said, "certified {certified}, file {file}, submitted {submitted}, {review}: {state}")
            .unwrap();
    }
    table.was_read_whole();
    insta::assert_snapshot!("criterion", said);
}

/// Of one, two and three criteria, whatever each is.
#[test]
fn a_hire_is_at_its_criterion_of_the_highest_rank() {
    let table = Table::read(HIRE, 1);
    let all = criteria();
    let typed = |beside: &str, one: &str| table.cell(&[beside], one).unwrap();
    assert_eq!(HireState::of(&[]), HireState::Pending, "with no criterion at all");
    let mut said = String::new();
    for first in &all {
        let one = typed("nothing", of_hire(first.state()));
        assert_eq!(of_hire(HireState::of(&[*first])), one, "{first:?}");
        for second in &all {
            let two = typed(one, of_hire(second.state()));
            assert_eq!(of_hire(HireState::of(&[*first, *second])), two, "{first:?} {second:?}");
            for third in &all {
                let three = typed(two, of_hire(third.state()));
                let state = of_hire(HireState::of(&[*first, *second, *third]));
                assert_eq!(state, three, "{first:?} {second:?} {third:?}");
            }
        }
    }
    table.was_read_whole();
    // One criterion for each contribution: the others make the same.
    let mut of_each: Vec<_> = all;
    of_each.sort_by_key(|one| one.state());
    of_each.dedup_by_key(|one| one.state());
    for first in &of_each {
        for second in &of_each {
            let state = of_hire(HireState::of(&[*first, *second]));
            writeln!(said, "{} and {}: {state}", of_hire(first.state()), of_hire(second.state())).unwrap();
        }
    }
    insta::assert_snapshot!("hire", said);
}

/// Of one, two and three hires.
#[test]
fn an_siae_is_at_its_hire_of_the_highest_rank() {
    let table = Table::read(SIAE_RAW, 1);
    let typed = |beside: &str, one: &str| table.cell(&[beside], one).unwrap();
    // A hire that makes that of its SIAE, for the third to be beside.
    let making = |raw: &'static str| if raw == "SUBMITTABLE" { "UPLOADED" } else { raw };
    assert_eq!(RawState::of([]), RawState::Pending, "no hire at all");
    let mut said = String::new();
    for (first, one) in HIRES {
        assert_eq!(of_raw(RawState::of([first])), typed("nothing", one), "{one}");
        for (second, other) in HIRES {
            let two = typed(one, other);
            assert_eq!(of_raw(RawState::of([first, second])), two, "{one} {other}");
            writeln!(said, "{one} and {other}: {two}").unwrap();
            for (third, another) in HIRES {
                let state = of_raw(RawState::of([first, second, third]));
                assert_eq!(state, typed(making(two), another), "{one} {other} {another}");
            }
        }
    }
    table.was_read_whole();
    insta::assert_snapshot!("siae_raw", said);
}

/// Every raw state, whatever was validated, open and ended, whatever was kept.
#[test]
fn what_was_validated_and_the_end_of_the_campaign_decide() {
    let table = siae();
    let mut said = String::new();
    for final_state in [None, Some(FinalState::Accepted), Some(FinalState::Refused)] {
        for (campaign, name) in [(Campaign::Open, "open"), (Campaign::Ended, "ended")] {
            for reviewed in reviews() {
                let reviewed = Reviewed { final_state, ..reviewed };
                let states = RAWS.map(|(raw, of)| {
                    let state = of_company(reviewed.state(raw, campaign));
                    assert_eq!(state, siae_state(&table, reviewed, name, of), "{reviewed:?} {name} {of}");
                    format!("{of}: {state}")
                });
                let (first, last) = (set(reviewed.at), set(reviewed.finally_at));
                let kept = final_state.map_or("null", FinalState::code);
                writeln!(said, "kept {kept}, {name}, reviewed {first}, finally {last}").unwrap();
                writeln!(said, "    {}", states.join(", ")).unwrap();
            }
        }
    }
    table.was_read_whole();
    insta::assert_snapshot!("siae", said);
}
