//! A request to be let in is read by whoever made it, and by those who may answer, until they do (SGN-11, SGN-15).

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp, world};

/// Nadia, who acts for nobody, asks the ACI.
async fn ask(app: &TestApp) {
    let newcomer = app.browser(Persona::NoOrganisation).await;
    let company = newcomer.get(&format!("/sign-up/companies/{}", world::ACI)).await.is(200);
    company.form("#join").submit().await.is(303);
}

const SENT: &str = "Vous avez demandé à rejoindre Les Jardins de la Seille le 4 mai 2026 à 11 h 00";

#[tokio::test]
async fn a_request_is_read_on_both_sides_until_it_is_answered() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    ask(&app).await;
    let newcomer = app.browser(Persona::NoOrganisation).await;
    let start = newcomer.get("/sign-up/professional").await.is(200);
    assert!(start.says(SENT), "{start:?}");
    let dashboard = newcomer.get("/dashboard").await.is(403);
    assert!(dashboard.says(SENT), "{dashboard:?}");

    let admin = app.browser(Persona::EmployerAdmin).await;
    for page in ["/members", "/dashboard"] {
        let read = admin.get(page).await.is(200);
        assert!(read.says("Nadia PETIT") && read.says("nadia.petit@exemple.fr"), "{page}: {read:?}");
        assert!(read.statements.len() <= 8, "{page}: {:?}", read.statements);
    }
    let plain = app.browser(Persona::Employer).await.get("/members").await.is(200);
    assert!(!plain.says("Nadia PETIT"), "an administrator answers: {plain:?}");

    let form = admin.get("/members").await.is(200).click("Inviter cette personne").await.is(200);
    let recap = form.form("#invitations").press("review").submit().await.is(200);
    assert!(
        recap.says("Les Jardins de la Seille") && recap.says("comme membre"),
        "where, as what: {recap:?}"
    );
    recap.form("#invitations").press("confirm").submit().await.is(303);
    assert!(!admin.get("/dashboard").await.is(200).says("Inviter cette personne"));
    assert!(!newcomer.get("/sign-up/professional").await.is(200).says(SENT));
}

#[tokio::test]
async fn a_request_that_nobody_answers_goes_after_thirty_days() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    ask(&app).await;
    app.advance(TimeDelta::days(29));
    let members = async || app.browser(Persona::EmployerAdmin).await.get("/members").await.is(200);
    assert!(members().await.says("Nadia PETIT"));
    app.advance(TimeDelta::days(2));
    assert!(!members().await.says("Nadia PETIT"));
}
