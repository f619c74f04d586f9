//! A server of nothing in particular, over the network.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use iae_server::{Bounds, Headers, Site, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

const MOMENT: Duration = Duration::from_millis(200);

/// What handlers did.
#[derive(Clone, Default)]
struct Done(Arc<[AtomicUsize; 3]>);

const SLOWLY: usize = 0;
const READ: usize = 1;
const CUT: usize = 2;

impl Done {
    fn add(&self, what: usize) {
        self.0[what].fetch_add(1, Ordering::SeqCst);
    }

    fn times(&self, what: usize) -> usize {
        self.0[what].load(Ordering::SeqCst)
    }
}

struct Server {
    address: SocketAddr,
    done: Done,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

async fn start(bounds: Bounds) -> Server {
    let done = Done::default();
    let (slow, read) = (done.clone(), done.clone());
    let router = Router::new()
        .route(
            "/slow",
            get(async move || {
                sleep(MOMENT).await;
                slow.add(SLOWLY);
                "at last"
            }),
        )
        .route(
            "/read",
            post(async move |request: Request| {
                let body = to_bytes(request.into_body(), 1000).await;
                read.add(if body.is_ok() { READ } else { CUT });
            }),
        )
        .route("/own", get(async || [("content-security-policy", "sandbox")]))
        .route("/panic", get(async || -> StatusCode { panic!("on purpose") }));
    let site = Site {
        router,
        full: Router::new().fallback(async || StatusCode::SERVICE_UNAVAILABLE),
        died: || StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        headers: Headers::new(HeaderValue::from_static("default-src 'none'"), "no-store", true),
        from: Box::new(|_| std::net::IpAddr::from(Ipv4Addr::LOCALHOST).into()),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(async move {
        serve(listener, site, bounds, async { drop(stopped.await) }).await.unwrap();
    });
    Server { address, done, stop, running }
}

impl Server {
    async fn send(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }
}

fn asking(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
}

async fn answer(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    timeout(Duration::from_secs(5), stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    answer
}

async fn status(stream: TcpStream) -> String {
    answer(stream).await.chars().skip(9).take(3).collect()
}

#[tokio::test]
async fn what_is_abandoned_ends() {
    let server = start(Bounds::default()).await;
    for _ in 0..20 {
        let stream = server.send(&asking("/slow")).await;
        sleep(Duration::from_millis(20)).await;
        stream.set_zero_linger().unwrap();
    }
    sleep(2 * MOMENT).await;
    assert_eq!(server.done.times(SLOWLY), 20);
}

/// A body that stops in the middle is an error to whoever reads it, whether its connection is closed or reset.
#[tokio::test]
async fn a_body_cut_short_is_never_taken_for_whole() {
    let server = start(Bounds::default()).await;
    for resets in [false, true] {
        for chunked in [false, true] {
            let (length, piece) = if chunked {
                ("Transfer-Encoding: chunked", "4\r\na=b&\r\n")
            } else {
                ("Content-Length: 100", "a=b&")
            };
            let stream =
                server.send(&format!("POST /read HTTP/1.1\r\nHost: x\r\n{length}\r\n\r\n{piece}")).await;
            sleep(Duration::from_millis(20)).await;
            if resets {
                stream.set_zero_linger().unwrap();
            }
        }
    }
    sleep(MOMENT).await;
    assert_eq!((server.done.times(READ), server.done.times(CUT)), (0, 4));
}

#[tokio::test]
async fn a_handler_that_dies_is_answered_for() {
    let server = start(Bounds::default()).await;
    assert_eq!(status(server.send(&asking("/panic")).await).await, "500");
    assert_eq!(status(server.send(&asking("/slow")).await).await, "200");
}

/// Whoever waits for a place and goes away never begins; whoever waits too long is told.
#[tokio::test]
async fn places_are_waited_for_a_moment() {
    let wait = Duration::from_millis(100);
    let server = start(Bounds { requests_of_one: 1, wait, ..Bounds::default() }).await;
    let first = server.send(&asking("/slow")).await;
    sleep(Duration::from_millis(20)).await;
    let gone = server.send(&asking("/slow")).await;
    let late = server.send(&asking("/slow")).await;
    sleep(Duration::from_millis(20)).await;
    gone.set_zero_linger().unwrap();
    drop(gone);
    assert_eq!(status(late).await, "503");
    assert_eq!(status(first).await, "200");
    assert_eq!(server.done.times(SLOWLY), 1);
}

#[tokio::test]
async fn a_server_that_stops_waits_for_what_it_began_and_no_longer_than_it_said() {
    let server = start(Bounds::default()).await;
    let stream = server.send(&asking("/slow")).await;
    let abandoned = server.send(&asking("/slow")).await;
    sleep(Duration::from_millis(20)).await;
    abandoned.set_zero_linger().unwrap();
    drop(abandoned);
    server.stop.send(()).unwrap();
    server.running.await.unwrap();
    assert_eq!(server.done.times(SLOWLY), 2);
    assert_eq!(status(stream).await, "200");

    let server = start(Bounds { farewell: Duration::from_millis(50), ..Bounds::default() }).await;
    let _stream = server.send("POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n").await;
    sleep(Duration::from_millis(20)).await;
    let asked = Instant::now();
    server.stop.send(()).unwrap();
    server.running.await.unwrap();
    assert!(asked.elapsed() < Duration::from_secs(2));
}

/// An answer of a handler, of none, of one that died, of a server without a place, of one that takes no more connections.
#[tokio::test]
async fn whoever_answers_says_what_every_answer_says() {
    let server = start(Bounds::default()).await;
    let crowded =
        start(Bounds { requests_of_one: 1, wait: Duration::from_millis(50), ..Bounds::default() }).await;
    let _unfinished = crowded.send("POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n").await;
    sleep(Duration::from_millis(20)).await;
    let closed = start(Bounds { connections_of_one: Some(0), ..Bounds::default() }).await;
    for (what, stream, status) in [
        ("a handler", server.send(&asking("/own")).await, "200"),
        ("none", server.send(&asking("/nothing-here")).await, "404"),
        ("one that died", server.send(&asking("/panic")).await, "500"),
        ("no place", crowded.send(&asking("/slow")).await, "503"),
        ("no connection", TcpStream::connect(closed.address).await.unwrap(), "503"),
    ] {
        let answer = answer(stream).await.to_lowercase();
        assert!(answer.starts_with(&format!("http/1.1 {status}")), "{what}: {answer}");
        for line in [
            "strict-transport-security: max-age=31536000; includesubdomains",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert_eq!(answer.matches(&format!("\r\n{line}\r\n")).count(), 1, "{what}: {answer}");
        }
        let policy = if what == "a handler" { "sandbox" } else { "default-src 'none'" };
        assert!(answer.contains(&format!("content-security-policy: {policy}\r\n")), "{what}: {answer}");
    }
}
