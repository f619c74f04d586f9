//! Two that change at once what one derived thing is made of: both are in it.

use std::time::Duration;

use iae_app::applications::counts;
use iae_domain::applications::StateCode;
use iae_domain::ids::{ApplicationId, CandidateId};
use iae_tests::{Persona, TestApp, world};
use uuid::Uuid;

use super::definitions::agree;
use super::open_jobs;

/// The SIAE hires somebody on the diagnosis it made.
const HIRED: &str = "UPDATE applications a
                     SET state = 'accepted'
                       , hiring_starts_on = date '2026-10-05'
                       , diagnosis_id = (SELECT d.id FROM eligibility_diagnoses d
                                         WHERE d.candidate_id = a.candidate_id AND d.author_kind = 'employer')
                     WHERE a.id = $1";
const MOVED: &str = "UPDATE organisations SET department_code = '88' WHERE id = $1";
const RENAMED: &str = "UPDATE candidates SET search = 'zola amel' WHERE id = $1";
const LOOKED_UP: &str = "INSERT INTO candidate_relations
                             (candidate_id, organisation_id, user_id, origin, created_at, last_action_at)
                         VALUES ($1, $2, $3, 'looked_up', $4, $4)";

/// Two posts opened at the same instant are both counted, and neither waits for the other.
#[tokio::test]
async fn two_changes_at_once_are_both_counted() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE job_descriptions SET is_active = false").execute(app.db()).await.unwrap();
    let ids: Vec<Uuid> =
        sqlx::query_scalar("SELECT id FROM job_descriptions WHERE company_id = $1 ORDER BY id LIMIT 2")
            .bind(world::ACI)
            .fetch_all(app.db())
            .await
            .unwrap();
    let open = |id| sqlx::query("UPDATE job_descriptions SET is_active = true WHERE id = $1").bind(id);
    let mut first = app.db().begin().await.unwrap();
    open(ids[0]).execute(&mut *first).await.unwrap();
    open(ids[1]).execute(app.db()).await.unwrap();
    assert_eq!(open_jobs(&app, world::ACI).await, 1);
    first.commit().await.unwrap();
    assert_eq!(open_jobs(&app, world::ACI).await, 2);
}

/// Two hires of one company at the same instant wait for nobody to be counted, and folding what changed neither loses nor adds any.
#[tokio::test]
async fn applications_are_counted_side_by_side() {
    let app = TestApp::new().await;
    let one = app.scenario().application().insert().await;
    let other = app.scenario().application().of(world::OTHER_CANDIDATE).insert().await;
    let studied = |id| sqlx::query("UPDATE applications SET state = 'processing' WHERE id = $1").bind(id);
    let mut first = app.db().begin().await.unwrap();
    studied(one).execute(&mut *first).await.unwrap();
    studied(other).execute(app.db()).await.unwrap();
    assert_ne!(counts::fold(app.db()).await.unwrap(), 0);
    agree(&app, "the second").await;
    first.commit().await.unwrap();
    agree(&app, "the first").await;
    let (here, there) = tokio::join!(counts::fold(app.db()), counts::fold(app.db()));
    assert_eq!(
        here.unwrap() + there.unwrap(),
        4,
        "one less, one more, for the company and for the prescriber"
    );
    agree(&app, "all of it folded").await;
    assert_eq!(counts::fold(app.db()).await.unwrap(), 0, "nothing is left to fold");
}

/// Somebody is looked up while they get another name, whichever comes first: every list says the new one.
#[tokio::test]
async fn a_person_renamed_while_they_are_looked_up_has_one_name() {
    for renamed_first in [true, false] {
        let app = TestApp::new().await;
        let renamed = sqlx::query(RENAMED).bind(world::CANDIDATE);
        let looked_up = sqlx::query(LOOKED_UP)
            .bind(world::CANDIDATE)
            .bind(world::EI)
            .bind(world::OTHER_EMPLOYER)
            .bind(app.now());
        let (one, other) = if renamed_first { (renamed, looked_up) } else { (looked_up, renamed) };
        let mut first = app.db().begin().await.unwrap();
        assert_eq!(one.execute(&mut *first).await.unwrap().rows_affected(), 1);
        let ended = async {
            somebody_waits(&app).await;
            first.commit().await
        };
        let (other, ended) = tokio::join!(other.execute(app.db()), ended);
        ended.unwrap();
        assert_eq!(other.unwrap().rows_affected(), 1);
        agree(&app, if renamed_first { "a name, then a look-up" } else { "a look-up, then a name" }).await;
    }
}

