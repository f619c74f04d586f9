//! Mails to holders of accounts: a locked one says so to who proves the address, and to nobody else (D25).

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use iae_connect::emails::{Mail, Mailer};
use iae_test_database::migrated;
use reqwest::StatusCode;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{Browser, CLIENT, EMAIL, Page, Provider};

type Received = Arc<Mutex<Vec<String>>>;

/// A provider whose mails go to this mail server.
async fn provider(db: sqlx::PgPool, url: String) -> Provider {
    Provider::start_with(db, "", |config| {
        let mailer = Mailer::smtp(&url, "Inclusion Connect <ne-pas-repondre@exemple.fr>").unwrap();
        config.mail = Some(Mail { mailer, support_email: "equipe@exemple.fr".to_owned() });
    })
    .await
}

/// A mail server that keeps what it takes.
async fn server() -> (String, Received) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let received = Received::default();
    let kept = Arc::clone(&received);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(take_messages(stream, Arc::clone(&kept)));
        }
    });
    (url, received)
}

/// The server's side of RFC 5321: sender, recipient, then the message.
async fn take_messages(mut stream: TcpStream, received: Received) {
    let (reader, mut writer) = stream.split();
    let mut lines = BufReader::new(reader).lines();
    let (mut in_data, mut message) = (false, String::new());
    writer.write_all(b"220 sink\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = if in_data && line == "." {
            in_data = false;
            received.lock().unwrap().push(std::mem::take(&mut message));
            "250 taken\r\n"
        } else if in_data {
            message.push_str(&line);
            message.push('\n');
            continue;
        } else if line == "DATA" {
            in_data = true;
            "354 go on\r\n"
        } else if line.starts_with("EHLO") {
            "250-sink\r\n250 8BITMIME\r\n"
        } else {
            if line.starts_with("RCPT") {
                message.push_str(&line);
                message.push('\n');
            }
            "250 ok\r\n"
        };
        writer.write_all(answer.as_bytes()).await.unwrap();
    }
}

/// Fails that many times; gives the last page.
async fn fail(provider: &Provider, email: &str, times: usize) -> Page {
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let mut last = None;
    for _ in 0..times {
        let response = login.submit(&browser, email, "pas le bon").await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        last = Some(Page::read(response).await);
    }
    last.unwrap()
}

/// Waits until the server has this many messages; gives them.
async fn messages(received: &Received, count: usize) -> Vec<String> {
    for _ in 0..100 {
        if received.lock().unwrap().len() >= count {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // What should not come had time to.
    tokio::time::sleep(Duration::from_millis(100)).await;
    received.lock().unwrap().clone()
}

async fn rows(provider: &Provider) -> i64 {
    sqlx::query_scalar("select count(*) from connect.emails").fetch_one(&provider.db).await.unwrap()
}

/// Quoted-printable and base64 both leave ASCII words alone or not at all: the message is read as a reader does.
fn text(message: &str) -> String {
    let (head, body) = message.split_once("\n\n").unwrap();
    if head.contains("base64") {
        use base64::Engine as _;
        let decoded = base64::prelude::BASE64_STANDARD.decode(body.replace('\n', "")).unwrap();
        return String::from_utf8(decoded).unwrap();
    }
    assert!(head.contains("quoted-printable"), "{head}");
    let joined = body.replace("=\n", "");
    let (mut bytes, mut rest) = (Vec::new(), joined.as_str());
    while let Some((before, after)) = rest.split_once('=') {
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
        rest = &after[2..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn the_fifth_failure_tells_the_holder_of_the_account_by_mail_and_nobody_else() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let (url, received) = server().await;
    let provider = provider(db, url).await;
    fail(&provider, EMAIL, 4).await;
    assert_eq!(rows(&provider).await, 0, "four are not a lock");
    let locking = fail(&provider, EMAIL, 1).await;
    let locked = fail(&provider, EMAIL, 1).await;
    let words = |page: &Page| page.text();
    assert_eq!(words(&locking), words(&locked), "the page says the same");

    let mails = messages(&received, 1).await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains(&format!("RCPT TO:<{EMAIL}>")), "{}", mails[0]);
    assert!(mails[0].contains("Auto-Submitted: auto-generated"));
    let text = text(&mails[0]);
    for part in ["bloqué pour cinq minutes", "Ce n’est pas vous", "equipe@exemple.fr"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("http") && !text.contains("127.0.0.1"), "no link, nothing of who typed: {text}");
}

#[tokio::test]
async fn one_mail_a_day_at_most_and_none_to_an_address_without_account() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let (url, received) = server().await;
    let provider = provider(db, url).await;
    fail(&provider, "inconnu@structure.example", 5).await;
    provider.clock.advance(TimeDelta::minutes(6));
    for _ in 0..3 {
        fail(&provider, EMAIL, 5).await;
        provider.clock.advance(TimeDelta::hours(8) - TimeDelta::minutes(1));
    }
    assert_eq!(messages(&received, 1).await.len(), 1);
    provider.clock.advance(TimeDelta::hours(1));
    fail(&provider, EMAIL, 5).await;
    assert_eq!(messages(&received, 2).await.len(), 2);
}

/// A mail server that is away loses nothing, and nobody who signs in waits for it.
#[tokio::test]
async fn a_mail_that_cannot_leave_waits() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = provider(db, "smtp://127.0.0.1:9".to_owned()).await;
    fail(&provider, EMAIL, 5).await;
    let mut tried = false;
    for _ in 0..100 {
        tried = sqlx::query_scalar(
            "select tries = 1 and sent_at is null and next_try_at > created_at from connect.emails",
        )
        .fetch_one(&provider.db)
        .await
        .unwrap();
        if tried {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(tried, "counted before it is tried, and kept for later");
}
