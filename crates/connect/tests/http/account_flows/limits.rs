//! Mails that forms send: so many for an address, so many from a network (D25).

use chrono::TimeDelta;
use reqwest::StatusCode;

use super::register::{NEWCOMER, register, typed};
use super::{Mailed, submit};
use crate::support::{Browser, EMAIL, Page};

/// Five mails an hour for one address, whoever asks: the page says the same all along.
#[tokio::test]
async fn one_address_gets_five_mails_an_hour() {
    let mailed = Mailed::start().await;
    let mut pages = Vec::new();
    for _ in 0..7 {
        let page = register(&mailed, &Browser::new(), NEWCOMER).await;
        assert_eq!(page.status, StatusCode::OK);
        pages.push(page.html);
    }
    assert!(pages.iter().all(|page| *page == pages[0]));
    assert_eq!(mailed.server.wait_for(5).await.len(), 5);
    mailed.provider.clock.advance(TimeDelta::hours(1));
    register(&mailed, &Browser::new(), NEWCOMER).await;
    assert_eq!(mailed.server.wait_for(6).await.len(), 6);
}

/// A whole agency signs up in a morning; a machine that writes to everybody is stopped.
#[tokio::test]
async fn one_network_asks_for_two_hundred_mails_an_hour() {
    let mailed = Mailed::start().await;
    sqlx::query(
        "insert into connect.mail_requests (id, email_digest, ip, at)
         select gen_random_uuid(), sha256(n::text::bytea), '127.0.0.1', '2026-09-01T07:59:00Z' from generate_series(1, 200) n",
    )
    .execute(&mailed.provider.db)
    .await
    .unwrap();
    let browser = Browser::new();
    for (path, fields) in [("/register", typed(NEWCOMER)), ("/forgot-password", vec![("email", EMAIL)])] {
        let response = submit(&browser, &mailed.url(path), &fields).await;
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()["retry-after"], "3600");
        assert!(Page::read(response).await.text().contains("Recommencez dans une heure"));
    }
    assert!(mailed.server.taken().is_empty());
}
