//! What the plans « Basic OP », « RP-Initiated Logout OP » and « Back-Channel Logout OP » of the OpenID Foundation check and no other
//! test does (`docs/openid-conformance.md` lists all of it, check by check), with PKCE in each request.

use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::relying_party::payload;
use crate::support::{
    Browser, CLIENT, EMAIL, PASSWORD, Page, Provider, encode, http, location, param, post_form, read_json,
};

/// The tokens that an answer is worth.
async fn tokens(provider: &Provider, answer: &str) -> Value {
    assert!(answer.starts_with(CLIENT.redirect_uri), "{answer}");
    let (status, tokens) = provider.exchange(CLIENT, &param(answer, "code").unwrap(), &[]).await;
    assert_eq!(status, StatusCode::OK, "{tokens}");
    tokens
}

fn claims(tokens: &Value) -> Value {
    payload(tokens["id_token"].as_str().unwrap())
}

/// Core §3.1.2.1: what is optional may be left out, what is unknown is ignored, and what cannot be honoured does not stop anyone.
#[tokio::test]
async fn what_is_optional_may_be_left_out_and_what_is_unknown_is_ignored() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let all = r#"{"userinfo": {"name": {"essential": true}}, "id_token": {"zoneinfo": null}}"#;
    for asked in [
        ("nonce", ""),
        ("state", ""),
        ("unknown", "parameter"),
        ("scope", "email openid"),
        ("display", "page"),
        ("display", "popup"),
        ("ui_locales", "se"),
        ("claims_locales", "se"),
        ("acr_values", "1 2"),
        ("login_hint", EMAIL),
        ("claims", all),
        ("response_mode", "query"),
    ] {
        let browser = Browser::new();
        let login = browser.open_login(&provider.authorize_url(CLIENT, &[asked])).await;
        let answer = location(&login.submit(&browser, EMAIL, PASSWORD).await);
        let tokens = tokens(&provider, &answer).await;
        let claims = claims(&tokens);
        let (nonce, state) = (claims.get("nonce"), param(&answer, "state"));
        assert_eq!(nonce.is_none(), asked.0 == "nonce", "{asked:?}");
        assert_eq!(state.is_none(), asked.0 == "state", "{asked:?}");
        let (status, userinfo) = provider.userinfo(&tokens["access_token"]).await;
        assert_eq!(status, StatusCode::OK, "{asked:?}");
        assert_eq!(userinfo["sub"], claims["sub"], "{asked:?}");
    }
}

/// Core §3.1.2.1: `prompt=none`, `max_age` and `id_token_hint` in an open session answer for the same sign-in.
#[tokio::test]
async fn an_open_session_answers_for_the_same_sign_in() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, first) = provider.tokens(CLIENT).await;
    provider.clock.advance(TimeDelta::minutes(2));
    let hint = first["id_token"].as_str().unwrap();
    for asked in [
        vec![("prompt", "none")],
        vec![("max_age", "10000")],
        vec![("prompt", "none"), ("id_token_hint", hint)],
        vec![("prompt", "none"), ("max_age", "10000"), ("login_hint", EMAIL)],
    ] {
        let answer = location(&browser.get(&provider.authorize_url(CLIENT, &asked)).await);
        let again = claims(&tokens(&provider, &answer).await);
        for claim in ["sub", "auth_time", "sid", "acr"] {
            assert_eq!(again[claim], claims(&first)[claim], "{asked:?} {claim}");
        }
    }
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[("max_age", "1")])).await;
    let answer = location(&login.submit(&browser, EMAIL, PASSWORD).await);
    let renewed = claims(&tokens(&provider, &answer).await);
    assert!(renewed["auth_time"].as_i64() > claims(&first)["auth_time"].as_i64());
}

/// RFC 6749 §4.1.2: a code serves once, at once or half a minute later.
#[tokio::test]
async fn a_code_serves_once_even_half_a_minute_later() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    for seconds in [0, 30] {
        let code = Browser::new().log_in(&provider, CLIENT).await;
        let (status, tokens) = provider.exchange(CLIENT, &code, &[]).await;
        assert_eq!(status, StatusCode::OK);
        provider.clock.advance(TimeDelta::seconds(seconds));
        let (status, refused) = provider.exchange(CLIENT, &code, &[]).await;
        assert_eq!((status, &refused["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
        assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
    }
}

/// Core §5.3.1: the token comes in the header; in the form of a POST (RFC 6750 §2.2, optional) it is not looked for.
#[tokio::test]
async fn userinfo_takes_a_token_in_the_header_by_get_and_by_post_and_nowhere_else() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, tokens) = provider.tokens(CLIENT).await;
    let token = tokens["access_token"].as_str().unwrap();
    let url = provider.url("/userinfo");
    let get = read_json(http().get(&url).bearer_auth(token).send().await.unwrap()).await;
    let post = read_json(http().post(&url).bearer_auth(token).send().await.unwrap()).await;
    assert_eq!(get, post);
    let in_the_form = post_form(http().post(&url), &[("access_token", token)]).await;
    assert_eq!(in_the_form.status(), StatusCode::UNAUTHORIZED);
}

