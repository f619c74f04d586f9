//! Lockout (IDP-18, AUT-6).

use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::StatusCode;
use tokio::task::JoinSet;

use crate::support::{Browser, CLIENT, EMAIL, LoginPage, PASSWORD, Page, Provider};

async fn login_page(provider: &Provider) -> (Browser, LoginPage) {
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    (browser, login)
}

#[tokio::test]
async fn five_failures_lock_an_address_for_five_minutes() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, login) = login_page(&provider).await;
    for _ in 0..5 {
        let response = login.submit(&browser, EMAIL, "pas le bon").await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let response = login.submit(&browser, "CAMILLE.martin@structure.example", PASSWORD).await;
    assert_eq!(response.headers()["retry-after"], "300");
    let page = Page::read(response).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "even the right password");
    assert!(page.text().contains("attendez 5 minutes"));
    assert!(page.has("#email") && page.has("#password"));

    provider.clock.advance(TimeDelta::minutes(5));
    assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_address_without_account_is_locked_all_the_same() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, login) = login_page(&provider).await;
    for _ in 0..5 {
        login.submit(&browser, "inconnu@structure.example", "essai").await;
    }
    let response = login.submit(&browser, "inconnu@structure.example", "essai").await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn successes_are_not_counted() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, login) = login_page(&provider).await;
    for _ in 0..12 {
        assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn ten_failures_lock_an_ip_for_a_minute_whatever_the_address() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, login) = login_page(&provider).await;
    for n in 0..10 {
        let response = login.submit(&browser, &format!("inconnu{n}@structure.example"), "essai").await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::TOO_MANY_REQUESTS);
    provider.clock.advance(TimeDelta::minutes(1));
    assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn guesses_sent_together_do_not_get_more_answers() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, login) = login_page(&provider).await;
    let mut guesses = JoinSet::new();
    for n in 0..9 {
        let (browser, login) = (browser.clone(), login.clone());
        guesses.spawn(async move { login.submit(&browser, EMAIL, &format!("essai {n}")).await.status() });
    }
    let answers = guesses.join_all().await;
    let checked = answers.iter().filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY).count();
    assert_eq!(checked, 5, "{answers:?}");
}

#[tokio::test]
async fn a_flood_of_forms_from_one_ip_is_stopped_before_any_work() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let mut stopped = None;
    for n in 0..40 {
        let response = browser.post(&provider.url("/login"), &[("request", "x")]).await;
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            stopped = Some((n, response));
            break;
        }
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    }
    let (n, response) = stopped.expect("40 posts in a row are too many");
    assert!(n >= 30, "stopped after {n}");
    assert!(response.headers().contains_key("retry-after"));
    assert!(Page::read(response).await.text().contains("Trop de tentatives"));
    assert_eq!(browser.get(&provider.url("/")).await.status(), StatusCode::OK, "pages stay readable");
}
