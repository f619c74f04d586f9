use chrono::{DateTime, Utc};

use super::*;

pub(in crate::control) const STATES: [HireState; 7] = [
    HireState::Pending,
    HireState::Processing,
    HireState::Uploaded,
    HireState::Submitted,
    HireState::Accepted,
    HireState::Refused,
    HireState::RefusedTwice,
];

pub(in crate::control) fn at(day: u32) -> DateTime<Utc> {
    format!("2026-08-{day:02}T08:00:00Z").parse().unwrap()
}

pub(in crate::control) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 8, day).unwrap()
}

/// A hire in each state, its proof submitted on `submitted`.
pub(in crate::control) fn defended(state: HireState, submitted: u32) -> Vec<Defended> {
    let one = |has_proof, is_submitted: bool, review| Defended {
        is_certified: false,
        has_proof,
        submitted_at: is_submitted.then(|| at(submitted)),
        review,
    };
    match state {
        HireState::Pending => vec![],
        HireState::Processing => vec![one(false, false, Review::Pending)],
        HireState::Uploaded => vec![one(true, false, Review::Pending)],
        HireState::Submitted => vec![one(true, true, Review::Pending)],
        HireState::Accepted => vec![one(true, true, Review::Accepted)],
        HireState::Refused => vec![one(true, true, Review::Refused)],
        HireState::RefusedTwice => vec![one(true, true, Review::RefusedTwice)],
    }
}

/// An SIAE that may submit, on 20 August, the contradictory phase beginning on the 10th.
pub(in crate::control) fn open() -> Stage {
    Stage {
        campaign: Campaign::Open,
        is_frozen: false,
        reviewed: Reviewed::default(),
        adversarial_from: day(10),
        is_adversarial: true,
        today: day(20),
    }
}

pub(in crate::control) fn reviewed(stage: Stage) -> Stage {
    Stage { reviewed: Reviewed { at: Some(at(9)), ..stage.reviewed }, ..stage }
}

pub(in crate::control) fn frozen(stage: Stage) -> Stage {
    Stage { is_frozen: true, ..stage }
}

pub(in crate::control) fn ended(stage: Stage) -> Stage {
    Stage { campaign: Campaign::Ended, ..stage }
}

/// Rule book 04 §1.14, « SIAE side », column by column, in the order of `STATES`.
#[test]
fn what_an_siae_reads_of_a_hire() {
    let (to_do, sent, valid, problem) = ("À traiter", "Transmis", "Validé", "Problème constaté");
    let (uploaded, in_progress) = ("Justificatifs téléversés", "En cours");
    for (stage, expected, column) in [
        (
            open(),
            [to_do, in_progress, uploaded, sent, sent, sent, sent],
            "before the review: nothing is revealed",
        ),
        (reviewed(open()), [to_do, to_do, uploaded, sent, valid, problem, problem], "after it"),
        (frozen(open()), [to_do, in_progress, uploaded, sent, sent, sent, sent], "§1.13"),
        (ended(open()), [problem, problem, problem, valid, valid, problem, problem], "the campaign ended"),
        (
            ended(frozen(reviewed(open()))),
            [problem, problem, problem, valid, valid, problem, problem],
            "the same",
        ),
    ] {
        let read = STATES.map(|state| stage.badge_for_company(&defended(state, 12)).label());
        assert_eq!(read, expected, "{column}");
    }
    let certified = Defended {
        is_certified: true,
        has_proof: false,
        submitted_at: Some(at(1)),
        review: Review::Accepted,
    };
    for stage in [open(), frozen(open()), frozen(reviewed(open())), ended(open())] {
        assert_eq!(stage.badge_for_company(&[certified]), Badge::Valid, "accepted by certification");
    }
}

