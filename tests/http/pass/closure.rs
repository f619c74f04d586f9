//! A PASS is closed after more than a year of suspension (rule book 03 §4.13, §12 X2; D7).

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp};

use super::suspensions::{day, hired, longer_ago, stored};

#[tokio::test]
async fn a_prescriber_closes_a_pass_suspended_for_more_than_a_year_and_the_person_is_told() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    app.scenario().suspension().insert().await;
    let address = format!("/pass/{id}/closure");
    longer_ago(&app, 365).await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let early = prescriber.get(&address).await.is(409);
    assert!(early.says("à partir du 4 juin 2026"), "from when: {}", early.text());
    app.advance(TimeDelta::days(1));
    let prescriber = app.browser(Persona::Prescriber).await;
    let page =
        prescriber.get(&format!("/pass/{id}")).await.is(200).click("Clôturer le PASS IAE").await.is(200);
    let form = page.form("#closure");
    assert!(form.submit().await.is(422).error("reason").is_some());
    let recap = form.fill("reason", "works_elsewhere").submit().await.is(200);
    assert!(recap.says("4 juin 2026 (avant : 2 mai 2030)"), "{}", recap.text());
    assert_eq!(stored(&app).await.0, day("2030-05-02"), "the recap writes nothing");
    let confirms = recap.form("#recap").press("Clôturer le PASS IAE");
    let page = confirms.submit().await.is(303).follow().await.is(200);
    assert_eq!(page.flash().as_deref(), Some("PASS IAE clôturé"));
    assert!(
        page.says("Mission locale du pays messin a clôturé ce PASS IAE le 4 juin 2026"),
        "{}",
        page.text()
    );
    assert_eq!(stored(&app).await, (day("2026-06-04"), vec![(day("2025-06-03"), day("2026-06-04"))]));
    confirms.submit().await.is(409);

    let mails = app.run_jobs_and_mails().await;
    let told = mails.iter().find(|mail| mail.recipient == Persona::Candidate.email()).unwrap();
    assert_eq!(told.subject, "Votre PASS IAE est clôturé");
    for said in
        ["Le 4 juin 2026, Paul HOFFMANN", "travaille hors de l’insertion", "jusqu’au 4 juin 2028 compris"]
    {
        assert!(told.text_body.contains(said), "{said}: {}", told.text_body);
    }
    assert_eq!(mails.len(), 3, "and the two members of the last SIAE: {mails:?}");
    // It cannot be suspended any more, though its last day is today.
    app.browser(Persona::Employer).await.get(&format!("/pass/{id}/suspension")).await.is(409);
    app.advance(TimeDelta::days(1));
    let page = app.browser(Persona::Employer).await.get(&format!("/pass/{id}")).await.is(200);
    assert!(page.says("s’est terminé le 4 juin 2026"), "{}", page.text());
}

/// Those of the parcours close it, nobody else; and never before a year of suspension.
#[tokio::test]
async fn a_pass_that_was_not_suspended_for_a_year_is_not_closed() {
    let app = TestApp::new().await;
    let id = hired(&app, 0).await;
    let address = format!("/pass/{id}/closure");
    for (persona, status) in [
        (Persona::Employer, 409),
        (Persona::Prescriber, 409),
        (Persona::OtherEmployer, 404),
        (Persona::OtherPrescriber, 404),
        (Persona::Candidate, 403),
        (Persona::Staff, 403),
    ] {
        assert_eq!(app.browser(persona).await.get(&address).await.status, status, "{persona:?}");
    }
    let organisation = Persona::Employer.organisation().unwrap().to_string();
    let forged = [
        ("acting_for", organisation.as_str()),
        ("reason", "other"),
        ("step", "confirm"),
        ("seen", "2028-05-02"),
    ];
    app.browser(Persona::Employer).await.post(&address, &forged).await.is(409);
    assert_eq!(stored(&app).await.0, day("2028-05-02"), "nor on its first day");
}
