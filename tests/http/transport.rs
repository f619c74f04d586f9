//! What a line does to a request: slow, silent, cut; and that the answer arrives whatever was read of what was sent.

use std::net::SocketAddr;
use std::time::Duration;

use iae_tests::pdf::pdf;
use iae_tests::{Browser, Page, Persona, TestApp};
use iae_web::limits::Limits;
use iae_web::pace::Patience;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::application_drafts::at_message;

/// The limits of an instance, twenty times as fast: a second of silence, 200 kB/s after a second and a half.
fn hurried() -> Limits {
    let patience = Patience {
        silence: Duration::from_secs(1),
        grace: Duration::from_millis(1500),
        bytes_per_second: 200_000.try_into().unwrap(),
    };
    Limits { patience, ..Limits::default() }
}

/// The head of a request.
pub fn head(browser: &Browser, path: &str, kind: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: parcours.test\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n\
         Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n",
        browser.cookie_header(path),
    )
}

pub const MULTIPART: &str = "multipart/form-data; boundary=b";

/// The message of a draft with a CV of this length.
pub fn message_with_cv(page: &Page, length: usize) -> Vec<u8> {
    let mut body = Vec::new();
    let form = page.form("message").fill("message", "Bonjour, voici un CV.");
    for (name, value) in form.pairs() {
        let part = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    body.extend_from_slice(
        b"--b\r\nContent-Disposition: form-data; name=\"cv\"; filename=\"cv.pdf\"\r\n\r\n",
    );
    let mut cv = pdf();
    cv.splice(9..9, std::iter::once(b'%').chain(vec![b'x'; length]).chain([b'\n']));
    body.extend_from_slice(&cv);
    body.extend_from_slice(b"\r\n--b--\r\n");
    body
}

/// The status line and the head of the answer.
pub async fn answer(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut read = Vec::new();
    let mut byte = [0];
    while !read.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        read.push(byte[0]);
    }
    Ok(String::from_utf8(read).unwrap())
}

/// Sends a body by pieces, one each tenth of a second, until it is sent or answered; gives the answer.
async fn drip(address: SocketAddr, head: &str, body: &[u8], piece: usize) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut read, mut write) = stream.split();
    let sending = async {
        for piece in body.chunks(piece) {
            if write.write_all(piece).await.is_err() {
                break;
            }
            sleep(Duration::from_millis(100)).await;
        }
        std::future::pending::<()>().await;
    };
    let mut start = [0; 12];
    tokio::select! {
        () = sending => unreachable!(),
        read = read.read_exact(&mut start) => drop(read.unwrap()),
    }
    String::from_utf8(start.to_vec()).unwrap()
}

/// The platform, and a CV of this size that waits to be sent to its message page.
struct Sending {
    app: TestApp,
    address: SocketAddr,
    browser: Browser,
    path: String,
    body: Vec<u8>,
}

impl Sending {
    async fn of(size: usize) -> Self {
        let app = TestApp::new().await;
        let address = app.listen_with(hurried()).await;
        let browser = app.browser(Persona::Prescriber).await;
        let page = at_message(&browser).await;
        let (path, body) = (page.url.path().to_owned(), message_with_cv(&page, size));
        Self { app, address, browser, path, body }
    }

    fn head(&self, path: &str) -> String {
        head(&self.browser, path, MULTIPART, self.body.len())
    }
}

/// A CV that takes three times what a silent sender has, at a pace above the least, is kept.
#[tokio::test]
async fn a_slow_line_is_waited_for_and_its_cv_is_kept() {
    let sending = Sending::of(1_200_000).await;
    let sent = drip(sending.address, &sending.head(&sending.path), &sending.body, 40_000).await;
    let app = &sending.app;
    assert_eq!(sent, "HTTP/1.1 303");
    let size: i32 = sqlx::query_scalar("SELECT size_bytes FROM documents").fetch_one(app.db()).await.unwrap();
    assert!(size > 1_200_000, "{size}");
    app.ignore_jobs();
}

#[tokio::test]
async fn silence_and_drops_are_given_up() {
    let sending = Sending::of(400_000).await;
    let Sending { app, address, body, .. } = &sending;
    let (address, head) = (*address, sending.head(&sending.path));
    assert_eq!(drip(address, &head, &body[..2000], 2000).await, "HTTP/1.1 408", "silent after 2 kB");
    assert_eq!(drip(address, &head, body, 4000).await, "HTTP/1.1 408", "40 kB/s");
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM documents").fetch_one(app.db()).await.unwrap();
    assert_eq!(kept, 0);
}

