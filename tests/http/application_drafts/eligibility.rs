//! The eligibility step (rule book 02 §4.8).

use chrono::TimeDelta;
use iae_domain::eligibility::Criterion;
use iae_tests::{Persona, TestApp, world};

use super::{agreed, applications, at_summary, begun, step_of};

#[tokio::test]
async fn a_diagnosis_is_renewed_only_when_asked_for() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().made(TimeDelta::days(60)).criteria(&[Criterion::Rsa]).insert().await;
    let browser = app.browser(Persona::Prescriber).await;
    let message = begun(&browser).await;
    assert!(message.has_form("message"), "a diagnosis that holds is no step to go through: {message:?}");
    let held = step_of(&browser, &message, "eligibility").await;
    assert!(
        held.says("Bénéficiaire du RSA") && !held.form("eligibility").names().contains(&"criteria"),
        "{held:?}"
    );
    held.form("eligibility").submit().await.is(303);
    let count = async || -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM eligibility_diagnoses").fetch_one(app.db()).await.unwrap()
    };
    assert_eq!(count().await, 1, "left folded, nothing changes (ELI-1)");
    let update = browser.get(&format!("{}?update=true", held.url.path())).await.is(200);
    let form = update.form("eligibility").check("criteria", Criterion::Qpv.code());
    form.submit().await.is(303);
    assert_eq!(count().await, 2, "a new one replaces it");
    let again = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(count().await, 2, "a second click changes nothing");
    assert_eq!(
        again.flash().as_deref(),
        Some("Éligibilité inchangée"),
        "what was typed is not lost in silence"
    );
    let ended: i64 = sqlx::query_scalar("SELECT count(*) FROM eligibility_diagnoses WHERE expires_on <= $1")
        .bind(app.today())
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(ended, 1, "the old one ends today (§2.8)");
}

#[tokio::test]
async fn contradictory_criteria_are_refused_and_kept_on_the_page() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = begun(&browser).await;
    let form = page.form("eligibility").check("criteria", "SENIOR").check("criteria", "JEUNE");
    let form = form.fill("mobility", "Pas de permis");
    let refused = form.submit().await.is(422);
    assert!(refused.error("criteria").is_some(), "ELI-2: {refused:?}");
    assert!(refused.error("mobility").is_some(), "a note needs an assessment: {refused:?}");
    assert_eq!(refused.value("mobility").as_deref().map(str::trim), Some("Pas de permis"));
}

/// What leaves is what the summary showed: a message written since in another tab is read first.
#[tokio::test]
async fn a_message_changed_meanwhile_is_read_again() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    let message = browser.get(&summary.url.path().replace("summary", "message")).await.is(200);
    let form = message.form("message").fill("message", "Un autre message, tout aussi long que le premier.");
    form.submit().await.is(303);
    let again = agreed(&summary).submit().await.is(422);
    assert!(again.error("consents").unwrap_or_default().contains("a changé"), "{again:?}");
    assert!(again.says("Un autre message"), "{again:?}");
    assert!(applications(&app).await.is_empty(), "nothing left");
    agreed(&again).submit().await.is(303).follow().await.is(200);
}

#[tokio::test]
async fn a_diagnosis_renewed_meanwhile_asks_the_person_again() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    let alone = format!("/candidates/{}/eligibility?update=true", world::CANDIDATE);
    let renewal = browser.get(&alone).await.is(200).form("eligibility").check("criteria", "RSA");
    renewal.submit().await.is(303);
    let again = agreed(&summary).submit().await.is(422);
    assert!(again.error("consents").unwrap_or_default().contains("a changé"), "{again:?}");
    assert!(applications(&app).await.is_empty(), "nothing leaves that the person did not consent to");
    assert_eq!(again.form("submission").value("consents"), None, "the former consent is no longer ticked");
    let form = agreed(&again);
    browser.get(&alone).await.is(200).form("eligibility").check("criteria", "QPV").submit().await.is(303);
    let refused = form.submit().await.is(422);
    assert!(refused.error("consents").is_some(), "the page showed the diagnosis before: {refused:?}");
    agreed(&refused).submit().await.is(303).follow().await.is(200);
    assert_eq!(applications(&app).await.len(), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn mistakes_in_an_update_do_not_hide_the_diagnosis_that_holds() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().made(TimeDelta::days(60)).criteria(&[Criterion::Rsa]).insert().await;
    let browser = app.browser(Persona::Prescriber).await;
    let message = begun(&browser).await;
    let held = step_of(&browser, &message, "eligibility").await;
    let in_draft = format!("{}?update=true", held.url.path());
    let alone = format!("/candidates/{}/eligibility?update=true", world::CANDIDATE);
    for address in [in_draft, alone] {
        let update = browser.get(&address).await.is(200);
        let form = update.form("eligibility").check("criteria", "SENIOR").check("criteria", "JEUNE");
        let refused = form.submit().await.is(422);
        assert!(refused.error("criteria").is_some(), "{refused:?}");
        assert!(
            refused.says("Le diagnostic à mettre à jour") && refused.says("Paul HOFFMANN"),
            "{refused:?}"
        );
    }
}

