//! Writing an application, step by step (rule book 02 §4).

mod access;
mod closed_posts;
mod cv;
mod eligibility;
mod keeping;
mod nir;
mod sending;
mod steps;
mod tabs;

use iae_domain::ids::ApplicationId;
use iae_tests::pdf::pdf;
use iae_tests::{Browser, Page, TestApp, world};

/// The draft begun at the ACI for the candidate, on its first step.
async fn begun(browser: &Browser) -> Page {
    let query = format!("company={}&candidate={}", world::ACI, world::CANDIDATE);
    let page = browser.get(&format!("/application-drafts/new?{query}")).await.is(200);
    page.form("application-drafts").submit().await.is(303).follow().await.is(200)
}

/// The same, brought to the message.
pub async fn at_message(browser: &Browser) -> Page {
    let jobs = begun(browser).await;
    let next = jobs.form("jobs").check("jobs", &world::GARDENER.to_string()).uncheck("jobs", "spontaneous");
    let mut page = next.submit().await.is(303).follow().await.is(200);
    if page.has_form("eligibility") {
        page = page.form("eligibility").submit().await.is(303).follow().await.is(200);
    }
    page
}

/// The same, ready to be sent.
pub async fn at_summary(browser: &Browser) -> Page {
    let page = at_message(browser).await;
    let form = page.form("message").fill("message", "Amel aime le travail en extérieur.");
    let form = form.check("informed", "true").check("consents", "true");
    form.attach("cv", "cv.pdf", pdf()).submit().await.is(303).follow().await.is(200)
}

async fn applications(app: &TestApp) -> Vec<ApplicationId> {
    sqlx::query_scalar("SELECT id FROM applications ORDER BY id").fetch_all(app.db()).await.unwrap()
}

/// How many files the store holds.
fn stored(app: &TestApp) -> usize {
    std::fs::read_dir(app.files().join("cv")).map_or(0, Iterator::count)
}
