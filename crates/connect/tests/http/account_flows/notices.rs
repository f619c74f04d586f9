//! What the holder of an account is told of its safety, by mail.

use std::time::Duration;

use iae_connect::accounts::set_password;
use iae_connect::operators::{Operator, forget_factors};
use reqwest::StatusCode;

use super::{GOOD, Mailed, submit};
use crate::factors::{add_application, now};
use crate::support::{Browser, CLIENT, EMAIL, PASSWORD, Page};

/// The last mail to Camille once that many were sent: its subject holds this, it tells what to do, and carries no secret.
async fn told(mailed: &Mailed, sent: usize, subject: &str) {
    let mail = mailed.last_to(EMAIL, sent).await;
    assert!(mail.header("Subject").contains(subject), "{}", mail.header("Subject"));
    let text = mail.text();
    assert!(text.contains("Ce n’est pas vous") && text.contains("equipe@exemple.fr"), "{text}");
    assert!(!text.contains("?link="), "a notice opens nothing: {text}");
}

#[tokio::test]
async fn second_factors_added_replaced_and_removed_are_told() {
    let mailed = Mailed::start().await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    add_application(&mailed.provider, &browser, "/factors/application").await;
    told(&mailed, 1, "a été ajouté").await;
    let renewed = browser.post(&mailed.url("/factors/backup-codes"), &[]).await;
    assert_eq!(renewed.status(), StatusCode::OK);
    told(&mailed, 2, "codes de secours").await;
    let list = Page::read(browser.get(&mailed.url("/factors")).await).await;
    let removal = mailed.url(&list.attribute("section a", "href"));
    let page = Page::read(browser.get(&removal).await).await;
    let id = page.attribute("[name=id]", "value");
    let form = [("kind", "application"), ("id", id.as_str()), ("current_password", PASSWORD)];
    assert_eq!(browser.post(&mailed.url("/factors/removal"), &form).await.status(), StatusCode::SEE_OTHER);
    told(&mailed, 3, "a été retiré").await;
}

#[tokio::test]
async fn names_that_change_are_told_and_those_that_do_not_are_not() {
    let mailed = Mailed::start().await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    let url = mailed.url("/account");
    submit(&browser, &url, &[("given_name", "Camille"), ("family_name", "Martin")]).await;
    assert_eq!(mailed.count("select count(*) from connect.emails").await, 0);
    submit(&browser, &url, &[("given_name", "Camille"), ("family_name", "Durand")]).await;
    told(&mailed, 1, "Le nom de votre compte").await;
}

/// What an operator does is told as what a thief would do.
#[tokio::test]
async fn what_an_operator_changes_is_told_too() {
    let mailed = Mailed::start().await;
    let (browser, _) = mailed.provider.tokens(CLIENT).await;
    add_application(&mailed.provider, &browser, "/factors/application").await;
    told(&mailed, 1, "a été ajouté").await;
    let at = now(&mailed.provider);
    let mut tx = mailed.provider.db.begin().await.unwrap();
    forget_factors(&mut tx, mailed.provider.camille, Operator::AT_THE_COMMAND_LINE, at).await.unwrap();
    set_password(&mut tx, EMAIL, GOOD.into(), at).await.unwrap();
    tx.commit().await.unwrap();
    let kinds = "select count(*) from connect.emails where kind in ('factor_removed', 'password_changed')";
    assert_eq!(mailed.count(kinds).await, 2);
    assert!(!browser.is_signed_in(&mailed.provider).await);
    assert_eq!(
        Browser::new().log_in_to_account(&mailed.provider).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

/// A password found too weak at the very instant it changes does not make the new one weak.
#[tokio::test]
async fn another_password_given_meanwhile_is_not_said_to_be_weak() {
    let mailed = Mailed::start_with(|config| config.renews_weak_passwords = true).await;
    let mut tx = mailed.provider.db.begin().await.unwrap();
    set_password(&mut tx, EMAIL, GOOD.into(), now(&mailed.provider)).await.unwrap();
    let browser = Browser::new();
    let login = browser.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    let asked = tokio::spawn(async move { login.submit(&browser, EMAIL, PASSWORD).await.status() });
    let waits = "select exists (select from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock')";
    while !asked.is_finished()
        && !sqlx::query_scalar::<_, bool>(waits).fetch_one(&mailed.provider.db).await.unwrap()
    {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tx.commit().await.unwrap();
    assert_eq!(asked.await.unwrap(), StatusCode::UNPROCESSABLE_ENTITY, "it is no longer the password");
    let weak = "select count(*) from connect.accounts where weak_password_since is not null";
    assert_eq!(mailed.count(weak).await, 0);
}
