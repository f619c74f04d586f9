//! A browser in process: cookies, links, the real forms of the pages, answers compressed as a browser asks for them. Addresses of the platform go to its router,
//! the others over HTTP, so that a login at an identity provider is one journey.

mod form;
mod page;

use std::io::Read as _;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, header};
use axum_extra::extract::cookie::Cookie;
use flate2::read::GzDecoder;
use http_body_util::BodyExt as _;
use iae_app::App;
use iae_domain::accounts::Provider;
use iae_domain::ids::UserId;
use iae_web::session::{self, Opening, ShownFactor};
use tower::ServiceExt as _;
use tower_sessions::Session;
use url::Url;

pub use form::Form;
pub use page::Page;

use crate::{BASE_URL, statements};

/// A browser. Clones are the same browser: they share its cookies.
#[derive(Clone)]
pub struct Browser {
    platform: Platform,
    http: reqwest::Client,
    cookies: Arc<Mutex<Vec<StoredCookie>>>,
}

/// How the platform is reached.
#[derive(Clone)]
enum Platform {
    /// In process.
    Router(Router),
    /// Over the network. Told to come back in a moment, the browser does.
    At(SocketAddr),
}

/// Times a browser comes back when it is told to, and how long it waits at most.
const COMES_BACK: usize = 20;
const WAITS: Duration = Duration::from_secs(2);

/// A cookie as the browser keeps it.
#[derive(Debug, Clone)]
struct StoredCookie {
    origin: String,
    path: String,
    name: String,
    value: String,
}

/// What follows no redirection by itself and trusts no authority: nothing here speaks TLS, and reading those of the system for
/// each browser costs more than what the browser is for.
fn http() -> reqwest::ClientBuilder {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).tls_certs_only([])
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self { platform: Platform::Router(router), http: http().build().unwrap(), cookies: Arc::default() }
    }

    /// A browser of another machine, as far as the servers can see: it leaves by this address of the loopback range.
    pub fn over_network(platform: SocketAddr, from: IpAddr) -> Self {
        let http = http().local_address(from).build().unwrap();
        Self { platform: Platform::At(platform), http, cookies: Arc::default() }
    }

    /// Opens a session as a completed login does.
    pub(crate) async fn sign_in(&self, app: &Arc<App>, user: UserId) {
        let now = app.clock.now();
        let open = async move |session: Session| {
            let opening = Opening {
                provider: Some((Provider::InclusionConnect, String::new())),
                provider_session: None,
                login_began_at: Some(now),
                shown_factor: Some(ShownFactor::Elsewhere),
                browser: None,
            };
            let opened = session::open(&session, user, opening).await;
            opened.expect("a session opens");
        };
        let opening = Router::new().route("/", axum::routing::get(open)).layer(session::layer(app));
        let response = opening.oneshot(Request::new(Body::empty())).await.unwrap();
        self.keep_cookies(&base(), response.headers());
    }

    /// Opens an address: a path of the platform, or a whole URL.
    pub async fn get(&self, address: &str) -> Page {
        let url = base().join(address).unwrap_or_else(|error| panic!("{address:?}: {error}"));
        self.send(Request::get(url.as_str()).body(Body::empty()).unwrap()).await
    }

    /// Posts fields to an address without a form: what a mistaken or malicious program does. People use
    /// [`Page::form`].
    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Page {
        let url = base().join(address).unwrap();
        let request = Request::post(url.as_str())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(serde_urlencoded::to_string(fields).unwrap().into())
            .unwrap();
        self.send(request).await
    }

    /// Sends a request of one's own making, with the cookies of the browser.
    pub async fn send(&self, mut request: Request<Body>) -> Page {
        let url: Url = base().join(&request.uri().to_string()).unwrap();
        let method = request.method().clone();
        if let Some(cookies) = self.cookies_for(&url) {
            request.headers_mut().insert(header::COOKIE, cookies.parse().unwrap());
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        request.headers_mut().entry(header::HOST).or_insert(host.parse().unwrap());
        if !request.headers().contains_key("sec-fetch-site") {
            let site = if method == Method::GET { "none" } else { "same-origin" };
            request.headers_mut().insert("sec-fetch-site", site.parse().unwrap());
        }
        request.headers_mut().entry(header::ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
        let (response, asked) = statements::counted(self.answer(&url, request)).await;
        self.keep_cookies(&url, response.headers());
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the body comes whole").to_bytes();
        let body = if parts.headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding == "gzip") {
            inflated(&body)
        } else {
            body.to_vec()
        };
        Page::new(self.clone(), url, parts, body, asked)
    }

    async fn answer(&self, url: &Url, mut request: Request<Body>) -> Response<Body> {
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let sent_to = match &self.platform {
            _ if origin(url) != origin(&base()) => {
                request.headers_mut().remove(header::HOST);
                url.to_string()
            }
            Platform::Router(router) => {
                *request.uri_mut() = path.parse().unwrap();
                return router.clone().oneshot(request).await.unwrap();
            }
            Platform::At(address) => format!("http://{address}{path}"),
        };
        let (parts, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let send = async || {
            let request = self.http.request(parts.method.clone(), &sent_to);
            let sent = request.headers(parts.headers.clone()).body(body.clone()).send().await;
            sent.unwrap_or_else(|error| panic!("{url}: {error:?}"))
        };
        let mut answer = send().await;
        if let Platform::At(_) = &self.platform {
            for _ in 0..COMES_BACK {
                let Some(wait) = told_to_come_back(&answer) else { break };
                tokio::time::sleep(wait.min(WAITS)).await;
                answer = send().await;
            }
        }
        let mut response = Response::builder().status(answer.status());
        *response.headers_mut().unwrap() = answer.headers().clone();
        response.body(answer.bytes().await.unwrap().into()).unwrap()
    }

    /// The cookies of the platform, by name: what someone who steals them holds.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies
            .lock()
            .unwrap()
            .iter()
            .find(|cookie| cookie.name == name)
            .map(|cookie| cookie.value.clone())
    }

    /// The cookies sent with an address of the platform, or a whole one, as the header says them.
    pub fn cookie_header(&self, path: &str) -> String {
        self.cookies_for(&base().join(path).unwrap()).unwrap_or_default()
    }

    /// Sets a cookie of the platform.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.keep(&base(), &Cookie::build((name, value)).path("/").build());
    }

    /// A second browser holding the same cookies.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self { cookies: Arc::new(Mutex::new(self.cookies.lock().unwrap().clone())), ..self.clone() }
    }

    /// Forgets every cookie.
    pub fn forget_cookies(&self) {
        self.cookies.lock().unwrap().clear();
    }

    fn cookies_for(&self, url: &Url) -> Option<String> {
        let cookies = self.cookies.lock().unwrap();
        let sent =
            cookies.iter().filter(|cookie| cookie.origin == origin(url) && covers(&cookie.path, url.path()));
        let pairs: Vec<String> = sent.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn keep_cookies(&self, url: &Url, headers: &HeaderMap) {
        for header in headers.get_all(header::SET_COOKIE) {
            let cookie = Cookie::parse(header.to_str().unwrap().to_owned()).expect("a well-formed cookie");
            if origin(url) == origin(&base()) && !cookie.value().is_empty() {
                assert!(is_bound_to_its_host(&cookie), "{cookie}");
            }
            self.keep(url, &cookie);
        }
    }

    fn keep(&self, url: &Url, cookie: &Cookie<'_>) {
        let (origin, path) = (origin(url), cookie.path().unwrap_or("/").to_owned());
        let mut cookies = self.cookies.lock().unwrap();
        cookies.retain(|kept| !(kept.origin == origin && kept.path == path && kept.name == cookie.name()));
        let removed = cookie.max_age().is_some_and(|age| age.is_zero() || age.is_negative());
        if !removed {
            let (name, value) = (cookie.name().to_owned(), cookie.value().to_owned());
            cookies.push(StoredCookie { origin, path, name, value });
        }
    }
}

