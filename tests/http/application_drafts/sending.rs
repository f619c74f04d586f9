//! An application is sent (rule book 02 §4.9, §4.10).

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp, world};

use super::{agreed, applications, at_summary, begun, step_of};

#[tokio::test]
async fn a_prescriber_sends_an_application_from_end_to_end() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    assert!(summary.says("Éligibilité validée jusqu’au 3 novembre 2026"), "{summary:?}");
    assert!(summary.says("Amel aime le travail en extérieur."), "{summary:?}");
    let end = agreed(&summary).submit().await.is(303).follow().await.is(200);
    assert_eq!(end.h1(), "Candidature envoyée");
    assert_eq!(applications(&app).await.len(), 1);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 4, "two members of the ACI, the candidate, the prescriber: {mails:?}");
    let trail = app.audit_trail().await;
    for action in
        ["draft.started", "diagnosis.made", "candidate.document_stored", "candidate.consent_recorded"]
    {
        assert!(trail.iter().any(|done| done == action), "{action} in {trail:?}");
    }
}

#[tokio::test]
async fn two_submits_at_the_same_instant_are_one_application() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let form = agreed(&at_summary(&browser).await);
    let (one, other) = tokio::join!(form.submit(), form.submit());
    let (one, other) = (one.is(303), other.is(303));
    assert_eq!(one.location(), other.location(), "the second shows the first");
    assert_eq!(applications(&app).await.len(), 1);
    form.submit().await.is(303);
    assert_eq!(app.run_jobs_and_mails().await.len(), 4, "mails are sent once");
}

#[tokio::test]
async fn a_candidate_applies_for_themselves_without_look_up_nor_diagnosis() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Candidate).await;
    let message = begun(&browser).await;
    let form = message.form("message").fill("message", "Je suis motivée et disponible.");
    let summary = form.submit().await.is(303).follow().await.is(200);
    let end = summary.form("submission").submit().await.is(303).follow().await.is(200);
    assert_eq!(end.h1(), "Candidature envoyée");
    app.browser(Persona::Employer).await.get(end.url.path()).await.is(404);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_company_records_an_application_for_itself_without_message() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().application().sent(TimeDelta::hours(1)).insert().await;
    let browser = app.browser(Persona::Employer).await;
    let previous = begun(&browser).await;
    let summary = previous.form("previous").submit().await.is(303).follow().await.is(200);
    let end = agreed(&summary).submit().await.is(303).follow().await.is(200);
    assert_eq!(end.h1(), "Auto-prescription enregistrée", "no 24-hour rule for one's own company");
    app.run_jobs().await;
}

#[tokio::test]
async fn the_search_is_found_again_at_the_end_for_the_same_person() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let results = browser.get("/employers?city=metz-57&distance=50").await.is(200);
    let card = browser.get(&results.link("Les Jardins de la Seille")).await.is(200);
    assert!(
        card.links().contains(&"/employers?city=metz-57&distance=50".to_owned()),
        "the way back: {card:?}"
    );
    let start = format!("{}&candidate={}", card.link("Postuler"), world::CANDIDATE);
    let page = browser.get(&start).await.is(200).form("application-drafts").submit().await.is(303);
    let page = page.follow().await.is(200).form("eligibility").submit().await.is(303).follow().await.is(200);
    let form = page.form("message").fill("message", "Elle cherche un poste de jardinière.");
    let form = form.fill("advisor", &Persona::PrescriberAdmin.user().to_string());
    let summary = form.submit().await.is(303).follow().await.is(200);
    assert!(summary.says("WEBER Perrine"), "SUB-62: {summary:?}");
    let end = agreed(&summary).submit().await.is(303).follow().await.is(200);
    let back = end.link("Postuler aussi chez d’autres employeurs");
    let expected = format!("/employers?city=metz-57&distance=50&for={}", world::CANDIDATE);
    assert!(back.ends_with(&expected), "SUB-22: {back}");
    let origin: String = sqlx::query_scalar("SELECT origin FROM candidate_relations WHERE user_id = $1")
        .bind(Persona::PrescriberAdmin.user())
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(origin, "applied", "SUB-65: the colleague accompanies the person");
    app.run_jobs().await;
}

#[tokio::test]
async fn mails_are_promised_to_those_who_have_an_address() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    assert!(
        summary.says("Un e-mail sera envoyé à l’employeur, à la personne et à vous-même."),
        "{summary:?}"
    );
    sqlx::query("UPDATE users SET email = NULL WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    let summary = browser.get(summary.url.path()).await.is(200);
    assert!(summary.says("Un e-mail sera envoyé à l’employeur et à vous-même."), "{summary:?}");
    assert!(summary.says("prévenez-la vous-même"), "{summary:?}");
    let end = agreed(&summary).submit().await.is(303).follow().await.is(200);
    assert!(!end.says("ainsi qu’à la personne"), "{end:?}");
    app.run_jobs().await;
}

/// « Précédent », after an application was sent.
#[tokio::test]
async fn every_step_of_a_sent_application_says_that_it_is_sent_to_its_author_alone() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    let draft = summary.url.path().strip_suffix("/summary").unwrap().to_owned();
    let message = browser.get(&format!("{draft}/message")).await.is(200);
    let jobs = step_of(&browser, &summary, "jobs").await;
    let abandonment = browser.get(&format!("{draft}/abandonment")).await.is(200);
    agreed(&summary).submit().await.is(303);
    let id = applications(&app).await[0];
    for step in
        ["candidate", "completion", "previous", "jobs", "eligibility", "message", "summary", "abandonment"]
    {
        let address = format!("{draft}/{step}");
        let page = browser.get(&address).await.is(410);
        assert_eq!((page.h1(), page.title()), ["Cette candidature est envoyée"; 2].map(str::to_owned).into());
        assert!(page.says("Les Jardins de la Seille l’a reçue, pour Amel BENALI"), "{step}: {page:?}");
        assert_eq!(page.click("Voir la candidature").await.is(200).url.path(), format!("/applications/{id}"));
        for other in [Persona::PrescriberAdmin, Persona::OtherPrescriber] {
            app.browser(other).await.get(&address).await.is(404);
        }
    }
    for other in [Persona::Employer, Persona::Candidate] {
        app.browser(other).await.get(message.url.path()).await.is(404);
    }
    for page in [
        message.form("message").fill("message", "Autre chose.").submit().await,
        jobs.form("jobs").submit().await,
        abandonment.form("abandonment").submit().await,
    ] {
        assert_eq!(page.is(410).h1(), "Cette candidature est envoyée", "nothing is written");
    }
    app.run_jobs().await;
}
