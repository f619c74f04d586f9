//! What may serve is kept, the rest is forgotten with its file (rule book 03 §2.13).

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp};

use super::{address, contents, deposit, hired, kept};
use crate::control::of_these_hires;

/// Days from 4 May 2026 to 4 May 2028.
const TWO_YEARS: i64 = 731;

async fn purge(app: &TestApp) {
    sqlx::query("SELECT graphile_worker.add_job('purge', '{}'::json)").execute(app.db()).await.unwrap();
    app.run_jobs().await;
    app.run_jobs().await;
}

#[tokio::test]
async fn a_proof_goes_24_months_after_the_first_day() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    deposit(&app, application, "RSA", "2026-04-20").await;
    deposit(&app, application, "QPV", "2026-01-20").await;
    app.advance(TimeDelta::days(TWO_YEARS));
    purge(&app).await;
    assert_eq!((kept(&app).await, contents(&app)), ((2, 2), 2), "the last day is kept");
    app.advance(TimeDelta::days(1));
    purge(&app).await;
    assert_eq!((kept(&app).await, contents(&app)), ((0, 0), 0));
}

/// A campaign that runs late may still want it.
#[tokio::test]
async fn a_control_that_runs_keeps_what_it_may_ask_for() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    deposit(&app, application, "RSA", "2026-04-20").await;
    let drawn = of_these_hires(&app).await;
    app.advance(TimeDelta::days(TWO_YEARS + 1));
    purge(&app).await;
    assert_eq!((kept(&app).await, contents(&app)), ((1, 1), 1));
    sqlx::query(
        "UPDATE control_campaigns SET adversarial_at = launched_at, ended_at = launched_at WHERE id = $1",
    )
    .bind(drawn.campaign)
    .execute(app.db())
    .await
    .unwrap();
    purge(&app).await;
    assert_eq!((kept(&app).await, contents(&app)), ((0, 0), 0));
}

/// A hire made by mistake leaves nothing of what it was declared on.
#[tokio::test]
async fn a_cancelled_hire_keeps_no_proof() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    deposit(&app, application, "RSA", "2026-04-20").await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{application}/cancellation")).await.is(200);
    page.form("cancellation").submit().await.follow().await.is(200);
    employer.get(&address(application)).await.is(404);
    purge(&app).await;
    assert_eq!((kept(&app).await, contents(&app)), ((0, 0), 0));
}

/// One that cannot be removed keeps no other from it, and goes another night.
#[tokio::test]
async fn a_proof_that_stays_keeps_no_other() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    deposit(&app, application, "RSA", "2026-04-20").await;
    app.advance(TimeDelta::minutes(1));
    deposit(&app, application, "QPV", "2026-01-20").await;
    for held in [
        "CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'held'; END $$",
        "CREATE TRIGGER held BEFORE DELETE ON eligibility_proofs
         FOR EACH ROW WHEN (OLD.criterion_code = 'RSA') EXECUTE FUNCTION held()",
    ] {
        sqlx::query(held).execute(app.db()).await.unwrap();
    }
    app.advance(TimeDelta::days(TWO_YEARS + 1));
    purge(&app).await;
    assert_eq!((kept(&app).await, contents(&app)), ((1, 1), 1), "the other is gone, with its file");
    sqlx::query("DROP TRIGGER held ON eligibility_proofs").execute(app.db()).await.unwrap();
    purge(&app).await;
    assert_eq!((kept(&app).await, contents(&app)), ((0, 0), 0));
    app.ignore_jobs();
}
