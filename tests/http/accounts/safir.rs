//! The agency of France Travail that ProConnect says somebody works for (PRE-21).

use std::time::Duration;

use iae_domain::accounts::Provider::ProConnect;
use iae_domain::ids::OrganisationId;
use iae_tests::{Persona, TestApp};
use serde_json::json;
use uuid::Uuid;

use super::forger::{Forger, platform};

/// An agency of France Travail in Metz.
const AGENCY: OrganisationId = OrganisationId(Uuid::from_u128(0xF7));

async fn make_agency(app: &TestApp) {
    sqlx::query(
        "WITH agency AS (
             INSERT INTO organisations (id, family, kind, name, post_code, city, department_code, created_at, updated_at)
             VALUES ($1, 'prescriber', 'FT', 'Agence de Metz Blida', '57000', 'Metz', '57', $2, $2)
             RETURNING id
         )
         INSERT INTO prescriber_organisations (organisation_id, kind, authorisation_status, code_safir)
         SELECT id, 'FT', 'VALIDATED', '05712' FROM agency",
    )
    .bind(AGENCY)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
}

async fn members(app: &TestApp) -> Vec<bool> {
    sqlx::query_scalar("SELECT is_admin FROM memberships WHERE organisation_id = $1 AND is_active")
        .bind(AGENCY)
        .fetch_all(app.db())
        .await
        .unwrap()
}

/// The first one there administers it; a code that no agency has keeps nobody out; nobody joins twice, nor leaves, by it.
#[tokio::test]
async fn whoever_signs_in_joins_the_agency_they_work_for() {
    let forger = Forger::start(ProConnect).await;
    let app = platform(&[&forger]).await;
    app.ignore_mails();
    make_agency(&app).await;
    for (code, expected) in [("99999", false), ("5712", true), ("05712", true), ("99999", true)] {
        let email = Persona::NoOrganisation.email();
        forger.says().userinfo = json!({ "email": email, "custom": { "structureTravail": code } });
        forger.log_in(&app.visitor()).await.is(303);
        assert_eq!(members(&app).await, [true][..usize::from(expected)], "{code}");
    }
}

/// The agency is locked before the account, as by whoever removes or invites a member: neither waits for the other for ever.
#[tokio::test]
async fn a_sign_in_that_waits_for_its_agency_holds_no_account() {
    let forger = Forger::start(ProConnect).await;
    let app = platform(&[&forger]).await;
    app.ignore_mails();
    make_agency(&app).await;
    let email = Persona::NoOrganisation.email();
    forger.says().userinfo = json!({ "email": email, "custom": { "structureTravail": "05712" } });
    let browser = app.visitor();
    let callback = forger.to_callback(&browser).await;
    let mut held = app.db().pool().begin().await.unwrap();
    sqlx::query("SELECT FROM organisations WHERE id = $1 FOR UPDATE")
        .bind(AGENCY)
        .execute(&mut *held)
        .await
        .unwrap();
    let waiting = tokio::spawn(async move { browser.get(&callback).await });
    let blocked = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while sqlx::query_scalar::<_, i64>(blocked).fetch_one(app.db()).await.unwrap() < 1 {
        assert!(!waiting.is_finished(), "it waits for its agency");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sqlx::query("SELECT FROM users WHERE id = $1 FOR UPDATE NOWAIT")
        .bind(Persona::NoOrganisation.user())
        .execute(&mut *held)
        .await
        .expect("nobody holds the account");
    held.rollback().await.unwrap();
    waiting.await.unwrap().is(303);
    assert_eq!(members(&app).await, [true]);
}
