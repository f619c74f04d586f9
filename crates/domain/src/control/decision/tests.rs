use uuid::Uuid;

use super::super::badge::tests::{STATES, at};
use super::super::controlled::tests::control;
use super::super::state::{Campaign, FinalState, HireState, Reviewed};
use super::*;
use crate::Event;
use crate::control::ControlEvent;

const AGENT: UserId = UserId(Uuid::from_u128(9));

fn id(number: u128) -> ControlDecisionId {
    ControlDecisionId(Uuid::from_u128(number))
}

fn words(text: &str) -> Message<WORDS_MAX_CHARS> {
    Message::parse(text).unwrap()
}

fn outcome(sanctions: DetailedSanctions) -> Outcome {
    Outcome { reason: NegativeReason::MissingProof, comment: words("Rien n’est venu."), sanctions }
}

fn training() -> DetailedSanctions {
    DetailedSanctions { training: Some(words("Le 4 mars, à Metz.")), ..DetailedSanctions::default() }
}

fn withdrawn(to: Option<&str>) -> Withdrawal {
    let day = |text: &str| text.parse().unwrap();
    Withdrawal { from: day("2026-10-01"), to: to.map(day) }
}

/// A control whose result is negative for good: validated in the contradictory phase, or at the end of the campaign.
fn refused() -> Control {
    let reviewed = Reviewed { at: Some(at(9)), finally_at: Some(at(19)), final_state: None };
    Control { reviewed, ..control(&[HireState::RefusedTwice, HireState::Accepted]) }
}

fn change(changed: &Changed<ControlDecision>) -> ControlChange {
    let (_, events) = changed.clone().into_parts();
    let [Event::Control(ControlEvent { change, .. })] = events.as_slice() else { panic!("{events:?}") };
    change.clone()
}

/// §1.15, access: the result is negative, and for good. In the order pending, processing, uploaded, submitted, accepted, refused,
/// refused twice.
#[test]
fn which_results_are_decided_of() {
    let open = Reviewed::default();
    let amicable = Reviewed { at: Some(at(9)), ..open };
    let validated = Reviewed { finally_at: Some(at(19)), ..amicable };
    let kept = |state| Reviewed { final_state: Some(state), ..validated };
    let none = [false; 7];
    let negative = [true, true, true, false, false, true, true];
    for (phase, reviewed, expected, why) in [
        (Campaign::Open, open, none, "in the amicable phase"),
        (Campaign::Open, amicable, none, "the contradictory phase is to come, or runs"),
        (Campaign::Open, validated, negative, "validated for good, before the campaign ends"),
        (Campaign::Ended, open, negative, "the campaign ended: the silence of the DDETS benefits the SIAE"),
        (Campaign::Ended, kept(FinalState::Refused), [true; 7], "kept at the end"),
        (Campaign::Ended, kept(FinalState::Accepted), none, "kept at the end"),
    ] {
        let decides = STATES.map(|state| {
            let control = Control { phase, reviewed, ..control(&[state]) };
            let decided = control.decide_outcome(id(1), outcome(training()), AGENT, at(20));
            assert_eq!(decided.is_ok(), control.awaits_decision(), "{why} {state:?}");
            assert_eq!(decided.err(), (!control.awaits_decision()).then_some(DecisionRefused::NotNegative));
            control.awaits_decision()
        });
        assert_eq!(decides, expected, "{why}");
    }
}

#[test]
fn a_result_is_notified_once() {
    let control = Control { notified_at: Some(at(20)), ..refused() };
    assert!(control.is_refused_for_good() && !control.awaits_decision());
    let again = control.decide_outcome(id(2), outcome(training()), AGENT, at(21));
    assert_eq!(again.unwrap_err(), DecisionRefused::Notified);
}

