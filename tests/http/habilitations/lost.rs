//! An organisation that loses its authorisation between the page and its form: refused in words, nothing written (PRE-11, P39).

use iae_tests::{Persona, TestApp, world};

use crate::prolongations;

/// The right of the mission locale, given by the prefect, ended yesterday: no task ran.
async fn right_ended_yesterday(app: &TestApp) {
    sqlx::query(
        "UPDATE prescriber_organisations
         SET kind = 'OHPD', authorised_days = datemultirange(daterange($2::date - 365, $2::date - 1, '[]'))
         WHERE organisation_id = $1",
    )
    .bind(world::MISSION_LOCALE)
    .bind(app.today())
    .execute(app.db())
    .await
    .unwrap();
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(app.db()).await.unwrap()
}

#[tokio::test]
async fn a_diagnosis_is_refused_once_the_right_is_over() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = browser.get(&format!("/candidates/{}/eligibility", world::CANDIDATE)).await.is(200);
    let form = page.form("eligibility").fill("assessment-mobility", "obstacle");
    let before = count(&app, "SELECT count(*) FROM eligibility_diagnoses").await;
    right_ended_yesterday(&app).await;
    let refused = form.submit().await.is(403);
    assert!(refused.says("prescripteurs habilités"), "{refused:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM eligibility_diagnoses").await, before, "nothing written");
}

/// The draft of an application: its step of eligibility is refused as well.
#[tokio::test]
async fn the_diagnosis_of_an_application_is_refused_once_the_right_is_over() {
    let app = TestApp::new().await;
    let id = app
        .scenario()
        .draft()
        .by(Persona::Prescriber)
        .to(world::EI)
        .at(iae_domain::applications::draft::Step::Eligibility)
        .insert()
        .await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = browser.get(&format!("/application-drafts/{id}/eligibility")).await.is(200);
    let form = page.form(&format!("/application-drafts/{id}/eligibility"));
    let before = count(&app, "SELECT count(*) FROM eligibility_diagnoses").await;
    right_ended_yesterday(&app).await;
    let refused = form.submit().await.is(403);
    assert!(refused.says("prescripteurs habilités"), "{refused:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM eligibility_diagnoses").await, before, "nothing written");
}

/// P39: the request stays as it was, and the PASS too.
#[tokio::test]
async fn a_prolongation_is_not_granted_once_the_right_is_over() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let pass = prolongations::hired(&app).await;
    let id = prolongations::asked(&app, pass).await;
    let page = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{id}")).await.is(200);
    let grant = page.form("#grant");
    right_ended_yesterday(&app).await;
    let refused = grant.submit().await.is(403);
    assert!(refused.says("prescripteurs habilités"), "{refused:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM prolongations").await, 0, "nothing written");
    assert_eq!(count(&app, "SELECT count(*) FROM prolongation_requests WHERE state = 'pending'").await, 1);
}
