//! The search of employers, on a few rows along one meridian.

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::directory::{Distance, Filters, Position, search_words};
use iae_domain::organisations::{
    Activity, ActivityFacts, CompanyKind, CompanySource, ConventionFacts, activity,
};
use iae_test_database::migrated;
use uuid::Uuid;

use super::employers::queries::{employers_found, employers_page};
use super::queries::{counts, employer_card};
use super::*;

use crate::Db;

const CENTRE: Position = Position { latitude: 48.86, longitude: 2.35 };
/// Kilometres of one degree of latitude, as `distance_km` counts them.
const DEGREE: f64 = 6371.0088 * std::f64::consts::PI / 180.0;

fn noon() -> DateTime<Utc> {
    "2026-10-05T08:00:00Z".parse().unwrap()
}

fn search(filters: Filters) -> Search {
    Search { centre: CENTRE, filters, district_prefix: None, now: noon() }
}

/// A GEIQ so many kilometres north of the centre: nothing else is needed to be found.
async fn geiq(db: &Db, rank: u128, kilometres: f64) -> Uuid {
    company(db, rank, "GEIQ", "GEIQ", true, None, kilometres).await
}

async fn company(
    db: &Db,
    rank: u128,
    kind: &str,
    source: &str,
    is_searchable: bool,
    convention: Option<Uuid>,
    kilometres: f64,
) -> Uuid {
    let id = Uuid::from_u128(rank);
    sqlx::query(
        "INSERT INTO organisations (id, family, kind, siret, name, post_code, city, latitude, longitude,
                                    created_at, updated_at)
         VALUES ($1, 'company', $2, lpad($3::text, 14, '0'), 'Employeur ' || $3, $4, 'Paris', $5, $6, $7, $7)",
    )
    .bind(id)
    .bind(kind)
    .bind(i64::try_from(rank).unwrap())
    .bind(format!("750{:02}", rank % 20 + 1))
    .bind(CENTRE.latitude + kilometres / DEGREE)
    .bind(CENTRE.longitude)
    .bind(noon())
    .execute(db)
    .await
    .unwrap();
    sqlx::query(
        "INSERT INTO companies (organisation_id, source, is_searchable, convention_id) VALUES ($1, $2, $3, $4)",
    )
    .bind(id)
    .bind(source)
    .bind(is_searchable)
    .bind(convention)
    .execute(db)
    .await
    .unwrap();
    id
}

#[tokio::test]
async fn the_distance_is_inclusive_and_new_companies_follow_their_id() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    for (rank, kilometres) in [(1, 24.9), (2, 25.0 - 1e-9), (3, 25.001), (4, -24.0)] {
        geiq(&db, rank, kilometres).await;
    }
    let (found, next) = employers_page(&db, &search(Filters::default()), None).await.unwrap();
    let ids: Vec<u128> = found.iter().map(|row| row.organisation_id.0.as_u128()).collect();
    assert_eq!((ids, next), (vec![1, 2, 4], None));
    let distance = Distance::parse("50").unwrap();
    let farther = search(Filters { distance, ..Filters::default() });
    assert_eq!(counts(&db, &farther).await.unwrap().employers, 4);
}

#[tokio::test]
async fn districts_are_those_found_whatever_is_chosen_among_them() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    geiq(&db, 1, 1.0).await;
    geiq(&db, 2, 2.0).await;
    let districts = vec!["75002".to_owned()];
    let filters = Filters { districts, ..Filters::default() };
    let searched = Search { district_prefix: Some("75"), ..search(filters) };
    let page = employers_found(&db, &searched, None).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(
        page.counts,
        counts(&db, &searched).await.unwrap(),
        "the page says what is counted without it"
    );
    let found = page.counts;
    assert_eq!((found.employers, found.districts), (1, vec!["75002".to_owned(), "75003".to_owned()]));
}

