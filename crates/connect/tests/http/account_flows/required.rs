//! What is due before a relying party gets anything (IDP-16, IDP-17).

use reqwest::StatusCode;

use super::{GOOD, Mailed, leads_to, submit};
use crate::support::{Browser, CLIENT, EMAIL, PASSWORD, Page, location};

/// The password of the tests has lower-case letters only.
#[tokio::test]
async fn a_weak_password_is_changed_before_anything_else() {
    let mailed = Mailed::start_with(|config| config.renews_weak_passwords = true).await;
    let browser = Browser::new();
    let login = browser.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    let due = leads_to(&mailed, &login.submit(&browser, EMAIL, PASSWORD).await);
    assert!(due.contains("/password?request="), "{due}");
    let page = Page::read(browser.get(&due).await).await;
    assert!(page.text().contains("se devine trop facilement"));

    // Meanwhile, no code, no page of the account but home.
    let asked = leads_to(&mailed, &browser.get(&mailed.provider.authorize_url(CLIENT, &[])).await);
    assert!(asked.contains("/password?request="), "{asked}");
    for path in ["/email", "/account", "/sessions"] {
        let sent = leads_to(&mailed, &browser.get(&mailed.url(path)).await);
        assert_eq!(sent, mailed.url("/password"), "{path}");
    }
    assert!(browser.is_signed_in(&mailed.provider).await);
    let silent = browser.get(&mailed.provider.authorize_url(CLIENT, &[("prompt", "none")])).await;
    assert!(location(&silent).contains("error="), "{}", location(&silent));

    let fields = [("current_password", PASSWORD), ("password", GOOD), ("password_again", GOOD)];
    let back = location(&submit(&browser, &due, &fields).await);
    assert!(back.starts_with(CLIENT.redirect_uri) && back.contains("code="), "{back}");
    let written =
        mailed.count("select count(*) from connect.events where name = 'change_weak_password'").await;
    assert_eq!(written, 1);
    assert!(browser.log_in_again(&mailed.provider, CLIENT).await.len() > 40);
}

#[tokio::test]
async fn conditions_of_use_are_accepted_before_anything_else_and_read_by_everyone() {
    let mailed =
        Mailed::start_with(|config| config.terms_from = Some("2026-08-01T00:00:00Z".parse().unwrap())).await;
    let anonymous = Page::read(Browser::new().get(&mailed.url("/terms")).await).await;
    assert_eq!(anonymous.status, StatusCode::OK);
    assert!(!anonymous.has("main form"));

    let browser = Browser::new();
    let login = browser.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    let due = leads_to(&mailed, &login.submit(&browser, EMAIL, PASSWORD).await);
    assert!(due.contains("/terms?request="), "{due}");
    let back = location(&submit(&browser, &due, &[]).await);
    assert!(back.starts_with(CLIENT.redirect_uri) && back.contains("code="), "{back}");
    assert!(browser.log_in_again(&mailed.provider, CLIENT).await.len() > 40, "asked once");
    assert!(!Page::read(browser.get(&mailed.url("/terms")).await).await.has("main form"));
}
