//! The invitations of all organisations, for the team (rule book 01 §13).

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::ids::{OrganisationId, UserId};
use iae_tests::{Page, Persona, TestApp, world};
use uuid::Uuid;

const WAITS: Uuid = Uuid::from_u128(0xA1);
const EXPIRED: Uuid = Uuid::from_u128(0xA2);
const ACCEPTED: Uuid = Uuid::from_u128(0xA3);
const REVOKED: Uuid = Uuid::from_u128(0xA4);

async fn invite(
    app: &TestApp,
    id: Uuid,
    (organisation, sender): (OrganisationId, UserId),
    (first_name, email): (&str, &str),
    sent_at: DateTime<Utc>,
) {
    sqlx::query(
        "INSERT INTO invitations
             (id, organisation_id, sender_id, email, first_name, last_name, token, created_at, sent_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, 'Petit', 'a word of the right length', $6, $6, $6::timestamptz + interval '14 days')",
    )
    .bind(id)
    .bind(organisation)
    .bind(sender)
    .bind(email)
    .bind(first_name)
    .bind(sent_at)
    .execute(app.db())
    .await
    .unwrap();
}

/// One of each state, of two organisations.
async fn invitations(app: &TestApp) {
    let (aci, ml) = ((world::ACI, world::EMPLOYER), (world::MISSION_LOCALE, world::PRESCRIBER));
    let ago = |days| app.now() - TimeDelta::days(days);
    invite(app, WAITS, aci, ("Nadia", "nadia.petit@exemple.fr"), ago(1)).await;
    invite(app, EXPIRED, aci, ("Éva", "eva.petit@exemple.fr"), ago(20)).await;
    invite(app, ACCEPTED, ml, ("Noé", "noe.petit@exemple.fr"), ago(3)).await;
    invite(app, REVOKED, ml, ("Léo", "nadia.petit@exemple.fr"), ago(4)).await;
    sqlx::query("UPDATE invitations SET accepted_at = $2, accepted_by = $3 WHERE id = $1")
        .bind(ACCEPTED)
        .bind(app.now())
        .bind(world::PRESCRIBER_ADMIN)
        .execute(app.db())
        .await
        .unwrap();
    sqlx::query("UPDATE invitations SET revoked_at = $2 WHERE id = $1")
        .bind(REVOKED)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
}

async fn page(app: &TestApp, id: Uuid) -> Page {
    app.browser(Persona::Staff).await.get(&format!("/admin/invitations/{id}")).await.is(200)
}

fn names(page: &Page) -> Vec<String> {
    page.all("tbody th")
        .into_iter()
        .filter_map(|name| name.split(' ').next().map(ToOwned::to_owned))
        .collect()
}

#[tokio::test]
async fn the_team_finds_an_invitation_by_its_state_its_organisation_or_its_address() {
    let app = TestApp::new().await;
    invitations(&app).await;
    let staff = app.browser(Persona::Staff).await;
    let all = staff.get("/admin/invitations").await.is(200);
    assert_eq!(names(&all), ["Nadia", "Noé", "Léo", "Éva"], "the last sent first");
    for (query, expected) in [
        ("state=pending", &["Nadia"][..]),
        ("state=expired", &["Éva"]),
        ("state=accepted", &["Noé"]),
        ("state=revoked", &["Léo"]),
        ("state=pending&state=accepted", &["Nadia", "Noé"]),
        ("name=mission", &["Noé", "Léo"]),
    ] {
        let found = staff.get(&format!("/admin/invitations?{query}")).await.is(200);
        assert_eq!(names(&found), expected, "{query}");
    }
    let aci = staff.get(&format!("/admin/invitations?organisation={}", world::ACI)).await.is(200);
    assert_eq!(names(&aci), ["Nadia", "Éva"]);
    let search = all.form("#search");
    let found = search.clone().fill("email", " Nadia.Petit@exemple.fr").submit().await.is(200);
    assert_eq!(names(&found), ["Nadia", "Léo"]);
    assert_eq!(found.url.query(), None, "the address stands in no URL");
    assert!(
        search
            .clone()
            .fill("email", "rien@exemple.fr")
            .submit()
            .await
            .is(200)
            .says("Aucune invitation à cette adresse")
    );
    let refused = search.fill("email", "nadia").submit().await.is(422);
    assert!(refused.error("email").is_some());
    assert_eq!(refused.value("email"), Some("nadia".to_owned()));
    let sheet = staff.get("/admin/invitations?state=pending&format=csv").await.is(200);
    assert!(
        sheet.html.contains("nadia.petit@exemple.fr") && !sheet.html.contains("eva.petit"),
        "{}",
        sheet.html
    );
}

