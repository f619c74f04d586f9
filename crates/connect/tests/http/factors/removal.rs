//! Removing a second factor, of one's own account only, once it was shown.

use iae_connect::operators::{Operator, OperatorError, forget_factors};
use iae_test_database::migrated;
use reqwest::StatusCode;
use url::Url;

use super::{SecondPage, add_application, now, with_application};
use crate::support::{Browser, CLIENT, PASSWORD, Page, Provider, location, sign_up};

#[tokio::test]
async fn the_last_one_removed_leaves_the_password_alone() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, _, codes) = with_application(&provider).await;
    let list = Page::read(browser.get(&provider.url("/factors")).await).await;
    let removal = Url::parse(&provider.issuer).unwrap().join(&list.attribute("section a", "href")).unwrap();
    let page = Page::read(browser.get(removal.as_str()).await).await;
    assert!(page.text().contains("votre seul moyen"), "{}", page.text());
    let form = [("kind", "application".to_owned()), ("id", page.attribute("[name=id]", "value"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let url = provider.url("/factors/removal");
    // It raised this session: the password is asked (AUT-24).
    assert!(page.has("#current_password"), "{}", page.html);
    for wrong in ["", "pas le bon"] {
        let mut form = form.clone();
        form.push(("current_password", wrong));
        let page = Page::read(browser.post(&url, &form).await).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(page.has("#current_password-error"), "{wrong}: {}", page.html);
    }
    let mut form = form;
    form.push(("current_password", PASSWORD));
    assert_eq!(location(&browser.post(&url, &form).await), "/factors");
    assert_eq!(browser.post(&url, &form).await.status(), StatusCode::NOT_FOUND, "it is gone");

    let elsewhere = Browser::new();
    elsewhere.log_in(&provider, CLIENT).await;
    let left: i64 = sqlx::query_scalar("select count(*) from connect.backup_codes")
        .fetch_one(&provider.db)
        .await
        .unwrap();
    assert_eq!(left, 0, "{codes:?} open nothing");
}

#[tokio::test]
async fn what_is_somebody_else_s_is_unknown() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (camille, _, _) = with_application(&provider).await;
    let page = Page::read(camille.get(&provider.url("/factors/application")).await).await;
    let enrolment = page.attribute("[name=enrolment]", "value");
    let hers: uuid::Uuid =
        sqlx::query_scalar("select id from connect.totp_devices").fetch_one(&provider.db).await.unwrap();

    let other = "amel.benali@structure.example";
    sign_up(&provider.db, other, now(&provider)).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    assert_eq!(login.submit(&browser, other, PASSWORD).await.status(), StatusCode::SEE_OTHER);
    let url = provider.url(&format!("/factors/removal?kind=application&id={hers}"));
    assert_eq!(browser.get(&url).await.status(), StatusCode::NOT_FOUND);
    let form = [("kind", "application"), ("id", &*hers.to_string())];
    assert_eq!(browser.post(&provider.url("/factors/removal"), &form).await.status(), StatusCode::NOT_FOUND);
    for nonsense in ["kind=application&id=1", "kind=password&id=1", ""] {
        let url = provider.url(&format!("/factors/removal?{nonsense}"));
        assert_eq!(browser.get(&url).await.status(), StatusCode::NOT_FOUND, "{nonsense}");
    }
    // The page of Camille's application adds nothing to another account: it begins again.
    let form = [("enrolment", enrolment.as_str()), ("name", "Téléphone"), ("code", "000000")];
    let response = browser.post(&provider.url("/factors/application"), &form).await;
    assert_eq!(location(&response), "/factors/application");
}

/// Somebody who lost everything is let in by an operator, with the password alone.
#[tokio::test]
async fn an_operator_forgets_the_second_factors_of_who_lost_them() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, _, _) = with_application(&provider).await;
    let by = Operator::AT_THE_COMMAND_LINE;
    let mut tx = provider.db.begin().await.unwrap();
    let unknown = forget_factors(&mut tx, uuid::Uuid::nil(), by, now(&provider)).await;
    assert!(matches!(unknown, Err(OperatorError::UnknownAccount)));
    forget_factors(&mut tx, provider.camille, by, now(&provider)).await.unwrap();
    let again = forget_factors(&mut tx, provider.camille, by, now(&provider)).await;
    assert!(matches!(again, Err(OperatorError::AlreadyDone)));
    tx.commit().await.unwrap();
    assert!(!browser.is_signed_in(&provider).await, "sessions opened with them are over");
    Browser::new().log_in(&provider, CLIENT).await;
}