/// ELI-6: to send needs no diagnosis; only a hire by an SIAE does.
#[tokio::test]
async fn an_application_is_sent_without_validating_the_eligibility() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let step = begun(&browser).await;
    let form = step.form("eligibility").press("Continuer sans valider");
    let message = form.submit().await.is(303).follow().await.is(200);
    let form = message.form("message").fill("message", "Amel aime le travail en extérieur.");
    let summary = form.submit().await.is(303).follow().await.is(200);
    assert!(summary.says("À vérifier par l’employeur"), "{summary:?}");
    let diagnoses: i64 =
        sqlx::query_scalar("SELECT count(*) FROM eligibility_diagnoses").fetch_one(app.db()).await.unwrap();
    assert_eq!(diagnoses, 0);
    let back = summary.link("Valider");
    assert!(back.ends_with("/eligibility"), "it may still be: {back}");
    agreed(&summary).submit().await.is(303).follow().await.is(200);
    assert_eq!(applications(&app).await.len(), 1);
    app.run_jobs().await;
}

/// SUB-42: to validate the eligibility instead of applying again, and to come back.
#[tokio::test]
async fn a_diagnosis_made_from_a_draft_comes_back_to_it() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let before = app.scenario().application().by(Persona::OtherPrescriber);
    before.sent(TimeDelta::hours(2)).insert().await;
    let browser = app.browser(Persona::Prescriber).await;
    let previous = begun(&browser).await;
    assert!(previous.says("à partir du 5 mai 2026"), "{previous:?}");
    let alone = previous.click("Valider l’éligibilité").await.is(200);
    assert_eq!(alone.link("Revenir à la candidature"), previous.url.path());
    let refused =
        alone.form("eligibility").check("criteria", "SENIOR").check("criteria", "JEUNE").submit().await;
    let form = refused.is(422).form("eligibility").uncheck("criteria", "SENIOR").uncheck("criteria", "JEUNE");
    let back = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(back.url.path(), previous.url.path());
    assert_eq!(back.flash().as_deref(), Some("Éligibilité validée"));
    let held = back.click("Mettre à jour l’éligibilité").await.is(200);
    let update = held.click("Mettre à jour le diagnostic").await.is(200);
    assert_eq!(update.link("Revenir à la candidature"), previous.url.path(), "kept all along");
    // The draft of someone else leads nowhere.
    let other = app.browser(Persona::PrescriberAdmin).await;
    let query = alone.url.query().unwrap_or_default().to_owned();
    let theirs = other.get(&format!("{}?{query}", alone.url.path())).await.is(200);
    assert_eq!(theirs.link("Revenir au dossier"), format!("/candidates/{}", world::CANDIDATE));
    app.run_jobs().await;
}

/// What was typed and not validated is there when one comes back, and nowhere once the application left.
#[tokio::test]
async fn what_is_typed_without_being_validated_is_kept_until_the_application_leaves() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let step = begun(&browser).await;
    let form = step.form("eligibility").check("criteria", "RSA").check("criteria", "DETLD");
    let form = form.check("criteria", "DELD").fill("mobility", "Pas de permis, un vélo.");
    let form = form.fill("assessment-housing", "obstacle");
    let message = form.press("Continuer sans valider").submit().await.is(303).follow().await.is(200);
    assert!(message.has_form("message"), "mistakes stop nobody who validates nothing: {message:?}");
    let back = step_of(&browser, &message, "eligibility").await;
    assert!(back.says("Ce que vous aviez noté est toujours là"), "{back:?}");
    assert_eq!(back.value("mobility").as_deref().map(str::trim), Some("Pas de permis, un vélo."));
    assert_eq!(back.form("eligibility").value("assessment-housing").as_deref(), Some("obstacle"));
    let form = back.form("eligibility");
    let ticked = form.pairs().iter().filter(|(name, _)| name == "criteria").count();
    assert_eq!(ticked, 3, "{back:?}");
    let refused = back.form("eligibility").submit().await.is(422);
    assert!(refused.error("criteria").is_some(), "to be corrected when it is validated: {refused:?}");

    let form = message.form("message").fill("message", "Amel aime le travail en extérieur.");
    let summary = form.submit().await.is(303).follow().await.is(200);
    agreed(&summary).submit().await.is(303);
    let kept: i64 =
        sqlx::query_scalar("SELECT count(*) FROM application_drafts WHERE data::text LIKE '%vélo%'")
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(kept, 0, "forgotten once it left");
    app.run_jobs().await;
}
