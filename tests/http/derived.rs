//! Columns that triggers derive say what they are derived from, whoever writes and whatever.

mod at_once;
mod definitions;
mod mended;

use iae_app::directory::store;
use iae_app::imports::{FileKind, import};
use iae_domain::applications::StateCode;
use iae_domain::ids::OrganisationId;
use iae_tests::{Persona, TestApp, world};
use uuid::Uuid;

use self::definitions::agree;

#[tokio::test]
async fn what_is_derived_follows_every_change() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    app.scenario().application().by(Persona::Orienter).to(world::EI).insert().await;
    let hired = world::OTHER_CANDIDATE;
    app.scenario().diagnosis().of(hired).by(Persona::OtherEmployer).insert().await;
    app.scenario().application().of(hired).to(world::EI).state(StateCode::Accepted).insert().await;
    assert_ne!(open_jobs(&app, world::ACI).await, 0, "there is something to derive");
    agree(&app, "the first rows").await;
    let changes = [
        "UPDATE job_descriptions SET custom_name = 'Jardinière'",
        "UPDATE job_descriptions SET is_active = NOT is_active",
        "UPDATE job_descriptions SET is_active = true, custom_name = ''",
        "UPDATE job_descriptions SET commune_code = '57672'",
        "UPDATE communes SET latitude = 48, longitude = 7 WHERE insee_code = '57672'",
        "UPDATE communes SET name = 'Thionville-sur-Moselle' WHERE insee_code = '57672'",
        "UPDATE communes SET latitude = NULL, longitude = NULL WHERE insee_code = '57672'",
        "UPDATE job_descriptions SET commune_code = NULL",
        "UPDATE organisations SET latitude = 47.5, longitude = 6.5 WHERE family = 'company'",
        "UPDATE organisations SET name = 'Atelier ' || name, post_code = '57000' WHERE family = 'company'",
        "UPDATE companies SET block_applications_at = now(), spontaneous_open_since = NULL",
        "UPDATE companies SET block_applications_at = NULL, application_score = 0.5",
        "UPDATE organisations SET brand = 'Les Ateliers' WHERE family = 'company'",
        "UPDATE conventions SET is_active = false, deactivated_at = now()",
        "UPDATE conventions SET is_active = true, deactivated_at = NULL",
        "UPDATE companies SET is_searchable = false",
        "UPDATE companies SET is_searchable = true",
        "UPDATE rome_codes SET label = label || ' et jardins'",
        "UPDATE rome_appellations SET label = 'Poste ' || code",
        "UPDATE memberships SET is_active = false, is_admin = false",
        "UPDATE memberships SET is_active = true",
        "DELETE FROM memberships",
        "DELETE FROM job_descriptions WHERE id NOT IN (SELECT job_description_id FROM application_jobs)",
        "UPDATE candidates SET department_code = '88'",
        "UPDATE candidates SET search = 'zola ' || search",
        "UPDATE applications SET candidate_search = 'personne'",
        "UPDATE applications SET submitted_at = submitted_at - interval '40 days' WHERE sender_organisation_id IS NOT NULL",
        "UPDATE candidate_relations SET candidate_search = 'personne'",
        "UPDATE candidate_relations SET last_action_at = last_action_at - interval '1 year'",
        "UPDATE candidate_relations SET last_action_at = last_action_at + interval '2 years' WHERE origin = 'created'",
        "UPDATE candidate_relations
         SET organisation_id = (SELECT o.id FROM organisations o
                                WHERE o.id NOT IN (SELECT organisation_id FROM candidate_relations)
                                ORDER BY o.id LIMIT 1)
         WHERE origin = 'created'",
        "DELETE FROM candidate_relations WHERE origin = 'received'",
        "DELETE FROM candidate_relations",
        "UPDATE applications SET self_prescribed = NOT self_prescribed",
        "UPDATE applications SET anomalies = '{no_pass,age}'",
        "UPDATE applications SET self_prescribed_department = '75'",
        "UPDATE applications SET processed_at = processed_at - interval '1 day' WHERE state = 'accepted'",
        "UPDATE organisations SET department_code = '88' WHERE family = 'company'",
        "INSERT INTO diagnosis_criteria (diagnosis_id, criterion_code) SELECT id, 'JEUNE' FROM eligibility_diagnoses",
        "UPDATE candidates SET birth_date = '1950-05-04'",
        "UPDATE candidates SET birth_date = '2007-05-04'",
        "DELETE FROM diagnosis_criteria",
        "INSERT INTO diagnosis_criteria (diagnosis_id, criterion_code) SELECT id, 'SENIOR' FROM eligibility_diagnoses",
        "UPDATE passes SET starts_on = starts_on + 1, ends_on = ends_on + 1",
        "UPDATE applications
         SET state = 'obsolete', diagnosis_id = NULL, pass_id = NULL, pass_delivery = NULL, hiring_starts_on = NULL,
             hiring_ends_on = NULL
         WHERE state = 'accepted'",
    ];
    for change in changes {
        let touched = sqlx::query(change).execute(app.db()).await.unwrap().rows_affected();
        assert_ne!(touched, 0, "{change}");
        agree(&app, change).await;
    }
}

