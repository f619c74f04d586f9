//! Codes and tokens (IDP-6, IDP-7).

use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::StatusCode;
use tokio::task::JoinSet;

use crate::support::{
    Browser, CLIENT, EMAIL, OTHER_CLIENT, PASSWORD, Provider, VERIFIER, http, location, param, post_form,
    read_json,
};

const REFUSED: StatusCode = StatusCode::BAD_REQUEST;

#[tokio::test]
async fn a_code_is_exchanged_with_either_client_authentication() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 1800);
    assert_eq!(tokens["scope"], "openid profile email");
    assert!(tokens.get("refresh_token").is_none());

    let code = param(&location(&browser.get(&provider.authorize_url(CLIENT, &[])).await), "code").unwrap();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT.id),
        ("client_secret", CLIENT.secret),
        ("code", &code),
        ("redirect_uri", CLIENT.redirect_uri),
        ("code_verifier", VERIFIER),
    ];
    let response = post_form(http().post(provider.url("/token")), &form).await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(read_json(response).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_secret_or_no_secret_is_an_invalid_client() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let code = Browser::new().log_in(&provider, CLIENT).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("redirect_uri", CLIENT.redirect_uri),
        ("code_verifier", VERIFIER),
    ];
    let request = || http().post(provider.url("/token"));
    for request in [
        request(),
        request().basic_auth(CLIENT.id, Some("wrong")),
        request().basic_auth(CLIENT.id, Some(OTHER_CLIENT.secret)),
        request().basic_auth("nobody", Some(CLIENT.secret)),
        request().basic_auth(CLIENT.id, None::<&str>),
    ] {
        let response = post_form(request, &form).await;
        assert!(response.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic"));
        let (status, body) = read_json(response).await;
        assert_eq!((status, &body["error"]), (StatusCode::UNAUTHORIZED, &"invalid_client".into()));
    }
    // None of these used the code up.
    assert_eq!(provider.exchange(CLIENT, &code, &[]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_malformed_request_is_refused_in_oauth_s_words() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let code = Browser::new().log_in(&provider, CLIENT).await;
    for (changes, error) in [
        (vec![("grant_type", "")], "invalid_request"),
        (vec![("grant_type", "refresh_token")], "invalid_request"),
        (vec![("grant_type", "password")], "unsupported_grant_type"),
        (vec![("code", "")], "invalid_request"),
        (vec![("client_secret", CLIENT.secret)], "invalid_request"),
        (vec![("client_id", OTHER_CLIENT.id)], "invalid_request"),
        (vec![("code", "unknown")], "invalid_grant"),
    ] {
        let (status, body) = provider.exchange(CLIENT, &code, &changes).await;
        assert_eq!((status, &body["error"]), (REFUSED, &error.into()), "{changes:?}");
    }
    assert_eq!(provider.exchange(CLIENT, &code, &[]).await.0, StatusCode::OK);
}

/// IDP-6: bound to its redirect URI and its verifier; a failed presentation uses it up.
#[tokio::test]
async fn a_code_presented_wrongly_is_lost() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    for changes in [
        vec![("code_verifier", "")],
        vec![("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK")],
        vec![("code_verifier", crate::support::CHALLENGE)],
        vec![("redirect_uri", "")],
        vec![("redirect_uri", "http://127.0.0.1:8070/")],
    ] {
        let code = browser.log_in_again(&provider, CLIENT).await;
        let (status, body) = provider.exchange(CLIENT, &code, &changes).await;
        assert_eq!((status, &body["error"]), (REFUSED, &"invalid_grant".into()), "{changes:?}");
        assert_eq!(
            provider.exchange(CLIENT, &code, &[]).await.0,
            REFUSED,
            "{changes:?}: the code still works"
        );
    }
}

#[tokio::test]
async fn a_code_of_another_client_is_unknown() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let code = Browser::new().log_in(&provider, CLIENT).await;
    for changes in [vec![], vec![("redirect_uri", CLIENT.redirect_uri)]] {
        let (status, body) = provider.exchange(OTHER_CLIENT, &code, &changes).await;
        assert_eq!((status, &body["error"]), (REFUSED, &"invalid_grant".into()));
    }
    assert_eq!(provider.exchange(CLIENT, &code, &[]).await.0, StatusCode::OK, "its owner keeps it");
}

#[tokio::test]
async fn a_code_lives_sixty_seconds() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let code = browser.log_in(&provider, CLIENT).await;
    provider.clock.advance(TimeDelta::seconds(59));
    assert_eq!(provider.exchange(CLIENT, &code, &[]).await.0, StatusCode::OK);
    let code = browser.log_in_again(&provider, CLIENT).await;
    provider.clock.advance(TimeDelta::seconds(60));
    assert_eq!(provider.exchange(CLIENT, &code, &[]).await.0, REFUSED);
}

#[tokio::test]
async fn a_replayed_code_is_refused_and_takes_its_token_back() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let code = Browser::new().log_in(&provider, CLIENT).await;
    let (_, tokens) = provider.exchange(CLIENT, &code, &[]).await;
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);
    let (status, body) = provider.exchange(CLIENT, &code, &[]).await;
    assert_eq!((status, &body["error"]), (REFUSED, &"invalid_grant".into()));
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn of_simultaneous_exchanges_exactly_one_wins() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = std::sync::Arc::new(Provider::start(db).await);
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    for round in 0..10 {
        let code = browser.log_in_again(&provider, CLIENT).await;
        let mut exchanges = JoinSet::new();
        for _ in 0..4 {
            let (provider, code) = (provider.clone(), code.clone());
            exchanges.spawn(async move { provider.exchange(CLIENT, &code, &[]).await.0 });
        }
        let answers = exchanges.join_all().await;
        let winners = answers.iter().filter(|status| **status == StatusCode::OK).count();
        assert_eq!(winners, 1, "round {round}: {answers:?}");
        assert_eq!(answers.iter().filter(|status| **status == REFUSED).count(), 3, "{answers:?}");
    }
}

#[tokio::test]
async fn a_closed_account_gets_nothing_more() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let code = browser.log_in_again(&provider, CLIENT).await;
    sqlx::query("update connect.accounts set active = false").execute(&provider.db).await.unwrap();

    assert_eq!(provider.exchange(CLIENT, &code, &[]).await.0, REFUSED);
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

/// A stolen copy of the database opens nothing.
#[tokio::test]
async fn no_secret_is_stored_as_it_is() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let response = login.submit(&browser, EMAIL, PASSWORD).await;
    let cookie = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    let session = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    let code = param(&location(&response), "code").unwrap();
    let (_, tokens) = provider.exchange(CLIENT, &code, &[]).await;
    let access_token = tokens["access_token"].as_str().unwrap().to_owned();
    let request = param(&login.url, "request").unwrap();

    let tables: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'connect'")
            .fetch_all(&provider.db)
            .await
            .unwrap();
    for table in tables {
        let query = format!("select coalesce(string_agg(t::text, ' '), '') from connect.{table} as t");
        let content: String =
            sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(&provider.db).await.unwrap();
        for secret in [&session, &code, &access_token, &request, PASSWORD, CLIENT.secret] {
            let hex: String = secret
                .bytes()
                .flat_map(|byte| [byte >> 4, byte & 15])
                .filter_map(|digit| char::from_digit(digit.into(), 16))
                .collect();
            assert!(!content.contains(secret) && !content.contains(&hex), "{table} holds a secret");
        }
    }
}
