//! Columns that triggers derive say what they are derived from, whoever writes and whatever.

use iae_domain::ids::OrganisationId;
use iae_tests::{Persona, TestApp, world};

/// Rows of each derived thing that differ from their definition, told in another way than the triggers do.
const DIFFERENCES: &[(&str, &str)] = &[
    (
        "members and posts of companies",
        "SELECT count(*) FROM companies c
         WHERE c.has_members <> (c.organisation_id IN (SELECT organisation_id FROM memberships WHERE is_active))
            OR c.open_jobs <> (SELECT count(*) FROM job_descriptions j
                               WHERE j.company_id = c.organisation_id AND j.is_active)
            OR c.job_words <> coalesce((SELECT string_agg(j.words, ' ' ORDER BY j.id) FROM job_descriptions j
                                        WHERE j.company_id = c.organisation_id AND j.is_active), '')",
    ),
    (
        "places of posts",
        "SELECT count(*) FROM job_descriptions j
         JOIN organisations o ON o.id = j.company_id
         LEFT JOIN communes p ON p.insee_code = j.commune_code
         WHERE (j.latitude, j.longitude)
               IS DISTINCT FROM (coalesce(p.latitude, o.latitude), coalesce(p.longitude, o.longitude))",
    ),
    (
        "names of posts",
        "SELECT count(*) FROM job_descriptions j
         JOIN rome_appellations a ON a.code = j.appellation_code
         WHERE j.label <> CASE j.custom_name WHEN '' THEN a.label ELSE j.custom_name END",
    ),
    (
        "words of posts",
        "SELECT count(*) FROM job_descriptions j
         JOIN rome_appellations a ON a.code = j.appellation_code
         JOIN rome_codes r ON r.code = a.rome_code
         WHERE NOT j.words LIKE ALL (ARRAY[folded(j.custom_name) || '%', '%' || folded(a.label) || '%',
                                           '%' || folded(r.label) || '%', '%' || lower(r.code)])",
    ),
    (
        "employers of the directory",
        "SELECT count(*) FROM (
             (TABLE employers_to_list EXCEPT TABLE directory_employers)
             UNION ALL (TABLE directory_employers EXCEPT TABLE employers_to_list)) differing",
    ),
    (
        "posts of the directory",
        "SELECT count(*) FROM (
             (TABLE jobs_to_list EXCEPT TABLE directory_jobs)
             UNION ALL (TABLE directory_jobs EXCEPT TABLE jobs_to_list)) differing",
    ),
    (
        "départements of applications",
        "SELECT count(*) FROM applications a JOIN candidates c ON c.id = a.candidate_id
         WHERE NOT EXISTS (SELECT FROM application_departments d
                           WHERE (d.organisation_id, d.direction) = (a.company_id, 'received')
                             AND d.department_code = c.department_code)
            OR a.sender_organisation_id IS NOT NULL
               AND NOT EXISTS (SELECT FROM application_departments d
                               WHERE (d.organisation_id, d.direction) = (a.sender_organisation_id, 'sent')
                                 AND d.department_code = c.department_code)",
    ),
];

#[tokio::test]
async fn what_is_derived_follows_every_change() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    app.scenario().application().by(Persona::Orienter).to(world::EI).insert().await;
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
    ];
    for change in changes {
        let touched = sqlx::query(change).execute(app.db()).await.unwrap().rows_affected();
        assert_ne!(touched, 0, "{change}");
        agree(&app, change).await;
    }
}

/// Two posts opened at the same instant are both counted.
#[tokio::test]
async fn two_changes_at_once_are_both_counted() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE job_descriptions SET is_active = false").execute(app.db()).await.unwrap();
    let ids: Vec<uuid::Uuid> =
        sqlx::query_scalar("SELECT id FROM job_descriptions WHERE company_id = $1 ORDER BY id LIMIT 2")
            .bind(world::ACI)
            .fetch_all(app.db())
            .await
            .unwrap();
    let open = |id| sqlx::query("UPDATE job_descriptions SET is_active = true WHERE id = $1").bind(id);
    let mut first = app.db().begin().await.unwrap();
    open(ids[0]).execute(&mut *first).await.unwrap();
    let (db, id) = (app.db().clone(), ids[1]);
    let second = tokio::spawn(async move {
        sqlx::query("UPDATE job_descriptions SET is_active = true WHERE id = $1").bind(id).execute(&db).await
    });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(!second.is_finished(), "the second waits for the first");
    first.commit().await.unwrap();
    second.await.unwrap().unwrap();
    assert_eq!(open_jobs(&app, world::ACI).await, 2);
}

async fn open_jobs(app: &TestApp, company: OrganisationId) -> i64 {
    sqlx::query_scalar("SELECT open_jobs FROM companies WHERE organisation_id = $1")
        .bind(company)
        .fetch_one(app.db())
        .await
        .unwrap()
}

async fn agree(app: &TestApp, after: &str) {
    for (what, differing) in DIFFERENCES {
        let differing: i64 = sqlx::query_scalar(*differing).fetch_one(app.db()).await.unwrap();
        assert_eq!(differing, 0, "{what} after {after}");
    }
}
