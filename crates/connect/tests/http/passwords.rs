//! Passwords given by an operator (`iae connect set-password`): whoever knew the one before is out.

use std::time::Duration;

use iae_connect::accounts::{SetPasswordError, WeakPassword, set_password};
use iae_test_database::migrated;
use reqwest::StatusCode;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::support::{Browser, CLIENT, EMAIL, OTHER_CLIENT, PASSWORD, Provider, location, param};

const NEW: &str = "Une autre phrase, plus longue";

/// What the command does, at the hour of the tests.
async fn given(db: &mut PgConnection, email: &str, password: &str) -> Result<Uuid, SetPasswordError> {
    set_password(db, email, password.into(), "2026-09-01T08:00:00Z".parse().unwrap()).await
}

#[tokio::test]
async fn another_password_ends_every_session_code_and_token_of_the_account() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let (elsewhere, _) = provider.tokens(OTHER_CLIENT).await;
    let pending_code = elsewhere.log_in_again(&provider, CLIENT).await;

    let mut tx = provider.db.begin().await.unwrap();
    let subject = given(&mut tx, " Camille.Martin@structure.example", NEW).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(subject, provider.camille, "the subject never changes (IDP-7)");
    assert!(!browser.is_signed_in(&provider).await);
    assert!(!elsewhere.is_signed_in(&provider).await);
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(provider.exchange(CLIENT, &pending_code, &[]).await.0, StatusCode::BAD_REQUEST);
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(login.submit(&browser, EMAIL, NEW).await.status(), StatusCode::SEE_OTHER);
    let events: i64 = sqlx::query_scalar(
        "select count(*) from connect.events where name = 'admin_change_password' and account_id = $1",
    )
    .bind(provider.camille)
    .fetch_one(&provider.db)
    .await
    .unwrap();
    assert_eq!(events, 1);
}

#[tokio::test]
async fn a_weak_password_or_an_unknown_address_changes_nothing() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, _) = provider.tokens(CLIENT).await;
    let mut db = provider.db.acquire().await.unwrap();
    let weak = given(&mut db, EMAIL, "court").await;
    assert!(matches!(weak, Err(SetPasswordError::Weak(WeakPassword::Short))));
    let unknown = given(&mut db, "inconnu@structure.example", NEW).await;
    assert!(matches!(unknown, Err(SetPasswordError::UnknownAccount)));
    assert!(browser.is_signed_in(&provider).await);
    assert!(Browser::new().log_in(&provider, CLIENT).await.len() > 40, "the password is the same");
}

/// Whoever asks for a code while the password changes gets none: it would outlive the session it was given for.
#[tokio::test]
async fn a_code_asked_for_while_the_password_changes_is_not_given() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, _) = provider.tokens(CLIENT).await;
    let mut tx = provider.db.begin().await.unwrap();
    given(&mut tx, EMAIL, NEW).await.unwrap();

    let address = provider.authorize_url(CLIENT, &[]);
    let asked = tokio::spawn(async move { location(&browser.get(&address).await) });
    let waits = "select exists (select from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock')";
    while !asked.is_finished() && !sqlx::query_scalar::<_, bool>(waits).fetch_one(&provider.db).await.unwrap()
    {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tx.commit().await.unwrap();

    let sent_to = asked.await.unwrap();
    assert!(sent_to.starts_with("/login?request="), "{sent_to}");
    assert_eq!(param(&provider.url(&sent_to), "code"), None);
}
