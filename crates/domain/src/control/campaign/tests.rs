use uuid::Uuid;

use super::super::badge::tests::{at, day};
use super::super::controlled::Control;
use super::super::controlled::tests::control;
use super::super::draw::Line;
use super::super::state::{FinalState, HireState};
use super::*;
use crate::event::Event;
use crate::ids::ApplicationId;

pub(in crate::control) fn campaign() -> ControlCampaign {
    let calendar = Calendar { launch_on: day(1), adversarial_from: day(10) };
    let hired = Period { start: "2025-01-01".parse().unwrap(), end: "2025-12-31".parse().unwrap() };
    let (id, ddets) = (ControlCampaignId(Uuid::from_u128(2)), OrganisationId(Uuid::from_u128(3)));
    ControlCampaign::open(id, ddets, (calendar, hired), false, false).unwrap().into_parts().0
}

fn list() -> FrozenList {
    let id = Uuid::from_u128;
    FrozenList::freeze((1..=4).map(|hire| Line {
        company: OrganisationId(id(1 + hire % 2)),
        hire: ApplicationId(id(hire)),
        starts_on: day(1),
    }))
}

fn listed() -> ControlCampaign {
    campaign().freeze_list(&list(), "Loto".to_owned(), at(1)).unwrap().into_parts().0
}

fn launched() -> ControlCampaign {
    listed().launch(&list(), "1-2-3".to_owned(), at(2)).unwrap().into_parts().0.campaign
}

fn frozen(states: &[HireState]) -> Control {
    Control { frozen_at: Some(at(8)), ..control(states) }
}

/// Nobody submits any more in its phase.
fn submitted(campaign: ControlCampaign) -> ControlCampaign {
    ControlCampaign { submissions_frozen_at: Some(at(9)), ..campaign }
}

fn adversarial() -> ControlCampaign {
    submitted(launched())
        .begin_adversarial(&[frozen(&[HireState::Refused])], at(10))
        .unwrap()
        .into_parts()
        .0
        .campaign
}

fn closed() -> ControlCampaign {
    submitted(adversarial()).close(&[], at(28)).unwrap().into_parts().0.campaign
}

fn kept<T>(step: Result<Changed<T>, StepRefused>) -> Result<(), StepRefused> {
    step.map(drop)
}

/// EXT 3: each step at each phase; a step done twice is refused, and changes nothing.
#[test]
fn steps_come_once_and_in_order() {
    use StepRefused::{Done, TooEarly};
    let ready = [frozen(&[HireState::Submitted])];
    let open = [control(&[HireState::Submitted])];
    for (campaign, ratio, list_frozen, launch, freeze, turn, close) in [
        (campaign(), Ok(()), Ok(()), Err(TooEarly), Err(TooEarly), Err(TooEarly), Err(TooEarly)),
        (listed(), Err(Done), Err(Done), Ok(()), Err(TooEarly), Err(TooEarly), Err(TooEarly)),
        (launched(), Err(Done), Err(Done), Err(Done), Ok(()), Err(TooEarly), Err(TooEarly)),
        (submitted(launched()), Err(Done), Err(Done), Err(Done), Err(Done), Ok(()), Err(TooEarly)),
        (adversarial(), Err(Done), Err(Done), Err(Done), Ok(()), Err(Done), Err(TooEarly)),
        (submitted(adversarial()), Err(Done), Err(Done), Err(Done), Err(Done), Err(Done), Ok(())),
        (closed(), Err(Done), Err(Done), Err(Done), Err(Done), Err(Done), Err(Done)),
    ] {
        let at = at(28);
        let of = |step: &str| format!("{step} at {:?}", campaign.phase());
        assert_eq!(kept(campaign.clone().set_ratio(Ratio::default(), at)), ratio, "{}", of("ratio"));
        let frozen = campaign.clone().freeze_list(&list(), "Loto".to_owned(), at);
        assert_eq!(kept(frozen), list_frozen, "{}", of("list"));
        assert_eq!(kept(campaign.clone().launch(&list(), "1".to_owned(), at)), launch, "{}", of("launch"));
        assert_eq!(kept(campaign.clone().freeze_submissions(&open, at, day(28))), freeze, "{}", of("freeze"));
        assert_eq!(kept(campaign.clone().begin_adversarial(&ready, at)), turn, "{}", of("turn"));
        assert_eq!(kept(campaign.clone().close(&ready, at)), close, "{}", of("close"));
    }
}

