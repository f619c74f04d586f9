//! An employer cancels a hire made by mistake (rule book 02 §7.1, 03 §4.12).

mod at_once;
mod by_team;
mod what_stays;

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use iae_app::doctor::examine;
use iae_domain::applications::StateCode;
use iae_domain::ids::{ApplicationId, PassId};
use iae_tests::{Form, Persona, TestApp, world};

/// Hired by the ACI today, with a PASS.
async fn hired(app: &TestApp) -> ApplicationId {
    app.scenario().application().state(StateCode::Accepted).insert().await
}

/// Hired by the EI too, under the same PASS.
async fn hired_elsewhere(app: &TestApp) -> ApplicationId {
    let again = app.scenario().application().to(world::EI).by(Persona::Prescriber);
    again.state(StateCode::Accepted).insert().await
}

/// Hired, by an application older than what a company sees of those that are no hire (VIS-1).
async fn hired_long_ago(app: &TestApp) -> ApplicationId {
    let id = hired(app).await;
    sqlx::query("UPDATE applications SET submitted_at = submitted_at - interval '731 days' WHERE id = $1")
        .bind(id)
        .execute(app.db())
        .await
        .unwrap();
    id
}

async fn cancellation(app: &TestApp, persona: Persona, id: ApplicationId) -> Form {
    let page = app.browser(persona).await.get(&format!("/applications/{id}/cancellation")).await.is(200);
    page.form("#cancellation").press("Annuler l’embauche")
}

async fn passes(app: &TestApp) -> Vec<String> {
    sqlx::query_scalar("SELECT number FROM passes ORDER BY number").fetch_all(app.db()).await.unwrap()
}

async fn state(app: &TestApp, id: ApplicationId) -> String {
    let state = sqlx::query_scalar("SELECT state FROM applications WHERE id = $1").bind(id);
    state.fetch_one(app.db()).await.unwrap()
}

/// Nothing that `iae doctor` looks at is out of order.
async fn sound(app: &TestApp) {
    let mut found = vec![];
    examine(app.db(), |finding| found.push(finding)).await.unwrap();
    assert!(found.is_empty(), "{found:?}");
}