/// §1.15: what is decided, how it is called, and whether a registered letter notifies it.
#[test]
fn what_is_decided_is_called_as_it_was_chosen() {
    use Sanction as S;
    let hire = refused().hires[0].id;
    let none = DetailedSanctions::default;
    let cuts = || vec![(hire, 50)];
    for (sanctions, chosen, is_significant) in [
        (training(), vec![S::Training], false),
        (DetailedSanctions { leniency: Some(words("Première fois.")), ..none() }, vec![S::None], false),
        (
            DetailedSanctions { withdrawal: Some(withdrawn(Some("2027-01-31"))), ..none() },
            vec![S::TemporaryWithdrawal],
            true,
        ),
        (
            DetailedSanctions { withdrawal: Some(withdrawn(None)), ..none() },
            vec![S::PermanentWithdrawal],
            true,
        ),
        (DetailedSanctions { cuts: cuts(), ..none() }, vec![S::SubsidyCut], true),
        (
            DetailedSanctions { withdrawal: Some(withdrawn(None)), cuts: cuts(), ..training() },
            vec![S::Training, S::PermanentWithdrawal, S::SubsidyCut],
            true,
        ),
    ] {
        assert_eq!(sanctions.chosen(), chosen);
        assert_eq!(sanctions.is_significant(), is_significant, "{chosen:?}");
        let withdrawal = sanctions.withdrawal;
        let kept = sanctions.cuts.clone();
        let decided = refused().decide_outcome(id(1), outcome(sanctions), AGENT, at(20)).unwrap();
        let expected = ControlChange::Decided {
            decision: id(1),
            replaces: None,
            reason: NegativeReason::MissingProof,
            sanctions: chosen,
            withdrawal,
            cuts: kept,
        };
        assert_eq!(change(&decided), expected);
        let decision = decided.value();
        assert_eq!((decision.by, decision.at, &decision.replaces), (AGENT, at(20), &None));
    }
}

/// §1.15, §1.16: the DDETS reads all of it; the SIAE, what a mail notifies, and the days it is held to, however they are notified.
#[test]
fn who_reads_the_detail_of_a_decision() {
    for one in Sanction::ALL.iter().copied() {
        let is_withdrawal = matches!(one, Sanction::TemporaryWithdrawal | Sanction::PermanentWithdrawal);
        for is_by_letter in [false, true] {
            assert!(DecisionReader::Ddets.reads(one, is_by_letter), "{one:?}");
            let is_read = DecisionReader::Company.reads(one, is_by_letter);
            assert_eq!(is_read, is_withdrawal || !is_by_letter, "{one:?} {is_by_letter}");
        }
    }
}

/// §1.15: of what was accepted or not reviewed, nothing is cut.
#[test]
fn which_hires_are_cut() {
    let states = [HireState::Accepted, HireState::Pending, HireState::Submitted, HireState::RefusedTwice];
    let ranks: Vec<_> = control(&states).cuttable().map(|hire| hire.rank).collect();
    assert_eq!(ranks, [2, 4]);
}

/// After an appeal: corrected, corrected again, annulled, and decided anew; always of the decision in force.
#[test]
fn a_decision_takes_the_place_of_the_one_in_force() {
    let control = Control { notified_at: Some(at(20)), ..refused() };
    let corrected = || Decided::Outcome(outcome(training()));
    let first = refused().decide_outcome(id(1), outcome(training()), AGENT, at(20)).unwrap();
    let mut in_force = first.into_parts().0;
    for (number, decided) in (2..).zip([corrected(), corrected(), Decided::Annulled, corrected()]) {
        let is_annulment = decided == Decided::Annulled;
        let seen = (id(number), in_force.id, words("Recours du 2 septembre."));
        let replaced = control.replace_decision(&in_force, seen, decided, (AGENT, at(22))).unwrap();
        match change(&replaced) {
            ControlChange::DecisionAnnulled { decision, replaces } => {
                assert!(is_annulment);
                assert_eq!((decision, replaces), (id(number), Some(in_force.id)));
            }
            ControlChange::Decided { decision, replaces, .. } => {
                assert!(!is_annulment);
                assert_eq!((decision, replaces), (id(number), Some(in_force.id)));
            }
            other => panic!("{other:?}"),
        }
        let stale = (id(9), in_force.id, words("Un autre onglet."));
        in_force = replaced.into_parts().0;
        assert_eq!(in_force.outcome().is_none(), is_annulment);
        let late = control.replace_decision(&in_force, stale, corrected(), (AGENT, at(23)));
        assert_eq!(late.unwrap_err(), DecisionRefused::NotInForce, "D32");
    }
}