/// §1.4: chosen once; §1.6, 1: settled by the launch when it was not.
#[test]
fn the_ratio_is_settled_once() {
    let chosen = campaign().set_ratio(Ratio::parse("40").unwrap(), at(1)).unwrap().into_parts().0;
    assert_eq!(kept(chosen.clone().set_ratio(Ratio::default(), at(1))), Err(StepRefused::Done));
    let launched_with = |campaign: ControlCampaign| {
        let listed = campaign.freeze_list(&list(), "Loto".to_owned(), at(1)).unwrap().into_parts().0;
        let launch = listed.launch(&list(), "1".to_owned(), at(2)).unwrap().into_parts().0.campaign;
        (launch.ratio.percent(), launch.ratio_set_at)
    };
    assert_eq!(launched_with(chosen), (40, Some(at(1))));
    assert_eq!(launched_with(campaign()), (30, Some(at(2))));
}

#[test]
fn only_the_published_list_is_drawn() {
    let tampered = FrozenList::freeze(list().lines().iter().map(|line| Line { starts_on: day(2), ..*line }));
    assert_eq!(kept(listed().launch(&tampered, "1".to_owned(), at(2))), Err(StepRefused::ListTampered));
}

/// EXT 1.
#[test]
fn an_overlap_is_confirmed() {
    let open = |overlaps, is_confirmed| {
        let one = campaign();
        kept(ControlCampaign::open(
            one.id,
            one.institution,
            (one.calendar, one.hired),
            overlaps,
            is_confirmed,
        ))
    };
    assert_eq!(open(true, false), Err(StepRefused::Overlap));
    assert_eq!((open(true, true), open(false, false)), (Ok(()), Ok(())));
}

/// §1.12: the DDETS is told once a phase; frozen again, nothing more is done.
#[test]
fn submissions_are_frozen_once_a_phase() {
    let (once, _) = launched()
        .freeze_submissions(&[control(&[HireState::Submitted])], at(8), day(8))
        .unwrap()
        .into_parts();
    assert_eq!((once.controls.len(), once.campaign.freeze_notified_at), (1, Some(at(8))));
    let again = once.campaign.freeze_submissions(&[frozen(&[HireState::Submitted])], at(9), day(9));
    assert_eq!(kept(again), Err(StepRefused::Done));
    let (nothing, _) =
        launched().freeze_submissions(&[control(&[HireState::Pending])], at(8), day(8)).unwrap().into_parts();
    assert_eq!(nothing.campaign.freeze_notified_at, None, "nothing waits for the DDETS");
    let all = launched().freeze_submissions(&[frozen(&[HireState::Submitted])], at(8), day(8));
    let (all, _) = all.unwrap().into_parts();
    assert_eq!((all.controls.len(), all.campaign.freeze_notified_at), (0, Some(at(8))), "all had submitted");
    assert_eq!(all.campaign.next_turn(1), Some(CampaignTurn::Adversarial));
}

/// E7 (§1.18): every seven days while proofs wait.
#[test]
fn the_ddets_is_reminded_every_week() {
    let told = ControlCampaign { freeze_notified_at: Some(at(8)), ..launched() };
    let waiting = [frozen(&[HireState::Submitted])];
    let remind = |campaign: &ControlCampaign, today: u32| {
        campaign.clone().remind(&waiting, at(today), day(today)).is_some()
    };
    assert!(!remind(&told, 14) && remind(&told, 15) && remind(&told, 28));
    assert!(!remind(&launched(), 28), "never told");
    assert!(!remind(&ControlCampaign { ended_at: Some(at(9)), ..told.clone() }, 28));
    assert!(told.remind(&[frozen(&[HireState::Accepted])], at(28), day(28)).is_none(), "nothing waits");
}

