//! A provider, a browser and a relying party for the tests.

use std::net::SocketAddr;

use chrono::{DateTime, Utc};
use iae_connect::accounts::{self, NewAccount, PasswordHash};
use iae_connect::clients::{self, NewClient};
use iae_connect::keys::{Keyring, KeysSecret, PrivateKey};
use iae_connect::{Clock, Config, Connect, FixedClock, serve};
use iae_test_database::kept;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use scraper::{Html, Selector};
use serde_json::Value;
use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::{Url, form_urlencoded};
use uuid::Uuid;

pub const EMAIL: &str = "camille.martin@structure.example";
pub const PASSWORD: &str = "une phrase de passe pour la démonstration";
pub const CLIENT: RelyingParty = RelyingParty {
    id: "emplois",
    secret: "secret-of-emplois-0123456789abcdefghij",
    redirect_uri: "http://127.0.0.1:8070/accounts/callback",
    post_logout_redirect_uri: "http://127.0.0.1:8070/",
};
pub const OTHER_CLIENT: RelyingParty = RelyingParty {
    id: "pilotage",
    secret: "secret-of-pilotage-0123456789abcdefgh",
    redirect_uri: "https://review-12.pilotage.example.org/callback",
    post_logout_redirect_uri: "https://pilotage.example.org/bye",
};
/// The pair of RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

#[derive(Clone, Copy)]
pub struct RelyingParty {
    pub id: &'static str,
    pub secret: &'static str,
    pub redirect_uri: &'static str,
    pub post_logout_redirect_uri: &'static str,
}

/// A running provider, stopped when dropped.
pub struct Provider {
    pub issuer: String,
    pub db: PgPool,
    pub clock: FixedClock,
    pub camille: Uuid,
    server: JoinHandle<()>,
}

impl Provider {
    /// A provider on which it is 8 o'clock on the 1st of September, with Camille and two relying parties.
    pub async fn start(db: PgPool) -> Self {
        Self::start_with(db, "", |_| {}).await
    }

    /// The same, its issuer under `path`, with other settings.
    pub async fn start_with(db: PgPool, path: &str, configure: impl FnOnce(&mut Config)) -> Self {
        let clock = Clock::fixed("2026-09-01T08:00:00Z".parse().unwrap());
        Self::start_at(db, path, clock, configure).await
    }

    /// The same, with another clock.
    pub async fn start_at(db: PgPool, path: &str, clock: Clock, configure: impl FnOnce(&mut Config)) -> Self {
        keyring(&db).import(&signing_key().await, clock.now()).await.unwrap();
        Self::start_on(db, path, clock, configure).await
    }

    /// A provider whose keys are those of the database.
    pub async fn start_without_key(db: PgPool) -> Self {
        let clock = Clock::fixed("2026-09-01T08:00:00Z".parse().unwrap());
        Self::start_on(db, "", clock, |_| {}).await
    }

