//! One person, several employers in one sending: each its own application; what cannot leave is named, the others leave
//! (ADR 24).

use chrono::TimeDelta;
use iae_domain::ids::{ApplicationDraftId, OrganisationId};
use iae_tests::{Browser, Form, Page, Persona, TestApp, world};

use super::{agreed, applications, at_summary, begun, step_of, stored};

/// The form of this name that is about the company.
pub(super) fn about(page: &Page, action: &str, company: OrganisationId) -> Form {
    let wanted = |form: &Form| {
        form.action().path().ends_with(action) && form.value("company") == Some(company.to_string())
    };
    page.forms().into_iter().find(wanted).unwrap_or_else(|| panic!("no {action} of {company}: {page:?}"))
}

/// A draft ready to be sent to the ACI and to the EI, found around the person.
pub(super) async fn to_two(browser: &Browser) -> Page {
    let summary = at_summary(browser).await;
    let near = summary.click("Ajouter un employeur").await.is(200);
    assert!(near.says("Déjà dans cet envoi"), "the ACI: {near:?}");
    let found = near.form("employers").fill("q", "renov").fill("distance", "50").submit().await.is(200);
    let jobs = about(&found, "/employers", world::EI).submit().await.is(303).follow().await.is(200);
    assert!(jobs.url.path().ends_with("/jobs") && jobs.says("chez Moselle Rénov'"), "{jobs:?}");
    let summary = jobs.form("jobs").submit().await.is(303).follow().await.is(200);
    assert!(summary.url.path().ends_with("/summary"), "message and CV are there: {summary:?}");
    summary
}

async fn companies(app: &TestApp) -> Vec<OrganisationId> {
    sqlx::query_scalar("SELECT company_id FROM applications ORDER BY company_id")
        .fetch_all(app.db())
        .await
        .unwrap()
}

#[tokio::test]
async fn one_sending_is_an_application_for_each_employer_with_its_consent_and_its_cv() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let summary = to_two(&browser).await;
    assert!(summary.says("Envoyer les 2 candidatures"), "{summary:?}");
    let form = agreed(&summary);
    let (one, other) = tokio::join!(form.submit(), form.submit());
    assert_eq!(one.is(303).location(), other.is(303).location(), "a second click sends nothing twice");
    let end = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(end.h1(), "2 candidatures envoyées");
    assert!(end.says("Les Jardins de la Seille et"), "{end:?}");
    assert_eq!(companies(&app).await, [world::ACI, world::EI]);
    let own: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM applications a
         JOIN sharing_consents c ON c.id = a.consent_id AND c.company_id = a.company_id
         JOIN documents d ON d.application_id = a.id",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(own, 2, "each its consent, each its CV");
    app.run_jobs().await;
    assert_eq!(stored(&app), 1, "one content");
    for (persona, id) in [Persona::Employer, Persona::OtherEmployer].into_iter().zip(sent_to(&app).await) {
        app.browser(persona).await.get(&format!("/applications/{id}/cv")).await.is(200);
    }
    let trail = app.audit_trail().await;
    let count = |action: &str| trail.iter().filter(|done| *done == action).count();
    assert_eq!(
        (count("application.submitted"), count("draft.sent"), count("draft.employer_added")),
        (2, 1, 1)
    );
}

/// The applications, that of the ACI first.
async fn sent_to(app: &TestApp) -> Vec<uuid::Uuid> {
    sqlx::query_scalar("SELECT id FROM applications ORDER BY company_id").fetch_all(app.db()).await.unwrap()
}

#[tokio::test]
async fn an_employer_that_can_get_nothing_is_named_and_the_others_get_theirs() {
    for (sql, reason) in [
        ("UPDATE companies SET block_applications_at = now() WHERE organisation_id = $1", "a suspendu"),
        (
            "UPDATE companies SET spontaneous_open_since = NULL WHERE organisation_id = $1",
            "candidature spontanée",
        ),
        (
            "UPDATE memberships SET is_active = false, is_admin = false WHERE organisation_id = $1",
            "personne ne pourrait lire",
        ),
    ] {
        let app = TestApp::new().await;
        app.ignore_mails();
        let browser = app.browser(Persona::Prescriber).await;
        let summary = to_two(&browser).await;
        sqlx::query(sql).bind(world::EI).execute(app.db()).await.unwrap();
        let end = agreed(&summary).submit().await.is(303).follow().await.is(200);
        assert_eq!(end.h1(), "Candidature envoyée", "{sql}");
        assert!(end.says("Une candidature n’est pas partie") && end.says(reason), "{sql}: {end:?}");
        assert_eq!(companies(&app).await, [world::ACI], "{sql}");
        assert!(app.audit_trail().await.contains(&"draft.not_sent".to_owned()), "{sql}");
        let again = browser.get(end.url.path()).await.is(200);
        assert!(again.says(reason), "{sql}: still named when the page is read again");
        app.run_jobs().await;
    }
}

