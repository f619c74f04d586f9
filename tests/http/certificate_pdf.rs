//! The attestation as a PDF: who may have it, and that who hears it hears what the page shows (rule book 03 §4.14, W9).

use iae_domain::applications::StateCode;
use iae_domain::ids::PassId;
use iae_tests::{Heard, Page, Persona, TestApp, letters, world};

async fn hired() -> (TestApp, PassId) {
    let app = TestApp::new().await;
    app.scenario().diagnosis().insert().await;
    app.scenario().application().to(world::ACI).state(StateCode::Accepted).insert().await;
    let pass = sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap();
    (app, pass)
}

async fn page_and_pdf(app: &TestApp, persona: Persona, pass: PassId) -> (Page, Page) {
    let page = app.browser(persona).await.get(&format!("/pass/{pass}/certificate")).await.is(200);
    let pdf = page.click("Télécharger en PDF").await.is(200);
    (page, pdf)
}

#[tokio::test]
async fn the_pdf_is_for_those_who_may_read_the_page_and_names_nobody() {
    let (app, pass) = hired().await;
    for (persona, status) in [
        (Persona::Employer, 200),
        (Persona::Candidate, 200),
        (Persona::Prescriber, 403),
        (Persona::OtherEmployer, 404),
        (Persona::OtherCandidate, 404),
        (Persona::OtherPrescriber, 404),
        (Persona::Inspector, 404),
    ] {
        let answer =
            app.browser(persona).await.get(&format!("/pass/{pass}/certificate.pdf")).await.is(status);
        assert_eq!(answer.bytes.starts_with(b"%PDF-1.7"), status == 200, "{persona:?}");
    }
    let (_, pdf) = page_and_pdf(&app, Persona::Employer, pass).await;
    let header = |name: &str| pdf.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    let name = format!("attestation_pass_iae_{}.pdf", app.now().format("%Y%m%d"));
    assert_eq!(header("content-disposition"), format!("attachment; filename=\"{name}\""));
    assert_eq!(header("content-length"), pdf.bytes.len().to_string());
    assert_eq!(header("cache-control"), "no-store");
    assert!(header("content-security-policy").starts_with("sandbox"));
    assert!(pdf.statements.len() <= 5, "{:?}", pdf.statements);
}

#[tokio::test]
async fn who_hears_the_pdf_hears_what_the_page_shows() {
    let (app, pass) = hired().await;
    for persona in [Persona::Employer, Persona::Candidate] {
        let (page, pdf) = page_and_pdf(&app, persona, pass).await;
        let document = Heard::of(&pdf);
        assert_eq!(document.texts("H1"), [page.h1()], "{persona:?}");
        assert_eq!(document.texts("H2"), page.all("main h2"), "{persona:?}");
        assert_eq!(document.texts("Link"), page.all("main a"), "{persona:?}");
        assert_eq!(document.texts("Table").len(), page.all("main dl").len());
        assert_eq!(document.texts("TH"), page.all("main dt"), "{persona:?}");
        assert_eq!(document.texts("TD"), page.all("main dd"), "{persona:?}");
        let heard = document.letters();
        assert_eq!(heard, letters(&page.text_of("main").unwrap()), "all of it, in the same order");
        assert!(heard.contains("AmelBENALI") && heard.contains("L.5132-1"), "{heard}");
    }
}

/// A name no font has is drawn as boxes, and heard as it is.
#[tokio::test]
async fn a_name_in_another_script_is_heard_as_it_is() {
    let (app, pass) = hired().await;
    sqlx::query(
        "UPDATE users SET first_name = 'Олег Владимирович', last_name = '李Łukasz-محمد🦩' WHERE id = $1",
    )
    .bind(world::CANDIDATE)
    .execute(app.db())
    .await
    .unwrap();
    let (page, pdf) = page_and_pdf(&app, Persona::Candidate, pass).await;
    let heard = Heard::of(&pdf).letters();
    assert!(heard.contains("Олег") && page.says("Олег"), "{heard}");
    assert_eq!(heard, letters(&page.text_of("main").unwrap()));
}
