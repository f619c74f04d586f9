//! Each status has a page of its own, which says what happened and leads out.

use axum::body::Body;
use axum::http::{Request, header};
use iae_tests::{BASE_URL, Page, Persona, TestApp};

#[tokio::test]
async fn what_is_not_taken_says_why_and_leads_out() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::MultiOrganisation).await;
    let json = Request::post(format!("{BASE_URL}/organisation-switch"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from("{}"))
        .unwrap();
    let elsewhere = Request::post(format!("{BASE_URL}/logout"))
        .header("sec-fetch-site", "cross-site")
        .body(Body::empty())
        .unwrap();
    let long = format!("/employers?place={}", "a".repeat(9000));
    let answers: [(Page, u16, &str); 5] = [
        (browser.send(json).await, 400, "n’a pas pu être lu"),
        (browser.send(elsewhere).await, 403, "vient d’un autre site"),
        (browser.post("/dashboard", &[]).await, 405, "ne s’ouvre pas ainsi"),
        (browser.get(&long).await, 414, "est trop longue"),
        (browser.post("/organisation-switch", &[("organisation", "\0")]).await, 422, "Un caractère"),
    ];
    for (page, status, title) in answers {
        let page = page.is(status);
        assert!(page.h1().contains(title) && page.title().contains(title), "{page:?}");
        assert!(page.says(&format!("Erreur {status}")) && !page.says("404"), "{page:?}");
        assert!(page.says("Rien n’a été enregistré"), "{page:?}");
        assert!(page.links().iter().any(|link| link == "/"), "a way out: {page:?}");
    }
    browser.get("/dashboard").await.is(200);
}
