//! What a provider calls somebody changes once, when the team lets it (OID-12); what a closed account is told (USR-19).

use iae_domain::accounts::Provider::FranceConnect;
use iae_tests::{Browser, Persona, TestApp, world};
use serde_json::json;

use super::forger::{Forger, platform};

/// The candidate, known to FranceConnect under another subject than the one it says now.
async fn recreated() -> (Forger, TestApp) {
    let forger = Forger::start(FranceConnect).await;
    let app = platform(&[&forger]).await;
    sqlx::query("INSERT INTO identities VALUES ('FC', 'before', $1, now())")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    forger.says().userinfo = json!({ "email": Persona::Candidate.email() });
    (forger, app)
}

async fn allow(staff: &Browser, change: &str) {
    let page = staff.get(&format!("/admin/users/{}/subject", world::CANDIDATE)).await.is(200);
    let form = page.form("subject").fill("remark", "Vérifié au téléphone.").press(change);
    form.submit().await.is(303);
}

async fn subject(app: &TestApp) -> (String, bool) {
    sqlx::query_as(
        "SELECT i.subject, u.subject_change_armed_at IS NOT NULL
         FROM identities i JOIN users u ON u.id = i.user_id WHERE u.id = $1",
    )
    .bind(world::CANDIDATE)
    .fetch_one(app.db())
    .await
    .unwrap()
}

#[tokio::test]
async fn a_recreated_account_signs_in_once_the_team_lets_it_and_only_once() {
    let (forger, app) = recreated().await;
    forger.log_in(&app.visitor()).await.is(403);
    let staff = app.browser(Persona::Staff).await;
    allow(&staff, "allow").await;
    assert_eq!(subject(&app).await, ("before".to_owned(), true));
    // Taken back before it served.
    allow(&staff, "forbid").await;
    forger.log_in(&app.visitor()).await.is(403);
    allow(&staff, "allow").await;
    let person = app.visitor();
    forger.log_in(&person).await.is(303);
    person.get("/my-file").await.is(200);
    assert_eq!(subject(&app).await, ("someone".to_owned(), false), "it served, and serves no more");
    forger.log_in(&app.visitor()).await.is(303);
    let trail = app.audit_trail().await;
    for (action, times) in [
        ("account.subject_change_armed", 2),
        ("account.subject_change_disarmed", 1),
        ("account.identity_linked", 1),
    ] {
        assert_eq!(trail.iter().filter(|done| *done == action).count(), times, "{action}: {trail:?}");
    }
}

/// Any sign-in by the known subject ends it.
#[tokio::test]
async fn a_change_that_was_let_ends_with_any_sign_in() {
    let (forger, app) = recreated().await;
    sqlx::query("UPDATE identities SET subject = 'someone' WHERE user_id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    allow(&app.browser(Persona::Staff).await, "allow").await;
    forger.log_in(&app.visitor()).await.is(303);
    assert_eq!(subject(&app).await, ("someone".to_owned(), false));
}

/// USR-19: what to tell the support.
#[tokio::test]
async fn a_closed_account_is_told_its_reference() {
    let (forger, app) = recreated().await;
    sqlx::query("UPDATE identities SET subject = 'someone' WHERE user_id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    sqlx::query("UPDATE users SET is_active = false WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    let page = forger.log_in(&app.visitor()).await.is(403);
    assert!(page.says(&world::CANDIDATE.to_string()), "{}", page.text());
}
