//! What is refused of a suspension, each mistake beside its field, all at once, what was typed being kept.

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp};

use super::suspensions::{day, filled, hired, longer_ago, stored};

#[tokio::test]
async fn days_out_of_bounds_are_refused_beside_their_field() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    let employer = app.browser(Persona::Employer).await;
    for (starts_on, ends_on, field, words) in [
        ("2026-06-03", "2026-06-02", "ends_on", "ne peut pas précéder le premier"),
        ("2026-06-04", "2026-06-30", "starts_on", "commence aujourd’hui au plus tard"),
        ("2026-05-03", "2026-06-30", "starts_on", "avant le 4 mai 2026"),
        ("2026-06-03", "2029-06-03", "ends_on", "jusqu’au 2 juin 2029"),
        ("2026-06-03", "", "ends_on", "Indiquez le dernier jour"),
        ("", "2026-06-30", "starts_on", "Indiquez le premier jour"),
    ] {
        let page = filled(&employer, id, starts_on, ends_on).await.submit().await.is(422);
        let said = page.error(field).unwrap_or_default();
        assert!(said.replace('\u{a0}', " ").contains(words), "{starts_on} {ends_on}: {said}");
        assert_eq!(page.value("starts_on").as_deref(), Some(starts_on), "kept");
    }
    let strange = filled(&employer, id, "2026-06-03", "2026-06-30").await.forge("starts_on", "31/02/2026");
    let page = strange.submit().await.is(422);
    assert!(page.error("starts_on").is_some_and(|said| said.contains("n’existe pas")), "{page:?}");
    assert_eq!(stored(&app).await.1, []);
}

/// 366 days ago is a day too early, 365 is not (rule book 03 §5.4).
#[tokio::test]
async fn a_suspension_is_backdated_by_a_year_and_no_more() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    longer_ago(&app, 370).await;
    let employer = app.browser(Persona::Employer).await;
    let start = |days| (app.today() - TimeDelta::days(days)).to_string();
    let page = filled(&employer, id, &start(366), "2026-06-01").await.submit().await.is(422);
    assert!(page.error("starts_on").unwrap().contains("ne peut pas commencer avant"), "{page:?}");
    filled(&employer, id, &start(365), "2026-06-01").await.submit().await.is(200);
}

/// One that shares a day with another is refused; one that follows it is not.
#[tokio::test]
async fn two_suspensions_share_no_day() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    app.scenario().suspension().over(day("2026-05-11"), day("2026-05-20")).insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = filled(&employer, id, "2026-05-20", "2026-06-30").await.submit().await.is(422);
    assert!(page.error("starts_on").unwrap().contains("21"), "the morrow of the last one: {page:?}");
    let recap = filled(&employer, id, "2026-05-21", "2026-06-30").await.submit().await.is(200);
    super::suspensions::confirm(&recap).await.is(303);
    assert_eq!(stored(&app).await.1.len(), 2);
    app.run_jobs().await;
    app.ignore_mails();
}

#[tokio::test]
async fn every_mistake_of_the_form_is_said_at_once() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/pass/{id}/suspension")).await.is(200);
    let form = page.form("#suspension").fill("starts_on", "2026-06-04").fill("ends_on", "2026-06-03");
    let long = form.fill("explanation", &"é".repeat(1001)).forge("reason", "sickness");
    let page = long.submit().await.is(422);
    for field in ["reason", "starts_on", "ends_on", "explanation", "certified"] {
        assert!(page.error(field).is_some(), "{field}: {:?}", page.errors());
    }
    // What nobody saw is not confirmed: the recap comes first.
    let form = filled(&employer, id, "2026-06-03", "2026-06-30").await.forge("step", "confirm");
    form.submit().await.is(200);
    assert_eq!(stored(&app).await.1, []);
}

/// Rule book 03 §5.6.
#[tokio::test]
async fn a_return_comes_within_the_suspension() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    app.scenario().suspension().over(day("2026-06-03"), day("2026-06-30")).insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/pass/{id}/suspension/lift")).await.is(200);
    let form = page.form("#lift");
    assert!(form.submit().await.is(422).error("action").is_some(), "nothing is chosen");
    form.clone().forge("action", "forget").submit().await.is(400);
    for (back_on, words) in [
        ("2026-06-03", "le 4 juin 2026 au plus tôt"),
        ("2026-06-30", "le 29 juin 2026 au plus tard"),
        ("", "Indiquez le premier jour du retour"),
    ] {
        let returns = form.clone().fill("action", "return").fill("back_on", back_on);
        let page = returns.submit().await.is(422);
        let said = page.error("back_on").unwrap_or_default().replace('\u{a0}', " ");
        assert!(said.contains(words), "{back_on}: {said}");
    }
    form.fill("action", "return").fill("back_on", "2026-06-04").submit().await.is(200);
    assert_eq!(stored(&app).await.1, [(day("2026-06-03"), day("2026-06-30"))]);
}

/// A PASS that has not started is not suspended; nor one that is over.
#[tokio::test]
async fn a_pass_is_suspended_while_it_runs() {
    let app = TestApp::new().await;
    let id = hired(&app, 0).await;
    sqlx::query("UPDATE passes SET starts_on = starts_on + 10, ends_on = ends_on + 10")
        .execute(app.db())
        .await
        .unwrap();
    let address = format!("/pass/{id}/suspension");
    let employer = app.browser(Persona::Employer).await;
    let future = employer.get(&address).await.is(409);
    assert!(future.says("commence le 14 mai 2026"), "{}", future.text());
    longer_ago(&app, 800).await;
    let over = employer.get(&address).await.is(409);
    assert!(over.says("Ce PASS IAE est terminé"), "{}", over.text());
}
