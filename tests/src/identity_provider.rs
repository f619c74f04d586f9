//! The identity provider of the platform on a port of its own: people sign in there over HTTP.

use std::net::SocketAddr;

use iae_app::Db;
use iae_app::db::{Purpose, Role};
use iae_app::gateways::oidc::{OidcProviders, ProviderSettings};
use iae_connect::accounts::{self, NewAccount, PasswordHash};
use iae_connect::clients::{self, NewClient};
use iae_connect::keys::{Keyring, KeysSecret};
use iae_connect::{Clock, Config, Connect};
use iae_domain::accounts::Provider;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use crate::test_app::unlimited_pages;
use crate::{BASE_URL, Page, Persona, TestApp, world};

/// The password of every account of the provider.
pub const PASSWORD: &str = "une phrase de passe pour les tests";

/// The name of the platform there.
pub const CLIENT: &str = "parcours-iae";
/// Its secret there.
pub const SECRET: &str = "secret-of-the-platform-0123456789abcdef";

/// What opens the signing keys of the provider of the tests: drawn at random, or the platform would not start.
pub const KEYS_SECRET: &[u8; 32] =
    b"\x0b\x02\xf2\xfd\x24\x68\x54\x5c\x77\x89\x23\xd6\xac\xe8\xa8\xae\x2d\x83\x68\x7d\xb1\x2f\x97\x33\xb0\x56\xec\xca\x08\x95\x42\x35";

/// The keys of the provider in this database.
pub fn keyring(db: &Db) -> Keyring {
    Keyring::new(db.pool().clone(), keys_secret())
}

fn keys_secret() -> KeysSecret {
    KeysSecret::new(KEYS_SECRET).unwrap()
}

/// A running provider, stopped when dropped.
pub struct IdentityProvider {
    /// Its address.
    pub issuer: Url,
    /// Its database.
    pub db: Db,
    server: JoinHandle<()>,
}

impl TestApp {
    /// The platform and its identity provider, where every persona has an account.
    pub async fn with_identity_provider() -> (Self, IdentityProvider) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer: Url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let app = Self::with_provider_at(issuer.clone(), CLIENT, SECRET).await;
        let provider = IdentityProvider::start(&app, listener, issuer).await;
        (app, provider)
    }

    /// The platform as relying party of the provider at this address.
    pub async fn with_provider_at(issuer: Url, client: &str, secret: &str) -> Self {
        let settings = ProviderSettings {
            provider: Provider::InclusionConnect,
            issuer,
            client_id: client.to_owned(),
            client_secret: SecretString::from(secret),
            redirect_url: format!("{BASE_URL}/login/ic/callback").parse().unwrap(),
            post_logout_url: format!("{BASE_URL}/logout/callback").parse().unwrap(),
            account_url: None,
        };
        Self::with(|app| app.oidc = OidcProviders::new([settings]).unwrap()).await
    }
}

/// The platform as it is registered there.
fn client(backchannel_logout_uri: Option<String>) -> NewClient {
    NewClient {
        id: CLIENT.to_owned(),
        name: "Parcours IAE".to_owned(),
        secret: SecretString::from(SECRET),
        scopes: Provider::InclusionConnect.contract().scope(),
        redirect_uris: vec![format!("{BASE_URL}/login/ic/callback")],
        post_logout_redirect_uris: vec![format!("{BASE_URL}/logout/callback")],
        backchannel_logout_uri,
        initiate_login_uri: None,
        refresh_tokens: false,
    }
}

impl IdentityProvider {
    /// Tells the platform of logouts, at this address of the network.
    pub async fn tells(&self, app: &TestApp, platform: SocketAddr) {
        let client = client(Some(format!("http://{platform}/logout/back-channel/ic")));
        clients::upsert(self.db.pool(), &client, app.now()).await.unwrap();
    }

    async fn start(app: &TestApp, listener: TcpListener, issuer: Url) -> Self {
        let db = app.db_as(Role::Provider).for_purpose(Purpose::Identities);
        clients::upsert(db.pool(), &client(None), app.now()).await.unwrap();
        let password_hash = PasswordHash::new(PASSWORD.into()).await.unwrap();
        // Under the names the platform knows them by: those of the provider become theirs (OID-10).
        let account = |(email, (given_name, family_name)): (&str, (&str, &str))| NewAccount {
            id: None,
            email: email.to_owned(),
            given_name: given_name.to_owned(),
            family_name: family_name.to_owned(),
            password_hash: password_hash.clone(),
            active: true,
        };
        let people = Persona::ALL.iter().map(|persona| (persona.email(), world::names_of(persona.user())));
        let people = people.chain([("inconnue@exemple.fr", ("Prénom", "Nom"))]);
        let accounts: Vec<NewAccount> = people.map(account).collect();
        accounts::upsert_many(db.pool(), &accounts, app.now()).await.unwrap();
        // Tokens are dated and checked by the clock of the system on both sides.
        let mut config = Config::new(issuer.clone());
        config.rates = unlimited_pages();
        // Everyone has the same, for speed.
        config.renews_weak_passwords = false;
        let connect = Connect::new(db.pool().clone(), config, keys_secret(), Clock::System).await.unwrap();
        let server = tokio::spawn(async move {
            iae_connect::serve(listener, connect, std::future::pending()).await.unwrap();
        });
        Self { issuer, db, server }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.issuer.socket_addrs(|| None).unwrap()[0]
    }

    /// Types an address and the password on the page of the provider; gives where it sends the browser back.
    pub async fn log_in(page: &Page, email: &str) -> Page {
        page.form("form").fill("email", email).fill("password", PASSWORD).submit().await
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        self.server.abort();
    }
}
