//! Signing in for one's account alone, without a relying party.

use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{Mailed, leads_to};
use crate::support::{Browser, CLIENT, EMAIL, LoginPage, PASSWORD, Page};

async fn open(mailed: &Mailed, browser: &Browser) -> LoginPage {
    LoginPage { url: leads_to(mailed, &browser.get(&mailed.url("/login")).await) }
}

#[tokio::test]
async fn who_comes_for_their_account_signs_in_and_is_there() {
    let mailed = Mailed::start().await;
    let browser = Browser::new();
    let home = Page::read(browser.get(&mailed.url("/")).await).await;
    assert_eq!(home.attribute("main a.fr-btn", "href"), "/login");
    let login = open(&mailed, &browser).await;
    let page = login.read(&browser).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("régler votre compte") && page.policy.contains("form-action 'self';"));
    assert_eq!(page.attribute("main a[href*='forgot']", "href"), "/forgot-password");

    let wrong = Page::read(login.submit(&browser, EMAIL, "pas le bon").await).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.attribute("#email", "value"), EMAIL);
    assert_eq!(leads_to(&mailed, &login.submit(&browser, EMAIL, PASSWORD).await), mailed.url("/"));
    assert!(browser.is_signed_in(&mailed.provider).await);
    assert_eq!(
        leads_to(&mailed, &browser.get(&mailed.url("/login")).await),
        mailed.url("/"),
        "signed in already"
    );
    let written = "select count(*) from connect.events where name = 'login' and client_id is null";
    assert_eq!(mailed.count(written).await, 1);
}

/// As the login pages of relying parties: a quarter of an hour, once, in one browser, from our own form.
#[tokio::test]
async fn its_page_serves_once_for_a_while_and_in_its_browser() {
    let mailed = Mailed::start().await;
    let browser = Browser::new();
    let login = open(&mailed, &browser).await;
    let form = [("email", EMAIL), ("password", PASSWORD)];
    assert_eq!(browser.post_from_elsewhere(&login.url, &form).await.status(), StatusCode::FORBIDDEN);
    let other = Browser::new();
    open(&mailed, &other).await;
    for somebody in [&Browser::new(), &other] {
        let page = Page::read(somebody.post(&login.url, &form).await).await;
        assert_eq!(page.status, StatusCode::GONE);
        assert_eq!(page.attribute("main a.fr-btn", "href"), "/login");
    }
    let (one, two) = tokio::join!(browser.post(&login.url, &form), browser.post(&login.url, &form));
    let mut answers = [one.status(), two.status()];
    answers.sort();
    assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::GONE]);

    let late = open(&mailed, &other).await;
    mailed.provider.clock.advance(TimeDelta::minutes(15));
    assert_eq!(other.post(&late.url, &form).await.status(), StatusCode::GONE);
    for guess in ["/login?visit=guess", "/login?visit=", "/login"] {
        assert_eq!(other.post(&mailed.url(guess), &form).await.status(), StatusCode::GONE, "{guess}");
    }
}

#[tokio::test]
async fn the_second_factor_is_asked_there_too() {
    let mailed = Mailed::start().await;
    mailed.add_application().await;
    let browser = Browser::new();
    let asked = leads_to(&mailed, &browser.log_in_to_account(&mailed.provider).await);
    assert!(asked.contains("/second-factor?step="), "{asked}");
    assert!(!browser.is_signed_in(&mailed.provider).await);
}

/// The session that opens so answers relying parties like any other.
#[tokio::test]
async fn its_session_answers_relying_parties() {
    let mailed = Mailed::start().await;
    let browser = Browser::new();
    browser.log_in_to_account(&mailed.provider).await;
    let answer = leads_to(&mailed, &browser.get(&mailed.provider.authorize_url(CLIENT, &[])).await);
    assert!(answer.starts_with(CLIENT.redirect_uri), "{answer}");
}