/// Core §5.4: every scope at once, and in any order.
#[tokio::test]
async fn every_scope_at_once_gives_every_claim() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    for scope in ["openid profile email usual_name", "usual_name email profile openid"] {
        let answer = location(&browser.get(&provider.authorize_url(CLIENT, &[("scope", scope)])).await);
        let tokens = tokens(&provider, &answer).await;
        let (_, userinfo) = provider.userinfo(&tokens["access_token"]).await;
        for claim in ["sub", "given_name", "family_name", "usual_name", "email", "email_verified"] {
            assert!(userinfo.get(claim).is_some(), "{scope}: {claim}");
        }
    }
    for unknown in ["openid address", "openid phone"] {
        let refused = location(&browser.get(&provider.authorize_url(CLIENT, &[("scope", unknown)])).await);
        assert_eq!(param(&refused, "error").as_deref(), Some("invalid_scope"), "{unknown} is not advertised");
    }
}

/// RP-Initiated Logout §2 and §3: with an id token, without state, without address; without one, the person is asked.
#[tokio::test]
async fn a_logout_needs_neither_state_nor_address() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let to = ("post_logout_redirect_uri", CLIENT.post_logout_redirect_uri);
    for (params, expected) in
        [(vec![to], CLIENT.post_logout_redirect_uri), (vec![], "/"), (vec![("state", "alone")], "/")]
    {
        let (browser, tokens) = provider.tokens(CLIENT).await;
        let mut params = params;
        params.push(("id_token_hint", tokens["id_token"].as_str().unwrap()));
        let response = browser.get(&provider.url(&format!("/logout?{}", encode(&params)))).await;
        assert_eq!(location(&response), expected, "{params:?}");
        assert!(!browser.is_signed_in(&provider).await);
        let silent = location(&browser.get(&provider.authorize_url(CLIENT, &[("prompt", "none")])).await);
        assert_eq!(param(&silent, "error").as_deref(), Some("login_required"));
    }
    for params in ["", "?state=alone", "?logout_hint=camille"] {
        let (browser, _) = provider.tokens(CLIENT).await;
        let page = Page::read(browser.get(&provider.url(&format!("/logout{params}"))).await).await;
        assert_eq!(page.status, StatusCode::OK, "{params}");
        assert!(page.text().contains("Voulez-vous vous déconnecter"), "{params}: {}", page.text());
        let confirmed = browser.post(&provider.url(&page.attribute("main form", "action")), &[]).await;
        assert_eq!(location(&confirmed), "/");
        assert!(!browser.is_signed_in(&provider).await);
    }
}

/// RP-Initiated Logout §3: an address that is not registered, character for character, is never followed.
#[tokio::test]
async fn an_address_after_logout_is_registered_to_the_last_character() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let hint = tokens["id_token"].as_str().unwrap();
    let (signed, signature) = hint.rsplit_once('.').unwrap();
    let modified = format!("{signed}.{}", signature.chars().rev().collect::<String>());
    let registered = CLIENT.post_logout_redirect_uri;
    for (hint, uri) in [
        (hint, format!("{registered}?foo=bar")),
        (hint, format!("{registered}elsewhere")),
        (hint, "https://evil.example/".to_owned()),
        (modified.as_str(), registered.to_owned()),
        ("nonsense", registered.to_owned()),
    ] {
        let params = [("id_token_hint", hint), ("post_logout_redirect_uri", uri.as_str()), ("state", "s")];
        let response = browser.get(&provider.url(&format!("/logout?{}", encode(&params)))).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{uri}");
        assert!(
            response.headers().get("location").is_none() && browser.is_signed_in(&provider).await,
            "{uri}"
        );
    }
}

/// Discovery: the keys that are published name themselves and their use, and hold no private part.
#[tokio::test]
async fn published_keys_say_nothing_that_signs() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let url = provider.url("/.well-known/jwks.json");
    let (_, jwks) = read_json(http().get(url).send().await.unwrap()).await;
    let keys = jwks["keys"].as_array().unwrap();
    assert!(!keys.is_empty());
    for key in keys {
        assert_eq!((&key["kty"], &key["use"]), (&json!("RSA"), &json!("sig")));
        assert!(key["kid"].is_string() && key["n"].is_string() && key["e"].is_string());
        for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            assert!(key.get(private).is_none(), "{private}");
        }
    }
}
