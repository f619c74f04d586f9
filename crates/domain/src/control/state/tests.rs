//! The tables of the rule book (04 §1.8) are held cell by cell in `tests/control_tables`; here, what follows from them.

use proptest::prelude::*;

use super::*;

fn at(hour: u32) -> DateTime<Utc> {
    format!("2026-07-01T{hour:02}:00:00Z").parse().unwrap()
}

/// Every criterion there can be.
fn criteria() -> Vec<Defended> {
    let mut all = Vec::new();
    for is_certified in [false, true] {
        for has_proof in [false, true] {
            for submitted_at in [None, Some(at(8))] {
                for review in Review::ALL.iter().copied() {
                    all.push(Defended { is_certified, has_proof, submitted_at, review });
                }
            }
        }
    }
    all
}

/// « Consequences worth testing »: one untreated proof hides another's refusal, hence a positive result by default at the end of the
/// phase; what is refused twice outranks what is refused once.
#[test]
fn one_untreated_proof_makes_the_result_positive() {
    let one = |review| Defended { is_certified: false, has_proof: true, submitted_at: Some(at(8)), review };
    let refused = HireState::of(&[one(Review::Refused), one(Review::RefusedTwice), one(Review::Accepted)]);
    assert_eq!(refused, HireState::RefusedTwice);
    let untreated = HireState::of(&[one(Review::Pending), one(Review::Accepted)]);
    let raw = RawState::of([refused, untreated]);
    assert_eq!(raw, RawState::Submitted);
    let nothing = Reviewed::default();
    assert_eq!(nothing.state(raw, Campaign::Open), CompanyState::Submitted);
    assert_eq!(nothing.state(raw, Campaign::Ended), CompanyState::Accepted);
}

/// In the contradictory phase, all that is accepted is still to be validated.
#[test]
fn all_accepted_is_not_over_before_it_is_validated() {
    let reviewed = Reviewed { at: Some(at(8)), ..Reviewed::default() };
    assert_eq!(reviewed.state(RawState::Accepted, Campaign::Open), CompanyState::Adversarial);
    let validated = Reviewed { finally_at: Some(at(9)), ..reviewed };
    assert_eq!(validated.state(RawState::Accepted, Campaign::Open), CompanyState::Accepted);
}

proptest! {
    /// The order of hires and of criteria never matters, and one that is accepted changes nothing.
    #[test]
    fn the_order_does_not_matter(
        chosen in proptest::collection::vec(proptest::sample::select(criteria()), 1..6),
        turn in 0_usize..6,
    ) {
        let mut turned = chosen.clone();
        turned.rotate_left(turn % chosen.len());
        prop_assert_eq!(HireState::of(&chosen), HireState::of(&turned));
        let certified = Defended { is_certified: true, has_proof: false, submitted_at: None, review: Review::Accepted };
        turned.push(certified);
        prop_assert_eq!(HireState::of(&chosen), HireState::of(&turned));
    }
}
