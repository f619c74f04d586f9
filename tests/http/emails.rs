//! Mails as mail servers receive them.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use iae_app::gateways::mailer::Mailer;
use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

type Received = Arc<Mutex<Vec<String>>>;

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
fn header(message: &str, name: &str) -> String {
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
fn text(message: &str) -> String {
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

/// What staff read in the outbox is what the mail server took, accents included.
#[tokio::test]
async fn a_queued_mail_reaches_the_mail_server_as_it_was_written() {
    let (port, received) = sink().await;
    let app = TestApp::with(|app| {
        let transport =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1").port(port).build();
        app.mailer =
            Mailer::Smtp { transport, from: "Parcours IAE <ne-pas-repondre@parcours.test>".parse().unwrap() };
    })
    .await;
    app.scenario().application().state(StateCode::Accepted).insert().await;

    let kept: Vec<(String, String, String, String)> =
        sqlx::query_as("SELECT recipient, subject, text_body, status FROM emails")
            .fetch_all(app.db())
            .await
            .unwrap();
    let received = received.lock().unwrap().clone();
    assert!(!kept.is_empty());
    assert_eq!(received.len(), kept.len());
    for (recipient, subject, text_body, status) in kept {
        let found = received.iter().find(|m| header(m, "To") == recipient && header(m, "Subject") == subject);
        let message =
            found.unwrap_or_else(|| panic!("« {subject} » never came to {recipient}: {received:#?}"));
        assert_eq!(text(message).trim_end().replace("\r\n", "\n"), text_body.trim_end());
        assert_eq!(status, "sent");
    }
    assert!(received.iter().any(|m| text(m).contains('é')), "at least one message has an accent");
}

/// A server that is away keeps nothing: the mail stays queued and is sent later.
#[tokio::test]
async fn a_mail_waits_while_the_mail_server_is_away() {
    let app = TestApp::with(|app| {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1").port(9).build();
        app.mailer = Mailer::Smtp { transport, from: "ne-pas-repondre@parcours.test".parse().unwrap() };
    })
    .await;
    app.scenario().application().by(Persona::Prescriber).state(StateCode::Accepted).insert().await;
    let statuses: Vec<(String, i16)> =
        sqlx::query_as("SELECT status, attempts FROM emails").fetch_all(app.db()).await.unwrap();
    assert!(!statuses.is_empty());
    assert!(statuses.iter().all(|(status, attempts)| status != "sent" && *attempts == 1), "{statuses:?}");
    let staff = app.browser(Persona::Staff).await;
    assert!(
        staff.get("/dashboard").await.says("3 messages à envoyer Dont 3 déjà refusés, qui seront retentés")
    );
    assert!(staff.get("/admin/emails?status=failed").await.says("Échec, sera retenté"));

    sqlx::query("UPDATE emails SET attempts = 25").execute(app.db()).await.unwrap();
    let dashboard = staff.get("/dashboard").await;
    assert!(dashboard.says("3 messages abandonnés Refusés 25 fois de suite"), "{}", dashboard.text());
    let outbox = staff.get("/admin/emails?status=failed").await;
    assert!(outbox.says("Échec, abandonné") && !outbox.says("sera retenté"), "{}", outbox.text());
    app.ignore_mails();
}
