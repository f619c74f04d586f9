//! « Collaborateurs »: who sees them, who names whom, who asks to leave (rule book 01 §6).

use chrono::TimeDelta;
use iae_domain::ids::OrganisationId;
use iae_tests::{Page, Persona, TestApp, world};
use uuid::Uuid;

/// The membership of somebody in an organisation.
pub(crate) async fn membership(app: &TestApp, persona: Persona, organisation: OrganisationId) -> Uuid {
    sqlx::query_scalar("SELECT id FROM memberships WHERE user_id = $1 AND organisation_id = $2")
        .bind(persona.user())
        .bind(organisation)
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// What somebody is there: active, administrator.
pub(super) async fn standing(app: &TestApp, persona: Persona, organisation: OrganisationId) -> (bool, bool) {
    let found: Option<(bool, bool)> = sqlx::query_as(
        "SELECT is_active, is_admin FROM memberships WHERE user_id = $1 AND organisation_id = $2",
    )
    .bind(persona.user())
    .bind(organisation)
    .fetch_optional(app.db())
    .await
    .unwrap();
    found.unwrap_or_default()
}

pub(crate) async fn make_admin(
    app: &TestApp,
    persona: Persona,
    organisation: OrganisationId,
    is_admin: bool,
) {
    sqlx::query("UPDATE memberships SET is_admin = $3 WHERE user_id = $1 AND organisation_id = $2")
        .bind(persona.user())
        .bind(organisation)
        .bind(is_admin)
        .execute(app.db())
        .await
        .unwrap();
}

async fn role(app: &TestApp, by: Persona, of: Persona, organisation: OrganisationId) -> Page {
    let id = membership(app, of, organisation).await;
    app.browser(by).await.get(&format!("/members/{id}/role")).await
}

/// MEM-15: any member reads them, of the current organisation only; what acts on them is for administrators.
#[tokio::test]
async fn any_member_reads_who_their_colleagues_are() {
    let app = TestApp::new().await;
    let page = app.browser(Persona::Employer).await.get("/members").await.is(200);
    assert_eq!(page.h1(), "Collaborateurs");
    for words in ["Adèle THIRY", "adele.thiry@jardins.exemple.fr", "Émile SCHMITT", "Vous"] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    assert!(page.says("2 collaborateurs") && page.says("1 administrateur"), "{}", page.text());
    assert!(page.says("Une seule personne administre votre structure"));
    assert!(!page.says("David LANG"), "who left is no colleague");
    assert!(!page.says("Rachel KLEIN"), "TEN-1");
    assert!(!page.links().iter().any(|link| link.ends_with("/role")), "MEM-6: not an administrator");
    assert!(page.statements.len() <= 8, "{:?}", page.statements);

    let admin = app.browser(Persona::EmployerAdmin).await.get("/members").await.is(200);
    let own = membership(&app, Persona::EmployerAdmin, world::ACI).await;
    assert!(admin.says("Vous êtes seul à administrer votre structure"));
    assert!(!admin.links().iter().any(|link| link.contains(&own.to_string())), "nobody acts on themselves");
    admin.click("Émile SCHMITT").await.is(200);

    for persona in [Persona::Inspector, Persona::Orienter, Persona::Prescriber] {
        app.browser(persona).await.get("/members").await.is(200);
    }
    for persona in [Persona::Candidate, Persona::Staff, Persona::NoOrganisation] {
        app.browser(persona).await.get("/members").await.is(403);
    }
}

/// Rule book 01 §3.4: a company in grace keeps its members closed.
#[tokio::test]
async fn a_company_in_grace_shows_and_invites_nobody() {
    let app = TestApp::new().await;
    sqlx::query(
        "UPDATE conventions SET is_active = false, deactivated_at = $1
         WHERE id = (SELECT convention_id FROM companies WHERE organisation_id = $2)",
    )
    .bind(app.now() - TimeDelta::days(3))
    .bind(world::ACI)
    .execute(app.db())
    .await
    .unwrap();
    let browser = app.browser(Persona::EmployerAdmin).await;
    for page in ["/members", "/invitations/new", "/members/leaving"] {
        let page = browser.get(page).await.is(403);
        assert!(page.says("convention est active"), "{}", page.text());
    }
}

/// MEM-6, MEM-8.
#[tokio::test]
async fn an_administrator_names_another_and_takes_it_back() {
    let app = TestApp::new().await;
    let page = role(&app, Persona::EmployerAdmin, Persona::Employer, world::ACI).await.is(200);
    assert_eq!(standing(&app, Persona::Employer, world::ACI).await, (true, false), "a page asks first");
    let done = page.form("role").press("Nommer administrateur").submit().await.is(303).follow().await;
    assert_eq!(done.flash().as_deref(), Some("Administrateur nommé"));
    assert_eq!(standing(&app, Persona::Employer, world::ACI).await, (true, true));
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, Persona::Employer.email());
    assert!(mails[0].text_body.contains("Soyez toujours au moins deux"), "{}", mails[0].text_body);

    let back = role(&app, Persona::Employer, Persona::EmployerAdmin, world::ACI).await.is(200);
    back.form("role").press("Retirer le rôle").submit().await.is(303);
    assert_eq!(standing(&app, Persona::EmployerAdmin, world::ACI).await, (true, false));
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails[0].subject, "Vous n’administrez plus Les Jardins de la Seille");
    assert_eq!(app.audit_trail().await, ["organisation.member_promoted", "organisation.member_demoted"]);
}

