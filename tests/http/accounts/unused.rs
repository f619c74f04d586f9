//! Accounts of professionals that nobody uses are announced, then go (USR-16).

use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::accounts::follow_unused;
use iae_domain::ids::UserId;
use iae_tests::{IdentityProvider, Persona, TestApp, world};

use super::login::to_provider;

/// They last signed in so many days ago, and their provider knows them.
async fn last_signed_in(app: &TestApp, user: UserId, days: i64) {
    sqlx::query("UPDATE users SET last_login_at = $2, phone = '0612345678' WHERE id = $1")
        .bind(user)
        .bind(app.now() - TimeDelta::days(days))
        .execute(app.db())
        .await
        .unwrap();
    sqlx::query("INSERT INTO identities VALUES ('PC', 'sujet', $1, now())")
        .bind(user)
        .execute(app.db())
        .await
        .unwrap();
}

/// How many were told, how many accounts went.
async fn follow(app: &TestApp) -> (u64, u64) {
    follow_unused(app.worker(), &Ctx::system(app.now())).await.unwrap()
}

/// Open, address, phone, name, subject; none when there is no such account.
type Standing = (bool, Option<String>, Option<String>, String, Option<String>);

async fn standing(app: &TestApp, user: UserId) -> Option<Standing> {
    sqlx::query_as(
        "SELECT u.is_active, u.email, u.phone, u.last_name
              , (SELECT i.subject FROM identities i WHERE i.user_id = u.id)
         FROM users u WHERE u.id = $1",
    )
    .bind(user)
    .fetch_optional(app.db())
    .await
    .unwrap()
}

/// The first working day that it is due, the day said, and no other; told at both, at the address it had.
#[tokio::test]
async fn an_account_that_nobody_uses_is_announced_then_goes_under_its_name() {
    let app = TestApp::new().await;
    last_signed_in(&app, world::EMPLOYER_ADMIN, 699).await;
    sqlx::query(
        "INSERT INTO second_factors (id, user_id, name, sealed, last_step, next_try_at, created_at)
         VALUES (gen_random_uuid(), $1, 'Téléphone', 'x', 0, $2, $2)",
    )
    .bind(world::EMPLOYER_ADMIN)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    assert_eq!(follow(&app).await, (0, 0));
    app.advance(TimeDelta::days(1));
    let (one, other) = tokio::join!(follow(&app), follow(&app));
    assert_eq!((one.0 + other.0, one.1 + other.1), (1, 0), "two workers tell once");
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, Persona::EmployerAdmin.email());
    assert!(mails[0].text_body.contains("4 juin 2026"), "{}", mails[0].text_body);
    assert!(standing(&app, world::EMPLOYER_ADMIN).await.unwrap().0, "it is open meanwhile");

    app.advance(TimeDelta::days(29));
    assert_eq!(follow(&app).await, (0, 0), "told once, and it is not the day yet");
    app.advance(TimeDelta::days(1));
    let (one, other) = tokio::join!(follow(&app), follow(&app));
    assert_eq!((one.0 + other.0, one.1 + other.1), (0, 1));
    assert_eq!(follow(&app).await, (0, 0));
    let expected = (false, None, None, "Thiry".to_owned(), Some("sujet".to_owned()));
    assert_eq!(standing(&app, world::EMPLOYER_ADMIN).await, Some(expected));
    let left: (i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM second_factors WHERE user_id = $1)
              , (SELECT count(*) FROM memberships WHERE user_id = $1 AND (is_active OR is_admin))",
    )
    .bind(world::EMPLOYER_ADMIN)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(left, (0, 0));
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1, "nothing else is told to a closed account");
    assert_eq!(mails[0].recipient, Persona::EmployerAdmin.email());
    assert!(mails[0].text_body.contains("4 juin 2026"), "{}", mails[0].text_body);
    let trail = app.audit_trail().await;
    for action in ["account.closing_announced", "organisation.member_left", "account.anonymised"] {
        assert_eq!(trail.iter().filter(|done| *done == action).count(), 1, "{action}: {trail:?}");
    }

    // USR-17: the team may let them come back.
    let staff = app.browser(Persona::Staff).await;
    let page = staff.get(&format!("/admin/users/{}/reactivation", world::EMPLOYER_ADMIN)).await.is(200);
    assert!(page.has_form("reactivation"), "{}", page.text());
}

