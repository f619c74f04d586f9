//! A post closes, or spontaneous applications do, while an application is being written (SUB-11, D35): it is told, the
//! posts are asked again, and nothing typed is lost.

use iae_domain::applications::draft::Step;
use iae_domain::ids::ApplicationDraftId;
use iae_tests::{Browser, Persona, TestApp, world};

use super::agreed;

const TOLD: &str = "ce que vous avez déjà écrit est gardé";

/// A draft that has reached `step`, for the post of gardener.
async fn for_the_gardener(app: &TestApp, step: Step) -> (Browser, ApplicationDraftId) {
    let id = app.scenario().draft().at(step).insert().await;
    let browser = app.browser(Persona::Prescriber).await;
    let jobs = browser.get(&format!("/application-drafts/{id}/jobs")).await.is(200);
    let form = jobs.form("jobs");
    form.check("jobs", &world::GARDENER.to_string()).submit().await.is(303);
    (browser, id)
}

async fn close(app: &TestApp, sql: &'static str) {
    sqlx::query(sql).bind(world::ACI).execute(app.db()).await.unwrap();
}

const CLOSE_POSTS: &str = "UPDATE job_descriptions SET is_active = false WHERE company_id = $1";
const CLOSE_SPONTANEOUS: &str =
    "UPDATE companies SET spontaneous_open_since = NULL WHERE organisation_id = $1";

#[tokio::test]
async fn what_is_typed_in_the_message_is_kept_and_the_posts_are_asked_again() {
    let app = TestApp::new().await;
    let (browser, id) = for_the_gardener(&app, Step::Message).await;
    let message = browser.get(&format!("/application-drafts/{id}/message")).await.is(200);
    close(&app, CLOSE_POSTS).await;
    let typed = "Madame Marchand cherche un travail en extérieur.";
    let form = message.form("message").fill("message", typed);
    let jobs = form.submit().await.is(303).follow().await.is(200);
    assert!(jobs.url.path().ends_with("/jobs") && jobs.says(TOLD), "{}", jobs.text());
    assert!(!jobs.says("Jardinier"), "what is closed is not offered again: {}", jobs.text());

    let next = jobs
        .form("jobs")
        .check("spontaneous", &world::ACI.to_string())
        .submit()
        .await
        .is(303)
        .follow()
        .await
        .is(200);
    let message = if next.url.path().ends_with("/message") {
        next
    } else {
        browser.get(&format!("/application-drafts/{id}/message")).await.is(200)
    };
    assert_eq!(message.value("message").as_deref(), Some(typed));
}

#[tokio::test]
async fn a_diagnosis_posted_meanwhile_is_kept() {
    let app = TestApp::new().await;
    let (browser, id) = for_the_gardener(&app, Step::Eligibility).await;
    let page = browser.get(&format!("/application-drafts/{id}/eligibility")).await.is(200);
    close(&app, CLOSE_POSTS).await;
    let form = page.form("eligibility").check("criteria", "RSA");
    let jobs = form.submit().await.is(303).follow().await.is(200);
    assert!(jobs.url.path().ends_with("/jobs") && jobs.says(TOLD), "{}", jobs.text());
    let diagnoses: i64 =
        sqlx::query_scalar("SELECT count(*) FROM eligibility_diagnoses").fetch_one(app.db()).await.unwrap();
    assert_eq!(diagnoses, 1);
}

#[tokio::test]
async fn the_summary_leads_back_to_the_posts() {
    for (sql, chosen) in [(CLOSE_POSTS, true), (CLOSE_SPONTANEOUS, false)] {
        let app = TestApp::new().await;
        let (browser, id) = if chosen {
            for_the_gardener(&app, Step::Summary).await
        } else {
            (app.browser(Persona::Prescriber).await, app.scenario().draft().insert().await)
        };
        let summary = browser.get(&format!("/application-drafts/{id}/summary")).await.is(200);
        close(&app, sql).await;
        let back = agreed(&summary).submit().await.is(303).follow().await.is(200);
        assert!(back.url.path().ends_with("/jobs") && back.says(TOLD), "{sql}: {}", back.text());
        let sent: i64 =
            sqlx::query_scalar("SELECT count(*) FROM applications").fetch_one(app.db()).await.unwrap();
        assert_eq!(sent, 0, "{sql}");
    }
}

/// One of two posts closed: told too, though the other is open.
#[tokio::test]
async fn one_closed_post_of_two_is_told() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE job_descriptions SET is_active = true WHERE id = $1")
        .bind(world::CLOSED_JOB)
        .execute(app.db())
        .await
        .unwrap();
    let id = app.scenario().draft().at(Step::Message).insert().await;
    let browser = app.browser(Persona::Prescriber).await;
    let jobs = browser.get(&format!("/application-drafts/{id}/jobs")).await.is(200);
    let both = [world::GARDENER, world::CLOSED_JOB].map(|job| job.to_string());
    let form = jobs.form("jobs").check("jobs", &both[0]);
    form.check("jobs", &both[1]).submit().await.is(303);
    sqlx::query("UPDATE job_descriptions SET is_active = false WHERE id = $1")
        .bind(world::CLOSED_JOB)
        .execute(app.db())
        .await
        .unwrap();
    let back = browser.get(&format!("/application-drafts/{id}/message")).await.is(303).follow().await.is(200);
    assert!(back.url.path().ends_with("/jobs") && back.says(TOLD), "{}", back.text());
}
