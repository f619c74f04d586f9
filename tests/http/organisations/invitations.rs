//! Invitations: sent one by one or pasted, answered by whom they are for and nobody else (rule book 01 §7, D2, D3).

use chrono::TimeDelta;
use iae_domain::ids::OrganisationId;
use iae_tests::{BASE_URL, Browser, IdentityProvider, Page, Persona, TestApp, world};

use super::members::standing;
use crate::accounts::login::to_provider;

/// The recap of these lines.
pub(super) async fn pasted(browser: &Browser, lines: &str) -> Page {
    let page = browser.get("/invitations/new").await.is(200);
    page.form("#invitations").fill("pasted", lines).press("review").submit().await
}

/// Invites somebody who has an account; gives the link of the mail.
pub(super) async fn invite(app: &TestApp, by: Persona, whom: &str) -> String {
    let recap = pasted(&app.browser(by).await, &format!("Petit;Nadia;{whom}")).await.is(200);
    recap.form("#invitations").press("confirm").submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let mail = mails.iter().find(|mail| mail.recipient == whom).expect("the guest is told");
    mail.text_body.split_whitespace().find(|word| word.starts_with(BASE_URL)).unwrap().to_owned()
}

async fn members(app: &TestApp, organisation: OrganisationId) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM memberships WHERE organisation_id = $1 AND is_active")
        .bind(organisation)
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// A fortnight goes by, for invitations alone: sessions would be over too.
pub(super) async fn expire(app: &TestApp) {
    sqlx::query(
        "UPDATE invitations
         SET created_at = created_at - interval '14 days', sent_at = sent_at - interval '14 days',
             expires_at = expires_at - interval '14 days'",
    )
    .execute(app.db())
    .await
    .unwrap();
}

/// INV-2, INV-7, INV-8, INV-10: read before it is sent, joined by a button and nothing else.
#[tokio::test]
async fn a_member_invites_and_the_guest_joins_by_a_button() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let recap = pasted(
        &app.browser(Persona::Employer).await,
        "Nom\tPrénom\tE-mail\nPetit\tNadia\tNadia.Petit@exemple.fr",
    )
    .await;
    let recap = recap.is(200);
    assert!(recap.says("Nadia PETIT") && recap.says("nadia.petit@exemple.fr"), "{}", recap.text());
    assert!(app.audit_trail().await.is_empty(), "nothing leaves before it is read");
    let sent = recap.form("#invitations").press("confirm").submit().await.is(303).follow().await;
    assert!(sent.says("Invitée par") && sent.says("Émile SCHMITT"), "D3: {}", sent.text());
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    let text = &mails[0].text_body;
    let until = "18 mai 2026 à 11\u{a0}h\u{a0}00";
    for words in ["Émile SCHMITT", "Les Jardins de la Seille", until] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let link = text.split_whitespace().find(|word| word.starts_with(BASE_URL)).unwrap();
    assert!(sent.says(link), "MEM-15: the link may be copied");

    let landing = app.visitor().get(link).await.is(200);
    assert!(landing.says("vous invite à rejoindre Les Jardins de la Seille"));
    assert!(landing.says(until) && sent.says(until), "INV-5: the mail, its page and the list say the same");
    let way = landing.link("Se connecter ou créer un compte avec Inclusion Connect");
    assert!(way.starts_with("/login/ic?return_to=%2Finvitations%2F"), "{way}");
    assert!(way.ends_with("&login_hint=nadia.petit%40exemple.fr&expected=true"), "OID-20, INV-11: {way}");
    let guest = app.browser(Persona::NoOrganisation).await;
    let page = guest.get(link).await.is(200);
    assert_eq!(
        standing(&app, Persona::NoOrganisation, world::ACI).await,
        (false, false),
        "opening joins nobody"
    );
    let joined = page.form("acceptance").submit().await.is(303).follow().await.is(200);
    assert_eq!(joined.flash().as_deref(), Some("Bienvenue dans votre structure"));
    assert_eq!(joined.text_of(".account__role").as_deref(), Some("Les Jardins de la Seille"));
    assert_eq!(standing(&app, Persona::NoOrganisation, world::ACI).await, (true, false), "MEM-3");
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, Persona::Employer.email());
    assert_eq!(mails[0].subject, "Nadia PETIT a rejoint Les Jardins de la Seille");
    let trail = app.audit_trail().await;
    assert_eq!(
        trail,
        [
            "invitation.sent",
            "invitation.accepted",
            "organisation.member_joined",
            "account.switched_organisation"
        ]
    );
    // Once more: told so, and nothing more (INV-10).
    let again = page.form("acceptance").submit().await.is(303).follow().await;
    assert_eq!(again.flash().as_deref(), Some("Vous aviez déjà rejoint cette structure"));
    assert_eq!(app.audit_trail().await.len(), trail.len());
}

