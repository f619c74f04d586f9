//! Who decides about a suspension: a prescriber, the SIAE of the last hire, and nobody else (rule book 03 §5.2, §5.7, §12 X1).

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp, world};

use super::suspensions::{confirm, contract_ended, day, filled, hired, stored};

/// Story, point 3 (D6): the contract is over; the last SIAE is told.
#[tokio::test]
async fn a_prescriber_suspends_once_the_contract_is_over_and_the_last_siae_is_told() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    let prescriber = app.browser(Persona::PrescriberAdmin).await;
    let address = format!("/pass/{id}/suspension");
    let runs = prescriber.get(&address).await.is(403);
    assert!(runs.says("Un contrat est en cours chez Les Jardins de la Seille"), "{}", runs.text());
    contract_ended(&app, "2026-06-02").await;
    let form = prescriber.get(&address).await.is(200).form("#suspension");
    assert_eq!(form.offered("reason"), ["contract_broken", "contract_finished", "cta_agreement"], "X1");
    let recap = filled(&prescriber, id, "2026-06-03", "2026-08-31").await.submit().await.is(200);
    confirm(&recap).await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let mut told: Vec<_> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    told.sort_unstable();
    let company = [Persona::EmployerAdmin.email(), Persona::Employer.email()];
    let expected = [company[0], Persona::Candidate.email(), company[1], Persona::Prescriber.email()];
    assert_eq!(told, expected, "the person, the counsellor and the members of the SIAE");
    let mut to_company = mails.iter().filter(|mail| company.contains(&mail.recipient.as_str()));
    assert!(to_company.all(|mail| mail.subject.contains("Amel BENALI")), "{mails:?}");

    // The organisation that recorded it may lift it, so may the SIAE; another prescriber does not see it.
    app.browser(Persona::Prescriber).await.get(&format!("{address}/lift")).await.is(200);
    app.browser(Persona::Employer).await.get(&format!("{address}/lift")).await.is(200);
    app.browser(Persona::OtherPrescriber).await.get(&format!("{address}/lift")).await.is(404);
}

/// Rule book 03 §5.2: a prescriber does not touch what the SIAE recorded.
#[tokio::test]
async fn a_prescriber_leaves_the_suspension_of_the_siae_alone() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    app.scenario().suspension().insert().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    for page in ["lift", "edition"] {
        let address = format!("/pass/{id}/suspension/{page}");
        let refused = prescriber.get(&address).await.is(403);
        assert!(refused.says("Les Jardins de la Seille a enregistré cette suspension"), "{}", refused.text());
    }
}

/// Rule book 03 §5.7: another SIAE hires, the suspension ends on the eve of the contract, and it decides from now on.
#[tokio::test]
async fn a_hire_elsewhere_ends_the_suspension_on_the_eve_and_takes_the_decision_over() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    app.scenario().suspension().insert().await;
    let application = app.scenario().application().to(world::EI).by(Persona::Prescriber).insert().await;
    let other = app.browser(Persona::OtherEmployer).await;
    let page = other.get(&format!("/applications/{application}/acceptance")).await.is(200);
    let start = (app.today() + TimeDelta::days(28)).to_string();
    let recap = page.form("main form").fill("starts_on", &start).press("review").submit().await.is(200);
    assert!(recap.says("sa suspension prendra fin le 30 juin 2026, veille du contrat"), "{}", recap.text());
    recap.form("main form").press("confirm").submit().await.is(303);
    assert_eq!(stored(&app).await, (day("2028-05-29"), vec![(day("2026-06-03"), day("2026-06-30"))]));
    assert!(app.audit_trail().await.contains(&"pass.suspension_lifted".to_owned()));
    let mails = app.run_jobs_and_mails().await;
    let resumes = mails.iter().find(|mail| mail.subject.starts_with("Votre PASS IAE reprend le 1er"));
    assert_eq!(resumes.map(|mail| mail.recipient.as_str()), Some(Persona::Candidate.email()), "{mails:?}");

    let lift = format!("/pass/{id}/suspension/lift");
    let refused = app.browser(Persona::Employer).await.get(&lift).await.is(403);
    assert!(refused.says("Moselle Rénov' a embauché cette personne depuis"), "{}", refused.text());
    other.get(&lift).await.is(200);
}

/// Whoever has no part in the parcours finds nothing to suspend.
#[tokio::test]
async fn a_pass_is_suspended_by_those_of_the_parcours_alone() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    // An application received opens the page of the PASS, not its suspension.
    app.scenario().application().to(world::EI).insert().await;
    app.browser(Persona::OtherEmployer).await.get(&format!("/pass/{id}")).await.is(200);
    for (persona, status) in [
        (Persona::Employer, 200),
        (Persona::EmployerAdmin, 200),
        (Persona::OtherEmployer, 404),
        (Persona::OtherPrescriber, 404),
        (Persona::Orienter, 404),
        (Persona::GeiqEmployer, 404),
        (Persona::Candidate, 403),
        (Persona::Inspector, 403),
        (Persona::Staff, 403),
    ] {
        let browser = app.browser(persona).await;
        let page = browser.get(&format!("/pass/{id}/suspension")).await;
        assert_eq!(page.status, status, "{persona:?}: {page:?}");
    }
    let unknown = format!("/pass/{}/suspension", world::ACI);
    app.browser(Persona::Employer).await.get(&unknown).await.is(404);
    app.ignore_mails();
}
