//! The list of controlled SIAE says of each what its own page says, at every step: it is read from what is kept beside the control.

use iae_app::control::campaigns::queries::companies;
use iae_app::control::controls::{self, SeenChoice};
use iae_domain::control::{CampaignTurn, Decision, Defended, Review};
use iae_domain::eligibility::{Criteria, Criterion};
use iae_tests::{Page, Persona, TestApp};

use super::{Drawn, ddets, drawn, siae};

/// What the criteria of each hire are at, read from themselves.
async fn read_one_by_one(app: &TestApp, of: &Drawn) -> Vec<Vec<Defended>> {
    let mut hires = Vec::new();
    for hire in &of.hires {
        let criteria: Vec<(bool, bool, _, Review)> = sqlx::query_as(
            "SELECT is_certified, uploaded_at IS NOT NULL, submitted_at, review FROM control_criteria
             WHERE hire_id = $1 ORDER BY criterion_code",
        )
        .bind(hire)
        .fetch_all(app.db())
        .await
        .unwrap();
        let defended = |(is_certified, has_proof, submitted_at, review)| Defended {
            is_certified,
            has_proof,
            submitted_at,
            review,
        };
        hires.push(criteria.into_iter().map(defended).collect());
    }
    hires
}

/// The list and the page of the control agree, in what is kept and in what is read.
async fn agree(app: &TestApp, of: &Drawn, step: &str) {
    let listed = companies(app.db(), of.campaign, app.today()).await.unwrap();
    assert_eq!(listed[0].standing.hires, read_one_by_one(app, of).await, "{step}");
    let agent = app.browser(Persona::Inspector).await;
    let list = agent.get(&format!("/control-campaigns/{}/controls", of.campaign)).await.is(200);
    let page = agent.get(&format!("/controls/{}/review", of.control)).await.is(200);
    let said = |page: &Page| page.text_of(".fr-badge").unwrap_or_default();
    let badge = said(&page);
    assert!(!badge.is_empty() && list.says(&badge), "{step}: {badge}: {}", list.text());
}

#[tokio::test]
async fn the_list_of_controls_follows_every_step() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    agree(&app, &drawn, "drawn").await;
    // One criterion too many, given up before anything is given of it.
    let (kept, given_up) = (Criterion::Rsa, Criterion::Qpv);
    for (wanted, chosen) in [(vec![kept, given_up], vec![]), (vec![kept], vec![kept, given_up])] {
        let (wanted, seen) = (Criteria::choose(wanted).unwrap(), SeenChoice { chosen, lost: vec![] });
        controls::choose(&app.app, &siae(&app).await, drawn.hires[0], &wanted, &seen).await.unwrap();
        agree(&app, &drawn, "chosen").await;
    }
    drawn.choose_and_give(&app).await;
    agree(&app, &drawn, "given").await;
    controls::submit(&app.app, &siae(&app).await, drawn.control, None).await.unwrap();
    agree(&app, &drawn, "submitted").await;
    let criteria = drawn.criteria(&app).await;
    let decide = async |one, from, decision| {
        controls::review(&app.app, &ddets(&app).await, one, from, decision).await.unwrap();
    };
    decide(criteria[0], Review::Pending, Decision::Accept).await;
    agree(&app, &drawn, "one accepted").await;
    decide(criteria[0], Review::Accepted, Decision::Reset).await;
    agree(&app, &drawn, "taken back").await;
    decide(criteria[0], Review::Pending, Decision::Accept).await;
    decide(criteria[1], Review::Pending, Decision::Refuse).await;
    agree(&app, &drawn, "one refused").await;
    for turn in [CampaignTurn::Freeze, CampaignTurn::Adversarial] {
        drawn.turn(&app, turn).await.unwrap();
        agree(&app, &drawn, turn.code()).await;
    }
    for turn in [CampaignTurn::Freeze, CampaignTurn::Close] {
        drawn.turn(&app, turn).await.unwrap();
        agree(&app, &drawn, turn.code()).await;
    }
    app.run_jobs().await;
}
