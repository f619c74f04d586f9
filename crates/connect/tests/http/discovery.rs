//! Metadata and keys.

use sqlx::PgPool;

use crate::support::{Browser, Page, Provider, http, read_json};

#[sqlx::test(migrator = "iae_connect::MIGRATOR")]
async fn metadata_names_what_is_served_and_nothing_else(db: PgPool) {
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
    ] {
        assert_eq!(metadata[member], provider.url(path));
    }
    for (member, values) in [
        ("response_types_supported", vec!["code"]),
        ("grant_types_supported", vec!["authorization_code"]),
        ("id_token_signing_alg_values_supported", vec!["RS256"]),
        ("code_challenge_methods_supported", vec!["S256"]),
        ("token_endpoint_auth_methods_supported", vec!["client_secret_basic", "client_secret_post"]),
        ("scopes_supported", vec!["openid", "profile", "email", "usual_name"]),
        ("subject_types_supported", vec!["public"]),
    ] {
        assert_eq!(metadata[member], serde_json::json!(values), "{member}");
    }
    // Absent would mean true (OpenID Connect Discovery §3).
    assert_eq!(metadata["request_uri_parameter_supported"], false);
}

#[sqlx::test(migrator = "iae_connect::MIGRATOR")]
async fn keys_are_public_only_and_a_new_one_is_published_a_day_before_it_signs(db: PgPool) {
    let provider = Provider::start(db).await;
    let jwks = || async {
        let response = http().get(provider.url("/.well-known/jwks.json")).send().await.unwrap();
        assert_eq!(response.headers()["cache-control"], "public, max-age=300");
        read_json(response).await.1["keys"].as_array().unwrap().clone()
    };
    let signed_with = || async {
        let (_, tokens) = provider.tokens(crate::support::CLIENT).await;
        crate::relying_party::header(tokens["id_token"].as_str().unwrap())["kid"].clone()
    };
    let before = jwks().await;
    assert_eq!(before.len(), 1);
    assert_eq!(before[0]["kty"], "RSA");
    for private in ["d", "p", "q", "dp", "dq", "qi"] {
        assert!(before[0].get(private).is_none(), "{private} is published");
    }

    iae_connect::keys::rotate(&provider.db, "2026-09-01T08:00:00Z".parse().unwrap()).await.unwrap();
    assert_eq!(jwks().await.len(), 2);
    assert_eq!(signed_with().await, before[0]["kid"]);

    provider.clock.advance(chrono::TimeDelta::days(1));
    assert_ne!(signed_with().await, before[0]["kid"]);
    assert_eq!(jwks().await.len(), 2, "the last id tokens of the old key can still be verified");

    provider.clock.advance(chrono::TimeDelta::minutes(31));
    let after = jwks().await;
    assert_eq!(after.len(), 1);
    assert_ne!(after[0]["kid"], before[0]["kid"]);
}

#[sqlx::test(migrator = "iae_connect::MIGRATOR")]
async fn the_issuer_may_have_a_path_and_a_trailing_slash_is_tolerated(db: PgPool) {
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

#[sqlx::test(migrator = "iae_connect::MIGRATOR")]
async fn a_database_that_is_away_is_said_to_be_momentary(db: PgPool) {
    let provider = Provider::start(db).await;
    let (browser, tokens) = provider.tokens(crate::support::CLIENT).await;
    provider.db.close().await;
    let page = Page::read(browser.get(&provider.authorize_url(crate::support::CLIENT, &[])).await).await;
    assert_eq!(page.status, 503);
    assert!(page.text().contains("Réessayez dans quelques instants"));
    let (status, body) = provider.userinfo(&tokens["access_token"]).await;
    assert_eq!((status.as_u16(), &body["error"]), (503, &"temporarily_unavailable".into()));
}

#[sqlx::test(migrator = "iae_connect::MIGRATOR")]
async fn an_unknown_page_is_said_in_french_under_a_strict_policy(db: PgPool) {
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
