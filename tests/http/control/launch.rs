//! The draw on its day, or so late that SIAE would not have their six weeks (rule book 04 §1.6, §1.7).

use chrono::NaiveDate;
use iae_app::control::campaigns::{self, NewCampaigns};
use iae_domain::control::{CampaignTurn, StepRefused};
use iae_domain::ids::ControlCampaignId;
use iae_domain::text::Message;
use iae_domain::time::add_days;
use iae_tests::{Page, Persona, TestApp, world};

use super::{calendar, hired, hires, listed, team};

/// The list of a campaign is frozen, its draw planned so many days ago.
async fn planned(app: &TestApp, days_ago: u64) -> ControlCampaignId {
    let campaign = listed(app).await;
    let late =
        "UPDATE control_calendars SET launch_on = launch_on - $2, adversarial_from = adversarial_from - $2
                WHERE id = (SELECT calendar_id FROM control_campaigns WHERE id = $1)";
    let days = i32::try_from(days_ago).unwrap();
    sqlx::query(late).bind(campaign).bind(days).execute(app.db()).await.unwrap();
    campaign
}

async fn adversarial_from(app: &TestApp, campaign: ControlCampaignId) -> NaiveDate {
    campaigns::queries::campaign(app.db(), campaign)
        .await
        .unwrap()
        .unwrap()
        .campaign
        .calendar
        .adversarial_from
}

/// What the draw would do, as the team reads it before it confirms.
async fn previewed(app: &TestApp, campaign: ControlCampaignId) -> Page {
    let team = app.browser(Persona::Staff).await;
    let page = team.get(&format!("/control-campaigns/{campaign}")).await.is(200);
    page.form("#launch").fill("value", "4-8-15-16-23 42").submit().await.is(200)
}

async fn confirmed(preview: &Page) -> Page {
    preview.form("#launch").press("Tirer au sort").submit().await
}

/// Planned forty days ago, eighty before the contradictory phase: forty days are left, and six weeks are due.
#[tokio::test]
async fn a_late_draw_moves_the_contradictory_phase_once_it_is_confirmed() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let campaign = planned(&app, 40).await;
    let (before, moved) = (add_days(app.today(), 40), add_days(app.today(), 80));
    assert_eq!(adversarial_from(&app, campaign).await, before);
    let preview = previewed(&app, campaign).await;
    assert!(preview.says("La phase contradictoire est déplacée"), "{preview:?}");
    assert_eq!(adversarial_from(&app, campaign).await, before, "nothing is written before it is confirmed");
    let done = confirmed(&preview).await.follow().await.is(200);
    assert!(done.says("La phase contradictoire est déplacée"), "{done:?}");
    assert_eq!(adversarial_from(&app, campaign).await, moved, "by as many days as the draw is late");
    let controls = "SELECT DISTINCT d.adversarial_from FROM controls c
                    JOIN control_campaigns k ON k.id = c.campaign_id JOIN control_calendars d ON d.id = k.calendar_id";
    let of_controls: Vec<NaiveDate> = sqlx::query_scalar(controls).fetch_all(app.db()).await.unwrap();
    assert_eq!(of_controls, [moved]);
    let kept: Option<String> = sqlx::query_scalar(
        "SELECT payload->>'adversarial_from' FROM audit_events WHERE action = 'control_campaign.launched'",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(kept, Some(moved.to_string()), "the trail says the day that moved");
    app.run_jobs().await;
}