/// The story: found from the PASS, read before, done, told, and kept.
#[tokio::test]
async fn the_only_hire_takes_its_pass_away_and_says_so_first() {
    let app = TestApp::new().await;
    let id = hired(&app).await;
    let employer = app.browser(Persona::Employer).await;
    let pass: PassId = sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap();
    app.advance(TimeDelta::days(10));
    app.scenario().suspension().insert().await;
    let employer_again = app.browser(Persona::Employer).await;
    let page = employer_again.get(&format!("/pass/{pass}")).await.is(200);
    let page = page.click("Annuler l’embauche du 4 mai 2026").await.is(200);
    for said in [
        "99999 00 00001 (du 4 mai 2026 au",
        "est supprimé : cette embauche est la seule qui repose sur lui",
        "Avec lui : 1 suspension",
        "Si la personne a travaillé, n’annulez pas",
        "Paul HOFFMANN, qui avait envoyé la candidature",
        "La personne n’en reçoit pas",
        "garde sa propre durée de validité",
    ] {
        assert!(page.says(said), "{said}: {}", page.text());
    }
    assert_eq!(passes(&app).await.len(), 1, "reading writes nothing");
    let form = page.form("#cancellation").press("Annuler l’embauche");
    let done = form.submit().await.is(303);
    assert!(done.statements.len() <= 24, "{}: {:?}", done.statements.len(), done.statements);
    let done = done.follow().await.is(200);
    assert_eq!(done.flash().as_deref(), Some("Embauche annulée"));
    assert!(
        done.says("Le PASS IAE 99999 00 00001, qui ne servait qu’à elle, est supprimé"),
        "{}",
        done.text()
    );
    assert_eq!((passes(&app).await, state(&app, id).await), (vec![], "cancelled".to_owned()));

    let left: (i64, i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM suspensions), (SELECT count(*) FROM applications
                 WHERE pass_id IS NOT NULL OR diagnosis_id IS NOT NULL OR hiring_starts_on IS NOT NULL),
                (SELECT count(*) FROM eligibility_diagnoses)",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(left, (0, 0, 1), "the diagnosis stays, with its own validity");
    let archive: (String, NaiveDate, String, Option<String>, Option<NaiveDate>, String, String) = sqlx::query_as(
        "SELECT number, starts_on, last_name, nir, birth_date, origin_siret, france_travail_status FROM cancelled_passes",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    let (nir, born, siret): (Option<String>, Option<NaiveDate>, String) = sqlx::query_as(
        "SELECT c.nir, c.birth_date, o.siret FROM candidates c, organisations o WHERE c.id = $1 AND o.id = $2",
    )
    .bind(world::CANDIDATE)
    .bind(world::ACI)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!((archive.0.as_str(), archive.1), ("999990000001", "2026-05-04".parse().unwrap()));
    assert_eq!((archive.3, archive.4, archive.5), (nir, born, siret), "as they were that day");
    assert_eq!((archive.2.to_uppercase().as_str(), archive.6.as_str()), ("BENALI", "pending"));

    let mails = app.run_jobs_and_mails().await;
    let told: BTreeSet<_> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    let expected = BTreeSet::from([Persona::Employer.email(), Persona::Prescriber.email()]);
    assert_eq!(told, expected, "CAN-4: who cancels and who sent, never the person");
    let trail = app.audit_trail().await;
    for action in ["application.cancelled", "pass.cancelled"] {
        assert_eq!(trail.iter().filter(|done| *done == action).count(), 1, "{action}");
    }
    sound(&app).await;

    // The second click is told what the first did, and so is whoever comes back to the PASS.
    let again = form.submit().await.is(409);
    assert!(
        again.says("Vous avez déjà traité cette candidature") && again.says("Embauche annulée"),
        "{}",
        again.text()
    );
    let gone = employer.get(&format!("/pass/{pass}")).await;
    let gone =
        if gone.status == 409 { gone } else { employer_again.get(&format!("/pass/{pass}")).await.is(409) };
    assert!(gone.says("Le PASS IAE 99999 00 00001 a été supprimé le 14 mai 2026"), "{}", gone.text());
    assert!(
        gone.says("Ce PASS IAE est supprimé") && !gone.says("entre-temps"),
        "nothing was asked but the page"
    );
    let own = app.browser(Persona::Candidate).await;
    own.get(&format!("/pass/{pass}/certificate")).await.is(409);
    assert!(own.get(&format!("/pass/{pass}")).await.is(409).says("il ne vaut plus"));
    for stranger in [Persona::OtherEmployer, Persona::OtherPrescriber, Persona::OtherCandidate] {
        app.browser(stranger).await.get(&format!("/pass/{pass}")).await.is(404);
    }
    let page = own.get(&format!("/applications/{id}")).await.is(200);
    assert!(page.says("Les Jardins de la Seille a annulé cette embauche le 14 mai 2026"), "{}", page.text());
    let history = page.all(".history li").join(" ");
    assert!(history.contains("Embauche annulée"), "{history}");
}

/// CAN-6, ACC-35: the person is accepted again, and the number that went is never given again.
#[tokio::test]
async fn a_new_hire_takes_a_new_pass_and_a_new_number() {
    let app = TestApp::new().await;
    let id = hired(&app).await;
    cancellation(&app, Persona::EmployerAdmin, id).await.submit().await.is(303);
    app.run_jobs_and_mails().await;
    crate::emails::every_mail::hire(&app, id).await;
    assert_eq!(passes(&app).await, ["999990000002"]);
    sound(&app).await;
    cancellation(&app, Persona::Employer, id).await.submit().await.is(303);
    let kept: Vec<String> = sqlx::query_scalar("SELECT number FROM cancelled_passes ORDER BY number")
        .fetch_all(app.db())
        .await
        .unwrap();
    assert_eq!(kept, ["999990000001", "999990000002"]);
    let page = app.browser(Persona::Employer).await.get(&format!("/applications/{id}")).await.is(200);
    assert!(page.says("99999 00 00002, qui ne servait qu’à elle"), "the last one: {}", page.text());
    sound(&app).await;
    app.ignore_mails();
    app.ignore_jobs();
}

/// CAN-2: with two hires the PASS stays, then goes with the last.
#[tokio::test]
async fn a_pass_two_hires_rest_on_stays_until_the_last_goes() {
    let app = TestApp::new().await;
    let (first, second) = (hired(&app).await, hired_elsewhere(&app).await);
    let page = app.browser(Persona::Employer).await.get(&format!("/applications/{first}/cancellation")).await;
    assert!(page.is(200).says("est conservé, avec ses dates : 1 autre embauche repose sur lui"));
    // The page of the other company, opened before: what it says is no longer so once the first is done.
    let stale = cancellation(&app, Persona::OtherEmployer, second).await;
    cancellation(&app, Persona::Employer, first).await.submit().await.is(303);
    assert_eq!(passes(&app).await.len(), 1);
    assert_eq!(
        (state(&app, first).await, state(&app, second).await),
        ("cancelled".into(), "accepted".into())
    );
    let mails = app.run_jobs_and_mails().await;
    assert!(mails.iter().all(|mail| mail.text_body.contains("ne supprime aucun PASS IAE")), "{mails:?}");
    sound(&app).await;

    let asked = stale.submit().await.is(409);
    assert!(asked.says("n’est plus comme il était"), "{}", asked.text());
    assert!(asked.says("cette embauche est la seule qui repose sur lui"), "{}", asked.text());
    assert_eq!(passes(&app).await.len(), 1, "asked again first (D32)");
    asked.form("#cancellation").press("Annuler l’embauche").submit().await.is(303);
    assert!(passes(&app).await.is_empty());
    sound(&app).await;
    app.ignore_mails();
    app.ignore_jobs();
}

/// ACL-1, ACL-2: the company of the hire, its members, and nobody else but the team.
#[tokio::test]
async fn a_hire_is_cancelled_by_its_company_alone() {
    let app = TestApp::new().await;
    let id = hired(&app).await;
    let address = format!("/applications/{id}/cancellation");
    for (persona, status) in [
        (Persona::OtherEmployer, 404),
        (Persona::GeiqEmployer, 404),
        (Persona::Prescriber, 403),
        (Persona::Candidate, 403),
        (Persona::Inspector, 403),
    ] {
        let browser = app.browser(persona).await;
        assert_eq!(browser.get(&address).await.status, status, "{persona:?}");
        let acting_for = persona.organisation().map(|id| id.to_string()).unwrap_or_default();
        let forged = [
            ("acting_for", acting_for.as_str()),
            ("seen", "accepted"),
            ("pass", "deleted"),
            ("pass_end", "2028-05-02"),
        ];
        assert_eq!(browser.post(&address, &forged).await.status, status, "{persona:?}");
    }
    assert_eq!(state(&app, id).await, "accepted");
    // What is not said is shown first; what was never a hire is not cancelled.
    let organisation = world::ACI.to_string();
    let employer = app.browser(Persona::Employer).await;
    employer.post(&address, &[("acting_for", &organisation)]).await.is(409);
    let pending = app.scenario().application().of(world::OTHER_CANDIDATE).insert().await;
    employer.get(&format!("/applications/{pending}/cancellation")).await.is(409);
    assert_eq!(state(&app, id).await, "accepted");
}

/// ACC-33: no PASS, nothing to say of one.
#[tokio::test]
async fn a_geiq_cancels_a_hire_without_pass() {
    let app = TestApp::new().await;
    let id = app.scenario().application().to(world::GEIQ).state(StateCode::Accepted).insert().await;
    let page =
        app.browser(Persona::GeiqEmployer).await.get(&format!("/applications/{id}/cancellation")).await;
    let page = page.is(200);
    assert!(
        !page.says("PASS IAE 9") && page.says("N’annulez que si la personne n’a pas commencé"),
        "{}",
        page.text()
    );
    page.form("#cancellation").press("Annuler l’embauche").submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    assert!(mails.iter().all(|mail| !mail.text_body.contains("PASS IAE")), "{mails:?}");
    assert_eq!(state(&app, id).await, "cancelled");
}

/// CAN-5: what is older than two years leaves the company once it is no hire any more (VIS-1).
#[tokio::test]
async fn an_old_application_leaves_with_its_hire_and_says_so() {
    let app = TestApp::new().await;
    let id = hired_long_ago(&app).await;
    let page =
        app.browser(Persona::Employer).await.get(&format!("/applications/{id}/cancellation")).await.is(200);
    assert!(page.says("ne vous sera plus visible"), "{}", page.text());
    let done = page.form("#cancellation").press("Annuler l’embauche").submit().await.is(303);
    assert_eq!(done.location().as_deref(), Some("/applications"));
    app.browser(Persona::Employer).await.get(&format!("/applications/{id}")).await.is(404);
    app.run_jobs_and_mails().await;
}
