//! Campaigns of control, each made to say something else to the SIAE it draws and to its DDETS (rule book 04 §1.17).

use iae_app::Ctx;
use iae_app::control::controls::{remind_all, submit, validate};
use iae_domain::control::{CampaignTurn, Decision};
use iae_tests::TestApp;

use crate::control::{Drawn, age, ddets, hires, of_these_hires, siae};

/// The hires of the ACI, drawn again by each campaign.
pub(super) async fn campaigns_say_everything(app: &TestApp) {
    hires(app).await;
    an_siae_says_nothing(app).await;
    a_ddets_says_nothing(app).await;
    proofs_are_refused_then_nobody_reviews_the_new_ones(app).await;
    proofs_are_accepted(app).await;
    new_proofs_are(app, Decision::Accept).await;
    new_proofs_are(app, Decision::Refuse).await;
    the_state_certified_all(app).await;
    app.run_jobs().await;
}

async fn turned(app: &TestApp, drawn: &Drawn, turn: CampaignTurn) {
    drawn.turn(app, CampaignTurn::Freeze).await.unwrap();
    drawn.turn(app, turn).await.unwrap();
}

async fn reminded(app: &TestApp, drawn: &Drawn, days: u64) {
    age(app, drawn.campaign, days).await;
    assert!(remind_all(&app.app, &Ctx::system(app.now())).await.unwrap() > 0);
}

async fn an_siae_says_nothing(app: &TestApp) {
    let drawn = of_these_hires(app).await;
    reminded(app, &drawn, 40).await;
    age(app, drawn.campaign, 41).await;
    turned(app, &drawn, CampaignTurn::Adversarial).await;
    reminded(app, &drawn, 31).await;
    turned(app, &drawn, CampaignTurn::Close).await;
}

async fn a_ddets_says_nothing(app: &TestApp) {
    let drawn = of_these_hires(app).await;
    drawn.submit(app).await;
    drawn.turn(app, CampaignTurn::Freeze).await.unwrap();
    reminded(app, &drawn, 8).await;
    drawn.turn(app, CampaignTurn::Adversarial).await.unwrap();
    turned(app, &drawn, CampaignTurn::Close).await;
}

/// The DDETS refuses all, and the contradictory phase begins.
async fn refused(app: &TestApp) -> Drawn {
    let drawn = of_these_hires(app).await;
    drawn.submit(app).await;
    drawn.review(app, Decision::Refuse).await;
    assert!(validate(&app.app, &ddets(app).await, drawn.control).await.unwrap());
    age(app, drawn.campaign, 81).await;
    turned(app, &drawn, CampaignTurn::Adversarial).await;
    drawn.give_all(app).await;
    submit(&app.app, &siae(app).await, drawn.control).await.unwrap();
    drawn
}

async fn proofs_are_refused_then_nobody_reviews_the_new_ones(app: &TestApp) {
    let drawn = refused(app).await;
    turned(app, &drawn, CampaignTurn::Close).await;
}

async fn proofs_are_accepted(app: &TestApp) {
    let drawn = of_these_hires(app).await;
    drawn.submit(app).await;
    drawn.review(app, Decision::Accept).await;
    assert!(validate(&app.app, &ddets(app).await, drawn.control).await.unwrap());
    turned(app, &drawn, CampaignTurn::Adversarial).await;
    turned(app, &drawn, CampaignTurn::Close).await;
}

async fn new_proofs_are(app: &TestApp, decision: Decision) {
    let drawn = refused(app).await;
    drawn.review(app, decision).await;
    assert!(validate(&app.app, &ddets(app).await, drawn.control).await.unwrap());
    turned(app, &drawn, CampaignTurn::Close).await;
}

async fn the_state_certified_all(app: &TestApp) {
    sqlx::query(
        "UPDATE diagnosis_criteria SET certified_at = $1, certified_days = '[2026-01-01,]' WHERE criterion_code = 'RSA'",
    )
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    of_these_hires(app).await;
}