/// An SIAE moves while it hires, whichever ends first: the DDETS that reads the hire is that of where the SIAE is (TEN-1).
#[tokio::test]
async fn a_hire_follows_an_siae_that_moves_meanwhile() {
    for hired_first in [true, false] {
        let app = TestApp::new().await;
        let id = to_be_hired(&app, world::OTHER_CANDIDATE).await;
        let mut hire = app.db().begin().await.unwrap();
        assert_eq!(sqlx::query(HIRED).bind(id).execute(&mut *hire).await.unwrap().rows_affected(), 1);
        let mut other = app.db().begin().await.unwrap();
        assert_eq!(sqlx::query(MOVED).bind(world::EI).execute(&mut *other).await.unwrap().rows_affected(), 1);
        let (mut first, second) = if hired_first { (hire, other) } else { (other, hire) };
        sqlx::query("SET CONSTRAINTS ALL IMMEDIATE").execute(&mut *first).await.unwrap();
        let ended = async {
            somebody_waits(&app).await;
            first.commit().await
        };
        let (second, ended) = tokio::join!(second.commit(), ended);
        ended.unwrap();
        second.unwrap();
        agree(&app, if hired_first { "a hire, then a move" } else { "a move, then a hire" }).await;
        let department: Option<String> =
            sqlx::query_scalar("SELECT self_prescribed_department FROM applications WHERE id = $1")
                .bind(id)
                .fetch_one(app.db())
                .await
                .unwrap();
        assert_eq!(department.as_deref(), Some("88"));
    }
}

/// The second to end waits for the first, for as long as that takes to end, and counts it.
#[tokio::test]
async fn two_hires_of_an_siae_at_once_are_both_counted() {
    let app = TestApp::new().await;
    let mut first = app.db().begin().await.unwrap();
    let mut second = app.db().begin().await.unwrap();
    let one = to_be_hired(&app, world::CANDIDATE).await;
    let other = to_be_hired(&app, world::OTHER_CANDIDATE).await;
    sqlx::query(HIRED).bind(one).execute(&mut *first).await.unwrap();
    sqlx::query(HIRED).bind(other).execute(&mut *second).await.unwrap();
    sqlx::query("SET CONSTRAINTS ALL IMMEDIATE").execute(&mut *first).await.unwrap();
    let ended = async {
        somebody_waits(&app).await;
        first.commit().await
    };
    let (second, ended) = tokio::join!(second.commit(), ended);
    ended.unwrap();
    second.unwrap();
    let hires: i64 = sqlx::query_scalar("SELECT hires FROM self_prescribers WHERE company_id = $1")
        .bind(world::EI)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(hires, 2);
    agree(&app, "two hires").await;
}

/// Somebody whom the EI found eligible itself, and has not hired yet.
async fn to_be_hired(app: &TestApp, person: CandidateId) -> ApplicationId {
    app.scenario().diagnosis().of(person).by(Persona::OtherEmployer).insert().await;
    app.scenario().application().of(person).to(world::EI).state(StateCode::Obsolete).insert().await
}

/// Until a connection waits for another.
async fn somebody_waits(app: &TestApp) {
    let waiting = "SELECT EXISTS (SELECT FROM pg_stat_activity
                                  WHERE datname = current_database() AND wait_event_type = 'Lock')";
    while !sqlx::query_scalar::<_, bool>(waiting).fetch_one(app.db()).await.unwrap() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
