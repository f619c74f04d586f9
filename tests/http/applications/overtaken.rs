//! Someone acted while a form was open (D32; 03 §8, C3): who did what and when, and what is still possible.

use chrono::TimeDelta;
use iae_domain::ids::ApplicationId;
use iae_tests::{Browser, Page, Persona, TestApp, world};

async fn form_of(browser: &Browser, id: ApplicationId, answer: &str) -> Page {
    browser.get(&format!("/applications/{id}/{answer}")).await.is(200)
}

async fn decline(page: &Page) -> Page {
    let form = page.form("main form").fill("reason", "no_position").fill("answer", "Merci de votre intérêt.");
    form.fill("answer_to_prescriber", "Rappelez au printemps.").submit().await
}

async fn state(app: &TestApp, id: ApplicationId) -> String {
    sqlx::query_scalar("SELECT state FROM applications WHERE id = $1")
        .bind(id)
        .fetch_one(app.db())
        .await
        .unwrap()
}

#[tokio::test]
async fn an_acceptance_overtaken_by_a_refusal_says_who_refused_and_asks_to_confirm() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().insert().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let acceptance = form_of(&employer, id, "acceptance").await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    decline(&form_of(&admin, id, "refusal").await).await.is(303);

    let start = (app.today() + TimeDelta::days(7)).to_string();
    let filled = acceptance.form("main form").fill("starts_on", &start).fill("answer", "À lundi.");
    let recap = filled.press("review").submit().await.is(409);
    assert!(recap.says("Adèle THIRY a traité cette candidature le"), "{}", recap.text());
    assert!(
        recap.says("Candidature déclinée") && recap.says("Vous pouvez encore accepter"),
        "{}",
        recap.text()
    );
    assert_eq!(state(&app, id).await, "refused", "nothing happened yet");
    recap.form("main form").press("confirm").submit().await.is(303);
    assert_eq!(state(&app, id).await, "accepted");
    app.ignore_mails();
}

#[tokio::test]
async fn a_refusal_overtaken_by_a_postponement_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let refusal = form_of(&employer, id, "refusal").await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    let postponement = form_of(&admin, id, "postponement").await;
    postponement.form("main form").fill("answer", "Nous revenons vers vous en juin.").submit().await.is(303);

    let again = decline(&refusal).await.is(409);
    assert!(again.says("Adèle THIRY") && again.says("Candidature en attente"), "{}", again.text());
    assert_eq!(again.value("answer").as_deref(), Some("Merci de votre intérêt."));
    assert_eq!(state(&app, id).await, "postponed");
    again.form("main form").submit().await.is(303);
    assert_eq!(state(&app, id).await, "refused");
    app.ignore_mails();
}

#[tokio::test]
async fn what_is_no_longer_possible_is_told_and_leads_to_the_application() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let (postponement, shown) =
        (form_of(&employer, id, "postponement").await, employer.get(&format!("/applications/{id}")).await);
    let admin = app.browser(Persona::EmployerAdmin).await;
    decline(&form_of(&admin, id, "refusal").await).await.is(303);

    let too_late = postponement.form("main form").fill("answer", "Plus tard.").submit().await.is(409);
    assert!(too_late.says("Adèle THIRY a traité cette candidature"), "{}", too_late.text());
    too_late.click("Revoir la candidature").await.is(200);
    shown.form("processing").submit().await.is(409);
    assert_eq!(state(&app, id).await, "refused");
    app.ignore_mails();
}

/// A form that does not say what it was made from decides nothing by itself.
#[tokio::test]
async fn a_form_without_its_state_is_asked_again() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = form_of(&employer, id, "postponement").await;
    let form = page.form("main form").without("seen").fill("answer", "Plus tard.");
    form.submit().await.is(409);
    assert_eq!(state(&app, id).await, "new");
}

/// Both validated the eligibility themselves: the PASS of the first serves the second, who did not know of it.
#[tokio::test]
async fn two_siae_with_their_own_criteria_hire_one_person_on_one_pass() {
    let app = TestApp::new().await;
    let (a, b) = (
        app.scenario().application().to(world::ACI).insert().await,
        app.scenario().application().to(world::EI).insert().await,
    );
    let (aci, ei) = (app.browser(Persona::Employer).await, app.browser(Persona::OtherEmployer).await);
    let mut recaps = Vec::new();
    for (browser, id, days) in [(&aci, a, 10), (&ei, b, 3)] {
        let start = (app.today() + TimeDelta::days(days)).to_string();
        let form = form_of(browser, id, "acceptance").await;
        let form = form.form("main form").fill("starts_on", &start).check("level_1_criteria", "AAH");
        recaps.push(form.press("review").submit().await.is(200));
    }
    recaps[0].form("main form").press("confirm").submit().await.is(303);
    let told = recaps[1].form("main form").press("confirm").submit().await.is(409);
    assert!(told.says("Cette personne a été embauchée ailleurs le"), "{}", told.text());
    assert!(!told.says("Jardins de la Seille") && !told.says("Émile SCHMITT"), "LOG-1: {}", told.text());
    told.form("main form").press("confirm").submit().await.is(303);

    let hires: Vec<(uuid::Uuid, sqlx::types::chrono::NaiveDate)> = sqlx::query_as(
        "SELECT p.id, p.starts_on FROM applications a JOIN passes p ON p.id = a.pass_id WHERE a.state = 'accepted'",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    let [(first, starts_on), (second, _)] = hires[..] else { panic!("{hires:?}") };
    assert_eq!(
        (first, starts_on),
        (second, app.today() + TimeDelta::days(3)),
        "C3: one PASS, the earlier contract"
    );
    app.ignore_mails();
}
