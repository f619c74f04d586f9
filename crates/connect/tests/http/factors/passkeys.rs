//! Passkeys (WebAuthn), with the software authenticator of the library that checks them.

use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use url::Url;
use webauthn_authenticator_rs::WebauthnAuthenticator as _;
use webauthn_authenticator_rs::softpasskey::SoftPasskey;
use webauthn_rs::prelude::{CreationChallengeResponse, RequestChallengeResponse};

use super::{SecondPage, claims, texts, trail};
use crate::support::{Browser, CLIENT, EMAIL, Page, Provider, location, sign_up};

type Authenticator = SoftPasskey;

/// Passkeys are made for a name: the machine's own.
async fn start(db: PgPool) -> Provider {
    Provider::start_with(db, "", |config| config.issuer.set_host(Some("localhost")).unwrap()).await
}

/// Where the browser says it is.
fn origin(provider: &Provider) -> Url {
    let mut origin = Url::parse(&provider.issuer).unwrap();
    origin.set_host(Some("localhost")).unwrap();
    origin
}

/// One that asks for a finger, as telephones do.
fn authenticator() -> Authenticator {
    SoftPasskey::new(true)
}

fn options(page: &Page) -> Value {
    serde_json::from_str(&page.attribute("[data-passkey]", "data-options")).unwrap()
}

/// Posts what an authenticator answers through the form of its page.
async fn answer(provider: &Provider, browser: &Browser, page: &Page, answer: &Value, name: &str) -> Response {
    let action = page.attribute("[data-passkey]", "action");
    let url = Url::parse(&provider.issuer).unwrap().join(&action).unwrap();
    let asked = page.attribute("[data-passkey] [name=asked]", "value");
    let form = [("asked", asked.as_str()), ("answer", &*answer.to_string()), ("name", name)];
    browser.post(url.as_str(), &form).await
}

/// Adds a passkey in a browser where somebody is signed in.
async fn add(provider: &Provider, browser: &Browser, authenticator: &mut SoftPasskey) -> Page {
    let page = Page::read(browser.get(&provider.url("/factors/passkey")).await).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.policy.contains("script-src 'self'") && !page.policy.contains("connect-src"),
        "{}",
        page.policy
    );
    let options = options(&page);
    assert_eq!(options["publicKey"]["rp"]["id"], "localhost");
    assert_eq!(options["publicKey"]["authenticatorSelection"]["residentKey"], "preferred");
    let challenge: CreationChallengeResponse = serde_json::from_value(options).unwrap();
    let made = authenticator.do_registration(origin(provider), challenge).unwrap();
    let made = serde_json::to_value(made).unwrap();
    Page::read(answer(provider, browser, &page, &made, "Mon ordinateur").await).await
}

/// What the authenticator answers to a page that asks for a passkey.
fn shown(provider: &Provider, page: &Page, authenticator: &mut SoftPasskey) -> Value {
    let challenge: RequestChallengeResponse = serde_json::from_value(options(page)).unwrap();
    serde_json::to_value(authenticator.do_authentication(origin(provider), challenge).unwrap()).unwrap()
}

/// The same at the login page, which names no passkey: the authenticator finds its own, and says whose it is.
async fn discovered(provider: &Provider, page: &Page, authenticator: &mut SoftPasskey) -> Value {
    let known: Vec<u8> =
        sqlx::query_scalar("select credential_id from connect.passkeys where account_id = $1")
            .bind(provider.camille)
            .fetch_one(&provider.db)
            .await
            .unwrap();
    let mut options = options(page);
    options["publicKey"]["allowCredentials"] = json!([{ "type": "public-key", "id": base64url(&known) }]);
    let challenge: RequestChallengeResponse = serde_json::from_value(options).unwrap();
    let shown = authenticator.do_authentication(origin(provider), challenge).unwrap();
    let mut shown = serde_json::to_value(shown).unwrap();
    shown["response"]["userHandle"] = base64url(provider.camille.as_bytes()).into();
    shown
}

fn base64url(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

async fn login_page(provider: &Provider, browser: &Browser, changes: &[(&str, &str)]) -> Page {
    browser.open_login(&provider.authorize_url(CLIENT, changes)).await.read(browser).await
}

#[tokio::test]
async fn a_passkey_is_added_and_shown_after_the_password() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let mut authenticator = authenticator();
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    let codes = add(&provider, &browser, &mut authenticator).await;
    assert_eq!(texts(&codes, "main li strong").len(), 10, "{}", codes.text());
    let raised = claims(&provider, &browser.get(&provider.authorize_url(CLIENT, &[])).await).await;
    assert_eq!(raised["acr"], "eidas2");

    let elsewhere = Browser::new();
    let second = SecondPage::open(&provider, &elsewhere).await;
    let page = second.read(&elsewhere).await;
    assert!(page.has("[data-passkey=get][hidden]"), "without a script nothing is promised");
    assert!(!page.has("#code"), "there is no application");
    let shown = shown(&provider, &page, &mut authenticator);
    let response = answer(&provider, &elsewhere, &page, &shown, "").await;
    let claims = claims(&provider, &response).await;
    assert_eq!(claims["amr"], json!(["pwd", "pop", "mfa"]));
    let again = answer(&provider, &elsewhere, &page, &shown, "").await;
    assert_eq!(again.status(), StatusCode::GONE, "an answer serves once");
    assert_eq!(trail(&provider).await, ["create_backup_codes", "create_passkey", "verify_passkey"]);
}

