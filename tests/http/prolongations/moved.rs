//! A prolongation asked before the end of the PASS moves and granted after it: its days follow that end, and every page says
//! the same ones, and which way it went (rule book 03 §6.8).

use chrono::Days;
use iae_tests::{Persona, TestApp};

use super::{asked, end, hired, suspend, waiting};

#[tokio::test]
async fn a_prolongation_that_a_suspension_moved_has_the_same_days_everywhere() {
    let app = TestApp::new().await;
    let (pass, id) = waiting(&app).await;
    assert_eq!(end(&app, pass).await.to_string(), "2026-08-04");
    suspend(&app, pass, app.today() - Days::new(10)).await;
    let page = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{id}")).await.is(200);
    assert!(page.says("la fin du PASS IAE passe du 9 août 2026 au 8 septembre 2026"), "{}", page.text());
    let why =
        "La structure l’avait demandée du 4 août au 3 septembre 2026. La fin du PASS IAE a reculé depuis";
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
        let recorded = "Demandée du 4 août au 3 septembre 2026 : la fin du PASS IAE a reculé depuis";
        assert!(asked.contains(recorded), "{asked}");
        assert!(
            page.says("va désormais du 9 août au 8 septembre 2026 : la fin du PASS IAE a reculé depuis"),
            "{}",
            page.text()
        );
    }
}

/// What moved the end is not always a suspension, nor always to a later day.
#[tokio::test]
async fn a_prolongation_whose_suspension_is_removed_comes_earlier_everywhere() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    suspend(&app, pass, app.today() - Days::new(10)).await;
    let id = asked(&app, pass).await;
    app.run_jobs_and_mails().await;
    sqlx::query(
        "WITH gone AS (DELETE FROM suspensions WHERE pass_id = $1)
         UPDATE passes SET ends_on = ends_on - 5 WHERE id = $1",
    )
    .bind(pass)
    .execute(app.db())
    .await
    .unwrap();
    let page = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{id}")).await.is(200);
    assert!(page.says("la fin du PASS IAE passe du 4 août 2026 au 3 septembre 2026"), "{}", page.text());
    let why = "demandée du 9 août au 8 septembre 2026. La fin du PASS IAE a avancé depuis";
    assert!(page.says(why), "{}", page.text());
    page.form("#grant").submit().await.is(303);
    app.run_jobs_and_mails().await;
    assert_eq!(end(&app, pass).await.to_string(), "2026-09-03");
    let page = app.browser(Persona::Employer).await.get(&format!("/pass/{pass}")).await.is(200);
    for said in [
        "Demandée du 9 août au 8 septembre 2026 : la fin du PASS IAE a avancé depuis",
        "va désormais du 4 août au 3 septembre 2026 : la fin du PASS IAE a avancé depuis",
    ] {
        assert!(page.says(said), "{said}: {}", page.text());
    }
    assert!(!page.says("une suspension a"), "{}", page.text());
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
