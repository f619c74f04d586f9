//! An employer accepts.

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_domain::pass::default_end;
use iae_tests::{Persona, TestApp, world};
use sqlx::types::chrono::NaiveDate;

fn iso(day: NaiveDate) -> String {
    day.to_string()
}

/// The whole step 3 of the story, in four requests: contract, recap that writes nothing, hire, and the application it
/// leads back to; a PASS, the other applications closed.
#[tokio::test]
async fn a_hire_on_a_prescribers_diagnosis_issues_a_pass_and_closes_the_other_applications() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().insert().await;
    let id = app.scenario().application().to(world::ACI).for_job(world::GARDENER).insert().await;
    let other = app.scenario().application().to(world::EI).insert().await;
    let employer = app.browser(Persona::Employer).await;

    let page = employer.get(&format!("/applications/{id}/acceptance")).await.is(200);
    assert!(page.says("Ce diagnostic suffit"), "{}", page.text());
    let again = employer.get(page.url.path()).await.is(200);
    assert!(again.statements.len() <= 8, "the first also writes its trace (D34): {:?}", again.statements);
    let start = app.today() + TimeDelta::days(7);
    let form = page.form("main form").fill("starts_on", &iso(start)).fill("answer", "Rendez-vous à 8 h.");
    let recap = form.press("review").submit().await.is(200);
    assert!(recap.says("Un PASS IAE sera délivré à Amel BENALI"), "{}", recap.text());
    assert!(recap.says("son autre candidature en cours sera close"), "{}", recap.text());
    let passes: i64 = sqlx::query_scalar("SELECT count(*) FROM passes").fetch_one(app.db()).await.unwrap();
    assert_eq!(passes, 0, "the recap writes nothing (ACC-1)");

    let done = recap.form("main form").press("confirm").submit().await.is(303);
    assert!(done.statements.len() <= 29, "{} statements", done.statements.len());
    let shown = done.follow().await.is(200);
    assert_eq!(shown.flash().as_deref(), Some("Candidature acceptée"));
    let (starts, ends): (NaiveDate, NaiveDate) =
        sqlx::query_as("SELECT starts_on, ends_on FROM passes").fetch_one(app.db()).await.unwrap();
    assert_eq!((starts, ends), (start, default_end(start)));
    let state: String = sqlx::query_scalar("SELECT state FROM applications WHERE id = $1")
        .bind(other)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(state, StateCode::Obsolete.code());
    assert!(!app.run_jobs_and_mails().await.is_empty());
}

#[tokio::test]
async fn a_contract_out_of_range_is_refused_beside_its_field_and_what_was_typed_is_kept() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().insert().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/acceptance")).await.is(200);
    let today = app.today();
    let cases = [
        (iso(today - TimeDelta::days(1)), String::new(), "starts_on", "avant aujourd’hui"),
        (iso(today + TimeDelta::days(200)), String::new(), "starts_on", "dans les six mois"),
        (iso(today), iso(today - TimeDelta::days(1)), "ends_on", "ne peut pas précéder"),
        (String::new(), String::new(), "starts_on", "premier jour"),
    ];
    for (start, end, field, words) in cases {
        let form = page
            .form("main form")
            .fill("starts_on", &start)
            .fill("ends_on", &end)
            .fill("answer", "Bienvenue");
        let refused = form.press("review").submit().await.is(422);
        let error = refused.error(field).unwrap_or_default();
        assert!(error.contains(words), "{start} {end}: {error:?}");
        assert_eq!(refused.value("starts_on").as_deref(), Some(start.as_str()));
        assert_eq!(refused.value("answer").as_deref(), Some("Bienvenue"));
    }
}

#[tokio::test]
async fn without_diagnosis_the_company_is_told_which_criteria_are_missing() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    for company in [world::EI, world::AI] {
        app.scenario().application().to(company).insert().await;
    }
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/acceptance")).await.is(200);
    let again = employer.get(page.url.path()).await.is(200);
    assert!(again.statements.len() <= 8, "the first also writes its trace (D34): {:?}", again.statements);
    assert!(page.says("Justificatif : Attestation RSA, de moins de 3 mois."), "{}", page.text());
    let form = || page.form("main form").fill("starts_on", &iso(app.today()));

    let none = form().fill("starts_on", &iso(app.today() - TimeDelta::days(1)));
    let none = none.press("review").submit().await.is(422);
    assert!(none.error("starts_on").is_some(), "dates and criteria at once: {:?}", none.errors());
    assert!(none.error("level_1_criteria").unwrap_or_default().contains("ou 3"), "{:?}", none.errors());
    let one = form().check("level_2_criteria", "QPV").press("review").submit().await.is(422);
    let error = one.error("level_1_criteria").unwrap_or_default();
    assert!(error.contains("ou encore 2"), "an ACI needs three: {error}");
    let both = form().check("level_2_criteria", "SENIOR").check("level_2_criteria", "JEUNE");
    let both = both.press("review").submit().await.is(422);
    assert!(both.error("level_1_criteria").unwrap_or_default().contains("s’excluent"));

    let recap = form().check("level_1_criteria", "RSA").press("review").submit().await.is(200);
    assert!(recap.says("Bénéficiaire du RSA"));
    let done = recap.form("main form").press("confirm").submit().await.is(303);
    assert!(done.statements.len() <= 32, "{} statements", done.statements.len());
    let author: String = sqlx::query_scalar("SELECT author_kind FROM eligibility_diagnoses")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(author, "employer");
    app.ignore_mails();
}

