//! The way to a person from an employer: among those one already sees, by number, or without (§12.5, D26, D27).

use iae_tests::{Browser, Page, Persona, TestApp, world};

use crate::candidates::{created, filled};

const LOOKUP: &str = "/candidates/lookup";

fn names(page: &Page) -> Vec<String> {
    page.all(".people strong")
}

async fn named(browser: &Browser, name: &str) -> Page {
    browser.get(LOOKUP).await.form("name").fill("name", name).submit().await
}

#[tokio::test]
async fn from_an_employer_one_chooses_among_the_people_one_follows() {
    let app = TestApp::new().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let card = prescriber.get(&format!("/employers/{}", world::ACI)).await;
    let start = card.click("Postuler").await.is(200).form("application-drafts").submit().await;
    let lookup = start.follow().await.is(200);
    assert_eq!(lookup.url.path(), LOOKUP);
    assert_eq!(names(&lookup), ["Amel BENALI"], "the last ones, before anything is typed");
    assert!(lookup.says("Metz"));
    let found = lookup.form("name").fill("name", "benali amel").submit().await.is(200);
    assert_eq!((names(&found), found.url.query()), (vec!["Amel BENALI".to_owned()], None), "no name in URLs");
    assert_eq!(found.form("name").value("name").as_deref(), Some("benali amel"));
    let chosen = found.click("Choisir Amel BENALI").await.is(200);
    assert!(chosen.url.path().contains("/application-drafts/") && chosen.says("Amel BENALI"));
}

#[tokio::test]
async fn a_name_finds_nobody_but_the_people_of_the_organisation() {
    let app = TestApp::new().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let nobody = named(&prescriber, "Colin").await.is(200);
    assert!(
        names(&nobody).is_empty() && nobody.says("ne s’appelle « Colin »"),
        "D4: of another organisation"
    );
    let missing = named(&prescriber, " ").await.is(422);
    assert_eq!(missing.error("name").as_deref(), Some("Saisissez un nom ou un prénom."));
    assert_eq!(names(&missing), ["Amel BENALI"]);
    let colleague = app.browser(Persona::PrescriberAdmin).await;
    assert!(names(&colleague.get(LOOKUP).await).is_empty(), "those one deals with oneself");
    assert_eq!(names(&named(&colleague, "amel").await), ["Amel BENALI"], "or, by name, the organisation");
    app.scenario().application().by(Persona::Orienter).insert().await;
    let orienter = app.browser(Persona::Orienter).await;
    assert_eq!(names(&named(&orienter, "benali").await), ["Amel BENALI"], "D30: they applied for her");
    // A colleague sent it: the organisation deals with her, and the reader did not apply for her (D30).
    sqlx::query("UPDATE applications SET sender_id = $1")
        .bind(world::PRESCRIBER)
        .execute(app.db())
        .await
        .unwrap();
    assert!(names(&named(&orienter, "benali").await).is_empty(), "PII-5");
    assert_eq!(app.audit_trail().await, [""; 0], "nobody new was found: nothing to keep");
}

/// D26: an e-mail address or a phone number, one suffices; nothing is mailed to who has none.
#[tokio::test]
async fn a_file_is_created_for_someone_without_e_mail() {
    let app = TestApp::new().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let page = prescriber.get(LOOKUP).await.form("lookup").fill("nir", world::UNKNOWN_NIR).submit().await;
    let page = page.form("email").press("Continuer sans adresse e-mail").submit().await.is(200);
    let form = page.form("new");
    assert_eq!(form.value("nir").as_deref(), Some(world::UNKNOWN_NIR), "the number is kept");
    let neither = filled(&form).fill("phone", "").submit().await.is(422);
    assert!(neither.error("email").unwrap().contains("l’un des deux suffit"));
    let file = created(&filled(&form)).await.is(303).follow().await.is(200);
    assert_eq!(file.h1(), "Lise KAUFFMANN");
    assert!(file.says("La personne n’a pas d’adresse e-mail"), "{file:?}");
    let email: Option<String> = sqlx::query_scalar("SELECT email FROM users WHERE last_name = 'Kauffmann'")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(email, None);
    assert!(app.run_jobs_and_mails().await.is_empty());
}
