//! The platform's own library as relying party, from discovery to userinfo.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use iae_connect::Clock;
use iae_test_database::migrated;
use openidconnect::core::{
    CoreClient, CoreIdTokenVerifier, CoreProviderMetadata, CoreResponseType, CoreUserInfoClaims,
};
use openidconnect::{
    AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, RedirectUrl, Scope, TokenResponse,
};
use serde_json::Value;

use crate::support::{Browser, CLIENT, EMAIL, PASSWORD, Provider, location, param};

fn part(jwt: &str, index: usize) -> Value {
    let part = jwt.split('.').nth(index).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// The header of a JWT, unverified.
pub fn header(jwt: &str) -> Value {
    part(jwt, 0)
}

/// The claims of a JWT, unverified.
pub fn payload(jwt: &str) -> Value {
    part(jwt, 1)
}

#[tokio::test]
async fn an_ordinary_relying_party_signs_someone_in_and_verifies_everything() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start_at(db, "", Clock::System, |_| {}).await;
    let http = openidconnect::reqwest::ClientBuilder::new()
        .redirect(openidconnect::reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let issuer = IssuerUrl::new(provider.issuer.clone()).unwrap();
    let metadata = CoreProviderMetadata::discover_async(issuer, &http).await.unwrap();
    let client = CoreClient::from_provider_metadata(
        metadata,
        ClientId::new(CLIENT.id.to_owned()),
        Some(ClientSecret::new(CLIENT.secret.to_owned())),
    )
    .set_redirect_uri(RedirectUrl::new(CLIENT.redirect_uri.to_owned()).unwrap());

    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, state, nonce) = client
        .authorize_url(
            AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        )
        .add_scope(Scope::new("email".to_owned()))
        .add_scope(Scope::new("profile".to_owned()))
        .set_pkce_challenge(challenge)
        .url();
    let browser = Browser::new();
    let login = browser.open_login(url.as_str()).await;
    let back = location(&login.submit(&browser, EMAIL, PASSWORD).await);
    assert_eq!(param(&back, "state").as_ref(), Some(state.secret()));

    let tokens = client
        .exchange_code(AuthorizationCode::new(param(&back, "code").unwrap()))
        .unwrap()
        .set_pkce_verifier(verifier)
        .request_async(&http)
        .await
        .unwrap();
    let id_token = tokens.id_token().unwrap();
    let id_token_verifier: CoreIdTokenVerifier<'_> = client.id_token_verifier();
    let claims = id_token.claims(&id_token_verifier, &nonce).unwrap();
    assert_eq!(claims.subject().as_str(), provider.camille.to_string());
    assert_eq!(claims.email().unwrap().as_str(), EMAIL);

    let expected = openidconnect::AccessTokenHash::from_token(
        tokens.access_token(),
        id_token.signing_alg().unwrap(),
        id_token.signing_key(&id_token_verifier).unwrap(),
    )
    .unwrap();
    assert_eq!(claims.access_token_hash(), Some(&expected));
    assert!(
        id_token.claims(&id_token_verifier, &Nonce::new_random()).is_err(),
        "another nonce must not pass"
    );

    let userinfo: CoreUserInfoClaims = client
        .user_info(tokens.access_token().clone(), Some(claims.subject().clone()))
        .unwrap()
        .request_async(&http)
        .await
        .unwrap();
    assert_eq!(userinfo.email().unwrap().as_str(), EMAIL);
    assert_eq!(userinfo.given_name().unwrap().get(None).unwrap().as_str(), "Camille");
}

/// IDP-7.
#[tokio::test]
async fn an_id_token_says_who_for_whom_since_when_and_until_when() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    provider.clock.advance(chrono::TimeDelta::minutes(10));
    let code = browser.log_in_again(&provider, CLIENT).await;
    let (_, tokens) = provider.exchange(CLIENT, &code, &[]).await;
    let id_token = tokens["id_token"].as_str().unwrap();
    assert_eq!(header(id_token)["alg"], "RS256");
    let claims = payload(id_token);
    let now = "2026-09-01T08:10:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp();
    assert_eq!(claims["iss"], provider.issuer);
    assert_eq!(claims["aud"], serde_json::json!([CLIENT.id]));
    assert_eq!(claims["sub"], provider.camille.to_string());
    assert_eq!(claims["nonce"], "the-nonce");
    assert_eq!(claims["iat"], now);
    assert_eq!(claims["exp"], now + 30 * 60);
    assert_eq!(claims["auth_time"], now - 10 * 60);
    assert_eq!(claims["amr"], serde_json::json!(["pwd"]));
    assert_eq!(claims["acr"], "eidas1");
    let sessions: Vec<String> =
        sqlx::query_scalar("select id::text from connect.sessions").fetch_all(&provider.db).await.unwrap();
    assert_eq!([claims["sid"].as_str().unwrap()], sessions[..]);
}
