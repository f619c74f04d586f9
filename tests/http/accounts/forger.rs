//! An identity provider that says whatever a test has it say, signed as it should be or not.

mod forgery;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use iae_app::gateways::oidc::{OidcProviders, ProviderSettings};
use iae_connect::Clock;
use iae_connect::keys::PrivateKey;
use iae_domain::accounts::{Algorithm, Provider, UserInfo};
use iae_test_database::kept;
use iae_tests::{BASE_URL, Browser, Page, TestApp};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256};
use ring::{hmac, rsa};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use forgery::Forgery;

pub const CLIENT: &str = "parcours-iae";
pub const SECRET: &str = "secret-of-the-platform-0123456789abcdef";

/// What its codes begin with; the nonce of the login follows.
const CODE: &str = "a-code-";

/// A key it signs with.
#[derive(Clone)]
struct Key {
    kid: String,
    algorithm: Algorithm,
    pkcs8: Vec<u8>,
}

/// What it says, as the test sets it.
pub struct Said {
    /// Claims of the id token that are not what they should be; `null` takes one away.
    pub token: Value,
    /// The same in userinfo.
    pub userinfo: Value,
    /// How tokens are signed.
    pub algorithm: Algorithm,
    /// A token that anyone could make, in place of a signed one.
    pub forgery: Option<Forgery>,
    /// Whether it announces that its answers name it, and what they say.
    pub announces: bool,
    pub iss: Option<String>,
    /// What it answers with instead of a code.
    pub error: Option<&'static str>,
    /// Codes that reached its token endpoint.
    pub codes: Vec<String>,
    keys: Vec<Key>,
    published: Vec<Key>,
}

/// A running provider, stopped when dropped.
pub struct Forger {
    pub provider: Provider,
    pub issuer: String,
    said: Arc<Mutex<Said>>,
    server: JoinHandle<()>,
}

type Shared = (Provider, String, Arc<Mutex<Said>>);

impl Forger {
    /// A provider that keeps its contract, until told otherwise.
    pub async fn start(provider: Provider) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let keys =
            vec![Key::new("one", Algorithm::Rs256).await, Key::new("elliptic", Algorithm::Es256).await];
        let said = Arc::new(Mutex::new(Said {
            token: json!({}),
            userinfo: json!({}),
            algorithm: provider.contract().algorithm,
            forgery: None,
            announces: true,
            iss: Some(issuer.clone()),
            error: None,
            codes: Vec::new(),
            published: keys.clone(),
            keys,
        }));
        let shared: Shared = (provider, issuer.clone(), Arc::clone(&said));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(jwks))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(shared);
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { provider, issuer, said, server }
    }

    /// What it says from now on.
    pub fn says(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap()
    }

    /// It signs with a new key, the only one it publishes.
    pub async fn replace_key(&self) {
        let key = Key::new("another", self.provider.contract().algorithm).await;
        let mut said = self.says();
        (said.keys, said.published) = (vec![key.clone()], vec![key]);
    }

    /// It signs with the keys it had first, which it publishes no more.
    pub fn sign_with(&self, keys: &KeysBefore) {
        self.says().keys.clone_from(&keys.0);
    }

    /// The keys it has.
    pub fn keys(&self) -> KeysBefore {
        KeysBefore(self.says().keys.clone())
    }

    fn code(&self) -> String {
        self.provider.code().to_lowercase()
    }

    /// From the platform to the address the provider sends the browser back to, which is not opened yet.
    pub async fn to_callback(&self, browser: &Browser) -> String {
        let begun = browser.get(&format!("/login/{}?return_to=/dashboard", self.code())).await.is(303);
        let address = begun.follow_once().await.location().expect("the provider sends back");
        assert!(address.starts_with(&format!("{BASE_URL}/login/{}/callback?", self.code())), "{address}");
        address
    }

    /// A whole login, up to what the platform answers to the callback.
    pub async fn log_in(&self, browser: &Browser) -> Page {
        let callback = self.to_callback(browser).await;
        browser.get(&callback).await
    }
}

/// See [`Forger::keys`].
pub struct KeysBefore(Vec<Key>);

impl Drop for Forger {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// The platform, with these providers.
pub async fn platform(forgers: &[&Forger]) -> TestApp {
    let settings: Vec<ProviderSettings> = forgers
        .iter()
        .map(|forger| ProviderSettings {
            provider: forger.provider,
            issuer: forger.issuer.parse().unwrap(),
            client_id: CLIENT.to_owned(),
            client_secret: SECRET.into(),
            redirect_url: format!("{BASE_URL}/login/{}/callback", forger.code()).parse().unwrap(),
            post_logout_url: format!("{BASE_URL}/logout/callback").parse().unwrap(),
            account_url: None,
        })
        .collect();
    TestApp::with(|app| app.oidc = OidcProviders::new(settings).unwrap()).await
}

impl Key {
    async fn new(kid: &str, algorithm: Algorithm) -> Self {
        let pkcs8 = match algorithm {
            Algorithm::Rs256 => {
                let make = async || PrivateKey::generate().await.unwrap().as_pkcs8().to_vec();
                kept(&format!("forger-3072-{kid}"), make).await
            }
            Algorithm::Es256 => {
                EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
                    .unwrap()
                    .as_ref()
                    .to_vec()
            }
            Algorithm::Hs256 => Vec::new(),
        };
        Self { kid: kid.to_owned(), algorithm, pkcs8 }
    }

