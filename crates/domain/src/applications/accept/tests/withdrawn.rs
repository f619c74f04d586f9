//! A hire by an SIAE that may not prescribe to itself (rule book 04 §1.16, 03 §2.13, W12).

use super::*;
use crate::control::Withdrawal;
use crate::ids::ControlId;

fn withdrawn(from: &str, to: Option<&str>) -> Withdrawn {
    let days = Withdrawal { from: day(from), to: to.map(day) };
    Withdrawn { days, control: ControlId(uuid::Uuid::from_u128(900)) }
}

fn own() -> Vec<Diagnosis> {
    vec![diagnosis(AuthorKind::Employer, 1, "2026-04-01", "2026-07-02")]
}

/// What stands without its word stands; what does not is refused, whoever sent the application, with a PASS delivered at once or by
/// hand.
#[test]
fn only_what_stands_without_the_word_of_the_company_is_hired_on() {
    let holds = withdrawn("2026-05-04", None);
    let of = |diagnoses, passes| AcceptanceFacts {
        issue: holding(passes),
        diagnoses,
        withdrawals: vec![holds],
        ..facts()
    };
    let expired = vec![diagnosis(AuthorKind::Prescriber, 9, "2025-11-04", "2026-05-04")];
    let both = [own(), facts().diagnoses].concat();
    let valid = || vec![pass("2025-01-01", "2026-12-31")];
    for (diagnoses, passes, is_refused) in [
        (vec![], vec![], true),
        (own(), vec![], true),
        (expired, vec![], true),
        (facts().diagnoses, vec![], false),
        (both, vec![], false),
        (vec![], valid(), false),
        (own(), valid(), false),
    ] {
        let said = format!("{diagnoses:?} {passes:?}");
        let known = of(diagnoses, passes);
        let expected = is_refused.then_some(AcceptRefused::Withdrawn(holds));
        assert_eq!(accept(starting("2026-06-01"), &known).err(), expected, "{said}");
        let unknown = AcceptanceFacts { identification: Identification::Forgotten, ..known };
        assert_eq!(accept(starting("2026-06-01"), &unknown).err(), expected, "by hand: {said}");
    }
}

/// Bounds included, on the day of the act whatever that of the contract; no SIAE, no withdrawal.
#[test]
fn it_is_refused_from_the_first_day_to_the_last() {
    let on_own_word = |withdrawals| AcceptanceFacts { diagnoses: own(), withdrawals, ..facts() };
    for (from, to, is_refused) in [
        ("2026-05-05", None, false),
        ("2026-05-05", Some("2026-12-31"), false),
        ("2026-05-04", Some("2026-05-04"), true),
        ("2026-01-01", Some("2026-05-04"), true),
        ("2026-01-01", Some("2026-05-03"), false),
        ("2026-01-01", None, true),
    ] {
        let one = withdrawn(from, to);
        let refused = accept(starting("2026-06-01"), &on_own_word(vec![one])).err();
        assert_eq!(refused, is_refused.then_some(AcceptRefused::Withdrawn(one)), "{from} {to:?}");
    }
    let geiq = AcceptanceFacts {
        issue: in_company(CompanyKind::Geiq),
        ..on_own_word(vec![withdrawn("2026-01-01", None)])
    };
    assert!(accept(starting("2026-06-01"), &geiq).is_ok());
}

/// Of several, the one that is told is the one that ends last.
#[test]
fn the_withdrawal_that_ends_last_is_told() {
    let (short, permanent) = (withdrawn("2026-01-01", Some("2026-05-31")), withdrawn("2026-05-01", None));
    let known = AcceptanceFacts { diagnoses: vec![], withdrawals: vec![short, permanent], ..facts() };
    let refused = accept(starting("2026-06-01"), &known).err();
    assert_eq!(refused, Some(AcceptRefused::Withdrawn(permanent)));
}
