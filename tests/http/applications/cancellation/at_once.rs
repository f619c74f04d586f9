//! Cancellations that come at once with others, or with what else happens to the PASS (WF-8, C5).

use iae_domain::applications::StateCode;
use iae_domain::ids::PassId;
use iae_tests::{Persona, TestApp};

use super::{cancellation, passes, sound};

/// WF-8: two colleagues at once, then a suspension beside: one does it, the other is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_at_once_one_cancels_and_the_other_is_told() {
    let app = TestApp::new().await;
    for round in 1..=8 {
        let id = app.scenario().application().state(StateCode::Accepted).insert().await;
        let (one, other) = (
            cancellation(&app, Persona::Employer, id).await,
            cancellation(&app, Persona::EmployerAdmin, id).await,
        );
        let (one, other) = tokio::join!(one.submit(), other.submit());
        let late = match (one.status.as_u16(), other.status.as_u16()) {
            (303, 409) => other,
            (409, 303) => one,
            both => panic!("round {round}: {both:?}"),
        };
        assert!(late.says("a traité cette candidature") && late.says("Embauche annulée"), "{}", late.text());
        assert_eq!(app.run_jobs_and_mails().await.len(), 2, "told once");
        let given: i64 =
            sqlx::query_scalar("SELECT count(*) FROM cancelled_passes").fetch_one(app.db()).await.unwrap();
        assert_eq!(given, round, "archived once");
    }
    sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beside_a_suspension_either_comes_first() {
    let app = TestApp::new().await;
    for round in 0..8 {
        let id = app.scenario().application().state(StateCode::Accepted).insert().await;
        let pass: PassId = sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap();
        let cancels = cancellation(&app, Persona::Employer, id).await;
        let colleague = app.browser(Persona::EmployerAdmin).await;
        let form = colleague.get(&format!("/pass/{pass}/suspension")).await.is(200).form("#suspension");
        let form = form.fill("reason", "contract_broken").check("no_end", "true").check("certified", "true");
        let suspends = form.submit().await.is(200).form("#recap").press("Suspendre le PASS IAE");
        let (cancelled, suspended) = tokio::join!(cancels.submit(), suspends.submit());
        match (cancelled.status.as_u16(), suspended.status.as_u16()) {
            // Suspended first: the end moved, and the page says it again with the suspension.
            (409, 303) => {
                assert!(cancelled.says("Avec lui : 1 suspension"), "{}", cancelled.text());
                let again = cancelled.form("#cancellation").press("Annuler l’embauche");
                again.submit().await.is(303);
            }
            // Cancelled first: whoever suspends is told that the PASS is no more.
            (303, 409) => assert!(suspended.says("a été supprimé le"), "{}", suspended.text()),
            both => panic!("round {round}: {both:?}"),
        }
        assert!(passes(&app).await.is_empty());
        app.run_jobs().await;
        app.ignore_mails();
    }
    sound(&app).await;
}
