//! Second factors (01 §10.7, IDP-16): adding one, showing it, losing it.

mod application;
mod backup_codes;
mod levels;
mod passkeys;
mod removal;

use chrono::{DateTime, Utc};
use iae_connect::Clock;
use reqwest::{Response, StatusCode};
use scraper::{Html, Selector};
use serde_json::Value;
use totp_rs::{Builder, Secret};
use url::Url;

use crate::relying_party::payload;
use crate::support::{Browser, CLIENT, EMAIL, PASSWORD, Page, Provider, location, param};

/// An application of codes, as its holder has it.
pub struct Application(String);

impl Application {
    /// The code it shows at that instant.
    pub fn code_at(&self, at: DateTime<Utc>) -> String {
        let secret = Secret::try_from_base32(self.0.replace(' ', "")).unwrap();
        let totp = Builder::new().with_secret(secret).build_noncompliant();
        totp.generate(u64::try_from(at.timestamp()).unwrap()).to_string()
    }

    /// The code it shows now.
    pub fn code(&self, provider: &Provider) -> String {
        self.code_at(now(provider))
    }
}

pub fn now(provider: &Provider) -> DateTime<Utc> {
    Clock::Fixed(provider.clock.clone()).now()
}

/// The text of everything that matches.
fn texts(page: &Page, selector: &str) -> Vec<String> {
    let document = Html::parse_document(&page.html);
    let selector = Selector::parse(selector).unwrap();
    document.select(&selector).map(|element| element.text().collect()).collect()
}

/// Adds an application in a browser where somebody is signed in, from this page; gives it and what follows.
pub async fn add_application(provider: &Provider, browser: &Browser, path: &str) -> (Application, Page) {
    let url = provider.url(path);
    let page = Page::read(browser.get(&url).await).await;
    assert_eq!(page.status, StatusCode::OK);
    let key = texts(&page, "main strong").into_iter().find(|text| text.len() == 39).unwrap();
    let application = Application(key);
    let form = [
        ("enrolment", page.attribute("[name=enrolment]", "value")),
        ("name", "Mon téléphone".to_owned()),
        ("code", application.code(provider)),
    ];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let action = Url::parse(&url).unwrap().join(&page.attribute("form", "action")).unwrap();
    (application, Page::read(browser.post(action.as_str(), &form).await).await)
}

/// Camille signs in and adds an application; a minute later its code may serve again. Gives her backup codes too.
pub async fn with_application(provider: &Provider) -> (Browser, Application, Vec<String>) {
    let browser = Browser::new();
    browser.log_in(provider, CLIENT).await;
    let (application, page) = add_application(provider, &browser, "/factors/application").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let codes = texts(&page, "main li strong");
    assert_eq!(codes.len(), 10);
    provider.clock.advance(chrono::TimeDelta::minutes(1));
    (browser, application, codes)
}

/// The page of the second factor, once the password was right.
pub struct SecondPage(String);

impl SecondPage {
    /// Camille's password, in this browser.
    pub async fn open(provider: &Provider, browser: &Browser) -> Self {
        Self::of(provider, &Self::password(provider, browser).await)
    }

    /// What her password is answered.
    pub async fn password(provider: &Provider, browser: &Browser) -> Response {
        let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
        login.submit(browser, EMAIL, PASSWORD).await
    }

    /// Where an answer leads.
    pub fn of(provider: &Provider, response: &Response) -> Self {
        let url = Url::parse(&provider.issuer).unwrap().join(&location(response)).unwrap();
        assert_eq!(url.path(), "/second-factor", "{url}");
        Self(url.to_string())
    }

    pub async fn read(&self, browser: &Browser) -> Page {
        Page::read(browser.get(&self.0).await).await
    }

    pub async fn submit(&self, browser: &Browser, code: &str) -> Response {
        browser.post(&self.0, &[("code", code)]).await
    }

    pub async fn submit_backup_code(&self, browser: &Browser, code: &str) -> Response {
        let url = self.0.replace("/second-factor?", "/second-factor/backup-code?");
        browser.post(&url, &[("code", code)]).await
    }
}

/// The claims of the id token that an answer is worth.
pub async fn claims(provider: &Provider, response: &Response) -> Value {
    let answer = location(response);
    assert!(answer.starts_with(CLIENT.redirect_uri), "{answer}");
    let (status, tokens) = provider.exchange(CLIENT, &param(&answer, "code").unwrap(), &[]).await;
    assert_eq!(status, StatusCode::OK, "{tokens}");
    payload(tokens["id_token"].as_str().unwrap())
}

/// The names of what the trail says of Camille's factors, in the order of the alphabet: one instant has no order.
pub async fn trail(provider: &Provider) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws(' ', name, detail) from connect.events
         where account_id = $1 and name ~ 'otp|passkey|backup' order by 1",
    )
    .bind(provider.camille)
    .fetch_all(&provider.db)
    .await
    .unwrap()
}