/// ACC-4: without a way out, acceptance is closed at each step, and says why, until when, and who can help (D11).
#[tokio::test]
async fn in_the_waiting_period_each_step_is_refused_with_its_explanation() {
    let app = TestApp::new().await;
    let start = app.today() - TimeDelta::days(900);
    app.scenario().pass().starting(start).insert().await;
    let employer = app.browser(Persona::Employer).await;
    for (by, whom) in [
        (Persona::Candidate, "Demandez à un prescripteur habilité"),
        (Persona::Prescriber, "La candidature vient d’un prescripteur habilité : demandez-lui ce diagnostic"),
    ] {
        let id = app.scenario().application().by(by).insert().await;
        let address = format!("/applications/{id}/acceptance");
        let until = "délai de deux ans court jusqu’au";
        let acting_for = world::ACI.to_string();
        let page = employer.get(&address).await.is(403);
        for page in [
            page,
            employer.post(&address, &[("acting_for", &acting_for), ("step", "review")]).await.is(403),
            employer.post(&address, &[("acting_for", &acting_for), ("step", "confirm")]).await.is(403),
        ] {
            let said = page.text();
            assert!(said.contains(until) && said.contains(whom), "{by:?}: {said}");
            assert!(!page.has_form("acceptance"), "nothing to submit");
        }
    }
    // A diagnosis by a prescripteur habilité made since is the way out (W13).
    app.scenario().diagnosis().insert().await;
    let id = app.scenario().application().by(Persona::Candidate).insert().await;
    employer.get(&format!("/applications/{id}/acceptance")).await.is(200);
    app.ignore_mails();
}

#[tokio::test]
async fn what_is_not_received_here_does_not_exist_and_other_roles_are_refused() {
    let app = TestApp::new().await;
    let id = app.scenario().application().to(world::ACI).insert().await;
    let address = format!("/applications/{id}/acceptance");
    app.browser(Persona::OtherEmployer).await.get(&address).await.is(404);
    app.browser(Persona::Prescriber).await.get(&address).await.is(403);
    app.browser(Persona::Candidate).await.get(&address).await.is(403);
    app.visitor().get(&address).await.is(303);
}

#[tokio::test]
async fn an_application_already_accepted_is_not_accepted_again() {
    let app = TestApp::new().await;
    let id = app.scenario().application().state(StateCode::Accepted).insert().await;
    let page =
        app.browser(Persona::Employer).await.get(&format!("/applications/{id}/acceptance")).await.is(409);
    assert!(page.says("Candidature acceptée"), "who did what: {}", page.text());
}

/// D12, for an auto-prescription too.
#[tokio::test]
async fn an_siae_is_told_beside_a_criterion_of_age_that_the_birth_date_contradicts_it() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/acceptance")).await.is(200);
    let form =
        || page.form("main form").fill("starts_on", &iso(app.today())).check("level_1_criteria", "RSA");
    let refused = form().check("level_2_criteria", "SENIOR").press("review").submit().await.is(422);
    let said = refused.error("level_2_criteria").unwrap_or_default();
    assert!(said.contains("la personne a 36 ans"), "{:?}", refused.errors());
    form().press("review").submit().await.is(200);
    app.ignore_mails();
}

/// The end of a contract is indicative: after the PASS it is said, and refused to nobody.
#[tokio::test]
async fn a_contract_that_goes_on_after_the_pass_is_said_in_the_recap() {
    let app = TestApp::new().await;
    app.scenario().pass().starting(app.today() - TimeDelta::days(700)).insert().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/acceptance")).await.is(200);
    // The PASS lasts 29 days more.
    for (days, is_said) in [(29, false), (30, true)] {
        let form = page.form("main form").fill("starts_on", &iso(app.today()));
        let form = form.fill("ends_on", &iso(app.today() + TimeDelta::days(days)));
        let recap = form.press("review").submit().await.is(200);
        assert_eq!(recap.says("Le contrat finit après le PASS IAE"), is_said, "{days}: {}", recap.text());
        if is_said {
            assert!(
                recap.says("se termine le 2 juin 2026, et le contrat le 3 juin 2026"),
                "{}",
                recap.text()
            );
            recap.form("main form").press("confirm").submit().await.is(303);
        }
    }
    app.ignore_mails();
}
