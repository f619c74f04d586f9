use iae_domain::control::{
    Campaign, ControlledCriterion, ControlledHire, Defended, FinalState, Review, Reviewed, Withdrawal,
};
use iae_domain::eligibility::{Criteria, Criterion};
use iae_domain::ids::{
    ApplicationId, CandidateId, ControlCampaignId, ControlCriterionId, ControlHireId, ControlId,
    OrganisationId,
};
use iae_domain::organisations::CompanyKind;
use uuid::Uuid;

use super::*;
use crate::forms::FieldErrors;

fn hire(rank: u16, accepted: bool) -> ControlledHire {
    let id = Uuid::from_u128(rank.into());
    let criterion = ControlledCriterion {
        id: ControlCriterionId(id),
        criterion: Criterion::Rsa,
        defended: Defended {
            is_certified: false,
            has_proof: true,
            submitted_at: "2026-05-04T09:00:00Z".parse().ok(),
            review: Review::Accepted,
        },
        given_at: "2026-05-04T09:00:00Z".parse().ok(),
    };
    ControlledHire {
        id: ControlHireId(id),
        application: ApplicationId(id),
        candidate: CandidateId(id),
        rank,
        declared: Criteria::choose([Criterion::Rsa]).unwrap(),
        criteria: if accepted { vec![criterion] } else { vec![] },
        comment: String::new(),
    }
}

/// Nothing came for the first and the third of its hires.
fn control() -> Control {
    Control {
        id: ControlId(Uuid::nil()),
        campaign: ControlCampaignId(Uuid::nil()),
        institution: OrganisationId(Uuid::nil()),
        company: OrganisationId(Uuid::nil()),
        answering: OrganisationId(Uuid::nil()),
        kind: CompanyKind::Aci,
        phase: Campaign::Ended,
        adversarial_from: day("2026-08-01"),
        is_adversarial: true,
        reviewed: Reviewed { final_state: Some(FinalState::Refused), ..Reviewed::default() },
        frozen_at: None,
        reminded_at: None,
        notified_at: None,
        hires: vec![hire(1, false), hire(2, true), hire(3, false)],
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What a browser sends.
fn sent(fields: &str) -> OutcomeForm {
    serde_html_form::from_bytes(fields.as_bytes()).unwrap()
}

/// What is wrong with the details of these sanctions, decided on 28 November 2026: the fields that say it.
fn mistakes(form: &OutcomeForm, replaced: Option<Withdrawal>) -> Vec<&'static str> {
    let mut errors = FieldErrors::default();
    let chosen = form.chosen(&mut errors).unwrap();
    let control = control();
    form.details(&mut errors, &chosen, Known { control: &control, replaced, today: day("2026-11-28") });
    errors.all().iter().map(|(name, _)| *name).collect()
}

/// §1.15, step 3: each field of what was chosen, and of nothing else.
#[test]
fn each_mistake_is_beside_its_field() {
    let (training, none, cut) = ("sanctions=training&", "sanctions=none&", "sanctions=subsidy_cut&");
    let (permanent, temporary) = ("sanctions=permanent_withdrawal&", "sanctions=temporary_withdrawal&");
    for (chosen, details, expected) in [
        (training, "", vec!["training"]),
        (training, "training=Le+4+mars", vec![]),
        (none, "leniency=+", vec!["leniency"]),
        (none, "leniency=Rien&withdrawn_from=hier&cut_1=x", vec![]),
        (permanent, "", vec![FROM]),
        (permanent, "withdrawn_from=2026-12-28&withdrawn_to=hier", vec![]),
        (temporary, "withdrawn_from=2026-12-28", vec![TO]),
        (temporary, "withdrawn_from=28/12/2026&withdrawn_to=31/12/2026", vec![]),
        (temporary, "withdrawn_from=2026-11-27&withdrawn_to=2026-11-26", vec![FROM, TO]),
        (temporary, "withdrawn_from=2027-02-01&withdrawn_to=2027-01-31", vec![TO]),
        (temporary, "withdrawn_from=2026-11-27&withdrawn_to=2027-01-31", vec![FROM]),
        (cut, "", vec!["cut_1", "cut_3"]),
        (cut, "cut_1=50&cut_3=100+%25", vec![]),
        (cut, "cut_1=101&cut_3=100", vec!["cut_1"]),
        (cut, "cut_1=12,5&cut_3=-1", vec!["cut_1", "cut_3"]),
        (cut, "cut_1=0&cut_3=0", vec![CUTS]),
        (cut, "cut_1=50&cut_2=50&cut_3=0", vec![CUTS]),
        (cut, "cut_1=50&cut_3=0&cut_21=10", vec![CUTS]),
        (cut, "cut_1=50&cut_3=0&cut_x=10", vec![CUTS]),
    ] {
        let fields = format!("{chosen}{details}");
        assert_eq!(mistakes(&sent(&fields), None), expected, "{fields}");
    }
}

/// After an appeal, what was notified may hold as it did.
#[test]
fn a_correction_keeps_the_days_that_were_notified() {
    let notified = Some(Withdrawal { from: day("2026-10-01"), to: Some(day("2027-03-31")) });
    let form = sent("sanctions=temporary_withdrawal&withdrawn_from=2026-10-01&withdrawn_to=2026-12-31");
    assert_eq!(mistakes(&form, notified), Vec::<&str>::new());
    assert_eq!(mistakes(&form, None), [FROM], "not in a first decision");
}

/// What is decided comes back in the form as it was typed, and reads the same.
#[test]
fn a_decision_is_corrected_from_what_it_says() {
    let typed = sent(
        "reason=other&comment=Vu&sanctions=training&sanctions=permanent_withdrawal&sanctions=subsidy_cut\
         &training=Le+4+mars&withdrawn_from=2026-12-28&cut_1=0&cut_3=40",
    );
    let control = control();
    let known = Known { control: &control, replaced: None, today: day("2026-11-28") };
    let mut errors = FieldErrors::default();
    let outcome = typed.outcome(&mut errors, known).unwrap();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(outcome.sanctions.cuts, [(control.hires[2].id, 40)]);
    let again = OutcomeForm::of(&outcome, &control);
    assert_eq!((again.percent(1), again.percent(2), again.percent(3)), ("0", "", "40"));
    assert_eq!(again.outcome(&mut errors, known), Some(outcome));
}

/// What is not shown is kept, but for a percentage of what cannot be cut.
#[test]
fn what_other_steps_said_is_kept() {
    let form = sent("acting_for=1&reason=other&sanctions=none&cut_1=5&cut_2=5&step=choice");
    let kept = form.kept(&["comment", "training", FROM, TO, "leniency"], &control());
    let of = |name, value: &str| (name, value.to_owned());
    assert_eq!(kept, [of("reason", "other"), of("sanctions", "none"), of("cut_1", "5")]);
}
