//! The answer arrives, whatever was read of what was sent.

use std::time::Duration;

use iae_test_database::migrated;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::Provider;

#[tokio::test]
async fn what_is_posted_where_nothing_reads_it_is_answered() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let address = provider.issuer.trim_start_matches("http://").to_owned();
    for (path, kind, expected) in [
        ("/nothing-here", "application/x-www-form-urlencoded", "HTTP/1.1 404"),
        ("/token", "application/json", "HTTP/1.1 415"),
        ("/login", "text/plain", "HTTP/1.1 415"),
    ] {
        for _ in 0..30 {
            let mut stream = TcpStream::connect(&address).await.unwrap();
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\n\
                 Content-Type: {kind}\r\nContent-Length: 60000\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            tokio::time::sleep(Duration::from_millis(2)).await;
            stream.write_all(&vec![b'x'; 60_000]).await.unwrap();
            let mut status = [0; 12];
            stream.read_exact(&mut status).await.unwrap();
            assert_eq!(std::str::from_utf8(&status).unwrap(), expected, "{path}");
        }
    }
}

/// A form that does not come is answered, a head that does not come is not waited for, and neither is who says nothing.
#[tokio::test]
async fn who_falls_silent_is_not_waited_for() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider =
        Provider::start_with(db, "", |config| config.bounds.silence = Duration::from_millis(500)).await;
    let address = provider.issuer.trim_start_matches("http://").to_owned();
    for (sent, expected) in [
        (
            format!(
                "POST /token HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                 Content-Length: 100\r\n\r\ngrant_type="
            ),
            "HTTP/1.1 408",
        ),
        ("POST /token HTTP/1.1\r\nHost:".to_owned(), ""),
        (String::new(), ""),
    ] {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(sent.as_bytes()).await.unwrap();
        let mut answer = String::new();
        let read = stream.read_to_string(&mut answer);
        tokio::time::timeout(Duration::from_secs(3), read).await.expect("the connection is closed").unwrap();
        assert!(answer.starts_with(expected), "{sent:?}: {answer}");
    }
}

/// Pages, files, an address of nothing, a form too long or that does not come, a server without a place.
#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let mut address = String::new();
    let provider = Provider::start_with(db, "", |config| {
        address = config.issuer.authority().to_owned();
        config.issuer = "https://connect.example.org".parse().unwrap();
        config.bounds.silence = Duration::from_millis(500);
        config.bounds.requests_of_one = 1;
        config.bounds.wait = Duration::from_millis(100);
    })
    .await;
    let ask = async |head: &str, body: &[u8]| {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let head = format!("{head}\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.ok();
        stream
    };
    let form = |length: usize| {
        format!(
            "POST /token HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}"
        )
    };
    let waiting = ask(&form(9), b"").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    protected("no place", ask("GET / HTTP/1.1", b"").await, 503).await;
    protected("a form that does not come", waiting, 408).await;
    protected("a page", ask("GET / HTTP/1.1", b"").await, 200).await;
    protected("nothing there", ask("GET /nothing-here HTTP/1.1", b"").await, 404).await;
    protected("a form too long", ask(&form(70_000), &vec![b'x'; 70_000]).await, 413).await;
    drop(provider);
}

async fn protected(what: &str, mut stream: TcpStream, status: u16) {
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    tokio::time::timeout(Duration::from_secs(3), read).await.unwrap().unwrap();
    let answer = String::from_utf8_lossy(&answer).to_lowercase();
    assert!(answer.starts_with(&format!("http/1.1 {status}")), "{what}: {answer}");
    for line in [
        "strict-transport-security: max-age=31536000; includesubdomains\r\n",
        "x-content-type-options: nosniff\r\n",
        "frame-ancestors 'none'",
        "cache-control: no-store\r\n",
    ] {
        assert!(answer.contains(line), "{what}: {answer}");
    }
}
