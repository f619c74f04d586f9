use uuid::Uuid;

use super::super::badge::tests::{at, day, defended};
use super::super::state::CompanyState;
use super::*;
use Criterion::*;

/// An SIAE whose hires are in these states, submitted on 5 August.
pub(in crate::control) fn control(states: &[HireState]) -> Control {
    let hires = states.iter().zip(1_u16..).map(|(state, rank)| ControlledHire {
        id: ControlHireId(Uuid::from_u128(u128::from(rank))),
        application: ApplicationId(Uuid::from_u128(300 + u128::from(rank))),
        candidate: CandidateId(Uuid::from_u128(100 + u128::from(rank))),
        rank,
        declared: Criteria::choose([Rsa, Qpv, Zrr]).unwrap(),
        criteria: defended(*state, 5)
            .into_iter()
            .map(|defended| ControlledCriterion {
                id: ControlCriterionId(Uuid::from_u128(200 + u128::from(rank))),
                criterion: Rsa,
                defended,
                given_at: defended.has_proof.then(|| at(4)),
            })
            .collect(),
        comment: String::new(),
    });
    Control {
        id: ControlId(Uuid::from_u128(1)),
        campaign: ControlCampaignId(Uuid::from_u128(2)),
        institution: OrganisationId(Uuid::from_u128(3)),
        company: OrganisationId(Uuid::from_u128(4)),
        answering: OrganisationId(Uuid::from_u128(4)),
        kind: CompanyKind::Aci,
        phase: Campaign::Open,
        adversarial_from: day(10),
        is_adversarial: false,
        reviewed: Reviewed::default(),
        frozen_at: None,
        reminded_at: None,
        notified_at: None,
        hires: hires.collect(),
    }
}

#[test]
fn all_that_is_new_is_submitted_at_once() {
    let ready = control(&[HireState::Uploaded, HireState::Uploaded]);
    let (submitted, _) = ready.submit(day(5)).unwrap().into_parts();
    assert_eq!(submitted, ready.hires.iter().map(|hire| hire.criteria[0].id).collect::<Vec<_>>());
    let lacking = control(&[HireState::Uploaded, HireState::Processing]);
    assert_eq!(lacking.submit(day(5)).unwrap_err(), NotNow::Settled, "a proof is missing");
    let frozen = Control { frozen_at: Some(at(6)), ..ready };
    assert_eq!(frozen.submit(day(6)).unwrap_err(), NotNow::Frozen);
}

#[test]
fn a_choice_that_changes_nothing_writes_nothing() {
    let control = control(&[HireState::Uploaded]);
    let hire = &control.hires[0];
    let chosen = |criteria: &[Criterion]| {
        control.choose(hire, &Criteria::choose(criteria.iter().copied()).unwrap(), day(5)).unwrap()
    };
    assert_eq!(chosen(&[Rsa]), None);
    let (changed, _) = chosen(&[Rsa, Qpv]).unwrap().into_parts();
    assert_eq!((changed.added, changed.removed), (vec![Qpv], vec![]));
}

/// §1.11: what validating sets, and that a refusal of the amicable phase goes on.
#[test]
fn validating_settles_or_goes_on() {
    let validated = |states: &[HireState]| {
        control(states).validate(None, at(9), day(9)).map(|changed| changed.into_parts().0).ok()
    };
    let done = Reviewed { at: Some(at(9)), finally_at: Some(at(9)), final_state: None };
    assert_eq!(validated(&[HireState::Accepted]), Some(done));
    assert_eq!(
        validated(&[HireState::Accepted, HireState::Refused]),
        Some(Reviewed { finally_at: None, ..done })
    );
    assert_eq!(validated(&[HireState::Submitted]), None, "a proof waits");
    assert_eq!(validated(&[HireState::Pending]), None);
}

