mod withdrawn;

use chrono::TimeZone;
use proptest::prelude::*;

use super::super::tests::application;
use super::*;
use crate::ids::{ApplicationId, CandidateId, DiagnosisId, OrganisationId, PassId};
use crate::organisations::{PrescriberKind, Siret};
use crate::pass::{Parcours, PassNumber};
use crate::time::{Period, add_days};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(date: NaiveDate) -> DateTime<Utc> {
    Utc.from_utc_datetime(&date.and_hms_opt(9, 0, 0).unwrap())
}

fn diagnosis(author_kind: AuthorKind, organisation: u128, created: &str, expires: &str) -> Diagnosis {
    Diagnosis {
        id: DiagnosisId::at(at(day(created))),
        candidate: CandidateId(uuid::Uuid::from_u128(77)),
        author_kind,
        organisation: OrganisationId(uuid::Uuid::from_u128(organisation)),
        created_at: at(day(created)),
        expires_on: day(expires),
    }
}

fn pass(start: &str, end: &str) -> Pass {
    Pass {
        id: PassId::at(at(day(start))),
        number: PassNumber::parse("XXXXX0000001").unwrap(),
        candidate: CandidateId(uuid::Uuid::from_u128(77)),
        parcours: Parcours::issued(Period { start: day(start), end: day(end) }),
        diagnosis: DiagnosisId(uuid::Uuid::from_u128(78)),
        created_at: at(day(start)),
    }
}

/// An EI, a person with a NIR and a diagnosis by a prescripteur habilité, no PASS.
fn facts() -> AcceptanceFacts {
    AcceptanceFacts {
        issue: IssueFacts {
            company_kind: CompanyKind::Ei,
            company_siret: Siret::parse("13000548100010").unwrap(),
            prescriber_kind: Some(PrescriberKind::Ml),
            passes: vec![],
            new_pass: PassId(uuid::Uuid::from_u128(500)),
        },
        sender_is_authorised: true,
        identification: Identification::Nir,
        missing: Missing::default(),
        diagnoses: vec![diagnosis(AuthorKind::Prescriber, 9, "2026-04-01", "2026-10-01")],
        withdrawals: vec![],
        other_pending: vec![],
    }
}

fn in_company(company_kind: CompanyKind) -> IssueFacts {
    IssueFacts { company_kind, ..facts().issue }
}

fn holding(passes: Vec<Pass>) -> IssueFacts {
    IssueFacts { passes, ..facts().issue }
}

fn starting(starts_on: &str) -> Accept {
    Accept { starts_on: day(starts_on), ends_on: None, job: None, answer: None, advisor: Advisor::Sender }
}

fn accept(command: Accept, facts: &AcceptanceFacts) -> Result<Acceptance, AcceptRefused> {
    application(State::New).accept(Some(StateCode::New), command, facts, at(day("2026-05-04")))
}

/// ACC-2: what step 1 asks is asked before the rest.
#[test]
fn a_file_that_lacks_something_is_not_hired_on() {
    for missing in [
        Missing { nir: true, ..Missing::default() },
        Missing { birth_date: true, ..Missing::default() },
        Missing { address: true, ..Missing::default() },
    ] {
        let incomplete = AcceptanceFacts { missing, ..facts() };
        assert_eq!(accept(starting("2026-06-01"), &incomplete), Err(AcceptRefused::FileIncomplete));
    }
    let missing = Missing { phone: true, ..Missing::default() };
    assert!(accept(starting("2026-06-01"), &AcceptanceFacts { missing, ..facts() }).is_ok());
}

#[test]
fn a_pass_of_730_days_starts_with_the_contract() {
    let facts = facts();
    let acceptance = accept(starting("2026-06-01"), &facts).unwrap();
    let PassOutcome::Issued(pass) = acceptance.pass else { panic!("{:?}", acceptance.pass) };
    assert_eq!(pass.value().period, Period { start: day("2026-06-01"), end: day("2028-05-30") });
    let State::Accepted(hiring) = &acceptance.application.value().state else { panic!() };
    assert_eq!(hiring.delivery, PassDelivery::Automatic(pass.value().id));
    assert_eq!(hiring.diagnosis, Some(facts.diagnoses[0].id));
}

