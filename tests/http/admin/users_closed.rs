//! The team closes accounts (USR-15), and opens again those that nobody used (USR-17).

use iae_domain::ids::UserId;
use iae_domain::staff::StaffGroup;
use iae_tests::{Browser, Page, Persona, TestApp, world};

use super::users::{another_superuser, only_in};

const WHY: &str = "Départ signalé par la structure, ticket 12.";

async fn asked(browser: &Browser, user: UserId) -> Page {
    browser.get(&format!("/admin/users/{user}/deactivation")).await.is(200)
}

async fn tie(app: &TestApp, persona: Persona, subject: &str) {
    sqlx::query("INSERT INTO identities VALUES ('PC', $1, $2, now())")
        .bind(subject)
        .bind(persona.user())
        .execute(app.db())
        .await
        .unwrap();
}

/// What an account has become: open, its address, its subject.
async fn account(app: &TestApp, user: UserId) -> (bool, Option<String>, Option<String>) {
    sqlx::query_as(
        "SELECT u.is_active, u.email, (SELECT i.subject FROM identities i WHERE i.user_id = u.id)
         FROM users u WHERE u.id = $1",
    )
    .bind(user)
    .fetch_one(app.db())
    .await
    .unwrap()
}

/// USR-15 in full, after MEM-9's warning.
#[tokio::test]
async fn an_account_closes_with_all_it_opened() {
    let app = TestApp::new().await;
    tie(&app, Persona::EmployerAdmin, "sujet").await;
    let open = app.browser(Persona::EmployerAdmin).await;
    open.get("/dashboard").await.is(200);
    let staff = app.browser(Persona::Staff).await;
    let page = asked(&staff, world::EMPLOYER_ADMIN).await;
    assert!(page.says("Plus personne n’administrerait ces structures"), "{}", page.text());
    assert!(page.says("Les Jardins de la Seille"));
    assert!(app.audit_trail().await.is_empty(), "a page asks first");

    let blank = page.form("deactivation").submit().await.is(422);
    assert!(blank.error("remark").is_some());
    let long = page.form("deactivation").fill("remark", &"é".repeat(501)).submit().await.is(422);
    assert!(long.error("remark").is_some_and(|said| said.contains("501")), "{:?}", long.errors());
    assert!(account(&app, world::EMPLOYER_ADMIN).await.0, "nothing half done");

    let form = page.form("deactivation").fill("remark", WHY);
    let done = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(done.flash().as_deref(), Some("Compte désactivé"));
    assert!(done.says(WHY) && done.says("N’en fait plus partie"), "{}", done.text());
    let email = Persona::EmployerAdmin.email();
    let expected = (false, Some(format!("{email}_old")), Some("old_sujet".to_owned()));
    assert_eq!(account(&app, world::EMPLOYER_ADMIN).await, expected);
    open.get("/dashboard").await.is(303);
    let there: (bool, bool) =
        sqlx::query_as("SELECT is_active, is_admin FROM memberships WHERE user_id = $1")
            .bind(world::EMPLOYER_ADMIN)
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(there, (false, false));
    let trail = app.audit_trail().await;
    for action in ["organisation.member_left", "account.deactivated", "account.sessions_ended"] {
        assert_eq!(trail.iter().filter(|done| *done == action).count(), 1, "{action}: {trail:?}");
    }
    assert!(app.run_jobs_and_mails().await.is_empty(), "NOT-2: a closed account receives nothing");

    // Sent twice: nothing more, and it is said.
    let again = form.submit().await.is(409);
    assert!(again.says("Ce compte a changé") && again.says("Dernier changement"), "{}", again.text());
    assert!(asked(&staff, world::EMPLOYER_ADMIN).await.says("déjà désactivé"));

    // The address is free: another account takes it, closes in turn, and both are kept apart.
    let second = UserId(uuid::Uuid::from_u128(0xA12));
    sqlx::query(
        "INSERT INTO users (id, kind, email, first_name, last_name, created_at)
         VALUES ($1, 'professional', $2, 'Adèle', 'Thiry', $3)",
    )
    .bind(second)
    .bind(email)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    asked(&staff, second).await.form("deactivation").fill("remark", WHY).submit().await.is(303);
    let (is_active, kept, _) = account(&app, second).await;
    assert!(!is_active && kept.is_some_and(|kept| kept.starts_with(&format!("{email}_old_"))));
}