/// INV-8: the link is no secret, only the address accepts.
#[tokio::test]
async fn the_link_is_there_to_be_handed_over_as_long_as_it_serves() {
    let app = TestApp::new().await;
    invitations(&app).await;
    let waits = page(&app, WAITS).await;
    assert!(waits.says(&format!("https://parcours.test/invitations/{WAITS}?token=")), "{waits:?}");
    for id in [EXPIRED, ACCEPTED, REVOKED] {
        assert!(!page(&app, id).await.html.contains("?token="), "{id}");
    }
    assert!(!page(&app, ACCEPTED).await.has_form("sending"));
    app.browser(Persona::Staff).await.get("/admin/invitations/12").await.is(404);
    app.browser(Persona::Staff).await.get(&format!("/admin/invitations/{}", Uuid::nil())).await.is(404);
}

#[tokio::test]
async fn the_team_sends_an_invitation_again_once() {
    let app = TestApp::new().await;
    invitations(&app).await;
    let form = page(&app, EXPIRED).await.form("sending");
    let (one, other) = tokio::join!(form.submit(), form.submit());
    one.is(303);
    other.is(303);
    let sent = app.run_jobs_and_mails().await;
    assert_eq!(sent.len(), 1, "two clicks, one mail");
    assert_eq!(sent[0].recipient, "eva.petit@exemple.fr");
    assert!(page(&app, EXPIRED).await.says("En attente"));
    assert_eq!(app.audit_trail().await, ["invitation.sent_again"]);
}

#[tokio::test]
async fn the_team_takes_an_invitation_back_and_says_why() {
    let app = TestApp::new().await;
    invitations(&app).await;
    let form = page(&app, WAITS).await.click("Annuler l’invitation").await.is(200).form("#revocation");
    let refused = form.clone().fill("remark", " ").submit().await.is(422);
    assert!(refused.error("remark").is_some());
    let long = form.clone().fill("remark", &"é".repeat(501)).submit().await.is(422);
    assert!(long.error("remark").unwrap().contains("501"), "{long:?}");
    let form = form.fill("remark", "Envoyée à la mauvaise personne.");
    let done = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(done.flash(), Some("Invitation annulée".to_owned()));
    let read = page(&app, WAITS).await;
    assert!(read.says("Annulée") && read.says("Envoyée à la mauvaise personne."), "STF-2: {read:?}");
    let again = form.submit().await.is(303).follow().await.is(200);
    assert!(again.flash().unwrap().contains("déjà annulée"));
    assert_eq!(app.audit_trail().await, ["invitation.revoked"]);
    let trail = app.browser(Persona::Staff).await.get("/admin/audit?action=invitation.revoked").await.is(200);
    assert!(trail.says("annulée par l’équipe") && !trail.says("mauvaise personne"), "{}", trail.text());
}

/// D32: what became of it since the page was read.
#[tokio::test]
async fn an_invitation_that_changed_meanwhile_is_not_taken_back_unseen() {
    let app = TestApp::new().await;
    app.ignore_mails();
    invitations(&app).await;
    let waits = page(&app, WAITS).await;
    let form =
        waits.click("Annuler l’invitation").await.is(200).form("#revocation").fill("remark", "Erreur.");
    waits.form("sending").submit().await.is(303);
    assert!(form.submit().await.is(409).says("a été renvoyée"));
    sqlx::query("UPDATE invitations SET accepted_at = $2, accepted_by = $3 WHERE id = $1")
        .bind(WAITS)
        .bind(app.now())
        .bind(world::NO_ORGANISATION)
        .execute(app.db())
        .await
        .unwrap();
    let conflict = form.submit().await.is(409);
    assert!(conflict.says("Nadia PETIT a accepté cette invitation"), "{conflict:?}");
    assert_eq!(app.audit_trail().await, ["invitation.sent_again"]);
}

#[tokio::test]
async fn rights_are_asked_for() {
    let app = TestApp::new().await;
    invitations(&app).await;
    for persona in [Persona::EmployerAdmin, Persona::PrescriberAdmin, Persona::Candidate] {
        let browser = app.browser(persona).await;
        browser.get("/admin/invitations").await.is(403);
        browser.get(&format!("/admin/invitations/{WAITS}")).await.is(403);
    }
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    let reader = app.browser(Persona::Staff).await;
    reader.get("/admin/invitations").await.is(403);
    sqlx::query("INSERT INTO staff_groups (user_id, code, since) VALUES ($1, 'admin_readonly', $2)")
        .bind(world::STAFF)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    let read = page(&app, WAITS).await;
    assert!(!read.has_form("sending"), "they read, and change nothing: {read:?}");
    let staff = app.browser(Persona::Staff).await;
    staff.post(&format!("/admin/invitations/{WAITS}/sending"), &[]).await.is(403);
    staff.get(&format!("/admin/invitations/{WAITS}/revocation")).await.is(403);
    staff.post(&format!("/admin/invitations/{WAITS}/revocation"), &[("remark", "Non.")]).await.is(403);
}