#[test]
fn the_contract_starts_between_today_and_six_months_ahead() {
    assert_eq!(accept(starting("2026-05-03"), &facts()), Err(ContractMistake::StartsInThePast.into()));
    assert!(accept(starting("2026-05-04"), &facts()).is_ok());
    assert!(accept(starting("2026-11-04"), &facts()).is_ok());
    let too_far = AcceptRefused::from(ContractMistake::StartsTooFar { latest: day("2026-11-04") });
    assert_eq!(accept(starting("2026-11-05"), &facts()), Err(too_far));
}

/// Rule book 02 §6.3, 03 §4.3.
#[test]
fn only_a_geiq_hires_in_the_past() {
    for kind in CompanyKind::ALL {
        let of_kind = AcceptanceFacts { issue: in_company(*kind), ..facts() };
        let past = accept(starting("2026-03-01"), &of_kind);
        let expected =
            if *kind == CompanyKind::Geiq { None } else { Some(ContractMistake::StartsInThePast.into()) };
        assert_eq!(past.err(), expected, "{kind:?}");
        let too_far = AcceptRefused::from(ContractMistake::StartsTooFar { latest: day("2026-11-04") });
        assert_eq!(accept(starting("2026-11-05"), &of_kind), Err(too_far), "{kind:?}");
        let before = Accept { ends_on: Some(day("2026-05-31")), ..starting("2026-06-01") };
        assert_eq!(accept(before, &of_kind), Err(ContractMistake::EndsBeforeStart.into()), "{kind:?}");
    }
}

#[test]
fn the_contract_may_end_the_day_it_starts_but_not_before() {
    let same_day = Accept { ends_on: Some(day("2026-06-01")), ..starting("2026-06-01") };
    assert!(accept(same_day, &facts()).is_ok());
    let before = Accept { ends_on: Some(day("2026-05-31")), ..starting("2026-06-01") };
    assert_eq!(accept(before, &facts()), Err(ContractMistake::EndsBeforeStart.into()));
}

#[test]
fn a_valid_pass_serves_again_even_without_any_diagnosis() {
    let valid = AcceptanceFacts {
        issue: holding(vec![pass("2025-01-01", "2026-12-31")]),
        diagnoses: vec![],
        ..facts()
    };
    let acceptance = accept(starting("2026-06-01"), &valid).unwrap();
    assert!(matches!(acceptance.pass, PassOutcome::Reused(_)));
}

#[test]
fn a_contract_may_start_on_the_last_day_of_the_pass_not_after() {
    let ending = AcceptanceFacts { issue: holding(vec![pass("2024-06-17", "2026-06-16")]), ..facts() };
    assert!(accept(starting("2026-06-16"), &ending).is_ok());
    let refused = AcceptRefused::StartsAfterPassEnd { end: day("2026-06-16") };
    assert_eq!(accept(starting("2026-06-17"), &ending), Err(refused));
}

/// Rule book 03 §5.7, W4: the contract starts within the PASS as its lifting leaves it.
#[test]
fn a_hire_lifts_the_suspension_that_runs_and_its_contract_starts_before_the_end_that_leaves() {
    let suspended = |start, end, over: (&str, &str)| {
        let issued = pass(start, end);
        let parcours = issued.parcours.with_suspension(Period { start: day(over.0), end: day(over.1) });
        AcceptanceFacts { issue: holding(vec![Pass { parcours, ..issued }]), ..facts() }
    };
    let running = suspended("2026-01-01", "2027-12-31", ("2026-04-01", "2029-03-31"));
    let acceptance = accept(starting("2026-06-01"), &running).unwrap();
    let PassOutcome::Resumed(resumed) = &acceptance.pass else { panic!("{:?}", acceptance.pass) };
    assert_eq!(resumed.value().pass.parcours.end(), day("2028-02-29"));
    assert_eq!(acceptance.pass.result(), PassResult::Resumed);
    let on_the_last_day = suspended("2024-05-06", "2026-05-04", ("2026-05-04", "2027-05-03"));
    let refused = AcceptRefused::StartsAfterPassEnd { end: day("2026-05-31") };
    assert_eq!(accept(starting("2026-06-01"), &on_the_last_day), Err(refused));
    let over = suspended("2026-01-01", "2027-12-31", ("2026-04-01", "2026-05-03"));
    assert!(matches!(accept(starting("2026-06-01"), &over).unwrap().pass, PassOutcome::Reused(_)));
}

