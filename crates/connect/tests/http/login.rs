//! The login page (IDP-5, IDP-10).

use std::time::Instant;

use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::StatusCode;

use crate::support::{Browser, CLIENT, EMAIL, OTHER_CLIENT, PASSWORD, Page, Provider, location};

const WRONG: &str = "L’adresse e-mail ou le mot de passe est incorrect.";

#[tokio::test]
async fn the_page_is_usable_and_protected() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start_with(db, "", |config| {
        config.demo_hint = Some("Mot de passe de démonstration : « coucou »".to_owned());
    })
    .await;
    let browser = Browser::new();
    let page = browser.open_login(&provider.authorize_url(CLIENT, &[])).await.read(&browser).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.attribute("html", "lang"), "fr");
    assert_eq!(page.attribute("#email", "autocomplete"), "username");
    assert_eq!(page.attribute("#password", "autocomplete"), "current-password");
    assert!(page.has("label[for=email]") && page.has("label[for=password]"));
    assert!(!page.has("#email[readonly]"));
    assert!(page.text().contains("Le service emplois"));
    assert!(page.text().contains("Mot de passe de démonstration : « coucou »"));
    assert!(!page.has("script") && !page.has("[style]"));
    // Chromium applies form-action to the redirects that follow: the relying party is named.
    assert!(page.policy.contains("form-action 'self' http://127.0.0.1:8070;"), "{}", page.policy);
    let other = browser.open_login(&provider.authorize_url(OTHER_CLIENT, &[])).await.read(&browser).await;
    assert!(other.policy.contains("form-action 'self' https://review-12.pilotage.example.org;"));
}

#[tokio::test]
async fn wrong_credentials_get_one_answer_and_the_address_is_kept() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    crate::support::sign_up(
        &provider.db,
        "closed@structure.example",
        "2026-09-01T08:00:00Z".parse().unwrap(),
    )
    .await;
    sqlx::query("update connect.accounts set active = false where email = 'closed@structure.example'")
        .execute(&provider.db)
        .await
        .unwrap();
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    for (email, password) in [
        (EMAIL, "pas le bon"),
        ("inconnu@structure.example", PASSWORD),
        ("closed@structure.example", PASSWORD),
    ] {
        let response = login.submit(&browser, email, password).await;
        assert!(response.headers().get("set-cookie").is_none());
        let page = Page::read(response).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.attribute("#email", "value"), email);
        assert_eq!(page.attribute("#password", "value"), "");
        assert!(page.text().contains(WRONG), "{email}");
        assert!(page.has("[role=alert]"));
    }
    assert!(!browser.is_signed_in(&provider).await);
    assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_empty_field_is_named_next_to_it_and_in_the_summary() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let page = Page::read(login.submit(&browser, EMAIL, "").await).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.attribute("#email", "value"), EMAIL);
    assert_eq!(page.attribute("#password", "aria-describedby"), "password-error");
    assert!(page.has("#password-error") && page.has("[role=alert] a[href='#password']"));
    assert!(!page.has("#email-error"));
    let page = Page::read(login.submit(&browser, "", "").await).await;
    assert!(page.has("#email-error") && page.has("#password-error"));
}

#[tokio::test]
async fn the_case_of_the_address_and_what_nobody_sees_of_it_do_not_matter() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let response =
        login.submit(&browser, "\u{feff} Camille.MARTIN@Structure.example\u{200b} ", PASSWORD).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
}

/// IDP-5: pre-filled and locked, on the page and behind it.
#[tokio::test]
async fn a_login_hint_fills_and_locks_the_address() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    crate::support::sign_up(&provider.db, "autre@structure.example", "2026-09-01T08:00:00Z".parse().unwrap())
        .await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[("login_hint", EMAIL)])).await;
    assert!(!login.url.contains("camille"), "no address in our URLs: {}", login.url);
    let page = login.read(&browser).await;
    assert_eq!(page.attribute("#email[readonly]", "value"), EMAIL);

    let response = login.submit(&browser, "autre@structure.example", PASSWORD).await;
    let code = crate::support::param(&location(&response), "code").unwrap();
    let (_, tokens) = provider.exchange(CLIENT, &code, &[]).await;
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.1["email"], EMAIL);

    let nonsense = Browser::new();
    let login = nonsense.open_login(&provider.authorize_url(CLIENT, &[("login_hint", "camille")])).await;
    assert!(!login.read(&nonsense).await.has("#email[readonly]"), "a hint that is no address locks nothing");
}

/// IDP-10: an unknown address takes as long as a known one.
#[tokio::test]
async fn an_unknown_address_costs_the_same_work() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let mut shortest = [f64::MAX; 2];
    for round in 0..4 {
        let unknown = format!("inconnu{round}@structure.example");
        for (index, email) in [EMAIL, &unknown].into_iter().enumerate() {
            let start = Instant::now();
            login.submit(&browser, email, "pas le bon").await;
            shortest[index] = shortest[index].min(start.elapsed().as_secs_f64());
        }
    }
    let [known, unknown] = shortest;
    assert!(unknown > known / 2.0, "unknown {unknown:.3} s, known {known:.3} s");
}

