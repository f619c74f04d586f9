//! What goes with a cancelled hire, what stays, and who is told (rule book 03 §4.7, §4.12, §5.7).

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use iae_domain::applications::StateCode;
use iae_domain::eligibility::Criterion;
use iae_domain::ids::{ApplicationId, PassId};
use iae_tests::{Persona, TestApp, world};

use super::{cancellation, hired, hired_elsewhere, sound};
use crate::emails::every_mail::hire;

/// What was prolonged and what waits go with the PASS, and are said before; the prescriber whose answer was awaited is told,
/// and reads why there is nothing to answer any more.
#[tokio::test]
async fn prolongations_and_requests_go_with_the_pass() {
    let app = TestApp::new().await;
    let pass = crate::prolongations::hired(&app).await;
    let granted = crate::prolongations::asked(&app, pass).await;
    let page = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{granted}")).await.is(200);
    page.form("#grant").submit().await.is(303);
    let pending = crate::prolongations::asked(&app, pass).await;
    app.run_jobs_and_mails().await;
    let answers = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{pending}")).await;
    let grants = answers.is(200).form("#grant");
    let id: ApplicationId = sqlx::query_scalar("SELECT id FROM applications WHERE state = 'accepted'")
        .fetch_one(app.db())
        .await
        .unwrap();
    let page =
        app.browser(Persona::Employer).await.get(&format!("/applications/{id}/cancellation")).await.is(200);
    assert!(page.says("Avec lui : 1 prolongation, 1 demande de prolongation en attente."), "{}", page.text());
    page.form("#cancellation").press("Annuler l’embauche").submit().await.is(303);
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM prolongation_requests").fetch_one(app.db()).await.unwrap();
    assert_eq!(left, 0);
    let mails = app.run_jobs_and_mails().await;
    let told: Vec<_> =
        mails.iter().filter(|mail| mail.subject.contains("Plus de réponse à donner")).collect();
    assert_eq!(told.len(), 1, "the one that waited, not the one that was answered: {mails:?}");
    assert_eq!(told[0].recipient, Persona::Prescriber.email());
    assert!(told[0].text_body.contains(&format!("/prolongations/{pending}")), "{}", told[0].text_body);
    let refused = grants.submit().await.is(409);
    assert!(refused.says("a été supprimé le"), "{}", refused.text());
    for request in [pending, granted] {
        for (persona, status) in
            [(Persona::Prescriber, 409), (Persona::PrescriberAdmin, 409), (Persona::OtherPrescriber, 404)]
        {
            let page = app.browser(persona).await.get(&format!("/prolongations/{request}")).await.is(status);
            assert_eq!(page.says("a été supprimé le"), status == 409, "{persona:?}: {}", page.text());
        }
    }
    sound(&app).await;
}

/// The notice of a cancelled PASS is for all those who could read it: a company whose own hire was cancelled before, or that
/// received an application of the person.
#[tokio::test]
async fn those_who_read_the_pass_are_told_that_it_is_no_more() {
    let app = TestApp::new().await;
    let (first, second) = (hired(&app).await, hired_elsewhere(&app).await);
    let pass: PassId = sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap();
    cancellation(&app, Persona::Employer, first).await.submit().await.is(303);
    app.browser(Persona::Employer).await.get(&format!("/pass/{pass}")).await.is(200);
    cancellation(&app, Persona::OtherEmployer, second).await.submit().await.is(303);
    for persona in [Persona::Employer, Persona::OtherEmployer, Persona::Prescriber, Persona::Candidate] {
        let page = app.browser(persona).await.get(&format!("/pass/{pass}")).await.is(409);
        assert!(page.says("a été supprimé le"), "{persona:?}: {}", page.text());
        let opens_it = page.links().contains(&format!("/applications/{second}"));
        assert_eq!(opens_it, persona != Persona::Employer, "{persona:?}: of the hire that was cancelled");
    }
    app.browser(Persona::GeiqEmployer).await.get(&format!("/pass/{pass}")).await.is(404);
    app.run_jobs_and_mails().await;
}

/// §5.7, §4.12: the rule book gives nothing back. A suspension that the cancelled hire had ended stays ended: it is said before,
/// and on the PASS afterwards, until something else is declared.
#[tokio::test]
async fn a_suspension_ended_by_a_cancelled_hire_stays_ended_and_says_so() {
    let app = TestApp::new().await;
    let _first = hired(&app).await;
    let pass: PassId = sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap();
    app.advance(TimeDelta::days(10));
    let today = app.today();
    let suspension =
        app.scenario().suspension().over(today - TimeDelta::days(5), today + TimeDelta::days(90));
    suspension.insert().await;
    let again = app.scenario().application().by(Persona::Prescriber).insert().await;
    hire(&app, again).await;
    let eve: NaiveDate =
        sqlx::query_scalar("SELECT ends_on FROM suspensions").fetch_one(app.db()).await.unwrap();
    let end: NaiveDate = sqlx::query_scalar("SELECT ends_on FROM passes").fetch_one(app.db()).await.unwrap();
    assert_eq!(eve, today + TimeDelta::days(6), "ended on the eve of the contract");
    let employer = app.browser(Persona::Employer).await;
    let read = employer.get(&format!("/pass/{pass}")).await.is(200);
    assert!(!read.says("avait pris fin par une embauche"), "{}", read.text());
    let page = employer.get(&format!("/applications/{again}/cancellation")).await.is(200);
    let said =
        "Cette embauche avait mis fin à la suspension du PASS IAE, le 20 mai 2026 : elle reste terminée";
    assert!(page.says(said), "{}", page.text());
    page.form("#cancellation").press("Annuler l’embauche").submit().await.is(303);
    let kept: (NaiveDate, NaiveDate) =
        sqlx::query_as("SELECT s.ends_on, p.ends_on FROM suspensions s JOIN passes p ON p.id = s.pass_id")
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(kept, (eve, end), "nothing is lengthened in silence");
    for persona in [Persona::Employer, Persona::Candidate, Persona::Prescriber] {
        let page = app.browser(persona).await.get(&format!("/pass/{pass}")).await.is(200);
        let said =
            "La suspension qui s’arrête le 20 mai 2026 avait pris fin par une embauche, annulée depuis";
        assert!(page.says(said), "{persona:?}: {}", page.text());
    }
    sound(&app).await;
    app.run_jobs().await;
    app.ignore_mails();
}

