//! How often invitations leave: once, whatever is clicked; fifty at most at a time; never as a way through a list of addresses
//! (INV-3, INV-4, INV-12).

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp, world};

use super::invitations::{expire, invite, pasted};
use super::members::{membership, standing};

/// A double click sends one invitation a person; what was read again may be changed, and nothing typed is lost.
#[tokio::test]
async fn a_form_sent_twice_invites_once() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    let lines = "Petit;Nadia;nadia.petit@exemple.fr\nWeber;Claire;claire@ml.exemple.fr";
    let recap = pasted(&browser, lines).await.is(200);
    let changed = recap.form("#invitations").press("edit").submit().await.is(200);
    assert!(changed.value("pasted").unwrap().lines().eq(lines.lines()), "{:?}", changed.value("pasted"));
    assert!(changed.errors().is_empty(), "{:?}", changed.errors());

    let form = recap.form("#invitations").press("confirm");
    let (one, other) = tokio::join!(form.submit(), form.submit());
    assert_eq!([one.status.as_u16(), other.status.as_u16()], [303, 303]);
    assert_eq!(app.run_jobs_and_mails().await.len(), 2, "one mail a person");
    assert_eq!(app.audit_trail().await, ["invitation.sent", "invitation.sent"]);
    let again =
        pasted(&browser, "Roux;Léa;lea@ml.exemple.fr\nWeber;Claire;claire@ml.exemple.fr").await.is(422);
    assert!(
        again.error("pasted").unwrap().contains("Ligne 2 : vous venez d’inviter"),
        "{:?}",
        again.errors()
    );
}

/// INV-4: whom an invitation waits for may be invited again. It is said before; and nothing is said to have left that did not.
#[tokio::test]
async fn an_invitation_that_waits_is_said_before_another_leaves() {
    let app = TestApp::new().await;
    let guest = Persona::NoOrganisation.email();
    invite(&app, Persona::Employer, guest).await;
    let browser = app.browser(Persona::Employer).await;
    let line = format!("Petit;Nadia;{guest}");
    let soon = pasted(&browser, &line).await.is(422);
    assert!(soon.error("pasted").unwrap().contains("vous venez d’inviter"), "{:?}", soon.errors());
    app.advance(TimeDelta::minutes(11));
    let recap = pasted(&browser, &line).await.is(200);
    assert!(recap.says("Déjà invitée le 4 mai 2026 à 11 h 00 par Émile SCHMITT"), "{}", recap.text());
    assert!(recap.link("renvoyer le premier").ends_with("/members#invitations"));
    recap.form("#invitations").press("confirm").submit().await.is(303);
    assert_eq!(app.run_jobs_and_mails().await.len(), 1, "a second link leaves");
}

/// INV-3: one that expired takes a place again.
#[tokio::test]
async fn an_expired_invitation_is_sent_again_where_there_is_a_place() {
    let app = TestApp::new().await;
    invite(&app, Persona::Employer, Persona::NoOrganisation.email()).await;
    expire(&app).await;
    let page = app.browser(Persona::EmployerAdmin).await.get("/members").await.is(200);
    assert!(page.says("Expirée"), "{}", page.text());
    let fifty: String = (0..50).map(|n| format!("Weber;Claire;c{n}@ml.exemple.fr\n")).collect();
    let recap = pasted(&app.browser(Persona::Employer).await, &fifty).await.is(200);
    recap.form("#invitations").press("confirm").submit().await.is(303);
    assert_eq!(app.run_jobs_and_mails().await.len(), 50);
    let full = page.form("sending").submit().await.is(303).follow().await;
    assert_eq!(full.flash().as_deref(), Some("Cinquante invitations attendent déjà"));
    let gone = page.click("Annuler").await.is(200).form("revocation").submit().await.is(303).follow().await;
    assert_eq!(gone.flash().as_deref(), Some("Invitation annulée"), "it leaves the list");
    assert!(!gone.says("Expirée"), "{}", gone.text());
}

/// INV-12: nobody invites in the name of whoever left, even by an invitation that had expired.
#[tokio::test]
async fn what_somebody_who_left_had_sent_is_not_sent_again() {
    let app = TestApp::new().await;
    invite(&app, Persona::Employer, Persona::NoOrganisation.email()).await;
    expire(&app).await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    let before = admin.get("/members").await.is(200).form("sending");
    let id = membership(&app, Persona::Employer, world::ACI).await;
    let page = admin.get(&format!("/members/{id}/departure")).await.is(200);
    page.form("departure").submit().await.is(303);
    assert!(!admin.get("/members").await.is(200).has_form("sending"));
    let late = before.submit().await.is(303).follow().await;
    assert_eq!(late.flash().as_deref(), Some("L’invitation ne sert déjà plus"));
    let mails = app.run_jobs_and_mails().await;
    assert!(mails.iter().all(|mail| mail.recipient == Persona::Employer.email()), "{}", mails.len());
}

/// INV-4 tells that an address is a candidate's: each such answer counts as a look-up, and there is an end to them.
#[tokio::test]
async fn nobody_goes_through_a_list_of_addresses_by_inviting_them() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Employer).await;
    let line = format!("Benali;Amel;{}", Persona::Candidate.email());
    pasted(&browser, &line).await.is(422);
    assert_eq!(app.audit_trail().await, ["account.looked_up"]);
    sqlx::query(
        "INSERT INTO spendings (id, budget, user_id, organisation_id, at, is_told)
         SELECT gen_random_uuid(), 'look_up', $1, $2, $3, false
         FROM generate_series(1, 29)",
    )
    .bind(Persona::Employer.user())
    .bind(world::ACI)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    let limited = pasted(&browser, &line).await.is(429);
    assert!(limited.says("recherché beaucoup de personnes"), "{}", limited.text());
    assert!(!limited.says("ne peut pas être invitée"), "it is not answered");
    assert_eq!(limited.value("pasted").as_deref(), Some(line.as_str()), "what was pasted stays");
    let colleague = format!("Thiry;Adèle;{}", Persona::EmployerAdmin.email());
    pasted(&browser, &colleague).await.is(422);
}

/// INV-7, INV-10: whoever receives a link that served already is told no more than before it did, and joins nothing.
#[tokio::test]
async fn an_invitation_that_served_lets_nobody_else_in() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let link = invite(&app, Persona::Employer, Persona::NoOrganisation.email()).await;
    let page = app.browser(Persona::NoOrganisation).await.get(&link).await.is(200);
    page.form("acceptance").submit().await.is(303);
    app.run_jobs().await;
    let (path, token) = link.split_once("?token=").unwrap();
    for persona in [Persona::OtherEmployer, Persona::OtherPrescriber] {
        let browser = app.browser(persona).await;
        let read = browser.get(&link).await.is(403);
        assert!(read.says("pour une autre adresse"), "{}", read.text());
        browser.post(&format!("{path}/acceptance"), &[("token", token)]).await.is(403);
        assert_eq!(standing(&app, persona, world::ACI).await, (false, false), "{persona:?}");
    }
    let late = app.visitor().get(&link).await.is(410);
    assert!(!late.has_form("acceptance"), "{}", late.text());
    let joined = app.audit_trail().await.into_iter().filter(|action| action == "organisation.member_joined");
    assert_eq!(joined.count(), 1);
}