/// §1.13: on both sides of the day of the contradictory phase, of the freeze and of the review (9 August).
#[test]
fn what_was_decided_is_hidden_until_its_day() {
    let on = |stage: Stage, today| Stage { today: day(today), ..stage };
    let shut = frozen(reviewed(open()));
    for (stage, submitted, hidden, why) in [
        (on(shut, 9), 5, true, "before the day"),
        (on(shut, 10), 5, true, "that very day, until the action is run"),
        (on(shut, 11), 5, false, "all of it was decided in the amicable phase"),
        (on(shut, 11), 10, true, "submitted again since"),
        (on(reviewed(open()), 9), 5, false, "not frozen"),
        (on(reviewed(open()), 11), 10, false, "not frozen"),
        (on(frozen(open()), 11), 5, true, "never reviewed"),
    ] {
        for state in [HireState::Accepted, HireState::Refused, HireState::RefusedTwice] {
            let defended = defended(state, submitted);
            assert_eq!(stage.hides(&defended), hidden, "{why}");
            let badge = stage.badge_for_company(&defended);
            let review = stage.review_for_company(defended[0], &defended);
            if hidden {
                assert_eq!((badge, review), (Badge::Sent, Review::Pending), "{why}");
            } else {
                let shown = if state == HireState::Accepted { Badge::Valid } else { Badge::Problem };
                assert_eq!((badge, review), (shown, defended[0].review), "{why}");
            }
        }
    }
}

/// §1.14, « DDETS side, per hire », column by column; final wins over frozen, which wins over contradictory.
#[test]
fn what_the_ddets_reads_of_a_hire() {
    let (valid, problem, to_do) = ("Validé", "Problème constaté", "À traiter");
    let (waiting, not_sent, uploaded) =
        ("En attente", "Justificatifs non transmis", "Justificatifs téléversés");
    let amicable = [waiting, waiting, uploaded, to_do, valid, problem, problem];
    let contradictory =
        [waiting, waiting, uploaded, to_do, valid, "Phase contradictoire - En attente", problem];
    let shut = [not_sent, not_sent, not_sent, to_do, valid, problem, problem];
    let over = [
        "Non téléversés",
        "Téléversement incomplet",
        uploaded,
        "Justificatifs non contrôlés",
        valid,
        problem,
        problem,
    ];
    let finally = Reviewed { at: Some(at(9)), finally_at: Some(at(19)), final_state: None };
    for (stage, expected, column) in [
        (open(), amicable, "amicable"),
        (reviewed(open()), contradictory, "contradictory"),
        (frozen(open()), shut, "frozen"),
        (frozen(reviewed(open())), shut, "frozen, in the contradictory phase"),
        (ended(open()), over, "final"),
        (ended(frozen(reviewed(open()))), over, "final, frozen"),
        (Stage { reviewed: finally, ..open() }, over, "final before the end"),
        (frozen(Stage { reviewed: finally, ..open() }), over, "final before the end, frozen"),
    ] {
        let read = STATES.map(|state| stage.badge_for_ddets(&defended(state, 12)).label());
        assert_eq!(read, expected, "{column}");
    }
}

/// §1.14, « DDETS side, per SIAE », in the order pending, submittable, submitted, refused, accepted.
#[test]
fn what_the_ddets_reads_of_an_siae() {
    let raws = [
        RawState::Pending,
        RawState::Submittable,
        RawState::Submitted,
        RawState::Refused,
        RawState::Accepted,
    ];
    let (waiting, to_do, problem) = ("En attente", "À traiter", "Problème constaté");
    let (positive, negative, to_notify) = ("Résultat positif", "Résultat négatif", "Notification à faire");
    let (again, course) = ("Phase contradictoire", "En cours");
    let (again_waiting, again_to_do, again_problem) = (
        "Phase contradictoire - En attente",
        "Phase contradictoire - À traiter",
        "Phase contradictoire - Problème constaté",
    );
    for (stage, notified, expected, row) in [
        (open(), false, [waiting, waiting, to_do, course, course], "amicable"),
        (frozen(open()), false, [problem, problem, to_do, course, course], "amicable, frozen"),
        (reviewed(open()), false, [again_waiting, again_waiting, again_to_do, again, again], "contradictory"),
        (
            frozen(reviewed(open())),
            false,
            [again_problem, again_problem, again_to_do, again, again],
            "contradictory, frozen",
        ),
        (ended(reviewed(open())), false, [to_notify, to_notify, positive, to_notify, positive], "ended"),
        (ended(reviewed(open())), true, [negative, negative, positive, negative, positive], "notified"),
    ] {
        let read = raws.map(|raw| stage.badge_of_company(raw, notified).label());
        assert_eq!(read, expected, "{row}");
    }
}
