//! Changing one's password (IDP-15), and what strangers can do of it.

use chrono::TimeDelta;
use reqwest::StatusCode;
use tokio::task::JoinSet;

use super::{GOOD, Mailed, leads_to, submit};
use crate::support::{Browser, CLIENT, EMAIL, OTHER_CLIENT, PASSWORD, Page};

fn typed<'a>(current: &'a str, new: &'a str) -> [(&'static str, &'a str); 3] {
    [("current_password", current), ("password", new), ("password_again", new)]
}

#[tokio::test]
async fn the_other_sessions_end_and_the_holder_is_told() {
    let mailed = Mailed::start().await;
    let (browser, tokens) = mailed.provider.tokens(CLIENT).await;
    let (elsewhere, other_tokens) = mailed.provider.tokens(OTHER_CLIENT).await;
    let url = mailed.url("/password");
    let home = leads_to(&mailed, &submit(&browser, &url, &typed(PASSWORD, GOOD)).await);
    assert!(Page::read(browser.get(&home).await).await.text().contains("Votre mot de passe a changé"));

    assert!(browser.is_signed_in(&mailed.provider).await, "this session stays");
    assert!(!elsewhere.is_signed_in(&mailed.provider).await);
    assert_eq!(mailed.provider.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);
    assert_eq!(mailed.provider.userinfo(&other_tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
    assert!(mailed.last_to(EMAIL, 1).await.header("Subject").contains("mot de passe"));
    let login = elsewhere.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    assert_eq!(login.submit(&elsewhere, EMAIL, PASSWORD).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(login.submit(&elsewhere, EMAIL, GOOD).await.status(), StatusCode::SEE_OTHER);
    let written = mailed.count("select count(*) from connect.events where name = 'change_password'").await;
    assert_eq!(written, 1);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_changes() {
    let mailed = Mailed::start().await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    let (elsewhere, _) = mailed.provider.tokens(CLIENT).await;
    for (current, new, field) in [
        ("", GOOD, "current_password"),
        ("pas le bon", GOOD, "current_password"),
        (PASSWORD, "Court-1", "password"),
        (PASSWORD, PASSWORD, "password"),
    ] {
        let page = Page::read(submit(&browser, &mailed.url("/password"), &typed(current, new)).await).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{current} {new}");
        assert!(page.has(&format!("#{field}-error")), "{current} {new}: {}", page.html);
    }
    assert!(elsewhere.is_signed_in(&mailed.provider).await);
    assert!(mailed.server.taken().is_empty());
    let anonymous = Browser::new();
    for path in ["/password", "/email", "/account", "/sessions"] {
        assert_eq!(leads_to(&mailed, &anonymous.get(&mailed.url(path)).await), mailed.url("/"), "{path}");
    }
}

/// Five are looked at in five minutes, whoever sends them, however many together: ten thousand take a week.
#[tokio::test]
async fn guesses_in_an_open_session_are_bounded() {
    let mailed = Mailed::start().await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    let url = mailed.url("/password");
    let mut guesses = JoinSet::new();
    for n in 0..40 {
        let (browser, url) = (browser.clone(), url.clone());
        guesses.spawn(async move { browser.post(&url, &typed(&format!("essai {n}"), GOOD)).await.status() });
    }
    let answers = guesses.join_all().await;
    let told = |status| answers.iter().filter(|answer| **answer == status).count();
    assert_eq!(told(StatusCode::UNPROCESSABLE_ENTITY), 5, "{answers:?}");
    assert_eq!(told(StatusCode::TOO_MANY_REQUESTS), 35, "{answers:?}");
    let looked_at = "select count(*) from connect.events where name = 'change_password_error'";
    assert_eq!(mailed.count(looked_at).await, 5);

    let right = browser.post(&url, &typed(PASSWORD, GOOD)).await;
    assert_eq!(right.status(), StatusCode::TOO_MANY_REQUESTS, "even the right one");
    assert!(browser.is_signed_in(&mailed.provider).await, "the session stays");
    mailed.provider.clock.advance(TimeDelta::minutes(5));
    assert_eq!(browser.post(&url, &typed(PASSWORD, GOOD)).await.status(), StatusCode::SEE_OTHER);
}

/// D25: failing at the login page closes nothing that is open, nor what its holder does there.
#[tokio::test]
async fn a_stranger_locks_nobody_out_of_an_open_session() {
    let mailed = Mailed::start().await;
    let (browser, tokens) = mailed.provider.tokens(CLIENT).await;
    let stranger = Browser::new();
    let login = stranger.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    for _ in 0..8 {
        login.submit(&stranger, EMAIL, "pas le bon").await;
    }
    assert!(browser.is_signed_in(&mailed.provider).await);
    assert_eq!(mailed.provider.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);
    assert!(browser.log_in_again(&mailed.provider, CLIENT).await.len() > 40, "single sign-on goes on");
    let changed = submit(&browser, &mailed.url("/password"), &typed(PASSWORD, GOOD)).await;
    assert_eq!(changed.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn names_change_and_relying_parties_see_them() {
    let mailed = Mailed::start().await;
    let (browser, tokens) = mailed.provider.tokens(CLIENT).await;
    let url = mailed.url("/account");
    let page =
        Page::read(submit(&browser, &url, &[("given_name", "123"), ("family_name", "Durand")]).await).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("#given_name-error"));
    assert_eq!(page.attribute("#family_name", "value"), "Durand", "what was typed is kept");
    let fields = [("given_name", " Anne  Marie"), ("family_name", "Durand")];
    let home = leads_to(&mailed, &submit(&browser, &url, &fields).await);
    assert!(Page::read(browser.get(&home).await).await.text().contains("Anne Marie DURAND"));
    let claims = mailed.provider.userinfo(&tokens["access_token"]).await.1;
    assert_eq!(claims["given_name"], "Anne Marie");
}
