//! Rule book 04 §1.13 and §1.14: what each side reads, on both sides of each date.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{Badge, Campaign, Defended, HireState, Review, Reviewed, Stage};

use super::table::Table;
use super::{HIRES, RAWS, at, reviews, yes};

const HIDDEN: &str = include_str!("../../src/control/tables/hidden.md");
const SIAE: &str = include_str!("../../src/control/tables/badges_siae.md");
const DDETS: &str = include_str!("../../src/control/tables/badges_ddets.md");
const DDETS_SIAE: &str = include_str!("../../src/control/tables/badges_ddets_siae.md");

/// A moment of a control, and how the tables name it.
struct Moment {
    stage: Stage,
    campaign: &'static str,
    transition: &'static str,
    today: &'static str,
}

impl Moment {
    /// Every one there can be. The contradictory phase is to begin on 10 August.
    fn all() -> Vec<Self> {
        let day = |day| NaiveDate::from_ymd_opt(2026, 8, day).unwrap();
        let mut all = Vec::new();
        for (campaign, in_words) in [(Campaign::Open, "open"), (Campaign::Ended, "ended")] {
            for is_frozen in [false, true] {
                for reviewed in reviews() {
                    for (is_adversarial, transition) in [(false, "to come"), (true, "made")] {
                        for (today, on) in [(9, "the eve"), (10, "that day"), (11, "the day after")] {
                            let adversarial_from = day(10);
                            let today = day(today);
                            let stage = Stage {
                                campaign,
                                is_frozen,
                                reviewed,
                                adversarial_from,
                                is_adversarial,
                                today,
                            };
                            all.push(Self { stage, campaign: in_words, transition, today: on });
                        }
                    }
                }
            }
        }
        all
    }

    fn said(&self) -> String {
        let Self { stage, campaign, transition, today } = self;
        let Reviewed { at, finally_at, .. } = stage.reviewed;
        let reviewed = match (at, finally_at) {
            (None, _) => "not reviewed",
            (Some(_), None) => "reviewed",
            (Some(_), Some(_)) if at == finally_at => "final in phase 2",
            (Some(_), Some(_)) => "final in phase 3",
        };
        let frozen = if stage.is_frozen { "frozen" } else { "free" };
        format!("{campaign}, {frozen}, {reviewed}, transition {transition}, {today}")
    }
}

/// When proofs were submitted, beside the review of 9 August at 8 o'clock: the day before, at that instant, an hour later.
fn submissions() -> [(DateTime<Utc>, &'static str); 3] {
    [(at(8, 8), "before"), (at(9, 8), "at once"), (at(9, 9), "after")]
}

/// Hires in this state, submitted then: of one criterion, and of one beside another that was accepted long before; certified by the
/// State when it has none.
fn hires(state: Option<HireState>, submitted: DateTime<Utc>) -> Vec<Vec<Defended>> {
    let one =
        |has_proof, submitted_at, review| Defended { is_certified: false, has_proof, submitted_at, review };
    let submitted = Some(submitted);
    let one = match state {
        None => {
            let certified = one(false, submitted, Review::Accepted);
            return vec![vec![Defended { is_certified: true, ..certified }]];
        }
        Some(HireState::Pending) => return vec![vec![]],
        Some(HireState::Processing) => one(false, None, Review::Pending),
        Some(HireState::Uploaded) => one(true, None, Review::Pending),
        Some(HireState::Submitted) => one(true, submitted, Review::Pending),
        Some(HireState::Accepted) => one(true, submitted, Review::Accepted),
        Some(HireState::Refused) => one(true, submitted, Review::Refused),
        Some(HireState::RefusedTwice) => one(true, submitted, Review::RefusedTwice),
    };
    let accepted = Defended {
        is_certified: false,
        has_proof: true,
        submitted_at: Some(at(5, 8)),
        review: Review::Accepted,
    };
    vec![vec![one], vec![one, accepted]]
}

/// Whether every criterion of a hire was submitted before the review, or at that instant.
fn were_submitted_before(hire: &[Defended], reviewed: Reviewed) -> &'static str {
    let before =
        |one: &Defended| matches!((one.submitted_at, reviewed.at), (Some(at), Some(then)) if at <= then);
    if hire.iter().all(before) { "before" } else { "after" }
}

/// The states of the tables, and a hire that the State certified.
fn states() -> impl Iterator<Item = (Option<HireState>, &'static str)> {
    HIRES.into_iter().map(|(state, name)| (Some(state), name)).chain([(None, "certified")])
}

