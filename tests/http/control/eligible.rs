//! Which hires may be controlled (rule book 04 §1.5): of two that may, one is changed in one respect, so that neither may, since an SIAE is
//! controlled on two at least.

use chrono::NaiveDate;
use iae_app::db::Tx;
use iae_domain::ids::ApplicationId;
use iae_domain::time::{Period, add_days, sub_days};
use iae_tests::{TestApp, world};

use super::{hired, hires};

/// The first day of their contracts, and one of them.
async fn one(app: &TestApp) -> (ApplicationId, NaiveDate) {
    sqlx::query_as(
        "SELECT id, hiring_starts_on FROM applications WHERE state = 'accepted' ORDER BY id LIMIT 1",
    )
    .fetch_one(app.db())
    .await
    .unwrap()
}

/// How many hires the DDETS of Moselle may draw.
async fn drawable(tx: &mut Tx, hired: Period) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM hires_to_control($1, $2, $3, '99999')")
        .bind(world::DDETS_57)
        .bind(hired.start)
        .bind(hired.end)
        .fetch_one(&mut **tx)
        .await
        .unwrap()
}

/// Each condition, by its number in the rule book: what breaks it, of the hire `$1`, and how many may be drawn then.
const CONDITIONS: [(&str, &[&str], i64); 13] = [
    ("nothing is changed", &[], 2),
    (
        "1: no PASS",
        &["UPDATE applications SET pass_id = NULL, pass_delivery = NULL WHERE id = $1"],
        0,
    ),
    (
        "1: a PASS of another platform",
        &["UPDATE passes SET number = 'XXXXX' || substr(number, 6)
           WHERE id = (SELECT pass_id FROM applications WHERE id = $1)"],
        0,
    ),
    (
        "2: an SIAE of another département",
        &["UPDATE organisations SET department_code = '54'
           WHERE id = (SELECT company_id FROM applications WHERE id = $1)"],
        0,
    ),
    (
        "3: an EITI",
        &["UPDATE organisations SET kind = 'EITI' WHERE id = (SELECT company_id FROM applications WHERE id = $1)"],
        0,
    ),
    (
        "3: a GEIQ",
        &["UPDATE organisations SET kind = 'GEIQ' WHERE id = (SELECT company_id FROM applications WHERE id = $1)"],
        0,
    ),
    (
        "3: an OPCS",
        &["UPDATE organisations SET kind = 'OPCS' WHERE id = (SELECT company_id FROM applications WHERE id = $1)"],
        0,
    ),
    (
        "3: an ETTI, which is controlled as well",
        &["UPDATE organisations SET kind = 'ETTI' WHERE id = (SELECT company_id FROM applications WHERE id = $1)"],
        2,
    ),
    (
        "4: a hire that was cancelled",
        &["UPDATE applications
           SET state = 'cancelled', diagnosis_id = NULL, pass_id = NULL, pass_delivery = NULL
           WHERE id = $1"],
        0,
    ),
    (
        "5: a diagnosis of a prescripteur habilité",
        &[
            "UPDATE eligibility_diagnoses d
             SET author_kind = 'prescriber'
               , organisation_id = (SELECT organisation_id FROM prescriber_organisations ORDER BY organisation_id LIMIT 1)
             FROM applications a
             WHERE a.id = $1 AND d.id = a.diagnosis_id",
            "UPDATE applications SET diagnosis_id = diagnosis_id WHERE id = $1",
        ],
        0,
    ),
    (
        "5: a diagnosis of another SIAE",
        &["UPDATE eligibility_diagnoses d
           SET organisation_id = (SELECT c.organisation_id FROM companies c WHERE c.organisation_id <> a.company_id
                                  ORDER BY c.organisation_id LIMIT 1)
           FROM applications a
           WHERE a.id = $1 AND d.id = a.diagnosis_id"],
        0,
    ),
    (
        "6: a second hire under the same PASS, which began before",
        &["UPDATE applications SET hiring_starts_on = hiring_starts_on + 1, hiring_ends_on = NULL WHERE id = $1"],
        0,
    ),
    (
        "sent by a prescriber, diagnosed by the SIAE: who sent it is nothing to it",
        &["UPDATE applications a
           SET sender_kind = 'prescriber'
             , sender_organisation_id = (SELECT organisation_id FROM prescriber_organisations ORDER BY organisation_id LIMIT 1)
           WHERE id = $1"],
        2,
    ),
];

#[tokio::test]
async fn a_hire_is_controlled_when_every_condition_holds() {
    let app = TestApp::new().await;
    app.ignore_mails();
    hires(&app).await;
    let (application, _) = one(&app).await;
    let hired = hired(&app).await;
    for (condition, changes, expected) in CONDITIONS {
        let mut tx = app.db().begin().await.unwrap();
        for change in changes {
            let changed = sqlx::query(*change).bind(application).execute(&mut *tx).await.unwrap();
            assert_eq!(changed.rows_affected(), 1, "{condition}: {change}");
        }
        assert_eq!(drawable(&mut tx, hired).await, expected, "{condition}");
        tx.rollback().await.unwrap();
    }
    app.run_jobs().await;
}

/// §1.5, 7: both bounds are included.
#[tokio::test]
async fn a_hire_is_controlled_when_its_first_day_is_in_the_period() {
    let app = TestApp::new().await;
    app.ignore_mails();
    hires(&app).await;
    let (_, day) = one(&app).await;
    let mut tx = app.db().begin().await.unwrap();
    for (start, end, expected) in [
        (day, day, 2),
        (sub_days(day, 30), day, 2),
        (day, add_days(day, 30), 2),
        (sub_days(day, 30), sub_days(day, 1), 0),
        (add_days(day, 1), add_days(day, 30), 0),
    ] {
        assert_eq!(drawable(&mut tx, Period { start, end }).await, expected, "{start} {end}");
    }
    tx.rollback().await.unwrap();
    app.run_jobs().await;
}