    async fn start_on(db: PgPool, path: &str, clock: Clock, configure: impl FnOnce(&mut Config)) -> Self {
        let now = clock.now();
        for client in [CLIENT, OTHER_CLIENT] {
            clients::upsert(&db, &client.registration(), now).await.unwrap();
        }
        let camille = sign_up(&db, EMAIL, now).await;

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        let issuer = format!("http://{address}{path}");
        let mut config = Config::new(issuer.parse().unwrap());
        // Everyone has the same, and it is weak: `account_flows/required.rs` says what comes of it otherwise.
        config.renews_weak_passwords = false;
        configure(&mut config);
        let fixed = match &clock {
            Clock::Fixed(fixed) => fixed.clone(),
            Clock::System => match Clock::fixed(now) {
                Clock::Fixed(unused) => unused,
                Clock::System => unreachable!(),
            },
        };
        let connect = Connect::new(db.clone(), config, keys_secret(), clock).await.unwrap();
        let server = tokio::spawn(async move {
            serve(listener, connect, std::future::pending()).await.unwrap();
        });
        Self { issuer, db, clock: fixed, camille, server }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.issuer)
    }

    /// The URL a relying party sends people to; a change replaces a parameter, or removes it when empty.
    pub fn authorize_url(&self, client: RelyingParty, changes: &[(&str, &str)]) -> String {
        let mut params = vec![
            ("client_id", client.id),
            ("redirect_uri", client.redirect_uri),
            ("response_type", "code"),
            ("scope", "openid profile email"),
            ("state", "the-state"),
            ("nonce", "the-nonce"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        for &(name, value) in changes {
            params.retain(|(known, _)| *known != name);
            if !value.is_empty() {
                params.push((name, value));
            }
        }
        self.url(&format!("/authorize?{}", encode(&params)))
    }

    /// Exchanges a code as the relying party would; changes as above.
    pub async fn exchange(
        &self,
        client: RelyingParty,
        code: &str,
        changes: &[(&str, &str)],
    ) -> (StatusCode, Value) {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", client.redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        for &(name, value) in changes {
            form.retain(|(known, _)| *known != name);
            if !value.is_empty() {
                form.push((name, value));
            }
        }
        let request = http().post(self.url("/token")).basic_auth(client.id, Some(client.secret));
        read_json(post_form(request, &form).await).await
    }

    /// Asks an endpoint of servers, as this relying party.
    pub async fn ask(&self, client: RelyingParty, path: &str, form: &[(&str, &str)]) -> Response {
        post_form(http().post(self.url(path)).basic_auth(client.id, Some(client.secret)), form).await
    }

    /// Registers a relying party otherwise.
    pub async fn register(&self, client: RelyingParty, change: impl FnOnce(&mut NewClient)) {
        let mut registration = client.registration();
        change(&mut registration);
        clients::upsert(&self.db, &registration, Clock::Fixed(self.clock.clone()).now()).await.unwrap();
    }

    /// Camille signs in for this relying party in a new browser; returns both tokens.
    pub async fn tokens(&self, client: RelyingParty) -> (Browser, Value) {
        let browser = Browser::new();
        let code = browser.log_in(self, client).await;
        let (status, tokens) = self.exchange(client, &code, &[]).await;
        assert_eq!(status, StatusCode::OK, "{tokens}");
        (browser, tokens)
    }

    pub async fn userinfo(&self, access_token: &Value) -> (StatusCode, Value) {
        let token = access_token.as_str().unwrap();
        read_json(http().get(self.url("/userinfo")).bearer_auth(token).send().await.unwrap()).await
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl RelyingParty {
    pub fn registration(self) -> NewClient {
        NewClient {
            id: self.id.to_owned(),
            name: format!("Le service {}", self.id),
            secret: self.secret.into(),
            scopes: "openid profile email usual_name".to_owned(),
            redirect_uris: vec![self.redirect_uri.to_owned()],
            post_logout_redirect_uris: vec![self.post_logout_redirect_uri.to_owned()],
            backchannel_logout_uri: None,
            initiate_login_uri: None,
            refresh_tokens: false,
        }
    }
}

/// An account with the shared password.
pub async fn sign_up(db: &PgPool, email: &str, now: DateTime<Utc>) -> Uuid {
    let account = NewAccount {
        id: None,
        email: email.to_owned(),
        given_name: "Camille".to_owned(),
        family_name: "Martin".to_owned(),
        password_hash: PasswordHash::new(PASSWORD.into()).await.unwrap(),
        active: true,
    };
    accounts::upsert_many(db, &[account], now).await.unwrap()[0]
}

/// The keys of the provider in this database.
pub fn keyring(db: &PgPool) -> Keyring {
    Keyring::new(db.clone(), keys_secret())
}

fn keys_secret() -> KeysSecret {
    KeysSecret::new(&[7; 32]).unwrap()
}

/// Making a key takes a while: it is made once and kept with the build.
pub async fn signing_key() -> PrivateKey {
    let make = async || PrivateKey::generate().await.unwrap().as_pkcs8().to_vec();
    PrivateKey::from_pkcs8(kept("connect-3072", make).await)
}

/// A browser: cookies, no redirect followed without being looked at.
#[derive(Clone)]
pub struct Browser(Client);

impl Browser {
    pub fn new() -> Self {
        install_crypto();
        Self(
            Client::builder().cookie_store(true).redirect(Policy::none()).tls_certs_only([]).build().unwrap(),
        )
    }

    pub async fn get(&self, url: &str) -> Response {
        self.0.get(url).send().await.unwrap()
    }

    /// Posts a form as a page of the provider would.
    pub async fn post(&self, url: &str, form: &[(&str, &str)]) -> Response {
        post_form(self.0.post(url).header("sec-fetch-site", "same-origin"), form).await
    }

    /// Posts a form from another site.
    pub async fn post_from_elsewhere(&self, url: &str, form: &[(&str, &str)]) -> Response {
        let request = self.0.post(url).header("sec-fetch-site", "cross-site");
        post_form(request.header("origin", "https://evil.example"), form).await
    }

    /// Follows a relying party to the login page.
    pub async fn open_login(&self, authorize_url: &str) -> LoginPage {
        let response = self.get(authorize_url).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let url = Url::parse(authorize_url).unwrap().join(&location(&response)).unwrap();
        assert!(url.path().ends_with("/login"), "{url}");
        LoginPage { url: url.to_string() }
    }

    /// Signs Camille in and returns the code the relying party receives.
    pub async fn log_in(&self, provider: &Provider, client: RelyingParty) -> String {
        let page = self.open_login(&provider.authorize_url(client, &[])).await;
        let response = page.submit(self, EMAIL, PASSWORD).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let location = location(&response);
        assert!(location.starts_with(client.redirect_uri), "{location}");
        param(&location, "code").unwrap()
    }

    /// A new code, from the session already open.
    pub async fn log_in_again(&self, provider: &Provider, client: RelyingParty) -> String {
        let location = location(&self.get(&provider.authorize_url(client, &[])).await);
        match param(&absolute(provider, &location), "code") {
            Some(code) => code,
            None => self.log_in(provider, client).await,
        }
    }

    /// Signs Camille in for her account alone; gives what her password is answered.
    pub async fn log_in_to_account(&self, provider: &Provider) -> Response {
        let login = self.get(&provider.url("/login")).await;
        let page = LoginPage { url: absolute(provider, &location(&login)) };
        page.submit(self, EMAIL, PASSWORD).await
    }

    /// Whether the provider still knows someone in this browser.
    pub async fn is_signed_in(&self, provider: &Provider) -> bool {
        self.get(&provider.url("/")).await.text().await.unwrap().contains("Votre session est ouverte")
    }
}

/// The login page, as a person uses it: through the form that it shows.
#[derive(Clone)]
pub struct LoginPage {
    pub url: String,
}

impl LoginPage {
    pub async fn read(&self, browser: &Browser) -> Page {
        Page::read(browser.get(&self.url).await).await
    }

    pub async fn submit(&self, browser: &Browser, email: &str, password: &str) -> Response {
        let page = self.read(browser).await;
        let action = Url::parse(&self.url).unwrap().join(&page.attribute("form", "action")).unwrap();
        browser.post(action.as_str(), &[("email", email), ("password", password)]).await
    }
}

/// An HTML answer.
pub struct Page {
    pub status: StatusCode,
    pub policy: String,
    pub html: String,
}

impl Page {
    pub async fn read(response: Response) -> Self {
        let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
        Self { status: response.status(), policy, html: response.text().await.unwrap() }
    }

    /// An attribute of the only element that matches, empty when it is absent.
    pub fn attribute(&self, selector: &str, name: &str) -> String {
        let document = Html::parse_document(&self.html);
        let selector = Selector::parse(selector).unwrap();
        let element = document.select(&selector).next().unwrap_or_else(|| panic!("nothing in {}", self.html));
        element.attr(name).unwrap_or_default().to_owned()
    }

    pub fn has(&self, selector: &str) -> bool {
        Html::parse_document(&self.html).select(&Selector::parse(selector).unwrap()).next().is_some()
    }

    /// The text of the page, spaces made one.
    pub fn text(&self) -> String {
        let document = Html::parse_document(&self.html);
        let text: Vec<&str> = document.root_element().text().flat_map(str::split_whitespace).collect();
        text.join(" ")
    }
}

/// A client without cookies: a relying party's server.
pub fn http() -> Client {
    install_crypto();
    Client::builder().redirect(Policy::none()).build().unwrap()
}

fn install_crypto() {
    // Already installed by an earlier client of the same process: nothing to do.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

pub async fn post_form(request: RequestBuilder, form: &[(&str, &str)]) -> Response {
    request
        .header("content-type", "application/x-www-form-urlencoded")
        .body(encode(form))
        .send()
        .await
        .unwrap()
}

pub async fn read_json(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_else(|_| panic!("not JSON: {text}")))
}

pub fn encode(params: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish()
}

pub fn location(response: &Response) -> String {
    response.headers()["location"].to_str().unwrap().to_owned()
}

fn absolute(provider: &Provider, location: &str) -> String {
    Url::parse(&provider.issuer).unwrap().join(location).unwrap().into()
}

/// A parameter of a URL's query.
pub fn param(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).unwrap();
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}
