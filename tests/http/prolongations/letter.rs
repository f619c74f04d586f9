//! The refusal in writing, as a page and as a PDF (rule book 03 §6.6).

use iae_domain::ids::ProlongationRequestId;
use iae_tests::{Heard, Page, Persona, TestApp, letters, world};

use super::{refuse, waiting};

async fn refused(app: &TestApp) -> ProlongationRequestId {
    let (_, id) = waiting(app).await;
    let page = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{id}")).await.is(200);
    refuse(&page).await.is(303);
    app.run_jobs_and_mails().await;
    id
}

async fn page_and_pdf(app: &TestApp, persona: Persona, id: ProlongationRequestId) -> (Page, Page) {
    let page = app.browser(persona).await.get(&format!("/prolongations/{id}/letter")).await.is(200);
    let pdf = page.click("Télécharger en PDF").await.is(200);
    (page, pdf)
}

#[tokio::test]
async fn the_pdf_is_for_those_who_may_read_the_page_and_names_nobody() {
    let app = TestApp::new().await;
    let id = refused(&app).await;
    for (persona, status) in [
        (Persona::Candidate, 200),
        (Persona::Employer, 200),
        (Persona::EmployerAdmin, 200),
        (Persona::Prescriber, 200),
        (Persona::OtherCandidate, 404),
        (Persona::OtherEmployer, 404),
        (Persona::OtherPrescriber, 404),
        (Persona::Inspector, 404),
        (Persona::Staff, 404),
    ] {
        let address = format!("/prolongations/{id}/letter");
        let browser = app.browser(persona).await;
        browser.get(&address).await.is(status);
        let answer = browser.get(&format!("{address}.pdf")).await.is(status);
        assert_eq!(answer.bytes.starts_with(b"%PDF-1.7"), status == 200, "{persona:?}");
    }
    app.visitor().get(&format!("/prolongations/{id}/letter.pdf")).await.is(303);
    let (_, pdf) = page_and_pdf(&app, Persona::Candidate, id).await;
    let header = |name: &str| pdf.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(header("content-disposition"), "attachment; filename=\"refus_prolongation_20260504.pdf\"");
    assert_eq!(header("cache-control"), "no-store");
    assert!(header("content-security-policy").starts_with("sandbox"));
    assert!(pdf.statements.len() <= 6, "{:?}", pdf.statements);
}

/// What waits, or was granted, has no letter.
#[tokio::test]
async fn there_is_none_before_a_refusal() {
    let app = TestApp::new().await;
    let (_, id) = waiting(&app).await;
    for persona in [Persona::Candidate, Persona::Employer, Persona::Prescriber] {
        app.browser(persona).await.get(&format!("/prolongations/{id}/letter.pdf")).await.is(404);
    }
}

#[tokio::test]
async fn who_hears_the_pdf_hears_what_the_page_shows() {
    let app = TestApp::new().await;
    sqlx::query(
        "UPDATE candidates SET address_line_1 = '3 rue du Pont', post_code = '57050', city = 'Metz' WHERE id = $1",
    )
    .bind(world::CANDIDATE)
    .execute(app.db())
    .await
    .unwrap();
    sqlx::query(
        "UPDATE organisations SET address_line_1 = '8 place du Marché', phone = '0387000000', email = 'ml@exemple.fr'
         WHERE id = $1",
    )
    .bind(world::MISSION_LOCALE)
    .execute(app.db())
    .await
    .unwrap();
    let id = refused(&app).await;
    for persona in [Persona::Candidate, Persona::Employer, Persona::Prescriber] {
        let (page, pdf) = page_and_pdf(&app, persona, id).await;
        let document = Heard::of(&pdf);
        assert_eq!(document.texts("H1"), [page.h1()], "{persona:?}");
        assert_eq!(document.texts("H2"), page.all("main h2"), "{persona:?}");
        assert_eq!(document.texts("Table").len(), page.all("main table").len());
        assert_eq!(document.texts("TH"), page.all("main th"), "{persona:?}");
        assert_eq!(document.texts("TD"), page.all("main td"), "{persona:?}");
        assert_eq!(document.texts("LI").len(), page.all("main li").len());
        assert_eq!(document.texts("Link"), page.all("main a"), "{persona:?}");
        let (heard, shown) = (document.letters(), letters(&page.text_of("main").unwrap()));
        // The caption of the table, which the heading above it says.
        let caption = letters(&page.text_of("main caption").unwrap());
        let shown = shown.replacen(&format!("{caption}{caption}"), &caption, 1);
        assert_eq!(heard, shown, "all of it, in the same order");
        for said in [
            "AmelBENALI",
            "3rueduPont57050Metz",
            "Missionlocaledupaysmessin",
            "8placeduMarché",
            "4mai2026",
            "Unemploiclassiqueestàsaportée.",
            "Rendez-vousle12mai",
            "0387000000",
            "ml@exemple.fr",
        ] {
            assert!(heard.contains(said), "{said}: {heard}");
        }
    }
}

/// D34: whoever takes the letter opens the file of the person, once a day.
#[tokio::test]
async fn taking_it_is_kept() {
    let app = TestApp::new().await;
    let id = refused(&app).await;
    let opened = async || {
        let trail = app.audit_trail().await;
        trail.iter().filter(|action| *action == "candidate.file_opened").count()
    };
    let before = opened().await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    for _ in 0..2 {
        admin.get(&format!("/prolongations/{id}/letter.pdf")).await.is(200);
    }
    assert_eq!(opened().await, before + 1);
}
