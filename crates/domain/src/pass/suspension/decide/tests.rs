use proptest::prelude::*;

use super::*;
use crate::ids::{OrganisationId, UserId};
use crate::organisations::CompanyKind;
use crate::pass::Counsellor;
use crate::pass::held::tests::{held, hire};
use crate::pass::parcours::tests::any_parcours;
use crate::pass::suspension::{NotSuspendable, SuspensionAuthor};
use crate::time::{add_days, paris_midnight};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn period(start: &str, end: &str) -> Period {
    Period { start: day(start), end: day(end) }
}

fn asker(organisation: u128, capacity: SuspendsAs) -> Asker {
    let by = SuspensionAuthor {
        user: UserId(uuid::Uuid::from_u128(900 + organisation)),
        organisation: OrganisationId(uuid::Uuid::from_u128(organisation)),
    };
    Asker { by, capacity }
}

const ACI: SuspendsAs = SuspendsAs::Company(CompanyKind::Aci);

fn asking(asker: Asker, today: NaiveDate) -> Asking {
    let at = paris_midnight(today);
    Asking { asker, seen_end: None, new: SuspensionId(uuid::Uuid::from_u128(5)), counsellor: None, at }
}

fn terms(period: Period) -> SuspensionTerms {
    SuspensionTerms { period, reason: SuspensionReason::ContractBroken, explanation: None }
}

/// The same PASS once this was decided and written.
fn written(before: &HeldPass, changed: Changed<Resuspended>, today: NaiveDate) -> HeldPass {
    let Resuspended { pass, write } = changed.into_parts().0;
    let mut running = before.running.clone();
    match write {
        SuspensionWrite::Add(suspension) | SuspensionWrite::Replace(suspension) => running = Some(suspension),
        SuspensionWrite::End { end, .. } => {
            if let Some(running) = &mut running {
                running.period.end = end;
            }
        }
        SuspensionWrite::Remove { .. } => running = None,
    }
    let running = running.filter(|suspension| suspension.period.contains(today));
    HeldPass { pass, running, ..before.clone() }
}

fn suspended(by: Asker, over: Period, today: NaiveDate) -> HeldPass {
    let open = held(vec![hire(1, "2026-01-01", "2026-01-01", Some("2026-05-31"))]);
    let changed = open.decide_suspension(SuspensionAct::Suspend(terms(over)), &asking(by, today)).unwrap();
    written(&open, changed, today)
}

/// Rule book 03 §5.2, §12 X1: the SIAE of the last hire, or a prescriber when no contract runs.
#[test]
fn who_may_suspend() {
    let over = hire(1, "2026-01-01", "2026-01-01", Some("2026-05-31"));
    let runs = hire(1, "2026-01-01", "2026-01-01", None);
    let comes = hire(2, "2026-05-20", "2026-07-01", None);
    let (first, second, prescriber) = (asker(1, ACI), asker(2, ACI), asker(9, SuspendsAs::Prescriber));
    let company = |n| OrganisationId(uuid::Uuid::from_u128(n));
    let another = SuspensionRefused::AnotherHired { company: company(2), starts_on: day("2026-07-01") };
    let open_ended = SuspensionRefused::ContractRuns { company: company(1), until: None };
    let until = Some(day("2026-05-31"));
    let to_its_end = SuspensionRefused::ContractRuns { company: company(1), until };
    let not_yet = SuspensionRefused::ContractStarts { from: day("2026-07-01") };
    let future = SuspensionRefused::NotSuspendable(NotSuspendable::NotStarted { from: day("2026-01-01") });
    let past = SuspensionRefused::NotSuspendable(NotSuspendable::Expired);
    for (hires, who, today, expected) in [
        (vec![&over], first, "2026-06-10", Ok(())),
        (vec![&runs], first, "2026-06-10", Ok(())),
        (vec![&over], prescriber, "2026-06-10", Ok(())),
        (vec![&over], prescriber, "2026-05-31", Err(to_its_end)),
        (vec![&runs], prescriber, "2026-06-10", Err(open_ended)),
        (vec![&over, &comes], first, "2026-06-10", Err(another)),
        (vec![&over, &comes], second, "2026-06-10", Err(not_yet.clone())),
        (vec![&over, &comes], prescriber, "2026-06-10", Err(not_yet)),
        (vec![&over, &comes], second, "2026-07-01", Ok(())),
        (vec![&over], first, "2025-12-31", Err(future)),
        (vec![&over], first, "2028-01-01", Err(past)),
    ] {
        let held = held(hires.into_iter().cloned().collect());
        assert_eq!(held.may_suspend(who, day(today)), expected, "{who:?} {today}");
    }
}