#[tokio::test]
async fn an_account_that_nothing_refers_to_is_deleted() {
    let app = TestApp::new().await;
    last_signed_in(&app, world::NO_ORGANISATION, 800).await;
    assert_eq!(follow(&app).await, (1, 0), "after an outage of the worker too");
    app.run_jobs_and_mails().await;
    app.advance(TimeDelta::days(45));
    assert_eq!(follow(&app).await, (0, 1));
    assert_eq!(standing(&app, world::NO_ORGANISATION).await, None);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, Persona::NoOrganisation.email());
    assert_eq!(app.audit_trail().await.iter().filter(|done| *done == "account.deleted").count(), 1);
}

/// Whatever refers to it, of any feature, even what the task knows nothing of; and what the team wrote of it, which would go with it.
#[tokio::test]
async fn an_account_that_something_refers_to_keeps_its_name() {
    let published = "UPDATE organisations SET profile_published_by = $1 WHERE id = $2";
    let remark = "INSERT INTO account_remarks (id, user_id, written_by, written_at, act, remark)
         VALUES (gen_random_uuid(), $1, $2, now(), 'account.subject_change_armed', 'Vu au téléphone')";
    for (statement, other) in [(published, world::ASSOCIATION.0), (remark, world::STAFF.0)] {
        let app = TestApp::new().await;
        app.ignore_mails();
        last_signed_in(&app, world::NO_ORGANISATION, 800).await;
        sqlx::query(statement).bind(world::NO_ORGANISATION).bind(other).execute(app.db()).await.unwrap();
        follow(&app).await;
        app.advance(TimeDelta::days(30));
        assert_eq!(follow(&app).await, (0, 1), "{statement}");
        let expected = (false, None, None, "Petit".to_owned(), Some("sujet".to_owned()));
        assert_eq!(standing(&app, world::NO_ORGANISATION).await, Some(expected), "{statement}");
    }
}

/// It has no address until they sign in: they could not be told, so it does not close either (USR-17).
#[tokio::test]
async fn an_account_that_the_team_opened_again_waits_for_its_holder() {
    let app = TestApp::new().await;
    app.ignore_mails();
    last_signed_in(&app, world::EMPLOYER_ADMIN, 800).await;
    assert_eq!(follow(&app).await, (1, 0));
    app.advance(TimeDelta::days(30));
    assert_eq!(follow(&app).await, (0, 1));
    let staff = app.browser(Persona::Staff).await;
    let page = staff.get(&format!("/admin/users/{}/reactivation", world::EMPLOYER_ADMIN)).await.is(200);
    page.form("reactivation").fill("remark", "Vu au téléphone").submit().await.is(303);
    assert_eq!(follow(&app).await, (0, 0));
    app.advance(TimeDelta::days(31));
    assert_eq!(follow(&app).await, (0, 0));
    assert!(standing(&app, world::EMPLOYER_ADMIN).await.unwrap().0);
}

#[tokio::test]
async fn a_sign_in_after_the_announcement_keeps_the_account() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    app.ignore_mails();
    sqlx::query("UPDATE users SET last_login_at = $2, first_login_at = $2 WHERE id = $1")
        .bind(world::EMPLOYER)
        .bind(app.now() - TimeDelta::days(800))
        .execute(app.db())
        .await
        .unwrap();
    assert_eq!(follow(&app).await, (1, 0));
    let page = to_provider(&app.visitor(), "%2Fdashboard").await;
    IdentityProvider::log_in(&page, Persona::Employer.email()).await.follow().await.is(200);
    app.advance(TimeDelta::days(31));
    assert_eq!(follow(&app).await, (0, 0));
    assert!(standing(&app, world::EMPLOYER).await.unwrap().0);
}

/// Candidates have a rule of their own (USR-18), the team none.
#[tokio::test]
async fn the_task_of_the_worker_concerns_professionals_alone() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE users SET last_login_at = $2 WHERE id = ANY ($1)")
        .bind(vec![world::CANDIDATE.0, world::STAFF.0, world::OTHER_INSPECTOR.0])
        .bind(app.now() - TimeDelta::days(900))
        .execute(app.db())
        .await
        .unwrap();
    sqlx::query("SELECT graphile_worker.add_job('follow_unused_accounts', '{}'::json)")
        .execute(app.db())
        .await
        .unwrap();
    app.run_jobs().await;
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, Persona::OtherInspector.email());
}
