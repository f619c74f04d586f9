//! The NIR of a person who applies alone (rule book 02 §4.1, FND-6).

use iae_tests::{Page, Persona, TestApp, world};

async fn set(app: &TestApp, nir: &str) {
    let query = format!("UPDATE candidates SET {nir} WHERE id = $1");
    sqlx::query(sqlx::AssertSqlSafe(query)).bind(world::CANDIDATE).execute(app.db()).await.unwrap();
}

async fn begun(app: &TestApp) -> Page {
    let browser = app.browser(Persona::Candidate).await;
    let page = browser.get(&format!("/application-drafts/new?company={}", world::ACI)).await.is(200);
    page.form("/application-drafts").submit().await.is(303).follow().await.is(200)
}

#[tokio::test]
async fn a_missing_nir_is_asked_first_and_once() {
    let app = TestApp::new().await;
    set(&app, "nir = NULL, nir_missing_reason = NULL").await;
    let page = begun(&app).await;
    assert_eq!(page.h1(), "Votre numéro de sécurité sociale");
    let form = page.form("nir");
    for (nir, said) in [
        ("", "dites pourquoi il manque"),
        ("2 90 03", "trop court"),
        (world::OTHER_CANDIDATE_NIR, "date de naissance"),
    ] {
        let error = form.clone().fill("nir", nir).submit().await.is(422).error("nir").unwrap_or_default();
        assert!(error.contains(said), "{nir}: {error}");
    }
    set(&app, "birth_date = NULL").await;
    sqlx::query("UPDATE candidates SET nir = $2 WHERE id = $1")
        .bind(world::OTHER_CANDIDATE)
        .bind(world::CANDIDATE_NIR)
        .execute(app.db())
        .await
        .unwrap();
    let taken = form.clone().fill("nir", world::CANDIDATE_NIR).submit().await.is(422);
    let error = taken.error("nir").unwrap_or_default();
    assert!(error.contains("*") && !error.contains(Persona::OtherCandidate.email()), "FND-6: {error}");

    form.fill("nir", world::UNKNOWN_NIR).submit().await.is(303);
    let nir: Option<String> = sqlx::query_scalar("SELECT nir FROM candidates WHERE id = $1")
        .bind(world::CANDIDATE)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(nir.as_deref(), Some(world::UNKNOWN_NIR));
    page.form("nir").fill("nir", world::CANDIDATE_NIR).submit().await.is(403);
    app.ignore_jobs();
}

/// D27: no number is an answer, with its reason.
#[tokio::test]
async fn a_reason_does_and_whoever_answered_is_not_asked() {
    let app = TestApp::new().await;
    let page = begun(&app).await;
    assert!(!page.has_form("nir"), "a known NIR is not asked: {}", page.h1());
    set(&app, "nir = NULL").await;
    let page = begun(&app).await;
    let next = page.form("nir").fill("nir_missing_reason", "NO_NIR").submit().await.is(303).follow().await;
    assert!(next.is(200).url.path() != page.url.path());
    assert!(!begun(&app).await.has_form("nir"), "once");
    app.ignore_jobs();
}
