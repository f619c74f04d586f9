//! What is checked before a word is said to the person (IDP-1 to IDP-5).

use chrono::TimeDelta;
use iae_connect::clients::{self, InvalidRedirectUri, RegisterError};
use iae_test_database::migrated;
use reqwest::StatusCode;

use crate::support::{
    Browser, CLIENT, EMAIL, OTHER_CLIENT, PASSWORD, Page, Provider, encode, location, param, sign_up,
};

/// IDP-2: never a redirect.
#[tokio::test]
async fn an_unknown_client_or_address_gets_a_page_and_no_redirect() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    for (changes, sentence) in [
        (vec![("client_id", "nobody")], "n’est pas enregistré"),
        (vec![("client_id", "")], "n’est pas enregistré"),
        (vec![("redirect_uri", "")], "adresse de retour"),
        (vec![("redirect_uri", "https://evil.example/callback")], "adresse de retour"),
        (vec![("redirect_uri", "http://127.0.0.1:8070/accounts/callback/")], "adresse de retour"),
        (vec![("redirect_uri", "http://127.0.0.1:8070/accounts/callback?next=/")], "adresse de retour"),
        (vec![("redirect_uri", OTHER_CLIENT.redirect_uri)], "adresse de retour"),
    ] {
        let response = browser.get(&provider.authorize_url(CLIENT, &changes)).await;
        assert!(!response.headers().contains_key("location"), "{changes:?}");
        let page = Page::read(response).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{changes:?}");
        assert!(page.text().contains(sentence), "{changes:?}: {}", page.text());
    }
    let twice = format!("{}&redirect_uri=https%3A%2F%2Fevil.example", provider.authorize_url(CLIENT, &[]));
    assert_eq!(browser.get(&twice).await.status(), StatusCode::BAD_REQUEST);
}

/// IDP-2: anything else wrong is told to the relying party, with its state.
#[tokio::test]
async fn other_mistakes_are_told_to_the_relying_party() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    for (changes, error) in [
        (vec![("response_type", "token")], "unsupported_response_type"),
        (vec![("response_type", "code id_token")], "unsupported_response_type"),
        (vec![("response_type", "")], "invalid_request"),
        (vec![("response_mode", "fragment")], "invalid_request"),
        (vec![("scope", "profile email")], "invalid_scope"),
        (vec![("scope", "openid offline_access")], "invalid_scope"),
        (vec![("scope", "")], "invalid_scope"),
        (vec![("code_challenge", "")], "invalid_request"),
        (vec![("code_challenge", "too-short")], "invalid_request"),
        (vec![("code_challenge_method", "")], "invalid_request"),
        (vec![("code_challenge_method", "plain")], "invalid_request"),
        (vec![("prompt", "none login")], "invalid_request"),
        (vec![("prompt", "whatever")], "invalid_request"),
        (vec![("max_age", "soon")], "invalid_request"),
        (vec![("prompt", "none create")], "invalid_request"),
        (vec![("prompt", "create login")], "invalid_request"),
        (vec![("claims", "nonsense")], "invalid_request"),
        (
            vec![("claims", r#"{"id_token": {"acr": {"essential": true, "values": ["eidas3"]}}}"#)],
            "unmet_authentication_requirements",
        ),
        (vec![("request", "eyJ")], "request_not_supported"),
        (vec![("request_uri", "https://example.org/r")], "request_uri_not_supported"),
        (vec![("prompt", "none")], "login_required"),
    ] {
        let response = browser.get(&provider.authorize_url(CLIENT, &changes)).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{changes:?}");
        let location = location(&response);
        assert!(location.starts_with(CLIENT.redirect_uri), "{location}");
        assert_eq!(param(&location, "error").as_deref(), Some(error), "{changes:?}");
        assert_eq!(param(&location, "state").as_deref(), Some("the-state"), "{changes:?}");
        assert_eq!(param(&location, "iss").as_deref(), Some(&*provider.issuer), "{changes:?}");
        assert_eq!(param(&location, "code"), None, "{changes:?}");
    }
}

#[tokio::test]
async fn a_code_goes_back_with_the_state_and_the_issuer() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let page = browser.open_login(&provider.authorize_url(CLIENT, &[("state", "a&b=é")])).await;
    let location = location(&page.submit(&browser, EMAIL, PASSWORD).await);
    assert_eq!(param(&location, "state").as_deref(), Some("a&b=é"));
    assert_eq!(param(&location, "iss").as_deref(), Some(&*provider.issuer));
    assert!(param(&location, "code").is_some_and(|code| code.len() == 43), "256 bits");
}

