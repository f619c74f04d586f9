//! Back-channel logout (OpenID Connect Back-Channel Logout 1.0), received by a real server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use iae_test_database::migrated;
use openidconnect::JsonWebKey as _;
use openidconnect::core::{CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::form_urlencoded;

use crate::relying_party::{header, payload};
use crate::support::{Browser, CLIENT, OTHER_CLIENT, PASSWORD, Provider, encode, http, read_json, sign_up};

/// The end of a relying party that is told of logouts.
struct Told {
    uri: String,
    received: Arc<Mutex<Vec<String>>>,
    /// What it answers, in turn; 200 once there is no more.
    answers: Arc<Mutex<Vec<StatusCode>>>,
    server: JoinHandle<()>,
}

type Shared = (Arc<Mutex<Vec<String>>>, Arc<Mutex<Vec<StatusCode>>>);

async fn take(State((received, answers)): State<Shared>, body: String) -> StatusCode {
    received.lock().unwrap().push(body);
    answers.lock().unwrap().pop().unwrap_or(StatusCode::OK)
}

impl Told {
    async fn start(answers: &[StatusCode]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let uri = format!("http://{}/backchannel-logout", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let answers = Arc::new(Mutex::new(answers.to_vec()));
        let shared: Shared = (received.clone(), answers.clone());
        let router = Router::new().route("/backchannel-logout", post(take)).with_state(shared);
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { uri, received, answers, server }
    }

    async fn register(&self, provider: &Provider) {
        let uri = self.uri.clone();
        provider.register(CLIENT, |client| client.backchannel_logout_uri = Some(uri)).await;
    }

    /// The logout tokens, once there are so many.
    async fn tokens(&self, count: usize) -> Vec<String> {
        for _ in 0..400 {
            let received = self.received.lock().unwrap().clone();
            if received.len() >= count {
                return received.iter().map(|body| logout_token(body)).collect();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} of {count} were received", self.received.lock().unwrap().len());
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn logout_token(body: &str) -> String {
    let form: Vec<_> = form_urlencoded::parse(body.as_bytes()).collect();
    assert_eq!(form.len(), 1);
    assert_eq!(form[0].0, "logout_token");
    form[0].1.to_string()
}

/// What a relying party does with a logout token (§2.6).
async fn verified(provider: &Provider, token: &str) -> Value {
    let header = header(token);
    assert_eq!((&header["alg"], &header["typ"]), (&"RS256".into(), &"logout+jwt".into()));
    let jwks = http().get(provider.url("/.well-known/jwks.json")).send().await.unwrap();
    let keys: CoreJsonWebKeySet = serde_json::from_value(read_json(jwks).await.1).unwrap();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    let key = &keys.keys()[0];
    assert_eq!(header["kid"], key.key_id().unwrap().as_str());
    let algorithm = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
    key.verify_signature(&algorithm, message.as_bytes(), &signature).unwrap();
    let claims = payload(token);
    assert_eq!(claims["iss"], provider.issuer);
    assert_eq!(claims["aud"], CLIENT.id);
    assert_eq!(claims["events"], json!({"http://schemas.openid.net/event/backchannel-logout": {}}));
    assert!(claims.get("nonce").is_none() && claims["jti"].is_string());
    assert!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap() <= 120);
    claims
}

/// Waits until that many wait to be told: what was received is marked a moment later.
async fn settles_at(provider: &Provider, count: i64) {
    let waiting = "select count(*) from connect.backchannel_logouts where sent_at is null";
    for _ in 0..200 {
        let waiting: i64 = sqlx::query_scalar(waiting).fetch_one(&provider.db).await.unwrap();
        if waiting == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("they never become {count}");
}

#[tokio::test]
async fn a_logout_anywhere_is_told_to_those_the_person_signed_in_at() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let told = Told::start(&[]).await;
    told.register(&provider).await;
    let (_, mine) = provider.tokens(CLIENT).await;
    provider.tokens(CLIENT).await;
    let (_, tokens) = provider.tokens(OTHER_CLIENT).await;
    let hint = encode(&[("id_token_hint", tokens["id_token"].as_str().unwrap())]);
    Browser::new().get(&provider.url(&format!("/logout?{hint}"))).await;

    let received = told.tokens(1).await;
    let claims = verified(&provider, &received[0]).await;
    assert_eq!(claims["sub"], provider.camille.to_string());
    assert!(claims.get("sid").is_none(), "every session of hers");
    // It is no id token: given back as a hint, it logs nobody out.
    provider.tokens(CLIENT).await;
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    let hint = encode(&[("id_token_hint", &received[0])]);
    assert_eq!(browser.get(&provider.url(&format!("/logout?{hint}"))).await.status(), 400);
    assert!(browser.is_signed_in(&provider).await);

    // The same again ends nothing more than what was opened since, told once.
    let hint = encode(&[("id_token_hint", mine["id_token"].as_str().unwrap())]);
    for _ in 0..3 {
        Browser::new().get(&provider.url(&format!("/logout?{hint}"))).await;
    }
    assert_eq!(told.tokens(2).await.len(), 2);
    settles_at(&provider, 0).await;
}

#[tokio::test]
async fn a_session_ended_alone_is_told_alone() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let told = Told::start(&[]).await;
    told.register(&provider).await;
    let (browser, kept) = provider.tokens(CLIENT).await;
    let (_, ended) = provider.tokens(CLIENT).await;
    let sid = payload(ended["id_token"].as_str().unwrap())["sid"].clone();
    assert_ne!(payload(kept["id_token"].as_str().unwrap())["sid"], sid);
    browser.post(&provider.url("/sessions/end"), &[("session", sid.as_str().unwrap())]).await;
    let claims = verified(&provider, &told.tokens(1).await[0]).await;
    assert_eq!(claims["sid"], sid);
    assert_eq!(claims["sub"], provider.camille.to_string());
    assert_eq!(provider.userinfo(&ended["access_token"]).await.0, 401);
    assert_eq!(provider.userinfo(&kept["access_token"]).await.0, 200);
    assert!(browser.is_signed_in(&provider).await);

    // Somebody else signs in in the same browser: the session that was there ends, and is told.
    let other = "amel.benali@structure.example";
    sign_up(&provider.db, other, "2026-09-01T08:00:00Z".parse().unwrap()).await;
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[("prompt", "login")])).await;
    login.submit(&browser, other, PASSWORD).await;
    let claims = verified(&provider, &told.tokens(2).await[1]).await;
    assert_eq!(claims["sid"], payload(kept["id_token"].as_str().unwrap())["sid"]);
}

#[tokio::test]
async fn what_is_not_taken_is_told_again_with_another_token() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let told = Told::start(&[StatusCode::SERVICE_UNAVAILABLE]).await;
    told.register(&provider).await;
    let (browser, _) = provider.tokens(CLIENT).await;
    browser.post(&provider.url("/logout/confirmation"), &[]).await;
    told.tokens(1).await;
    settles_at(&provider, 1).await;
    provider.clock.advance(TimeDelta::minutes(1));
    let received = told.tokens(2).await;
    assert_ne!(payload(&received[0])["jti"], payload(&received[1])["jti"]);
    verified(&provider, &received[1]).await;
    assert!(told.answers.lock().unwrap().is_empty());
    settles_at(&provider, 0).await;
    let written = "select count(*) from connect.events where name like 'backchannel%'";
    for _ in 0..200 {
        if sqlx::query_scalar::<_, i64>(written).fetch_one(&provider.db).await.unwrap() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let trail: Vec<String> = sqlx::query_scalar(
        "select concat_ws(' ', name, client_id, detail) from connect.events where name like 'backchannel%' order by at",
    )
    .fetch_all(&provider.db)
    .await
    .unwrap();
    assert_eq!(trail, ["backchannel_logout_error emplois refused", "backchannel_logout emplois"]);
}

/// A registered address may be made to name anything, the machine and its neighbours included.
#[tokio::test]
async fn a_private_address_is_told_nothing_unless_the_operator_says_so() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start_with(db, "", |config| config.reaches_private_addresses = false).await;
    let told = Told::start(&[]).await;
    told.register(&provider).await;
    let (browser, _) = provider.tokens(CLIENT).await;
    browser.post(&provider.url("/logout/confirmation"), &[]).await;
    for _ in 0..400 {
        let refused: Option<String> =
            sqlx::query_scalar("select detail from connect.events where name = 'backchannel_logout_error'")
                .fetch_optional(&provider.db)
                .await
                .unwrap();
        if let Some(refused) = refused {
            assert_eq!(refused, "private_address");
            assert!(told.received.lock().unwrap().is_empty());
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it was never tried");
}
