//! What the pages of a PASS ask of the database: few statements, whoever reads.

use iae_domain::applications::StateCode;
use iae_domain::ids::PassId;
use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn the_pages_of_a_pass_take_few_statements() {
    let app = TestApp::new().await;
    app.scenario().application().to(world::ACI).state(StateCode::Accepted).insert().await;
    let id: PassId = sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap();
    for persona in [Persona::Employer, Persona::Candidate] {
        let browser = app.browser(persona).await;
        // The first visit of the day is kept.
        browser.get(&format!("/pass/{id}")).await.is(200);
        for (page, most) in [("", 5), ("/simulation", 4), ("/certificate", 3)] {
            let page = browser.get(&format!("/pass/{id}{page}")).await.is(200);
            assert!(page.statements.len() <= most, "{persona:?}: {:#?}", page.statements);
        }
    }
}
