//! A campaign from its opening to its end, step by step, on real data (rule book 04 §1.3 to §1.13).

use iae_app::control::campaigns::{self, Verification};
use iae_app::control::controls::{self, SeenChoice};
use iae_app::{Error, Failure};
use iae_domain::control::{CampaignTurn, Decision, Ratio, Review, StepRefused, ValidationRefused};
use iae_domain::ids::ControlCampaignId;
use iae_domain::text::Message;
use iae_tests::{Persona, TestApp, world};

use super::{age, ddets, drawn, hire, listed, open, siae, team};

/// §1.3, EXT 1: one campaign a DDETS, nothing for what is none, an overlap only once it is confirmed.
#[tokio::test]
async fn every_ddets_has_its_campaign_and_an_overlap_is_confirmed() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let opened = open(&app, &[], false).await.unwrap();
    assert_eq!(opened.len(), 2, "Moselle and Meurthe-et-Moselle");
    assert!(open(&app, &[world::MISSION_LOCALE], false).await.unwrap().is_empty());
    let again = open(&app, &[world::DDETS_57], false).await;
    assert!(matches!(again, Err(Failure::Refused(StepRefused::Overlap))), "{again:?}");
    assert_eq!(open(&app, &[world::DDETS_57], true).await.unwrap().len(), 1);
    app.run_jobs().await;
}

/// §1.4, EXT 2: once, by its own DDETS, before the list is frozen.
#[tokio::test]
async fn the_ratio_is_chosen_once_by_its_ddets() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let campaign = open(&app, &[world::DDETS_57], false).await.unwrap()[0];
    let ratio = Ratio::parse("40").unwrap();
    let other = app.scenario().actor(world::OTHER_INSPECTOR, None).await.try_into().unwrap();
    let foreign = campaigns::set_ratio(&app.app, &ddets(&app).await.with(other), campaign, ratio).await;
    assert!(matches!(foreign, Err(Failure::App(Error::NotFound))), "{foreign:?}");
    campaigns::set_ratio(&app.app, &ddets(&app).await, campaign, ratio).await.unwrap();
    let again = campaigns::set_ratio(&app.app, &ddets(&app).await, campaign, ratio).await;
    assert!(matches!(again, Err(Failure::Refused(StepRefused::Done))), "{again:?}");
    app.run_jobs().await;
}

/// §1.5: what is hired after the freeze, or cancelled after it, alters nothing of what is drawn.
#[tokio::test]
async fn what_comes_after_the_freeze_alters_nothing() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let campaign = listed(&app).await;
    let lines = count(&app, "SELECT count(*) FROM control_list_lines", campaign).await;
    assert_eq!(lines, 2);
    sqlx::query("UPDATE organisations SET department_code = '54' WHERE id = $1")
        .bind(world::ACI)
        .execute(app.db())
        .await
        .unwrap();
    let value = Message::parse("4-8-15").unwrap();
    campaigns::launch(&app.app, &team(&app), campaign, &value).await.unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM control_hires", campaign).await, 2, "the SIAE moved since");
    let twice = campaigns::launch(&app.app, &team(&app), campaign, &value).await;
    assert!(matches!(twice, Err(Failure::Refused(StepRefused::Done))), "there is no second draw: {twice:?}");
    let again = campaigns::freeze_list(&app.app, &team(&app), campaign, &value).await;
    assert!(matches!(again, Err(Failure::Refused(StepRefused::Done))), "frozen once: {again:?}");
    let verified = campaigns::verify(app.db(), campaign).await.unwrap();
    assert!(matches!(&verified, Verification::Same(drawn) if drawn.len() == 1), "{verified:?}");
    app.run_jobs().await;
}

/// A list that was tampered with is found by whoever draws again, whatever the trigger kept from being changed.
#[tokio::test]
async fn a_tampered_list_is_found() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let campaign = drawn(&app).await.campaign;
    let change = "UPDATE control_list_lines SET starts_on = starts_on + 1";
    assert!(sqlx::query(change).execute(app.db()).await.is_err(), "what is frozen is not changed");
    sqlx::query("ALTER TABLE control_list_lines DISABLE TRIGGER USER").execute(app.db()).await.unwrap();
    sqlx::query(change).execute(app.db()).await.unwrap();
    assert_eq!(campaigns::verify(app.db(), campaign).await.unwrap(), Verification::ListTampered);
    app.run_jobs().await;
}

