//! Who may do what in the database (ADR 27). That the platform, its worker and the provider may do all they have to is
//! proved by every other test: they run under their roles.

use iae_app::db::roles::{self, Role};
use iae_tests::TestApp;
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn each_role_reaches_what_is_its_own_and_nothing_else() {
    let app = TestApp::new().await;
    for (role, statement, may) in [
        (Role::Platform, "SELECT count(*) FROM users", true),
        (Role::Platform, "DELETE FROM sessions", true),
        (Role::Platform, "SELECT count(*) FROM connect.accounts", false),
        (Role::Platform, "CREATE TABLE mine (id int)", false),
        (Role::Platform, "DROP TABLE emails", false),
        (Role::Platform, "TRUNCATE emails", false),
        (Role::Platform, "DELETE FROM _sqlx_migrations", false),
        (Role::Worker, "SELECT count(*) FROM connect.accounts", false),
        (Role::Worker, "DELETE FROM graphile_worker._private_jobs", true),
        (Role::Provider, "SELECT count(*) FROM connect.accounts", true),
        (Role::Provider, "SELECT count(*) FROM users", false),
        (Role::Provider, "UPDATE connect.events SET at = at", false),
        (Role::Reader, "SELECT count(*) FROM audit_events", true),
        (Role::Reader, "SELECT count(*) FROM sessions", false),
        (Role::Reader, "UPDATE users SET email = NULL", false),
        (Role::Reader, "SELECT count(*) FROM connect.accounts", false),
    ] {
        let done = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&app.db_as(role)).await;
        assert_eq!(done.is_ok(), may, "{role:?} {statement}: {done:?}");
    }
}

#[tokio::test]
async fn everything_is_the_owners() {
    let app = TestApp::new().await;
    let others: Vec<String> = sqlx::query_scalar(
        "SELECT c.oid::regclass::text FROM pg_class c
         WHERE c.relnamespace::regnamespace::text IN ('public', 'connect', 'graphile_worker')
           AND c.relkind IN ('r', 'v', 'm', 'S') AND c.relowner <> 'iae_owner'::regrole
         ORDER BY 1",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    assert_eq!(others, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn several_migrations_at_once_prepare_the_same_roles() {
    let app = TestApp::new().await;
    let prepare = || roles::prepare(app.db());
    let done = tokio::join!(prepare(), prepare(), prepare(), prepare());
    for done in [done.0, done.1, done.2, done.3] {
        done.expect("the roles are prepared");
    }
}
