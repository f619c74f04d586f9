//! Several at once: the team launches twice, an SIAE submits while submissions are frozen, two agents decide of one proof.

use iae_app::control::{campaigns, controls};
use iae_app::{Error, Failure};
use iae_domain::control::{CampaignTurn, Decision, Review, StepRefused};
use iae_domain::text::Message;
use iae_tests::TestApp;

use super::{ddets, drawn, listed, siae, team};

#[tokio::test]
async fn a_launch_clicked_twice_draws_once() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let campaign = listed(&app).await;
    let value = Message::parse("1-2-3").unwrap();
    let ctx = team(&app);
    let launch = || campaigns::launch(&app.app, &ctx, campaign, &value);
    let (one, two) = tokio::join!(launch(), launch());
    let late = [&one, &two].into_iter().find_map(|launch| launch.as_ref().err());
    assert!(
        matches!(late, Some(Failure::Refused(StepRefused::Done))) && (one.is_ok() || two.is_ok()),
        "{one:?} {two:?}"
    );
    let drawn: i64 = sqlx::query_scalar("SELECT count(*) FROM controls").fetch_one(app.db()).await.unwrap();
    assert_eq!(drawn, 1);
    app.run_jobs().await;
}

/// Whichever comes first, a submission is whole or refused: never half of it, never after the freeze.
#[tokio::test]
async fn a_submission_while_the_freeze_runs() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.choose_and_give(&app).await;
    let employer = siae(&app).await;
    let (submitted, frozen) = tokio::join!(
        controls::submit(&app.app, &employer, drawn.control, None),
        drawn.turn(&app, CampaignTurn::Freeze)
    );
    let kept: i64 =
        sqlx::query_scalar("SELECT count(*) FROM control_criteria WHERE submitted_at IS NOT NULL")
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(kept, if submitted.is_ok() { 2 } else { 0 }, "{submitted:?} {frozen:?}");
    assert!(drawn.kept(&app).await.2, "frozen either way");
    app.run_jobs().await;
}

#[tokio::test]
async fn two_agents_on_the_same_proof() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    let one = drawn.criteria(&app).await[0];
    let agent = ddets(&app).await;
    let decide = |decision| controls::review(&app.app, &agent, one, Review::Pending, decision);
    let (accepted, refused) = tokio::join!(decide(Decision::Accept), decide(Decision::Refuse));
    let late = [&accepted, &refused].into_iter().find_map(|decided| decided.as_ref().err());
    assert!(
        matches!(late, Some(Error::Conflict)) && (accepted.is_ok() || refused.is_ok()),
        "{accepted:?} {refused:?}"
    );
    app.run_jobs().await;
}