/// §1.13, then §1.14, « SIAE side ».
#[test]
fn what_an_siae_reads_of_a_hire() {
    let (hidden, badges) = (Table::read(HIDDEN, 5), Table::read(SIAE, 1));
    let mut said = String::new();
    for moment in Moment::all() {
        let stage = moment.stage;
        for (submitted, when) in submissions() {
            let mut read = Vec::new();
            for (state, name) in states() {
                let mut shown = None;
                for hire in hires(state, submitted) {
                    let before = were_submitted_before(&hire, stage.reviewed);
                    let keys =
                        [moment.campaign, yes(stage.is_frozen), moment.transition, moment.today, before];
                    let hides = hidden.cell(&keys, "hidden").unwrap();
                    assert_eq!(yes(stage.hides(&hire)), hides, "{keys:?} {name}");
                    let column = match (moment.campaign, hides, stage.reviewed.at) {
                        ("ended", _, _) => "ended",
                        (_, "yes", None) => "hidden, before reviewed_at",
                        (_, "yes", Some(_)) => "hidden, after reviewed_at",
                        (_, _, None) => "before reviewed_at",
                        (_, _, Some(_)) => "after reviewed_at",
                    };
                    let typed = badges.cell(&[name], column).unwrap();
                    let badge = stage.badge_for_company(&hire);
                    if typed != "–" {
                        assert_eq!(badge.label(), typed, "{} {when} {name}", moment.said());
                    }
                    let reveals = state.is_none() || ["ended", "after reviewed_at"].contains(&column);
                    for one in &hire {
                        let review = if reveals { one.review } else { Review::Pending };
                        let of_company = stage.review_for_company(*one, &hire);
                        assert_eq!(
                            of_company,
                            review,
                            "{} {when} {name}: while hidden, PENDING",
                            moment.said()
                        );
                    }
                    shown = Some(badge);
                }
                read.extend(shown);
            }
            writeln!(said, "{}, submitted {when}: {}", moment.said(), codes(&read)).unwrap();
        }
    }
    hidden.was_read_whole();
    badges.was_read_whole();
    insta::assert_snapshot!("badges_siae", said);
}

/// §1.14, « DDETS side, per hire ».
#[test]
fn what_the_ddets_reads_of_a_hire() {
    let badges = Table::read(DDETS, 1);
    let mut said = String::new();
    for moment in Moment::all() {
        let stage = moment.stage;
        let is_final = moment.campaign == "ended" || stage.reviewed.finally_at.is_some();
        let column = match (is_final, stage.is_frozen, stage.reviewed.at) {
            (true, _, _) => "final",
            (false, true, _) => "frozen",
            (false, false, Some(_)) => "contradictoire",
            (false, false, None) => "amiable",
        };
        for (submitted, when) in submissions() {
            let mut read = Vec::new();
            for (state, name) in states() {
                let mut shown = None;
                for hire in hires(state, submitted) {
                    let badge = stage.badge_for_ddets(&hire);
                    let typed = badges.cell(&[name], column);
                    assert_eq!(Some(badge.label()), typed, "{} {when} {name}", moment.said());
                    shown = Some(badge);
                }
                read.extend(shown);
            }
            writeln!(said, "{}, submitted {when}: {}", moment.said(), codes(&read)).unwrap();
        }
    }
    badges.was_read_whole();
    insta::assert_snapshot!("badges_ddets", said);
}

/// §1.14, « DDETS side, per SIAE ».
#[test]
fn what_the_ddets_reads_of_an_siae() {
    let badges = Table::read(DDETS_SIAE, 1);
    let mut said = String::new();
    for moment in Moment::all() {
        let stage = moment.stage;
        let is_final = moment.campaign == "ended" || stage.reviewed.finally_at.is_some();
        for is_notified in [false, true] {
            let column = match (is_final, is_notified, stage.reviewed.at, stage.is_frozen) {
                (true, false, _, _) => "final",
                (true, true, _, _) => "final, notified",
                // Nothing is notified before the result is final.
                (false, true, _, _) => continue,
                (false, false, None, false) => "amiable",
                (false, false, None, true) => "amiable, frozen",
                (false, false, Some(_), false) => "contradictoire",
                (false, false, Some(_), true) => "contradictoire, frozen",
            };
            let read = RAWS.map(|(raw, name)| {
                let badge = stage.badge_of_company(raw, is_notified);
                let typed = badges.cell(&[name], column);
                assert_eq!(Some(badge.label()), typed, "{} {name}", moment.said());
                badge
            });
            let notified = if is_notified { ", notified" } else { "" };
            writeln!(said, "{}{notified}: {}", moment.said(), codes(&read)).unwrap();
        }
    }
    badges.was_read_whole();
    insta::assert_snapshot!("badges_ddets_siae", said);
}

fn codes(badges: &[Badge]) -> String {
    let codes: Vec<_> = badges.iter().map(|badge| badge.code()).collect();
    codes.join(" ")
}
