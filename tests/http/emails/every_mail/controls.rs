//! Campaigns of control, each made to say something else to the SIAE it draws and to its DDETS (rule book 04 §1.17).

use iae_app::Ctx;
use iae_app::control::controls::{Replacement, decide, remind_all, replace, submit, validate};
use iae_domain::control::{
    CampaignTurn, Decided, Decision, DetailedSanctions, NegativeReason, Outcome, Withdrawal,
};
use iae_domain::ids::{ControlDecisionId, ControlHireId, ControlId};
use iae_domain::text::Message;
use iae_domain::time::add_months;
use iae_tests::TestApp;

use crate::control::{Drawn, age, ddets, hires, of_these_hires, siae};

/// The hires of the ACI, drawn again by each campaign.
pub(super) async fn campaigns_say_everything(app: &TestApp) {
    hires(app).await;
    let silent = an_siae_says_nothing(app).await;
    a_ddets_says_nothing(app).await;
    proofs_are_refused_then_nobody_reviews_the_new_ones(app).await;
    proofs_are_accepted(app).await;
    new_proofs_are(app, Decision::Accept).await;
    let refused = new_proofs_are(app, Decision::Refuse).await;
    negative_results_are_decided_of(app, silent.control, refused.control).await;
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

async fn an_siae_says_nothing(app: &TestApp) -> Drawn {
    let drawn = of_these_hires(app).await;
    reminded(app, &drawn, 40).await;
    age(app, drawn.campaign, 41).await;
    turned(app, &drawn, CampaignTurn::Adversarial).await;
    reminded(app, &drawn, 31).await;
    turned(app, &drawn, CampaignTurn::Close).await;
    drawn
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
    validate(&app.app, &ddets(app).await, drawn.control, None).await.unwrap();
    age(app, drawn.campaign, 81).await;
    turned(app, &drawn, CampaignTurn::Adversarial).await;
    drawn.give_all(app).await;
    submit(&app.app, &siae(app).await, drawn.control, None).await.unwrap();
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
    validate(&app.app, &ddets(app).await, drawn.control, None).await.unwrap();
    turned(app, &drawn, CampaignTurn::Adversarial).await;
    turned(app, &drawn, CampaignTurn::Close).await;
}

async fn new_proofs_are(app: &TestApp, decision: Decision) -> Drawn {
    let drawn = refused(app).await;
    drawn.review(app, decision).await;
    validate(&app.app, &ddets(app).await, drawn.control, None).await.unwrap();
    turned(app, &drawn, CampaignTurn::Close).await;
    drawn
}

/// E19 and E20, then what takes the place of the first one after appeals: sanctions, nothing, and a session in the end.
async fn negative_results_are_decided_of(app: &TestApp, silent: ControlId, refused: ControlId) {
    let words = |text: &str| Some(Message::parse(text).unwrap());
    let ctx = ddets(app).await;
    let training = words("Le 3 juin à 9 h, à la DDETS. Venez avec la personne qui fait les diagnostics.");
    let training = DetailedSanctions { training, ..DetailedSanctions::default() };
    decide(&app.app, &ctx, refused, outcome(training.clone())).await.unwrap();
    let leniency = words("La structure a changé de direction, et sa bonne foi n’est pas en doute.");
    let lenient = DetailedSanctions { leniency, ..DetailedSanctions::default() };
    decide(&app.app, &ctx, silent, outcome(lenient)).await.unwrap();
    let hire: uuid::Uuid =
        sqlx::query_scalar("SELECT id FROM control_hires WHERE control_id = $1 ORDER BY rank LIMIT 1")
            .bind(silent)
            .fetch_one(app.db())
            .await
            .unwrap();
    let from = add_months(app.today(), 2);
    let sanctions = DetailedSanctions {
        withdrawal: Some(Withdrawal { from, to: Some(add_months(from, 6)) }),
        cuts: vec![(ControlHireId(hire), 40)],
        ..training.clone()
    };
    replaced(app, silent, Decided::Outcome(outcome(sanctions))).await;
    replaced(app, silent, Decided::Annulled).await;
    replaced(app, silent, Decided::Outcome(outcome(training))).await;
}

fn outcome(sanctions: DetailedSanctions) -> Outcome {
    let comment = Message::parse("Les attestations demandées n’ont pas été produites.").unwrap();
    Outcome { reason: NegativeReason::MissingProof, comment, sanctions }
}

async fn replaced(app: &TestApp, control: ControlId, decided: Decided) {
    let seen: uuid::Uuid = sqlx::query_scalar(
        "SELECT id FROM control_decisions WHERE control_id = $1 ORDER BY decided_at DESC, id DESC LIMIT 1",
    )
    .bind(control)
    .fetch_one(app.db())
    .await
    .unwrap();
    let why = Message::parse("Recours gracieux du 12 mai.").unwrap();
    let replacement = Replacement { seen: ControlDecisionId(seen), why, decided };
    replace(&app.app, &ddets(app).await, control, replacement).await.unwrap();
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