#[test]
fn a_pass_not_yet_started_follows_the_earliest_contract() {
    let future = AcceptanceFacts { issue: holding(vec![pass("2026-09-01", "2028-08-30")]), ..facts() };
    let earlier = accept(starting("2026-07-01"), &future).unwrap();
    let PassOutcome::Moved(moved) = earlier.pass else { panic!("{:?}", earlier.pass) };
    assert_eq!(moved.value().period(), default_period(day("2026-07-01")));
    let later = accept(starting("2026-10-01"), &future).unwrap();
    assert!(matches!(later.pass, PassOutcome::Reused(_)), "a PASS is never pushed later by an acceptance");
}

#[test]
fn without_diagnosis_nor_pass_an_siae_validates_eligibility_first() {
    let none = AcceptanceFacts { diagnoses: vec![], ..facts() };
    assert_eq!(accept(starting("2026-06-01"), &none), Err(AcceptRefused::NoValidDiagnosis));
    let expired = vec![diagnosis(AuthorKind::Prescriber, 9, "2025-11-04", "2026-05-04")];
    let expired = AcceptanceFacts { diagnoses: expired, ..facts() };
    assert_eq!(accept(starting("2026-06-01"), &expired), Err(AcceptRefused::NoValidDiagnosis));
    let foreign = vec![diagnosis(AuthorKind::Employer, 2, "2026-04-01", "2026-07-02")];
    let foreign = AcceptanceFacts { diagnoses: foreign, ..facts() };
    assert_eq!(accept(starting("2026-06-01"), &foreign), Err(AcceptRefused::NoValidDiagnosis));
}

#[test]
fn the_waiting_period_needs_a_prescripteur_habilite() {
    let own = vec![diagnosis(AuthorKind::Employer, 1, "2026-04-01", "2026-07-02")];
    let waiting = AcceptanceFacts {
        issue: holding(vec![pass("2023-01-01", "2024-12-30")]),
        diagnoses: own,
        sender_is_authorised: false,
        ..facts()
    };
    let until = day("2026-12-30");
    assert_eq!(accept(starting("2026-06-01"), &waiting), Err(AcceptRefused::WaitingPeriod { until }));

    let sent_by_ph = AcceptanceFacts { sender_is_authorised: true, ..waiting.clone() };
    let refused = AcceptRefused::PrescriberDiagnosisRequired { until };
    assert_eq!(accept(starting("2026-06-01"), &sent_by_ph), Err(refused), "W13");

    let diagnosed = AcceptanceFacts { diagnoses: facts().diagnoses, ..waiting };
    let acceptance = accept(starting("2026-06-01"), &diagnosed).unwrap();
    assert!(matches!(acceptance.pass, PassOutcome::Issued(_)));
}

#[test]
fn after_the_waiting_period_the_company_may_prescribe_again() {
    let over = AcceptanceFacts {
        issue: holding(vec![pass("2022-05-04", "2024-05-03")]),
        diagnoses: vec![diagnosis(AuthorKind::Employer, 1, "2026-04-01", "2026-07-02")],
        sender_is_authorised: false,
        ..facts()
    };
    assert!(matches!(accept(starting("2026-06-01"), &over).unwrap().pass, PassOutcome::Issued(_)));
}

