//! The right ends: announced, stopped that day, renewed (D15).

use chrono::{Days, Months, TimeDelta};
use iae_app::Ctx;
use iae_app::habilitations::follow_terms;
use iae_tests::{Persona, TestApp, world};

use super::{granted, heard, is_authorised, opened, submitted};
use crate::prolongations;

async fn followed(app: &TestApp) -> (u64, u64) {
    follow_terms(&app.app, &Ctx::system(app.now())).await.unwrap()
}

/// D15: 6, 3 and 1 months before; then the day after the last.
#[tokio::test]
async fn the_end_is_announced_three_times_then_told_once() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    heard(&app, id).await;
    granted(&app, id, app.today() + Months::new(7)).await;
    assert_eq!(followed(&app).await, (0, 0), "seven months before");
    for days in [31, 92, 61] {
        app.advance(TimeDelta::days(days));
        assert_eq!(followed(&app).await, (1, 0), "after {days} days more");
        assert_eq!(followed(&app).await, (0, 0), "once");
    }
    app.advance(TimeDelta::days(30));
    assert!(is_authorised(&app, app.today()).await, "its last day");
    assert_eq!(followed(&app).await, (0, 0));
    app.advance(TimeDelta::days(1));
    assert!(!is_authorised(&app, app.today()).await, "D15: that day, without any task");
    assert_eq!(followed(&app).await, (0, 1));
    assert_eq!(followed(&app).await, (0, 0), "once");
}

/// Requests of prolongation that wait go back to the SIAE, which asks another prescriber.
#[tokio::test]
async fn requests_of_prolongation_go_back_to_the_siae_when_the_right_ends() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    heard(&app, id).await;
    granted(&app, id, app.today() + Days::new(10)).await;
    let pass = prolongations::hired(&app).await;
    let request = prolongations::asked(&app, pass).await;
    // As if it had been addressed to the association.
    sqlx::query(
        "UPDATE prolongation_requests SET prescriber_organisation_id = $2, assignee_id = $3 WHERE id = $1",
    )
    .bind(request)
    .bind(world::ASSOCIATION)
    .bind(world::ORIENTER)
    .execute(app.db())
    .await
    .unwrap();
    app.advance(TimeDelta::days(11));
    assert_eq!(followed(&app).await, (0, 1));
    let state: String = sqlx::query_scalar("SELECT state FROM prolongation_requests WHERE id = $1")
        .bind(request)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(state, "returned");
    // Nothing waits any more: the SIAE asks another prescriber.
    prolongations::asked(&app, pass).await;
}

/// Guide P2 §1.1: a renewal on an assessment, counted and declared; the right runs on without a gap.
#[tokio::test]
async fn a_renewal_says_what_was_done_and_takes_the_place_of_what_ends() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let first = submitted(&app).await;
    heard(&app, first).await;
    let end = app.today() + Months::new(3);
    granted(&app, first, end).await;
    let page = opened(&app).await;
    assert!(page.says("Diagnostics d’éligibilité"), "the assessment is counted: {page:?}");
    let refused = super::filled(&page).press("review").submit().await.is(422);
    assert!(refused.error("agreements").is_some() && refused.error("local_bodies").is_some());
    let form = super::filled(&opened(&app).await).fill("agreements", "Trois conventions.");
    super::transmitted(&app, form.fill("local_bodies", "Comité local.")).await;
    let renewal = super::last(&app).await;
    assert_ne!(renewal, first);
    heard(&app, renewal).await;
    granted(&app, renewal, super::five_years(&app)).await;
    assert!(is_authorised(&app, end.succ_opt().unwrap()).await, "it runs on");
    app.advance(TimeDelta::days(100));
    let _: (u64, u64) = followed(&app).await;
    let told: i64 = sqlx::query_scalar("SELECT count(*) FROM emails WHERE kind = 'habilitation_ended'")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(told, 0, "nobody is told of the end of what was renewed");
    app.browser(Persona::Orienter).await.get("/prolongations").await.is(200);
}