#[tokio::test]
async fn the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let first =
        login.submit(&browser, EMAIL, PASSWORD).await.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(first.starts_with("connect_session="), "{first}");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(first.contains(part), "{first}");
    }
    assert!(!first.contains("Secure"), "the issuer of this test is plain http");

    // Signing in again gives another value, and the one before dies: nothing to fix in advance.
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[("prompt", "login")])).await;
    let second =
        login.submit(&browser, EMAIL, PASSWORD).await.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert_ne!(first, second);
    let old = first.split(';').next().unwrap();
    let home = crate::support::http().get(provider.url("/")).header("cookie", old).send().await.unwrap();
    assert!(home.text().await.unwrap().contains("Aucune session n’est ouverte"));
}

#[tokio::test]
async fn behind_tls_the_cookie_is_secure_and_bound_to_the_host() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider =
        Provider::start_with(db, "", |config| config.issuer = "https://connect.example.org".parse().unwrap())
            .await;
    let browser = Browser::new();
    let response = browser.get(&provider.authorize_url(CLIENT, &[])).await;
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-connect_login=") && cookie.contains("Secure"), "{cookie}");
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let response = login.submit(&browser, EMAIL, PASSWORD).await;
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-connect_session=") && cookie.contains("Secure"), "{cookie}");
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let request = crate::support::param(&login.url, "request").unwrap();
    let form = [("email", EMAIL), ("password", PASSWORD)];
    for path in [format!("/login?request={request}"), "/logout/confirmation".to_owned()] {
        let page = Page::read(browser.post_from_elsewhere(&provider.url(&path), &form).await).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.text().contains("envoyé depuis un autre site"));
    }
}

const OVER: &str = "Cette page de connexion ne sert plus";

async fn is_over(browser: &Browser, provider: &Provider, request: &str) {
    let url = provider.url(&format!("/login?request={request}"));
    let form = [("email", EMAIL), ("password", PASSWORD)];
    for response in [browser.get(&url).await, browser.post(&url, &form).await] {
        assert!(response.headers().get("set-cookie").is_none());
        let page = Page::read(response).await;
        assert_eq!(page.status, StatusCode::GONE);
        assert!(page.text().contains(OVER), "{}", page.text());
        // Who asked is where one begins again.
        assert_eq!(page.attribute("main a", "href"), "http://127.0.0.1:8070");
    }
}

#[tokio::test]
async fn a_login_page_serves_a_quarter_of_an_hour() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let request = crate::support::param(&login.url, "request").unwrap();
    provider.clock.advance(TimeDelta::minutes(14));
    assert_eq!(login.read(&browser).await.status, StatusCode::OK);
    provider.clock.advance(TimeDelta::minutes(1));
    is_over(&browser, &provider, &request).await;
    let page = Page::read(browser.get(&provider.url("/login?request=guess")).await).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.text().contains(OVER) && !page.has("main a"), "nothing says who asked");
}

/// Whoever is handed its address signs nobody in, neither themselves nor whom they send it to.
#[tokio::test]
async fn a_login_page_serves_in_the_browser_it_was_opened_in_and_no_other() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let request = crate::support::param(&login.url, "request").unwrap();
    is_over(&Browser::new(), &provider, &request).await;
    let began_too = Browser::new();
    began_too.open_login(&provider.authorize_url(CLIENT, &[])).await;
    is_over(&began_too, &provider, &request).await;
    assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_login_page_serves_once_and_tabs_side_by_side_each_once() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let one = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let other = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    for login in [one, other] {
        let request = crate::support::param(&login.url, "request").unwrap();
        assert_eq!(
            login.submit(&browser, EMAIL, "pas le bon").await.status(),
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(login.submit(&browser, EMAIL, PASSWORD).await.status(), StatusCode::SEE_OTHER);
        is_over(&browser, &provider, &request).await;
    }
}

#[tokio::test]
async fn two_answers_to_one_login_page_at_once_sign_in_once() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let (one, other) =
        tokio::join!(login.submit(&browser, EMAIL, PASSWORD), login.submit(&browser, EMAIL, PASSWORD));
    let mut answers = [one.status(), other.status()];
    answers.sort();
    assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::GONE]);
    let codes: i64 = sqlx::query_scalar("select count(*) from connect.authorization_codes")
        .fetch_one(&provider.db)
        .await
        .unwrap();
    assert_eq!(codes, 1);
}

#[tokio::test]
async fn a_body_that_is_no_form_or_is_huge_is_refused() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let response =
        Browser::new().post(&provider.url("/login"), &[("password", "x".repeat(70_000).as_str())]).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let json = crate::support::http()
        .post(provider.url("/token"))
        .header("content-type", "application/json")
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(json.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
