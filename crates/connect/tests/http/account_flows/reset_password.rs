//! Forgotten passwords (IDP-14).

use std::collections::BTreeMap;

use chrono::TimeDelta;
use iae_connect::emails::Mail;
use iae_mail::Mailer;
use reqwest::StatusCode;

use super::{BETTER, GOOD, Mailed, leads_to, link, scan, submit};
use crate::flood::rows;
use crate::support::{Browser, CLIENT, EMAIL, PASSWORD, Page, location, param};

async fn forget(mailed: &Mailed, email: &str) -> Page {
    let response = submit(&Browser::new(), &mailed.url("/forgot-password"), &[("email", email)]).await;
    Page::read(response).await
}

const TWICE: [(&str, &str); 2] = [("password", GOOD), ("password_again", GOOD)];

#[tokio::test]
async fn the_answer_is_the_same_for_any_address_and_the_mail_tells_the_rest() {
    let mailed = Mailed::start().await;
    let known = forget(&mailed, EMAIL).await;
    let unknown = forget(&mailed, "inconnu@structure.example").await;
    assert_eq!((known.status, unknown.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(known.html.replace(EMAIL, "…"), unknown.html.replace("inconnu@structure.example", "…"));

    assert!(mailed.link_to(EMAIL, 2).await.contains("/reset-password?link="));
    let told = mailed.last_to("inconnu@structure.example", 2).await;
    assert!(told.header("Subject").contains("Aucun compte"));
    assert!(link(&told).is_none() && told.text().contains(&mailed.url("/register")), "{}", told.text());
}

/// By time either: what is written while the person waits is the same, row for row. Whoever sends the mail later looks at who it is for.
#[tokio::test]
async fn the_work_is_the_same_for_any_address() {
    let mailed = Mailed::start_with(|config| {
        // The mail server is away: nothing is written but by the page.
        let mailer =
            Mailer::smtp("smtp://127.0.0.1:9", "Inclusion Connect <ne-pas-repondre@exemple.fr>").unwrap();
        config.mail = Some(Mail { mailer, support_email: "equipe@exemple.fr".to_owned() });
    })
    .await;
    let mut written = Vec::new();
    for email in [EMAIL, "inconnu@structure.example"] {
        let before = rows(&mailed.provider.db).await;
        forget(&mailed, email).await;
        let after = rows(&mailed.provider.db).await;
        let added: BTreeMap<&str, i64> =
            before.iter().map(|(table, rows)| (table.as_str(), after[table] - rows)).collect();
        written.push(format!("{added:?}"));
        assert!(added.values().sum::<i64>() > 0, "{email}: {added:?}");
    }
    assert_eq!(written[0], written[1]);
}

/// From the relying party and back (IDP-4), in the browser that asked.
#[tokio::test]
async fn a_new_password_is_chosen_once_and_nothing_of_the_former_one_is_left() {
    let mailed = Mailed::start().await;
    let (open, tokens) = mailed.provider.tokens(CLIENT).await;
    let asking = Browser::new();
    let login = asking.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    let forgot = mailed.url(&login.read(&asking).await.attribute("main a[href*='/forgot-password']", "href"));
    submit(&asking, &forgot, &[("email", EMAIL)]).await;
    let link = mailed.link_to(EMAIL, 1).await;

    scan(&link).await;
    assert!(open.is_signed_in(&mailed.provider).await, "opening the link does nothing");

    let back = location(&submit(&asking, &link, &TWICE).await);
    assert!(back.starts_with(CLIENT.redirect_uri), "{back}");
    let (status, _) = mailed.provider.exchange(CLIENT, &param(&back, "code").unwrap(), &[]).await;
    assert_eq!(status, StatusCode::OK);

    assert!(!open.is_signed_in(&mailed.provider).await, "sessions end");
    assert_eq!(mailed.provider.userinfo(&tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
    assert!(mailed.last_to(EMAIL, 2).await.header("Subject").contains("a changé"));
    for response in [asking.get(&link).await, asking.post(&link, &TWICE).await] {
        let page = Page::read(response).await;
        assert_eq!(page.status, StatusCode::GONE);
        assert!(page.text().contains("Ce lien ne sert plus"));
    }
    let browser = Browser::new();
    let login = browser.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(login.submit(&browser, EMAIL, GOOD).await.status(), StatusCode::SEE_OTHER);
}

/// OID-4: elsewhere, the relying party would take no answer. It is told to begin again, or the account leads to it; with a second
/// factor, once it is shown.
#[tokio::test]
async fn in_another_browser_the_relying_party_begins_again() {
    let mailed = Mailed::start().await;
    let asking = Browser::new();
    let login = asking.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    let forgot = mailed.url(&login.read(&asking).await.attribute("main a[href*='/forgot-password']", "href"));
    submit(&asking, &forgot, &[("email", EMAIL)]).await;
    let link = mailed.link_to(EMAIL, 1).await;
    let phone = Browser::new();
    assert_eq!(leads_to(&mailed, &submit(&phone, &link, &TWICE).await), mailed.url("/?service=emplois"));
    assert!(phone.is_signed_in(&mailed.provider).await && !asking.is_signed_in(&mailed.provider).await);
}

#[tokio::test]
async fn of_several_links_the_first_used_ends_the_others_and_all_serve_a_day() {
    let mailed = Mailed::start().await;
    forget(&mailed, EMAIL).await;
    let old = mailed.link_to(EMAIL, 1).await;
    mailed.provider.clock.advance(TimeDelta::hours(24));
    assert_eq!(Browser::new().get(&old).await.status(), StatusCode::GONE);
    assert_eq!(Browser::new().post(&old, &TWICE).await.status(), StatusCode::GONE);

    forget(&mailed, EMAIL).await;
    let one = mailed.link_to(EMAIL, 2).await;
    forget(&mailed, EMAIL).await;
    let other = mailed.link_to(EMAIL, 3).await;
    let browsers = (Browser::new(), Browser::new());
    let (first, second) = tokio::join!(browsers.0.post(&one, &TWICE), browsers.1.post(&other, &TWICE));
    let mut answers = [first.status(), second.status()];
    answers.sort();
    assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::GONE], "at the same instant, one");
}

#[tokio::test]
async fn a_weak_password_changes_nothing_and_the_link_still_serves() {
    let mailed = Mailed::start().await;
    let (open, _) = mailed.provider.tokens(CLIENT).await;
    forget(&mailed, EMAIL).await;
    let link = mailed.link_to(EMAIL, 1).await;
    let browser = Browser::new();
    for (password, again, field) in [
        ("Court-1", "Court-1", "password"),
        ("Camille-2026-camille", "Camille-2026-camille", "password"),
        (GOOD, BETTER, "password_again"),
        ("", "", "password"),
    ] {
        let fields = [("password", password), ("password_again", again)];
        let page = Page::read(submit(&browser, &link, &fields).await).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
        assert!(page.has(&format!("#{field}-error")), "{password}: {}", page.html);
    }
    assert!(open.is_signed_in(&mailed.provider).await);
    assert_eq!(leads_to(&mailed, &submit(&browser, &link, &TWICE).await), mailed.url("/"));
}

/// A stranger keeps the account locked: who proves the address gets in at once.
#[tokio::test]
async fn a_reset_lifts_the_lock_of_strangers() {
    let mailed = Mailed::start().await;
    let (open, _) = mailed.provider.tokens(CLIENT).await;
    let stranger = Browser::new();
    let login = stranger.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    for _ in 0..5 {
        login.submit(&stranger, EMAIL, "pas le bon").await;
    }
    assert!(open.is_signed_in(&mailed.provider).await, "a session that is open goes on");
    forget(&mailed, EMAIL).await;
    let link = mailed.link_to(EMAIL, 2).await;
    let browser = Browser::new();
    submit(&browser, &link, &TWICE).await;
    assert!(browser.is_signed_in(&mailed.provider).await);
    let elsewhere = Browser::new();
    let login = elsewhere.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    assert_eq!(login.submit(&elsewhere, EMAIL, GOOD).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_closed_account_gets_no_link() {
    let mailed = Mailed::start().await;
    forget(&mailed, EMAIL).await;
    let before = mailed.link_to(EMAIL, 1).await;
    sqlx::query("update connect.accounts set active = false").execute(&mailed.provider.db).await.unwrap();
    assert_eq!(Browser::new().post(&before, &TWICE).await.status(), StatusCode::GONE);
    forget(&mailed, EMAIL).await;
    assert!(link(&mailed.last_to(EMAIL, 2).await).is_none());
}

/// Whoever reads the mails of somebody does not get past their second factor.
#[tokio::test]
async fn a_second_factor_is_asked_after_a_reset() {
    let mailed = Mailed::start().await;
    mailed.add_application().await;
    forget(&mailed, EMAIL).await;
    let link = mailed.link_to(EMAIL, 1).await;
    let browser = Browser::new();
    let asked = leads_to(&mailed, &submit(&browser, &link, &TWICE).await);
    assert!(asked.contains("/second-factor?step="), "{asked}");
    assert!(!browser.is_signed_in(&mailed.provider).await);
}