/// SUB-6, seen at the summary and once sent.
#[tokio::test]
async fn the_24_hour_rule_holds_back_one_employer_alone() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let summary = to_two(&browser).await;
    let by = Persona::OtherPrescriber;
    app.scenario()
        .application()
        .of(world::CANDIDATE)
        .to(world::EI)
        .by(by)
        .sent(TimeDelta::hours(2))
        .insert()
        .await;
    let form = agreed(&summary);
    let warned = browser.get(summary.url.path()).await.is(200);
    assert!(warned.says("Rien ne partira pour cet employeur"), "{warned:?}");
    assert!(warned.says("Envoyer la candidature à Les Jardins de la Seille"), "{warned:?}");
    assert!(warned.says("Voici ce qui sera transmis à Les Jardins de la Seille, et rien"), "{warned:?}");
    let end = form.submit().await.is(303).follow().await.is(200);
    assert!(end.says("il y a moins de 24 heures"), "{end:?}");
    assert_eq!(companies(&app).await, [world::ACI, world::EI], "the second is the other prescriber's");
    app.run_jobs().await;
}

#[tokio::test]
async fn when_nothing_can_leave_nothing_is_written_and_the_draft_stays() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = to_two(&browser).await;
    sqlx::query("UPDATE companies SET block_applications_at = now()").execute(app.db()).await.unwrap();
    agreed(&summary).submit().await.is(403);
    assert!(applications(&app).await.is_empty());
    sqlx::query("UPDATE companies SET block_applications_at = NULL").execute(app.db()).await.unwrap();
    browser.get(summary.url.path()).await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_employer_the_person_does_not_consent_to_holds_everything_back_until_it_is_taken_away() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let summary = to_two(&browser).await;
    let form = summary.form("submission").check("informed", "true");
    let refused = form.check("consents", &world::ACI.to_string()).submit().await.is(422);
    assert!(refused.error("consents").unwrap_or_default().contains("pour chaque employeur"), "{refused:?}");
    assert!(applications(&app).await.is_empty());
    assert_eq!(refused.form("submission").value("consents"), Some(world::ACI.to_string()), "kept");
    let removal = about(&refused, "/removal", world::EI);
    let summary = removal.submit().await.is(303).follow().await.is(200);
    removal.submit().await.is(303);
    assert!(!summary.says("Retirer"), "the only one is not taken away: {summary:?}");
    agreed(&summary).submit().await.is(303);
    assert_eq!(companies(&app).await, [world::ACI]);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_sending_goes_to_five_employers_at_most() {
    let app = TestApp::new().await;
    let draft = app.scenario().draft().insert().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = browser.get(&format!("/application-drafts/{draft}/summary")).await.is(200);
    let line = |rank: i16, company: OrganisationId| {
        sqlx::query("INSERT INTO draft_applications (id, draft_id, rank, company_id) VALUES (gen_random_uuid(), $1, $2, $3)")
            .bind(draft)
            .bind(rank)
            .bind(company)
    };
    let constraint = async |rank, company| {
        let refused = line(rank, company).execute(app.db()).await.err()?;
        Some(refused.as_database_error()?.constraint()?.to_owned())
    };
    assert_eq!(constraint(6, world::EI).await.as_deref(), Some("draft_applications_rank_check"));
    assert_eq!(constraint(2, world::ACI).await.as_deref(), Some("draft_applications_company_key"));
    for (rank, company) in [(2, world::EI), (3, world::GEIQ), (4, world::AI)] {
        assert_eq!(constraint(rank, company).await, None);
    }
    assert_eq!(
        constraint(4, another_company(&app).await).await.as_deref(),
        Some("draft_applications_rank_key")
    );
    assert_eq!(constraint(5, another_company(&app).await).await, None);
    let full = step_of(&browser, &summary, "employers").await;
    assert!(full.says("cinq employeurs au plus"), "{full:?}");
    let acting_for = world::MISSION_LOCALE.to_string();
    let other = another_company(&app).await.to_string();
    let add = format!("/application-drafts/{draft}/employers");
    let refused = browser.post(&add, &[("acting_for", &acting_for), ("company", &other)]).await.is(303);
    assert_eq!(refused.follow().await.flash().as_deref(), Some("Un envoi va à cinq employeurs au plus"));
    assert_eq!(lines(&app, draft).await, 5);
}

