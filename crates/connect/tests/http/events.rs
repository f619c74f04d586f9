//! The audit trail (IDP-26) and the log.

use std::io;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use iae_test_database::migrated;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{Browser, CLIENT, EMAIL, PASSWORD, Provider, encode, location, param};

#[tokio::test]
async fn what_happens_is_written_with_its_client_its_account_and_its_reason() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    browser.get(&provider.authorize_url(CLIENT, &[("client_id", "nobody")])).await;
    browser.get(&provider.authorize_url(CLIENT, &[("scope", "email")])).await;
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    login.submit(&browser, EMAIL, "pas le bon").await;
    login.submit(&browser, "inconnu@structure.example", "pas le bon").await;
    let code = param(&location(&login.submit(&browser, EMAIL, PASSWORD).await), "code").unwrap();
    let (_, tokens) = provider.exchange(CLIENT, &code, &[]).await;
    provider.exchange(CLIENT, &code, &[]).await;
    browser.get(&provider.url("/logout?id_token_hint=nonsense")).await;
    let hint = encode(&[("id_token_hint", tokens["id_token"].as_str().unwrap())]);
    browser.get(&provider.url(&format!("/logout?{hint}"))).await;

    let trail: Vec<String> = sqlx::query_scalar(
        "select concat_ws(' ', name, client_id, case when account_id = $1 then 'camille' end, detail)
         from connect.events order by xmin::text::bigint, id",
    )
    .bind(provider.camille)
    .fetch_all(&provider.db)
    .await
    .unwrap();
    let mut trail = trail;
    let mut expected = [
        "oidc_params_error unknown_client",
        "oidc_params_error emplois invalid_scope",
        "login_error emplois camille wrong_password",
        "login_error emplois unknown_account",
        "login emplois camille",
        "redirect emplois camille",
        "token emplois camille",
        "oidc_params_error emplois invalid_grant",
        "logout_error invalid_id_token_hint",
        "logout emplois camille",
    ];
    trail.sort();
    expected.sort_unstable();
    assert_eq!(trail, expected);
    let ips: Vec<String> =
        sqlx::query_scalar("select distinct ip from connect.events").fetch_all(&provider.db).await.unwrap();
    assert_eq!(ips, ["127.0.0.1"]);
}

#[tokio::test]
async fn the_last_login_of_a_person_at_a_client_is_kept() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    provider.clock.advance(TimeDelta::minutes(5));
    browser.log_in_again(&provider, CLIENT).await;
    let (client, minutes): (String, i32) = sqlx::query_as(
        "select client_id, extract(minute from last_login_at)::int from connect.client_logins where account_id = $1",
    )
    .bind(provider.camille)
    .fetch_one(&provider.db)
    .await
    .unwrap();
    assert_eq!((client.as_str(), minutes), ("emplois", 5));
}

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Captured {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_log_line_carries_an_address_a_code_or_a_token() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let captured = Captured::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(captured.clone())
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[("login_hint", EMAIL)])).await;
    login.submit(&browser, EMAIL, "un mauvais mot de passe").await;
    let answer = location(&login.submit(&browser, EMAIL, PASSWORD).await);
    let code = param(&answer, "code").unwrap();
    let (_, tokens) = provider.exchange(CLIENT, &code, &[]).await;
    provider.userinfo(&tokens["access_token"]).await;
    let hint = encode(&[("id_token_hint", tokens["id_token"].as_str().unwrap())]);
    browser.get(&provider.url(&format!("/logout?{hint}"))).await;
    drop(guard);

    let log = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    // What our side writes; the test's own HTTP client logs its URLs.
    let ours: Vec<&str> =
        log.lines().filter(|line| line.contains("connect{") || line.contains("iae_connect")).collect();
    assert!(ours.iter().any(|line| line.contains("/authorize")), "nothing was captured:\n{log}");
    let request = param(&login.url, "request").unwrap();
    let id_token = tokens["id_token"].as_str().unwrap();
    let access_token = tokens["access_token"].as_str().unwrap();
    for secret in [
        EMAIL,
        "camille.martin",
        "the-state",
        "the-nonce",
        PASSWORD,
        "mauvais",
        CLIENT.secret,
        &code,
        &request,
        id_token,
        access_token,
    ] {
        assert!(!ours.iter().any(|line| line.contains(secret)), "the log holds {secret}");
    }
}