/// INV-3, INV-4: each line has its mistake and its number, and nothing leaves.
#[tokio::test]
async fn each_wrong_line_says_why() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    let lines = "Weber;Claire;claire@ml.exemple.fr\nThiry;Adèle;adele.thiry@jardins.exemple.fr\n\
                 Benali;Amel;amel.benali@exemple.fr\nWeber;Claire;CLAIRE@ml.exemple.fr\nLang;David;david.lang@jardins.exemple.fr";
    let page = pasted(&browser, lines).await.is(422);
    let said = page.error("pasted").unwrap();
    for words in [
        "Ligne 2 : cette personne fait déjà partie",
        "Ligne 3 : cette adresse ne peut pas être invitée",
        "Ligne 4 : cette adresse est déjà à la ligne 1",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("Ligne 5"), "who left may come back (INV-4): {said}");
    assert_eq!(page.value("pasted").as_deref(), Some(lines), "what was pasted stays");
    let malformed = pasted(&browser, "Weber;Claire\nRoux;Léa;lea").await.is(422);
    let said = malformed.error("pasted").unwrap();
    assert!(said.contains("Ligne 1") && said.contains("Ligne 2"), "{said}");
    let long = "x".repeat(150);
    let both =
        format!("Weber;Claire\nThiry;Adèle;adele.thiry@jardins.exemple.fr\n{long};Léa;lea@ml.exemple.fr");
    let at_once = pasted(&browser, &both).await.is(422);
    let said = at_once.error("pasted").unwrap();
    for words in [
        "Ligne 1 : il faut trois colonnes",
        "Ligne 2 : cette personne fait déjà partie",
        "Ligne 3 : le nom, dans la première colonne, dépasse 100 caractères",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let nobody =
        browser.get("/invitations/new").await.form("#invitations").press("review").submit().await.is(422);
    assert!(nobody.error("email").is_some() && nobody.error("last_name").is_some());
    assert_eq!(
        app.audit_trail().await,
        ["account.looked_up"],
        "nothing leaves; the candidate of line 3 is an answer"
    );

    let many: String = (0..51).map(|n| format!("Weber;Claire;c{n}@ml.exemple.fr\n")).collect();
    let page = pasted(&browser, &many).await.is(422);
    assert!(page.error("pasted").unwrap().contains("50 au plus"), "{:?}", page.errors());
    let fifty: String = (0..50).map(|n| format!("Weber;Claire;c{n}@ml.exemple.fr\n")).collect();
    pasted(&browser, &fifty).await.is(200).form("#invitations").press("confirm").submit().await.is(303);
    app.ignore_mails();
    browser.get("/invitations/new").await.is(303);
}