    fn published(&self) -> Option<Value> {
        let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        match self.algorithm {
            Algorithm::Rs256 => {
                let pair = rsa::KeyPair::from_pkcs8(&self.pkcs8).unwrap();
                let public = PublicKeyComponents::<Vec<u8>>::from(pair.public());
                let (n, e) = (encode(&public.n), encode(&public.e));
                Some(json!({ "kty": "RSA", "kid": self.kid, "use": "sig", "alg": "RS256", "n": n, "e": e }))
            }
            Algorithm::Es256 => {
                let pair = elliptic(&self.pkcs8);
                let point = &pair.public_key().as_ref()[1..];
                let (x, y) = (encode(&point[..32]), encode(&point[32..]));
                Some(json!({ "kty": "EC", "kid": self.kid, "use": "sig", "crv": "P-256", "x": x, "y": y }))
            }
            Algorithm::Hs256 => None,
        }
    }
}

fn elliptic(pkcs8: &[u8]) -> EcdsaKeyPair {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &SystemRandom::new()).unwrap()
}

impl Said {
    /// A token of these claims.
    pub fn signed(&self, claims: &Map<String, Value>) -> String {
        if let Some(forgery) = self.forgery {
            return self.forged(forgery, claims);
        }
        let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let key = self.keys.iter().find(|key| key.algorithm == self.algorithm);
        let name = match self.algorithm {
            Algorithm::Rs256 => "RS256",
            Algorithm::Es256 => "ES256",
            Algorithm::Hs256 => "HS256",
        };
        let kid = key.map(|key| key.kid.clone());
        let header = encode(json!({ "alg": name, "kid": kid }).to_string().as_bytes());
        let signed = format!("{header}.{}", encode(Value::Object(claims.clone()).to_string().as_bytes()));
        let random = SystemRandom::new();
        let signature = match (self.algorithm, key) {
            (Algorithm::Rs256, Some(key)) => {
                let pair = rsa::KeyPair::from_pkcs8(&key.pkcs8).unwrap();
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, signed.as_bytes(), &mut signature).unwrap();
                signature
            }
            (Algorithm::Es256, Some(key)) => {
                elliptic(&key.pkcs8).sign(&random, signed.as_bytes()).unwrap().as_ref().to_vec()
            }
            (Algorithm::Hs256, _) => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
                hmac::sign(&key, signed.as_bytes()).as_ref().to_vec()
            }
            (algorithm, None) => panic!("no key for {algorithm:?}"),
        };
        format!("{signed}.{}", encode(&signature))
    }
}

/// The claims, changed as the test says.
fn changed(mut claims: Value, changes: &Value) -> Map<String, Value> {
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let claims = claims.as_object().unwrap().clone();
    claims.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

async fn metadata(State((_, issuer, said)): State<Shared>) -> Json<Value> {
    let announces = said.lock().unwrap().announces;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "end_session_endpoint": format!("{issuer}/end"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // What it publishes chooses nothing.
        "id_token_signing_alg_values_supported": ["none", "HS256", "RS256", "ES256"],
        "authorization_response_iss_parameter_supported": announces,
    }))
}

async fn jwks(State((_, _, said)): State<Shared>) -> Json<Value> {
    let keys: Vec<Value> = said.lock().unwrap().published.iter().filter_map(Key::published).collect();
    Json(json!({ "keys": keys }))
}

async fn authorize(
    State((_, _, said)): State<Shared>,
    Query(query): Query<HashMap<String, String>>,
) -> Redirect {
    let said = said.lock().unwrap();
    let mut back: url::Url = query["redirect_uri"].parse().unwrap();
    match said.error {
        Some(error) => back.query_pairs_mut().append_pair("error", error),
        // Several logins may be under way: a code says which it is of.
        None => back.query_pairs_mut().append_pair("code", &format!("{CODE}{}", query["nonce"])),
    };
    back.query_pairs_mut()
        .append_pair("state", &query["state"])
        .extend_pairs(said.iss.as_deref().map(|iss| ("iss", iss)));
    Redirect::to(back.as_str())
}

async fn token(State((_, issuer, said)): State<Shared>, body: String) -> Json<Value> {
    let mut said = said.lock().unwrap();
    let code = url::form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == "code").unwrap().1;
    let nonce = code.strip_prefix(CODE).unwrap_or_default();
    said.codes.push(code.clone().into_owned());
    let now = Clock::System.now().timestamp();
    let right = json!({
        "iss": issuer, "aud": CLIENT, "sub": "someone", "nonce": nonce, "iat": now, "exp": now + 300,
        "acr": "eidas1",
    });
    let id_token = said.signed(&changed(right, &said.token));
    Json(json!({ "access_token": "an-access-token", "token_type": "Bearer", "id_token": id_token }))
}

async fn userinfo(State((provider, issuer, said)): State<Shared>, headers: HeaderMap) -> Response {
    if headers.get(header::AUTHORIZATION).is_none_or(|value| value != "Bearer an-access-token") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let said = said.lock().unwrap();
    let right = json!({
        "iss": issuer, "aud": CLIENT, "sub": "someone", "email": "personne@exemple.fr", "given_name": "Camille",
        "family_name": "Martin", "usual_name": "Martin", "birthdate": "1990-01-31",
    });
    let claims = changed(right, &said.userinfo);
    match provider.contract().userinfo {
        UserInfo::Json => Json(Value::Object(claims)).into_response(),
        UserInfo::Signed => {
            ([(header::CONTENT_TYPE, "application/jwt")], said.signed(&claims)).into_response()
        }
    }
}
