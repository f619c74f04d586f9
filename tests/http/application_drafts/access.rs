//! Who may write an application, to whom and when (rule book 02 §4.2, §4.3).

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp, world};

use super::{begun, step_of};

#[tokio::test]
async fn someone_else_s_draft_does_not_exist() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let path = step_of(&browser, &begun(&browser).await, "jobs").await.url.path().to_owned();
    for persona in [Persona::PrescriberAdmin, Persona::OtherPrescriber, Persona::Candidate] {
        app.browser(persona).await.get(&path).await.is(404);
    }
    app.browser(Persona::Inspector).await.get(&path).await.is(404);
}

#[tokio::test]
async fn a_person_the_organisation_does_not_deal_with_is_not_found() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let query = format!("company={}&candidate={}", world::ACI, world::OTHER_CANDIDATE);
    browser.get(&format!("/application-drafts/new?{query}")).await.is(404);
    let page = browser.get(&format!("/application-drafts/new?company={}", world::ACI)).await.is(200);
    let form = page.form("application-drafts").forge("candidate", &world::OTHER_CANDIDATE.to_string());
    form.submit().await.is(404);
}

#[tokio::test]
async fn nonsense_in_the_address_is_not_found() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    for query in ["", "?company=abc", "?company=00000000-0000-0000-0000-000000000001"] {
        browser.get(&format!("/application-drafts/new{query}")).await.is(404);
    }
    let start = format!("/application-drafts/new?company={}&job=nonsense", world::ACI);
    browser.get(&start).await.is(200);
    let visitor = app.visitor().get(&start).await.is(303);
    assert!(visitor.location().unwrap().starts_with("/login"), "{visitor:?}");
    app.browser(Persona::Inspector).await.get(&start).await.is(403);
}

#[tokio::test]
async fn the_24_hour_rule_says_when_it_ends() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().application().sent(TimeDelta::hours(2)).insert().await;
    let browser = app.browser(Persona::Prescriber).await;
    let previous = begun(&browser).await;
    assert!(previous.says("à partir du 5 mai 2026"), "{previous:?}");
    previous.form("previous").submit().await.is(409);
    let jobs = previous.url.path().replace("/previous", "/jobs");
    let refused = browser.get(&jobs).await.is(409);
    assert!(refused.says("Une candidature vient d’être envoyée"), "{refused:?}");
}

#[tokio::test]
async fn the_waiting_period_says_until_when_and_who_lifts_it() {
    let app = TestApp::new().await;
    let ended = app.today() - TimeDelta::days(30);
    let started = ended - TimeDelta::days(728);
    app.scenario().pass().starting(started).ending(ended).insert().await;
    app.scenario().application().by(Persona::Orienter).sent(TimeDelta::days(900)).insert().await;
    let query = format!("company={}&candidate={}", world::ACI, world::CANDIDATE);
    let start = format!("/application-drafts/new?{query}");
    let refused = app.browser(Persona::Orienter).await.get(&start).await.is(403);
    assert!(refused.says("4 avril 2028"), "{refused:?}");
    assert!(refused.says("prescripteur habilité"), "{refused:?}");
    app.browser(Persona::Prescriber).await.get(&start).await.is(200);
}

#[tokio::test]
async fn a_pending_authorisation_is_said_before_beginning() {
    let app = TestApp::new().await;
    let start = format!("/application-drafts/new?company={}", world::ACI);
    let orienteur = app.browser(Persona::Orienter).await.get(&start).await.is(200);
    assert!(!orienteur.says("72 heures"), "an organisation that needs none waits for nothing");
    sqlx::query(
        "UPDATE prescriber_organisations SET authorisation_status = 'NOT_SET' WHERE organisation_id = $1",
    )
    .bind(world::MISSION_LOCALE)
    .execute(app.db())
    .await
    .unwrap();
    let page = app.browser(Persona::Prescriber).await.get(&start).await.is(200);
    assert!(page.says("en attente de validation") && page.says("72 heures"), "SUB-23: {page:?}");
}
