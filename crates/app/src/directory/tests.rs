//! The search of employers, on a few rows along one meridian.

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::directory::{Distance, Filters, Position};
use iae_domain::organisations::{
    Activity, ActivityFacts, CompanyKind, CompanySource, ConventionFacts, activity,
};
use iae_test_database::migrated;
use uuid::Uuid;

use super::employers::queries::employers_page;
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
    Search { centre: CENTRE, filters, now: noon() }
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
    assert_eq!(counts(&db, &farther, None).await.unwrap().employers, 4);
}

#[tokio::test]
async fn districts_are_those_found_whatever_is_chosen_among_them() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    geiq(&db, 1, 1.0).await;
    geiq(&db, 2, 2.0).await;
    let districts = vec!["75002".to_owned()];
    let found = counts(&db, &search(Filters { districts, ..Filters::default() }), Some("75")).await.unwrap();
    assert_eq!((found.employers, found.districts), (1, vec!["75002".to_owned(), "75003".to_owned()]));
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
