//! Somebody leaves: what they hold is seen first, and handed over in the same breath (MEM-7, INV-12).

use iae_domain::ids::ApplicationId;
use iae_tests::{Page, Persona, TestApp, world};

use super::members::{make_admin, membership, standing};
use crate::application_drafts::{agreed, at_summary};
use crate::emails::every_mail::decline;
use crate::prolongations::{asked, hired};

async fn departure(app: &TestApp) -> Page {
    let id = membership(app, Persona::Prescriber, world::MISSION_LOCALE).await;
    app.browser(Persona::PrescriberAdmin).await.get(&format!("/members/{id}/departure")).await
}

async fn follower(app: &TestApp, id: ApplicationId) -> Option<uuid::Uuid> {
    sqlx::query_scalar("SELECT user_id FROM followers WHERE subject_kind = 'application' AND subject_id = $1")
        .bind(id)
        .fetch_optional(app.db())
        .await
        .unwrap()
}

/// Everything Paul Hoffmann holds goes to Perrine Weber, who is told, and told the answers from then on.
#[tokio::test]
async fn what_somebody_holds_is_handed_over_when_they_leave() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let request = asked(&app, pass).await;
    let draft = app.scenario().draft().by(Persona::Prescriber).to(world::EI).insert().await;
    let of = app.scenario().application().of(world::OTHER_CANDIDATE).by(Persona::Prescriber);
    let application = of.insert().await;
    app.run_jobs_and_mails().await;

    let page = departure(&app).await.is(200);
    for words in [
        "Candidatures envoyées, en attente de réponse (1)",
        "Candidatures en préparation (1)",
        "Demandes de prolongation à traiter (1)",
        "Personnes accompagnées (",
    ] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    let perrine = Persona::PrescriberAdmin.user().to_string();
    let fields = ["to_applications", "to_drafts", "to_accompaniments", "to_prolongations_to_answer"];
    let form = fields.iter().fold(page.form("departure"), |form, field| form.fill(field, &perrine));
    form.submit().await.is(303);

    assert_eq!(standing(&app, Persona::Prescriber, world::MISSION_LOCALE).await, (false, false));
    let (author, assignee): (uuid::Uuid, uuid::Uuid) = sqlx::query_as(
        "SELECT d.user_id, r.assignee_id FROM application_drafts d, prolongation_requests r
         WHERE d.id = $1 AND r.id = $2",
    )
    .bind(draft)
    .bind(request)
    .fetch_one(app.db())
    .await
    .unwrap();
    let perrine = Persona::PrescriberAdmin.user().0;
    assert_eq!((author, assignee), (perrine, perrine));
    assert_eq!(follower(&app, application).await, Some(perrine));
    let accompanies: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM candidate_relations WHERE user_id = $1 AND candidate_id = $2 AND organisation_id = $3",
    )
    .bind(perrine)
    .bind(world::CANDIDATE)
    .bind(world::MISSION_LOCALE)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(accompanies, 1);

    let mails = app.run_jobs_and_mails().await;
    let to = |recipient: &str| mails.iter().filter(|mail| mail.recipient == recipient).count();
    assert_eq!(to(Persona::Prescriber.email()), 1, "whoever leaves is told");
    let told = mails.iter().find(|mail| mail.subject.contains("des dossiers vous sont confiés")).unwrap();
    assert_eq!(told.recipient, Persona::PrescriberAdmin.email());
    assert!(told.text_body.contains("Candidatures en préparation (1) : Perrine WEBER"), "{}", told.text_body);

    // From their next page on, whoever left sees nothing of it; the answer reaches the colleague.
    app.browser(Persona::Prescriber).await.get(&format!("/applications/{application}")).await.is(403);
    let employer = app.browser(Persona::Employer).await;
    decline(&employer, application, "no_position", "Nous ne recrutons pas.").await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let copy = mails.iter().find(|mail| mail.recipient == Persona::PrescriberAdmin.email()).unwrap();
    assert!(
        copy.text_body.contains("ce dossier vous a été confié quand Paul HOFFMANN"),
        "{}",
        copy.text_body
    );
    let colleague = app.browser(Persona::PrescriberAdmin).await;
    let dashboard = colleague.get("/dashboard").await.is(200);
    assert!(dashboard.says("Lire la réponse"), "the answer is news to them: {}", dashboard.text());
    let rows = |page: &Page| page.all("tbody tr").len();
    let mine = colleague.get("/applications?sender=mine").await.is(200);
    assert_eq!(rows(&mine), 1, "it is among theirs: {}", mine.text());
    let colleagues = colleague.get("/applications?sender=colleagues").await.is(200);
    let all = colleague.get("/applications").await.is(200);
    assert_eq!(rows(&mine) + rows(&colleagues), rows(&all), "each is of one or of the others");
}

/// SUB-9, SUB-61: what is attached to a draft is its author's, whoever that is by then, and goes to the employer with it.
#[tokio::test]
async fn a_draft_is_handed_over_with_its_cv() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let summary = at_summary(&app.browser(Persona::Prescriber).await).await;
    let form = departure(&app).await.is(200).form("departure");
    let names = form.names().into_iter().filter(|name| name.starts_with("to_"));
    let held: Vec<String> = names.map(str::to_owned).collect();
    assert!(held.contains(&"to_drafts".to_owned()), "{held:?}");
    let perrine = Persona::PrescriberAdmin.user().to_string();
    held.iter().fold(form, |form, field| form.fill(field, &perrine)).submit().await.is(303);
    assert_eq!(standing(&app, Persona::Prescriber, world::MISSION_LOCALE).await, (false, false));

    let colleague = app.browser(Persona::PrescriberAdmin).await;
    let path = summary.url.path();
    let message = colleague.get(&path.replace("/summary", "/message")).await.is(200);
    assert!(message.says("Un CV est joint à cette candidature"), "{message:?}");
    let resumed = colleague.get(path).await.is(200);
    let end = agreed(&resumed).submit().await.is(303).follow().await.is(200);
    assert_eq!(end.h1(), "Candidature envoyée");
    let sent: ApplicationId =
        sqlx::query_scalar("SELECT id FROM applications").fetch_one(app.db()).await.unwrap();
    app.browser(Persona::Employer).await.get(&format!("/applications/{sent}/cv")).await.is(200);
    app.run_jobs().await;
}

