//! PASS IAE: list, page, certificate.

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
    assert!(page.says("730 jours à compter du"), "{}", page.text());
    assert!(page.statements.len() <= 5, "{:?}", page.statements);
    let certificate = employer.get(&format!("/pass/{id}/certificate")).await;
    assert!(certificate.says("L. 5132-1") && certificate.says("Les Jardins de la Seille"));
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