/// MEM-6: not oneself, not without the role, not in another organisation, not who left.
#[tokio::test]
async fn nobody_acts_on_whom_they_may_not() {
    let app = TestApp::new().await;
    role(&app, Persona::Employer, Persona::EmployerAdmin, world::ACI).await.is(403);
    let oneself = role(&app, Persona::EmployerAdmin, Persona::EmployerAdmin, world::ACI).await.is(403);
    assert!(oneself.says("Personne ne change son propre rôle"));
    role(&app, Persona::OtherEmployer, Persona::Employer, world::ACI).await.is(404);
    role(&app, Persona::EmployerAdmin, Persona::OtherEmployer, world::EI).await.is(404);
    role(&app, Persona::EmployerAdmin, Persona::DeactivatedMember, world::ACI).await.is(404);

    // The same posted by hand.
    let page = role(&app, Persona::EmployerAdmin, Persona::Employer, world::ACI).await.is(200);
    let fields = page.form("role").press("Nommer").pairs();
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let id = membership(&app, Persona::Employer, world::ACI).await;
    app.browser(Persona::Employer).await.post(&format!("/members/{id}/role"), &fields).await.is(403);
    let own = membership(&app, Persona::EmployerAdmin, world::ACI).await;
    app.browser(Persona::EmployerAdmin).await.post(&format!("/members/{own}/role"), &fields).await.is(403);
    assert!(app.audit_trail().await.is_empty());
}

/// D32: a tab that was open before.
#[tokio::test]
async fn an_open_tab_acts_neither_for_a_demoted_administrator_nor_on_what_changed() {
    let app = TestApp::new().await;
    app.ignore_mails();
    make_admin(&app, Persona::Employer, world::ACI, true).await;
    let mine = role(&app, Persona::Employer, Persona::EmployerAdmin, world::ACI).await.is(200).form("role");
    let twice = role(&app, Persona::EmployerAdmin, Persona::Employer, world::ACI).await.is(200).form("role");
    twice.clone().press("Retirer le rôle").submit().await.is(303);
    mine.press("Retirer le rôle").submit().await.is(403);
    let again = twice.press("Retirer le rôle").submit().await.is(409);
    assert!(again.says("Adèle THIRY a changé le statut de Émile SCHMITT"), "{}", again.text());
    assert_eq!(standing(&app, Persona::EmployerAdmin, world::ACI).await, (true, true));
}

/// MEM-9: one administrator remains.
#[tokio::test]
async fn two_administrators_demote_each_other_at_once() {
    for _ in 0..4 {
        let app = TestApp::new().await;
        app.ignore_mails();
        make_admin(&app, Persona::Employer, world::ACI, true).await;
        let one = role(&app, Persona::Employer, Persona::EmployerAdmin, world::ACI).await.form("role");
        let other = role(&app, Persona::EmployerAdmin, Persona::Employer, world::ACI).await.form("role");
        let (one, other) = (one.press("Retirer le rôle"), other.press("Retirer le rôle"));
        let (one, other) = tokio::join!(one.submit(), other.submit());
        let statuses = [one.status.as_u16(), other.status.as_u16()];
        assert!(
            statuses.contains(&303) && statuses.iter().any(|status| [403, 409].contains(status)),
            "{statuses:?}"
        );
        let admins: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM memberships WHERE organisation_id = $1 AND is_admin AND is_active",
        )
        .bind(world::ACI)
        .fetch_one(app.db())
        .await
        .unwrap();
        assert_eq!(admins, 1);
    }
}

