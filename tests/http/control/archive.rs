//! What was controlled of a positive result is deleted sixty days after the end (rule book 04 §1.20).

use iae_app::Ctx;
use iae_app::control::campaigns::{self, Verification};
use iae_app::control::controls::archive_all;
use iae_domain::control::{CampaignTurn, Decision};
use iae_tests::{Persona, TestApp};

use super::{Drawn, age, drawn};

/// The campaign is closed, so many days ago.
async fn closed(app: &TestApp, drawn: &Drawn, days_ago: u64) {
    for turn in [CampaignTurn::Adversarial, CampaignTurn::Close] {
        drawn.turn(app, CampaignTurn::Freeze).await.unwrap();
        drawn.turn(app, turn).await.unwrap();
    }
    ended_before(app, drawn, days_ago).await;
}

async fn ended_before(app: &TestApp, drawn: &Drawn, days: u64) {
    age(app, drawn.campaign, days).await;
    sqlx::query("UPDATE control_campaigns SET ended_at = ended_at - make_interval(days => $2) WHERE id = $1")
        .bind(drawn.campaign)
        .bind(i32::try_from(days).unwrap())
        .execute(app.db())
        .await
        .unwrap();
}

/// How many hires, criteria and proofs are kept, and how many hires are said to be archived.
async fn kept(app: &TestApp) -> (i64, i64, i64, Option<i16>) {
    sqlx::query_as(
        "SELECT (SELECT count(*) FROM control_hires), (SELECT count(*) FROM control_criteria)
              , (SELECT count(*) FROM documents WHERE kind = 'proof'), (SELECT archived_hires FROM controls)",
    )
    .fetch_one(app.db())
    .await
    .unwrap()
}

async fn archive(app: &TestApp) -> u64 {
    archive_all(&app.app, &Ctx::system(app.now())).await.unwrap()
}

/// How many proofs the store holds.
fn proofs(app: &TestApp) -> usize {
    std::fs::read_dir(app.files().join("proof")).map_or(0, Iterator::count)
}

async fn accepted(app: &TestApp) -> Drawn {
    let drawn = drawn(app).await;
    drawn.submit(app).await;
    drawn.review(app, Decision::Accept).await;
    drawn
}

/// Sixty days are kept, the next one is not; what is said of the control, and its draw, stay.
#[tokio::test]
async fn a_positive_result_is_archived_after_sixty_days() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = accepted(&app).await;
    closed(&app, &drawn, 60).await;
    assert_eq!((archive(&app).await, kept(&app).await), (0, (2, 2, 2, None)), "the sixtieth day");
    ended_before(&app, &drawn, 1).await;
    let before = proofs(&app);
    assert_eq!((archive(&app).await, kept(&app).await), (1, (0, 0, 0, Some(2))));
    let defended: String =
        sqlx::query_scalar("SELECT defended::text FROM controls").fetch_one(app.db()).await.unwrap();
    assert_eq!(defended, "[]", "the list keeps nothing of them either");
    assert_eq!(archive(&app).await, 0, "once");
    app.run_jobs().await;
    assert!(before > 0 && proofs(&app) == 0, "the files go too");
    let trail = app.audit_trail().await;
    assert!(trail.iter().any(|line| line.contains("control.archived")), "{trail:?}");
    let verified = campaigns::verify(app.db(), drawn.campaign).await.unwrap();
    assert!(
        matches!(&verified, Verification::SameButArchived { drawn, archived: 1 } if drawn.len() == 1),
        "{verified:?}"
    );
    for (persona, address) in [
        (Persona::Employer, format!("/controls/{}", drawn.control)),
        (Persona::Inspector, format!("/controls/{}/review", drawn.control)),
        (Persona::Inspector, format!("/control-campaigns/{}/controls", drawn.campaign)),
    ] {
        let page = app.browser(persona).await.get(&address).await.is(200);
        assert!(page.says("2 auto-prescriptions contrôlées, archivées"), "{address}: {page:?}");
    }
    let draw = format!("/control-campaigns/{}/draw", drawn.campaign);
    let draw = app.browser(Persona::Employer).await.get(&draw).await.is(200);
    assert!(draw.says("Ce qui a été tiré") && draw.says("est supprimé"), "{draw:?}");
    let hire = format!("/control-hires/{}", drawn.hires[0]);
    app.browser(Persona::Inspector).await.get(&hire).await.is(404);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_negative_result_is_kept() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    closed(&app, &drawn, 400).await;
    assert_eq!((archive(&app).await, kept(&app).await), (0, (2, 0, 0, None)));
    app.run_jobs().await;
}

const NOBODY: &str = "UPDATE control_list_lines SET candidate_id = NULL, pass_number = NULL";

async fn is_done(app: &TestApp, change: &'static str) -> bool {
    sqlx::query(change).execute(app.db()).await.is_ok()
}

/// A line of the frozen list may name nobody any more, and never changes otherwise: its hash stays, and the draw is made again.
#[tokio::test]
async fn a_line_may_name_nobody_any_more() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = accepted(&app).await;
    assert!(!is_done(&app, NOBODY).await, "the campaign runs");
    closed(&app, &drawn, 61).await;
    assert!(!is_done(&app, NOBODY).await, "the hires are still controlled");
    archive(&app).await;
    for change in [
        "UPDATE control_list_lines SET candidate_id = NULL",
        "UPDATE control_list_lines SET starts_on = starts_on + 1",
        "UPDATE control_list_lines SET candidate_id = NULL, pass_number = NULL, starts_on = starts_on + 1",
        "UPDATE control_list_lines SET pass_number = '000000000000'",
        "DELETE FROM control_list_lines",
    ] {
        assert!(!is_done(&app, change).await, "{change}");
    }
    assert!(is_done(&app, NOBODY).await);
    let verified = campaigns::verify(app.db(), drawn.campaign).await.unwrap();
    assert!(matches!(verified, Verification::SameButArchived { .. }), "{verified:?}");
    app.run_jobs().await;
}