/// Not oneself; not a superuser unless by one (STF-1); not an account that is none.
#[tokio::test]
async fn nobody_closes_whom_they_may_not() {
    let app = TestApp::new().await;
    let staff = app.browser(Persona::Staff).await;
    let own = asked(&staff, world::STAFF).await;
    assert!(own.says("Personne ne désactive son propre compte") && !own.has_form("deactivation"));
    // The same posted by hand on oneself, with what a page would have shown.
    let seen = format!("active {} - 0 0 -", Persona::Staff.email());
    let fields = [("seen", seen.as_str()), ("remark", WHY)];
    let posted = staff.post(&format!("/admin/users/{}/deactivation", world::STAFF), &fields).await.is(422);
    assert!(posted.says("demandez à un collègue"), "{}", posted.text());
    assert!(account(&app, world::STAFF).await.0);
    let patron = another_superuser(&app).await;
    asked(&staff, patron).await.form("deactivation").fill("remark", WHY).submit().await.is(303);
    let app = TestApp::new().await;
    let patron = another_superuser(&app).await;
    let admin = only_in(&app, &[StaffGroup::Admin]).await;
    admin.post(&format!("/admin/users/{patron}/deactivation"), &fields).await.is(404);
    admin.post("/admin/users/01900000-0000-7000-8000-000000000000/deactivation", &fields).await.is(404);
}

/// D32: whoever is second, or read an older state, is told.
#[tokio::test]
async fn two_of_the_team_close_it_once_and_nobody_closes_what_changed() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let (one, other) = (app.browser(Persona::Staff).await, app.browser(Persona::Staff).await);
    let first = asked(&one, world::EMPLOYER).await.form("deactivation").fill("remark", WHY);
    let second = asked(&other, world::EMPLOYER).await.form("deactivation").fill("remark", WHY);
    let (first, second) = tokio::join!(first.submit(), second.submit());
    let mut answers = [first.status.as_u16(), second.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
    let remarks: i64 =
        sqlx::query_scalar("SELECT count(*) FROM account_remarks").fetch_one(app.db()).await.unwrap();
    assert_eq!(remarks, 1);

    let read = asked(&one, world::MULTI_ORGANISATION).await.form("deactivation").fill("remark", WHY);
    sqlx::query("UPDATE memberships SET updated_at = updated_at + interval '1 second' WHERE user_id = $1")
        .bind(world::MULTI_ORGANISATION)
        .execute(app.db())
        .await
        .unwrap();
    read.submit().await.is(409);
    assert!(account(&app, world::MULTI_ORGANISATION).await.0);
}

/// USR-17: only what was closed because nobody used it; its memberships stay over.
#[tokio::test]
async fn an_account_that_nobody_used_opens_again() {
    let app = TestApp::new().await;
    tie(&app, Persona::DeactivatedMember, "sujet").await;
    let staff = app.browser(Persona::Staff).await;
    let address = format!("/admin/users/{}/reactivation", world::DEACTIVATED_MEMBER);
    assert!(!staff.get(&address).await.is(200).has_form("reactivation"), "it is open");
    sqlx::query(
        "UPDATE users SET is_active = false, email = NULL, upcoming_deletion_notified_at = $2 WHERE id = $1",
    )
    .bind(world::DEACTIVATED_MEMBER)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    let form = staff.get(&address).await.is(200).form("reactivation").fill("remark", WHY);
    let (one, other) = tokio::join!(form.submit(), form.submit());
    let mut answers = [one.status.as_u16(), other.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
    let expected = (true, None, Some("sujet".to_owned()));
    assert_eq!(account(&app, world::DEACTIVATED_MEMBER).await, expected);
    let active: i64 = sqlx::query_scalar("SELECT count(*) FROM memberships WHERE user_id = $1 AND is_active")
        .bind(world::DEACTIVATED_MEMBER)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(active, 0);
}

/// What a candidate has at structures is said before, and their address is shown as they wrote it after.
#[tokio::test]
async fn what_a_candidate_leaves_at_structures_is_said() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().application().by(Persona::Prescriber).to(world::EI).insert().await;
    app.scenario().pass().of(world::CANDIDATE).insert().await;
    let staff = app.browser(Persona::Staff).await;
    let page = asked(&staff, UserId(world::CANDIDATE.0)).await;
    assert!(page.says("candidature reste") && page.says("PASS IAE demeure"), "{}", page.text());
    assert!(!page.says("aucune structure"), "{}", page.text());
    let done = page.form("deactivation").fill("remark", WHY).submit().await.is(303).follow().await.is(200);
    assert!(!done.says("appartenances") && !done.says("_old"), "{}", done.text());
    assert!(done.says(Persona::Candidate.email()) && done.says("Aucune, le compte est désactivé"));
}
