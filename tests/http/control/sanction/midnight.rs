//! A decision waits for its control while the day ends: the SIAE has its month from the day it is made (rule book 04 §1.15, step 3).

use std::time::Duration;

use chrono::TimeDelta;
use iae_app::control::controls;
use iae_domain::time::add_months;
use iae_tests::{Form, Page, Persona, TestApp};

use super::super::{Drawn, ddets, hires};
use super::appeal::appeal;
use super::{detailed, kept, negative, training};

/// What is answered to a form sent the day before its control is let go.
async fn answered_the_day_after(app: &TestApp, drawn: &Drawn, form: Form) -> Page {
    let mut held = app.db().begin().await.unwrap();
    sqlx::query("SELECT FROM controls WHERE id = $1 FOR UPDATE")
        .bind(drawn.control)
        .execute(&mut *held)
        .await
        .unwrap();
    let sent = tokio::spawn(async move { form.submit().await });
    let waiting = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(app.db()).await.unwrap() < 1 {
        assert!(!sent.is_finished(), "it never waited for the control");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    app.advance(TimeDelta::days(1));
    held.commit().await.unwrap();
    sent.await.unwrap()
}

#[tokio::test]
async fn a_decision_gains_no_day_at_midnight() {
    let app = TestApp::new().await;
    hires(&app).await;
    let drawn = negative(&app).await;
    let agent = app.browser(Persona::Inspector).await;
    let from = add_months(app.today(), 1).to_string();
    let typed = [("withdrawn_from", from.clone())];
    let recap = detailed(&agent, &drawn, &["permanent_withdrawal"], &typed).await.is(200);
    let confirm = recap.form("#sanction").press("confirm");
    let late = answered_the_day_after(&app, &drawn, confirm).await.is(422);
    assert!(late.error("withdrawn_from").is_some_and(|said| said.contains("5 juin 2026")), "{late:?}");
    assert_eq!(late.value("withdrawn_from"), Some(from), "what was typed stays");
    assert_eq!(late.value("comment").as_deref(), Some("Aucun document n’a été transmis."));
    assert_eq!(kept(&app).await, (0, 0));
    assert!(app.run_jobs_and_mails().await.is_empty());
}

#[tokio::test]
async fn a_correction_gains_no_day_at_midnight() {
    let app = TestApp::new().await;
    app.ignore_mails();
    hires(&app).await;
    let drawn = negative(&app).await;
    controls::decide(&app.app, &ddets(&app).await, drawn.control, training()).await.unwrap();
    let agent = app.browser(Persona::Inspector).await;
    let form = agent.get(&appeal(&drawn)).await.is(200).form("#appeal");
    let form = form.check("act", "correct").fill("why", "Recours gracieux.").press("act");
    let from = add_months(app.today(), 1).to_string();
    let form = form.submit().await.is(200).form("#appeal").check("sanctions", "permanent_withdrawal");
    let recap = form.fill("withdrawn_from", &from).press("decision").submit().await.is(200);
    let confirm = recap.form("#appeal").press("confirm");
    let late = answered_the_day_after(&app, &drawn, confirm).await.is(422);
    assert!(late.error("withdrawn_from").is_some_and(|said| said.contains("5 juin 2026")), "{late:?}");
    assert_eq!(late.value("withdrawn_from"), Some(from), "what was typed stays");
    assert_eq!(kept(&app).await, (1, 1));
    app.run_jobs().await;
}
