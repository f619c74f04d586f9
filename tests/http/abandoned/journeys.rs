//! People who go about their business: they sign in, read, send a form, and sign out.

use std::net::IpAddr;

use iae_tests::pdf::pdf;
use iae_tests::{Browser, IdentityProvider, Persona, world};

use super::Servers;
use crate::accounts::login::to_provider;
use crate::application_drafts::at_message;

/// One journey, which fails at the first thing that is not as it should be.
pub async fn one(servers: &Servers, persona: Persona, from: IpAddr) {
    let browser = Browser::over_network(servers.platform, from);
    let page = to_provider(&browser, "/dashboard").await;
    let page = IdentityProvider::log_in(&page, persona.email()).await.follow().await.is(200);
    assert_eq!(page.url.path(), "/dashboard", "{persona:?} is signed in");
    act(servers, &browser, persona).await;

    let stolen = browser.copied();
    browser.get("/logout").await.form("main form").submit().await.is(200);
    browser.get("/dashboard").await.is(303);
    stolen.get("/dashboard").await.is(303);
}

async fn act(servers: &Servers, browser: &Browser, persona: Persona) {
    match persona {
        Persona::Employer => postpone(servers, browser).await,
        Persona::Prescriber => attach(servers, browser).await,
        _ => {
            browser.get("/employers").await.is(200);
            browser.get("/dashboard").await.is(200);
        }
    }
}

/// An employer puts an application on hold: once, with its history and its mails.
async fn postpone(servers: &Servers, browser: &Browser) {
    let id = servers.app.scenario().application().of(world::OTHER_CANDIDATE).insert().await;
    let page = browser.get(&format!("/applications/{id}/postponement")).await.is(200);
    let done = page.form("main form").fill("answer", "Nous recrutons en juin.").submit().await.is(303);
    assert_eq!(done.follow().await.flash().as_deref(), Some("Candidature en attente"));
    let state: String = sqlx::query_scalar("SELECT state FROM applications WHERE id = $1")
        .bind(id)
        .fetch_one(servers.app.db())
        .await
        .unwrap();
    assert_eq!(state, "postponed");
}

/// A prescriber attaches a CV.
async fn attach(servers: &Servers, browser: &Browser) {
    let page = at_message(browser).await;
    let draft: uuid::Uuid = page.url.path().split('/').nth(2).unwrap().parse().unwrap();
    let form = page.form("message").fill("message", "Amel aime le travail en extérieur.");
    form.attach("cv", "cv.pdf", pdf()).submit().await.is(303);
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM documents WHERE draft_id = $1")
        .bind(draft)
        .fetch_one(servers.app.db())
        .await
        .unwrap();
    assert_eq!(kept, 1);
}