/// D32: what was said is done, or nothing is. A second click finds it done; a turn of the phase settled it is no click.
#[test]
fn what_is_validated_is_what_was_said() {
    use ValidationRefused::{Changed, Done, NotNow};
    let said = |states: &[HireState]| control(states).seen_validation(day(9)).unwrap();
    let (positive, negative) = (said(&[HireState::Accepted]), said(&[HireState::Refused]));
    for seen in [positive, negative] {
        assert_eq!(SeenValidation::parse(&seen.to_string()), Some(seen));
    }
    assert_eq!((SeenValidation::parse(""), SeenValidation::parse("final none")), (None, None));
    let reviewed = |control: Control, first, finally: Option<u32>| Control {
        reviewed: Reviewed { at: Some(at(first)), finally_at: finally.map(at), final_state: None },
        ..control
    };
    let (accepted, refused) = (control(&[HireState::Accepted]), control(&[HireState::Refused]));
    let turned = |control: Control| Control { is_adversarial: true, ..control };
    for (control, seen, expected) in [
        (accepted.clone(), Some(positive), None),
        (accepted.clone(), None, None),
        (refused.clone(), Some(positive), Some(Changed)),
        (control(&[HireState::Submitted]), Some(positive), Some(NotNow)),
        (reviewed(accepted.clone(), 9, Some(9)), Some(positive), Some(Done)),
        (reviewed(refused.clone(), 9, None), Some(negative), Some(Done)),
        (reviewed(refused.clone(), 9, None), Some(positive), Some(NotNow)),
        (reviewed(refused.clone(), 9, None), None, Some(NotNow)),
        (turned(reviewed(refused.clone(), 10, None)), Some(negative), Some(NotNow)),
        (turned(reviewed(accepted.clone(), 10, Some(10))), Some(positive), Some(NotNow)),
        (turned(reviewed(accepted.clone(), 2, Some(12))), Some(positive), Some(Done)),
        (Control { phase: Campaign::Ended, ..reviewed(accepted, 9, Some(9)) }, Some(positive), Some(NotNow)),
    ] {
        let refused = control.validate(seen, at(9), day(9)).err();
        assert_eq!(refused, expected, "{seen:?} {:?} {:?}", control.reviewed, control.is_adversarial);
    }
}

/// §1.6, 5 and 6: what is certified is accepted when it suffices alone (EXT 4); an SIAE certified whole has nothing to do.
#[test]
fn what_is_certified_whole_is_over_at_the_launch() {
    let campaign = super::super::campaign::tests::campaign();
    let company = OrganisationId(Uuid::from_u128(4));
    let hire = |certified: &[Criterion]| DrawnHire {
        application: ApplicationId(Uuid::from_u128(1)),
        candidate: CandidateId(Uuid::from_u128(2)),
        declared: Criteria::choose([Rsa, Qpv, Zrr]).unwrap(),
        certified: Criteria::choose(certified.iter().copied()).unwrap(),
    };
    for (kind, certified, is_over) in [
        (CompanyKind::Aci, vec![vec![Rsa], vec![Rsa]], true),
        (CompanyKind::Aci, vec![vec![Rsa], vec![]], false),
        (CompanyKind::Aci, vec![vec![Rsa], vec![Qpv, Zrr]], false),
        (CompanyKind::Etti, vec![vec![Rsa], vec![Qpv, Zrr]], true),
        (CompanyKind::Etti, vec![vec![Rsa], vec![Qpv]], false),
    ] {
        let hires = certified.iter().map(|one| hire(one)).collect();
        let control = Control::draw(&campaign, (company, kind), hires, at(1)).into_parts().0;
        let state = control.reviewed.state(control.raw(), Campaign::Open);
        let expected = if is_over { CompanyState::Accepted } else { CompanyState::Pending };
        assert_eq!(state, expected, "{kind:?} {certified:?}");
        assert_eq!(control.reviewed.finally_at.is_some(), is_over, "{kind:?} {certified:?}");
    }
}
