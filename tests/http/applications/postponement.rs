//! An employer puts an application on hold.

use iae_tests::{Persona, TestApp};

#[tokio::test]
async fn an_answer_is_always_given() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/postponement")).await.is(200);
    let blank = page.form("main form").fill("answer", "   ").submit().await.is(422);
    assert!(blank.error("answer").is_some(), "PRO-10");
    let done = page.form("main form").fill("answer", "Nous recrutons en juin.").submit().await.is(303);
    assert_eq!(done.follow().await.flash().as_deref(), Some("Candidature en attente"));
    app.run_jobs_and_mails().await;
}
