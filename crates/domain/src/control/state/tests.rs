use proptest::prelude::*;

use super::*;

fn at(hour: u32) -> DateTime<Utc> {
    format!("2026-07-01T{hour:02}:00:00Z").parse().unwrap()
}

/// Every criterion there can be, in the order of the columns of the table below.
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

/// Rule book 04 §1.8, « Criterion → contribution to the hire », line by line; columns: pending, accepted, refused, refused
/// twice.
#[test]
fn what_a_criterion_makes_of_its_hire() {
    use HireState::*;
    let table = [
        // No proof, not submitted; no proof, submitted (nothing the platform writes).
        [Processing, Processing, Processing, Processing],
        [Processing, Processing, Processing, Processing],
        // A proof, not submitted; a proof, submitted.
        [Uploaded, Uploaded, Uploaded, Uploaded],
        [Submitted, Accepted, Refused, RefusedTwice],
        // Certified, whatever the rest.
        [Accepted, Accepted, Accepted, Accepted],
        [Accepted, Accepted, Accepted, Accepted],
        [Accepted, Accepted, Accepted, Accepted],
        [Accepted, Accepted, Accepted, Accepted],
    ];
    let states: Vec<_> = criteria().into_iter().map(Defended::state).collect();
    assert_eq!(states, table.concat());
}

/// « Hire state »: the highest rank of `ACCEPTED < REFUSED < REFUSED_2 < SUBMITTED < UPLOADED < PROCESSING < PENDING`, for every
/// two criteria there can be.
#[test]
fn a_hire_is_at_its_criterion_that_is_furthest() {
    use HireState::*;
    let order = [Accepted, Refused, RefusedTwice, Submitted, Uploaded, Processing, Pending];
    let rank = |state: HireState| order.iter().position(|other| *other == state).unwrap();
    assert_eq!(HireState::of(&[]), Pending, "none is chosen");
    for first in criteria() {
        assert_eq!(HireState::of(&[first]), first.state());
        for second in criteria() {
            let expected = order[rank(first.state()).max(rank(second.state()))];
            assert_eq!(HireState::of(&[first, second]), expected, "{first:?} {second:?}");
        }
    }
}

/// « SIAE raw state ».
#[test]
fn an_siae_is_at_its_hire_that_is_furthest() {
    use {HireState as H, RawState as R};
    let made = [
        (H::Pending, R::Pending),
        (H::Processing, R::Pending),
        (H::Uploaded, R::Submittable),
        (H::Submitted, R::Submitted),
        (H::Refused, R::Refused),
        (H::RefusedTwice, R::Refused),
        (H::Accepted, R::Accepted),
    ];
    let order = [R::Accepted, R::Refused, R::Submitted, R::Submittable, R::Pending];
    let rank = |state: R| order.iter().position(|other| *other == state).unwrap();
    assert_eq!(RawState::of([]), R::Pending, "no hire at all");
    for (first, one) in made {
        for (second, other) in made {
            let expected = order[rank(one).max(rank(other))];
            assert_eq!(RawState::of([first, second]), expected, "{first:?} {second:?}");
        }
    }
    assert_eq!(
        RawState::of([H::Refused, H::Submitted]),
        R::Submitted,
        "one untreated proof hides another's refusal: positive by default at the end of the phase"
    );
}

/// « SIAE state », every raw state under every combination of validations and phase. Columns: pending, submittable,
/// submitted, refused, accepted.
#[test]
fn what_was_validated_and_the_end_of_the_campaign_decide() {
    use CompanyState::*;
    let raws = [
        RawState::Pending,
        RawState::Submittable,
        RawState::Submitted,
        RawState::Refused,
        RawState::Accepted,
    ];
    let (once, twice) = (Some(at(8)), Some(at(9)));
    let reviewed = |at, finally_at| Reviewed { at, finally_at, final_state: None };
    for (reviewed, campaign, expected) in [
        (reviewed(None, None), Campaign::Open, [Pending, Submittable, Submitted, Refused, Accepted]),
        (reviewed(once, None), Campaign::Open, [Pending, Submittable, Submitted, Adversarial, Adversarial]),
        (reviewed(once, once), Campaign::Open, [Refused, Refused, Accepted, Refused, Accepted]),
        (reviewed(once, twice), Campaign::Open, [Refused, Refused, Accepted, Refused, Accepted]),
        (reviewed(None, None), Campaign::Ended, [Refused, Refused, Accepted, Refused, Accepted]),
        (reviewed(once, None), Campaign::Ended, [Refused, Refused, Accepted, Refused, Accepted]),
        (reviewed(once, twice), Campaign::Ended, [Refused, Refused, Accepted, Refused, Accepted]),
    ] {
        assert_eq!(raws.map(|raw| reviewed.state(raw, campaign)), expected, "{reviewed:?} {campaign:?}");
        for (kept, result) in [(FinalState::Accepted, Accepted), (FinalState::Refused, Refused)] {
            let kept = Reviewed { final_state: Some(kept), ..reviewed };
            assert_eq!(raws.map(|raw| kept.state(raw, campaign)), [result; 5], "what is kept decides");
        }
    }
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
