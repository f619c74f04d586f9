//! Bad input: said beside its field, what was typed kept, nothing half saved.

use chrono::Days;
use iae_tests::pdf::pdf;
use iae_tests::{Persona, TestApp};

use super::{five_years, heard, opened, ordered, page, state, submitted};

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(app.db()).await.unwrap()
}

#[tokio::test]
async fn a_request_lacks_nothing_or_is_not_submitted() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = opened(&app).await.form("#request").fill("mission", "Accueil de jour.");
    let refused = form.press("review").submit().await.is(422);
    for field in ["identified", "staff", "need", "piece"] {
        assert!(refused.error(field).is_some(), "{field}: {:?}", refused.errors());
    }
    assert_eq!(refused.value("mission").as_deref(), Some("Accueil de jour."), "what was typed stays");
    assert_eq!(count(&app, "SELECT count(*) FROM habilitations").await, 0, "nothing half saved");
}

#[tokio::test]
async fn a_piece_is_a_pdf_with_a_name() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = |page: iae_tests::Page| page.form("#request");
    let nameless =
        form(opened(&app).await).attach("piece", "a.pdf", pdf()).press("save").submit().await.is(422);
    assert!(nameless.error("piece_label").is_some(), "{:?}", nameless.errors());
    let missing =
        form(opened(&app).await).fill("piece_label", "Statuts").press("save").submit().await.is(422);
    assert!(missing.error("piece").is_some(), "{:?}", missing.errors());
    let text =
        form(opened(&app).await).fill("piece_label", "Statuts").attach("piece", "a.pdf", "non".as_bytes());
    let text = text.press("save").submit().await.is(422);
    assert!(text.error("piece").is_some_and(|error| error.contains("PDF")), "{:?}", text.errors());
    let both = form(opened(&app).await).attach("piece", "a.pdf", "non".as_bytes());
    let both = both.press("save").submit().await.is(422);
    assert!(both.error("piece_label").is_some(), "all at once: {:?}", both.errors());
    assert!(both.error("piece").is_some_and(|error| error.contains("PDF")), "{:?}", both.errors());
    let long = "é".repeat(3001);
    let long = form(opened(&app).await).fill("need", &long).press("save").submit().await.is(422);
    assert!(long.error("need").is_some(), "{:?}", long.errors());
    assert_eq!(count(&app, "SELECT count(*) FROM habilitations").await, 0);
    assert_eq!(count(&app, "SELECT count(*) FROM documents").await, 0);
}

/// Guide P2 §1.1: five years at the most.
#[tokio::test]
async fn an_order_of_more_than_five_years_is_refused_beside_its_last_day() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    heard(&app, id).await;
    let form = page(&app, id, "/grant").await.form("#grant-form");
    let refused = ordered(form, app.today(), five_years(&app) + Days::new(1)).submit().await.is(422);
    assert!(
        refused.error("ends_on").is_some_and(|error| error.contains("cinq ans")),
        "{:?}",
        refused.errors()
    );
    let empty = page(&app, id, "/grant").await.form("#grant-form").submit().await.is(422);
    for field in ["order_number", "ordered_on", "starts_on", "ends_on"] {
        assert!(empty.error(field).is_some(), "{field}: {:?}", empty.errors());
    }
    assert_eq!(state(&app, id).await, "submitted");
}

#[tokio::test]
async fn words_are_asked_of_who_refuses() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    for act in ["/complement", "/refusal"] {
        let refused = page(&app, id, act).await.form("#words-form").submit().await.is(422);
        assert!(refused.error("words").is_some(), "{act}: {:?}", refused.errors());
    }
    assert_eq!(state(&app, id).await, "submitted");
}

/// Guide P2 §1.1: the commission gives its opinion before the order.
#[tokio::test]
async fn nothing_is_granted_before_the_opinion() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    let form = page(&app, id, "/grant").await.form("#grant-form");
    let refused = ordered(form, app.today(), five_years(&app)).submit().await.is(422);
    assert!(refused.says("l’avis de la commission"), "{refused:?}");
    assert_eq!(state(&app, id).await, "submitted");
}

/// The commission says nothing of a request before it is made.
#[tokio::test]
async fn an_opinion_older_than_the_request_is_refused_beside_its_day() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    let form = page(&app, id, "/opinion").await.form("#opinion-form").fill("opinion", "favourable");
    let before = (app.today() - Days::new(1)).to_string();
    let refused = form.fill("opinion_on", &before).submit().await.is(422);
    let error = refused.error("opinion_on").unwrap_or_default();
    assert!(error.contains("avant la demande"), "{:?}", refused.errors());
    assert_eq!(refused.value("opinion_on").as_deref(), Some(before.as_str()), "what was typed stays");
    assert_eq!(count(&app, "SELECT count(*) FROM habilitations WHERE opinion IS NOT NULL").await, 0);
}

/// Kept without a file, it does not say that one was joined.
#[tokio::test]
async fn what_is_kept_says_whether_a_piece_came_with_it() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let kept = opened(&app).await.form("#request").press("save").submit().await.is(303);
    let kept = kept.follow().await.is(200);
    assert!(kept.says("Aucune pièce n’a été ajoutée"), "{kept:?}");
    let kept = super::filled(&kept).press("save").submit().await.is(303).follow().await.is(200);
    assert!(kept.says("La pièce y est jointe"), "{kept:?}");
}

#[tokio::test]
async fn an_order_made_elsewhere_needs_its_scan_and_a_known_siret() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Inspector).await;
    let page = browser.get("/habilitations/new").await.is(200);
    for (siret, field) in [("12", "siret"), ("99999999999999", "siret"), ("43012345600017", "scan")] {
        let form = ordered(page.form("#order-form").fill("siret", siret), app.today(), five_years(&app));
        let refused = form.submit().await.is(422);
        assert!(refused.error(field).is_some(), "{siret}: {:?}", refused.errors());
        assert_eq!(refused.value("order_number").as_deref(), Some("2026-57-12"));
    }
    let form =
        ordered(page.form("#order-form").fill("siret", "430 123 456 00017"), app.today(), five_years(&app));
    let form = form.attach("scan", "arrete.pdf", pdf());
    form.submit().await.is(303);
    assert!(super::is_authorised(&app, app.today()).await, "PRE-6: the order leads here");
    let again = form.submit().await.is(422);
    assert!(again.error("order_number").is_some_and(|error| error.contains("déjà")), "{:?}", again.errors());
    assert_eq!(count(&app, "SELECT count(*) FROM habilitations").await, 1, "one order is one right");
}

/// Two colleagues enter the same order at the same instant.
#[tokio::test]
async fn an_order_entered_twice_at_once_is_one_right() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let page = app.browser(Persona::Inspector).await.get("/habilitations/new").await.is(200);
    let form =
        ordered(page.form("#order-form").fill("siret", "43012345600017"), app.today(), five_years(&app));
    let form = form.attach("scan", "arrete.pdf", pdf());
    let other = form.clone();
    let (one, other) = tokio::join!(form.submit(), other.submit());
    let is_told = |page: &iae_tests::Page| page.error("order_number").is_some();
    assert_ne!(is_told(&one), is_told(&other), "one of them is told: {one:?} {other:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM habilitations WHERE state = 'granted'").await, 1);
    assert_eq!(count(&app, "SELECT count(*) FROM documents WHERE kind = 'habilitation_piece'").await, 1);
}