/// Issue 12, against IDP-3: an address is registered whole, and several may be.
#[tokio::test]
async fn registered_addresses_admit_themselves_and_nothing_else() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let now = "2026-09-01T08:00:00Z".parse().unwrap();
    let mut client = OTHER_CLIENT.registration();
    client.redirect_uris.push("https://pilotage.example.org/callback?from=connect".to_owned());
    clients::upsert(&provider.db, &client, now).await.unwrap();
    let browser = Browser::new();
    for (redirect_uri, status) in [
        ("https://review-12.pilotage.example.org/callback", StatusCode::SEE_OTHER),
        ("https://pilotage.example.org/callback?from=connect", StatusCode::SEE_OTHER),
        ("https://pilotage.example.org/callback", StatusCode::BAD_REQUEST),
        ("https://review-13.pilotage.example.org/callback", StatusCode::BAD_REQUEST),
        ("https://review-12.pilotage.example.org/callback/..", StatusCode::BAD_REQUEST),
        ("https://review-12.pilotage.example.org/callback/", StatusCode::BAD_REQUEST),
        ("https://REVIEW-12.pilotage.example.org/callback", StatusCode::BAD_REQUEST),
        ("https://review-12.pilotage.example.org.evil.example/callback", StatusCode::BAD_REQUEST),
        ("https://review-12.pilotage.example.org@evil.example/callback", StatusCode::BAD_REQUEST),
        ("http://review-12.pilotage.example.org/callback", StatusCode::BAD_REQUEST),
    ] {
        let url = provider.authorize_url(OTHER_CLIENT, &[("redirect_uri", redirect_uri)]);
        assert_eq!(browser.get(&url).await.status(), status, "{redirect_uri}");
    }
    client.redirect_uris = vec!["https://*.pilotage.example.org/callback".to_owned()];
    let refused = clients::upsert(&provider.db, &client, now).await;
    assert!(matches!(refused, Err(RegisterError::RedirectUri(InvalidRedirectUri::Star))), "{refused:?}");
}

#[tokio::test]
async fn an_open_session_answers_without_a_page_until_its_thirty_minutes_are_over() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    for minutes in [14, 15] {
        provider.clock.advance(TimeDelta::minutes(minutes));
        let answer = location(&browser.get(&provider.authorize_url(CLIENT, &[])).await);
        assert!(param(&answer, "code").is_some(), "{answer}");
    }
    // IDP-6: absolute, the visits above did not extend it.
    provider.clock.advance(TimeDelta::minutes(1));
    browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let silent = location(&browser.get(&provider.authorize_url(CLIENT, &[("prompt", "none")])).await);
    assert_eq!(param(&silent, "error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn a_relying_party_may_ask_for_the_password_again() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    let again = browser.open_login(&provider.authorize_url(CLIENT, &[("prompt", "login")])).await;
    assert_eq!(again.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::SEE_OTHER);

    provider.clock.advance(TimeDelta::minutes(10));
    browser.open_login(&provider.authorize_url(CLIENT, &[("max_age", "599")])).await;
    let recent = location(&browser.get(&provider.authorize_url(CLIENT, &[("max_age", "600")])).await);
    assert!(param(&recent, "code").is_some());
}

/// IDP-5: the open session wins, and relying parties compare.
#[tokio::test]
async fn a_hint_for_someone_else_does_not_close_the_open_session() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    sign_up(&provider.db, "autre@structure.example", "2026-09-01T08:00:00Z".parse().unwrap()).await;
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    let url = provider.authorize_url(CLIENT, &[("login_hint", "autre@structure.example")]);
    let code = param(&location(&browser.get(&url).await), "code").unwrap();
    let (_, tokens) = provider.exchange(CLIENT, &code, &[]).await;
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.1["email"], EMAIL);
}

/// OpenID Connect Core §3.1.2.1: by POST as well.
#[tokio::test]
async fn a_request_may_come_by_post_from_the_relying_party() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let url = provider.authorize_url(CLIENT, &[]);
    let params: Vec<(String, String)> =
        url::Url::parse(&url).unwrap().query_pairs().map(|(a, b)| (a.into(), b.into())).collect();
    let form: Vec<(&str, &str)> = params.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let response = Browser::new().post_from_elsewhere(&provider.url("/authorize"), &form).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert!(location(&response).starts_with("/login?request="), "{}", encode(&form));
}

/// A relying party asks for what it was registered with, and no more.
#[tokio::test]
async fn a_client_asks_for_its_own_scopes_alone() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let mut client = CLIENT.registration();
    client.scopes = "openid email".to_owned();
    iae_connect::clients::upsert(&provider.db, &client, "2026-09-01T08:00:00Z".parse().unwrap())
        .await
        .unwrap();
    for (scope, refused) in [("openid email", false), ("openid", false), ("openid email profile", true)] {
        let response = Browser::new().get(&provider.authorize_url(CLIENT, &[("scope", scope)])).await;
        let sent_to = location(&response);
        assert_eq!(sent_to.contains("error=invalid_scope"), refused, "{scope}: {sent_to}");
    }
}
