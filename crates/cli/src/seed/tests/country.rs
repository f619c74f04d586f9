//! A part of the country: what is loaded side by side is the same at every run, keeps the rules and has the shape of the whole.

use iae_app::doctor;
use iae_tests::TestApp;
use sqlx::AssertSqlSafe;

use super::super::size::Size;
use super::super::{Options, Site, Summary, check, load};
use super::{SILENT, its_trail_is_sealed, nirs_are_their_holders};

/// What is derived as rows come in: packets share it.
const DERIVED: &[&str] = &["followed_people", "application_counts", "self_prescribers", "hired_passes"];

/// As few people as still have the shape of the whole. Each département keeps four employers: with fewer, whoever applies to each
/// once would run out of them.
const ONE_IN: u32 = 800;

/// Packets end in any order, and say the same each time: what was sent, what is there, and what was derived from it.
#[tokio::test]
async fn a_part_of_the_country_keeps_every_rule() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let site = Site { db: app.db(), connect: None, config: &app.app.config, now: app.now() };
    let options = Options { size: Size::L, reset: true, one_in: ONE_IN };
    let before = indexes(&app).await;
    let Summary { fingerprint, tables } = load(site, options, &SILENT).await.unwrap();
    let of_the_first = derived(&app).await;
    let again = load(site, options, &SILENT).await.unwrap();
    assert_eq!((&again.fingerprint, &again.tables), (&fingerprint, &tables));
    assert_eq!(derived(&app).await, of_the_first);
    assert_eq!(rows(&app, &tables).await, tables, "all that was sent is there, once");
    assert_eq!(indexes(&app).await, before, "what was put aside is there again");

    assert_eq!(check(app.db(), app.now()).await.unwrap(), []);
    let mut found = vec![];
    let examined = doctor::examine(app.db(), |finding| found.push(finding)).await.unwrap();
    assert_eq!(found, [], "{examined:?}");
    nirs_are_their_holders(&app, 1_000).await;
    its_trail_is_sealed(&app).await;
    everywhere(&app).await;
    sizes(&app).await;
    skews(&app).await;
}

/// How many rows each of these tables holds.
async fn rows(app: &TestApp, tables: &[(&'static str, u64)]) -> Vec<(&'static str, u64)> {
    let mut found = vec![];
    for (table, _) in tables {
        let sql = format!("SELECT count(*) FROM {table}");
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(app.db()).await.unwrap();
        found.push((*table, u64::try_from(count).unwrap()));
    }
    found
}

/// Each derived table, and its rows in a few characters.
async fn derived(app: &TestApp) -> Vec<(&'static str, String)> {
    let mut found = vec![];
    for table in DERIVED {
        let sql = format!("SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t");
        let sum: Option<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(app.db()).await.unwrap();
        found.push((*table, sum.unwrap_or_else(|| panic!("{table} is empty"))));
    }
    found
}

async fn indexes(app: &TestApp) -> Vec<String> {
    sqlx::query_scalar("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexdef")
        .fetch_all(app.db())
        .await
        .unwrap()
}

/// Employers stand in every département whose communes the base has: that of the tests has some.
async fn everywhere(app: &TestApp) {
    let (told, known): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(DISTINCT department_code) FROM organisations WHERE family = 'company')
              , (SELECT count(DISTINCT department_code) FROM communes WHERE department_code = ANY ($1))",
    )
    .bind(Size::L.counts().departments)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert!(told == known && known > 1, "employers in {told} départements of {known}");
}

/// Rule book 06, « L (national, 1:1) »: how many of each there are for each candidate, within a fifth; of mails, three tenths: what is written
/// to organisations, of which a part of the country has more for each person, is among them.
async fn sizes(app: &TestApp) {
    for (table, wanted, within) in [
        ("applications", 2.6, 0.2),
        ("passes", 0.8, 0.2),
        ("application_transitions", 6.5, 0.2),
        ("audit_events", 15.0, 0.2),
        ("emails", 0.8, 0.3),
    ] {
        let sql = format!(
            "SELECT (SELECT count(*) FROM {table})::float8 / (SELECT count(*) FROM candidates)::float8"
        );
        let found: f64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(app.db()).await.unwrap();
        assert!(
            (found - wanted).abs() <= wanted * within,
            "{table}: {found} for each candidate instead of {wanted}"
        );
    }
}

/// Rule book 06: a few receive most, weeks begin with a rush, August sleeps, PASS end together, people and addresses come twice
/// or cannot be read.
async fn skews(app: &TestApp) {
    for (name, sql, least, most) in [
        ("institutions", "SELECT count(*)::float8 FROM institutions", 330.0, 345.0),
        (
            "share of the busiest twentieth of employers",
            "SELECT (sum(received) FILTER (WHERE rank <= employers / 20) / sum(received))::float8
             FROM (SELECT count(*) AS received
                        , row_number() OVER (ORDER BY count(*) DESC) AS rank
                        , (SELECT count(*) FROM companies) AS employers
                   FROM applications GROUP BY company_id) a",
            0.3,
            0.55,
        ),
        (
            "Mondays to Wednesdays",
            "SELECT (count(*) FILTER (WHERE extract(isodow FROM submitted_at) = 1))::float8
                  / count(*) FILTER (WHERE extract(isodow FROM submitted_at) = 3) FROM applications",
            1.4,
            3.0,
        ),
        (
            "starts in September to starts in August",
            "SELECT (count(*) FILTER (WHERE extract(month FROM hiring_starts_on) = 9))::float8
                  / greatest(1, count(*) FILTER (WHERE extract(month FROM hiring_starts_on) = 8))
             FROM applications WHERE state = 'accepted' AND hiring_starts_on BETWEEN $1::date - 630 AND $1::date",
            1.3,
            50.0,
        ),
        (
            "PASS that end in the month of the wave to those of the month after it",
            "SELECT (count(*) FILTER (WHERE ends_on <= $1::date + 60))::float8 / greatest(1, count(*) FILTER (WHERE ends_on > $1::date + 60))
             FROM passes WHERE ends_on BETWEEN $1::date + 31 AND $1::date + 90",
            1.7,
            50.0,
        ),
        (
            "addresses nobody can read",
            "SELECT avg((commune_code IS NULL)::int)::float8 FROM candidates",
            0.005,
            0.05,
        ),
        (
            "people who resemble the one before",
            "SELECT avg(coalesce(email ~ '^[^.@]+-[0-9]+@courriel', false)::int)::float8 FROM users
             WHERE kind = 'job_seeker'",
            0.005,
            0.02,
        ),
    ] {
        let mut query = sqlx::query_scalar::<_, f64>(sql);
        if sql.contains("$1") {
            query = query.bind(app.today());
        }
        let found = query.fetch_one(app.db()).await.unwrap();
        assert!((least..=most).contains(&found), "{name}: {found} instead of {least} to {most}");
    }
}
