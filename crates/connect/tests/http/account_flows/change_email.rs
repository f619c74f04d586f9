//! Another address (IDP-13): the new one confirms, the former one is told and may say no.

use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{GOOD, Mailed, leads_to, scan, submit};
use crate::support::{Browser, CLIENT, EMAIL, PASSWORD, Page, sign_up};

const NEW: &str = "camille.durand@structure.example";

async fn ask(mailed: &Mailed, browser: &Browser, email: &str) -> Page {
    let fields = [("email", email), ("current_password", PASSWORD)];
    Page::read(submit(browser, &mailed.url("/email"), &fields).await).await
}

async fn address(mailed: &Mailed) -> String {
    sqlx::query_scalar("select email from connect.accounts where id = $1")
        .bind(mailed.provider.camille)
        .fetch_one(&mailed.provider.db)
        .await
        .unwrap()
}

async fn can_log_in(mailed: &Mailed, email: &str, password: &str) -> bool {
    let browser = Browser::new();
    let login = browser.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    login.submit(&browser, email, password).await.status() == StatusCode::SEE_OTHER
}

#[tokio::test]
async fn the_new_address_confirms_and_the_former_one_is_told_twice() {
    let mailed = Mailed::start().await;
    let (browser, tokens) = mailed.provider.tokens(CLIENT).await;
    let page = ask(&mailed, &browser, NEW).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Ouvrez votre messagerie"));
    let link = mailed.link_to(NEW, 2).await;
    assert!(mailed.link_to(EMAIL, 2).await.contains("/email/cancellation?link="));
    scan(&link).await;
    assert_eq!(address(&mailed).await, EMAIL, "opening the link does nothing");

    // On a phone, where nobody is signed in.
    let phone = Browser::new();
    let done = Page::read(submit(&phone, &link, &[]).await).await;
    assert!(done.text().contains("Votre adresse est changée"));
    assert_eq!(address(&mailed).await, NEW);
    assert!(!phone.is_signed_in(&mailed.provider).await);
    assert!(mailed.last_to(EMAIL, 3).await.header("Subject").contains("a changé"));
    let claims = mailed.provider.userinfo(&tokens["access_token"]).await.1;
    assert_eq!(claims["email"], NEW);
    assert_eq!(claims["sub"], mailed.provider.camille.to_string(), "the subject never changes (IDP-7)");
    assert!(can_log_in(&mailed, NEW, PASSWORD).await && !can_log_in(&mailed, EMAIL, PASSWORD).await);

    let again = Page::read(phone.post(&link, &[]).await).await;
    assert!(again.status == StatusCode::OK && again.text().contains("Votre adresse est changée"));
    assert_eq!(mailed.server.wait_for(3).await.len(), 3, "told once");
}

