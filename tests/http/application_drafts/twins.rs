//! The same application begun twice, in two tabs.

use iae_tests::{Page, Persona, TestApp, world};

use super::{agreed, applications, at_summary};

fn start() -> String {
    format!("/application-drafts/new?company={}&candidate={}", world::ACI, world::CANDIDATE)
}

async fn drafts(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM application_drafts WHERE submitted_at IS NULL")
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// Both tabs opened before either begins.
#[tokio::test]
async fn two_tabs_begin_one_application() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let (one, other) = (browser.get(&start()).await.is(200), browser.get(&start()).await.is(200));
    let first = one.form("application-drafts").submit().await.is(303).location().unwrap();
    let told = other.form("application-drafts").check("jobs", &world::GARDENER.to_string()).submit().await;
    let told = told.is(409);
    assert!(told.says("Vous avez déjà commencé cette candidature"), "{told:?}");
    assert!(told.says("Elle est pour Les Jardins de la Seille"), "{told:?}");
    assert_eq!(drafts(&app).await, 1, "never a second one unasked");
    let resumed = told.click("Reprendre").await.is(303).follow().await.is(200);
    assert_eq!(resumed.url.path(), first, "the first one");

    let form = told.form("application-drafts");
    assert_eq!(form.value("jobs"), Some(world::GARDENER.to_string()), "what was chosen stays");
    let second = form.press("Recommencer").submit().await.is(303).location().unwrap();
    assert_ne!(second, first);
    assert_eq!(drafts(&app).await, 1);
    let given_up = browser.get(&first).await.is(410);
    assert!(given_up.says("Vous l’avez abandonnée"), "{given_up:?}");
    app.run_jobs().await;
}

/// Two people for one employer, each in a tab: the second is offered the first, and takes nothing from it.
#[tokio::test]
async fn what_is_begun_for_nobody_yet_stays_beside_another() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let start = format!("/application-drafts/new?company={}", world::ACI);
    let first = browser.get(&start).await.is(200);
    let begins = first.form("application-drafts").check("jobs", &world::GARDENER.to_string());
    let looked_up = begins.submit().await.is(303).location().unwrap();
    let told = browser.get(&start).await.is(200);
    assert!(
        told.says("Vous avez déjà commencé une candidature") && told.says("personne n’y est encore choisi"),
        "{told:?}"
    );
    assert!(!told.says("Recommencer"), "{told:?}");
    told.form("application-drafts").check("jobs", &world::GARDENER.to_string()).submit().await.is(303);
    assert_eq!(drafts(&app).await, 2);
    assert!(
        browser.get(&looked_up).await.is(303).location().unwrap().contains("/candidates/lookup"),
        "still begun"
    );
}

/// A draft begun for nobody yet, whose person turns out to be that of another.
async fn twin(app: &TestApp, first: &Page) -> String {
    let twin =
        app.scenario().draft().by(Persona::Prescriber).of(world::CANDIDATE).to(world::ACI).insert().await;
    assert!(!first.url.path().contains(&twin.to_string()));
    format!("/application-drafts/{twin}/message")
}

#[tokio::test]
async fn what_is_sent_from_one_draft_ends_the_other() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    let twin = twin(&app, &summary).await;
    let of_another_employer =
        app.scenario().draft().by(Persona::Prescriber).of(world::CANDIDATE).to(world::EI).insert().await;
    let of_a_colleague = app
        .scenario()
        .draft()
        .by(Persona::PrescriberAdmin)
        .of(world::CANDIDATE)
        .to(world::ACI)
        .insert()
        .await;
    agreed(&summary).submit().await.is(303);
    let ended = browser.get(&twin).await.is(410);
    assert!(ended.says("envoyée le") && ended.says("depuis l’autre page"), "{ended:?}");
    assert!(app.audit_trail().await.contains(&"draft.superseded".to_owned()));
    browser.get(&format!("/application-drafts/{of_another_employer}/summary")).await.is(200);
    let colleague = app.browser(Persona::PrescriberAdmin).await;
    let told = colleague.get(&format!("/application-drafts/{of_a_colleague}/message")).await.is(409);
    assert!(told.says("Une candidature vient d’être envoyée"), "in words, not as a lack of right: {told:?}");
    assert_eq!(applications(&app).await.len(), 1);
    app.run_jobs().await;
}
