//! What was found wrong is mended by what an operator is told to do.

use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp, world};

use super::definitions::agree;

const DEPLOYMENT: &str = include_str!("../../../docs/deployment.md");

/// The statements under a title, in their order.
fn statements(title: &str) -> Vec<&'static str> {
    let (_, under) = DEPLOYMENT.split_once(title).expect("the title is there");
    let under = under.split_once("\n## ").map_or(under, |(under, _)| under);
    under.split("```sql\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[tokio::test]
async fn lists_and_counts_found_wrong_are_mended_as_the_documentation_says() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().of(world::OTHER_CANDIDATE).by(Persona::OtherEmployer).insert().await;
    let hire = app.scenario().application().of(world::OTHER_CANDIDATE).to(world::EI);
    hire.state(StateCode::Accepted).insert().await;
    agree(&app, "the first rows").await;
    for wrong in [
        "UPDATE followed_people SET last_action_at = last_action_at + interval '1 year', candidate_search = 'personne'",
        "INSERT INTO followed_people (organisation_id, candidate_id, last_action_at, candidate_search)
         SELECT o.id, c.id, c.created_at, c.search
         FROM organisations o
         CROSS JOIN candidates c
         ON CONFLICT DO NOTHING",
        "UPDATE self_prescribers SET hires = 90, department_code = '75'",
        "INSERT INTO application_counts (organisation_id, is_received, month, state, counted)
         SELECT o.id, true, date 'infinity', 'accepted', 3
         FROM organisations o
         ON CONFLICT (organisation_id, is_received, month, state) DO UPDATE SET counted = 4",
    ] {
        assert_ne!(sqlx::query(wrong).execute(app.db()).await.unwrap().rows_affected(), 0, "{wrong}");
    }
    let mending = statements("## When lists or counts are wrong");
    assert_eq!(mending.len(), 3, "{mending:?}");
    for statement in mending {
        sqlx::query(sqlx::AssertSqlSafe(statement.to_owned())).execute(app.db()).await.unwrap();
    }
    agree(&app, "what an operator did").await;
}
