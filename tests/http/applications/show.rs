//! An application.

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn each_side_reads_its_own_and_the_others_find_nothing() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().insert().await;
    let id = app.scenario().application().by(Persona::Prescriber).to(world::ACI).insert().await;
    let address = format!("/applications/{id}");
    for (persona, status) in [
        (Persona::Employer, 200),
        (Persona::Prescriber, 200),
        (Persona::PrescriberAdmin, 200),
        (Persona::Candidate, 200),
        (Persona::OtherEmployer, 404),
        (Persona::OtherPrescriber, 404),
        (Persona::OtherCandidate, 404),
        (Persona::Inspector, 404),
    ] {
        let browser = app.browser(persona).await;
        browser.get(&address).await;
        let page = browser.get(&address).await;
        assert_eq!(page.status, status, "{persona:?}");
        assert!(
            page.statements.len() <= 8,
            "the first also writes its trace (D34), {persona:?}: {:?}",
            page.statements
        );
        let actions = page.has_form("processing");
        assert_eq!(actions, persona == Persona::Employer, "{persona:?} and the actions");
    }
    let own = app.browser(Persona::Candidate).await.get(&address).await;
    assert!(!own.says("paul.hoffmann@ml.exemple.fr"), "PII-7");
}

#[tokio::test]
async fn an_orienteur_reads_the_names_of_those_they_applied_for_and_of_no_others() {
    let app = TestApp::new().await;
    let id =
        app.scenario().application().by(Persona::Orienter).message("Elle cherche un travail.").insert().await;
    let orienter = app.browser(Persona::Orienter).await;
    for address in [format!("/applications/{id}"), "/applications?name=benali".to_owned()] {
        let page = orienter.get(&address).await.is(200);
        assert!(page.says("Amel BENALI"), "D30, {address}: {}", page.text());
        for hidden in ["amel.benali", "290035746301279", "12 mars 1990"] {
            assert!(!page.html.contains(hidden), "the name and only it, {address}: {hidden}");
        }
    }
    // A colleague sent it: the organisation deals with her, and the reader did not apply for her (D30).
    sqlx::query("UPDATE applications SET sender_id = $1")
        .bind(world::PRESCRIBER)
        .execute(app.db())
        .await
        .unwrap();
    for address in [format!("/applications/{id}"), "/applications".to_owned()] {
        let page = orienter.get(&address).await.is(200);
        assert!(page.says("A… B…") && !page.says("BENALI"), "{address}: {}", page.text());
    }
    let found = orienter.get("/applications?name=benali").await.is(200);
    assert!(!found.says("A… B…"), "a hidden name is not searched (LIST-7)");
}

/// Rule book 01 §1.2: people by their full name, companies by their brand, on the page as in the list.
#[tokio::test]
async fn the_sender_is_named_alike_in_list_and_page() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE organisations SET brand = 'Rénov 57' WHERE id = $1")
        .bind(world::EI)
        .execute(app.db())
        .await
        .unwrap();
    let id = app.scenario().application().by(Persona::OtherEmployer).to(world::ACI).insert().await;
    let employer = app.browser(Persona::Employer).await;
    for address in [format!("/applications/{id}"), "/applications".to_owned()] {
        let page = employer.get(&address).await.is(200);
        for name in ["Amel BENALI", "Rachel KLEIN", "Rénov 57"] {
            assert!(page.says(name), "{name} on {address}: {}", page.text());
        }
    }
}

/// VIS-1: two years, unless it was accepted; the sender keeps seeing it.
#[tokio::test]
async fn after_two_years_the_company_no_longer_sees_what_it_did_not_accept() {
    let app = TestApp::new().await;
    let old = TimeDelta::days(731);
    let id = app.scenario().application().state(StateCode::Postponed).sent(old).insert().await;
    let address = format!("/applications/{id}");
    app.browser(Persona::Employer).await.get(&address).await.is(404);
    app.browser(Persona::Employer).await.get(&format!("{address}/refusal")).await.is(404);
    app.browser(Persona::Prescriber).await.get(&address).await.is(200);
}
