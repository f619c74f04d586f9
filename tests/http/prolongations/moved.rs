//! A prolongation asked before a suspension and granted after it: its days follow the end of the PASS, and every page says the
//! same ones, and why (rule book 03 §6.8).

use chrono::Days;
use iae_tests::{Persona, TestApp};

use super::{end, suspend, waiting};

#[tokio::test]
async fn a_prolongation_that_a_suspension_moved_has_the_same_days_everywhere() {
    let app = TestApp::new().await;
    let (pass, id) = waiting(&app).await;
    assert_eq!(end(&app, pass).await.to_string(), "2026-08-04");
    suspend(&app, pass, app.today() - Days::new(10)).await;
    let page = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{id}")).await.is(200);
    assert!(page.says("la fin du PASS IAE passe du 9 août 2026 au 8 septembre 2026"), "{}", page.text());
    let why = "La structure l’avait demandée du 4 août au 3 septembre 2026. Une suspension a changé la fin du PASS IAE depuis";
    assert!(page.says(why), "{}", page.text());
    page.form("#grant").submit().await.is(303);
    app.run_jobs_and_mails().await;
    assert_eq!(end(&app, pass).await.to_string(), "2026-09-08");
    for persona in [Persona::Employer, Persona::Candidate] {
        let page = app.browser(persona).await.get(&format!("/pass/{pass}")).await.is(200);
        let days = page.all("main tbody tr").into_iter().find(|row| row.contains("Prolongation")).unwrap();
        assert!(days.contains("9 août 2026") && days.contains("8 septembre 2026"), "{days}");
        let asked = page.all("main tbody tr").into_iter().find(|row| row.contains("Acceptée")).unwrap();
        assert!(asked.contains("du 9 août au 8 septembre 2026"), "{asked}");
        assert!(asked.contains("Demandée du 4 août au 3 septembre 2026"), "{asked}");
        assert!(page.says("une suspension a reculé d’autant la fin du PASS IAE"), "{}", page.text());
    }
}

/// D33: the request leads to the PASS for those who may read it.
#[tokio::test]
async fn a_request_leads_to_its_pass_those_who_may_read_it() {
    let app = TestApp::new().await;
    let (pass, id) = waiting(&app).await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let page = prescriber.get(&format!("/prolongations/{id}")).await.is(200);
    assert!(page.statements.len() <= 8, "{:?}", page.statements);
    assert_eq!(page.click("Voir le PASS IAE").await.is(200).url.path(), format!("/pass/{pass}"));
    sqlx::query("DELETE FROM candidate_relations").execute(app.db()).await.unwrap();
    let page = prescriber.get(&format!("/prolongations/{id}")).await.is(200);
    assert!(!page.says("Voir le PASS IAE"), "{}", page.text());
}
