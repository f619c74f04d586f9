//! What is kept of an application being written, and until when.

use chrono::TimeDelta;
use iae_tests::pdf::pdf;
use iae_tests::{Persona, TestApp, world};

use super::{agreed, at_summary, step_of, stored};

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
    let gone = browser.get(&path).await.is(410);
    assert_eq!(gone.h1(), "Cette candidature est abandonnée");
    app.browser(Persona::PrescriberAdmin).await.get(&path).await.is(404);
    app.run_jobs().await;
    assert_eq!(stored(&app), 0, "its CV is gone with it");
    assert!(app.audit_trail().await.contains(&"draft.discarded".to_owned()));
}

#[tokio::test]
async fn a_draft_left_for_a_month_is_deleted_with_its_cv() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
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
    let gone = app.browser(Persona::Prescriber).await.get(summary.url.path()).await.is(410);
    assert!(gone.says("n’est plus conservée") && gone.says("30 jours sans être modifiée"), "{gone:?}");
}

/// What another tab still shows says what happened, to its author alone.
#[tokio::test]
async fn a_draft_given_up_in_another_tab_says_so_at_every_step() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    let message = step_of(&browser, &summary, "message").await;
    let abandonment = step_of(&browser, &summary, "abandonment").await;
    abandonment.form("abandonment").submit().await.is(303);
    for form in [agreed(&summary), message.form("message"), abandonment.form("abandonment")] {
        let gone = form.submit().await.is(410);
        assert_eq!(gone.h1(), "Cette candidature est abandonnée", "{gone:?}");
        assert!(gone.says("le 4 mai 2026 à 11 h") && gone.says("rien n’a été envoyé"), "{gone:?}");
    }
    for step in ["jobs", "candidate", "eligibility", "employers", "summary"] {
        let address = summary.url.path().replace("summary", step);
        browser.get(&address).await.is(410);
        app.browser(Persona::OtherPrescriber).await.get(&address).await.is(404);
    }
    app.run_jobs().await;
}

/// The same person, the same employer: « Reprendre » where one would begin again.
#[tokio::test]
async fn the_same_application_begun_again_offers_to_resume() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    let start = |company, person| format!("/application-drafts/new?company={company}&candidate={person}");
    let again = browser.get(&start(world::ACI, world::CANDIDATE)).await.is(200);
    assert!(again.says("Vous avez déjà commencé cette candidature"), "{again:?}");
    let resumed = again.click("Reprendre").await.is(200);
    assert_eq!(resumed.url.path(), summary.url.path());
    let someone = app.scenario().person(Persona::Prescriber).await;
    for (company, person) in [(world::EI, world::CANDIDATE), (world::ACI, someone)] {
        let other = browser.get(&start(company, person)).await.is(200);
        assert!(!other.says("déjà commencé"), "another employer, or someone else: {other:?}");
    }
    let colleague = app.browser(Persona::PrescriberAdmin).await;
    let theirs = colleague.get(&start(world::ACI, world::CANDIDATE)).await.is(200);
    assert!(!theirs.says("déjà commencé"), "a colleague’s draft is theirs: {theirs:?}");
    // Begun from the employer, the person chosen afterwards.
    let begun = browser.get(&format!("/application-drafts/new?company={}", world::ACI)).await.is(200);
    let step = begun.form("application-drafts").submit().await.is(303).location().unwrap();
    let choice = browser.get(&format!("{step}?candidate={}", world::CANDIDATE)).await.is(200);
    assert!(choice.says("Vous avez déjà commencé cette candidature"), "{choice:?}");
    app.run_jobs().await;
}

/// D30: an orienteur reads the name of who they applied for before, in what they began too.
#[tokio::test]
async fn an_orienteur_reads_in_their_drafts_the_names_they_know() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().application().by(Persona::Orienter).sent(TimeDelta::days(30)).insert().await;
    let draft =
        app.scenario().draft().by(Persona::Orienter).of(world::CANDIDATE).to(world::EI).insert().await;
    let browser = app.browser(Persona::Orienter).await;
    let abandonment = browser.get(&format!("/application-drafts/{draft}/abandonment")).await.is(200);
    assert!(abandonment.says("pour Amel BENALI"), "{abandonment:?}");
    app.run_jobs().await;
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
    for (name, value) in world::NEWCOMER {
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