/// INV-7: forwarded, unknown, expired, revoked, used: each has its page, and nothing is accepted.
#[tokio::test]
async fn an_invitation_serves_only_whom_it_is_for() {
    let app = TestApp::new().await;
    let link = invite(&app, Persona::Employer, Persona::NoOrganisation.email()).await;
    let before = members(&app, world::ACI).await;
    let acceptance = format!("{}/acceptance", link.split('?').next().unwrap());
    let token = link.split("token=").nth(1).unwrap();

    for persona in [Persona::OtherEmployer, Persona::Candidate, Persona::Staff] {
        let browser = app.browser(persona).await;
        let page = browser.get(&link).await.is(403);
        assert!(page.says("pour une autre adresse"), "{}", page.text());
        assert!(!page.says(Persona::NoOrganisation.email()), "the address is redacted");
        browser.post(&acceptance, &[("token", token)]).await.is(403);
        browser.post(&acceptance, &[]).await.is(404);
    }
    let visitor = app.visitor();
    visitor.get(link.split('?').next().unwrap()).await.is(404);
    visitor.get(&link.replace("token=", "token=x")).await.is(404);
    let stranger = visitor.post(&acceptance, &[("token", token)]).await.is(303);
    assert!(stranger.location().unwrap().starts_with("/login"));
    assert_eq!(members(&app, world::ACI).await, before);

    let guest = app.browser(Persona::NoOrganisation).await;
    let form = guest.get(&link).await.is(200).form("acceptance");
    expire(&app).await;
    form.submit().await.is(410);
    let page = app.visitor().get(&link).await.is(410);
    assert!(page.says("Cette invitation a expiré"));
    assert_eq!(members(&app, world::ACI).await, before, "INV-5");
}

/// D3: whoever sent it, or an administrator, takes it back; any member sends it again.
#[tokio::test]
async fn an_invitation_is_taken_back_or_sent_again() {
    let app = TestApp::new().await;
    let link = invite(&app, Persona::EmployerAdmin, Persona::NoOrganisation.email()).await;
    let employer = app.browser(Persona::Employer).await.get("/members").await.is(200);
    assert!(!employer.says("Annuler"), "it is not theirs");
    let again = employer.form("sending").submit().await.is(303).follow().await;
    assert_eq!(again.flash().as_deref(), Some("L’invitation vient de partir"));
    app.advance(TimeDelta::hours(1));
    employer.form("sending").submit().await.is(303);
    assert_eq!(app.run_jobs_and_mails().await.len(), 1);
    let foreign = app.browser(Persona::OtherEmployer).await;
    let id = link.split(['/', '?']).nth(4).unwrap().to_owned();
    let own = world::EI.to_string();
    foreign.post(&format!("/invitations/{id}/revocation"), &[("acting_for", &own)]).await.is(404);
    foreign.get(&format!("/invitations/{id}/revocation")).await.is(404);
    app.browser(Persona::Employer).await.get(&format!("/invitations/{id}/revocation")).await.is(403);

    let admin = app.browser(Persona::EmployerAdmin).await.get("/members").await.is(200);
    let asks = admin.click("Annuler").await.is(200);
    assert!(asks.says("Annuler l’invitation") && asks.says(Persona::NoOrganisation.email()), "{asks:?}");
    let done = asks.form("revocation").submit().await.is(303).follow().await;
    assert_eq!(done.flash().as_deref(), Some("Invitation annulée"));
    let page = app.browser(Persona::NoOrganisation).await.get(&link).await.is(410);
    assert!(page.says("Cette invitation a été annulée"));
    asks.form("revocation").submit().await.is(303);
    admin.click("Annuler").await.is(404);
}

/// INV-10: one membership, one mail.
#[tokio::test]
async fn two_accept_the_same_invitation_at_once() {
    for _ in 0..4 {
        let app = TestApp::new().await;
        let link = invite(&app, Persona::Employer, Persona::NoOrganisation.email()).await;
        let one = app.browser(Persona::NoOrganisation).await.get(&link).await.is(200).form("acceptance");
        let other = app.browser(Persona::NoOrganisation).await.get(&link).await.is(200).form("acceptance");
        let (one, other) = tokio::join!(one.submit(), other.submit());
        assert_eq!([one.status.as_u16(), other.status.as_u16()], [303, 303]);
        assert_eq!(app.run_jobs_and_mails().await.len(), 1);
        let joined =
            app.audit_trail().await.into_iter().filter(|action| action == "organisation.member_joined");
        assert_eq!(joined.count(), 1);
    }
}

