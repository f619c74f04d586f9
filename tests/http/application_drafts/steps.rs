//! The steps: file, posts, message (rule book 02 §4.5 to §4.9).

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp, world};

use super::{applications, at_message, at_summary, begun, step_of};

#[tokio::test]
async fn an_orienteur_is_never_offered_the_diagnosis() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().application().by(Persona::Orienter).sent(TimeDelta::days(30)).insert().await;
    let browser = app.browser(Persona::Orienter).await;
    let previous = begun(&browser).await;
    assert!(previous.says("Amel BENALI"), "they applied for her before (D30): {previous:?}");
    let message = previous.form("previous").submit().await.is(303).follow().await.is(200);
    assert!(message.has_form("message"), "straight to the message: {message:?}");
    let direct = message.url.path().replace("/message", "/eligibility");
    browser.get(&direct).await.is(403);
}

/// Leaves the file of the candidate without what an application needs.
async fn incomplete(app: &TestApp) {
    sqlx::query(
        "UPDATE candidates SET birth_date = NULL, france_travail_id = NULL, france_travail_id_missing_reason = NULL
         WHERE id = $1",
    )
    .bind(world::CANDIDATE)
    .execute(app.db())
    .await
    .unwrap();
}

#[tokio::test]
async fn what_the_file_lacks_is_asked_and_what_it_holds_is_not() {
    let app = TestApp::new().await;
    incomplete(&app).await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = begun(&browser).await;
    let form = page.form("completion");
    assert!(!form.names().contains(&"phone"), "SUB-31: the phone is known: {page:?}");
    let refused = form.clone().submit().await.is(422);
    assert!(refused.error("birth_date").is_some() && refused.error("registration").is_some(), "{refused:?}");
    let form = form.fill("registration", "NOT_REGISTERED");
    let refused = form.clone().fill("birth_date", "1991-03-02").submit().await.is(422);
    let error = refused.error("birth_date").unwrap_or_default();
    assert!(error.contains("2 90 03 57 463 012 79"), "CON-3, the NIR repeated: {error}");
    let next = form.fill("birth_date", "1990-03-02").submit().await.is(303).follow().await.is(200);
    assert!(next.has_form("eligibility"), "{next:?}");
    let again = browser.get(page.url.path()).await.is(303);
    assert!(again.location().unwrap().ends_with("/eligibility"), "nothing is missing any more");
}

#[tokio::test]
async fn an_orienteur_who_sees_a_masked_file_does_not_complete_it() {
    let app = TestApp::new().await;
    app.ignore_mails();
    incomplete(&app).await;
    app.scenario().application().by(Persona::Orienter).sent(TimeDelta::days(30)).insert().await;
    let browser = app.browser(Persona::Orienter).await;
    let previous = begun(&browser).await;
    assert!(previous.has_form("previous"), "SUB-30: skipped: {previous:?}");
    let organisation = world::ASSOCIATION.to_string();
    let path = previous.url.path().replace("/previous", "/completion");
    browser.post(&path, &[("acting_for", &organisation), ("birth_date", "1990-03-02")]).await.is(403);
}

/// SUB-51: ticking a post never errors, though « candidature spontanée » was ticked in advance.
#[tokio::test]
async fn posts_win_over_a_spontaneous_application() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let aci = world::ACI.to_string();
    let begun = begun(&browser).await;
    let jobs = step_of(&browser, &begun, "jobs").await;
    assert_eq!(jobs.form("jobs").value("spontaneous"), Some(aci.clone()), "{jobs:?}");
    jobs.form("jobs").check("jobs", &world::GARDENER.to_string()).submit().await.is(303);
    let again = step_of(&browser, &begun, "jobs").await.form("jobs");
    let kept = (again.value("jobs"), again.value("spontaneous"));
    assert_eq!(kept, (Some(world::GARDENER.to_string()), None));
    let none = jobs.form("jobs").uncheck("spontaneous", &aci).submit().await.is(422);
    assert!(none.error("jobs").is_some(), "{none:?}");
    assert!(!jobs.says("Encadrant"), "closed posts are not offered: {jobs:?}");
    let start = format!("/application-drafts/new?company={aci}");
    let start = browser.get(&start).await.is(200).form("application-drafts");
    let none = start.uncheck("spontaneous", &aci).submit().await.is(422);
    assert!(none.error("jobs").is_some(), "the same where one begins: {none:?}");
}

/// SUB-60: a message says something.
#[tokio::test]
async fn a_message_is_needed_and_what_was_typed_is_kept() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = at_message(&browser).await;
    let refused = page.form("message").fill("message", " \n ").submit().await.is(422);
    assert!(refused.error("message").is_some(), "{refused:?}");
    let refused = page.form("message").fill("message", "Bonjour").submit().await.is(422);
    assert!(refused.error("message").unwrap_or_default().contains("20 caractères"), "{refused:?}");
    assert_eq!(refused.value("message").as_deref().map(str::trim), Some("Bonjour"));
}

/// Guide, partie 2, §2.2: nothing leaves before the person is informed and consents.
#[tokio::test]
async fn a_consent_is_needed_and_what_was_ticked_is_kept() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    let refused = summary.form("submission").submit().await.is(422);
    assert!(refused.error("informed").is_some() && refused.error("consents").is_some(), "{refused:?}");
    let refused = summary.form("submission").check("informed", "true").submit().await.is(422);
    assert!(refused.error("informed").is_none() && refused.error("consents").is_some(), "{refused:?}");
    assert_eq!(refused.form("submission").value("informed").as_deref(), Some("true"));
    assert!(applications(&app).await.is_empty());
}

#[tokio::test]
async fn prompts_are_inserted_without_losing_the_message() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = at_message(&browser).await;
    let form = page.form("message").fill("message", "Bonjour,").press("Insérer les amorces");
    let page = form.submit().await.is(303).follow().await.is(200);
    let message = page.value("message").unwrap();
    assert!(message.trim().starts_with("Bonjour,") && message.contains("freins"), "{message}");

    let answered = message.replace("avec son accord :", "avec son accord :\nElle n’a pas de permis.");
    let form = page.form("message").fill("message", &answered);
    let summary = form.submit().await.is(303).follow().await.is(200);
    assert!(summary.says("avec son accord : Elle n’a pas de permis."), "{}", summary.text());
    assert!(!summary.says("Les démarches déjà engagées"), "no empty heading is sent: {}", summary.text());

    let again = browser.get(page.url.path()).await.is(200);
    let alone = again
        .form("message")
        .fill("message", "Ce qu’elle attend de l’accompagnement :")
        .submit()
        .await
        .is(422);
    assert!(alone.error("message").is_some(), "prompts alone are no message: {alone:?}");
}

#[tokio::test]
async fn pages_of_a_draft_stay_within_their_statements() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    for step in ["candidate", "jobs", "eligibility", "message", "summary"] {
        let page = browser.get(&summary.url.path().replace("/summary", &format!("/{step}"))).await.is(200);
        assert!(page.statements.len() <= 8, "{step}: {} {:#?}", page.statements.len(), page.statements);
    }
}