/// MEM-10: a plain member of an organisation that nobody administers is no last administrator; the team is told as it is.
#[tokio::test]
async fn whoever_leaves_an_organisation_without_administrator_tells_the_team() {
    let app = TestApp::new().await;
    make_admin(&app, Persona::EmployerAdmin, world::ACI, false).await;
    let page = app.browser(Persona::Employer).await.get("/members/leaving").await.is(200);
    assert!(page.says("Personne n’administre votre structure aujourd’hui"), "{}", page.text());
    page.form("leaving").submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, "equipe@parcours.exemple.fr");
    assert!(mails[0].subject.starts_with("Départ demandé, et personne n’administre"), "{}", mails[0].subject);
}

/// MEM-10: whom to ask is said, they are told, and the last administrator is warned, the team told.
#[tokio::test]
async fn nobody_leaves_alone() {
    let app = TestApp::new().await;
    let page = app.browser(Persona::Employer).await.get("/members").await.click("Je quitte").await.is(200);
    assert!(page.says("Adèle THIRY, adele.thiry@jardins.exemple.fr"), "{}", page.text());
    let asked = page.form("leaving").submit().await.is(303).follow().await;
    assert_eq!(asked.flash().as_deref(), Some("Votre demande est envoyée"));
    assert_eq!(
        standing(&app, Persona::Employer, world::ACI).await,
        (true, false),
        "nothing changes by itself"
    );
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, Persona::EmployerAdmin.email());
    let again = page.form("leaving").submit().await.is(303).follow().await;
    assert_eq!(again.flash().as_deref(), Some("Vous l’avez déjà demandé"), "a mailbox is not a drum");
    let admin = app.browser(Persona::EmployerAdmin).await;
    // Withdrawn until it is decided; what is withdrawn waits for nobody, and may be asked again at once.
    let leaver = app.browser(Persona::Employer).await;
    let about_to = admin.get("/members").await.click("voir ce que cette personne suit").await.is(200);
    app.advance(TimeDelta::minutes(1));
    let page = leaver.get("/members/leaving").await.is(200);
    let stays = page.form("withdrawal").submit().await.is(303).follow().await;
    assert_eq!(stays.flash().as_deref(), Some("Votre demande de départ est retirée"));
    assert!(!admin.get("/members").await.says("voir ce que cette personne suit"));
    about_to.form("departure").submit().await.is(409);
    assert_eq!(standing(&app, Persona::Employer, world::ACI).await, (true, false), "D32: they stay");
    let twice = page.form("withdrawal").submit().await.is(303).follow().await;
    assert_eq!(twice.flash().as_deref(), Some("Aucune demande de départ n’attend"));
    let page = leaver.get("/members/leaving").await.is(200);
    assert!(!page.has_form("withdrawal"));
    page.form("leaving").submit().await.is(303);
    assert_eq!(app.run_jobs_and_mails().await.len(), 1);
    let trail = app.audit_trail().await;
    let asked =
        ["organisation.departure_asked", "organisation.departure_withdrawn", "organisation.departure_asked"];
    assert_eq!(trail.iter().filter(|action| action.contains("departure")).collect::<Vec<_>>(), asked);
    let waiting = admin.get("/members").await.click("voir ce que cette personne suit").await.is(200);
    assert!(waiting.h1().contains("Retirer Émile SCHMITT"));

    let last = admin.get("/members/leaving").await.is(200);
    assert!(last.says("Vous êtes le dernier administrateur"), "{}", last.text());
    last.form("leaving").submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, "equipe@parcours.exemple.fr");
    assert!(mails[0].text_body.contains("personne d’autre ne l’administre"));
    let own = membership(&app, Persona::EmployerAdmin, world::ACI).await.to_string();
    let page = admin.get("/members").await.is(200);
    assert!(!page.links().iter().any(|link| link.contains(&own)), "MEM-6: nobody lets themselves go");
}
