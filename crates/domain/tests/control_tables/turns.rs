//! Rule book 04 §1.12: what the transition and the end of a campaign do to each SIAE.

use std::fmt::Write as _;

use iae_domain::control::{FinalState, Reviewed, TurnMail, TurnReview, closed, transitioned};

use super::states::{siae, siae_state};
use super::table::Table;
use super::{RAWS, reviews, set, yes};

const TRANSITION: &str = include_str!("../../src/control/tables/transition.md");
const CLOSE: &str = include_str!("../../src/control/tables/close.md");

/// The dates that are set, as the rule book writes it.
const fn effect(review: TurnReview, reviewed: Reviewed) -> &'static str {
    match (review, reviewed.at) {
        (TurnReview::AsItIs, _) => "–",
        (TurnReview::Validated, _) => "reviewed_at",
        (TurnReview::Final, None) => "reviewed_at, final_reviewed_at",
        (TurnReview::Final, Some(_)) => "final_reviewed_at",
    }
}

/// The mail, by its number (§1.17).
const fn number(mail: Option<TurnMail>) -> &'static str {
    match mail {
        None => "–",
        Some(TurnMail::Conform) => "E9",
        Some(TurnMail::ProofsExpected) => "E10",
        Some(TurnMail::NothingReceived) => "E11",
        Some(TurnMail::NotReviewed) => "E12",
        Some(TurnMail::NotReviewedAtEnd) => "E12 bis",
        Some(TurnMail::NewProofsConform) => "E15",
        Some(TurnMail::Negative) => "E16",
        Some(TurnMail::NegativeWithoutProof) => "E17",
    }
}

/// Every raw state, whatever was validated, certified by the State or not.
#[test]
fn the_contradictory_phase_begins() {
    let (table, states) = (Table::read(TRANSITION, 3), siae());
    let mut said = String::new();
    for reviewed in reviews() {
        for (raw, of) in RAWS {
            for is_certified in [false, true] {
                let turn = transitioned(reviewed, raw, is_certified);
                let (effect, mail) = (effect(turn.review, reviewed), number(turn.mail));
                let state = siae_state(&states, reviewed, "open", of);
                let keys = [set(reviewed.at), yes(is_certified), state];
                let typed = table.cell(&keys, "effect").zip(table.cell(&keys, "mail"));
                if let Some(typed) = typed {
                    assert_eq!((effect, mail), typed, "{reviewed:?} {keys:?}");
                }
                let known = if typed.is_some() { "" } else { " (never there)" };
                let [first, certified, _] = keys;
                let last = set(reviewed.finally_at);
                writeln!(
                    said,
                    "reviewed {first}, finally {last}, certified {certified}, {of} ({state}): {effect}; {mail}{known}"
                )
                .unwrap();
            }
        }
    }
    table.was_read_whole();
    insta::assert_snapshot!("transition", said);
}

/// Every raw state, whatever was validated finally, with and without proof, notified or not. At the end, the amicable phase of each
/// was validated, by the transition if by nobody.
#[test]
fn the_campaign_ends() {
    let table = Table::read(CLOSE, 4);
    let mut said = String::new();
    for reviewed in reviews().into_iter().filter(|reviewed| reviewed.at.is_some()) {
        let phase = match reviewed.finally_at {
            None => "null",
            Some(finally) if Some(finally) == reviewed.at => "phase 2",
            Some(_) => "phase 3",
        };
        for (raw, of) in RAWS {
            for (has_proof, is_notified) in [(false, false), (true, false), (false, true), (true, true)] {
                let (turn, result) = closed(reviewed, raw, has_proof, is_notified);
                let kept = match result {
                    FinalState::Accepted => "ACCEPTED",
                    FinalState::Refused => "REFUSED",
                };
                let keys = [yes(is_notified), phase, of, yes(has_proof)];
                let (effect, mail) = (effect(turn.review, reviewed), number(turn.mail));
                for (head, cell) in [("effect", effect), ("mail", mail), ("final_state", kept)] {
                    assert_eq!(table.cell(&keys, head), Some(cell), "{head} of {keys:?}");
                }
                let [notified, _, _, proof] = keys;
                writeln!(
                    said,
                    "notified {notified}, final {phase}, {of}, proof {proof}: {effect}; {mail}; {kept}"
                )
                .unwrap();
            }
        }
    }
    table.was_read_whole();
    insta::assert_snapshot!("close", said);
}
