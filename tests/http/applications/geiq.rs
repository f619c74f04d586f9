//! What is particular to a GEIQ, which is no SIAE: it hires in the past and sees no IAE diagnosis.

use chrono::TimeDelta;
use iae_domain::eligibility::Criterion;
use iae_tests::{Persona, TestApp, world};

/// Rule book 02 §6.3, 03 §4.3.
#[tokio::test]
async fn a_geiq_accepts_a_contract_that_has_begun_an_siae_does_not() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().diagnosis().insert().await;
    let start = (app.today() - TimeDelta::days(40)).to_string();
    for (persona, company, allowed) in
        [(Persona::Employer, world::ACI, false), (Persona::GeiqEmployer, world::GEIQ, true)]
    {
        let id = app.scenario().application().to(company).insert().await;
        let page = app.browser(persona).await.get(&format!("/applications/{id}/acceptance")).await.is(200);
        assert_eq!(page.says("D’aujourd’hui au"), !allowed, "{persona:?}");
        let form = page.form("main form").fill("starts_on", &start).press("review");
        if allowed {
            let recap = form.submit().await.is(200);
            let done = recap.form("main form").press("confirm").submit().await.is(303);
            assert!(done.follow().await.is(200).says("25 mars 2026"));
        } else {
            let refused = form.submit().await.is(422);
            assert!(refused.error("starts_on").is_some(), "{refused:?}");
        }
    }
    app.run_jobs().await;
}

/// CAN-C, rule book 03 §1: whatever its relation with the person.
#[tokio::test]
async fn a_geiq_sees_no_diagnosis_of_the_iae() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let made = app.scenario().diagnosis().made(TimeDelta::days(20)).criteria(&[Criterion::Rsa]);
    made.insert().await;
    let received = app.scenario().application().to(world::GEIQ).insert().await;
    let sent = app.scenario().application().by(Persona::GeiqEmployer).to(world::EI).insert().await;
    let draft = app.scenario().draft().by(Persona::GeiqEmployer).to(world::ACI).of(world::CANDIDATE);
    let draft = draft.insert().await;
    let geiq = app.browser(Persona::GeiqEmployer).await;
    let pages = [
        format!("/candidates/{}", world::CANDIDATE),
        format!("/applications/{received}"),
        format!("/applications/{sent}"),
        format!("/application-drafts/{draft}/summary"),
        format!("/application-drafts/{draft}/message"),
    ];
    for address in &pages {
        let page = geiq.get(address).await.is(200);
        for told in ["Bénéficiaire du RSA", "Éligib", "iagnostic"] {
            assert!(!page.says(told), "{address} says {told}: {page:?}");
        }
    }
    let all = geiq.get("/applications?eligibility=to_validate").await.is(200);
    assert!(all.links().contains(&pages[1]), "a filter of SIAE says nothing to a GEIQ: {all:?}");
    let employer = app.browser(Persona::Employer).await;
    app.scenario().application().insert().await;
    let file = employer.get(&pages[0]).await.is(200);
    assert!(file.says("Diagnostic d’éligibilité (Prescripteur habilité)"), "{file:?}");
}
