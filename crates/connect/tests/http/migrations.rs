//! The provider's tables beside those of the platform.

use iae_connect::{MIGRATOR, migrate};
use iae_test_database::Database;
use sqlx::PgPool;

/// The platform keeps `public._sqlx_migrations`; the provider must neither read nor write it.
#[tokio::test]
async fn the_provider_shares_a_database_without_touching_anyone_s_migrations() {
    let database = Database::new("empty", async |_| {}).await;
    let db = PgPool::connect_lazy_with(database.options());
    sqlx::raw_sql(
        "create table _sqlx_migrations (
             version bigint primary key, description text not null, installed_on timestamptz not null default now(),
             success boolean not null, checksum bytea not null, execution_time bigint not null);
         insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (20260101000000, 'of the platform', true, '', 0)",
    )
    .execute(&db)
    .await
    .unwrap();

    migrate(&db).await.unwrap();
    migrate(&db).await.unwrap();

    let of_the_platform: i64 =
        sqlx::query_scalar("select count(*) from public._sqlx_migrations").fetch_one(&db).await.unwrap();
    let of_the_provider: i64 =
        sqlx::query_scalar("select count(*) from connect._sqlx_migrations").fetch_one(&db).await.unwrap();
    assert_eq!(of_the_platform, 1);
    assert_eq!(of_the_provider, i64::try_from(MIGRATOR.iter().count()).unwrap());
    let in_public: i64 = sqlx::query_scalar("select count(*) from pg_tables where schemaname = 'public'")
        .fetch_one(&db)
        .await
        .unwrap();
    assert_eq!(in_public, 1, "the provider made a table outside its schema");
}