#[tokio::test]
async fn a_passkey_opens_the_login_page_by_itself() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let mut authenticator = authenticator();
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    add(&provider, &browser, &mut authenticator).await;

    let elsewhere = Browser::new();
    let page = login_page(&provider, &elsewhere, &[("acr_values", "eidas2")]).await;
    assert!(page.has("#password"), "a password stays possible");
    let shown = discovered(&provider, &page, &mut authenticator).await;
    let response = answer(&provider, &elsewhere, &page, &shown, "").await;
    let claims = claims(&provider, &response).await;
    assert_eq!(claims["amr"], json!(["pop", "mfa"]));
    assert_eq!(claims["acr"], "eidas2");
    assert_eq!(claims["sub"], provider.camille.to_string());
    let again = answer(&provider, &elsewhere, &page, &shown, "").await;
    assert_eq!(again.status(), StatusCode::GONE, "the page served");

    // Of another page, the answer is worth nothing; of another account than the one expected neither (IDP-5).
    let other = login_page(&provider, &elsewhere, &[("prompt", "login")]).await;
    let replayed = answer(&provider, &elsewhere, &other, &shown, "").await;
    assert_eq!(replayed.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let expected = [("login_hint", "amel.benali@structure.example"), ("prompt", "login")];
    let hinted = login_page(&provider, &elsewhere, &expected).await;
    let shown = discovered(&provider, &hinted, &mut authenticator).await;
    let refused = Page::read(answer(&provider, &elsewhere, &hinted, &shown, "").await).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("d’un autre compte"), "{}", refused.text());
    let hinted = login_page(&provider, &elsewhere, &[("login_hint", EMAIL), ("prompt", "login")]).await;
    let shown = discovered(&provider, &hinted, &mut authenticator).await;
    assert_eq!(answer(&provider, &elsewhere, &hinted, &shown, "").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_passkey_that_is_unknown_removed_or_of_a_closed_account_opens_nothing() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let mut authenticator = authenticator();
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    add(&provider, &browser, &mut authenticator).await;
    let refused = async |authenticator: &mut SoftPasskey, handle: Option<&[u8]>| {
        let elsewhere = Browser::new();
        let page = login_page(&provider, &elsewhere, &[]).await;
        let mut shown = discovered(&provider, &page, authenticator).await;
        if let Some(handle) = handle {
            shown["response"]["userHandle"] = base64url(handle).into();
        }
        let response = answer(&provider, &elsewhere, &page, &shown, "").await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(response.headers().get("set-cookie").is_none());
    };
    let amel = sign_up(&provider.db, "amel.benali@structure.example", super::now(&provider)).await;
    refused(&mut authenticator, Some(amel.as_bytes())).await;
    refused(&mut authenticator, Some(b"nobody")).await;
    sqlx::query("update connect.accounts set active = false where id = $1")
        .bind(provider.camille)
        .execute(&provider.db)
        .await
        .unwrap();
    refused(&mut authenticator, None).await;

    let page = login_page(&provider, &Browser::new(), &[]).await;
    let nonsense = answer(&provider, &Browser::new(), &page, &json!("nonsense"), "").await;
    assert_eq!(nonsense.status(), StatusCode::GONE, "in another browser there is no page");
}

#[tokio::test]
async fn one_authenticator_is_added_once_and_another_beside_it() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let (mut one, mut other) = (authenticator(), authenticator());
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    add(&provider, &browser, &mut one).await;
    let page = Page::read(browser.get(&provider.url("/factors/passkey")).await).await;
    let excluded = &options(&page)["publicKey"]["excludeCredentials"];
    assert_eq!(excluded.as_array().unwrap().len(), 1, "the browser is told which are known");
    let challenge: CreationChallengeResponse = serde_json::from_value(options(&page)).unwrap();
    let made = serde_json::to_value(other.do_registration(origin(&provider), challenge).unwrap()).unwrap();
    provider.clock.advance(TimeDelta::minutes(1));
    let added = answer(&provider, &browser, &page, &made, "Ma clé de secours").await;
    assert_eq!(location(&added), "/factors", "the backup codes were shown already");
    let again = answer(&provider, &browser, &page, &made, "Ma clé de secours").await;
    assert_eq!(location(&again), "/factors");
    let list = Page::read(browser.get(&provider.url("/factors")).await).await;
    assert_eq!(texts(&list, "section h2"), ["Mon ordinateur", "Ma clé de secours"]);
    let unnamed = answer(&provider, &browser, &page, &made, " ").await;
    assert_eq!(unnamed.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_issuer_without_a_name_offers_none() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    assert!(!login_page(&provider, &browser, &[]).await.has("[data-passkey]"));
    browser.log_in(&provider, CLIENT).await;
    assert_eq!(browser.get(&provider.url("/factors/passkey")).await.status(), StatusCode::NOT_FOUND);
    let list = Page::read(browser.get(&provider.url("/factors")).await).await;
    assert!(
        !list.text().contains("Ajouter une clé d’accès") && list.text().contains("Ajouter une application")
    );
}