/// Whoever made the change knew the password: taking the account back ends it, and what it opened.
#[tokio::test]
async fn the_former_address_takes_the_account_back() {
    let mailed = Mailed::start().await;
    let (thief, tokens) = mailed.provider.tokens(CLIENT).await;
    ask(&mailed, &thief, NEW).await;
    submit(&thief, &mailed.link_to(NEW, 2).await, &[]).await;
    let keep = mailed.link_to(EMAIL, 3).await;
    scan(&keep).await;
    assert_eq!(address(&mailed).await, NEW, "opening the link does nothing");
    assert!(thief.is_signed_in(&mailed.provider).await);
    mailed.add_application().await;

    let holder = Browser::new();
    let page = Page::read(submit(&holder, &keep, &[]).await).await;
    assert!(page.text().contains("Le changement est refusé"), "{}", page.text());
    assert_eq!(address(&mailed).await, EMAIL);
    assert!(!thief.is_signed_in(&mailed.provider).await);
    assert_eq!(mailed.provider.userinfo(&tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
    assert!(!can_log_in(&mailed, EMAIL, PASSWORD).await, "the password that was known serves no more");

    let reset = mailed.link_to(EMAIL, 4).await;
    assert!(reset.contains("/reset-password?link="));
    submit(&holder, &reset, &[("password", GOOD), ("password_again", GOOD)]).await;
    assert!(
        holder.is_signed_in(&mailed.provider).await,
        "no factor of the thief is in the way, nor opens anything"
    );
    let again = Page::read(holder.post(&keep, &[]).await).await;
    assert!(again.text().contains("Le changement est refusé"));
    assert!(holder.is_signed_in(&mailed.provider).await, "the link does it once");
}

/// Whoever reads the former mailbox, an employer one left for instance, is not let past a second factor that the account had for long.
#[tokio::test]
async fn a_second_factor_of_long_ago_is_not_removed_by_the_former_address() {
    let mailed = Mailed::start().await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    ask(&mailed, &browser, NEW).await;
    submit(&browser, &mailed.link_to(NEW, 2).await, &[]).await;
    let keep = mailed.link_to(EMAIL, 3).await;
    mailed.add_application().await;
    sqlx::query("update connect.totp_devices set created_at = '2026-07-01T08:00:00Z'")
        .execute(&mailed.provider.db)
        .await
        .unwrap();
    let former = Browser::new();
    submit(&former, &keep, &[]).await;
    let reset = mailed.link_to(EMAIL, 4).await;
    let asked = submit(&former, &reset, &[("password", GOOD), ("password_again", GOOD)]).await;
    assert!(leads_to(&mailed, &asked).contains("/second-factor?step="));
    assert!(!former.is_signed_in(&mailed.provider).await);
}

#[tokio::test]
async fn after_three_days_the_change_stands() {
    let mailed = Mailed::start().await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    ask(&mailed, &browser, NEW).await;
    let link = mailed.link_to(NEW, 2).await;
    let keep = mailed.link_to(EMAIL, 2).await;
    submit(&browser, &link, &[]).await;
    mailed.provider.clock.advance(TimeDelta::days(3) - TimeDelta::minutes(1));
    assert_eq!(Browser::new().get(&keep).await.status(), StatusCode::OK);
    mailed.provider.clock.advance(TimeDelta::minutes(1));
    assert_eq!(Browser::new().get(&keep).await.status(), StatusCode::GONE);
    assert_eq!(Browser::new().post(&keep, &[]).await.status(), StatusCode::GONE);
    assert_eq!(address(&mailed).await, NEW);
}

#[tokio::test]
async fn refused_beforehand_or_too_late_the_new_address_confirms_nothing() {
    let mailed = Mailed::start().await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    ask(&mailed, &browser, NEW).await;
    let late = mailed.link_to(NEW, 2).await;
    mailed.provider.clock.advance(TimeDelta::hours(24));
    assert_eq!(Browser::new().post(&late, &[]).await.status(), StatusCode::GONE);

    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    ask(&mailed, &browser, NEW).await;
    let (link, keep) = (mailed.link_to(NEW, 4).await, mailed.link_to(EMAIL, 4).await);
    submit(&Browser::new(), &keep, &[]).await;
    assert_eq!(Browser::new().post(&link, &[]).await.status(), StatusCode::GONE);
    assert_eq!(address(&mailed).await, EMAIL);
    assert!(!browser.is_signed_in(&mailed.provider).await);
}

/// Whether it is somebody's is told to the address alone.
#[tokio::test]
async fn an_address_that_has_an_account_is_answered_like_any_other_and_cannot_be_taken() {
    let mailed = Mailed::start().await;
    let taken = "dominique@structure.example";
    sign_up(&mailed.provider.db, taken, "2026-09-01T08:00:00Z".parse().unwrap()).await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    let of_taken = ask(&mailed, &browser, taken).await;
    let of_free = ask(&mailed, &browser, NEW).await;
    assert_eq!(of_taken.html.replace(taken, "…"), of_free.html.replace(NEW, "…"));
    assert!(mailed.last_to(taken, 4).await.header("Subject").contains("déjà un compte"));

    // Taken meanwhile: the link of the mail takes it from nobody.
    let link = mailed.link_to(NEW, 4).await;
    sign_up(&mailed.provider.db, NEW, "2026-09-01T08:00:00Z".parse().unwrap()).await;
    let page = Page::read(Browser::new().post(&link, &[]).await).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(address(&mailed).await, EMAIL);
}

/// Until the former address can say no no more, nobody else opens an account there.
#[tokio::test]
async fn an_address_just_left_is_nobody_else_s() {
    let mailed = Mailed::start().await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    ask(&mailed, &browser, NEW).await;
    submit(&browser, &mailed.link_to(NEW, 2).await, &[]).await;
    let other = Browser::new();
    let fields = [
        ("given_name", "Nadia"),
        ("family_name", "Benali"),
        ("email", EMAIL),
        ("password", GOOD),
        ("password_again", GOOD),
        ("terms", "true"),
    ];
    submit(&other, &mailed.url("/register"), &fields).await;
    let link = mailed.link_to(EMAIL, 4).await;
    let page = Page::read(submit(&other, &link, &[]).await).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(!other.is_signed_in(&mailed.provider).await);
}

#[tokio::test]
async fn a_wrong_password_or_one_s_own_address_asks_for_nothing() {
    let mailed = Mailed::start().await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    for (email, password, field) in [
        (NEW, "pas le bon", "current_password"),
        (NEW, "", "current_password"),
        ("Camille.MARTIN@structure.example", PASSWORD, "email"),
        ("camille", PASSWORD, "email"),
    ] {
        let fields = [("email", email), ("current_password", password)];
        let page = Page::read(submit(&browser, &mailed.url("/email"), &fields).await).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{email}");
        assert!(page.has(&format!("#{field}-error")), "{email}: {}", page.html);
        assert_eq!(page.attribute("#email", "value"), email);
    }
    assert!(mailed.server.taken().is_empty());
    let anonymous = Browser::new().post(&mailed.url("/email"), &[("email", NEW)]).await;
    assert_eq!(leads_to(&mailed, &anonymous), mailed.url("/"));
}
