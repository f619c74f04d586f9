use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// §1.15, step 2: all the choices there can be.
#[test]
fn which_sanctions_go_together() {
    use Sanction as S;
    for bits in 0..32_u32 {
        let chosen: Vec<_> = S::ALL
            .iter()
            .enumerate()
            .filter(|(rank, _)| bits & (1 << rank) != 0)
            .map(|(_, one)| *one)
            .collect();
        let has = |one| chosen.contains(&one);
        let mut expected = Vec::new();
        if chosen.is_empty() {
            expected.push(SanctionsRefused::Nothing);
        }
        if has(S::TemporaryWithdrawal) && has(S::PermanentWithdrawal) {
            expected.push(SanctionsRefused::TwoWithdrawals);
        }
        if has(S::None) && chosen.len() > 1 {
            expected.push(SanctionsRefused::NoneWithOthers);
        }
        let read = Sanctions::choose(chosen.clone());
        assert_eq!(read.clone().err().unwrap_or_default(), expected, "{chosen:?}");
        if let Ok(read) = read {
            let alone = [vec![S::Training], vec![S::None]];
            assert_eq!(read.is_significant(), !alone.contains(&chosen), "{chosen:?}");
        }
    }
}

/// §1.15, step 3: a month later at the earliest, 31 January included.
#[test]
fn a_withdrawal_starts_a_month_later() {
    use WithdrawalRefused::*;
    for (from, to, today, expected) in [
        ("2026-12-28", None, "2026-11-28", None),
        ("2026-12-27", None, "2026-11-28", Some(FromTooSoon { earliest: day("2026-12-28") })),
        ("2026-11-27", None, "2026-11-28", Some(FromTooSoon { earliest: day("2026-12-28") })),
        ("2027-02-28", None, "2027-01-31", None),
        ("2026-12-28", Some("2026-12-28"), "2026-11-28", None),
        ("2026-12-28", Some("2027-06-30"), "2026-11-28", None),
        ("2026-12-28", Some("2026-12-27"), "2026-11-28", Some(ToTooSoon { earliest: day("2026-12-28") })),
        ("2027-02-01", Some("2027-01-31"), "2026-11-28", Some(Backwards)),
    ] {
        let read = Withdrawal::decide(day(from), to.map(day), day(today));
        assert_eq!(read.err(), expected, "{from} {to:?}");
    }
}

#[test]
fn a_withdrawal_is_corrected_within_what_was_notified() {
    use WithdrawalRefused::*;
    let one = |from, to: Option<&str>| Withdrawal { from: day(from), to: to.map(day) };
    let (today, earliest) = (day("2027-03-10"), day("2027-04-10"));
    let running = one("2027-02-01", Some("2027-12-31"));
    let permanent = one("2027-02-01", None);
    let over = one("2027-02-01", Some("2027-03-05"));
    let soon_over = one("2027-02-01", Some("2027-04-09"));
    for (replaced, from, to, expected) in [
        (Some(running), "2027-02-01", Some("2027-03-09"), Ok(())),
        (Some(running), "2027-02-01", Some("2027-12-31"), Ok(())),
        (Some(running), "2027-02-01", Some("2028-12-31"), Ok(())),
        (Some(running), "2027-01-31", Some("2027-12-31"), Err(FromTooSoon { earliest: day("2027-02-01") })),
        (Some(running), "2027-05-01", Some("2027-04-30"), Err(Backwards)),
        (Some(running), "2027-02-01", None, Ok(())),
        (Some(permanent), "2027-02-01", Some("2027-03-31"), Ok(())),
        (Some(permanent), "2027-03-11", None, Ok(())),
        (Some(over), "2027-03-06", None, Err(FromTooSoon { earliest })),
        (Some(over), "2027-02-01", Some("2027-03-05"), Ok(())),
        (Some(over), "2027-02-01", Some("2027-03-06"), Err(ToTooLate { latest: day("2027-03-05") })),
        (Some(over), "2027-02-01", Some("2027-04-10"), Err(ToTooLate { latest: day("2027-03-05") })),
        (Some(over), "2027-02-01", None, Err(ToTooLate { latest: day("2027-03-05") })),
        (Some(over), "2027-04-10", None, Ok(())),
        (Some(soon_over), "2027-02-01", Some("2027-04-10"), Ok(())),
        (None, "2027-04-09", None, Err(FromTooSoon { earliest })),
        (None, "2027-04-10", None, Ok(())),
    ] {
        let read = Withdrawal::correct(day(from), to.map(day), replaced, today);
        assert_eq!(read.map(|_| ()), expected, "{replaced:?} {from} {to:?}");
    }
}

#[test]
fn the_withdrawal_that_ends_last_is_shown() {
    let one = |from, to: Option<&str>| Withdrawal { from: day(from), to: to.map(day) };
    let (short, long) = (one("2027-01-01", Some("2027-03-31")), one("2027-02-01", Some("2027-12-31")));
    let permanent = one("2027-03-15", None);
    let all = [permanent, long, short];
    for (on, expected) in [
        ("2026-12-31", None),
        ("2027-01-01", Some(short)),
        ("2027-02-01", Some(long)),
        ("2027-03-14", Some(long)),
        ("2027-03-15", Some(permanent)),
        ("2040-01-01", Some(permanent)),
    ] {
        assert_eq!(Withdrawal::in_force(&all, day(on)), expected, "{on}");
    }
    assert_eq!(Withdrawal::in_force(&[short], day("2027-03-31")), Some(short), "its last day included");
    assert_eq!(Withdrawal::in_force(&[short], day("2027-04-01")), None);
}

#[test]
fn every_hire_that_can_be_cut_has_its_percentage() {
    let hire = |n| ControlHireId(uuid::Uuid::from_u128(n));
    let of_control = [hire(1), hire(2)];
    let read = |typed: &[(u128, Option<u8>)]| {
        cuts(&of_control, &typed.iter().map(|(n, percent)| (hire(*n), *percent)).collect())
    };
    assert_eq!(read(&[(1, Some(0)), (2, Some(100))]), Ok(vec![(hire(2), 100)]));
    assert_eq!(read(&[(1, Some(1)), (2, Some(50))]), Ok(vec![(hire(1), 1), (hire(2), 50)]));
    assert_eq!(read(&[(1, Some(0)), (2, Some(0))]), Err(CutsRefused::NothingCut));
    assert_eq!(read(&[(1, Some(101)), (2, None)]), Err(CutsRefused::Percentages(vec![hire(1), hire(2)])));
    assert_eq!(read(&[(1, Some(10))]), Err(CutsRefused::Percentages(vec![hire(2)])));
    assert_eq!(read(&[(1, Some(10)), (2, Some(0)), (3, Some(10))]), Err(CutsRefused::NotOfControl));
}

#[test]
fn what_was_accepted_or_not_reviewed_is_not_cut() {
    use HireState::*;
    let cut: Vec<_> = HireState::ALL.iter().copied().filter(|state| can_be_cut(*state)).collect();
    assert_eq!(cut, [Refused, RefusedTwice, Uploaded, Processing, Pending]);
}
