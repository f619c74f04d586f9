//! Requests whose sender goes away: before the body, in the middle of it, after it, while the answer is made.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use iae_tests::{BASE_URL, Browser, CLIENT, IdentityProvider, PASSWORD, Persona, SECRET, world};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpSocket;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};
use url::Url;

use super::{ATTACKER, Scale, Servers};
use crate::application_drafts::at_message;
use crate::transport::{MULTIPART, head, message_with_cv};

/// Requests that are abandoned at the same time.
const AT_ONCE: usize = 64;

/// The longest that one waits before it goes away.
const PATIENCE_MS: usize = 60;

/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const FORM: &str = "application/x-www-form-urlencoded";

/// What is sent, and what tells how many ended.
pub struct Attack {
    to: SocketAddr,
    requests: Arc<Requests>,
    counted_by: &'static str,
}

enum Requests {
    /// These, in turn.
    Same(Vec<Vec<u8>>),
    /// Each for a login page asked for just before.
    SignIn(Browser),
    /// Each of a session opened just before.
    SignOut,
    /// Each for a code asked for just before.
    Exchange(Browser),
}

pub async fn reads(servers: &Servers) -> Attack {
    let browser = servers.app.browser(Persona::EmployerAdmin).await;
    let id = servers.app.scenario().application().of(world::OTHER_CANDIDATE).insert().await;
    let application = format!("/applications/{id}");
    let pages = ["/dashboard", "/applications", "/employers", "/passes", &application];
    let get = |path: &str| {
        let cookies = browser.cookie_header(path);
        format!("GET {path} HTTP/1.1\r\nHost: parcours.test\r\nCookie: {cookies}\r\n\r\n").into_bytes()
    };
    let requests = Arc::new(Requests::Same(pages.into_iter().map(get).collect()));
    // A page about someone leaves its trace once a day (D34).
    let counted_by = "SELECT count(*) FROM audit_events WHERE action = 'candidate.file_opened'";
    Attack { to: servers.platform, requests, counted_by }
}

/// The same form several times, for each of a hundred applications.
pub async fn writes(servers: &Servers) -> Attack {
    let browser = servers.app.browser(Persona::EmployerAdmin).await;
    let mut requests = Vec::new();
    for _ in 0..100 {
        let id = servers.app.scenario().application().of(world::OTHER_CANDIDATE).insert().await;
        let path = format!("/applications/{id}/postponement");
        let form = browser.get(&path).await.is(200).form("main form").fill("answer", "En juin.");
        let body = serde_urlencoded::to_string(form.pairs()).unwrap();
        requests.push([head(&browser, &path, FORM, body.len()), body].concat().into_bytes());
    }
    let counted_by = "SELECT count(*) FROM applications WHERE state = 'postponed'";
    Attack { to: servers.platform, requests: Arc::new(Requests::Same(requests)), counted_by }
}

/// A CV in place of the one before.
pub async fn uploads(servers: &Servers) -> Attack {
    let browser = servers.app.browser(Persona::PrescriberAdmin).await;
    let page = at_message(&browser).await;
    let body = message_with_cv(&page, 100_000);
    let head = head(&browser, page.url.path(), MULTIPART, body.len());
    let requests = Arc::new(Requests::Same(vec![[head.into_bytes(), body].concat()]));
    Attack { to: servers.platform, requests, counted_by: "SELECT count(*) FROM documents" }
}

pub async fn sign_ins(servers: &Servers) -> Attack {
    let requests = Arc::new(Requests::SignIn(Browser::over_network(servers.platform, ATTACKER)));
    let counted_by = "SELECT count(*) FROM connect.sessions s JOIN connect.accounts a ON a.id = s.account_id
                      WHERE a.email = 'adele.thiry@jardins.exemple.fr'";
    Attack { to: servers.provider, requests, counted_by }
}

pub async fn sign_outs(servers: &Servers) -> Attack {
    let counted_by = "SELECT count(*) FROM audit_events WHERE action = 'account.logged_out'";
    Attack { to: servers.platform, requests: Arc::new(Requests::SignOut), counted_by }
}

