//! Metadata and keys.

use iae_test_database::migrated;

use crate::support::{Browser, Page, Provider, http, read_json};

#[tokio::test]
async fn metadata_names_what_is_served_and_nothing_else() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let url = provider.url("/.well-known/openid-configuration");
    let (status, metadata) = read_json(http().get(url).send().await.unwrap()).await;
    assert_eq!(status, 200);
    assert_eq!(metadata["issuer"], provider.issuer);
    for (member, path) in [
        ("authorization_endpoint", "/authorize"),
        ("token_endpoint", "/token"),
        ("userinfo_endpoint", "/userinfo"),
        ("end_session_endpoint", "/logout"),
        ("jwks_uri", "/.well-known/jwks.json"),
        ("revocation_endpoint", "/revoke_token"),
        ("introspection_endpoint", "/introspect"),
    ] {
        assert_eq!(metadata[member], provider.url(path));
    }
    for (member, values) in [
        ("response_types_supported", vec!["code"]),
        ("grant_types_supported", vec!["authorization_code", "refresh_token"]),
        ("id_token_signing_alg_values_supported", vec!["RS256"]),
        ("code_challenge_methods_supported", vec!["S256"]),
        ("token_endpoint_auth_methods_supported", vec!["client_secret_basic", "client_secret_post"]),
        ("revocation_endpoint_auth_methods_supported", vec!["client_secret_basic", "client_secret_post"]),
        ("introspection_endpoint_auth_methods_supported", vec!["client_secret_basic", "client_secret_post"]),
        ("scopes_supported", vec!["openid", "profile", "email", "usual_name", "offline_access"]),
        ("acr_values_supported", vec!["eidas1", "eidas2"]),
        ("prompt_values_supported", vec!["none", "login", "consent", "select_account", "create"]),
        ("subject_types_supported", vec!["public"]),
    ] {
        assert_eq!(metadata[member], serde_json::json!(values), "{member}");
    }
    for member in [
        "backchannel_logout_supported",
        "backchannel_logout_session_supported",
        "claims_parameter_supported",
        "authorization_response_iss_parameter_supported",
    ] {
        assert_eq!(metadata[member], true, "{member}");
    }
    for absent in ["registration_endpoint", "frontchannel_logout_supported", "check_session_iframe"] {
        assert!(metadata.get(absent).is_none(), "{absent} is not served");
    }
    // Absent would mean true (OpenID Connect Discovery §3).
    assert_eq!(metadata["request_uri_parameter_supported"], false);
}

#[tokio::test]
async fn the_issuer_may_have_a_path_and_a_trailing_slash_is_tolerated() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start_with(db, "/auth", |_| {}).await;
    assert!(provider.issuer.ends_with("/auth"));
    for path in ["/.well-known/openid-configuration", "/.well-known/openid-configuration/"] {
        let (status, metadata) = read_json(http().get(provider.url(path)).send().await.unwrap()).await;
        assert_eq!(status, 200);
        assert_eq!(metadata["issuer"], provider.issuer);
    }
    let (_, tokens) = provider.tokens(crate::support::CLIENT).await;
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, 200);
}

#[tokio::test]
async fn a_database_that_is_away_is_said_to_be_momentary() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(crate::support::CLIENT).await;
    provider.db.close().await;
    let page = Page::read(browser.get(&provider.authorize_url(crate::support::CLIENT, &[])).await).await;
    assert_eq!(page.status, 503);
    assert!(page.text().contains("Réessayez dans quelques instants"));
    let (status, body) = provider.userinfo(&tokens["access_token"]).await;
    assert_eq!((status.as_u16(), &body["error"]), (503, &"temporarily_unavailable".into()));
}

#[tokio::test]
async fn an_unknown_page_is_said_in_french_under_a_strict_policy() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let response = Browser::new().get(&provider.url("/nowhere")).await;
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let page = Page::read(response).await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains("Page introuvable"));
    assert!(page.policy.contains("default-src 'none'") && page.policy.contains("frame-ancestors 'none'"));
    assert!(!page.policy.contains("script-src") && !page.policy.contains("unsafe"));
}
