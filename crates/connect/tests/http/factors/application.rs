//! Applications that give codes (RFC 6238).

use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::StatusCode;
use serde_json::json;

use super::{SecondPage, add_application, claims, now, texts, trail, with_application};
use crate::support::{Browser, CLIENT, Page, Provider, location, sign_up};

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

#[tokio::test]
async fn a_code_is_asked_after_the_password_and_opens_what_two_factors_open() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, application, _) = with_application(&provider).await;

    let browser = Browser::new();
    let response = SecondPage::password(&provider, &browser).await;
    assert!(response.headers().get("set-cookie").is_none(), "nothing is open yet");
    assert!(!browser.is_signed_in(&provider).await);
    let second = SecondPage::of(&provider, &response);
    assert!(!second.0.contains("camille"), "no address in our URLs");
    let page = second.read(&browser).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.attribute("#code", "autocomplete"), "one-time-code");
    assert_eq!(page.attribute("#code", "inputmode"), "numeric");
    assert!(page.has("label[for=code]") && !page.has("script"));
    assert!(page.policy.contains("form-action 'self' http://127.0.0.1:8070;"), "{}", page.policy);

    let wrong = Page::read(second.submit(&browser, "000000").await).await;
    assert_eq!(wrong.status, REFUSED);
    assert!(wrong.has("#code-error") && wrong.has("[role=alert] a[href='#code']"));
    assert_eq!(wrong.attribute("#code", "value"), "");
    assert_eq!(Page::read(second.submit(&browser, " ").await).await.status, REFUSED);

    let right = second.submit(&browser, &application.code(&provider)).await;
    let claims = claims(&provider, &right).await;
    assert_eq!(claims["amr"], json!(["pwd", "otp", "mfa"]));
    assert_eq!(claims["acr"], "eidas2");
    assert!(browser.is_signed_in(&provider).await);
    let expected = [
        "confirm_otp_device",
        "create_backup_codes",
        "create_otp_device",
        "verify_otp_device",
        "verify_otp_device_error wrong",
    ];
    assert_eq!(trail(&provider).await, expected);
}

#[tokio::test]
async fn adding_an_application_raises_the_session_and_shows_its_secret_once() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    let url = provider.url("/factors/application");
    let page = Page::read(browser.get(&url).await).await;
    assert!(page.attribute("main img", "src").starts_with("data:image/svg+xml;base64,"));
    assert!(!page.attribute("main img", "alt").is_empty());
    let enrolment = page.attribute("[name=enrolment]", "value");
    for (name, code, field) in
        [("", "000000", "name"), ("Téléphone", "", "code"), ("Téléphone", "000000", "code")]
    {
        let form = [("enrolment", enrolment.as_str()), ("name", name), ("code", code)];
        let page = Page::read(browser.post(&url, &form).await).await;
        assert_eq!(page.status, REFUSED);
        assert!(page.has(&format!("#{field}-error")), "{name} {code}");
        assert_eq!(page.attribute("#name", "value"), name, "what was typed is kept");
        assert!(!page.attribute("[name=enrolment]", "value").is_empty());
    }
    let devices = "select count(*) from connect.totp_devices";
    let count = async || sqlx::query_scalar::<_, i64>(devices).fetch_one(&provider.db).await.unwrap();
    assert_eq!(count().await, 0, "nothing is half saved");

    let (application, codes) = add_application(&provider, &browser, "/factors/application").await;
    assert_eq!(texts(&codes, "main li strong").len(), 10);
    assert_eq!(count().await, 1);
    // The session is raised: no second factor is asked in it.
    let response = browser.get(&provider.authorize_url(CLIENT, &[])).await;
    assert_eq!(claims(&provider, &response).await["acr"], "eidas2");

    provider.clock.advance(TimeDelta::minutes(1));
    let list = Page::read(browser.get(&provider.url("/factors")).await).await;
    assert!(list.text().contains("Mon téléphone") && list.text().contains("10 codes de secours"));
    assert!(!list.html.contains(&application.0.replace(' ', "")), "the secret is never shown again");

    // Another of the same name is not another.
    let again = add_application(&provider, &browser, "/factors/application").await.1;
    assert_eq!(again.status, REFUSED);
    assert!(again.has("#name-error"));
}

/// AUT-21: a code serves once, and so do those before it.
#[tokio::test]
async fn a_code_serves_once_around_its_instant() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, application, _) = with_application(&provider).await;
    let code = application.code(&provider);
    let before = application.code_at(now(&provider) - TimeDelta::seconds(30));
    let after = application.code_at(now(&provider) + TimeDelta::seconds(30));
    let long_before = application.code_at(now(&provider) - TimeDelta::seconds(90));
    let submit = async |code: &str| {
        let browser = Browser::new();
        SecondPage::open(&provider, &browser).await.submit(&browser, code).await.status()
    };
    assert_eq!(submit(&long_before).await, REFUSED);
    assert_eq!(submit(&code).await, StatusCode::SEE_OTHER);
    assert_eq!(submit(&code).await, REFUSED, "it served");
    assert_eq!(submit(&before).await, REFUSED, "one that came before it");
    assert_eq!(submit(&after).await, StatusCode::SEE_OTHER, "a telephone half a minute fast");
}

