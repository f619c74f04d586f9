//! An employer puts an application under study.

use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn studied_once_and_only_by_the_company_that_received_it() {
    let app = TestApp::new().await;
    let id = app.scenario().application().to(world::ACI).insert().await;
    let address = format!("/applications/{id}");
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&address).await.is(200);
    let form = page.form("processing");
    let done = form.submit().await.is(303);
    assert_eq!(done.follow().await.flash().as_deref(), Some("Candidature à l’étude"));
    let again = form.submit().await.is(409);
    assert!(
        again.says("Vous avez déjà traité cette candidature") && !again.says("SCHMITT a traité"),
        "{again:?}"
    );

    let other = app.browser(Persona::OtherEmployer).await;
    other.get(&address).await.is(404);
    let acting_for = world::EI.to_string();
    other.post(&format!("{address}/processing"), &[("acting_for", &acting_for)]).await.is(404);
    app.ignore_mails();
}

/// Who reads their own application is spoken to.
#[tokio::test]
async fn a_person_reads_of_themselves() {
    let app = TestApp::new().await;
    let id = app.scenario().application().by(Persona::Candidate).insert().await;
    let page = app.browser(Persona::Candidate).await.get(&format!("/applications/{id}")).await.is(200);
    assert!(page.says("Vous-même") && !page.says("La personne elle-même"), "{page:?}");
    let page = app.browser(Persona::Employer).await.get(&format!("/applications/{id}")).await.is(200);
    assert!(page.says("La personne elle-même"), "{page:?}");
}
