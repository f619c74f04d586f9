//! What is kept of an application being written, and until when.

use chrono::TimeDelta;
use iae_tests::pdf::pdf;
use iae_tests::{Persona, TestApp, world};

use super::{at_summary, stored};

/// What is typed of someone new.
const FILE: [(&str, &str); 11] = [
    ("title", "MME"),
    ("first_name", "Lise"),
    ("last_name", "Kauffmann"),
    ("birth_date", "1985-06-14"),
    ("birth_country", "109"),
    ("birth_commune", ""),
    ("address_line_1", "3 rue Serpenoise"),
    ("post_code", "57000"),
    ("city", "metz"),
    ("education_level", "51"),
    ("registration", "NOT_REGISTERED"),
];

#[tokio::test]
async fn a_cv_nobody_needs_any_more_leaves_the_store() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    assert_eq!(stored(&app), 1);
    let message = browser.get(&summary.url.path().replace("/summary", "/message")).await.is(200);
    let form = message.form("message");
    form.clone().attach("cv", "autre.pdf", pdf()).submit().await.is(303);
    app.run_jobs().await;
    assert_eq!(stored(&app), 1, "replaced, the former one is gone");
    let someone = app.scenario().person(Persona::Prescriber).await;
    let path = summary.url.path().replace("/summary", &format!("/candidate?candidate={someone}"));
    browser.get(&path).await.is(200).form("candidate").submit().await.is(303);
    app.run_jobs().await;
    assert_eq!(stored(&app), 0, "the CV of someone else is gone");
    let trail = app.audit_trail().await;
    assert_eq!(trail.iter().filter(|action| *action == "candidate.document_deleted").count(), 2);
}

#[tokio::test]
async fn a_draft_is_resumed_or_given_up_from_the_dashboard() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    at_summary(&browser).await;
    let dashboard = browser.get("/dashboard").await.is(200);
    assert!(dashboard.says("Candidatures à terminer") && dashboard.says("Amel BENALI"), "{dashboard:?}");
    assert!(dashboard.says("2 juin 2026"), "until when it is kept: {dashboard:?}");
    browser.get(&dashboard.link("Reprendre")).await.is(200);
    let confirm = browser.get(&dashboard.link("Abandonner")).await.is(200);
    let path = confirm.url.path().to_owned();
    app.browser(Persona::PrescriberAdmin).await.get(&path).await.is(404);
    let dashboard = confirm.form("abandonment").submit().await.is(303).follow().await.is(200);
    assert!(!dashboard.says("Candidatures à terminer"), "{dashboard:?}");
    browser.get(&path).await.is(404);
    app.run_jobs().await;
    assert_eq!(stored(&app), 0, "its CV is gone with it");
    assert!(app.audit_trail().await.contains(&"draft.discarded".to_owned()));
}

#[tokio::test]
async fn a_draft_left_for_a_month_is_deleted_with_its_cv() {
    let app = TestApp::new().await;
    at_summary(&app.browser(Persona::Prescriber).await).await;
    let purge = async || {
        sqlx::query("SELECT graphile_worker.add_job('purge', '{}'::json)").execute(app.db()).await.unwrap();
        app.run_jobs().await;
        app.run_jobs().await;
    };
    app.advance(TimeDelta::days(29));
    purge().await;
    assert_eq!(stored(&app), 1);
    app.advance(TimeDelta::days(2));
    purge().await;
    assert_eq!(stored(&app), 0);
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM application_drafts").fetch_one(app.db()).await.unwrap();
    assert_eq!(left, 0);
}

/// C12: whoever leaves after « Créer le dossier » comes back after it.
#[tokio::test]
async fn a_draft_left_once_the_file_is_created_is_resumed_after_it() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let start = format!("/application-drafts/new?company={}", world::ACI);
    let begun = browser.get(&start).await.is(200).form("application-drafts").submit().await.is(303);
    let lookup = begun.follow().await.is(200).form("lookup");
    let unknown = lookup.fill("nir", world::UNKNOWN_NIR).submit().await.is(200).form("email");
    let mut file = unknown.fill("email", "lise.kauffmann@exemple.fr").submit().await.is(200).form("new");
    for (name, value) in FILE {
        file = file.fill(name, value);
    }
    let created = file.submit().await.is(200).form("new").press("Créer le dossier").submit().await.is(303);
    assert!(created.location().unwrap().contains("/application-drafts/"), "{created:?}");
    let dashboard = browser.get("/dashboard").await.is(200);
    assert!(dashboard.says("Lise KAUFFMANN"), "the person is in the draft: {dashboard:?}");
    let resumed = browser.get(&dashboard.link("Reprendre")).await.is(303).follow().await.is(200);
    assert!(resumed.url.path().ends_with("/eligibility"), "{}", resumed.url.path());
    app.run_jobs().await;
}
