//! The list of PASS, by the contracts of the company that reads it (rule book 03 §4.14).

use chrono::TimeDelta;
use iae_tests::{Persona, TestApp, world};

use super::{hired_by_the_ei, listed, passes, people};

/// §4.14: « en cours ou terminés il y a moins de 3 mois », « terminés il y a plus de 3 mois », by the last contract of the own
/// company; without its last day, that of the PASS. Only employers are offered it.
#[tokio::test]
async fn contracts_are_told_by_how_long_ago_they_ended() {
    let app = TestApp::new().await;
    passes(&app, &[100, 100, 100, -89, -91, 100]).await;
    hired_by_the_ei(&app, 2).await;
    for (n, company, days) in
        [(1, world::ACI, -90), (2, world::ACI, -91), (2, world::EI, 10), (3, world::ACI, 10)]
    {
        sqlx::query(
            "UPDATE applications SET hiring_ends_on = $1
             WHERE pass_id = md5('pass' || $2::int)::uuid AND company_id = $3",
        )
        .bind(app.today() + TimeDelta::days(days))
        .bind(n)
        .bind(company)
        .execute(app.db())
        .await
        .unwrap();
    }
    let employer = app.browser(Persona::Employer).await;
    let (recent, over) = (vec![0, 1, 3, 4, 6], vec![2, 5]);
    assert_eq!(listed(&employer, "contract=recent").await, recent);
    assert_eq!(listed(&employer, "contract=over").await, over);
    assert_eq!(listed(&employer, "contract=over&contract=recent").await, [0, 1, 2, 3, 4, 5, 6]);
    let asked = employer.get("/pass").await.is(200).form(".filters").fill("contract", "over").submit().await;
    assert!(asked.is(200).url.query().unwrap().contains("contract=over"));
    let file = employer.get("/pass?contract=over&format=csv").await.is(200);
    assert_eq!(file.html.lines().count(), 3, "{}", file.html);
    let prescriber = app.browser(Persona::Prescriber).await.get("/pass?contract=over").await.is(200);
    assert!(!prescriber.says("Statut du contrat") && people(&prescriber).len() == 7);
}