/// What an import missed in the instant a post was written is mended by night.
#[tokio::test]
async fn the_night_derives_everything_again() {
    let app = TestApp::new().await;
    for wrong in [
        "UPDATE job_descriptions SET words = 'ancien', label = 'Ancien', latitude = 1",
        "UPDATE companies SET open_jobs = 90, job_words = 'ancien', has_members = false",
        "UPDATE directory_employers SET display_name = 'Ancien'",
        "DELETE FROM directory_jobs",
    ] {
        assert_ne!(sqlx::query(wrong).execute(app.db()).await.unwrap().rows_affected(), 0, "{wrong}");
    }
    assert_ne!(store::derive_again(app.db()).await.unwrap(), 0);
    agree(&app, "the night").await;
    assert_eq!(store::derive_again(app.db()).await.unwrap(), 0, "nothing is left to mend");
}

/// Imports, the scores of the hour, the task of the night and employers at work: nobody waits in a circle, and
/// everything is derived in the end.
#[tokio::test]
async fn imports_and_tasks_run_together() {
    let app = TestApp::new().await;
    let db = app.db();
    many_companies(&app).await;
    let communes: Vec<(String, String)> =
        rows(&app, "SELECT DISTINCT insee_code, department_code FROM communes JOIN job_descriptions ON commune_code = insee_code ORDER BY 1").await;
    let appellations: Vec<(String, String)> =
        rows(&app, "SELECT DISTINCT code, rome_code FROM rome_appellations JOIN job_descriptions ON appellation_code = code ORDER BY 1").await;
    let posts: Vec<Uuid> =
        sqlx::query_scalar("SELECT id FROM job_descriptions ORDER BY company_id DESC LIMIT 30")
            .fetch_all(db)
            .await
            .unwrap();
    assert!(communes.len() > 10 && appellations.len() > 1);
    for round in 1..=6 {
        sqlx::query("UPDATE companies SET application_score = 100").execute(db).await.unwrap();
        let mut towns: Vec<String> = communes
            .iter()
            .map(|(code, department)| format!("{code},{department},Ville {code} {round},57000\n"))
            .collect();
        // The order of a file is not that of companies.
        towns.rotate_left(round * 5 % communes.len());
        let towns = format!("insee_code,department,name,postcodes\n{}", towns.concat());
        let trades = appellations.iter().map(|(code, rome)| format!("{code},{rome},Métier {code} {round}\n"));
        let trades = format!("code,rome_code,label\n{}", trades.collect::<String>());
        let edits = async {
            for post in &posts {
                sqlx::query("UPDATE job_descriptions SET weekly_hours = 20 + $2::int WHERE id = $1")
                    .bind(post)
                    .bind(i32::try_from(round).unwrap())
                    .execute(db)
                    .await?;
            }
            Ok::<(), sqlx::Error>(())
        };
        let (first, second, scores, night, edited) = tokio::join!(
            import(db, FileKind::Communes, towns.as_bytes(), app.now(), false, |_| {}),
            import(db, FileKind::Rome, trades.as_bytes(), app.now(), false, |_| {}),
            store::recompute_scores(db, app.now()),
            store::derive_again(db),
            edits,
        );
        assert_eq!(first.unwrap().changes.updated, communes.len() as u64);
        assert_eq!(second.unwrap().changes.updated, appellations.len() as u64);
        assert!(scores.unwrap() > 100);
        night.unwrap();
        edited.unwrap();
        agree(&app, "a round").await;
    }
}

async fn rows(app: &TestApp, select: &'static str) -> Vec<(String, String)> {
    sqlx::query_as(select).fetch_all(app.db()).await.unwrap()
}

/// A hundred and twenty more companies, each with two posts somewhere.
async fn many_companies(app: &TestApp) {
    let mut tx = app.db().begin().await.unwrap();
    for statement in [
        "INSERT INTO organisations (id, family, kind, siret, name, latitude, longitude, created_at, updated_at)
         SELECT gen_random_uuid(), 'company', 'ACI', (80000000000000 + n)::text, 'Atelier ' || n, 49, 6, $1, $1
         FROM generate_series(1, 120) n",
        "INSERT INTO companies (organisation_id, source, spontaneous_open_since)
         SELECT id, 'STAFF_CREATED', $1 FROM organisations WHERE name LIKE 'Atelier %'",
        "WITH towns AS (SELECT insee_code, row_number() OVER (ORDER BY insee_code) AS n FROM communes LIMIT 40)
         INSERT INTO job_descriptions (id, company_id, appellation_code, commune_code, contract_type, created_at,
                                       last_employer_update_at)
         SELECT gen_random_uuid(), o.id, a.code, t.insee_code, 'FIXED_TERM_I', $1, $1
         FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM organisations WHERE name LIKE 'Atelier %') o
         JOIN (SELECT code, row_number() OVER (ORDER BY code) AS n FROM rome_appellations LIMIT 2) a ON true
         JOIN towns t ON t.n = (o.n * 7 + a.n) % (SELECT count(*) FROM towns) + 1",
    ] {
        sqlx::query(statement).bind(app.now()).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn open_jobs(app: &TestApp, company: OrganisationId) -> i64 {
    sqlx::query_scalar("SELECT open_jobs FROM companies WHERE organisation_id = $1")
        .bind(company)
        .fetch_one(app.db())
        .await
        .unwrap()
}
