//! The team sees the platform as somebody (AUT-30, AUT-31).

mod begun;
mod closed;
mod over;
mod trail;

use iae_app::Ctx;
use iae_app::accounts::impersonation::expire;
use iae_tests::{Browser, Page, Persona, TestApp};
use uuid::Uuid;

const REASON: &str = "Elle ne trouve plus ses candidatures.";

/// Where a member of the team says why.
fn page_of(persona: Persona) -> String {
    format!("/admin/users/{}/impersonation", persona.user())
}

/// Says why, and begins.
async fn begin(browser: &Browser, persona: Persona) -> Page {
    let page = browser.get(&page_of(persona)).await.is(200);
    page.form("impersonation").fill("reason", REASON).submit().await
}

/// A browser of the team that sees the platform as this person.
async fn seen_as(app: &TestApp, persona: Persona) -> Browser {
    let browser = app.browser(Persona::Staff).await;
    let begun = begin(&browser, persona).await.is(303);
    assert_eq!(begun.location().as_deref(), Some("/dashboard"));
    browser
}

/// Why each of them ended, the first first; none of those that go on.
async fn ends(app: &TestApp) -> Vec<Option<String>> {
    sqlx::query_scalar("SELECT end_reason FROM impersonations ORDER BY started_at, id")
        .fetch_all(app.db())
        .await
        .unwrap()
}

/// The rows of the trail about an action: who acted, who was behind.
async fn actors_of(app: &TestApp, action: &str) -> Vec<(Option<Uuid>, Option<Uuid>)> {
    sqlx::query_as("SELECT actor_id, impersonator_id FROM audit_events WHERE action = $1 ORDER BY seq")
        .bind(action)
        .fetch_all(app.db())
        .await
        .unwrap()
}

/// What the worker does every night.
async fn night(app: &TestApp) -> usize {
    expire(app.worker(), &Ctx::system(app.now())).await.unwrap()
}