#[tokio::test]
async fn one_code_typed_twice_at_once_opens_once() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, application, _) = with_application(&provider).await;
    let code = application.code(&provider);
    let (one, other) = (Browser::new(), Browser::new());
    let first = SecondPage::open(&provider, &one).await;
    let second = SecondPage::open(&provider, &other).await;
    let (first, second) = tokio::join!(first.submit(&one, &code), second.submit(&other, &code));
    let mut answers = [first.status(), second.status()];
    answers.sort();
    assert_eq!(answers, [StatusCode::SEE_OTHER, REFUSED]);
}

/// AUT-21: wrong codes wait longer and longer, whoever types them and wherever.
#[tokio::test]
async fn wrong_codes_wait_and_the_right_one_with_them() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, application, codes) = with_application(&provider).await;
    for _ in 0..5 {
        let browser = Browser::new();
        let second = SecondPage::open(&provider, &browser).await;
        assert_eq!(second.submit(&browser, "000000").await.status(), REFUSED);
    }
    let browser = Browser::new();
    let second = SecondPage::open(&provider, &browser).await;
    let locked = second.submit(&browser, &application.code(&provider)).await;
    assert_eq!(locked.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(locked.headers().contains_key("retry-after"));
    assert!(Page::read(locked).await.text().contains("attendez"));
    let backup = second.submit_backup_code(&browser, &codes[0]).await;
    assert_eq!(backup.status(), StatusCode::TOO_MANY_REQUESTS, "another road is no way around");

    provider.clock.advance(TimeDelta::minutes(1));
    assert_eq!(second.submit(&browser, "000000").await.status(), REFUSED);
    provider.clock.advance(TimeDelta::minutes(1));
    let still = second.submit(&browser, &application.code(&provider)).await;
    assert_eq!(still.status(), StatusCode::TOO_MANY_REQUESTS, "two minutes, then");
    provider.clock.advance(TimeDelta::minutes(1));
    let right = second.submit(&browser, &application.code(&provider)).await;
    assert_eq!(right.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_page_of_a_second_factor_serves_once_ten_minutes_in_its_browser() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, application, _) = with_application(&provider).await;
    let browser = Browser::new();
    let second = SecondPage::open(&provider, &browser).await;
    assert_eq!(second.read(&Browser::new()).await.status, StatusCode::GONE, "another browser");
    let began_too = Browser::new();
    SecondPage::open(&provider, &began_too).await;
    let stolen = second.submit(&began_too, &application.code(&provider)).await;
    assert_eq!(stolen.status(), StatusCode::GONE);

    assert_eq!(second.submit(&browser, &application.code(&provider)).await.status(), StatusCode::SEE_OTHER);
    provider.clock.advance(TimeDelta::minutes(1));
    let again = second.submit(&browser, &application.code(&provider)).await;
    assert_eq!(again.status(), StatusCode::GONE, "it served");

    let browser = Browser::new();
    let late = SecondPage::open(&provider, &browser).await;
    provider.clock.advance(TimeDelta::minutes(10));
    assert_eq!(late.submit(&browser, &application.code(&provider)).await.status(), StatusCode::GONE);
    let guess = provider.url("/second-factor?step=guess");
    assert_eq!(browser.get(&guess).await.status(), StatusCode::GONE);
}

#[tokio::test]
async fn another_password_given_meanwhile_makes_the_second_factor_worth_nothing() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, application, _) = with_application(&provider).await;
    let browser = Browser::new();
    let second = SecondPage::open(&provider, &browser).await;
    sign_up(&provider.db, crate::support::EMAIL, now(&provider)).await;
    let over = second.submit(&browser, &application.code(&provider)).await;
    assert_eq!(over.status(), StatusCode::GONE);
    assert!(!browser.is_signed_in(&provider).await);
}

#[tokio::test]
async fn nobody_signed_in_is_sent_home_and_a_form_from_another_site_is_refused() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let stranger = Browser::new();
    for path in ["/factors", "/factors/application", "/factors/removal?kind=application&id=1"] {
        let response = stranger.get(&provider.url(path)).await;
        assert_eq!((response.status(), location(&response).as_str()), (StatusCode::SEE_OTHER, "/"), "{path}");
    }
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    for path in ["/factors/application", "/factors/removal", "/factors/backup-codes", "/second-factor?step=x"]
    {
        let response = browser.post_from_elsewhere(&provider.url(path), &[("code", "000000")]).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{path}");
    }
}
