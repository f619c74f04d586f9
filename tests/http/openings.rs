//! Who read who a person is: every page and every file counts, once a day, in the person's trail (D4, D34).

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_domain::ids::PassId;
use iae_tests::{Persona, TestApp, world};

use crate::candidates::by_nir;

async fn openings(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM audit_events WHERE action = 'candidate.file_opened'")
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// Each of these pages, opened first thing in the morning by whoever sees who the person is, is an opening; the second
/// of the day is none.
#[tokio::test]
async fn every_page_and_file_about_a_person_opens_their_file_once_a_day() {
    let app = TestApp::new().await;
    let waiting = app.scenario().application().to(world::ACI).insert().await;
    app.attach_cv(waiting).await;
    let hired = app.scenario().application().to(world::EI).state(StateCode::Accepted).insert().await;
    let pass: PassId = sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap();
    let draft = app.scenario().draft().by(Persona::OtherPrescriber).insert().await;
    sqlx::query("UPDATE applications SET state = 'new', processed_at = NULL WHERE id = $1")
        .bind(waiting)
        .execute(app.db())
        .await
        .unwrap();
    let drafted = draft_pages(&draft.to_string());
    let file = format!("/candidates/{}", world::CANDIDATE);
    let pages = [
        (Persona::Employer, format!("/applications/{waiting}")),
        (Persona::Employer, format!("/applications/{waiting}/acceptance")),
        (Persona::Employer, format!("/applications/{waiting}/refusal")),
        (Persona::Employer, format!("/applications/{waiting}/postponement")),
        (Persona::Employer, format!("/applications/{waiting}/cv")),
        (Persona::Employer, file.clone()),
        (Persona::Prescriber, format!("/applications/{waiting}")),
        (Persona::Prescriber, format!("/applications/{waiting}/sent")),
        (Persona::Prescriber, format!("{file}/eligibility")),
        (Persona::Prescriber, format!("/pass/{pass}")),
        (
            Persona::Prescriber,
            format!("/application-drafts/new?company={}&candidate={}", world::EI, world::CANDIDATE),
        ),
        (Persona::OtherEmployer, format!("/applications/{hired}")),
        (Persona::OtherEmployer, format!("/pass/{pass}")),
        (Persona::OtherEmployer, format!("/pass/{pass}/certificate")),
        (Persona::OtherEmployer, format!("/pass/{pass}/certificate.pdf")),
    ];
    let drafted = drafted.into_iter().map(|page| (Persona::OtherPrescriber, page));
    for (persona, page) in drafted.chain(pages) {
        app.advance(TimeDelta::days(1));
        let browser = app.browser(persona).await;
        let before = openings(&app).await;
        for _ in 0..2 {
            let status = browser.get(&page).await.status.as_u16();
            assert!([200, 303].contains(&status), "{persona:?} {page}: {status}");
        }
        assert_eq!(openings(&app).await, before + 1, "{persona:?} {page}");
    }
    app.ignore_jobs();
}

fn draft_pages(draft: &str) -> Vec<String> {
    ["jobs", "message", "summary"].map(|step| format!("/application-drafts/{draft}/{step}")).into()
}

#[tokio::test]
async fn an_application_opened_by_a_professional_is_in_the_trail_of_the_person() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    app.browser(Persona::Employer).await.get(&format!("/applications/{id}")).await.is(200);
    let own = app.browser(Persona::Candidate).await.get("/my-file").await.is(200);
    assert!(own.says("A ouvert votre dossier") && own.says("Émile SCHMITT"), "{own:?}");
}

/// What one reads of oneself, and what tells nobody's identity, is no opening.
#[tokio::test]
async fn ones_own_pages_and_masked_ones_open_nothing() {
    let app = TestApp::new().await;
    let id = app.scenario().application().state(StateCode::Accepted).insert().await;
    let pass: PassId = sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap();
    let before = openings(&app).await;
    let own = app.browser(Persona::Candidate).await;
    for page in [format!("/applications/{id}"), format!("/pass/{pass}"), "/my-file".to_owned()] {
        own.get(&page).await.is(200);
    }
    let inspector = app.browser(Persona::Inspector).await;
    inspector.get("/self-prescriptions").await.is(200);
    assert_eq!(openings(&app).await, before);
}

/// The service writes some openings by itself: the person reads so, and not an error.
#[tokio::test]
async fn an_opening_without_author_is_shown_as_by_the_service() {
    let app = TestApp::new().await;
    sqlx::query(
        "INSERT INTO audit_events
             (id, at, actor_kind, action, subject_kind, subject_id, payload, request_id)
         VALUES (gen_random_uuid(), $1, 'system', 'candidate.file_opened', 'candidate', $2, '{}', gen_random_uuid())",
    )
    .bind(app.now())
    .bind(world::CANDIDATE)
    .execute(app.db())
    .await
    .unwrap();
    let own = app.browser(Persona::Candidate).await.get("/my-file").await.is(200);
    assert!(own.says("A ouvert votre dossier") && own.says("Le service Parcours IAE"), "{own:?}");
}

/// The trail says what happened: a look-up is a look-up, and an employer looked for with someone opens nothing of theirs.
#[tokio::test]
async fn a_look_up_and_a_search_are_no_openings() {
    let app = TestApp::new().await;
    let trail = async || app.browser(Persona::Candidate).await.get("/my-file").await.is(200);
    let employer = app.browser(Persona::OtherEmployer).await;
    by_nir(&employer, world::CANDIDATE_NIR).await.is(200);
    let own = trail().await;
    assert!(own.says("Vous a recherché") && !own.says("A ouvert votre dossier"), "{own:?}");
    app.advance(TimeDelta::days(1));
    let search = format!("/employers?city=metz-57&for={}", world::CANDIDATE);
    let employer = app.browser(Persona::OtherEmployer).await;
    for _ in 0..2 {
        employer.get(&search).await.is(200);
    }
    let own = trail().await;
    assert!(own.says("A cherché un employeur pour vous") && !own.says("A ouvert votre dossier"), "{own:?}");
    assert_eq!(own.text().matches("A cherché un employeur").count(), 1, "once a day");
    app.ignore_jobs();
}
