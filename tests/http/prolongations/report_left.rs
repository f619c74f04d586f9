//! Reports given with forms that never became requests, or with the id of the form of someone else.

use std::time::Duration;

use chrono::{Months, TimeDelta};
use iae_domain::applications::StateCode;
use iae_domain::ids::{ApplicationId, PassId};
use iae_tests::pdf::pdf;
use iae_tests::{Form, Persona, TestApp, world};

use super::report::{asked_with_report, contents, documents, ready};
use super::{confirm, end, filled, form, move_to, request_of};

async fn purge(app: &TestApp) {
    sqlx::query("SELECT graphile_worker.add_job('purge', '{}'::json)").execute(app.db()).await.unwrap();
    app.run_jobs().await;
}

/// The same form for the PASS of someone else whom the ACI hired.
async fn ready_for_other(app: &TestApp) -> (PassId, Form) {
    let pass = app.scenario().pass().of(world::OTHER_CANDIDATE).insert().await;
    let hire = app.scenario().application().of(world::OTHER_CANDIDATE).to(world::ACI);
    hire.state(StateCode::Accepted).insert().await;
    move_to(app, pass, app.today() + Months::new(3)).await;
    let form = filled(form(app, pass).await, end(app, pass).await);
    (pass, form)
}

/// A form that is never confirmed leaves nothing for longer than a day.
#[tokio::test]
async fn a_report_no_request_followed_goes_after_a_day() {
    let app = TestApp::new().await;
    let (_, form) = ready(&app).await;
    form.attach("report", "bilan.pdf", pdf()).submit().await.is(200);
    purge(&app).await;
    assert_eq!(documents(&app).await, 1, "it may still be confirmed");
    app.advance(TimeDelta::hours(25));
    purge(&app).await;
    assert_eq!(documents(&app).await, 0);
    app.run_jobs().await;
    assert_eq!(contents(&app), 0, "its content went with it");
    let reports: i64 =
        sqlx::query_scalar("SELECT count(*) FROM prolongation_reports").fetch_one(app.db()).await.unwrap();
    assert_eq!(reports, 0);

    let app = TestApp::new().await;
    asked_with_report(&app).await;
    app.run_jobs_and_mails().await;
    app.advance(TimeDelta::days(40));
    purge(&app).await;
    assert_eq!(documents(&app).await, 1, "that of a request stays");
    app.ignore_mails();
}

/// The day runs from the last file that was given.
#[tokio::test]
async fn a_report_that_is_replaced_has_its_day_again() {
    let app = TestApp::new().await;
    let (_, form) = ready(&app).await;
    form.clone().attach("report", "bilan.pdf", pdf()).submit().await.is(200);
    sqlx::query("UPDATE prolongation_reports SET created_at = created_at - interval '20 hours'")
        .execute(app.db())
        .await
        .unwrap();
    form.attach("report", "autre.pdf", pdf()).submit().await.is(200);
    app.advance(TimeDelta::hours(10));
    purge(&app).await;
    assert_eq!(documents(&app).await, 1, "the form may still be confirmed");
    app.advance(TimeDelta::hours(15));
    purge(&app).await;
    assert_eq!(documents(&app).await, 0);
    app.ignore_jobs();
}

