//! What is kept of an application being written, and until when.

use chrono::TimeDelta;
use iae_tests::pdf::pdf;
use iae_tests::{Persona, TestApp};

use super::{at_summary, stored};

#[tokio::test]
async fn a_cv_nobody_needs_any_more_leaves_the_store() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    assert_eq!(stored(&app), 1);
    let message = browser.get(&summary.url.path().replace("/summary", "/message")).await.is(200);
    let form = message.form("message");
    form.clone().attach("cv", "autre.pdf", pdf()).submit().await.is(303);
    app.run_jobs().await;
    assert_eq!(stored(&app), 1, "replaced, the former one is gone");
    let someone = app.scenario().person(Persona::Prescriber).await;
    let path = summary.url.path().replace("/summary", &format!("/candidate?candidate={someone}"));
    browser.get(&path).await.is(200).form("candidate").submit().await.is(303);
    app.run_jobs().await;
    assert_eq!(stored(&app), 0, "the CV of someone else is gone");
    let trail = app.audit_trail().await;
    assert_eq!(trail.iter().filter(|action| *action == "candidate.document_deleted").count(), 2);
}

#[tokio::test]
async fn a_draft_is_resumed_or_given_up_from_the_dashboard() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    at_summary(&browser).await;
    let dashboard = browser.get("/dashboard").await.is(200);
    assert!(dashboard.says("Candidatures à terminer") && dashboard.says("Amel BENALI"), "{dashboard:?}");
    assert!(dashboard.says("2 juin 2026"), "until when it is kept: {dashboard:?}");
    browser.get(&dashboard.link("Reprendre")).await.is(200);
    let confirm = browser.get(&dashboard.link("Abandonner")).await.is(200);
    let path = confirm.url.path().to_owned();
    app.browser(Persona::PrescriberAdmin).await.get(&path).await.is(404);
    let dashboard = confirm.form("abandonment").submit().await.is(303).follow().await.is(200);
    assert!(!dashboard.says("Candidatures à terminer"), "{dashboard:?}");
    browser.get(&path).await.is(404);
    app.run_jobs().await;
    assert_eq!(stored(&app), 0, "its CV is gone with it");
    assert!(app.audit_trail().await.contains(&"draft.discarded".to_owned()));
}

#[tokio::test]
async fn a_draft_left_for_a_month_is_deleted_with_its_cv() {
    let app = TestApp::new().await;
    at_summary(&app.browser(Persona::Prescriber).await).await;
    let purge = async || {
        sqlx::query("SELECT graphile_worker.add_job('purge', '{}'::json)").execute(app.db()).await.unwrap();
        app.run_jobs().await;
        app.run_jobs().await;
    };
    app.advance(TimeDelta::days(29));
    purge().await;
    assert_eq!(stored(&app), 1);
    app.advance(TimeDelta::days(2));
    purge().await;
    assert_eq!(stored(&app), 0);
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM application_drafts").fetch_one(app.db()).await.unwrap();
    assert_eq!(left, 0);
}
