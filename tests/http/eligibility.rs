//! The diagnosis of a prescripteur habilité, from a person's file (rule book 03 §2.2, §2.8).

use iae_domain::applications::draft::Step;
use iae_tests::{Persona, TestApp, world};

fn path() -> String {
    format!("/candidates/{}/eligibility", world::CANDIDATE)
}

#[tokio::test]
async fn a_prescriber_validates_without_any_criterion_and_shares_point_by_point() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = browser.get(&path()).await.is(200);
    let form = page.form("eligibility");
    assert_eq!(form.value("share-health"), None, "private life is never shared by default");
    assert_eq!(form.value("share-training").as_deref(), Some("true"));
    let form = form.fill("assessment-mobility", "obstacle").fill("mobility", "Pas de permis");
    let form = form.check("share-mobility", "true").fill("assessment-health", "obstacle");
    form.submit().await.is(303);
    let kept: Vec<(String, bool)> =
        sqlx::query_as("SELECT topic, shared FROM situation_points ORDER BY topic")
            .fetch_all(app.db())
            .await
            .unwrap();
    assert_eq!(kept, [("health".to_owned(), false), ("mobility".to_owned(), true)]);
    let held = browser.get(&path()).await.is(200);
    assert!(held.says("3 novembre 2026") && held.says("Pas de permis"), "{held:?}");
}

#[tokio::test]
async fn what_is_not_shared_stays_with_the_organisation_that_wrote_it() {
    let app = TestApp::new().await;
    let page = app.browser(Persona::Prescriber).await.get(&path()).await.is(200);
    let form = page
        .form("eligibility")
        .fill("assessment-health", "obstacle")
        .fill("health", "Port de charges exclu");
    form.submit().await.is(303);
    app.scenario().application().by(Persona::OtherPrescriber).insert().await;
    let other = app.browser(Persona::OtherPrescriber).await.get(&path()).await.is(200);
    assert!(!other.says("Port de charges exclu"), "{other:?}");
}

#[tokio::test]
async fn nobody_but_a_prescripteur_habilite_makes_a_diagnosis() {
    let app = TestApp::new().await;
    app.scenario().application().by(Persona::Orienter).insert().await;
    for persona in [Persona::Orienter, Persona::Employer, Persona::Candidate, Persona::Inspector] {
        app.browser(persona).await.get(&path()).await.is(403);
    }
    app.browser(Persona::OtherPrescriber).await.get(&path()).await.is(404);
}

#[tokio::test]
async fn a_person_with_a_valid_pass_needs_no_diagnosis() {
    let app = TestApp::new().await;
    app.scenario().pass().insert().await;
    app.browser(Persona::Prescriber).await.get(&path()).await.is(303);
}

/// C12: a small mistake is shown at its place; what is right is folded away.
#[tokio::test]
async fn a_note_without_appreciation_unfolds_its_place_alone() {
    let app = TestApp::new().await;
    let page = app.browser(Persona::Prescriber).await.get(&path()).await.is(200);
    let form = page.form("eligibility").fill("mobility", "Pas de permis");
    let form = form.check("criteria", "RSA").fill("assessment-health", "obstacle");
    let wrong = form.submit().await.is(422);
    assert!(wrong.error("mobility").is_some(), "{:?}", wrong.errors());
    assert_eq!(wrong.value("mobility").as_deref(), Some("Pas de permis"));
    assert_eq!(wrong.attribute(".error-summary a", "href").as_deref(), Some("#mobility"));
    assert_eq!(wrong.all("form details[open]").len(), 2, "the part and the point");
    assert!(wrong.all("form details[open] summary").iter().all(|title| !title.contains("Critères")));
    let states = wrong.all("summary > .point__state");
    assert_eq!(states[0], "Fait", "the criteria: {states:?}");
    assert!(states.contains(&"Commencé".to_owned()) && states.contains(&"À faire".to_owned()), "{states:?}");
}

#[tokio::test]
async fn what_is_known_is_ticked_and_said_why_and_each_criterion_is_explained() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE candidates SET birth_date = '2004-01-01', education_level = '51', last_checked_at = $2 WHERE id = $1")
        .bind(world::CANDIDATE)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    let zone = "UPDATE communes SET zrr_status = 'C' WHERE insee_code = (SELECT commune_code FROM candidates WHERE id = $1)";
    sqlx::query(zone).bind(world::CANDIDATE).execute(app.db()).await.unwrap();
    let browser = app.browser(Persona::Prescriber).await;
    let page = browser.get(&path()).await.is(200);
    let ticked: Vec<String> = page
        .form("eligibility")
        .pairs()
        .into_iter()
        .filter(|(name, _)| name == "criteria")
        .map(|(_, code)| code)
        .collect();
    assert_eq!(ticked, ["CAP_BEP", "JEUNE", "ZRR"], "a QPV is asked, never guessed");
    assert!(page.says("22 ans") && page.says("est entièrement classée"), "{page:?}");
    assert!(page.says("12 à 24 mois") && page.says("France ruralités revitalisation"));
    assert_eq!(page.all(".criteria .fr-hint-text").len(), 18, "one line each");

    app.advance(chrono::TimeDelta::hours(25));
    let browser = app.browser(Persona::Prescriber).await;
    let page = browser.get(&path()).await.is(200);
    assert!(
        page.form("eligibility").value("criteria").is_none(),
        "rule book 03 §2.9: confirmed too long ago"
    );
    assert!(page.says("à cocher si c’est toujours vrai") && page.says("22 ans"), "{page:?}");
}

/// D12: alone and inside a draft; beside the criterion, everything typed kept.
#[tokio::test]
async fn a_criterion_of_age_contrary_to_the_birth_date_is_refused_beside_it() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let draft = app.scenario().draft().of(world::CANDIDATE).at(Step::Eligibility).insert().await;
    for address in [path(), format!("/application-drafts/{draft}/eligibility")] {
        for criterion in ["SENIOR", "JEUNE"] {
            let page = browser.get(&address).await.is(200);
            let form = page.form("eligibility").check("criteria", "RSA").check("criteria", criterion);
            let refused = form.fill("mobility", "Pas de permis").submit().await.is(422);
            let said = refused.error("criteria-2").unwrap_or_default();
            assert!(said.contains("la personne a 36 ans"), "{address} {criterion}: {:?}", refused.errors());
            assert!(refused.error("mobility").is_some(), "everything at once: {:?}", refused.errors());
            assert!(
                refused.form("eligibility").pairs().contains(&("criteria".to_owned(), criterion.to_owned()))
            );
        }
    }
    let count: i64 =
        sqlx::query_scalar("SELECT count(*) FROM eligibility_diagnoses").fetch_one(app.db()).await.unwrap();
    assert_eq!(count, 0);
    sqlx::query("UPDATE candidates SET birth_date = '1970-01-01' WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    let form = browser.get(&path()).await.is(200).form("eligibility").check("criteria", "SENIOR");
    form.submit().await.is(303);
}