/// A PASS is cancelled while the purge waits for it: its report went with it, and those that follow still go.
#[tokio::test]
async fn a_pass_cancelled_under_the_purge_stops_nothing() {
    let app = TestApp::new().await;
    let (pass, form) = ready(&app).await;
    form.attach("report", "bilan.pdf", pdf()).submit().await.is(200);
    app.advance(TimeDelta::minutes(1));
    let (_, other) = ready_for_other(&app).await;
    other.attach("report", "bilan.pdf", pdf()).submit().await.is(200);
    let hire =
        sqlx::query_scalar::<_, ApplicationId>("SELECT id FROM applications WHERE pass_id = $1").bind(pass);
    let hire = hire.fetch_one(app.db()).await.unwrap();
    app.advance(TimeDelta::hours(25));
    let browser = app.browser(Persona::Employer).await;
    let page = browser.get(&format!("/applications/{hire}/cancellation")).await.is(200);
    let cancellation = page.form("#cancellation").press("Annuler l’embauche");

    let mut held = app.db().begin().await.unwrap();
    sqlx::query("SELECT FROM candidates WHERE id = $1 FOR UPDATE")
        .bind(world::CANDIDATE)
        .execute(&mut *held)
        .await
        .unwrap();
    let waiting = async |wanted: i64| {
        let waiting = "SELECT count(*) FROM pg_stat_activity
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(app.db()).await.unwrap() < wanted {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let cancelled = tokio::spawn(async move { cancellation.submit().await.status });
    waiting(1).await;
    let release = async {
        waiting(2).await;
        held.rollback().await.unwrap();
    };
    tokio::join!(purge(&app), release);
    assert_eq!(cancelled.await.unwrap().as_u16(), 303);
    assert_eq!(documents(&app).await, 0, "that of the other PASS went too");
    app.run_jobs_and_mails().await;
    assert_eq!(contents(&app), 0);
}

/// The id of a form comes with it: that of a request about someone else takes no file.
#[tokio::test]
async fn no_report_is_hung_on_the_request_of_another() {
    let app = TestApp::new().await;
    let (pass, form) = ready(&app).await;
    confirm(&form.submit().await.is(200)).await.is(303);
    app.run_jobs_and_mails().await;
    let id = request_of(&app, pass).await;
    let (_, other) = ready_for_other(&app).await;
    other.forge("id", &id.to_string()).attach("report", "bilan.pdf", pdf()).submit().await.is(409);
    assert_eq!(documents(&app).await, 0);
    app.ignore_jobs();
}

/// Nor is one that was there before said to be that of the request, and it goes as any other.
#[tokio::test]
async fn a_report_given_before_with_the_same_id_is_not_that_of_the_request() {
    let app = TestApp::new().await;
    let (pass, form) = ready(&app).await;
    let (_, other) = ready_for_other(&app).await;
    let other = other.forge("id", &form.value("id").unwrap());
    other.attach("report", "bilan.pdf", pdf()).submit().await.is(200);
    let recap = form.submit().await.is(200);
    assert!(recap.says("Aucun"), "{}", recap.text());
    confirm(&recap).await.is(303);
    let mails = app.run_jobs_and_mails().await;
    assert!(!mails[0].text_body.contains("document que la structure y a joint"), "{}", mails[0].text_body);
    let id = request_of(&app, pass).await;
    let page = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{id}")).await.is(200);
    assert!(!page.says("Télécharger le bilan joint"), "{}", page.text());
    let page = app.browser(Persona::Employer).await.get(&format!("/pass/{pass}")).await.is(200);
    assert!(!page.says("Bilan joint"), "{}", page.text());
    app.advance(TimeDelta::hours(25));
    purge(&app).await;
    assert_eq!(documents(&app).await, 0);
    app.ignore_mails();
    app.ignore_jobs();
}

/// No reason was chosen yet: the file stays for when one is, and what is wrong with it is said.
#[tokio::test]
async fn a_report_stays_while_no_reason_is_chosen() {
    let app = TestApp::new().await;
    let (_, form) = ready(&app).await;
    let form = form.without("reason");
    let refused = form.clone().attach("report", "bilan.pdf", vec![]).submit().await.is(422);
    assert!(refused.error("report").unwrap().contains("est vide"), "{refused:?}");
    let missing = form.attach("report", "bilan.pdf", pdf()).submit().await.is(422);
    assert!(missing.error("reason").is_some(), "{missing:?}");
    assert_eq!(documents(&app).await, 1);
    let mended = missing.form("main form").fill("reason", "particular_difficulties").press("review");
    let recap = mended.submit().await.is(200);
    assert!(recap.says("Oui, en PDF"), "{}", recap.text());
    app.ignore_jobs();
}
