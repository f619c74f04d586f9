//! What is chosen at a hire besides its dates: who accompanies the person there, a post typed then (rule book 02 §6.3,
//! ACC-21, ACC-31).

use chrono::TimeDelta;
use iae_tests::{Form, Page, Persona, TestApp, world};

async fn opened(app: &TestApp) -> Form {
    app.scenario().diagnosis().insert().await;
    let id = app.scenario().application().insert().await;
    let page = app.browser(Persona::Employer).await;
    let page = page.get(&format!("/applications/{id}/acceptance")).await.is(200);
    let start = app.today() + TimeDelta::days(7);
    page.form("main form").fill("starts_on", &start.to_string())
}

async fn hired(form: Form) -> Page {
    let recap = form.press("review").submit().await.is(200);
    recap.form("main form").press("confirm").submit().await.is(303);
    recap
}

async fn advisor(app: &TestApp) -> (iae_domain::ids::UserId, bool) {
    sqlx::query_as(
        "SELECT user_id, advisor_is_unlisted FROM candidate_relations
         WHERE candidate_id = $1 AND organisation_id = $2 AND origin = 'hired'",
    )
    .bind(world::CANDIDATE)
    .bind(world::ACI)
    .fetch_one(app.db())
    .await
    .unwrap()
}

#[tokio::test]
async fn whoever_accepts_accompanies_the_person_unless_someone_else_is_named() {
    let app = TestApp::new().await;
    let form = opened(&app).await;
    assert_eq!(form.value("advisor"), Some(world::EMPLOYER.to_string()), "§6.3: oneself by default");
    assert_eq!(form.offered("advisor").len(), 3, "two active members, and nobody the service knows");
    hired(form).await;
    assert_eq!(advisor(&app).await, (world::EMPLOYER, false));
    app.ignore_jobs();
}

/// ACC-31: the colleague is told of the PASS, the sender is given their name, the history says who accepted.
#[tokio::test]
async fn a_colleague_named_receives_the_pass_and_the_history_says_who_accepted() {
    let app = TestApp::new().await;
    let recap = hired(opened(&app).await.fill("advisor", &world::EMPLOYER_ADMIN.to_string())).await;
    assert!(recap.says("Interlocuteur"), "{}", recap.text());
    assert_eq!(advisor(&app).await, (world::EMPLOYER_ADMIN, false));
    let mails = app.run_jobs_and_mails().await;
    let pass = mails.iter().find(|mail| mail.text_body.contains("PASS IAE") && mail.subject.contains("PASS"));
    assert_eq!(pass.unwrap().recipient, Persona::EmployerAdmin.email());
    let by: iae_domain::ids::UserId =
        sqlx::query_scalar("SELECT user_id FROM application_transitions WHERE to_state = 'accepted'")
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(by, world::EMPLOYER);
}

#[tokio::test]
async fn nobody_the_service_knows_is_an_answer() {
    let app = TestApp::new().await;
    hired(opened(&app).await.fill("advisor", "unlisted")).await;
    assert_eq!(advisor(&app).await, (world::EMPLOYER, true));
    let mails = app.run_jobs_and_mails().await;
    let proxy = mails.iter().find(|mail| mail.recipient == Persona::Prescriber.email()).unwrap();
    assert!(proxy.text_body.contains("non référencé"), "{}", proxy.text_body);
}

#[tokio::test]
async fn someone_who_is_no_member_is_refused() {
    let app = TestApp::new().await;
    let form = opened(&app).await.forge("advisor", &world::OTHER_EMPLOYER.to_string());
    let page = form.press("review").submit().await.is(422);
    assert!(page.error("advisor").unwrap().contains("plus membre"), "{}", page.text());
}

/// ACC-21: reused when there is one of it there, open or closed; else written, closed.
#[tokio::test]
async fn a_post_typed_at_the_hire_is_written_closed_and_once() {
    let app = TestApp::new().await;
    let form = opened(&app).await.fill("job", "new");
    let page = form.clone().press("review").submit().await.is(422);
    assert!(page.error("new_job").is_some() && page.error("new_job_commune").is_some(), "{}", page.text());
    let label: String = sqlx::query_scalar("SELECT label FROM rome_appellations WHERE code = '16250'")
        .fetch_one(app.db())
        .await
        .unwrap();
    let page = form.clone().fill("new_job", "zzzz").fill("new_job_commune", "Metz").press("review");
    let page = page.submit().await.is(422);
    assert!(page.error("new_job").unwrap().contains("Aucun métier"), "{}", page.text());
    assert_eq!(page.value("new_job").as_deref(), Some("zzzz"), "kept");
    let recap = hired(form.fill("new_job", &label).fill("new_job_commune", "Metz")).await;
    assert!(recap.says("nouveau poste") && recap.says("Metz"), "{}", recap.text());
    let (posts, is_active): (i64, bool) = sqlx::query_as(
        "SELECT count(*) OVER (), j.is_active FROM job_descriptions j
         JOIN applications a ON a.hired_job_id = j.id
         WHERE j.company_id = $1 AND j.is_created_at_hiring AND j.appellation_code = '16250'",
    )
    .bind(world::ACI)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!((posts, is_active), (1, false));
    let written: (String, i64) = sqlx::query_as(
        "SELECT j.other_contract, (SELECT count(*) FROM audit_events e
                                   WHERE e.action = 'organisation.post_created_at_hire'
                                     AND e.subject_id = j.company_id AND e.payload ->> 'post' = j.id::text)
         FROM job_descriptions j WHERE j.is_created_at_hiring",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(written, ("Poste créé à l’embauche".to_owned(), 1), "kept in the audit trail");

    let other = app.scenario().application().of(world::OTHER_CANDIDATE).by(Persona::OtherPrescriber);
    let id = other.insert().await;
    app.scenario().diagnosis().of(world::OTHER_CANDIDATE).by(Persona::OtherPrescriber).insert().await;
    let page = app.browser(Persona::Employer).await;
    let page = page.get(&format!("/applications/{id}/acceptance")).await.is(200);
    assert!(page.says("(fermé)"), "closed posts are offered: {}", page.text());
    let start = (app.today() + TimeDelta::days(7)).to_string();
    let form = page.form("main form").fill("starts_on", &start).fill("job", "new");
    hired(form.fill("new_job", &label).fill("new_job_commune", "57000 Metz")).await;
    let posts: i64 = sqlx::query_scalar("SELECT count(*) FROM job_descriptions WHERE is_created_at_hiring")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(posts, 1, "reused");
    app.ignore_jobs();
}
