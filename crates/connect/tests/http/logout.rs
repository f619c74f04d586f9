//! Logout started by a relying party (IDP-20 to IDP-24).

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::StatusCode;
use ring::hmac;
use serde_json::Value;

use crate::support::{
    Browser, CLIENT, EMAIL, OTHER_CLIENT, PASSWORD, Page, Provider, RelyingParty, encode, http, location,
    read_json, sign_up,
};

fn logout_url(provider: &Provider, params: &[(&str, &str)]) -> String {
    provider.url(&format!("/logout?{}", encode(params)))
}

fn id_token(tokens: &Value) -> &str {
    tokens["id_token"].as_str().unwrap()
}

fn back(client: RelyingParty) -> (&'static str, &'static str) {
    ("post_logout_redirect_uri", client.post_logout_redirect_uri)
}

/// IDP-21.
#[tokio::test]
async fn an_id_token_of_the_person_logs_them_out_of_every_browser_without_a_question() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let (elsewhere, other_tokens) = provider.tokens(OTHER_CLIENT).await;
    let pending_code = elsewhere.log_in_again(&provider, CLIENT).await;

    let hint = ("id_token_hint", id_token(&tokens));
    let response = browser.get(&logout_url(&provider, &[hint, back(CLIENT), ("state", "s&1")])).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&response), "http://127.0.0.1:8070/?state=s%261");

    assert!(!browser.is_signed_in(&provider).await);
    assert!(!elsewhere.is_signed_in(&provider).await);
    for tokens in [tokens, other_tokens] {
        assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(provider.exchange(CLIENT, &pending_code, &[]).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_expired_id_token_is_still_accepted_and_post_works_from_another_site() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, old) = provider.tokens(CLIENT).await;
    provider.clock.advance(TimeDelta::days(2));
    let (browser, _) = provider.tokens(CLIENT).await;
    let form = [("id_token_hint", id_token(&old)), ("client_id", CLIENT.id), back(CLIENT)];
    let response = browser.post_from_elsewhere(&provider.url("/logout"), &form).await;
    assert_eq!(location(&response), CLIENT.post_logout_redirect_uri);
    assert!(!browser.is_signed_in(&provider).await);
}

/// IDP-24.
#[tokio::test]
async fn someone_already_logged_out_is_not_asked_anything() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    provider.clock.advance(TimeDelta::hours(1));
    let hint = ("id_token_hint", id_token(&tokens));
    let response = browser.get(&logout_url(&provider, &[hint, back(CLIENT)])).await;
    assert_eq!(location(&response), CLIENT.post_logout_redirect_uri);
    let home = browser.get(&logout_url(&provider, &[hint])).await;
    assert_eq!(location(&home), "/");
}

/// IDP-22.
#[tokio::test]
async fn without_an_id_token_the_person_is_asked() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let url = logout_url(&provider, &[("client_id", CLIENT.id), back(CLIENT), ("state", "s1")]);
    let page = Page::read(browser.get(&url).await).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Voulez-vous vous déconnecter ?"));
    assert!(page.policy.contains("form-action 'self' http://127.0.0.1:8070;"), "{}", page.policy);
    assert!(browser.is_signed_in(&provider).await, "nothing happens before the answer");

    let names = ["client_id", "post_logout_redirect_uri", "state"];
    let values = names.map(|name| page.attribute(&format!("input[name={name}]"), "value"));
    let form: Vec<(&str, &str)> = names.into_iter().zip(values.iter().map(String::as_str)).collect();
    let response = browser.post(&provider.url(&page.attribute("form", "action")), &form).await;
    assert_eq!(location(&response), "http://127.0.0.1:8070/?state=s1");
    assert!(!browser.is_signed_in(&provider).await);
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_unregistered_address_is_refused_and_nothing_changes() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let hint = ("id_token_hint", id_token(&tokens));
    let evil = ("post_logout_redirect_uri", "https://evil.example/");
    for params in [
        vec![("client_id", CLIENT.id), evil],
        vec![("client_id", CLIENT.id), back(OTHER_CLIENT)],
        vec![("client_id", "nobody")],
        vec![hint, evil],
        vec![hint, back(OTHER_CLIENT)],
        vec![hint, ("client_id", OTHER_CLIENT.id)],
        vec![evil],
    ] {
        let response = browser.get(&logout_url(&provider, &params)).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{params:?}");
        assert!(!response.headers().contains_key("location"));
    }
    let form = [("client_id", CLIENT.id), evil];
    let confirmed = browser.post(&provider.url("/logout/confirmation"), &form).await;
    assert_eq!(confirmed.status(), StatusCode::BAD_REQUEST);
    assert!(browser.is_signed_in(&provider).await);
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);
}

