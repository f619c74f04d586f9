//! Mails to holders of accounts: a locked one says so to who proves the address, and to nobody else (D25).

use std::time::Duration;

use chrono::TimeDelta;
use iae_connect::emails::Mail;
use iae_mail::Mailer;
use iae_test_database::migrated;
use iae_test_mail_server::MailServer;
use reqwest::StatusCode;

use crate::support::{Browser, CLIENT, EMAIL, Page, Provider};

/// A provider whose mails go to the server at this address.
async fn provider(db: sqlx::PgPool, url: &str) -> Provider {
    Provider::start_with(db, "", |config| {
        let mailer = Mailer::smtp(url, "Inclusion Connect <ne-pas-repondre@exemple.fr>").unwrap();
        config.mail = Some(Mail { mailer, support_email: "equipe@exemple.fr".to_owned() });
    })
    .await
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
async fn rows(provider: &Provider) -> i64 {
    sqlx::query_scalar("select count(*) from connect.emails").fetch_one(&provider.db).await.unwrap()
}

#[tokio::test]
async fn the_fifth_failure_tells_the_holder_of_the_account_by_mail_and_nobody_else() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let server = MailServer::start().await;
    let provider = provider(db, &server.url()).await;
    fail(&provider, EMAIL, 4).await;
    assert_eq!(rows(&provider).await, 0, "four are not a lock");
    let locking = fail(&provider, EMAIL, 1).await;
    let locked = fail(&provider, EMAIL, 1).await;
    let words = |page: &Page| page.text();
    assert_eq!(words(&locking), words(&locked), "the page says the same");

    let mails = server.wait_for(1).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipients, [EMAIL]);
    assert_eq!(mails[0].header("Auto-Submitted"), "auto-generated");
    let text = mails[0].text();
    for part in ["bloqué pour cinq minutes", "Ce n’est pas vous", "equipe@exemple.fr"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("http") && !text.contains("127.0.0.1"), "no link, nothing of who typed: {text}");
}

#[tokio::test]
async fn one_mail_a_day_at_most_and_none_to_an_address_without_account() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let server = MailServer::start().await;
    let provider = provider(db, &server.url()).await;
    fail(&provider, "inconnu@structure.example", 5).await;
    provider.clock.advance(TimeDelta::minutes(6));
    for _ in 0..3 {
        fail(&provider, EMAIL, 5).await;
        provider.clock.advance(TimeDelta::hours(8) - TimeDelta::minutes(1));
    }
    assert_eq!(server.wait_for(1).await.len(), 1);
    provider.clock.advance(TimeDelta::hours(1));
    fail(&provider, EMAIL, 5).await;
    assert_eq!(server.wait_for(2).await.len(), 2);
}

/// A mail server that is away loses nothing, and nobody who signs in waits for it.
#[tokio::test]
async fn a_mail_that_cannot_leave_waits() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = provider(db, "smtp://127.0.0.1:9").await;
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