/// The campaigns of the same hires that were launched, or are not yet, keep the days everyone was told.
#[tokio::test]
async fn other_campaigns_keep_their_days() {
    let app = TestApp::new().await;
    app.ignore_mails();
    hires(&app).await;
    let new = NewCampaigns {
        hired: hired(&app).await,
        calendar: calendar(&app),
        institutions: vec![world::DDETS_57, world::DDETS_54],
        overlap_is_confirmed: false,
    };
    let opened = campaigns::open(&app.app, &team(&app), new).await.unwrap();
    let name = Message::parse("Loto du 4 mai 2026").unwrap();
    let late =
        "UPDATE control_calendars SET launch_on = launch_on - 40, adversarial_from = adversarial_from - 40";
    sqlx::query(late).execute(app.db()).await.unwrap();
    let (first, second) = (opened[0], opened[1]);
    for campaign in [first, second] {
        campaigns::freeze_list(&app.app, &team(&app), campaign, &name).await.unwrap();
    }
    campaigns::launch(&app.app, &team(&app), first, &name).await.unwrap();
    assert_eq!(adversarial_from(&app, first).await, add_days(app.today(), 80));
    assert_eq!(adversarial_from(&app, second).await, add_days(app.today(), 40));
    campaigns::launch(&app.app, &team(&app), second, &name).await.unwrap();
    assert_eq!(adversarial_from(&app, second).await, add_days(app.today(), 80), "launched the same day");
    let calendars: i64 =
        sqlx::query_scalar("SELECT count(*) FROM control_calendars").fetch_one(app.db()).await.unwrap();
    assert_eq!(calendars, 2, "that of the period, and that of what was launched that day");
    app.run_jobs().await;
}

/// Late by less than what the SIAE need, the day stays where everyone was told that it is.
#[tokio::test]
async fn a_draw_that_leaves_six_weeks_moves_nothing() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let campaign = planned(&app, 37).await;
    let preview = previewed(&app, campaign).await;
    assert!(!preview.says("La phase contradictoire est déplacée"), "{preview:?}");
    confirmed(&preview).await.is(303);
    assert_eq!(adversarial_from(&app, campaign).await, add_days(app.today(), 43));
    app.run_jobs().await;
}

/// D32: the preview was read on a day when nothing moved, and is confirmed on one when the phase does.
#[tokio::test]
async fn what_is_confirmed_is_what_was_shown() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let campaign = planned(&app, 0).await;
    let preview = previewed(&app, campaign).await;
    let late =
        "UPDATE control_calendars SET launch_on = launch_on - 40, adversarial_from = adversarial_from - 40";
    sqlx::query(late).execute(app.db()).await.unwrap();
    let changed = confirmed(&preview).await.is(409);
    assert!(changed.says("Ce que fait le tirage a changé entre-temps"), "{changed:?}");
    assert_eq!(adversarial_from(&app, campaign).await, add_days(app.today(), 40), "nothing is drawn");
    confirmed(&changed).await.is(303);
    assert_eq!(adversarial_from(&app, campaign).await, add_days(app.today(), 80));
    app.run_jobs().await;
}

/// A draw that found no SIAE has nothing to wait for: its close alone is asked of the team, and no date keeps it from it.
#[tokio::test]
async fn a_draw_that_found_no_siae_is_only_closed() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let campaign = super::open(&app, &[world::DDETS_57], false).await.unwrap()[0];
    let name = Message::parse("Loto").unwrap();
    campaigns::freeze_list(&app.app, &team(&app), campaign, &name).await.unwrap();
    campaigns::launch(&app.app, &team(&app), campaign, &name).await.unwrap();
    let team_browser = app.browser(Persona::Staff).await;
    let page = team_browser.get(&format!("/control-campaigns/{campaign}")).await.is(200);
    assert!(page.says("Clôturer la campagne") && !page.says("Bloquer les transmissions"), "{page:?}");
    let turn = team_browser.get(&format!("/control-campaigns/{campaign}/turn")).await.is(200);
    turn.form("#turn").submit().await.is(303);
    let ended = campaigns::queries::campaign(app.db(), campaign).await.unwrap().unwrap();
    assert!(ended.campaign.ended_at.is_some());
    let again = campaigns::turn(&app.app, &team(&app), campaign, CampaignTurn::Close, None).await;
    assert!(matches!(again, Err(iae_app::Failure::Refused(StepRefused::Done))), "{again:?}");
    let listed = team_browser.get("/control-campaigns").await.is(200);
    assert!(listed.says("Plus rien"), "{listed:?}");
    app.run_jobs().await;
}
