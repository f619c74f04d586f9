use uuid::Uuid;

use super::*;
use Criterion::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// 03 §2.3, §2.13: on the very day, the day before and after, at the end of months.
#[test]
fn a_proof_holds_for_a_contract() {
    for (dated_on, starts_on, max_age, expected) in [
        ("2026-05-04", "2026-05-04", Some(3), true),
        ("2026-05-05", "2026-05-04", Some(3), false),
        ("2026-02-04", "2026-05-04", Some(3), true),
        ("2026-02-03", "2026-05-04", Some(3), false),
        ("2026-02-05", "2026-05-04", Some(3), true),
        ("2026-02-28", "2026-05-31", Some(3), true),
        ("2026-02-27", "2026-05-31", Some(3), false),
        ("2024-02-29", "2024-05-31", Some(3), true),
        ("2024-02-28", "2024-05-31", Some(3), false),
        ("2025-05-04", "2026-05-04", Some(12), true),
        ("2025-05-03", "2026-05-04", Some(12), false),
        ("1990-01-01", "2026-05-04", None, true),
        ("2026-05-05", "2026-05-04", None, false),
    ] {
        let is_valid = is_valid_for(day(dated_on), day(starts_on), max_age);
        assert_eq!(is_valid, expected, "{dated_on} for {starts_on}, {max_age:?}");
    }
}

#[test]
fn a_diploma_does_not_age() {
    assert_eq!(max_age(CapBep, Some(3)), None);
    assert_eq!(max_age(Rsa, Some(3)), Some(3));
    assert_eq!(max_age(Senior, None), None);
}

fn hire() -> DeclaredHire {
    let declared =
        |criterion, max_age| DeclaredCriterion { criterion, max_age, is_certified: criterion == Aah };
    DeclaredHire {
        application: ApplicationId(Uuid::from_u128(1)),
        company: OrganisationId(Uuid::from_u128(2)),
        candidate: CandidateId(Uuid::from_u128(3)),
        birth_date: Some(day("1990-03-12")),
        starts_on: day("2026-05-04"),
        criteria: vec![
            declared(Rsa, Some(3)),
            declared(Aah, Some(3)),
            declared(CapBep, None),
            declared(DisabledWorker, None),
            declared(Senior, None),
        ],
    }
}

/// 03 §2.3: what the catalogue gives no age proves for ever, an identity document or a decision in force among others.
#[test]
fn what_may_be_deposited() {
    let today = day("2026-06-01");
    let too_old = |months, since| Err(ProofRefused::TooOld { months, since: day(since) });
    for (criterion, dated_on, expected) in [
        (Rsa, "2026-05-04", Ok(())),
        (Rsa, "2026-02-04", Ok(())),
        (Rsa, "2026-02-03", too_old(3, "2026-02-04")),
        (Rsa, "2026-05-05", Err(ProofRefused::AfterStart)),
        (Rsa, "2026-06-01", Err(ProofRefused::AfterStart)),
        (Rsa, "2026-06-02", Err(ProofRefused::InTheFuture)),
        (Rsa, "1990-03-11", Err(ProofRefused::BeforeBirth)),
        (DisabledWorker, "2016-05-04", Ok(())),
        (DisabledWorker, "2016-05-03", Ok(())),
        (DisabledWorker, "1990-03-12", Ok(())),
        (DisabledWorker, "1990-03-11", Err(ProofRefused::BeforeBirth)),
        (Senior, "1998-01-01", Ok(())),
        (CapBep, "2008-07-01", Ok(())),
        (CapBep, "1990-03-11", Err(ProofRefused::BeforeBirth)),
        (Aah, "2026-05-04", Err(ProofRefused::Certified)),
        (Qpv, "2026-05-04", Err(ProofRefused::NotDeclared)),
    ] {
        assert_eq!(hire().may_deposit(criterion, day(dated_on), today), expected, "{criterion:?} {dated_on}");
    }
    let before = hire().may_deposit(Rsa, day("2026-05-04"), day("2026-05-03"));
    assert_eq!(before, Err(ProofRefused::InTheFuture), "a contract that is still to start");
    let unborn = DeclaredHire { birth_date: None, ..hire() };
    assert_eq!(unborn.may_deposit(CapBep, day("1985-03-11"), today), Ok(()), "nobody knows the birth date");
}

#[test]
fn a_document_of_the_same_day_takes_the_place_of_the_other() {
    let former = EligibilityProofId(Uuid::from_u128(9));
    let now = day("2026-06-01").and_hms_opt(9, 0, 0).unwrap().and_utc();
    let deposit = |same| {
        let by = UserId(Uuid::from_u128(4));
        hire().deposit(same, (Rsa, day("2026-05-04")), by, now).unwrap().into_parts().0
    };
    assert_eq!(deposit(Some(former)).id, former);
    assert_ne!(deposit(None).id, former);
    assert_eq!(deposit(None).deposited_at, now);
}

/// §2.13: 24 months after the first day of the last hire it may serve, and as long as a control may want it.
#[test]
fn what_may_serve_is_kept_and_the_rest_is_forgotten() {
    type Case<'a> = (&'a [&'a str], &'a [&'a str], &'a str, bool);
    let days = |days: &[&str]| -> Vec<NaiveDate> { days.iter().map(|text| day(text)).collect() };
    let table: &[Case<'_>] = &[
        (&["2024-05-31"], &[], "2026-05-31", true),
        (&["2024-05-31"], &[], "2026-06-01", false),
        (&["2024-02-29"], &[], "2026-02-28", true),
        (&["2024-02-29"], &[], "2026-03-01", false),
        (&["2024-05-31", "2024-03-01"], &[], "2026-05-31", true),
        // Too old for the second hire, it serves the first alone.
        (&["2024-02-29", "2025-09-01"], &[], "2026-03-01", false),
        // Cancelled, all of them.
        (&[], &[], "2024-03-01", false),
        (&[], &["2024-05-31"], "2027-01-01", true),
        (&["2024-02-29"], &["2024-02-29"], "2026-03-01", true),
        (&["2024-02-29"], &["2025-09-01"], "2026-03-01", false),
    ];
    for (hires, controlled, today, is_kept) in table {
        let id = EligibilityProofId(Uuid::from_u128(9));
        let (hires, controlled) = (days(hires), days(controlled));
        let proof = ServingProof { id, dated_on: day("2024-02-29"), max_age: Some(3), hires, controlled };
        assert_eq!(proof.forget(day(today)).is_none(), *is_kept, "{proof:?} on {today}");
    }
}
