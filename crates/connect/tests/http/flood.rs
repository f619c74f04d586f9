//! Who asks without end leaves next to nothing behind, and what is left behind goes: rows of every table of the provider,
//! counted before and after.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::{Client, RequestBuilder, StatusCode};
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::support::{Browser, CLIENT, EMAIL, PASSWORD, Provider, encode, http};

const MANY: usize = 300;

/// Rows of each table.
pub(crate) async fn rows(db: &PgPool) -> BTreeMap<String, i64> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select tablename::text from pg_tables where schemaname = 'connect' order by tablename",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let mut rows = BTreeMap::new();
    for table in tables {
        let count = sqlx::AssertSqlSafe(format!("select count(*) from connect.{table}"));
        rows.insert(table, sqlx::query_scalar(count).fetch_one(db).await.unwrap());
    }
    rows
}

/// Asks many times, as fast as it goes; gives what was answered.
async fn hammer(request: impl Fn() -> RequestBuilder) -> BTreeMap<StatusCode, usize> {
    let mut answers = BTreeMap::new();
    let mut asking = JoinSet::new();
    for _ in 0..MANY {
        if asking.len() == 16 {
            *answers.entry(asking.join_next().await.unwrap().unwrap()).or_default() += 1;
        }
        let request = request();
        asking.spawn(async move { request.send().await.unwrap().status() });
    }
    for status in asking.join_all().await {
        *answers.entry(status).or_default() += 1;
    }
    answers
}

fn form(client: &Client, url: &str, form: &[(&str, &str)]) -> RequestBuilder {
    client.post(url).header("content-type", "application/x-www-form-urlencoded").body(encode(form))
}

async fn unlimited(db: PgPool) -> Provider {
    Provider::start_with(db, "", |config| {
        config.rates.anonymous_pages_per_minute = std::num::NonZeroU32::MAX;
        config.rates.login_failures_per_minute = std::num::NonZeroU32::MAX;
    })
    .await
}

#[tokio::test]
async fn what_anyone_may_ask_without_end_leaves_one_row_at_most() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = unlimited(db).await;
    let http = http();
    let long = "x".repeat(3000);
    let authorize = |changes: &[(&str, &str)]| provider.authorize_url(CLIENT, changes);
    let logout = |query: &str| provider.url(&format!("/logout?{query}"));
    let pages = [
        ("a login that begins", authorize(&[]), StatusCode::SEE_OTHER),
        ("a hint", authorize(&[("login_hint", EMAIL)]), StatusCode::SEE_OTHER),
        ("an unknown client", authorize(&[("client_id", "nobody")]), StatusCode::BAD_REQUEST),
        (
            "an address of nobody",
            authorize(&[("redirect_uri", "https://e.example/")]),
            StatusCode::BAD_REQUEST,
        ),
        ("an unknown scope", authorize(&[("scope", "openid all")]), StatusCode::SEE_OTHER),
        ("a state too long to carry", authorize(&[("state", &long)]), StatusCode::SEE_OTHER),
        ("nobody signed in", authorize(&[("prompt", "none")]), StatusCode::SEE_OTHER),
        ("a login page of nobody", provider.url("/login?request=guess"), StatusCode::GONE),
        ("a logout without session", logout(""), StatusCode::OK),
        ("a logout with nonsense", logout("id_token_hint=nonsense"), StatusCode::SEE_OTHER),
        (
            "a logout to nowhere",
            logout("post_logout_redirect_uri=https://e.example/"),
            StatusCode::BAD_REQUEST,
        ),
        ("a token that opens nothing", provider.url("/userinfo"), StatusCode::UNAUTHORIZED),
    ];
    for (what, url, status) in pages {
        let before = rows(&provider.db).await;
        let answers = hammer(|| http.get(&url).bearer_auth("guess")).await;
        assert_eq!(answers, BTreeMap::from([(status, MANY)]), "{what}");
        leaves_one_row(what, &before, &rows(&provider.db).await);
    }
    let token = provider.url("/token");
    let code = [("grant_type", "authorization_code"), ("code", "guess"), ("code_verifier", "guess")];
    for (what, secret, fields, status) in [
        ("a wrong secret", "guess", &code[..], StatusCode::UNAUTHORIZED),
        ("an unknown code", CLIENT.secret, &code[..], StatusCode::BAD_REQUEST),
        ("another grant", CLIENT.secret, &[("grant_type", "password")], StatusCode::BAD_REQUEST),
        ("no grant", CLIENT.secret, &[], StatusCode::BAD_REQUEST),
    ] {
        let before = rows(&provider.db).await;
        let answers = hammer(|| form(&http, &token, fields).basic_auth(CLIENT.id, Some(secret))).await;
        assert_eq!(answers, BTreeMap::from([(status, MANY)]), "{what}");
        leaves_one_row(what, &before, &rows(&provider.db).await);
    }
}