/// Either it is accepted or it is revoked, and what is said is what is.
#[tokio::test]
async fn accepted_while_it_is_taken_back() {
    for _ in 0..4 {
        let app = TestApp::new().await;
        let link = invite(&app, Persona::EmployerAdmin, Persona::NoOrganisation.email()).await;
        let accept = app.browser(Persona::NoOrganisation).await.get(&link).await.is(200).form("acceptance");
        let members = app.browser(Persona::EmployerAdmin).await.get("/members").await.is(200);
        let revoke = members.click("Annuler").await.is(200).form("revocation");
        let (accepted, revoked) = tokio::join!(accept.submit(), revoke.submit());
        revoked.is(303);
        let (is_member, _) = standing(&app, Persona::NoOrganisation, world::ACI).await;
        assert_eq!(accepted.status.as_u16(), if is_member { 303 } else { 410 });
        let (taken, gone): (bool, bool) =
            sqlx::query_as("SELECT accepted_at IS NOT NULL, revoked_at IS NOT NULL FROM invitations")
                .fetch_one(app.db())
                .await
                .unwrap();
        assert_eq!((taken, gone), (is_member, !is_member));
        app.run_jobs_and_mails().await;
    }
}

/// MEM-4: a former administrator comes back as a plain member; MEM-3: the other invitations that wait for them end.
#[tokio::test]
async fn whoever_comes_back_is_a_plain_member_and_their_other_invitations_end() {
    let app = TestApp::new().await;
    let guest = Persona::DeactivatedMember;
    let first = invite(&app, Persona::Employer, guest.email()).await;
    let second = invite(&app, Persona::EmployerAdmin, guest.email()).await;
    let browser = app.browser(guest).await;
    browser.get(&first).await.is(200).form("acceptance").submit().await.is(303);
    assert_eq!(standing(&app, guest, world::ACI).await, (true, false));
    let page = browser.get(&second).await.is(410);
    assert!(page.says("annulée"), "{}", page.text());
    assert!(app.audit_trail().await.contains(&"invitation.revoked".to_owned()));
    app.run_jobs_and_mails().await;
}

/// INV-6: grace is not enough to take somebody in.
#[tokio::test]
async fn nobody_joins_a_company_whose_convention_is_not_in_force() {
    let app = TestApp::new().await;
    let link = invite(&app, Persona::Employer, Persona::NoOrganisation.email()).await;
    let form = app.browser(Persona::NoOrganisation).await.get(&link).await.is(200).form("acceptance");
    sqlx::query("UPDATE conventions SET is_active = false, deactivated_at = $1")
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    let page = form.submit().await.is(403);
    assert!(page.says("n’accueille personne pour le moment"), "{}", page.text());
    assert_eq!(standing(&app, Persona::NoOrganisation, world::ACI).await, (false, false));
}

/// D2: at sign-in they are offered, and never accepted by themselves; the current organisation stays until one is.
#[tokio::test]
async fn invitations_are_offered_at_sign_in_and_never_accepted_silently() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    invite(&app, Persona::Employer, Persona::OtherPrescriber.email()).await;
    let browser = app.visitor();
    let page = to_provider(&browser, "%2Fcandidates").await;
    let back = IdentityProvider::log_in(&page, Persona::OtherPrescriber.email()).await;
    let page = back.follow().await.is(200);
    assert_eq!(page.url.path(), "/invitations");
    assert!(
        page.says("1 invitation vous attend") && page.says("Les Jardins de la Seille"),
        "{}",
        page.text()
    );
    assert_eq!(standing(&app, Persona::OtherPrescriber, world::ACI).await, (false, false));
    assert_eq!(page.link("Continuer sans répondre"), "/candidates");
    page.form("acceptance").submit().await.is(303);
    assert_eq!(standing(&app, Persona::OtherPrescriber, world::ACI).await, (true, false));
    app.run_jobs_and_mails().await;

    let browser = app.visitor();
    let page = to_provider(&browser, "%2Fdashboard").await;
    let back = IdentityProvider::log_in(&page, Persona::OtherPrescriber.email()).await;
    assert_eq!(back.follow().await.is(200).url.path(), "/dashboard", "nothing waits any more");
}
