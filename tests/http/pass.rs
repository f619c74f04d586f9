//! PASS IAE: list, page, certificate.

pub(crate) mod cancelled;
mod closure;
mod correction;
mod list;
mod race;
mod said;
mod statements;
mod suspended_by_another;
mod suspension_mistakes;
mod suspensions;

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn the_page_the_list_and_the_certificate_are_for_those_it_concerns() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().insert().await;
    app.scenario().application().to(world::ACI).state(StateCode::Accepted).insert().await;
    let id: iae_domain::ids::PassId =
        sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap();
    for (persona, page, certificate) in [
        (Persona::Employer, 200, 200),
        (Persona::Candidate, 200, 200),
        (Persona::Prescriber, 200, 403),
        (Persona::OtherEmployer, 404, 404),
        (Persona::OtherCandidate, 404, 404),
        (Persona::OtherPrescriber, 404, 404),
        (Persona::Inspector, 404, 404),
    ] {
        let browser = app.browser(persona).await;
        assert_eq!(browser.get(&format!("/pass/{id}")).await.status, page, "{persona:?}");
        assert_eq!(browser.get(&format!("/pass/{id}/certificate")).await.status, certificate, "{persona:?}");
    }
    let employer = app.browser(Persona::Employer).await;
    let list = employer.get("/pass").await.is(200);
    assert_eq!(list.all("tbody tr").len(), 1);
    let page = employer.get(&format!("/pass/{id}")).await;
    assert!(page.says("99999 00 00001"), "grouped 5-2-5: {}", page.text());
    assert!(page.says("a été délivré pour 730 jours"), "{}", page.text());
    assert!(page.statements.len() <= 8, "{:?}", page.statements);
    let certificate = employer.get(&format!("/pass/{id}/certificate")).await;
    assert!(certificate.says("L. 5132-1") && certificate.says("Les Jardins de la Seille"));
}

/// C8: an employee is found by name; the end of their contract is shown beside that of the PASS.
#[tokio::test]
async fn an_employer_finds_an_employee_by_name_and_reads_when_the_contract_ends() {
    let app = TestApp::new().await;
    let id = app.scenario().application().state(StateCode::Accepted).insert().await;
    let employer = app.browser(Persona::Employer).await;
    assert!(employer.get("/pass?name=bena").await.is(200).says("Sans date de fin"));
    sqlx::query("UPDATE applications SET hiring_ends_on = '2026-11-30' WHERE id = $1")
        .bind(id)
        .execute(app.db())
        .await
        .unwrap();
    let page = employer.get("/pass?name=bena").await.is(200);
    assert!(page.says("Fin du contrat") && page.says("30 novembre 2026"), "{page:?}");
    assert!(page.says("730 jours (2 ans)"), "C6: {page:?}");
    assert_eq!(employer.get("/pass?name=colin").await.is(200).all("tbody tr").len(), 0);
}

#[tokio::test]
async fn the_list_filters_by_state_and_shrugs_at_nonsense() {
    let app = TestApp::new().await;
    app.scenario().application().state(StateCode::Accepted).insert().await;
    let employer = app.browser(Persona::Employer).await;
    for (query, rows) in [("", 1), ("?state=valid", 1), ("?state=expired", 0), ("?state=nonsense&after=x", 1)]
    {
        let page = employer.get(&format!("/pass{query}")).await.is(200);
        assert_eq!(page.all("tbody tr").len(), rows, "{query}");
    }
    app.browser(Persona::Orienter).await.get("/pass").await.is(403);
}

/// VIS-1: what left the company's lists after two years no longer opens the PASS, unless it was accepted.
#[tokio::test]
async fn an_application_the_company_no_longer_sees_does_not_open_the_pass() {
    let app = TestApp::new().await;
    let id = app.scenario().pass().insert().await;
    let (pass, file) = (format!("/pass/{id}"), format!("/candidates/{}", world::CANDIDATE));
    let received = app.scenario().application().state(StateCode::Refused);
    let employer = app.browser(Persona::Employer).await;
    employer.get(&pass).await.is(404);
    let old = received.sent(TimeDelta::days(731)).insert().await;
    employer.get(&pass).await.is(404);
    let page = employer.get(&file).await.is(200);
    assert!(!page.links().contains(&format!("/applications/{old}")), "nor is it listed: {page:?}");
    received.sent(TimeDelta::days(729)).insert().await;
    employer.get(&pass).await.is(200);
    // What a company sent elsewhere is not limited.
    let elsewhere = app.scenario().application().by(Persona::OtherEmployer).to(world::ACI);
    elsewhere.sent(TimeDelta::days(900)).insert().await;
    app.browser(Persona::OtherEmployer).await.get(&pass).await.is(200);
}
