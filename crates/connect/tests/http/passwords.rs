//! Passwords given by an operator (`iae connect set-password`): whoever knew the one before is out.

use iae_connect::accounts::{SetPasswordError, WeakPassword, set_password};
use iae_test_database::migrated;
use reqwest::StatusCode;

use crate::support::{Browser, CLIENT, EMAIL, OTHER_CLIENT, PASSWORD, Provider};

const NEW: &str = "Une autre phrase, plus longue";

#[tokio::test]
async fn another_password_ends_every_session_code_and_token_of_the_account() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let (elsewhere, _) = provider.tokens(OTHER_CLIENT).await;
    let pending_code = elsewhere.log_in_again(&provider, CLIENT).await;
    let now = "2026-09-01T08:00:00Z".parse().unwrap();

    let subject =
        set_password(&provider.db, " Camille.Martin@structure.example", NEW.into(), now).await.unwrap();

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
    let now = "2026-09-01T08:00:00Z".parse().unwrap();
    let weak = set_password(&provider.db, EMAIL, "court".into(), now).await;
    assert!(matches!(weak, Err(SetPasswordError::Weak(WeakPassword::Short))));
    let unknown = set_password(&provider.db, "inconnu@structure.example", NEW.into(), now).await;
    assert!(matches!(unknown, Err(SetPasswordError::UnknownAccount)));
    assert!(browser.is_signed_in(&provider).await);
    assert!(Browser::new().log_in(&provider, CLIENT).await.len() > 40, "the password is the same");
}
