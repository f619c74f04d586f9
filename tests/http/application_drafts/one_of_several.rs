//! What is said of one employer among several is said at that one, and of no other (ADR 24).

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp, world};

use super::several::{about, to_two};
use super::{begun, step_of};

/// SUB-11.
#[tokio::test]
async fn a_post_that_closed_is_said_at_its_employer() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = to_two(&browser).await;
    let jobs = step_of(&browser, &summary, "jobs").await;
    let form = jobs.form("jobs").check("jobs", &world::MASON.to_string());
    sqlx::query("UPDATE job_descriptions SET is_active = false WHERE id = $1")
        .bind(world::MASON)
        .execute(app.db())
        .await
        .unwrap();
    let refused = form.submit().await.is(422);
    assert!(refused.error("jobs").is_none(), "nothing is wrong with the first: {refused:?}");
    assert!(refused.error("jobs-2").unwrap_or_default().contains("plus ouvert"), "{refused:?}");
    assert_eq!(refused.form("jobs").value("jobs"), Some(world::GARDENER.to_string()), "the rest is kept");
}

/// SUB-40: what one confirms is what one read.
#[tokio::test]
async fn applying_again_is_confirmed_for_the_employers_that_were_shown() {
    let app = TestApp::new().await;
    app.ignore_mails();
    for company in [world::ACI, world::EI] {
        let before = app.scenario().application().of(world::CANDIDATE).to(company);
        before.by(Persona::OtherPrescriber).sent(TimeDelta::days(30)).insert().await;
    }
    let browser = app.browser(Persona::Prescriber).await;
    let previous = begun(&browser).await;
    assert!(previous.has_form("previous") && !previous.says("Moselle Rénov"), "{previous:?}");
    // In another tab, another employer with its choice.
    sqlx::query(
        "INSERT INTO draft_applications (id, draft_id, rank, company_id, is_spontaneous)
         SELECT gen_random_uuid(), id, 2, $1, true FROM application_drafts",
    )
    .bind(world::EI)
    .execute(app.db())
    .await
    .unwrap();
    let again = previous.form("previous").submit().await.is(303).follow().await.is(200);
    assert!(again.has_form("previous") && again.says("Moselle Rénov"), "never shown, still asked: {again:?}");
    let confirmed: Vec<bool> =
        sqlx::query_scalar("SELECT previous_confirmed FROM draft_applications ORDER BY rank")
            .fetch_all(app.db())
            .await
            .unwrap();
    assert_eq!(confirmed, [true, false]);
    let next = again.form("previous").submit().await.is(303).follow().await.is(200);
    assert!(!next.has_form("previous"), "{next:?}");
    app.run_jobs().await;
}

/// Each sentence names an act that is at hand, in the voice of who reads it.
#[tokio::test]
async fn a_candidate_reads_of_themselves_why_an_application_did_not_leave() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Candidate).await;
    let message =
        begun(&browser).await.form("message").fill("message", "Je cherche un travail en extérieur.");
    let summary = message.submit().await.is(303).follow().await.is(200);
    let near = summary.click("Ajouter un employeur").await.is(200);
    let found = near.form("employers").fill("q", "renov").fill("distance", "50").submit().await.is(200);
    let jobs = about(&found, "/employers", world::EI).submit().await.is(303).follow().await.is(200);
    let summary = jobs.form("jobs").submit().await.is(303).follow().await.is(200);
    let by = Persona::Prescriber;
    let of = app.scenario().application().of(world::CANDIDATE).to(world::EI).by(by);
    of.sent(TimeDelta::hours(2)).insert().await;
    let end = summary.form("submission").submit().await.is(303).follow().await.is(200);
    assert!(end.says("Votre candidature lui a été envoyée il y a moins de 24 heures"), "{end:?}");
    let employer = end.click("Voir la fiche de Moselle Rénov").await.is(200);
    assert_eq!(employer.url.path(), format!("/employers/{}", world::EI));
    app.run_jobs().await;
}

/// However many posts an employer has, a draft reads a bounded number of them, the one that is chosen always.
#[tokio::test]
async fn of_an_employer_with_very_many_posts_the_chosen_one_is_always_read() {
    let app = TestApp::new().await;
    sqlx::query(
        "INSERT INTO job_descriptions (id, company_id, appellation_code, custom_name, contract_type, created_at,
                                       last_employer_update_at)
         SELECT gen_random_uuid(), company_id, appellation_code, 'Aide ' || n, contract_type, created_at,
                last_employer_update_at
         FROM job_descriptions, generate_series(1, 130) n
         WHERE id = $1",
    )
    .bind(world::GARDENER)
    .execute(app.db())
    .await
    .unwrap();
    let browser = app.browser(Persona::Prescriber).await;
    let start = format!(
        "/application-drafts/new?company={}&candidate={}&job={}",
        world::ACI,
        world::CANDIDATE,
        world::GARDENER
    );
    let page = browser.get(&start).await.is(200);
    let form = page.form("application-drafts");
    assert_eq!(
        form.value("jobs"),
        Some(world::GARDENER.to_string()),
        "« Jardinier » comes after 130 « Aide »"
    );
    assert_eq!(form.offered("jobs").len(), 100);
    assert!(page.says("Les 100 premiers postes"), "{page:?}");
    let next = form.submit().await.is(303).follow().await.is(200);
    let jobs = step_of(&browser, &next, "jobs").await.form("jobs");
    assert_eq!(jobs.value("jobs"), Some(world::GARDENER.to_string()));
}

/// Without any place to look around, nothing is promised further away.
#[tokio::test]
async fn without_a_commune_no_distance_is_proposed() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = super::at_summary(&browser).await;
    sqlx::query("UPDATE candidates SET commune_code = NULL").execute(app.db()).await.unwrap();
    sqlx::query("UPDATE organisations SET latitude = NULL, longitude = NULL")
        .execute(app.db())
        .await
        .unwrap();
    let page = step_of(&browser, &summary, "employers").await;
    assert!(page.says("il n’y a pas de lieu autour duquel chercher"), "{page:?}");
    assert!(!page.says("Essayez plus loin") && !page.has_form("employers"), "{page:?}");
    app.run_jobs().await;
}