/// Rule book 03 §5.2, §12 X1: the SIAE of the last hire decides about any suspension, a prescriber about their own.
#[test]
fn who_may_change_what_runs() {
    let today = day("2026-06-10");
    let days = period("2026-06-01", "2026-09-30");
    let (siae, prescriber, other) =
        (asker(1, ACI), asker(9, SuspendsAs::Prescriber), asker(8, SuspendsAs::Prescriber));
    let by_siae = suspended(siae, days, today);
    let by_prescriber = suspended(prescriber, days, today);
    assert!(by_siae.may_change(siae).is_ok() && by_prescriber.may_change(siae).is_ok());
    assert!(by_prescriber.may_change(prescriber).is_ok());
    let not_theirs =
        |n| SuspensionRefused::NotTheirs { organisation: OrganisationId(uuid::Uuid::from_u128(n)) };
    assert_eq!(by_siae.may_change(prescriber), Err(not_theirs(1)));
    assert_eq!(by_prescriber.may_change(other), Err(not_theirs(9)));
    let ended = HeldPass { running: None, ..by_siae };
    assert_eq!(ended.may_change(siae), Err(SuspensionRefused::NothingRuns), "past ones are frozen");
}

/// D32, and the mistakes said all at once.
#[test]
fn what_was_shown_must_still_hold_and_every_mistake_is_said() {
    let today = day("2026-06-10");
    let siae = asker(1, ACI);
    let open = held(vec![hire(1, "2026-01-01", "2026-01-01", None)]);
    let end = open.pass.parcours.end();
    let act = || SuspensionAct::Suspend(terms(period("2026-06-01", "2026-06-30")));
    let seen = |seen| Asking { seen_end: Some(seen), ..asking(siae, today) };
    assert!(open.decide_suspension(act(), &seen(end)).is_ok());
    let late = open.decide_suspension(act(), &seen(day("2028-01-01"))).unwrap_err();
    assert_eq!(late, SuspensionRefused::EndMoved { end });
    let wrong = SuspensionTerms {
        reason: SuspensionReason::ContratPasserelle,
        ..terms(period("2026-06-11", "2026-06-10"))
    };
    let over = held(vec![hire(1, "2026-01-01", "2026-01-01", Some("2026-05-31"))]);
    let prescriber = asking(asker(9, SuspendsAs::Prescriber), today);
    let said = over.decide_suspension(SuspensionAct::Suspend(wrong), &prescriber).unwrap_err();
    let expected = vec![
        TermsMistake::ReasonNotOffered,
        TermsMistake::Days(SuspensionMistake::StartsLater),
        TermsMistake::Days(SuspensionMistake::EndsBeforeStart),
    ];
    assert_eq!(said, SuspensionRefused::Terms(expected));
    let right_days = SuspensionTerms {
        reason: SuspensionReason::ContratPasserelle,
        ..terms(period("2026-06-05", "2026-06-20"))
    };
    let said = over.decide_suspension(SuspensionAct::Suspend(right_days), &prescriber).unwrap_err();
    let only = vec![TermsMistake::ReasonNotOffered];
    assert_eq!(said, SuspensionRefused::Terms(only), "right days do not make the reason right");
}

/// Rule book 03 §5.4: a suspension is changed as on the day it was recorded, not in its own way.
#[test]
fn a_suspension_is_changed_within_the_bounds_of_its_first_day() {
    let siae = asker(1, ACI);
    let held = suspended(siae, period("2026-06-01", "2027-12-31"), day("2026-06-10"));
    let later = asking(siae, day("2027-08-01"));
    let change = |start: &str, end: &str| {
        held.decide_suspension(SuspensionAct::Change(terms(period(start, end))), &later)
    };
    let changed = change("2026-05-15", "2027-09-30").unwrap();
    assert_eq!(changed.value().pass.parcours.suspensions(), [period("2026-05-15", "2027-09-30")]);
    assert!(change("2026-06-15", "2026-06-20").is_ok(), "its end may be past");
    let words = "Le contrat reprend en octobre.";
    let other = SuspensionTerms {
        reason: SuspensionReason::ContractFinished,
        explanation: crate::text::Message::parse(words).ok(),
        ..terms(period("2026-05-15", "2027-09-30"))
    };
    let changed = held.decide_suspension(SuspensionAct::Change(other.clone()), &later).unwrap();
    let SuspensionWrite::Replace(written) = &changed.value().write else { panic!("it is replaced") };
    assert_eq!((written.period, written.reason), (other.period, other.reason));
    assert_eq!(written.explanation.as_deref(), Some(words));
    assert!(change("2025-12-31", "2027-09-30").is_err(), "before the contract");
}

