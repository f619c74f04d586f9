//! `iae doctor`: every PASS computed again, each deviation told with what was expected.

use iae_app::db::Role;
use iae_app::doctor::{Examined, Finding, examine};
use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp};
use sqlx::AssertSqlSafe;

async fn examined(app: &TestApp) -> (Examined, Vec<Finding>) {
    let mut found = vec![];
    let examined = examine(&app.db_as(Role::Reader), |finding| found.push(finding)).await.unwrap();
    (examined, found)
}

async fn said(app: &TestApp) -> Vec<String> {
    examined(app).await.1.into_iter().map(|Finding { about, said }| format!("{about} : {said}")).collect()
}

/// Done as Postgres never lets it be done: its own checks are put aside.
async fn by_force(app: &TestApp, statement: &str) {
    let mut tx = app.db().begin().await.unwrap();
    for statement in ["SET LOCAL session_replication_role = replica", statement] {
        sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_is_as_it_should_be_is_said_so() {
    let app = TestApp::new().await;
    app.scenario().application().state(StateCode::Accepted).insert().await;
    let (examined, found) = examined(&app).await;
    assert_eq!((examined, found), (Examined { passes: 1, findings: 0 }, vec![]));
}

#[tokio::test]
async fn each_deviation_is_named_with_what_was_expected() {
    let app = TestApp::new().await;
    app.scenario().application().state(StateCode::Accepted).insert().await;
    let number: String = sqlx::query_scalar("SELECT number FROM passes").fetch_one(app.db()).await.unwrap();
    by_force(&app, "UPDATE passes SET starts_on = '2026-01-01', ends_on = '2028-01-01'").await;
    assert_eq!(
        said(&app).await,
        [format!("PASS {number} : fin enregistrée le 1er janvier 2028, attendue le 31 décembre 2027")]
    );
    by_force(&app, "UPDATE passes SET ends_on = '2027-12-31'").await;
    by_force(&app, "UPDATE pass_counters SET last_sequence = 4").await;
    let prefix = &number[..5];
    assert_eq!(said(&app).await, [format!("compteur {prefix} : dernier numéro 4, attendu 1")]);
    by_force(&app, "UPDATE pass_counters SET last_sequence = 2").await;
    by_force(&app, "UPDATE passes SET number = left(number, 5) || '0000002'").await;
    assert_eq!(said(&app).await, [format!("PASS {prefix}0000002 : numéro d’ordre 2, attendu 1")]);
    by_force(&app, "UPDATE passes SET number = left(number, 5) || '0000001'").await;
    by_force(&app, "UPDATE pass_counters SET last_sequence = 0").await;
    by_force(&app, "UPDATE passes SET number = left(number, 5) || 'ABCDEFG'").await;
    assert_eq!(
        said(&app).await,
        [format!("PASS {prefix}ABCDEFG : numéro provisoire, attendu un numéro d’ordre")]
    );
    by_force(&app, "UPDATE passes SET number = left(number, 5) || '0000001'").await;
    by_force(&app, "UPDATE pass_counters SET last_sequence = 1").await;
    let other =
        "UPDATE applications SET candidate_id = (SELECT id FROM candidates WHERE id <> candidate_id LIMIT 1)";
    by_force(&app, other).await;
    let anothers = said(&app).await;
    assert!(anothers[0].starts_with("candidature ") && anothers[0].contains("même personne"), "{anothers:?}");
    by_force(&app, "DELETE FROM applications").await;
    assert_eq!(
        said(&app).await,
        [format!("PASS {number} : aucune embauche, attendue au moins une candidature acceptée")]
    );
}

/// The list of a company is read from what is derived: what is missing there, too much or out of order is told.
#[tokio::test]
async fn a_list_that_does_not_say_what_was_hired_is_named() {
    let app = TestApp::new().await;
    app.scenario().application().state(StateCode::Accepted).insert().await;
    for (wrong, expected) in [
        ("UPDATE hired_passes SET ends_on = '2030-01-01'", "avec une fin au 2030-01-01, attendu une fin au"),
        ("DELETE FROM hired_passes", ": rien, attendu une fin au"),
    ] {
        by_force(&app, wrong).await;
        let found = said(&app).await;
        assert!(found.len() == 1 && found[0].contains(expected), "{wrong}: {found:?}");
    }
}

/// What a DDETS reads of an SIAE is counted as hires change: what was not is told.
#[tokio::test]
async fn auto_prescriptions_that_are_not_what_was_hired_are_named() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().by(Persona::Employer).insert().await;
    app.scenario().application().by(Persona::Employer).state(StateCode::Accepted).insert().await;
    assert_eq!(said(&app).await, Vec::<String>::new());
    by_force(&app, "UPDATE self_prescribers SET hires = 4").await;
    let found = said(&app).await;
    assert!(found.len() == 1 && found[0].contains("4 auto-prescriptions"), "{found:?}");
    by_force(&app, "UPDATE self_prescribers SET hires = 1").await;
    assert_eq!(said(&app).await, Vec::<String>::new());
    by_force(&app, "UPDATE organisations SET department_code = '54' WHERE family = 'company'").await;
    let found = said(&app).await;
    let expected = "auto-prescription du département 57, attendu 54";
    assert!(found.iter().any(|said| said.ends_with(expected)), "{found:?}");
}

/// Whom an organisation accompanies and how many applications it has are derived: what does not follow is told.
#[tokio::test]
async fn a_list_that_does_not_follow_what_was_done_is_named() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    assert_eq!(said(&app).await, Vec::<String>::new());
    for (wrong, mended, expected) in [
        (
            "UPDATE followed_people SET last_action_at = last_action_at - interval '1 day'",
            "UPDATE followed_people SET last_action_at = last_action_at + interval '1 day'",
            "dernière action le ",
        ),
        (
            "UPDATE followed_people SET candidate_search = 'x' || candidate_search",
            "UPDATE followed_people SET candidate_search = substr(candidate_search, 2)",
            "sous un autre nom",
        ),
        (
            "UPDATE application_count_changes SET change = 4 WHERE is_received",
            "UPDATE application_count_changes SET change = 1 WHERE is_received",
            "4 candidatures reçues comptées à l’état « new » (2026-05-01), attendu 1",
        ),
    ] {
        by_force(&app, wrong).await;
        let found = said(&app).await;
        assert!(!found.is_empty() && found.iter().all(|said| said.contains(expected)), "{wrong}: {found:?}");
        by_force(&app, mended).await;
        assert_eq!(said(&app).await, Vec::<String>::new(), "{mended}");
    }
}
