//! Whoever sent an application reminds the employer of it, once a week at most.

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn an_employer_is_reminded_once_a_week_while_the_application_waits() {
    let app = TestApp::new().await;
    let id = app.scenario().application().sent(TimeDelta::days(6)).insert().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let address = format!("/applications/{id}");
    let page = prescriber.get(&address).await.is(200);
    assert!(
        !page.has_form("reminder") && page.says("Vous pourrez la relancer à partir du"),
        "{}",
        page.text()
    );

    app.advance(TimeDelta::days(2));
    sqlx::query(
        "UPDATE organisations SET phone = '0387000000', email = 'contact@jardins.exemple.fr' WHERE id = $1",
    )
    .bind(world::ACI)
    .execute(app.db())
    .await
    .unwrap();
    let prescriber = app.browser(Persona::Prescriber).await;
    let page = prescriber.get(&address).await.is(200);
    for link in ["tel:0387000000", "mailto:contact@jardins.exemple.fr"] {
        assert!(page.links().contains(&link.to_owned()), "{link}: {:?}", page.links());
    }
    let form = page.form("reminder");
    let done = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(done.flash().as_deref(), Some("Relance envoyée"));
    assert!(done.says("Relancée le") && !done.has_form("reminder"), "{}", done.text());
    let again = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(again.flash().as_deref(), Some("Relance déjà faite"), "a double click is one reminder");

    let mails = app.run_jobs_and_mails().await;
    let mut told: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, [Persona::EmployerAdmin.email(), Persona::Employer.email()], "each active member, once");
    assert!(mails[0].subject.contains("Amel BENALI"), "{}", mails[0].subject);
    assert!(app.audit_trail().await.contains(&"application.reminded".to_owned()));
}

#[tokio::test]
async fn only_whoever_sent_it_reminds_and_never_of_what_is_answered() {
    let app = TestApp::new().await;
    let id = app.scenario().application().sent(TimeDelta::days(20)).insert().await;
    let path = format!("/applications/{id}/reminder");
    for (other, organisation) in [
        (Persona::OtherPrescriber, world::CCAS),
        (Persona::Employer, world::ACI),
        (Persona::OtherEmployer, world::EI),
    ] {
        let acting_for = organisation.to_string();
        app.browser(other).await.post(&path, &[("acting_for", &acting_for)]).await.is(404);
    }
    app.browser(Persona::Candidate).await.post(&path, &[]).await.is(404);

    let colleague = app.browser(Persona::PrescriberAdmin).await;
    let form = colleague.get(&format!("/applications/{id}")).await.is(200).form("reminder");
    let employer = app.browser(Persona::Employer).await;
    let answer = employer.get(&format!("/applications/{id}/postponement")).await.is(200);
    answer.form("main form").fill("answer", "En juin.").submit().await.is(303);
    let refusal = employer.get(&format!("/applications/{id}/refusal")).await.is(200).form("main form");
    let refusal = refusal.fill("reason", "no_position").fill("answer", "Merci.");
    refusal.fill("answer_to_prescriber", "Rappelez au printemps.").submit().await.is(303);
    let late = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(late.flash().as_deref(), Some("Relance inutile"));
    app.ignore_mails();
}

#[tokio::test]
async fn a_person_who_applied_alone_reminds_too() {
    let app = TestApp::new().await;
    let own = app.scenario().application().by(Persona::Candidate).sent(TimeDelta::days(20)).insert().await;
    let candidate = app.browser(Persona::Candidate).await;
    let page = candidate.get(&format!("/applications/{own}")).await.is(200);
    page.form("reminder").submit().await.is(303);
    assert_eq!(app.run_jobs_and_mails().await.len(), 2);
}