/// A session that was opened before the account had a second factor changes none of them without it.
#[tokio::test]
async fn who_has_not_shown_the_second_factor_shows_it_first() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let former = Browser::new();
    former.log_in(&provider, CLIENT).await;
    let (_, application, _) = with_application(&provider).await;
    for path in ["/factors", "/factors/application"] {
        SecondPage::of(&provider, &former.get(&provider.url(path)).await);
    }
    let second = SecondPage::of(&provider, &former.get(&provider.url("/factors")).await);
    let raised = second.submit(&former, &application.code(&provider)).await;
    assert_eq!(location(&raised), "/factors");
    assert!(raised.headers().contains_key("set-cookie"), "the session is known by another value");
    assert_eq!(former.get(&provider.url("/factors")).await.status(), StatusCode::OK);
}

/// AUT-24: a device that is lost is removed from a session that another opened; whoever holds it is out.
#[tokio::test]
async fn a_lost_device_is_removed_with_the_sessions_that_it_opened() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (lost, application, _) = with_application(&provider).await;
    let browser = Browser::new();
    let second = SecondPage::open(&provider, &browser).await;
    second.submit(&browser, &application.code(&provider)).await;
    let page = Page::read(browser.get(&provider.url("/factors/application")).await).await;
    assert_eq!(page.status, StatusCode::OK);
    // Another application, under another name, whose code opens a session of its own.
    sqlx::query("update connect.totp_devices set name = 'Perdu'").execute(&provider.db).await.unwrap();
    let (other, _) = add_application(&provider, &browser, "/factors/application").await;
    provider.clock.advance(chrono::TimeDelta::minutes(1));
    let safe = Browser::new();
    let second = SecondPage::open(&provider, &safe).await;
    second.submit(&safe, &other.code(&provider)).await;

    let id: uuid::Uuid = sqlx::query_scalar("select id from connect.totp_devices where name = 'Perdu'")
        .fetch_one(&provider.db)
        .await
        .unwrap();
    let page = safe.get(&provider.url(&format!("/factors/removal?kind=application&id={id}"))).await;
    assert!(!Page::read(page).await.has("#current_password"), "it did not open this session");
    let form = [("kind", "application"), ("id", &*id.to_string())];
    assert_eq!(location(&safe.post(&provider.url("/factors/removal"), &form).await), "/factors");
    assert!(safe.is_signed_in(&provider).await);
    assert!(!lost.is_signed_in(&provider).await && !browser.is_signed_in(&provider).await);
}

/// A session of before the second factor changes neither password nor address without it.
#[tokio::test]
async fn what_opens_the_account_is_not_changed_without_the_second_factor() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let former = Browser::new();
    former.log_in(&provider, CLIENT).await;
    let (_, application, _) = with_application(&provider).await;
    for path in ["/password", "/email"] {
        SecondPage::of(&provider, &former.get(&provider.url(path)).await);
        let form = [
            ("current_password", PASSWORD),
            ("email", "autre@structure.example"),
            ("password", "Trois chats, une gare"),
        ];
        SecondPage::of(&provider, &former.post(&provider.url(path), &form).await);
    }
    let second = SecondPage::of(&provider, &former.get(&provider.url("/password")).await);
    assert_eq!(location(&second.submit(&former, &application.code(&provider)).await), "/");
    assert_eq!(former.get(&provider.url("/password")).await.status(), StatusCode::OK);
    let changed: i64 = sqlx::query_scalar("select count(*) from connect.email_changes")
        .fetch_one(&provider.db)
        .await
        .unwrap();
    assert_eq!(changed, 0);
}
