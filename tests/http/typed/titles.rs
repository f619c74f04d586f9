//! The title of a page says what it is, first of all that something is wrong (RGAA 8.6).

use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn a_refused_form_says_so_at_the_start_of_its_title() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/postponement")).await.is(200);
    assert_eq!(page.title(), "Mettre en attente");
    let refused = page.form("main form").fill("answer", " ").submit().await.is(422);
    assert_eq!(refused.title(), "Erreur : Mettre en attente");
    let look_up = employer.get("/candidates/lookup").await.form("lookup").fill("nir", "12").submit().await;
    assert!(look_up.is(422).title().starts_with("Erreur : "));
    let list = employer.get("/applications?from=demain").await.is(200);
    assert_eq!(list.title(), "Erreur : Candidatures reçues", "LIST-5");
    let search = app.visitor().get("/employers?place=zzzz").await.is(200);
    assert!(search.title().starts_with("Erreur : "), "{}", search.title());
}

#[tokio::test]
async fn the_second_page_of_a_list_says_so() {
    let app = TestApp::new().await;
    crate::lists::many(&app, 50).await;
    let employer = app.browser(Persona::Employer).await;
    let first = employer.get("/applications").await.is(200);
    assert_eq!(first.title(), "Candidatures reçues");
    let second = first.click("Page suivante").await.is(200);
    assert_eq!(second.title(), "Candidatures reçues, page 2");
    let third = second.click("Page suivante").await.is(200);
    assert_eq!(third.title(), "Candidatures reçues, page 3");
    let back = third.click("Page précédente").await.is(200);
    assert_eq!(back.title(), "Candidatures reçues, page 2");
    assert_eq!(back.click("Premiers").await.is(200).title(), "Candidatures reçues");
    assert_eq!(employer.get("/applications?page=7").await.is(200).title(), "Candidatures reçues");
}

#[tokio::test]
async fn an_error_page_has_a_title_of_its_own() {
    let app = TestApp::new().await;
    let employer = app.browser(Persona::Employer).await;
    for (page, title) in [
        (employer.get("/nowhere").await.is(404), "Page introuvable"),
        (employer.get("/my-file").await.is(403), "Accès réservé"),
        (app.browser(Persona::NoOrganisation).await.get("/dashboard").await.is(403), "Aucune organisation"),
    ] {
        assert_eq!(page.title(), title);
    }
    let page = employer.get("/candidates/lookup").await.form("lookup");
    let other = page.forge("acting_for", &world::EI.to_string()).submit().await.is(409);
    assert_eq!(other.title(), "Autre organisation");
}