#[test]
fn a_person_without_identifier_waits_for_the_team() {
    let unknown = AcceptanceFacts { identification: Identification::Forgotten, ..facts() };
    let acceptance = accept(starting("2026-06-01"), &unknown).unwrap();
    assert_eq!(acceptance.pass, PassOutcome::AwaitingManualDelivery);
    let State::Accepted(hiring) = &acceptance.application.value().state else { panic!() };
    assert_eq!(hiring.delivery, PassDelivery::Manual);
}

#[test]
fn a_geiq_hires_without_pass() {
    let geiq = AcceptanceFacts { issue: in_company(CompanyKind::Geiq), diagnoses: vec![], ..facts() };
    assert_eq!(accept(starting("2026-06-01"), &geiq).unwrap().pass, PassOutcome::NotRequired);
}

#[test]
fn the_other_pending_applications_become_obsolete_the_others_do_not() {
    let pending = [State::New, State::Processing, State::Postponed { resume_on: None }];
    let kept = [State::Pool, State::PriorToHire];
    let other_pending = pending.iter().chain(&kept).cloned().map(application).collect();
    let acceptance = accept(starting("2026-06-01"), &AcceptanceFacts { other_pending, ..facts() }).unwrap();
    assert_eq!(acceptance.obsolete.len(), 3, "WF-3");
    assert!(acceptance.obsolete.iter().all(|o| matches!(o.value().state, State::Obsolete { .. })));
}

#[test]
fn accepting_twice_changes_nothing() {
    let (accepted, _) = accept(starting("2026-06-01"), &facts()).unwrap().application.into_parts();
    let again =
        accepted.accept(Some(StateCode::Accepted), starting("2026-06-01"), &facts(), at(day("2026-05-04")));
    assert_eq!(again, Err(AcceptRefused::Overtaken(Overtaken { still_possible: false })));
}

#[test]
fn an_obsolete_or_refused_application_may_still_be_accepted() {
    for state in
        [State::Obsolete { at: at(day("2026-05-01")) }, State::Cancelled { at: at(day("2026-05-01")) }]
    {
        let application = application(state);
        let seen = Some(application.state.code());
        let accepted = application.accept(seen, starting("2026-06-01"), &facts(), at(day("2026-05-04")));
        assert!(accepted.is_ok(), "WF-1");
    }
}

proptest! {
    /// Whatever the start, a PASS issued begins with the contract and lasts 730 days; whatever PASS exists, none is
    /// issued while it is valid.
    #[test]
    fn a_pass_is_issued_only_when_none_is_valid(start in 0_u64..180, ended in -800_i64..800) {
        let today = day("2026-05-04");
        let end = today + chrono::TimeDelta::days(ended);
        let period = Period { start: end - chrono::TimeDelta::days(729), end };
        let previous = Pass { parcours: Parcours::issued(period), created_at: at(period.start), ..pass("2024-01-01", "2025-12-30") };
        let facts = AcceptanceFacts { issue: holding(vec![previous]), ..facts() };
        let command = Accept { starts_on: add_days(today, start), ends_on: None, job: None, answer: None, advisor: Advisor::Sender };
        let id = ApplicationId(uuid::Uuid::from_u128(1));
        let result = Application { id, ..application(State::New) }.accept(Some(StateCode::New), command.clone(), &facts, at(today));
        match result {
            Ok(Acceptance { pass: PassOutcome::Issued(new), .. }) => {
                prop_assert!(end < today);
                prop_assert_eq!(new.value().period, default_period(command.starts_on));
            }
            Ok(_) => prop_assert!(end >= today && command.starts_on <= end),
            Err(AcceptRefused::StartsAfterPassEnd { end: stated }) => {
                prop_assert!(stated == end && end >= today && command.starts_on > end);
            }
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}

#[test]
fn a_contract_outlasts_the_pass_from_the_day_after_its_last_one() {
    let pass_end = day("2026-06-30");
    for (ends_on, outlasts) in
        [(None, false), (Some("2026-06-29"), false), (Some("2026-06-30"), false), (Some("2026-07-01"), true)]
    {
        let contract = Accept { ends_on: ends_on.map(day), ..starting("2026-06-01") };
        assert_eq!(contract.outlasts(pass_end), outlasts, "{ends_on:?}");
    }
}
