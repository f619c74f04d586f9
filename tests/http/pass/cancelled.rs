//! What Postgres refuses of cancelled PASS, and what retention leaves of them (rule book 03 §4.2, §4.12).

use iae_app::Ctx;
use iae_app::pass::cancellation::anonymise_all;
use iae_domain::applications::StateCode;
use iae_domain::ids::ApplicationId;
use iae_tests::{Persona, TestApp};
use sqlx::AssertSqlSafe;

/// A hire, cancelled.
async fn cancelled(app: &TestApp) {
    let id = app.scenario().application().state(StateCode::Accepted).insert().await;
    cancel(app, id).await;
}

/// The ACI cancels a hire of its own; its mails are read.
pub(crate) async fn cancel(app: &TestApp, id: ApplicationId) {
    let page = app.browser(Persona::Employer).await.get(&format!("/applications/{id}/cancellation")).await;
    page.is(200).form("#cancellation").press("Annuler l’embauche").submit().await.is(303);
    app.run_jobs_and_mails().await;
}

/// The name of the constraint that refuses this.
async fn refused(app: &TestApp, statements: &[&str]) -> String {
    let mut tx = app.db().begin().await.unwrap();
    for statement in statements {
        let done = sqlx::query(AssertSqlSafe((*statement).to_owned())).execute(&mut *tx).await;
        if let Err(sqlx::Error::Database(error)) = done {
            return error.constraint().unwrap_or_else(|| error.message()).to_owned();
        }
    }
    match tx.commit().await {
        Err(sqlx::Error::Database(error)) => error.constraint().unwrap_or_default().to_owned(),
        done => panic!("{statements:?}: {done:?}"),
    }
}

const ARCHIVE: &str = "INSERT INTO cancelled_passes (number, starts_on, ends_on, pass_id, candidate_id, cancelled_at, first_name,
        last_name, origin_siret, origin_company_kind, origin_sender_kind)
    SELECT number, starts_on, ends_on, id, candidate_id, created_at, 'A', 'B', origin_siret, 'ACI', 'prescriber' FROM passes";

#[tokio::test]
async fn a_pass_goes_only_once_archived_and_its_number_never_comes_back() {
    let app = TestApp::new().await;
    cancelled(&app).await;
    let pass = app.scenario().pass().insert().await;
    assert_eq!(refused(&app, &["DELETE FROM passes"]).await, "passes_archived_check");
    let other_days =
        ["UPDATE cancelled_passes SET ends_on = ends_on + 1 WHERE number LIKE '%2'", "DELETE FROM passes"];
    assert_eq!(refused(&app, &[&[ARCHIVE], &other_days[..]].concat()).await, "passes_archived_check");
    assert_eq!(refused(&app, &[ARCHIVE]).await, "cancelled_passes_gone_check", "archived and still there");
    let again = "UPDATE passes SET number = (SELECT number FROM cancelled_passes)";
    assert_eq!(refused(&app, &[again]).await, "passes_number_reused_check", "{pass}");
    let backwards = "UPDATE cancelled_passes SET ends_on = starts_on";
    assert_eq!(refused(&app, &[backwards]).await, "cancelled_passes_period_check", "I1");
    assert!(
        refused(&app, &["DELETE FROM cancelled_passes"]).await.contains("append-only"),
        "its number stays"
    );
    let half = "UPDATE cancelled_passes SET anonymised_at = cancelled_at";
    assert_eq!(refused(&app, &[half]).await, "cancelled_passes_anonymised_check", "whole, or not at all");
}

/// Rule book 03 §4.12, §9: 730 days after its last day, nothing says any more whose it was.
#[tokio::test]
async fn an_archive_is_made_anonymous_730_days_after_the_last_day() {
    let app = TestApp::new().await;
    cancelled(&app).await;
    let age = async |days: i32| {
        sqlx::query(
            "UPDATE cancelled_passes SET ends_on = $1, starts_on = $1 - 729, cancelled_at = $1::date - 100",
        )
        .bind(app.today() - chrono::TimeDelta::days(days.into()))
        .execute(app.db())
        .await
        .unwrap();
    };
    let run = async || anonymise_all(app.worker(), &Ctx::system(app.now())).await.unwrap();
    age(729).await;
    assert_eq!(run().await, 0);
    age(730).await;
    assert_eq!((run().await, run().await), (1, 0), "once");
    let left: (String, Option<String>, Option<String>, bool) = sqlx::query_as(
        "SELECT number, nir, last_name, num_nonnulls(pass_id, candidate_id, application_id, cancelled_by) = 0
         FROM cancelled_passes",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(left, ("999990000001".to_owned(), None, None, true), "the number alone");
    assert_eq!(app.audit_trail().await.iter().filter(|done| *done == "pass.anonymised").count(), 1);
    let mut found = vec![];
    iae_app::doctor::examine(app.db(), |finding| found.push(finding)).await.unwrap();
    assert!(found.is_empty(), "no gap in the numbers: {found:?}");
    app.ignore_jobs();
}
