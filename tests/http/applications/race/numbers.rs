//! The numbers of PASS that are issued at the same instant: one each, without gap (ACC-35, ADR 45).

use std::sync::Arc;
use std::time::Duration;

use iae_app::applications::{HireRefused, accept};
use iae_app::{Error, Failure};
use iae_domain::applications::{AcceptRefused, ContractMistake};
use iae_tests::{TestApp, world};
use tokio::task::JoinSet;

use super::{NEW, application, contract, employer, person};

/// The numbers of every PASS, in order.
pub(super) async fn numbers(app: &TestApp) -> Vec<String> {
    sqlx::query_scalar("SELECT number FROM passes ORDER BY number").fetch_all(app.db()).await.unwrap()
}

/// The first numbers of the counter.
pub(super) fn consecutive(count: u32) -> Vec<String> {
    (1..=count).map(|n| format!("99999{n:07}")).collect()
}

/// Two hundred people hired in the same instant, by two companies and two people each.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_hires_at_once_take_two_hundred_numbers_without_gap() {
    let app = Arc::new(TestApp::new().await);
    let mut actors = vec![];
    for (user, company) in [
        (world::EMPLOYER, world::ACI),
        (world::EMPLOYER_ADMIN, world::ACI),
        (world::OTHER_EMPLOYER, world::EI),
    ] {
        actors.push((employer(&app, user, company).await, company));
    }
    let mut hires = JoinSet::new();
    for n in 0..200_u128 {
        let (ctx, company) = actors[usize::try_from(n).unwrap() % actors.len()].clone();
        let person = person(&app, n).await;
        let id = application(&app, person, company).await;
        let app = Arc::clone(&app);
        hires.spawn(async move {
            loop {
                let hired = accept(&app.app, &ctx, id, NEW, contract(&app, 1).into()).await;
                // Who is told that the service is busy tries again.
                if !matches!(hired, Err(Failure::App(Error::Unavailable(_)))) {
                    return hired;
                }
            }
        });
    }
    for hired in hires.join_all().await {
        hired.unwrap();
    }
    assert_eq!(numbers(&app).await, consecutive(200), "without gap nor double (ACC-35)");
    app.ignore_mails();
}

/// A number keeps other hires waiting while its transaction ends, and for nothing before (ADR 45).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hire_takes_its_number_once_all_the_rest_is_written() {
    let app = Arc::new(TestApp::new().await);
    let ctx = employer(&app, world::EMPLOYER, world::ACI).await;
    let person = person(&app, 1).await;
    let id = application(&app, person, world::ACI).await;
    sqlx::query("INSERT INTO pass_counters (prefix, last_sequence) VALUES ('99999', 0)")
        .execute(app.db())
        .await
        .unwrap();
    let mut held = app.db().begin().await.unwrap();
    sqlx::query("SELECT FROM pass_counters FOR UPDATE").execute(&mut *held).await.unwrap();
    let hired = tokio::spawn({
        let app = Arc::clone(&app);
        async move { accept(&app.app, &ctx, id, NEW, contract(&app, 1).into()).await }
    });
    let waits_at_its_end = "SELECT EXISTS (
             SELECT FROM pg_locks waiting
             JOIN pg_locks mails USING (pid)
             JOIN pg_locks tasks USING (pid)
             JOIN pg_database d ON d.oid = mails.database AND d.oid = tasks.database
             WHERE NOT waiting.granted AND d.datname = current_database()
               AND mails.granted AND mails.relation = 'emails'::regclass
               AND tasks.granted AND tasks.relation = 'graphile_worker._private_jobs'::regclass
         )";
    while !sqlx::query_scalar::<_, bool>(waits_at_its_end).fetch_one(app.db()).await.unwrap() {
        assert!(!hired.is_finished(), "it waited for its number before it had written its mails");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    held.rollback().await.unwrap();
    hired.await.unwrap().unwrap();
    assert_eq!(numbers(&app).await, consecutive(1));
    let quoted: bool = sqlx::query_scalar(
        "SELECT bool_and(strpos(text_body, '99999 00 00001') > 0 AND strpos(html_body, '99999 00 00001') > 0)
         FROM emails WHERE kind = 'pass_delivered'",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert!(quoted, "the mail says the number");
    app.ignore_mails();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_acceptance_leaves_neither_mail_nor_gap_in_the_numbers() {
    let app = TestApp::new().await;
    let ctx = employer(&app, world::EMPLOYER, world::ACI).await;
    let person = person(&app, 1).await;
    let id = application(&app, person, world::ACI).await;
    let late = accept(&app.app, &ctx, id, NEW, contract(&app, 400).into()).await;
    assert!(
        matches!(
            late,
            Err(Failure::Refused(HireRefused::Rules(AcceptRefused::Contract(
                ContractMistake::StartsTooFar { .. }
            ))))
        ),
        "{late:?}"
    );
    // The recorded mail of an issued PASS cannot be written either: the whole hire rolls back.
    sqlx::query("ALTER TABLE emails ADD CONSTRAINT emails_down_check CHECK (false) NOT VALID")
        .execute(app.db())
        .await
        .unwrap();
    accept(&app.app, &ctx, id, NEW, contract(&app, 1).into()).await.unwrap_err();
    for table in ["passes", "emails", "pass_counters"] {
        let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
            .fetch_one(app.db())
            .await
            .unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    sqlx::query("ALTER TABLE emails DROP CONSTRAINT emails_down_check").execute(app.db()).await.unwrap();
    accept(&app.app, &ctx, id, NEW, contract(&app, 1).into()).await.unwrap();
    let number: String = sqlx::query_scalar("SELECT number FROM passes").fetch_one(app.db()).await.unwrap();
    assert_eq!(number, "999990000001");
    app.ignore_mails();
}