/// IDP-23.
#[tokio::test]
async fn an_invalid_id_token_changes_nothing_for_someone_signed_in() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let mut parts: Vec<String> = id_token(&tokens).split('.').map(str::to_owned).collect();
    parts[2] = "A".repeat(parts[2].len());
    let forged = parts.join(".");
    for hint in ["nonsense", &forged] {
        let url = logout_url(&provider, &[("id_token_hint", hint), back(CLIENT)]);
        assert_eq!(browser.get(&url).await.status(), StatusCode::BAD_REQUEST);
        assert!(browser.is_signed_in(&provider).await);
    }

    let nobody = Browser::new();
    let hint = ("id_token_hint", &*forged);
    for (params, expected) in [
        (vec![hint, back(CLIENT), ("state", "s1")], Some("http://127.0.0.1:8070/?state=s1")),
        (vec![hint, back(OTHER_CLIENT)], Some(OTHER_CLIENT.post_logout_redirect_uri)),
        (vec![hint], Some("/")),
        (vec![hint, ("post_logout_redirect_uri", "https://evil.example/")], None),
    ] {
        let response = nobody.get(&logout_url(&provider, &params)).await;
        match expected {
            Some(expected) => assert_eq!(location(&response), expected, "{params:?}"),
            None => assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{params:?}"),
        }
    }
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_id_token_of_someone_else_asks_first() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, camille) = provider.tokens(CLIENT).await;
    sign_up(&provider.db, "autre@structure.example", "2026-09-01T08:00:00Z".parse().unwrap()).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    login.submit(&browser, "autre@structure.example", PASSWORD).await;
    let hint = ("id_token_hint", id_token(&camille));
    let page = Page::read(browser.get(&logout_url(&provider, &[hint, back(CLIENT)])).await).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("form[action='/logout/confirmation']"));
    assert!(browser.is_signed_in(&provider).await);
    let (_, claims) = provider.userinfo(&camille["access_token"]).await;
    assert_eq!(claims["email"], EMAIL, "and Camille stays signed in too");
}

/// An id token that anyone could make is none: unsigned, or « signed » with what everybody can read.
#[tokio::test]
async fn an_id_token_without_our_signature_is_no_hint() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let claims = id_token(&tokens).split('.').nth(1).unwrap();
    let jwks = http().get(provider.url("/.well-known/jwks.json")).send().await.unwrap();
    let modulus = read_json(jwks).await.1["keys"][0]["n"].as_str().unwrap().to_owned();
    let part = |header: &str| BASE64_URL_SAFE_NO_PAD.encode(header);
    let symmetric = format!("{}.{claims}", part(r#"{"alg":"HS256"}"#));
    let mut forged = vec![format!("{}.{claims}.", part(r#"{"alg":"none"}"#))];
    for secret in [modulus.as_bytes(), CLIENT.secret.as_bytes()] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let signature = hmac::sign(&key, symmetric.as_bytes());
        forged.push(format!("{symmetric}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)));
    }
    for hint in forged {
        let url = logout_url(&provider, &[("id_token_hint", &hint), back(CLIENT)]);
        assert_eq!(browser.get(&url).await.status(), StatusCode::BAD_REQUEST, "{hint}");
        assert!(browser.is_signed_in(&provider).await);
    }
}
