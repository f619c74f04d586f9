//! Connections that fall silent, too many of them, and a table that somebody holds (ADR 25).

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use iae_server::Bounds;
use iae_tests::{Browser, Persona, TestApp};
use iae_web::limits::Limits;
use sqlx::Executor as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use crate::transport::{answer, head};

const HEALTH: &[u8] = b"GET /health HTTP/1.1\r\nHost: parcours.test\r\n\r\n";

fn bounds(bounds: Bounds) -> Limits {
    Limits { bounds, ..Limits::default() }
}

/// The bounds of an instance, twenty times as fast.
fn hurried() -> Limits {
    bounds(Bounds { silence: Duration::from_secs(1), ..Bounds::default() })
}

async fn connect(to: SocketAddr, from: [u8; 4]) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::new(IpAddr::from(from), 0)).unwrap();
    socket.connect(to).await.unwrap()
}

/// Whether the server closes the connection, and after how long.
async fn closed(mut stream: TcpStream) -> Option<Duration> {
    let begun = Instant::now();
    let mut rest = Vec::new();
    timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await.ok()?.ok();
    Some(begun.elapsed())
}

#[tokio::test]
async fn silent_connections_are_closed_and_others_are_not() {
    let app = TestApp::new().await;
    let address = app.listen_with(hurried()).await;
    let silent = TcpStream::connect(address).await.unwrap();
    let mut stalled = TcpStream::connect(address).await.unwrap();
    stalled.write_all(b"GET /health HTTP/1.1\r\nHost: parc").await.unwrap();
    let mut idle = TcpStream::connect(address).await.unwrap();
    for _ in 0..4 {
        // Longer than the silence in all, never in one piece.
        sleep(Duration::from_millis(400)).await;
        idle.write_all(HEALTH).await.unwrap();
        assert!(answer(&mut idle).await.unwrap().starts_with("HTTP/1.1 200"));
        let mut body = [0; 2048];
        assert!(idle.read(&mut body).await.unwrap() > 0);
    }
    for (what, stream) in [("silent", silent), ("stalled head", stalled), ("idle", idle)] {
        assert!(closed(stream).await.is_some_and(|after| after < Duration::from_secs(3)), "{what}");
    }
}

#[tokio::test]
async fn one_address_has_its_share_of_connections() {
    let app = TestApp::new().await;
    let limits = bounds(Bounds { connections_of_one: Some(3), ..Bounds::default() });
    let address = app.listen_with(limits).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(connect(address, [127, 0, 0, 5]).await);
    }
    let told = answer(&mut connect(address, [127, 0, 0, 5]).await).await.unwrap();
    assert!(told.starts_with("HTTP/1.1 503") && told.contains("Retry-After: "), "{told}");
    assert!(
        told.contains("strict-transport-security: ") && told.contains("frame-ancestors 'none'"),
        "{told}"
    );
    let mut other = connect(address, [127, 0, 0, 6]).await;
    other.write_all(HEALTH).await.unwrap();
    assert!(answer(&mut other).await.unwrap().starts_with("HTTP/1.1 200"));
    held.clear();
    sleep(Duration::from_millis(100)).await;
    let mut again = connect(address, [127, 0, 0, 5]).await;
    again.write_all(HEALTH).await.unwrap();
    assert!(answer(&mut again).await.unwrap().starts_with("HTTP/1.1 200"));
}

/// Requests that find no place get the page of a service that will be back in a moment.
#[tokio::test]
async fn requests_without_a_place_are_told_to_come_back() {
    let app = TestApp::new().await;
    let limits = bounds(Bounds { requests_of_one: 1, wait: Duration::from_millis(300), ..Bounds::default() });
    let address = app.listen_with(limits).await;
    let mut uploading = TcpStream::connect(address).await.unwrap();
    let browser = app.browser(Persona::Employer).await;
    let head = head(&browser, "/organisation-switch", "application/x-www-form-urlencoded", 1000);
    uploading.write_all(head.as_bytes()).await.unwrap();
    sleep(Duration::from_millis(200)).await;
    let refused = reqwest::get(format!("http://{address}/health")).await.unwrap();
    assert_eq!(refused.status(), 503);
    for header in ["retry-after", "x-frame-options", "strict-transport-security"] {
        assert!(refused.headers().contains_key(header), "{header}");
    }
    assert!(refused.text().await.unwrap().contains("<h1"));
}

/// Twenty requests for what somebody holds are told to come back, and those for anything else are served meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_table_is_given_up_in_bounded_time() {
    let app = TestApp::new().await;
    let address = app.listen().await;
    let browser = app.browser(Persona::Employer).await;
    let mut holder = app.app.exports.pool().begin().await.unwrap();
    holder.execute("LOCK TABLE applications").await.unwrap();
    let begun = Instant::now();
    let cookies = browser.cookie_header("/applications");
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let cookies = cookies.clone();
            tokio::spawn(async move {
                let request = reqwest::Client::new().get(format!("http://{address}/applications"));
                let answer = request.header("cookie", cookies).send().await.unwrap();
                (answer.status().as_u16(), answer.headers().contains_key("retry-after"))
            })
        })
        .collect();
    sleep(Duration::from_millis(200)).await;
    let other = Browser::over_network(address, IpAddr::from([127, 0, 0, 7]));
    other.get("/employers").await.is(200);
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
    for one in waiting {
        assert_eq!(one.await.unwrap(), (503, true));
    }
    assert!(begun.elapsed() < Duration::from_secs(12), "{:?}", begun.elapsed());
    holder.rollback().await.unwrap();
    browser.get("/applications").await.is(200);
}

/// Told to stop, a server closes what is idle and ends what it began.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_ends_before_the_server_does() {
    let app = TestApp::new().await;
    let (stop, stopped) = oneshot::channel::<()>();
    let (address, server) = app.serve_until(Limits::default(), async { drop(stopped.await) }).await;
    let mut holder = app.app.exports.pool().begin().await.unwrap();
    holder.execute("LOCK TABLE applications").await.unwrap();
    let cookies = app.browser(Persona::Employer).await.cookie_header("/applications");
    let idle = TcpStream::connect(address).await.unwrap();
    let asked = tokio::spawn(async move {
        let request = reqwest::Client::new().get(format!("http://{address}/applications"));
        request.header("cookie", cookies).send().await.unwrap().status()
    });
    sleep(Duration::from_millis(500)).await;
    stop.send(()).unwrap();
    assert!(closed(idle).await.is_some_and(|after| after < Duration::from_secs(2)));
    holder.rollback().await.unwrap();
    assert_eq!(asked.await.unwrap(), 200);
    timeout(Duration::from_secs(5), server).await.expect("the server stops").unwrap();
}
