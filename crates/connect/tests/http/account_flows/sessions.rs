//! Where an account is open, and closing it one by one.

use reqwest::StatusCode;
use uuid::Uuid;

use super::{Mailed, leads_to};
use crate::support::{Browser, CLIENT, EMAIL, OTHER_CLIENT, PASSWORD, Page, http, post_form, sign_up};

/// Signs Camille in with a browser that says what it is; gives its cookies.
async fn phone(mailed: &Mailed) -> String {
    let agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile Safari/537.36";
    let browser = Browser::new();
    let response = browser.get(&mailed.provider.authorize_url(CLIENT, &[])).await;
    let cookie = |response: &reqwest::Response| {
        response.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
    };
    let known = cookie(&response);
    let request = http().post(leads_to(mailed, &response)).header("user-agent", agent);
    let request = request.header("cookie", &known).header("sec-fetch-site", "same-origin");
    let answer = post_form(request, &[("email", EMAIL), ("password", PASSWORD)]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    cookie(&answer)
}

async fn is_open(mailed: &Mailed, cookie: &str) -> bool {
    let home = http().get(mailed.url("/")).header("cookie", cookie).send().await.unwrap();
    home.text().await.unwrap().contains("Votre session est ouverte")
}

#[tokio::test]
async fn each_device_is_told_in_words_and_closed_on_its_own() {
    let mailed = Mailed::start().await;
    let (browser, tokens) = mailed.provider.tokens(OTHER_CLIENT).await;
    let phone = phone(&mailed).await;
    let page = Page::read(browser.get(&mailed.url("/sessions")).await).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("Chrome, Android") && text.contains("(cet appareil)"), "{text}");
    assert!(text.contains("à l’instant") && text.contains("127.0.0.1"), "{text}");

    let id: Uuid = sqlx::query_scalar("select id from connect.sessions where user_agent like '%Android%'")
        .fetch_one(&mailed.provider.db)
        .await
        .unwrap();
    let end = mailed.url("/sessions/end");
    let ended = browser.post(&end, &[("session", &id.to_string())]).await;
    assert_eq!(leads_to(&mailed, &ended), mailed.url("/sessions"));
    assert!(!is_open(&mailed, &phone).await);
    assert!(browser.is_signed_in(&mailed.provider).await);
    assert_eq!(mailed.provider.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);
    let again = browser.post(&end, &[("session", &id.to_string())]).await;
    assert_eq!(again.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn all_the_others_close_at_once_and_one_s_own_too() {
    let mailed = Mailed::start().await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    let (elsewhere, tokens) = mailed.provider.tokens(OTHER_CLIENT).await;
    let phone = phone(&mailed).await;
    browser.post(&mailed.url("/sessions/end"), &[("session", "others")]).await;
    assert!(browser.is_signed_in(&mailed.provider).await);
    assert!(!elsewhere.is_signed_in(&mailed.provider).await && !is_open(&mailed, &phone).await);
    assert_eq!(mailed.provider.userinfo(&tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
    let page = Page::read(browser.get(&mailed.url("/sessions")).await).await;
    let own = page.attribute("input[name=session]", "value");
    let left = browser.post(&mailed.url("/sessions/end"), &[("session", &own)]).await;
    assert_eq!(leads_to(&mailed, &left), mailed.url("/"));
    assert!(!browser.is_signed_in(&mailed.provider).await);
}

#[tokio::test]
async fn nobody_closes_another_s_session() {
    let mailed = Mailed::start().await;
    let (victim, _) = mailed.provider.tokens(CLIENT).await;
    let other = "dominique@structure.example";
    sign_up(&mailed.provider.db, other, "2026-09-01T08:00:00Z".parse().unwrap()).await;
    let browser = Browser::new();
    let login = browser.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    login.submit(&browser, other, PASSWORD).await;
    let id: Uuid = sqlx::query_scalar("select id from connect.sessions where account_id = $1")
        .bind(mailed.provider.camille)
        .fetch_one(&mailed.provider.db)
        .await
        .unwrap();
    let id = id.to_string();
    for which in [id.as_str(), "guess", ""] {
        let refused = browser.post(&mailed.url("/sessions/end"), &[("session", which)]).await;
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{which}");
    }
    let forged = victim.post_from_elsewhere(&mailed.url("/sessions/end"), &[("session", "others")]).await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    assert!(victim.is_signed_in(&mailed.provider).await && browser.is_signed_in(&mailed.provider).await);
}