/// Out of reach of scripts, of other sites and of neighbouring hosts: each cookie of the platform is.
fn is_bound_to_its_host(cookie: &Cookie<'_>) -> bool {
    let is_host_s =
        cookie.name().starts_with("__Host-") && cookie.path() == Some("/") && cookie.domain().is_none();
    let is_lax = cookie.same_site() == Some(axum_extra::extract::cookie::SameSite::Lax);
    is_host_s && is_lax && cookie.secure() == Some(true) && cookie.http_only() == Some(true)
}

/// How long to wait, when that is what an answer says.
fn told_to_come_back(answer: &reqwest::Response) -> Option<Duration> {
    let is_for_now = matches!(answer.status().as_u16(), 429 | 503);
    let seconds = answer.headers().get(header::RETRY_AFTER).filter(|_| is_for_now)?;
    Some(Duration::from_secs(seconds.to_str().ok()?.parse().ok()?))
}

/// What is asked with HEAD has no body.
fn inflated(body: &[u8]) -> Vec<u8> {
    let mut read = Vec::new();
    if body.is_empty() {
        return read;
    }
    GzDecoder::new(body).read_to_end(&mut read).expect("what is compressed is whole");
    read
}

pub(crate) fn base() -> Url {
    BASE_URL.parse().unwrap()
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Whether a cookie set for `cookie` is sent with `path` (RFC 6265, 5.1.4).
fn covers(cookie: &str, path: &str) -> bool {
    path.strip_prefix(cookie)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || cookie.ends_with('/'))
}
