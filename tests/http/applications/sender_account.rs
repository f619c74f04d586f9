//! MOD-10: the kind of account behind a sender is kept by the base, whoever writes.

use iae_tests::{Persona, TestApp};

#[tokio::test]
async fn the_account_of_a_sender_is_of_the_kind_that_sends() {
    let app = TestApp::new().await;
    let by_prescriber = app.scenario().application().insert().await;
    let by_candidate = app.scenario().application().by(Persona::Candidate).insert().await;
    let (candidate, prescriber) = (Persona::Candidate.user(), Persona::Prescriber.user());
    for (what, sql, application, user) in [
        (
            "a candidate as prescriber",
            "UPDATE applications SET sender_id = $2 WHERE id = $1",
            by_prescriber,
            candidate,
        ),
        (
            "a candidate as employer",
            "UPDATE applications SET sender_id = $2, sender_kind = 'employer',
                    sender_organisation_id = company_id WHERE id = $1",
            by_prescriber,
            candidate,
        ),
        (
            "the person's own application as a prescriber's",
            "UPDATE applications SET sender_kind = 'prescriber',
                    sender_organisation_id = (SELECT organisation_id FROM memberships WHERE user_id = $2)
             WHERE id = $1",
            by_candidate,
            prescriber,
        ),
        (
            "the account of a sender turned into a candidate's",
            "UPDATE users SET kind = CASE WHEN $1::uuid IS NOT NULL THEN 'job_seeker' END WHERE id = $2",
            by_prescriber,
            prescriber,
        ),
    ] {
        let refused = sqlx::query(sql).bind(application).bind(user).execute(app.db()).await.unwrap_err();
        let constraint = refused.as_database_error().and_then(|error| error.constraint());
        assert_eq!(constraint, Some("applications_sender_account_fkey"), "{what}: {refused}");
    }
    let professional = sqlx::query("UPDATE applications SET sender_id = $2 WHERE id = $1")
        .bind(by_candidate)
        .bind(prescriber)
        .execute(app.db())
        .await;
    professional.expect_err("a professional as the person");
}