/// §1.15, step 3: the SIAE has its month from the day the decision is made, in Paris, not from the day its form was read; after an appeal,
/// but for the days it was told already.
#[test]
fn a_withdrawal_is_decided_on_the_day_it_is_made() {
    let on = |text: &str| -> DateTime<Utc> { text.parse().unwrap() };
    let refused_days = |earliest: &str| {
        let earliest = earliest.parse().unwrap();
        Some(DecisionRefused::Days(WithdrawalRefused::FromTooSoon { earliest }))
    };
    let withdrawal = || DetailedSanctions {
        withdrawal: Some(withdrawn(Some("2027-01-31"))),
        ..DetailedSanctions::default()
    };
    for (at, expected) in [
        ("2026-09-01T21:59:59Z", None),
        ("2026-09-01T22:00:00Z", refused_days("2026-10-02")),
        ("2026-09-15T08:00:00Z", refused_days("2026-10-15")),
    ] {
        let decided = refused().decide_outcome(id(1), outcome(withdrawal()), AGENT, on(at));
        assert_eq!(decided.err(), expected, "{at}");
    }

    let notified = Control { notified_at: Some(at(20)), ..refused() };
    let first = |sanctions| refused().decide_outcome(id(1), outcome(sanctions), AGENT, at(20)).unwrap();
    for (in_force, expected) in [(withdrawal(), None), (training(), refused_days("2026-10-15"))] {
        let in_force = first(in_force).into_parts().0;
        let seen = (id(2), in_force.id, words("Recours du 2 septembre."));
        let corrected = Decided::Outcome(outcome(withdrawal()));
        let late = (AGENT, on("2026-09-15T08:00:00Z"));
        assert_eq!(notified.replace_decision(&in_force, seen, corrected, late).err(), expected);
    }
}

/// ADR 35: « The one in force is the one nobody replaced », whatever was read first, whichever id or clock is ahead.
#[test]
fn decisions_are_in_the_order_they_replace_one_another() {
    let decision = |number, replaced: Option<u128>, day| ControlDecision {
        id: id(number),
        control: refused().id,
        decided: Decided::Annulled,
        replaces: replaced.map(|replaced| (id(replaced), words("Recours."))),
        by: AGENT,
        at: at(day),
    };
    let chain = [decision(5, None, 22), decision(3, Some(5), 21), decision(4, Some(3), 22)];
    for read in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let made = read.map(|place: usize| chain[place].clone()).to_vec();
        assert_eq!(in_order(made, |one| (one.id, one.replaced())), chain, "{read:?}");
    }
    assert!(in_order(vec![], |one: &ControlDecision| (one.id, one.replaced())).is_empty());
}

#[test]
fn what_was_annulled_is_not_annulled_again() {
    let annulled = ControlDecision {
        id: id(2),
        control: refused().id,
        decided: Decided::Annulled,
        replaces: Some((id(1), words("Recours."))),
        by: AGENT,
        at: at(22),
    };
    let again = (id(3), id(2), words("Encore."));
    let again = refused().replace_decision(&annulled, again, Decided::Annulled, (AGENT, at(23)));
    assert_eq!(again.unwrap_err(), DecisionRefused::NothingToAnnul);
}

/// §1.15, the grid: « nouvel irrégulier sous 3 ans », its last day included.
#[test]
fn another_irregular_control_counts_for_three_years() {
    let today = "2026-08-20".parse().unwrap();
    for (ended, expected) in [
        (vec![], false),
        (vec!["2023-08-19T10:00:00Z"], false),
        (vec!["2023-08-19T22:00:00Z"], true),
        (vec!["2023-08-20T10:00:00Z"], true),
        (vec!["2020-01-01T10:00:00Z", "2025-11-28T10:00:00Z"], true),
    ] {
        let days = ended.iter().map(|text| text.parse().unwrap());
        assert_eq!(was_irregular(days, today), expected, "{ended:?}");
    }
}
