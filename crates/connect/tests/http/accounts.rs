//! What the command line calls: accounts, clients, purge.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use iae_connect::accounts::{self, NewAccount, PasswordHash};
use iae_connect::clients::{self, RegisterError};
use iae_connect::purge;
use iae_test_database::migrated;
use reqwest::StatusCode;

use crate::support::{Browser, CLIENT, PASSWORD, Provider};

fn now() -> DateTime<Utc> {
    "2026-09-01T08:00:00Z".parse().unwrap()
}

fn account(email: &str, hash: &PasswordHash) -> NewAccount {
    NewAccount {
        id: None,
        email: email.to_owned(),
        given_name: "Dominique".to_owned(),
        family_name: "Petit".to_owned(),
        password_hash: hash.clone(),
        active: true,
    }
}

#[tokio::test]
async fn three_hundred_accounts_take_one_hash_and_one_statement() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let hash = PasswordHash::new(PASSWORD.into()).await.unwrap();
    let accounts: Vec<_> = (0..300).map(|n| account(&format!("p{n}@structure.example"), &hash)).collect();
    let start = Instant::now();
    let first = accounts::upsert_many(&db, &accounts, now()).await.unwrap();
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(first.len(), 300);
    // Again: the same people, the same subjects (IDP-7).
    assert_eq!(accounts::upsert_many(&db, &accounts, now()).await.unwrap(), first);
}

#[tokio::test]
async fn an_account_is_updated_under_its_address_and_keeps_its_subject() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let new_hash = PasswordHash::new("une autre phrase de passe".into()).await.unwrap();
    let update = account(" CAMILLE.Martin@structure.example", &new_hash);
    let ids = accounts::upsert_many(&provider.db, &[update], now()).await.unwrap();
    assert_eq!(ids, [provider.camille]);
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let answers = [
        login.submit(&browser, crate::support::EMAIL, PASSWORD).await.status(),
        login.submit(&browser, crate::support::EMAIL, "une autre phrase de passe").await.status(),
    ];
    assert_eq!(answers, [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::SEE_OTHER]);
}

#[tokio::test]
async fn a_client_with_a_weak_secret_or_a_loose_address_is_not_registered() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let mut client = CLIENT.registration();
    client.secret = "too short".into();
    assert!(matches!(clients::upsert(&db, &client, now()).await, Err(RegisterError::SecretTooShort)));
    for scopes in ["", "email profile", "openid everything"] {
        let mut client = CLIENT.registration();
        client.scopes = scopes.to_owned();
        assert!(
            matches!(clients::upsert(&db, &client, now()).await, Err(RegisterError::UnknownScope)),
            "{scopes}"
        );
    }
    let mut client = CLIENT.registration();
    client.post_logout_redirect_uris.push("https://*/".to_owned());
    assert!(matches!(clients::upsert(&db, &client, now()).await, Err(RegisterError::RedirectUri(_))));
    let clients: i64 =
        sqlx::query_scalar("select count(*) from connect.clients").fetch_one(&db).await.unwrap();
    assert_eq!(clients, 0);
}

#[tokio::test]
async fn what_expired_is_purged_and_what_lives_stays() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    login.submit(&browser, "inconnu@structure.example", "essai").await;
    let (browser, tokens) = provider.tokens(CLIENT).await;

    provider.clock.advance(TimeDelta::minutes(10));
    assert_eq!(purge(&provider.db, now() + TimeDelta::minutes(10)).await.unwrap(), 1, "the failure only");
    assert!(browser.is_signed_in(&provider).await);
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);

    purge(&provider.db, now() + TimeDelta::days(2)).await.unwrap();
    for table in ["sessions", "answered_requests", "authorization_codes", "access_tokens", "login_failures"] {
        let query = sqlx::AssertSqlSafe(format!("select count(*) from connect.{table}"));
        let rows: i64 = sqlx::query_scalar(query).fetch_one(&provider.db).await.unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    let events = "select count(*) from connect.events";
    assert!(sqlx::query_scalar::<_, i64>(events).fetch_one(&provider.db).await.unwrap() > 0);
    purge(&provider.db, now() + TimeDelta::days(366)).await.unwrap();
    assert_eq!(sqlx::query_scalar::<_, i64>(events).fetch_one(&provider.db).await.unwrap(), 0);
}
