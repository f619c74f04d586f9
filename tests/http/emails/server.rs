//! A mail server of our own, and how its messages are read.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use iae_app::gateways::mailer::Mailer;
use iae_tests::TestApp;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The platform, with what the mail server took.
pub async fn app() -> (TestApp, Received) {
    let (port, received) = sink().await;
    let app = TestApp::with(|app| {
        let transport =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1").port(port).build();
        app.mailer =
            Mailer::Smtp { transport, from: "Parcours IAE <ne-pas-repondre@parcours.test>".parse().unwrap() };
    })
    .await;
    (app, received)
}

pub type Received = Arc<Mutex<Vec<String>>>;

/// A mail server that keeps what it takes.
async fn sink() -> (u16, Received) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let received = Received::default();
    let kept = Arc::clone(&received);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(take_messages(stream, Arc::clone(&kept)));
        }
    });
    (port, received)
}

/// The server's side of RFC 5321.
async fn take_messages(mut stream: TcpStream, received: Received) {
    let (reader, mut writer) = stream.split();
    let mut lines = BufReader::new(reader).lines();
    let mut message: Option<String> = None;
    writer.write_all(b"220 sink\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match &mut message {
            Some(body) if line != "." => {
                body.push_str(line.strip_prefix('.').unwrap_or(&line));
                body.push('\n');
                continue;
            }
            Some(body) => {
                received.lock().unwrap().push(std::mem::take(body));
                message = None;
                "250 taken\r\n"
            }
            None if line == "DATA" => {
                message = Some(String::new());
                "354 go on\r\n"
            }
            None if line.starts_with("EHLO") => "250-sink\r\n250 8BITMIME\r\n",
            None => "250 ok\r\n",
        };
        writer.write_all(answer.as_bytes()).await.unwrap();
    }
}

/// A header, its encoded words read (RFC 2047).
pub fn header(message: &str, name: &str) -> String {
    let head = message.split("\n\n").next().unwrap_or_default().replace("\n ", " ");
    let prefix = format!("{name}: ");
    let value = head.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    let mut after_encoded = false;
    for (rank, word) in value.split(' ').enumerate() {
        let encoded = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
        // The blank between two encoded words is only there to fold the line.
        if rank > 0 && !(after_encoded && encoded.is_some()) {
            bytes.push(b' ');
        }
        match encoded {
            Some(encoded) => bytes.extend(BASE64_STANDARD.decode(encoded).unwrap()),
            None => bytes.extend_from_slice(word.as_bytes()),
        }
        after_encoded = encoded.is_some();
    }
    String::from_utf8(bytes).unwrap()
}

/// The text of a message: its first part, quoted-printable read (RFC 2045).
pub fn text(message: &str) -> String {
    let part = message.split("Content-Type: text/plain; charset=utf-8").nth(1).expect("a text part");
    let (head, body) = part.split_once("\n\n").unwrap();
    let body = body.split("\n--").next().unwrap_or_default();
    if head.contains("base64") {
        return String::from_utf8(BASE64_STANDARD.decode(body.replace('\n', "")).unwrap()).unwrap();
    }
    assert!(head.contains("quoted-printable"), "{head}");
    let joined = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_str();
    while let Some((before, after)) = rest.split_once('=') {
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
        rest = &after[2..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap()
}