/// One hire alone is no sample: an SIAE is controlled on two at least (§1.5), and without any, nothing is drawn.
#[tokio::test]
async fn an_siae_with_one_hire_is_not_drawn() {
    let app = TestApp::new().await;
    app.ignore_mails();
    hire(&app, world::CANDIDATE).await;
    let campaign = open(&app, &[world::DDETS_57], false).await.unwrap()[0];
    let text = Message::parse("Loto").unwrap();
    campaigns::freeze_list(&app.app, &team(&app), campaign, &text).await.unwrap();
    campaigns::launch(&app.app, &team(&app), campaign, &text).await.unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM controls", campaign).await, 0);
    app.run_jobs().await;
}

/// The whole of it: refused in the amicable phase, given anew, accepted in the contradictory one.
#[tokio::test]
async fn a_refused_proof_is_given_anew_and_accepted() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    assert_eq!(drawn.kept(&app).await, (false, false, true, None), "§1.9: frozen until the next phase");
    drawn.review(&app, Decision::Refuse).await;
    controls::validate(&app.app, &ddets(&app).await, drawn.control, None).await.unwrap();
    assert_eq!(drawn.kept(&app).await, (true, false, true, None));
    let again = controls::validate(&app.app, &ddets(&app).await, drawn.control, None).await;
    assert!(
        matches!(again, Err(Failure::Refused(ValidationRefused::NotNow))),
        "§1.11: once a phase: {again:?}"
    );
    age(&app, drawn.campaign, 81).await;
    drawn.turn(&app, CampaignTurn::Freeze).await.unwrap();
    drawn.turn(&app, CampaignTurn::Adversarial).await.unwrap();
    assert_eq!(drawn.kept(&app).await, (true, false, false, None), "§1.12: all may submit again");
    drawn.give_all(&app).await;
    controls::submit(&app.app, &siae(&app).await, drawn.control, None).await.unwrap();
    drawn.review(&app, Decision::Accept).await;
    controls::validate(&app.app, &ddets(&app).await, drawn.control, None).await.unwrap();
    drawn.turn(&app, CampaignTurn::Freeze).await.unwrap();
    drawn.turn(&app, CampaignTurn::Close).await.unwrap();
    assert_eq!(drawn.kept(&app).await, (true, true, true, Some("accepted".to_owned())));
    let twice = drawn.turn(&app, CampaignTurn::Close).await;
    assert!(matches!(twice, Err(Failure::Refused(StepRefused::Done))), "closing twice does nothing");
    app.run_jobs().await;
}

/// Nothing moves before its day by mistake, and nothing is sent before it is confirmed (§1.12, EXT 3).
#[tokio::test]
async fn a_turn_before_its_day_is_confirmed() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    let team = app.browser(Persona::Staff).await;
    let address = format!("/control-campaigns/{}/turn", drawn.campaign);
    let page = team.get(&address).await.is(200);
    assert!(page.says("Cette étape est prévue plus tard"), "{page:?}");
    let refused = page.form("#turn").submit().await.is(422);
    assert!(refused.error("early").is_some(), "{refused:?}");
    assert!(!drawn.kept(&app).await.2, "nothing is frozen");
    let confirm = || refused.form("#turn").check("early", "true");
    confirm().submit().await.is(303);
    assert!(drawn.kept(&app).await.2);
    confirm().submit().await.is(409);
    app.run_jobs().await;
}

/// Silence of the SIAE: forced to the contradictory phase, then a negative result (E11, E17).
#[tokio::test]
async fn an_siae_that_says_nothing_has_a_negative_result() {
    let app = TestApp::new().await;
    let drawn = drawn(&app).await;
    let early = drawn.turn(&app, CampaignTurn::Adversarial).await;
    assert!(matches!(early, Err(Failure::Refused(StepRefused::TooEarly))), "not frozen before: {early:?}");
    drawn.turn(&app, CampaignTurn::Freeze).await.unwrap();
    drawn.turn(&app, CampaignTurn::Adversarial).await.unwrap();
    assert_eq!(drawn.kept(&app).await, (true, false, false, None));
    drawn.turn(&app, CampaignTurn::Freeze).await.unwrap();
    drawn.turn(&app, CampaignTurn::Close).await.unwrap();
    assert_eq!(drawn.kept(&app).await, (true, false, true, Some("refused".to_owned())));
    app.run_jobs().await;
    let mails = app.mails();
    let to_admin = mails.iter().filter(|mail| mail.recipient.to_string().contains("adele.thiry")).count();
    assert_eq!(to_admin, 3, "E3, E11, E17, to the administrator alone: {mails:#?}");
    let to_siae = mails.iter().any(|mail| mail.recipient.to_string().contains("emile.schmitt"));
    assert!(!to_siae, "§1.17: administrators only");
}