/// What is found is what `LIKE` says of the words and the distance of each employer, whichever cells hold it.
#[tokio::test]
async fn words_are_found_at_the_beginning_of_words_around_the_place() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    let endless = format!(" {}", "y".repeat(3000));
    for (rank, kilometres, words) in [
        (1, 1.0, " les jardins de la seille ouvrier espaces verts"),
        (2, 14.0, " atelier vert a1203"),
        (3, 24.9, " verts"),
        (4, -49.0, " couverts"),
        (5, 70.0, " l atelier des espaces"),
        (6, -99.9, " verticale "),
        (7, 101.0, " espaces verts"),
        (9, -1.5, endless.as_str()),
    ] {
        let id = geiq(&db, rank, kilometres).await;
        sqlx::query("UPDATE directory_employers SET words = $2 WHERE organisation_id = $1")
            .bind(id)
            .bind(words)
            .execute(&db)
            .await
            .unwrap();
    }
    sqlx::query("UPDATE directory_employers SET latitude = NULL WHERE organisation_id = $1")
        .bind(geiq(&db, 8, 1.0).await)
        .execute(&db)
        .await
        .unwrap();
    let table: &[(&str, &str, &[u128])] = &[
        ("vert", "2", &[1]),
        ("vert", "25", &[1, 2, 3]),
        ("vert", "100", &[1, 2, 3, 6]),
        ("espaces verts", "25", &[1]),
        ("verts espaces", "100", &[1]),
        ("atelier", "100", &[2, 5]),
        ("Ateliér", "50", &[2]),
        ("a120", "15", &[2]),
        ("203", "100", &[]),
        ("vert bois", "100", &[]),
        ("employeur", "2", &[]),
        ("de la", "2", &[1, 9]),
        (&endless[1..151], "5", &[9]),
        ("%", "100", &[]),
        ("\\':* | 'vert", "100", &[1, 2, 3, 6]),
        ("Q195:9", "100", &[]),
    ];
    for (typed, distance, expected) in table {
        let words = search_words(typed);
        let patterns: Vec<String> =
            words.iter().map(|word| format!("% {}%", crate::db::like::escaped(word))).collect();
        let distance = Distance::parse(distance).unwrap();
        let asked = search(Filters { words, distance, ..Filters::default() });
        let page = employers_found(&db, &asked, None).await.unwrap();
        let found: Vec<u128> = page.rows.iter().map(|row| row.organisation_id.0.as_u128()).collect();
        assert_eq!(found, *expected, "{typed}, {distance:?}");
        assert_eq!(page.counts.employers, i64::try_from(expected.len()).unwrap(), "{typed}");
        let defined: Vec<Uuid> = sqlx::query_scalar(
            "SELECT organisation_id FROM directory_employers
             WHERE words LIKE ALL ($1) AND distance_km($2, $3, latitude, longitude) <= $4
             ORDER BY organisation_id",
        )
        .bind(&patterns)
        .bind(CENTRE.latitude)
        .bind(CENTRE.longitude)
        .bind(f64::from(distance.km()))
        .fetch_all(&db)
        .await
        .unwrap();
        let defined: Vec<u128> = defined.iter().map(Uuid::as_u128).collect();
        assert_eq!(found, defined, "{typed}, {distance:?}");
    }
}

/// What is looked for is read in one index, and no plan depends on it.
#[tokio::test]
async fn words_and_place_are_read_in_one_index() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    for (explain, index) in [
        (
            "EXPLAIN SELECT FROM directory_employers s
             WHERE words_and_cells(s.words, s.latitude, s.longitude) @@ (SELECT 'vert:*'::text::tsquery)",
            "directory_employers_searched_idx",
        ),
        (
            "EXPLAIN SELECT FROM directory_jobs j
             WHERE words_and_cells(j.words, j.latitude, j.longitude) @@ (SELECT 'vert:*'::text::tsquery)",
            "directory_jobs_searched_idx",
        ),
    ] {
        let mut owner = pool.begin().await.unwrap();
        sqlx::query("SET LOCAL enable_seqscan = off").execute(&mut *owner).await.unwrap();
        let plan: Vec<String> = sqlx::query_scalar(explain).fetch_all(&mut *owner).await.unwrap();
        let plan = plan.join("\n");
        assert!(plan.contains(index) && plan.contains("InitPlan"), "{plan}");
    }
}

/// CMP-16: the view searches use, `company_activity` and the domain agree on every combination.
#[tokio::test]
async fn who_may_be_found_is_who_is_active() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    let conventions = [
        None,
        Some(ConventionFacts { is_active: true, deactivated_at: None }),
        Some(ConventionFacts { is_active: false, deactivated_at: Some(noon() - TimeDelta::days(10)) }),
        Some(ConventionFacts { is_active: false, deactivated_at: Some(noon() - TimeDelta::days(40)) }),
    ];
    let mut rank = 0;
    for kind in CompanyKind::ALL {
        for source in CompanySource::ALL {
            for is_searchable in [true, false] {
                for convention in conventions {
                    if convention.is_some() && !kind.is_siae() {
                        continue;
                    }
                    rank += 1;
                    let id = convention_row(&db, rank, *kind, convention).await;
                    let id =
                        company(&db, u128::from(rank), kind.code(), source.code(), is_searchable, id, 1.0)
                            .await;
                    let facts = ActivityFacts { kind: *kind, source: *source, is_searchable, convention };
                    let expected = is_searchable && activity(&facts, noon()) == Activity::Active;
                    let card = employer_card(&db, id.into()).await.unwrap();
                    assert_eq!(card.is_some(), expected, "{facts:?}");
                }
            }
        }
    }
    let disagreements: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM companies c JOIN company_activity a USING (organisation_id)
         LEFT JOIN searchable_companies s USING (organisation_id)
         WHERE (c.is_searchable AND a.active_until IS NOT DISTINCT FROM 'infinity') <> (s.organisation_id IS NOT NULL)",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    assert_eq!(disagreements, 0);
}

async fn convention_row(
    db: &Db,
    rank: u32,
    kind: CompanyKind,
    convention: Option<ConventionFacts>,
) -> Option<Uuid> {
    let convention = convention?;
    let id = Uuid::from_u128(u128::from(rank) << 64);
    sqlx::query(
        "INSERT INTO conventions (id, asp_id, kind, siret_signature, is_active, deactivated_at, created_at)
         VALUES ($1, $2, $3, '00000000000000', $4, $5, $6)",
    )
    .bind(id)
    .bind(i32::try_from(rank).unwrap())
    .bind(kind.code())
    .bind(convention.is_active)
    .bind(convention.deactivated_at)
    .bind(noon())
    .execute(db)
    .await
    .unwrap();
    Some(id)
}