pub async fn exchanges(servers: &Servers) -> Attack {
    let browser = Browser::over_network(servers.platform, ATTACKER);
    let page = browser.get(&authorize(servers.provider)).await.is(303).follow().await.is(200);
    IdentityProvider::log_in(&page, Persona::EmployerAdmin.email()).await.is(303);
    let counted_by = "SELECT count(*) FROM connect.access_tokens";
    Attack { to: servers.provider, requests: Arc::new(Requests::Exchange(browser)), counted_by }
}

/// Where a relying party sends someone to sign in.
fn authorize(provider: SocketAddr) -> String {
    let parameters = [
        ("client_id", CLIENT),
        ("redirect_uri", &format!("{BASE_URL}/login/ic/callback")),
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("state", "state"),
        ("nonce", "nonce"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    format!("http://{provider}/authorize?{}", serde_urlencoded::to_string(parameters).unwrap())
}

impl Attack {
    /// Sends as many as the scale says, spread over its time; gives how many reached the server.
    pub async fn run(&self, servers: &Arc<Servers>, scale: &Scale) -> usize {
        let room = Arc::new(Semaphore::new(AT_ONCE));
        let begun = Instant::now();
        let mut sent = JoinSet::new();
        for which in 0..scale.requests {
            sleep_until(
                begun + scale.within * u32::try_from(which).unwrap() / u32::try_from(scale.requests).unwrap(),
            )
            .await;
            let place = Arc::clone(&room).acquire_owned().await.unwrap();
            let (to, servers, requests) = (self.to, Arc::clone(servers), Arc::clone(&self.requests));
            sent.spawn(async move {
                let bytes = requests.the(which, &servers).await;
                let reached = send(to, &bytes, which).await;
                drop(place);
                reached
            });
        }
        sent.join_all().await.into_iter().filter(|reached| *reached).count()
    }

    /// How much those that ended left.
    pub async fn left(&self, servers: &Servers) -> i64 {
        sqlx::query_scalar(self.counted_by).fetch_one(servers.app.db()).await.unwrap()
    }
}

impl Requests {
    /// One of them, asking first for what it needs.
    async fn the(&self, which: usize, servers: &Servers) -> Vec<u8> {
        let provider = servers.provider;
        let asked =
            async |browser: &Browser| browser.get(&authorize(provider)).await.is(303).location().unwrap();
        match self {
            Self::Same(all) => all[which % all.len()].clone(),
            Self::SignIn(browser) => {
                let fields = [("email", Persona::EmployerAdmin.email()), ("password", PASSWORD)];
                // The page of the provider is bound to the browser that was sent there.
                let page = asked(browser).await;
                let cookies = browser.cookie_header(&format!("http://{provider}/login"));
                posted(provider, &page, &cookies, &fields)
            }
            Self::SignOut => {
                let browser = servers.app.browser(Persona::EmployerAdmin).await;
                head(&browser, "/logout", FORM, 0).into_bytes()
            }
            Self::Exchange(browser) => {
                let back: Url = asked(browser).await.parse().unwrap();
                let (_, code) = back.query_pairs().find(|(name, _)| name == "code").unwrap();
                let fields = [
                    ("grant_type", "authorization_code"),
                    ("client_id", CLIENT),
                    ("client_secret", SECRET),
                    ("code", &code),
                    ("code_verifier", VERIFIER),
                    ("redirect_uri", &format!("{BASE_URL}/login/ic/callback")),
                ];
                posted(provider, "/token", "", &fields)
            }
        }
    }
}

/// A form for the provider.
fn posted(provider: SocketAddr, path: &str, cookies: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let body = serde_urlencoded::to_string(fields).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {provider}\r\nCookie: {cookies}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {FORM}\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head, body].concat().into_bytes()
}

/// Sends a request and resets its connection: one in four before all of it is sent, the others some milliseconds after.
/// Whether the server was reached.
async fn send(to: SocketAddr, bytes: &[u8], which: usize) -> bool {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::new(ATTACKER, 0)).unwrap();
    // A server that has no room for it yet keeps it waiting.
    let Ok(mut stream) = socket.connect(to).await else { return false };
    let end = if which % 4 == 3 { bytes.len() * (which % 10) / 10 } else { bytes.len() };
    stream.write_all(&bytes[..end]).await.ok();
    let wait = u64::try_from(which * 7919 % PATIENCE_MS).unwrap();
    sleep(Duration::from_millis(wait)).await;
    stream.set_zero_linger().is_ok()
}