/// Silence of the DDETS: what was submitted and not treated is accepted (E12).
#[tokio::test]
async fn what_nobody_reviews_is_accepted() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    let team = app.browser(Persona::Staff).await;
    let page = team.get(&format!("/control-campaigns/{}", drawn.campaign)).await.is(200);
    assert!(
        page.says("Bloquer les transmissions"),
        "all submitted by themselves: the DDETS is still to be told"
    );
    let one = drawn.criteria(&app).await[0];
    controls::review(&app.app, &ddets(&app).await, one, Review::Pending, Decision::Refuse).await.unwrap();
    drawn.turn(&app, CampaignTurn::Freeze).await.unwrap();
    drawn.turn(&app, CampaignTurn::Adversarial).await.unwrap();
    assert_eq!(drawn.kept(&app).await, (true, true, false, None), "§1.8: one untreated proof is enough");
    app.run_jobs().await;
}

/// EXT 5: what cannot be decided now does not exist; what a colleague decided meanwhile is a conflict.
#[tokio::test]
async fn a_review_is_of_what_was_submitted_and_seen() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    let ctx = ddets(&app).await;
    let wanted =
        iae_domain::eligibility::Criteria::choose([iae_domain::eligibility::Criterion::Rsa]).unwrap();
    let none = SeenChoice::default();
    controls::choose(&app.app, &siae(&app).await, drawn.hires[0], &wanted, &none).await.unwrap();
    let one = drawn.criteria(&app).await[0];
    let early = controls::review(&app.app, &ctx, one, Review::Pending, Decision::Accept).await;
    assert!(matches!(early, Err(Error::NotFound)), "not submitted: {early:?}");
    drawn.submit(&app).await;
    controls::review(&app.app, &ctx, one, Review::Pending, Decision::Accept).await.unwrap();
    let late = controls::review(&app.app, &ctx, one, Review::Pending, Decision::Refuse).await;
    assert!(matches!(late, Err(Error::Conflict)), "a colleague accepted it: {late:?}");
    app.run_jobs().await;
}

/// §1.18: once a phase, after an outage too.
#[tokio::test]
async fn reminders_catch_up_and_never_double() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    let remind = async || controls::remind_all(&app.app, &iae_app::Ctx::system(app.now())).await.unwrap();
    assert_eq!(remind().await, 0);
    age(&app, drawn.campaign, 40).await;
    assert_eq!((remind().await, remind().await), (1, 0), "E8");
    age(&app, drawn.campaign, 40).await;
    drawn.turn(&app, CampaignTurn::Freeze).await.unwrap();
    drawn.turn(&app, CampaignTurn::Adversarial).await.unwrap();
    age(&app, drawn.campaign, 31).await;
    assert_eq!((remind().await, remind().await), (1, 0), "E14");
    app.run_jobs().await;
}

/// A hire cancelled after the draw stays controlled, as it was drawn.
#[tokio::test]
async fn a_hire_cancelled_after_the_draw_stays_controlled() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    let of = "SELECT application_id FROM control_hires WHERE id = $1";
    let application = super::ids(&app, of, drawn.hires[0].0).await[0];
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{application}/cancellation")).await.is(200);
    page.form("cancellation").submit().await.follow().await.is(200);
    assert_eq!(count(&app, "SELECT count(*) FROM control_hires", drawn.campaign).await, 2);
    let verified = campaigns::verify(app.db(), drawn.campaign).await.unwrap();
    assert!(matches!(verified, Verification::Same(_)), "{verified:?}");
    app.run_jobs().await;
}

async fn count(app: &TestApp, sql: &'static str, _: ControlCampaignId) -> i64 {
    sqlx::query_scalar(sql).fetch_one(app.db()).await.unwrap()
}