async fn lines(app: &TestApp, draft: ApplicationDraftId) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM draft_applications WHERE draft_id = $1")
        .bind(draft)
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// One more GEIQ.
async fn another_company(app: &TestApp) -> OrganisationId {
    let id: OrganisationId =
        sqlx::query_scalar("SELECT gen_random_uuid()").fetch_one(app.db()).await.unwrap();
    for sql in [
        "INSERT INTO organisations (id, family, kind, siret, name, post_code, city, department_code, latitude, longitude,
                                    created_at, updated_at)
         SELECT $1, family, kind, lpad((random() * 1e13)::bigint::text, 14, '1'), 'GEIQ ' || $1, post_code, city,
                department_code, latitude, longitude, created_at, updated_at
         FROM organisations WHERE name = 'GEIQ BTP Lorraine'",
        "INSERT INTO companies (organisation_id, source, spontaneous_open_since) VALUES ($1, 'GEIQ', now())",
    ] {
        sqlx::query(sql).bind(id).execute(app.db()).await.unwrap();
    }
    id
}

/// C4: another employer for the same person, in a draft of its own.
#[tokio::test]
async fn message_and_cv_are_proposed_again_for_the_next_employer() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let end = agreed(&at_summary(&browser).await).submit().await.is(303).follow().await.is(200);
    let search = end.link("Postuler aussi chez d’autres employeurs");
    assert!(search.contains(&world::CANDIDATE.to_string()), "the search for the same person: {search}");
    let start = format!("/application-drafts/new?company={}&candidate={}", world::EI, world::CANDIDATE);
    let form = browser.get(&start).await.is(200).form("application-drafts");
    let message = form.submit().await.is(303).follow().await.is(200);
    assert!(message.url.path().ends_with("/message"), "it is shown, to be adapted: {message:?}");
    assert!(message.says("Repris de votre candidature du 4 mai 2026"), "{message:?}");
    assert_eq!(
        message.value("message").as_deref().map(str::trim),
        Some("Amel aime le travail en extérieur."),
    );
    assert!(message.says("Un CV est joint"), "{message:?}");
    let summary = message.form("message").check("remove_cv", "true").submit().await.is(303);
    let summary = summary.follow().await.is(200);
    agreed(&summary).submit().await.is(303);
    app.run_jobs().await;
    assert_eq!(stored(&app), 1, "taken away here, the CV stays with the application before");
    let cv = format!("/applications/{}/cv", sent_to(&app).await[0]);
    app.browser(Persona::Employer).await.get(&cv).await.is(200);
    let other = app.browser(Persona::PrescriberAdmin).await;
    let start = format!("/application-drafts/new?company={}&candidate={}", world::GEIQ, world::CANDIDATE);
    let form = other.get(&start).await.is(200).form("application-drafts");
    let message = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(message.value("message").as_deref().map(str::trim), Some(""), "a colleague's is not");
}

/// Nothing leaves that was not shown: the summary of one tab knows nothing of the employer that another tab added.
#[tokio::test]
async fn an_employer_added_in_another_tab_gets_nothing_before_its_posts_are_chosen() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    let near = summary.click("Ajouter un employeur").await.is(200);
    let found = near.form("employers").fill("q", "renov").fill("distance", "50").submit().await.is(200);
    about(&found, "/employers", world::EI).submit().await.is(303);
    let back = agreed(&summary).submit().await.is(303).follow().await.is(200);
    assert!(back.url.path().ends_with("/jobs"), "{}", back.url);
    assert!(back.flash().is_some_and(|told| told.contains("Il reste des postes à choisir")), "{back:?}");
    assert!(companies(&app).await.is_empty());
}

/// D33: what was sent for one organisation is not read in another.
#[tokio::test]
async fn the_end_page_is_read_in_the_organisation_it_was_sent_for() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let end = agreed(&at_summary(&browser).await).submit().await.is(303).follow().await.is(200);
    sqlx::query("UPDATE applications SET sender_organisation_id = $1")
        .bind(Persona::OtherPrescriber.organisation())
        .execute(app.db())
        .await
        .unwrap();
    browser.get(end.url.path()).await.is(404);
}

#[tokio::test]
async fn the_employers_of_someone_else_s_draft_do_not_exist() {
    let app = TestApp::new().await;
    let page = begun(&app.browser(Persona::Prescriber).await).await;
    let draft = page.url.path().rsplit_once('/').unwrap().0;
    for persona in [Persona::PrescriberAdmin, Persona::OtherPrescriber, Persona::Candidate] {
        let browser = app.browser(persona).await;
        browser.get(&format!("{draft}/employers")).await.is(404);
        let acting_for = persona.organisation().map(|id| id.to_string());
        let company = world::EI.to_string();
        for action in ["employers", "employers/removal"] {
            let acting_for = acting_for.as_deref().map(|id| ("acting_for", id));
            let fields: Vec<_> = acting_for.into_iter().chain([("company", company.as_str())]).collect();
            browser.post(&format!("{draft}/{action}"), &fields).await.is(404);
        }
    }
}