/// D6, rule book 02 §12.8: the counsellor, unless they do it themselves; the SIAE of the last hire when a prescriber does it.
#[test]
fn who_is_told() {
    let today = day("2026-06-10");
    let open = held(vec![hire(1, "2026-01-01", "2026-01-01", Some("2026-05-31"))]);
    let (siae, prescriber) = (asker(1, ACI), asker(9, SuspendsAs::Prescriber));
    let counsellor = |asker: Asker| {
        let SuspensionAuthor { user, organisation } = asker.by;
        Some(Counsellor { user, organisation })
    };
    let other = counsellor(asker(8, SuspendsAs::Prescriber));
    let company = Some(OrganisationId(uuid::Uuid::from_u128(1)));
    for (who, accompanied_by, expected) in [
        (siae, other, (other, None)),
        (siae, None, (None, None)),
        (prescriber, other, (other, company)),
        (prescriber, counsellor(prescriber), (None, company)),
    ] {
        let told = open.told(&Asking { counsellor: accompanied_by, ..asking(who, today) });
        assert_eq!((told.counsellor, told.company), expected, "{who:?}");
        assert_eq!(told.answers, Some(who.by.organisation), "{who:?}");
    }
}

/// Rule book 03 §5.7, W3.
#[test]
fn a_hire_writes_only_what_it_changes() {
    let siae = asker(1, ACI);
    let today = day("2026-06-10");
    let held = suspended(siae, period("2026-06-10", "2026-06-20"), today);
    let application = ApplicationId(uuid::Uuid::from_u128(3));
    let write = |contract| {
        let lifted = held.pass.lifted_by_hire(day(contract), today, application);
        lifted.map(|lifted| lifted.into_parts().0.write)
    };
    let start = day("2026-06-10");
    assert_eq!(write("2026-06-10"), Some(SuspensionWrite::Remove { start }));
    assert_eq!(write("2026-06-15"), Some(SuspensionWrite::End { start, end: day("2026-06-14") }));
    assert_eq!(write("2026-06-15").and_then(|write| write.last_day()), Some(day("2026-06-14")));
    assert_eq!(write("2026-06-10").and_then(|write| write.last_day()), None, "it is no more");
    assert_eq!(write("2026-06-21"), None, "it ends by itself on the eve");
    assert_eq!(write("2026-09-01"), None, "it is never made longer");
    assert_eq!(
        written(&held, held.decide_suspension(SuspensionAct::Remove, &asking(siae, today)).unwrap(), today)
            .pass
            .lifted_by_hire(day("2026-06-15"), today, application),
        None
    );
}

/// What is written of the suspensions of a PASS makes the parcours that was shown, whatever the order of the acts.
fn follows(before: &HeldPass, changed: &Changed<Resuspended>) {
    let Resuspended { pass, write } = changed.value();
    let mut rows: Vec<Period> = before.pass.parcours.suspensions().to_vec();
    match write {
        SuspensionWrite::Add(suspension) => rows.push(suspension.period),
        SuspensionWrite::Replace(suspension) => {
            let running = before.running.as_ref().unwrap().period.start;
            for row in rows.iter_mut().filter(|row| row.start == running) {
                *row = suspension.period;
            }
        }
        SuspensionWrite::End { start, end } => {
            for row in rows.iter_mut().filter(|row| row.start == *start) {
                row.end = *end;
            }
        }
        SuspensionWrite::Remove { start } => rows.retain(|row| row.start != *start),
    }
    rows.sort_by_key(|row| row.start);
    assert_eq!(rows, pass.parcours.suspensions(), "the rows are those of the parcours");
}

proptest! {
    #[test]
    fn doing_it_is_what_was_shown(
        parcours in any_parcours(), after in 0_u64..800, back in 0_u64..400, length in 0_u64..1_100, then in 0_u64..1_200,
        act in 0_u8..4,
    ) {
        let today = add_days(parcours.start(), after);
        let mut open = held(vec![]);
        open.pass.parcours = parcours;
        let siae = asker(1, ACI);
        let now = asking(siae, today);
        let start = crate::time::sub_days(today, back);
        let over = Period { start, end: add_days(start, length) };
        let Ok(changed) = open.decide_suspension(SuspensionAct::Suspend(terms(over)), &now) else { return Ok(()) };
        follows(&open, &changed);
        let before = open.pass.parcours.clone();
        let held = written(&open, changed, today);
        prop_assert_eq!(held.pass.parcours.end(), add_days(before.end(), length), "W1: one day less than it has");
        if held.running.is_none() {
            return Ok(());
        }
        let day = add_days(start, then);
        let act = match act {
            0 => SuspensionAct::Lift { back_on: day },
            1 => SuspensionAct::Remove,
            _ => SuspensionAct::Change(terms(Period { start, end: day })),
        };
        let removes = act == SuspensionAct::Remove;
        if let Ok(changed) = held.decide_suspension(act, &now) {
            follows(&held, &changed);
            if removes {
                prop_assert_eq!(&changed.value().pass.parcours, &before, "removing gives everything back");
            }
        }
        if let Some(lifted) = held.pass.lifted_by_hire(day.max(today), today, ApplicationId(uuid::Uuid::from_u128(3))) {
            follows(&held, &lifted);
            prop_assert_eq!(&lifted.value().pass.parcours, &held.pass.parcours.hired(day.max(today), today));
        }
    }
}