/// Sends the head and the beginning of a body, then nothing; gives the answer and how the connection ended: nothing of what
/// it held stays at the server.
async fn fall_silent(address: SocketAddr, head: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let answered = answer(&mut stream).await.unwrap();
    let closed = timeout(Duration::from_secs(5), stream.read_to_end(&mut Vec::new())).await;
    // Reset or ended: closed.
    drop(closed.unwrap_or_else(|_| panic!("still open: {answered}")));
    answered.to_lowercase()
}

#[tokio::test]
async fn the_connection_of_who_falls_silent_is_closed() {
    let sending = Sending::of(400_000).await;
    let Sending { address, path, body, .. } = &sending;
    let (address, of) = (*address, |path: &str| sending.head(path));
    let given_up = fall_silent(address, &of(path), &body[..2000]).await;
    assert!(given_up.starts_with("http/1.1 408") && given_up.contains("connection: close"), "{given_up}");
    // What nobody reads is bounded by the same silence.
    for (path, expected) in [("/nothing-here", "http/1.1 404"), ("/dashboard", "http/1.1 405")] {
        let answered = fall_silent(address, &of(path), &body[..2000]).await;
        assert!(answered.starts_with(expected), "{path}: {answered}");
    }
}

/// Bodies nobody reads: an address that does not exist, a method, a right or a size that is refused before the body.
#[tokio::test]
async fn the_answer_arrives_whatever_was_read_of_the_body() {
    let app = TestApp::new().await;
    let address = app.listen().await;
    let browser = app.browser(Persona::Prescriber).await;
    let visitor = app.visitor();
    let form = "application/x-www-form-urlencoded";
    let long = 4 * 1024 * 1024;
    for (browser, path, kind, length, expected) in [
        (&browser, "/nothing-here", form, 300, "HTTP/1.1 404"),
        (&browser, "/nothing-here", MULTIPART, long, "HTTP/1.1 404"),
        (&browser, "/dashboard", form, 300, "HTTP/1.1 405"),
        (&browser, "/admin/emails", form, long, "HTTP/1.1 405"),
        (&browser, "/organisation-switch", "application/json", 300, "HTTP/1.1 400"),
        (&browser, "/organisation-switch", form, long, "HTTP/1.1 413"),
        (&visitor, "/logout", form, long, "HTTP/1.1 200"),
    ] {
        for _ in 0..10 {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(head(browser, path, kind, length).as_bytes()).await.unwrap();
            sleep(Duration::from_millis(5)).await;
            // As many clients do: all is sent before a byte of the answer is read.
            let sent = async {
                for piece in vec![b'x'; length].chunks(64 * 1024) {
                    stream.write_all(piece).await?;
                }
                answer(&mut stream).await
            };
            let answered = timeout(Duration::from_secs(20), sent).await.unwrap();
            let answered = answered.unwrap_or_else(|error| panic!("{path}, {length} bytes: {error}"));
            assert!(answered.starts_with(expected), "{path}, {length} bytes: {answered}");
        }
    }
}

/// The connection serves the next request after a body that was thrown away.
#[tokio::test]
async fn a_connection_goes_on_after_a_body_nobody_read() {
    let app = TestApp::new().await;
    let address = app.listen().await;
    let visitor = app.visitor();
    let mut stream = TcpStream::connect(address).await.unwrap();
    for _ in 0..20 {
        let head = head(&visitor, "/nothing-here", "application/x-www-form-urlencoded", 3000);
        stream.write_all(head.as_bytes()).await.unwrap();
        sleep(Duration::from_millis(2)).await;
        stream.write_all(&[b'x'; 3000]).await.unwrap();
        let answered = answer(&mut stream).await.unwrap();
        assert!(answered.starts_with("HTTP/1.1 404"), "{answered}");
        let length = answered.to_lowercase();
        let length = length.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
        let mut body = vec![0; length.unwrap().parse().unwrap()];
        stream.read_exact(&mut body).await.unwrap();
    }
}

/// More than is thrown away in silence: the closing of the connection is announced.
#[tokio::test]
async fn what_is_too_much_to_throw_away_is_announced() {
    let app = TestApp::new().await;
    let address = app.listen().await;
    let visitor = app.visitor();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = head(&visitor, "/nothing-here", MULTIPART, 200 * 1024 * 1024);
    stream.write_all(head.as_bytes()).await.unwrap();
    let answered = answer(&mut stream).await.unwrap().to_lowercase();
    assert!(answered.starts_with("http/1.1 404") && answered.contains("connection: close"), "{answered}");
}