/// §4.7: a PASS not yet started waited for the first of its contracts; once that hire is cancelled it starts with the earliest
/// that is left, for as many days.
#[tokio::test]
async fn a_pass_that_has_not_started_moves_to_the_earliest_contract_left() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().insert().await;
    let first = app.scenario().application().insert().await;
    hire(&app, first).await;
    for (company, days) in [(Persona::OtherEmployer, 30), (Persona::OtherEmployer, 20)] {
        let id = app.scenario().application().to(world::EI).by(Persona::Prescriber).insert().await;
        let page = app.browser(company).await.get(&format!("/applications/{id}/acceptance")).await.is(200);
        let start = app.today() + TimeDelta::days(days);
        let form = page.form("main form").fill("starts_on", &start.to_string());
        let recap = form.fill("answer", "À bientôt.").press("review").submit().await.is(200);
        recap.form("main form").press("confirm").submit().await.is(303);
    }
    let days = async || -> (NaiveDate, NaiveDate) {
        sqlx::query_as("SELECT starts_on, ends_on FROM passes").fetch_one(app.db()).await.unwrap()
    };
    let start = app.today() + TimeDelta::days(7);
    assert_eq!(days().await, (start, start + TimeDelta::days(729)));
    let form = cancellation(&app, Persona::Employer, first).await;
    form.submit().await.is(303);
    let start = app.today() + TimeDelta::days(20);
    assert_eq!(days().await, (start, start + TimeDelta::days(729)));
    sound(&app).await;
    app.run_jobs().await;
    app.ignore_mails();
}

/// 03 §2.7, 04 §1.5: a hire under the PASS of another SIAE is no auto-prescription. Once the hire that was one is cancelled, the DDETS
/// has nothing to read of it, and the SIAE that stays is charged with nothing, nor reads what the other declared.
#[tokio::test]
async fn what_an_siae_prescribed_to_itself_is_never_that_of_another() {
    let app = TestApp::new().await;
    let of = world::OTHER_CANDIDATE;
    let diagnosis = app.scenario().diagnosis().of(of).by(Persona::Employer);
    diagnosis.criteria(&[Criterion::Rsa]).insert().await;
    let first = app.scenario().application().of(of).state(StateCode::Accepted).insert().await;
    let second = app.scenario().application().of(of).to(world::EI).by(Persona::OtherEmployer);
    let second = second.state(StateCode::Accepted).insert().await;
    sqlx::query("UPDATE organisations SET department_code = '57' WHERE id = $1")
        .bind(world::EI)
        .execute(app.db())
        .await
        .unwrap();
    let links = async || {
        let page = app.browser(Persona::Inspector).await.get("/self-prescriptions").await.is(200);
        let own = |link: &String| link.starts_with("/self-prescriptions/0");
        page.links().into_iter().filter(own).collect::<BTreeSet<_>>()
    };
    assert_eq!(links().await, BTreeSet::from([format!("/self-prescriptions/{first}")]));
    cancellation(&app, Persona::Employer, first).await.submit().await.is(303);
    assert!(links().await.is_empty());
    let page =
        app.browser(Persona::OtherEmployer).await.get(&format!("/applications/{second}")).await.is(200);
    assert!(!page.says("Bénéficiaire du RSA"), "{}", page.text());
    sound(&app).await;
    app.run_jobs_and_mails().await;
}

/// What is cancelled is counted by nobody any more: neither the list of PASS, nor what the DDETS controls.
#[tokio::test]
async fn a_cancelled_hire_is_counted_nowhere() {
    let app = TestApp::new().await;
    let of = world::OTHER_CANDIDATE;
    let diagnosis = app.scenario().diagnosis().of(of).by(Persona::Employer);
    diagnosis.criteria(&[Criterion::Rsa]).insert().await;
    let id = app.scenario().application().of(of).state(StateCode::Accepted).insert().await;
    let rows = async |persona, address: &str| {
        app.browser(persona).await.get(address).await.is(200).all("tbody tr").len()
    };
    assert_eq!(rows(Persona::Inspector, "/self-prescriptions").await, 1);
    assert_eq!(rows(Persona::Employer, "/pass").await, 1);
    cancellation(&app, Persona::Employer, id).await.submit().await.is(303);
    assert_eq!(rows(Persona::Inspector, "/self-prescriptions").await, 0);
    assert_eq!(rows(Persona::Employer, "/pass").await, 0);
    assert_eq!(rows(Persona::Employer, "/applications?state=cancelled").await, 1);
    assert_eq!(rows(Persona::Employer, "/applications?state=accepted").await, 0);
    app.run_jobs_and_mails().await;
}
