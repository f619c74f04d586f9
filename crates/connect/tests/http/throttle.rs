//! Lockout (IDP-18, AUT-6).

use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::StatusCode;
use tokio::task::JoinSet;

use crate::support::{Browser, CLIENT, EMAIL, LoginPage, PASSWORD, Page, Provider, sign_up};

async fn login_page(provider: &Provider) -> (Browser, LoginPage) {
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    (browser, login)
}

/// D25: a locked account answers as a wrong password does; only who proves the address by mail may learn more.
#[tokio::test]
async fn five_failures_lock_an_address_for_five_minutes_without_a_word_of_it() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, login) = login_page(&provider).await;
    for email in [EMAIL, "inconnu@structure.example"] {
        let mut wrong = Vec::new();
        for _ in 0..5 {
            let response = login.submit(&browser, email, "pas le bon").await;
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
            wrong.push(Page::read(response).await.html);
        }
        provider.clock.advance(TimeDelta::minutes(1));
        let response = login.submit(&browser, &email.to_uppercase(), PASSWORD).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "even the right password");
        assert!(response.headers().get("retry-after").is_none());
        let locked = Page::read(response).await.html.replace(&email.to_uppercase(), email);
        assert!(wrong.iter().all(|page| *page == locked), "{email}: {locked}");
    }
    provider.clock.advance(TimeDelta::minutes(4));
    assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::SEE_OTHER);
}

/// AUT-6, as D25 amends it: hundreds of agents leave by one IP at nine o'clock.
#[tokio::test]
async fn what_begins_or_succeeds_behind_one_ip_is_never_too_much() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    for _ in 0..31 {
        let (browser, login) = login_page(&provider).await;
        assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::SEE_OTHER);
    }
    let mut agents = JoinSet::new();
    for n in 0..24 {
        let email = format!("agent{n}@structure.example");
        sign_up(&provider.db, &email, "2026-09-01T08:00:00Z".parse().unwrap()).await;
        let (browser, login) = login_page(&provider).await;
        agents.spawn(async move { login.submit(&browser, &email, PASSWORD).await.status() });
    }
    let answers = agents.join_all().await;
    assert!(answers.iter().all(|status| *status == StatusCode::SEE_OTHER), "all at once: {answers:?}");
}

#[tokio::test]
async fn successes_are_not_counted() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    for _ in 0..12 {
        let (browser, login) = login_page(&provider).await;
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
    assert!(answers.iter().all(|status| *status == StatusCode::UNPROCESSABLE_ENTITY), "{answers:?}");
    let checked: i64 =
        sqlx::query_scalar("select count(*) from connect.events where detail = 'wrong_password'")
            .fetch_one(&provider.db)
            .await
            .unwrap();
    assert_eq!(checked, 5);
}

/// Ten minutes, a thousand guesses in each, the last of them right: five in five minutes are looked at, about ten in a minute are
/// answered at all, and the others told to wait. The holder hears of it once, and comes in when it is over.
#[tokio::test]
async fn ten_thousand_guesses_open_nothing() {
    const AT_ONCE: usize = 16;
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start_with(db, "", |config| {
        config.rates.anonymous_pages_per_minute = std::num::NonZeroU32::MAX;
    })
    .await;
    let (browser, login) = login_page(&provider).await;
    let form = provider.url(&login.read(&browser).await.attribute("form", "action"));
    for _ in 0..10 {
        let (mut guesses, mut answered) = (JoinSet::new(), 0);
        for which in 0..1_000 {
            if guesses.len() == AT_ONCE {
                answered += usize::from(guesses.join_next().await.unwrap().unwrap());
            }
            let (browser, form) = (browser.clone(), form.clone());
            guesses.spawn(async move {
                let guess = format!("{PASSWORD} {which}");
                let guess = if which == 999 { PASSWORD } else { guess.as_str() };
                let status = browser.post(&form, &[("email", EMAIL), ("password", guess)]).await.status();
                let was_answered = status == StatusCode::UNPROCESSABLE_ENTITY;
                assert!(was_answered || status == StatusCode::TOO_MANY_REQUESTS, "{status}");
                was_answered
            });
        }
        answered += guesses.join_all().await.into_iter().filter(|was| *was).count();
        assert!(answered <= 10 + AT_ONCE, "{answered} of a thousand were answered");
        assert!(!browser.is_signed_in(&provider).await);
        provider.clock.advance(TimeDelta::minutes(1));
    }
    let count = async |query: &'static str| -> i64 {
        sqlx::query_scalar(query).fetch_one(&provider.db).await.unwrap()
    };
    assert_eq!(count("select count(*) from connect.events where detail = 'wrong_password'").await, 10);
    assert_eq!(count("select count(*) from connect.emails").await, 1);
    provider.clock.advance(TimeDelta::minutes(5));
    let (holder, login) = login_page(&provider).await;
    assert_eq!(login.submit(&holder, EMAIL, PASSWORD).await.status(), StatusCode::SEE_OTHER);
}

/// What is refused without a look at the password counts against the IP: nobody keeps the machine hashing.
#[tokio::test]
async fn insisting_on_a_locked_account_locks_the_ip() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, login) = login_page(&provider).await;
    for _ in 0..10 {
        let response = login.submit(&browser, EMAIL, "pas le bon").await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let response = login.submit(&browser, EMAIL, "pas le bon").await;
    assert_eq!(response.headers()["retry-after"], "60");
    let page = Page::read(response).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.text().contains("depuis votre réseau"));
}
