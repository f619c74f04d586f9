//! What ends it without anybody leaving it.

use chrono::TimeDelta;
use iae_tests::{Browser, Page, Persona, TestApp, world};

use super::{actors_of, begin, ends, night, seen_as};

/// The next thing asked is not done, the team is behind its own pages, and told so.
async fn is_over(browser: &Browser, asked: Page) {
    let page = asked.is(303);
    assert_eq!(page.location().as_deref(), Some("/dashboard"));
    let page = page.follow().await.is(200);
    let told = "Vous ne voyez plus la plateforme à la place d’une autre personne";
    assert_eq!(page.flash().as_deref(), Some(told), "{page:?}");
    assert_eq!(page.text_of(".seen-as"), None);
    browser.get("/admin/audit").await.is(200);
}

#[tokio::test]
async fn an_hour_ends_it_whatever_is_done() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let id = app.scenario().application().insert().await;
    let browser = seen_as(&app, Persona::Employer).await;
    let form = browser.get(&format!("/applications/{id}/postponement")).await.is(200).form("main form");
    app.advance(TimeDelta::minutes(60) - TimeDelta::seconds(1));
    browser.get("/dashboard").await.is(200);
    app.advance(TimeDelta::seconds(1));
    let late = form.fill("answer", "Nous recrutons en juin.").submit().await;
    is_over(&browser, late).await;
    assert!(actors_of(&app, "application.postponed").await.is_empty(), "asked too late");
    assert_eq!(ends(&app).await, [Some("expired".to_owned())]);
    assert_eq!(actors_of(&app, "account.impersonation_ended").await, [(None, None)], "by the service");
}

#[tokio::test]
async fn the_account_of_the_person_is_closed_meanwhile() {
    let app = TestApp::new().await;
    let browser = seen_as(&app, Persona::Employer).await;
    app.scenario().close_account(Persona::Employer).await;
    let next = browser.get("/applications").await;
    is_over(&browser, next).await;
    assert_eq!(ends(&app).await, [Some("target_closed".to_owned())]);
}

/// STF-1: a right taken away is not held at the next request.
#[tokio::test]
async fn the_right_is_taken_away_meanwhile() {
    let app = TestApp::new().await;
    let browser = seen_as(&app, Persona::Employer).await;
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    let next = browser.post("/organisation-switch", &[]).await.is(303);
    assert_eq!(next.location().as_deref(), Some("/dashboard"));
    assert_eq!(browser.get("/dashboard").await.is(200).text_of(".seen-as"), None);
    assert_eq!(ends(&app).await, [Some("right_lost".to_owned())]);
}

/// USR-19: nobody is behind the session any more.
#[tokio::test]
async fn the_member_of_the_team_leaves_meanwhile() {
    let app = TestApp::new().await;
    let browser = seen_as(&app, Persona::Employer).await;
    app.scenario().close_account(Persona::Staff).await;
    let page = browser.get("/applications").await.is(303);
    assert!(page.location().is_some_and(|to| to.starts_with("/login")), "{page:?}");
    assert_eq!(ends(&app).await, [None], "the worker says so at night");
    app.advance(TimeDelta::minutes(2));
    assert_eq!(night(&app).await, 1);
    assert_eq!(ends(&app).await, [Some("right_lost".to_owned())]);
    assert_eq!(night(&app).await, 0);
}

/// Signing out is of the team, wherever it is done from.
#[tokio::test]
async fn signing_out_ends_it_with_the_session() {
    let app = TestApp::new().await;
    let browser = seen_as(&app, Persona::Employer).await;
    browser.get("/logout").await.is(200).form("main form").submit().await.is(303);
    browser.get("/dashboard").await.is(303);
    assert_eq!(ends(&app).await, [Some("session_over".to_owned())]);
    let out: Vec<uuid::Uuid> =
        sqlx::query_scalar("SELECT subject_id FROM audit_events WHERE action = 'account.logged_out'")
            .fetch_all(app.db())
            .await
            .unwrap();
    assert_eq!(out, [world::STAFF.0]);
    assert_eq!(actors_of(&app, "account.logged_out").await, [(Some(world::STAFF.0), None)]);
}

/// A browser that was closed asks for nothing more.
#[tokio::test]
async fn what_nobody_came_back_to_is_ended_by_the_worker() {
    let app = TestApp::new().await;
    seen_as(&app, Persona::Employer).await;
    app.advance(TimeDelta::minutes(5));
    assert_eq!(night(&app).await, 0, "it goes on");
    app.advance(TimeDelta::hours(1));
    assert_eq!(night(&app).await, 1);
    assert_eq!(ends(&app).await, [Some("expired".to_owned())]);
    // A session that an operator ended is no more to be seen by.
    let browser = seen_as(&app, Persona::Employer).await;
    sqlx::query("DELETE FROM sessions WHERE impersonation_id IS NOT NULL").execute(app.db()).await.unwrap();
    browser.get("/dashboard").await.is(303);
    app.advance(TimeDelta::minutes(2));
    assert_eq!(night(&app).await, 1);
    assert_eq!(ends(&app).await, [Some("expired".to_owned()), Some("session_over".to_owned())]);
}

/// SES-13: it changes the id of the session, not its end.
#[tokio::test]
async fn it_gives_no_longer_life_to_the_session() {
    let app = TestApp::new().await;
    let ends_at = async || -> chrono::DateTime<chrono::Utc> {
        sqlx::query_scalar("SELECT expires_at FROM sessions").fetch_one(app.db()).await.unwrap()
    };
    app.advance(TimeDelta::days(2));
    let browser = app.browser(Persona::Staff).await;
    let end = ends_at().await;
    for _ in 0..2 {
        app.advance(TimeDelta::hours(9));
        begin(&browser, Persona::Employer).await.is(303);
        assert_eq!(ends_at().await, end);
        app.advance(TimeDelta::minutes(30));
        browser.get("/dashboard").await.is(200).form("/impersonation/end").submit().await.is(303);
        assert_eq!(ends_at().await, end);
    }
}
