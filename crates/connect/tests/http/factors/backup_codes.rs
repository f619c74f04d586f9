//! Backup codes: ten, shown once, each of which serves once.

use iae_test_database::migrated;
use reqwest::StatusCode;
use serde_json::json;

use super::{SecondPage, claims, texts, trail, with_application};
use crate::support::{Browser, Page, Provider};

#[tokio::test]
async fn a_backup_code_serves_once_and_a_mail_says_so() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (signed_in, _, codes) = with_application(&provider).await;
    let browser = Browser::new();
    let second = SecondPage::open(&provider, &browser).await;
    let page = second.read(&browser).await;
    assert!(page.attribute("main p a", "href").starts_with("/second-factor/backup-code?step="));
    let wrong = Page::read(second.submit_backup_code(&browser, "aaaa-aaaa-aaaa-aaaa").await).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("#code-error"));

    let typed = codes[3].to_uppercase().replace('-', " ");
    let right = second.submit_backup_code(&browser, &typed).await;
    assert_eq!(claims(&provider, &right).await["amr"], json!(["pwd", "otp", "mfa"]));
    let mails = "select kind from connect.emails where account_id = $1 order by kind";
    let mails: Vec<String> =
        sqlx::query_scalar(mails).bind(provider.camille).fetch_all(&provider.db).await.unwrap();
    assert_eq!(mails, ["backup_code_used", "factor_added"]);
    assert!(trail(&provider).await.contains(&"use_backup_code".to_owned()));

    let elsewhere = Browser::new();
    let second = SecondPage::open(&provider, &elsewhere).await;
    let again = second.submit_backup_code(&elsewhere, &codes[3]).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY, "it served");
    let list = Page::read(signed_in.get(&provider.url("/factors")).await).await;
    assert!(list.text().contains("9 codes de secours"), "{}", list.text());
}

#[tokio::test]
async fn one_backup_code_typed_twice_at_once_opens_once() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, _, codes) = with_application(&provider).await;
    let (one, other) = (Browser::new(), Browser::new());
    let first = SecondPage::open(&provider, &one).await;
    let second = SecondPage::open(&provider, &other).await;
    let (first, second) =
        tokio::join!(first.submit_backup_code(&one, &codes[0]), second.submit_backup_code(&other, &codes[0]));
    let mut answers = [first.status(), second.status()];
    answers.sort();
    assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY]);
}

#[tokio::test]
async fn other_codes_replace_those_of_before_and_none_is_readable_at_rest() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, _, codes) = with_application(&provider).await;
    let page = Page::read(browser.post(&provider.url("/factors/backup-codes"), &[]).await).await;
    assert_eq!(page.status, StatusCode::OK);
    let others = texts(&page, "main li strong");
    assert_eq!(others.len(), 10);
    assert!(others.iter().all(|code| !codes.contains(code)));

    let elsewhere = Browser::new();
    let second = SecondPage::open(&provider, &elsewhere).await;
    let former = second.submit_backup_code(&elsewhere, &codes[0]).await;
    assert_eq!(former.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(second.submit_backup_code(&elsewhere, &others[0]).await.status(), StatusCode::SEE_OTHER);

    let kept: Vec<String> = sqlx::query_scalar("select c::text from connect.backup_codes c")
        .fetch_all(&provider.db)
        .await
        .unwrap();
    assert_eq!(kept.len(), 10);
    let letters = |code: &String| code.replace('-', "");
    assert!(
        others.iter().map(letters).all(|code| kept.iter().all(|row| !row.to_lowercase().contains(&code)))
    );
}
