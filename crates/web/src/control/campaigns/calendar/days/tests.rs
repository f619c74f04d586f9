use iae_app::control::campaigns::queries::Counted;
use iae_domain::control::{ControlCampaign, Ratio};
use iae_domain::ids::{ControlCampaignId, OrganisationId};
use iae_domain::time::Period;
use uuid::Uuid;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}T09:00:00Z").parse().unwrap()
}

/// Drawn on its day, 1 June; the contradictory phase planned on 10 August, and begun on `adversarial`.
fn launched(adversarial: Option<&str>) -> CampaignDetail {
    let counted = Counted { companies: 3, hires: 12 };
    CampaignDetail {
        campaign: ControlCampaign {
            id: ControlCampaignId(Uuid::nil()),
            institution: OrganisationId(Uuid::nil()),
            calendar: Calendar { launch_on: day("2026-06-01"), adversarial_from: day("2026-08-10") },
            hired: Period { start: day("2025-01-01"), end: day("2025-12-31") },
            ratio: Ratio::default(),
            ratio_set_at: Some(at("2026-05-12")),
            list: None,
            launched_at: Some(at("2026-06-01")),
            adversarial_at: adversarial.map(at),
            submissions_frozen_at: None,
            freeze_notified_at: None,
            ended_at: None,
        },
        value: None,
        opened_on: day("2026-05-04"),
        ddets: "DDETS de la Moselle".to_owned(),
        department: None,
        listed: counted,
        drawn: counted,
    }
}

fn frozen(on: &str) -> DoneAct {
    let action = super::super::super::freezes::FROZEN.to_owned();
    DoneAct { action, what: String::new(), by: None, at: at(on) }
}

/// What a phase says of its last day: the day, and the one that was planned when it came earlier.
fn last_day(days: &[Days], phase: &str) -> (String, Option<String>) {
    let one = days.iter().find(|one| one.phase == phase).unwrap();
    (one.to.on.to_string(), one.to.planned.map(|planned| planned.to_string()))
}

/// §1.7: SIAE have until 13 July. Frozen before, the day is the one it was; later, nobody was told another than the planned one.
#[test]
fn what_was_done_early_has_its_real_day() {
    let text = |day: &str| day.to_owned();
    for (done, expected) in [
        (vec![], (text("2026-07-13"), None)),
        (vec![frozen("2026-07-02")], (text("2026-07-02"), Some(text("2026-07-13")))),
        (vec![frozen("2026-07-20")], (text("2026-07-13"), None)),
    ] {
        assert_eq!(last_day(&days(&launched(None), &done), "Phase amiable, transmission"), expected);
    }
    let early = days(&launched(Some("2026-08-03")), &[frozen("2026-07-20"), frozen("2026-08-20")]);
    let begins = early.iter().find(|one| one.phase == "Phase contradictoire, contrôle").unwrap().from;
    assert_eq!(begins, Day { on: day("2026-08-03"), planned: Some(day("2026-08-10")) });
    let (reviewed, planned) = last_day(&early, "Phase amiable, contrôle");
    assert_eq!((reviewed.as_str(), planned.as_deref()), ("2026-08-02", Some("2026-08-09")));
    let (submitted, planned) = last_day(&early, "Phase contradictoire, transmission");
    assert_eq!((submitted.as_str(), planned.as_deref()), ("2026-08-20", Some("2026-09-21")));
}
