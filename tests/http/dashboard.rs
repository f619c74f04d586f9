//! What waits for each person when they sign in (look.md, « what waits for me comes first »).

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn an_employer_sees_late_applications_first_and_only_their_own() {
    let app = TestApp::new().await;
    let to_aci = |days| app.scenario().application().to(world::ACI).sent(TimeDelta::days(days));
    to_aci(1).insert().await;
    to_aci(20).of(world::OTHER_CANDIDATE).insert().await;
    let elsewhere = app.scenario().application().to(world::EI).insert().await;

    let page = app.browser(Persona::Employer).await.get("/dashboard").await.is(200);
    let groups = page.all(".inbox-group__title");
    assert!(groups.first().is_some_and(|title| title.starts_with("En retard")), "{groups:?}");
    assert!(groups.last().is_some_and(|title| title.starts_with("Plus tard")), "{groups:?}");
    assert!(!page.links().iter().any(|link| link.contains(&elsewhere.to_string())));
    assert!(page.statements.len() <= 8, "{:?}", page.statements);
}

#[tokio::test]
async fn an_empty_inbox_says_what_will_come() {
    let app = TestApp::new().await;
    let employer = app.browser(Persona::Employer).await.get("/dashboard").await.is(200);
    assert!(employer.says("Aucune candidature n'attend de réponse"));
    let prescriber = app.browser(Persona::Prescriber).await.get("/dashboard").await.is(200);
    assert!(prescriber.says("Rien ne vous attend"));
}

#[tokio::test]
async fn a_prescriber_is_told_whom_to_call_back_and_what_was_answered() {
    let app = TestApp::new().await;
    let sent = || app.scenario().application().by(Persona::Prescriber).to(world::ACI);
    sent().sent(TimeDelta::days(15)).insert().await;
    sent().of(world::OTHER_CANDIDATE).sent(TimeDelta::days(2)).state(StateCode::Refused).insert().await;
    let page = app.browser(Persona::Prescriber).await.get("/dashboard").await.is(200);
    let groups = page.all(".inbox-group__title");
    assert_eq!(groups.len(), 2, "{groups:?}");
    assert!(page.says("Relancer") && page.says("Lire la réponse"));
}

#[tokio::test]
async fn an_orienteur_reads_the_names_of_those_they_applied_for() {
    let app = TestApp::new().await;
    let sent = app.scenario().application().by(Persona::Orienter).to(world::ACI).of(world::CANDIDATE);
    sent.sent(TimeDelta::days(15)).insert().await;
    let own = app.browser(Persona::Orienter).await.get("/dashboard").await.is(200);
    assert_eq!(own.all(".inbox-item__title"), ["Amel BENALI"], "D30");
    // A colleague sent it: the organisation deals with her, and the reader did not apply for her (D30).
    sqlx::query("UPDATE applications SET sender_id = $1")
        .bind(world::PRESCRIBER)
        .execute(app.db())
        .await
        .unwrap();
    let page = app.browser(Persona::Orienter).await.get("/dashboard").await.is(200);
    let last_name: String = sqlx::query_scalar("SELECT upper(last_name) FROM users WHERE id = $1")
        .bind(world::CANDIDATE)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert!(!page.says(&last_name), "PII-4: the file was created by someone else");
    assert_eq!(page.all(".inbox-item__title").len(), 1);
}

#[tokio::test]
async fn a_candidate_reads_what_the_dates_of_their_pass_mean() {
    let app = TestApp::new().await;
    app.scenario().pass().of(world::CANDIDATE).starting(app.today()).insert().await;
    let page = app.browser(Persona::Candidate).await.get("/dashboard").await.is(200);
    assert!(page.says("il vous reste 730"), "{}", page.text());

    let ended = app.today() - TimeDelta::days(10);
    let over = app.scenario().pass().of(world::OTHER_CANDIDATE).starting(ended - TimeDelta::days(729));
    over.ending(ended).insert().await;
    let page = app.browser(Persona::OtherCandidate).await.get("/dashboard").await.is(200);
    assert!(page.says("un nouveau PASS demande l'avis d'un prescripteur habilité"));
}

/// The first thing a candidate reads is where they are, in larger letters.
#[tokio::test]
async fn a_candidate_reads_first_where_they_are() {
    let app = TestApp::new().await;
    let candidate = app.browser(Persona::Candidate).await;
    let stage = async || {
        let page = candidate.get("/dashboard").await.is(200);
        assert_eq!(page.attribute("body", "class").as_deref(), Some("signed-in for-candidates"));
        (page.text_of("[aria-current=step]").unwrap_or_default(), page.text_of("h1 + p").unwrap_or_default())
    };
    assert_eq!(stage().await, ("Postuler".into(), "Vous n'avez pas encore postulé.".into()));
    app.scenario().application().insert().await;
    let awaits = "Vous attendez la réponse d'un employeur.";
    assert_eq!(stage().await, ("Réponse de l'employeur".into(), awaits.into()));
    app.scenario().pass().starting(app.today()).insert().await;
    let running = "Votre parcours d'insertion est en cours.";
    assert_eq!(stage().await, ("Parcours d'insertion".into(), running.into()));
    let prescriber = app.browser(Persona::Prescriber).await.get("/dashboard").await.is(200);
    assert_eq!(prescriber.attribute("body", "class").as_deref(), Some("signed-in"));
}
