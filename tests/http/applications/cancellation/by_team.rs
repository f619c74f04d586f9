//! The team cancels a hire (rule book 03 §1, 02 ADM-1): the same page and the same rules.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_domain::ids::{ApplicationId, PassId};
use iae_tests::{Persona, TestApp, world};

use super::{hired, hired_elsewhere, hired_long_ago, passes, sound, state};

/// Found by the number of the PASS, read before, done, told to who accepted and who sent, and kept.
#[tokio::test]
async fn the_team_finds_a_hire_by_its_pass_and_cancels_it() {
    let app = TestApp::new().await;
    let id = hired(&app).await;
    app.scenario().application().of(world::OTHER_CANDIDATE).state(StateCode::Accepted).insert().await;
    let pass: PassId = sqlx::query_scalar("SELECT pass_id FROM applications WHERE id = $1")
        .bind(id)
        .fetch_one(app.db())
        .await
        .unwrap();
    let staff = app.browser(Persona::Staff).await;
    for (number, found) in [
        ("99999 00 00001", 1),
        ("999990000001", 1),
        ("99999", 2),
        ("00001", 1),
        ("00003", 0),
        ("_", 0),
        ("999990000009", 0),
    ] {
        let form = staff.get("/applications").await.is(200).form(".filters").fill("pass", number);
        let page = form.submit().await.is(200);
        assert_eq!(page.all("tbody tr").len(), found, "{number}");
        assert_eq!(page.value("pass").as_deref(), Some(number), "what was typed stays");
    }
    let list = staff.get("/applications?pass=999990000001").await.is(200);
    let address = format!("/applications/{id}");
    assert!(list.links().contains(&address), "{:?}", list.links());
    let page = staff.get(&address).await.is(200);
    assert!(page.links().contains(&format!("/pass/{pass}")), "{:?}", page.links());
    let page = page.click("Annuler l’embauche").await.is(200);
    for said in
        ["est supprimé : cette embauche est la seule", "Qui avait accepté la candidature dans la structure"]
    {
        assert!(page.says(said), "{said}: {}", page.text());
    }
    assert_eq!(passes(&app).await.len(), 2, "reading writes nothing");
    let form = page.form("#cancellation").press("Annuler l’embauche");
    let done = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(done.flash().as_deref(), Some("Embauche annulée"));
    assert!(done.says("L’équipe du service a annulé cette embauche"), "{}", done.text());
    assert_eq!(
        (passes(&app).await, state(&app, id).await),
        (vec!["999990000002".into()], "cancelled".into())
    );

    let mails = app.run_jobs_and_mails().await;
    let told: BTreeSet<_> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    let expected = BTreeSet::from([Persona::EmployerAdmin.email(), Persona::Prescriber.email()]);
    assert_eq!(told, expected, "§4.12: who accepted and the sender; never the person, nor the team itself");
    assert!(mails.iter().all(|mail| mail.text_body.contains("L’équipe du service a annulé")), "{mails:?}");
    let kept: (String, Option<uuid::Uuid>) = sqlx::query_as(
        "SELECT actor_kind, actor_id FROM audit_events WHERE action = 'application.cancelled'",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(kept, ("staff".to_owned(), Some(world::STAFF.0)));
    let again = form.submit().await.is(409);
    assert!(again.says("Vous avez déjà traité cette candidature"), "{}", again.text());
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}")).await.is(200);
    assert!(page.says("L’équipe du service a annulé cette embauche"), "{}", page.text());
    assert!(!page.says("Sofia MARTIN"), "the team is named as such: {}", page.text());
    let gone = employer.get(&format!("/pass/{pass}")).await.is(409);
    assert!(gone.says("par l’équipe du service") && !gone.says("Sofia"), "{}", gone.text());
    sound(&app).await;
}

/// What changed since it was shown is shown again; a company that acted first is named.
#[tokio::test]
async fn the_team_and_the_company_wait_for_each_other() {
    let app = TestApp::new().await;
    let (first, second) = (hired(&app).await, hired_elsewhere(&app).await);
    let shown = async |persona, id: ApplicationId| {
        let page = app.browser(persona).await.get(&format!("/applications/{id}/cancellation")).await.is(200);
        page.form("#cancellation").press("Annuler l’embauche")
    };
    let (team, company) = (shown(Persona::Staff, first).await, shown(Persona::Employer, first).await);
    let stale = shown(Persona::Staff, second).await;
    team.submit().await.is(303);
    let late = company.submit().await.is(409);
    assert!(late.says("L’équipe du service a traité cette candidature"), "{}", late.text());
    let again = stale.submit().await.is(409);
    assert!(again.says("n’est plus comme il était"), "{}", again.text());
    again.form("#cancellation").press("Annuler l’embauche").submit().await.is(303);
    assert!(passes(&app).await.is_empty());
    sound(&app).await;
    app.run_jobs().await;
    app.ignore_mails();
}

/// VIS-1 limits the company, not the team.
#[tokio::test]
async fn an_old_hire_stays_before_the_eyes_of_the_team() {
    let app = TestApp::new().await;
    let id = hired_long_ago(&app).await;
    app.advance(TimeDelta::hours(1));
    let staff = app.browser(Persona::Staff).await;
    let page = staff.get(&format!("/applications/{id}/cancellation")).await.is(200);
    assert!(page.says("ne sera plus visible de la structure"), "{}", page.text());
    let done = page.form("#cancellation").press("Annuler l’embauche").submit().await.is(303);
    assert_eq!(done.location().as_deref(), Some(format!("/applications/{id}").as_str()));
    done.follow().await.is(200);
    app.run_jobs().await;
    app.ignore_mails();
}
