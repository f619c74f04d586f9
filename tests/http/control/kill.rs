//! The connection of whoever turns a campaign is cut in the middle of the transaction, wherever that is: nothing is done by half, and
//! what is done again afterwards is done once (rule book 04 §1.6, §1.12). Another session holds what the transaction waits for, then
//! ends it as an administrator of the database does. `tests/outage/campaign.test.mjs` kills the process, and Postgres.

use std::collections::BTreeMap;
use std::time::Duration;

use iae_app::control::campaigns;
use iae_domain::control::{CampaignTurn, Decision};
use iae_domain::text::Message;
use iae_tests::{TestApp, world};

use super::{Drawn, drawn, hires, listed, open, team};

/// What another session holds, in the order the freeze of a list comes to it: nobody writes these meanwhile.
const OF_A_LIST: [&str; 3] = [
    "SELECT FROM control_campaigns ORDER BY id DESC LIMIT 1 FOR UPDATE",
    "LOCK TABLE control_list_lines IN SHARE MODE",
    "LOCK TABLE audit_events IN SHARE MODE",
];

/// The same of a launch.
const OF_A_LAUNCH: [&str; 7] = [
    "SELECT FROM control_campaigns ORDER BY id DESC LIMIT 1 FOR UPDATE",
    "LOCK TABLE controls IN SHARE MODE",
    "LOCK TABLE control_hires IN SHARE MODE",
    "LOCK TABLE control_criteria IN SHARE MODE",
    "LOCK TABLE audit_events IN SHARE MODE",
    "LOCK TABLE emails IN SHARE MODE",
    "LOCK TABLE graphile_worker._private_jobs IN SHARE MODE",
];

/// The same of a turn.
const OF_A_TURN: [&str; 5] = [
    "SELECT FROM control_campaigns ORDER BY id DESC LIMIT 1 FOR UPDATE",
    "LOCK TABLE controls IN SHARE MODE",
    "LOCK TABLE audit_events IN SHARE MODE",
    "LOCK TABLE emails IN SHARE MODE",
    "LOCK TABLE graphile_worker._private_jobs IN SHARE MODE",
];

/// Every row that a launch or a turn may write.
const KEPT: &str = "
    SELECT t::text FROM control_campaigns t
    UNION ALL SELECT t::text FROM control_list_lines t
    UNION ALL SELECT t::text FROM controls t
    UNION ALL SELECT t::text FROM control_hires t
    UNION ALL SELECT t::text FROM control_criteria t
    UNION ALL SELECT t::text FROM audit_events t
    UNION ALL SELECT t::text FROM emails t
    UNION ALL SELECT t::text FROM graphile_worker._private_jobs t
    ORDER BY 1";

async fn kept(app: &TestApp) -> Vec<String> {
    sqlx::query_scalar(KEPT).fetch_all(app.db()).await.unwrap()
}