fn leaves_one_row(what: &str, before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>) {
    let added: BTreeMap<_, i64> = after
        .iter()
        .map(|(table, rows)| (table, rows - before[table]))
        .filter(|(_, added)| *added != 0)
        .collect();
    assert!(added.values().sum::<i64>() <= 1, "{what}: {added:?}");
}

/// A page of a login answered wrongly without end: the lockout counts, and the trail tells it once it holds.
#[tokio::test]
async fn wrong_passwords_without_end_leave_what_the_lockout_counts() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = unlimited(db).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    let before = rows(&provider.db).await;
    for _ in 0..60 {
        login.submit(&browser, EMAIL, "pas le bon").await;
    }
    let after = rows(&provider.db).await;
    let added = |table: &str| after[table] - before[table];
    assert_eq!(added("login_failures"), 10);
    assert!(added("events") <= 11, "ten failures, and once that it is locked: {}", added("events"));
    assert_eq!(added("emails"), 1);
}

/// An id token is shown again and again once everything it ended is over.
#[tokio::test]
async fn a_logout_that_ends_nothing_leaves_nothing() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = unlimited(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let url = provider
        .url(&format!("/logout?{}", encode(&[("id_token_hint", tokens["id_token"].as_str().unwrap())])));
    browser.get(&url).await;
    let before = rows(&provider.db).await;
    hammer(|| http().get(&url)).await;
    assert_eq!(rows(&provider.db).await, before);
}

/// Nothing of it is read any more, and none of it stays: each running instance sees to it.
#[tokio::test]
async fn what_expired_goes_by_itself() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider =
        Provider::start_with(db, "", |config| config.purged_every = Duration::from_millis(20)).await;
    let browser = Browser::new();
    let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
    for _ in 0..5 {
        login.submit(&browser, EMAIL, "pas le bon").await;
    }
    provider.clock.advance(TimeDelta::minutes(5));
    login.submit(&browser, EMAIL, PASSWORD).await;
    provider.tokens(CLIENT).await;
    let lived = rows(&provider.db).await;
    for table in ["sessions", "answered_requests", "authorization_codes", "access_tokens", "emails"] {
        assert!(lived[table] > 0, "{table} lives");
    }
    for (later, gone, stay) in [
        (
            TimeDelta::hours(3),
            &["sessions", "answered_requests", "authorization_codes", "access_tokens", "login_failures"][..],
            &["events", "emails", "accounts", "clients", "signing_keys"][..],
        ),
        (TimeDelta::days(30), &["emails"], &["events", "accounts"]),
        (TimeDelta::days(366), &["events"], &["accounts", "clients", "signing_keys"]),
    ] {
        provider.clock.advance(later);
        let mut left = rows(&provider.db).await;
        for _ in 0..200 {
            if gone.iter().all(|table| left[*table] == 0) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
            left = rows(&provider.db).await;
        }
        assert!(gone.iter().all(|table| left[*table] == 0), "{later}: {left:?}");
        assert!(stay.iter().all(|table| left[*table] > 0), "{later}: {left:?}");
    }
}
