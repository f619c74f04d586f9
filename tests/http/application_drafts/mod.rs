//! Writing an application, step by step (rule book 02 §4).

mod access;
mod closed_posts;
mod cv;
mod eligibility;
mod jobs;
mod keeping;
mod nir;
mod one_of_several;
mod sending;
mod several;
mod steps;
mod tabs;
mod twins;

use iae_domain::ids::{ApplicationId, JobDescriptionId};
use iae_tests::pdf::pdf;
use iae_tests::{Browser, Form, Page, TestApp, world};

/// The draft begun at the ACI for the candidate, on the first step that is left to do.
async fn begun(browser: &Browser) -> Page {
    begun_for(browser, &[]).await
}

/// The same, for these posts.
async fn begun_for(browser: &Browser, jobs: &[JobDescriptionId]) -> Page {
    let query = format!("company={}&candidate={}", world::ACI, world::CANDIDATE);
    let page = browser.get(&format!("/application-drafts/new?{query}")).await.is(200);
    let tick = |form: Form, job: &JobDescriptionId| form.check("jobs", &job.to_string());
    let form = jobs.iter().fold(page.form("application-drafts"), tick);
    form.submit().await.is(303).follow().await.is(200)
}

/// Another step of the same draft.
async fn step_of(browser: &Browser, page: &Page, step: &str) -> Page {
    let path = page.url.path();
    let draft = path.rsplit_once('/').map_or(path, |(draft, _)| draft);
    browser.get(&format!("{draft}/{step}")).await.is(200)
}

/// The same, brought to the message.
pub async fn at_message(browser: &Browser) -> Page {
    let page = begun_for(browser, &[world::GARDENER]).await;
    if page.has_form("eligibility") {
        return page.form("eligibility").submit().await.is(303).follow().await.is(200);
    }
    page
}

/// The same, ready to be sent.
pub async fn at_summary(browser: &Browser) -> Page {
    let page = at_message(browser).await;
    let form = page.form("message").fill("message", "Amel aime le travail en extérieur.");
    form.attach("cv", "cv.pdf", pdf()).submit().await.is(303).follow().await.is(200)
}

/// The sending, the person informed and in agreement with each employer.
pub fn agreed(summary: &Page) -> Form {
    let form = summary.form("submission").check("informed", "true");
    let employers = form.offered("consents");
    employers.iter().fold(form, |form, employer| form.check("consents", employer))
}

async fn applications(app: &TestApp) -> Vec<ApplicationId> {
    sqlx::query_scalar("SELECT id FROM applications ORDER BY id").fetch_all(app.db()).await.unwrap()
}

/// How many files the store holds.
fn stored(app: &TestApp) -> usize {
    std::fs::read_dir(app.files().join("cv")).map_or(0, Iterator::count)
}