/// What this becomes when its connection is cut where it waits for what is held.
async fn cut<T>(app: &TestApp, held: &'static str, act: impl Future<Output = T>) -> T {
    let mut holding = app.db().begin().await.unwrap();
    sqlx::query(held).execute(&mut *holding).await.unwrap();
    let cutting = async {
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
        // It gives up by itself after two seconds.
        for _ in 0..400 {
            if sqlx::query_scalar::<_, bool>(cut).fetch_optional(app.db()).await.unwrap().is_some() {
                return holding.rollback().await.unwrap();
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("it never waited for this: {held}");
    };
    tokio::join!(act, cutting).0
}

/// The audit rows of each action.
async fn trail(app: &TestApp) -> BTreeMap<String, usize> {
    let mut trail = BTreeMap::new();
    for action in app.audit_trail().await {
        *trail.entry(action).or_default() += 1;
    }
    trail
}

/// Each mail that came, as its recipient and its subject: one of each.
async fn mails(app: &TestApp) -> Vec<String> {
    let mails = app.run_jobs_and_mails().await;
    let mut mails: Vec<_> =
        mails.iter().map(|mail| format!("{}: {}", mail.recipient, mail.subject)).collect();
    mails.sort();
    let all = mails.clone();
    mails.dedup();
    assert_eq!(mails, all, "one mail a recipient and a kind");
    mails
}

/// A turn, cut wherever it may be, then done.
async fn turned_at_last(app: &TestApp, drawn: &Drawn, turn: CampaignTurn) -> Vec<String> {
    let before = kept(app).await;
    for held in OF_A_TURN {
        let cut = cut(app, held, drawn.turn(app, turn)).await;
        assert!(cut.is_err(), "{held}: {cut:?}");
        assert_eq!(kept(app).await, before, "{held}");
    }
    drawn.turn(app, turn).await.unwrap();
    assert!(drawn.turn(app, turn).await.is_err(), "and never twice");
    mails(app).await
}

#[tokio::test]
async fn a_list_cut_in_the_middle_is_not_frozen() {
    let app = TestApp::new().await;
    app.ignore_mails();
    hires(&app).await;
    let campaign = open(&app, &[world::DDETS_57], false).await.unwrap()[0];
    app.run_jobs().await;
    let (ctx, name) = (team(&app), Message::parse("Loto du 4 mai 2026").unwrap());
    let freeze = || campaigns::freeze_list(&app.app, &ctx, campaign, &name);
    let before = kept(&app).await;
    for held in OF_A_LIST {
        let cut = cut(&app, held, freeze()).await;
        assert!(cut.is_err(), "{held}: {cut:?}");
        assert_eq!(kept(&app).await, before, "{held}");
    }
    freeze().await.unwrap();
    assert!(freeze().await.is_err(), "frozen once");
    assert_eq!(trail(&app).await.get("control_campaign.list_frozen"), Some(&1));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_launch_cut_in_the_middle_draws_nothing() {
    let app = TestApp::new().await;
    let campaign = listed(&app).await;
    app.run_jobs_and_mails().await;
    let (ctx, value) = (team(&app), Message::parse("4-8-15-16-23 42").unwrap());
    let launch = || campaigns::launch(&app.app, &ctx, campaign, &value);
    let before = kept(&app).await;
    for held in OF_A_LAUNCH {
        let cut = cut(&app, held, launch()).await;
        assert!(cut.is_err(), "{held}: {cut:?}");
        assert_eq!(kept(&app).await, before, "{held}");
    }
    let none = trail(&app).await;
    launch().await.unwrap();
    assert!(launch().await.is_err(), "there is no second draw");
    let mails = mails(&app).await;
    assert_eq!(mails.len(), 2, "E2 to the DDETS, E3 to the administrator of the SIAE: {mails:#?}");
    let after = trail(&app).await;
    for action in ["control_campaign.launched", "control.drawn"] {
        assert_eq!((none.get(action), after.get(action)), (None, Some(&1)), "{action}");
    }
}

#[tokio::test]
async fn a_turn_cut_in_the_middle_turns_nothing() {
    let app = TestApp::new().await;
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    app.run_jobs_and_mails().await;
    // All submitted, nothing treated: E6 to the DDETS.
    let frozen = turned_at_last(&app, &drawn, CampaignTurn::Freeze).await;
    assert_eq!(frozen.len(), 1, "E6: {frozen:#?}");
    drawn.review(&app, Decision::Refuse).await;
    let begun = turned_at_last(&app, &drawn, CampaignTurn::Adversarial).await;
    assert_eq!(begun.len(), 1, "E10: {begun:#?}");
    assert_eq!(drawn.kept(&app).await, (true, false, false, None));
    drawn.turn(&app, CampaignTurn::Freeze).await.unwrap();
    let closed = turned_at_last(&app, &drawn, CampaignTurn::Close).await;
    assert_eq!(closed.len(), 2, "E16, and E18 to the DDETS: {closed:#?}");
    assert_eq!(drawn.kept(&app).await, (true, true, true, Some("refused".to_owned())));
    let trail = trail(&app).await;
    for (action, times) in [
        ("control_campaign.submissions_frozen", 2),
        ("control_campaign.adversarial_begun", 1),
        ("control_campaign.closed", 1),
        ("control.adversarial_begun", 1),
        ("control.closed", 1),
    ] {
        assert_eq!(trail.get(action), Some(&times), "{action}");
    }
}