/// Nothing is left to nobody: 422 beside what lacks a colleague, and nothing written.
#[tokio::test]
async fn each_thing_needs_a_colleague() {
    let app = TestApp::new().await;
    app.scenario().application().by(Persona::Prescriber).insert().await;
    let page = departure(&app).await.is(200);
    let refused = page.form("departure").submit().await.is(422);
    assert!(refused.error("to_applications").is_some(), "{}", refused.text());
    let stranger = Persona::OtherPrescriber.user().to_string();
    let forged = page.form("departure").forge("to_applications", &stranger).submit().await.is(422);
    assert!(forged.error("to_applications").is_some());
    assert_eq!(standing(&app, Persona::Prescriber, world::MISSION_LOCALE).await, (true, false));
    assert!(!app.audit_trail().await.contains(&"organisation.member_left".to_owned()));
}

/// D32: what is handed over is what was seen.
#[tokio::test]
async fn what_came_since_the_page_was_read_is_shown_before_anything_is_done() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let form = departure(&app).await.is(200).form("departure");
    app.scenario().application().by(Persona::Prescriber).insert().await;
    let form = if form.names().contains(&"to_accompaniments") {
        form.fill("to_accompaniments", &Persona::PrescriberAdmin.user().to_string())
    } else {
        form
    };
    let page = form.submit().await.is(409);
    assert!(page.says("Ce que cette personne suit a changé entre-temps"), "{}", page.text());
    assert_eq!(standing(&app, Persona::Prescriber, world::MISSION_LOCALE).await, (true, false));
    let perrine = Persona::PrescriberAdmin.user().to_string();
    let form = page.form("departure").fill("to_applications", &perrine).fill("to_accompaniments", &perrine);
    form.submit().await.is(303);
    assert_eq!(standing(&app, Persona::Prescriber, world::MISSION_LOCALE).await, (false, false));
}

/// The same person let go twice at once: once.
#[tokio::test]
async fn two_administrators_let_somebody_go_at_once() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().membership(Persona::GeiqEmployer, world::ACI).await;
    make_admin(&app, Persona::Employer, world::ACI, true).await;
    let id = membership(&app, Persona::GeiqEmployer, world::ACI).await;
    let mut forms = vec![];
    for persona in [Persona::Employer, Persona::EmployerAdmin] {
        let page = app.browser(persona).await.get(&format!("/members/{id}/departure")).await.is(200);
        assert!(page.says("ne suit rien qui attende"), "{}", page.text());
        forms.push(page.form("departure"));
    }
    let (one, other) = tokio::join!(forms[0].submit(), forms[1].submit());
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let loser = if one.status == 409 { one } else { other };
    assert!(loser.says("a retiré Gilles REMY des collaborateurs"), "{}", loser.text());
}

/// INV-12: what they had sent serves no more; MEM-6: nobody lets themselves go.
#[tokio::test]
async fn the_invitations_of_whoever_leaves_go_with_them() {
    let app = TestApp::new().await;
    let page = app.browser(Persona::Employer).await.get("/invitations/new").await.is(200);
    let form = page.form("#invitations").fill("last_name", "Petit").fill("first_name", "Nadia");
    let recap = form.fill("email", Persona::NoOrganisation.email()).press("review").submit().await.is(200);
    recap.form("#invitations").press("confirm").submit().await.is(303);
    app.run_jobs_and_mails().await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    let own = membership(&app, Persona::EmployerAdmin, world::ACI).await;
    admin.get(&format!("/members/{own}/departure")).await.is(403);
    let id = membership(&app, Persona::Employer, world::ACI).await;
    let page = admin.get(&format!("/members/{id}/departure")).await.is(200);
    page.form("departure").submit().await.is(303);
    app.run_jobs_and_mails().await;
    let revoked: bool = sqlx::query_scalar("SELECT revoked_at IS NOT NULL FROM invitations")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert!(revoked);
}

/// D4: among orienteurs, who only read the files they created, drafts are not handed over.
#[tokio::test]
async fn an_orienteur_hands_no_draft_over() {
    let app = TestApp::new().await;
    app.scenario().membership(Persona::OtherPrescriber, world::ASSOCIATION).await;
    app.scenario().draft().by(Persona::Orienter).to(world::EI).insert().await;
    app.ignore_mails();
    // Cécile Muller acts for the association, and administers it.
    make_admin(&app, Persona::OtherPrescriber, world::ASSOCIATION, true).await;
    let browser = app.browser(Persona::OtherPrescriber).await;
    let own = browser.get("/dashboard").await.is(200);
    own.form("/organisation-switch").press("Le Fil").submit().await.is(303);
    let id = membership(&app, Persona::Orienter, world::ASSOCIATION).await;
    let page = browser.get(&format!("/members/{id}/departure")).await.is(200);
    assert!(!page.says("Candidatures en préparation"), "{}", page.text());
    assert!(page.says("un orienteur ne lit que les dossiers qu’il a créés"));
}
