use chrono::{DateTime, Utc};
use iae_domain::control::{Calendar, Campaign, ControlledCriterion, ControlledHire, Review, Reviewed};
use iae_domain::eligibility::{Criteria, Criterion};
use iae_domain::ids::{ApplicationId, CandidateId, ControlCampaignId, ControlId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use uuid::Uuid;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(day: u32) -> DateTime<Utc> {
    format!("2026-08-{day:02}T08:00:00Z").parse().unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Drawn on 1 June; the contradictory phase planned on 10 August.
fn days(is_adversarial: bool) -> Days {
    let calendar = Calendar { launch_on: day("2026-06-01"), adversarial_from: day("2026-08-10") };
    let at = |text: &str| text.parse().unwrap();
    let adversarial_at = is_adversarial.then(|| at("2026-08-10T08:00:00Z"));
    Days { calendar, launched_at: at("2026-06-01T08:00:00Z"), adversarial_at }
}

fn proof(review: Review, submitted: Option<u32>) -> Defended {
    Defended { is_certified: false, has_proof: true, submitted_at: submitted.map(at), review }
}

/// A control of hires with one criterion each: their ids are 11, 12… and 1, 2….
fn control(proofs: &[Defended]) -> Control {
    let hires = proofs.iter().zip(1_u16..).map(|(defended, rank)| ControlledHire {
        id: ControlHireId(id(10 + u128::from(rank))),
        application: ApplicationId(id(20)),
        candidate: CandidateId(id(30)),
        rank,
        declared: Criteria::default(),
        criteria: vec![ControlledCriterion {
            id: ControlCriterionId(id(rank.into())),
            criterion: Criterion::Rsa,
            defended: *defended,
            given_at: defended.submitted_at,
        }],
        comment: String::new(),
    });
    Control {
        id: ControlId(id(40)),
        campaign: ControlCampaignId(id(50)),
        institution: OrganisationId(id(60)),
        company: OrganisationId(id(70)),
        answering: OrganisationId(id(70)),
        kind: CompanyKind::Aci,
        phase: Campaign::Open,
        is_adversarial: false,
        adversarial_from: day("2026-08-10"),
        reviewed: Reviewed::default(),
        frozen_at: None,
        reminded_at: None,
        notified_at: None,
        hires: hires.collect(),
    }
}

#[test]
fn what_is_waited_for_and_until_when() {
    use Review::{Accepted, Pending, Refused};
    let today = day("2026-08-05");
    let frozen = |control: Control| Control { frozen_at: Some(at(2)), ..control };
    let reviewed = |control: Control, finally: Option<u32>| Control {
        reviewed: Reviewed { at: Some(at(3)), finally_at: finally.map(at), final_state: None },
        ..control
    };
    let (sent, given) = (proof(Pending, Some(2)), proof(Pending, None));
    let (accepted, refused) = (proof(Accepted, Some(2)), proof(Refused, Some(2)));
    let review_until = day("2026-08-09");
    for (control, is_adversarial, expected, why) in [
        (frozen(control(&[sent, accepted])), false, Waits::Review { proofs: 1, until: review_until }, "sent"),
        (
            frozen(control(&[refused, accepted])),
            false,
            Waits::Validation { until: review_until },
            "all treated",
        ),
        (control(&[given]), false, Waits::Company { until: day("2026-07-13") }, "not sent"),
        (
            frozen(control(&[given])),
            false,
            Waits::NextPhase { on: day("2026-08-10") },
            "frozen, nothing sent",
        ),
        (
            reviewed(frozen(control(&[refused])), None),
            false,
            Waits::NextPhase { on: day("2026-08-10") },
            "validated",
        ),
        (
            reviewed(control(&[refused]), None),
            true,
            Waits::Company { until: day("2026-09-21") },
            "contradictory",
        ),
        (
            reviewed(frozen(control(&[proof(Pending, Some(4))])), None),
            true,
            Waits::Review { proofs: 1, until: day("2026-10-05") },
            "sent anew",
        ),
        (reviewed(control(&[accepted]), Some(3)), false, Waits::Nothing, "over"),
    ] {
        assert_eq!(Waits::of(&control.standing(today), &days(is_adversarial)), expected, "{why}");
    }
    let late = Waits::Company { until: day("2026-07-13") };
    assert!(late.is_late(today) && !late.is_late(day("2026-07-13")) && !Waits::Nothing.is_late(today));
}

#[test]
fn whoever_decides_goes_on_with_what_comes_next_then_from_the_beginning() {
    let (sent, accepted) = (proof(Review::Pending, Some(2)), proof(Review::Accepted, Some(2)));
    let (control, today) = (control(&[sent, accepted, sent]), day("2026-08-05"));
    let next = |after: u128| {
        let next = next_to_review(&control, ControlCriterionId(id(after)), today);
        next.map(|(hire, one)| (hire.0.as_u128(), one.0.as_u128()))
    };
    assert_eq!(next(1), Some((13, 3)));
    assert_eq!(next(2), Some((13, 3)));
    assert_eq!(next(3), Some((11, 1)), "the first was left");
    assert_eq!(Progress::of([&control.standing(today)]), Progress { submitted: 3, treated: 1 });
}
