//! An employer puts an application on hold.

use chrono::TimeDelta;
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

/// Both mistakes at once; and what was answered stays readable once another answer takes its place (WF-6).
#[tokio::test]
async fn mistakes_are_told_together_and_the_answer_stays_in_the_history() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().diagnosis().insert().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/postponement")).await.is(200);
    let past = (app.today() - TimeDelta::days(1)).to_string();
    let wrong = page.form("main form").fill("answer", " ").fill("resume_on", &past).submit().await.is(422);
    assert!(wrong.error("answer").is_some(), "{wrong:?}");
    assert!(wrong.error("resume_on").unwrap_or_default().contains("à partir de demain"), "{wrong:?}");
    let far = (app.today() + TimeDelta::days(800)).to_string();
    let wrong = page.form("main form").fill("answer", " ").fill("resume_on", &far).submit().await.is(422);
    assert!(wrong.error("resume_on").unwrap_or_default().contains("avant un an"), "{wrong:?}");
    assert!(wrong.error("answer").is_some(), "{wrong:?}");

    let answer = "Nous recrutons en juin, le temps d’un chantier.";
    page.form("main form").fill("answer", answer).submit().await.is(303);
    let held = employer.get(&format!("/applications/{id}")).await.is(200);
    assert_eq!(held.text().matches(answer).count(), 1, "said once while it holds: {held:?}");
    crate::emails::every_mail::hire(&app, id).await;
    for persona in [Persona::Employer, Persona::Prescriber, Persona::Candidate] {
        let page = app.browser(persona).await.get(&format!("/applications/{id}")).await.is(200);
        assert!(page.all(".history li").join(" ").contains(answer), "{page:?}");
    }
    app.run_jobs().await;
}