/// §1.12, « Close »: every SIAE has its result, and the DDETS is told how many sanctions to notify.
#[test]
fn the_end_settles_every_result() {
    let controls =
        [frozen(&[HireState::Accepted]), frozen(&[HireState::Refused]), frozen(&[HireState::Pending])];
    let (turned, events) = submitted(adversarial()).close(&controls, at(28)).unwrap().into_parts();
    let results: Vec<_> = turned.controls.iter().map(|one| one.reviewed.final_state).collect();
    assert_eq!(results, [Some(FinalState::Accepted), Some(FinalState::Refused), Some(FinalState::Refused)]);
    let last = events.last().map(|event| match event {
        Event::Campaign(event) => event.change.clone(),
        other => panic!("{other:?}"),
    });
    assert_eq!(last, Some(CampaignChange::Closed { to_notify: 2 }));
}

/// A draw that found no SIAE waits for nothing: it is closed at once, and nothing else is asked of it.
#[test]
fn a_campaign_without_siae_is_closed_at_once() {
    let empty = launched();
    assert_eq!(empty.next_turn(0), Some(CampaignTurn::Close));
    assert_eq!(empty.next_turn(1), Some(CampaignTurn::Freeze));
    assert_eq!(empty.planned_on(CampaignTurn::Close), Some(day(2)), "the day of the draw");
    let (turned, _) = empty.turn(CampaignTurn::Close, &[], at(2), day(2)).unwrap().into_parts();
    assert_eq!((turned.campaign.phase(), turned.controls), (CampaignPhase::Ended, vec![]));
    assert_eq!(turned.campaign.next_turn(0), None);
    let early = launched().turn(CampaignTurn::Close, &[control(&[HireState::Accepted])], at(2), day(2));
    assert_eq!(kept(early), Err(StepRefused::TooEarly), "an SIAE has its phases");
}

/// Drawn on time, the campaign keeps its days; so late that SIAE would not have their six weeks, it has days of its own, and the trail
/// says the one that moved.
#[test]
fn a_late_launch_moves_the_contradictory_phase() {
    let planned = Calendar::plan("2026-06-01".parse().unwrap(), "2026-08-10".parse().unwrap()).unwrap();
    for (at, moved) in [
        ("2026-05-25T08:00:00Z", None),
        ("2026-06-01T08:00:00Z", None),
        ("2026-06-28T08:00:00Z", None),
        // It is the 29th in Paris.
        ("2026-06-28T22:30:00Z", Some("2026-09-07")),
    ] {
        let listed = ControlCampaign { calendar: planned, ..listed() };
        let (launch, events) =
            listed.launch(&list(), "1-2-3".to_owned(), at.parse().unwrap()).unwrap().into_parts();
        let moved: Option<NaiveDate> = moved.map(|day| day.parse().unwrap());
        assert_eq!(launch.is_moved, moved.is_some(), "{at}");
        let from = moved.unwrap_or(planned.adversarial_from);
        assert_eq!(launch.campaign.calendar.adversarial_from, from, "{at}");
        let told = events.iter().any(|event| {
            matches!(event, Event::Campaign(event)
                if matches!(event.change, CampaignChange::Launched { adversarial_from, .. } if adversarial_from == moved))
        });
        assert!(told, "{at}: {events:?}");
    }
    let name = ControlCampaign::name_of_moved(campaign().hired, "2026-06-29".parse().unwrap());
    assert_eq!(name, "contrôle pour la période du 01/01/2025 au 31/12/2025 (lancée le 29/06/2026)");
}
