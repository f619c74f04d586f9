//! Claims by scope (IDP-8).

use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::StatusCode;
use serde_json::json;

use crate::support::{Browser, CLIENT, EMAIL, PASSWORD, Provider, http, location, param, read_json};

#[tokio::test]
async fn claims_are_those_of_the_scopes_and_no_more() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    let sub = provider.camille.to_string();
    for (scope, expected) in [
        ("openid", json!({ "sub": sub })),
        ("openid profile", json!({ "sub": sub, "given_name": "Camille", "family_name": "Martin" })),
        ("openid email", json!({ "sub": sub, "email": EMAIL, "email_verified": true })),
        ("openid usual_name", json!({ "sub": sub, "usual_name": "Martin" })),
    ] {
        let answer = location(&browser.get(&provider.authorize_url(CLIENT, &[("scope", scope)])).await);
        let (_, tokens) = provider.exchange(CLIENT, &param(&answer, "code").unwrap(), &[]).await;
        assert_eq!(
            provider.userinfo(&tokens["access_token"]).await,
            (StatusCode::OK, expected.clone()),
            "{scope}"
        );
        let id_token = crate::relying_party::payload(tokens["id_token"].as_str().unwrap());
        for (claim, value) in expected.as_object().unwrap() {
            assert_eq!(&id_token[claim], value, "{scope}");
        }
        for absent in ["given_name", "email", "usual_name"] {
            assert_eq!(id_token.get(absent).is_some(), expected.get(absent).is_some(), "{scope}: {absent}");
        }
    }
}

#[tokio::test]
async fn an_access_token_lives_thirty_minutes() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, tokens) = provider.tokens(CLIENT).await;
    provider.clock.advance(TimeDelta::minutes(30) - TimeDelta::seconds(1));
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);
    provider.clock.advance(TimeDelta::seconds(1));
    let token = tokens["access_token"].as_str().unwrap();
    let response = http().get(provider.url("/userinfo")).bearer_auth(token).send().await.unwrap();
    assert_eq!(response.headers()["www-authenticate"], r#"Bearer realm="connect", error="invalid_token""#);
    assert_eq!(read_json(response).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_comes_in_the_header_only() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let token = tokens["access_token"].as_str().unwrap();
    let in_query = provider.url(&format!("/userinfo?access_token={token}"));
    assert_eq!(browser.get(&in_query).await.status(), StatusCode::UNAUTHORIZED, "nor does a cookie help");
    assert_eq!(provider.userinfo(&json!("guess")).await.0, StatusCode::UNAUTHORIZED);
    let by_post = http().post(provider.url("/userinfo")).bearer_auth(token).send().await.unwrap();
    assert_eq!(by_post.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_changes_at_the_provider_shows_at_the_next_look_and_the_subject_stays() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, tokens) = provider.tokens(CLIENT).await;
    sqlx::query(
        "update connect.accounts set family_name = 'Durand', email = 'camille.durand@structure.example'",
    )
    .execute(&provider.db)
    .await
    .unwrap();
    let (_, claims) = provider.userinfo(&tokens["access_token"]).await;
    assert_eq!(claims["family_name"], "Durand");
    assert_eq!(claims["sub"], provider.camille.to_string());

    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let response = login.submit(&browser, "camille.durand@structure.example", PASSWORD).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
}
