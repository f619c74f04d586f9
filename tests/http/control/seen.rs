//! What a form saw is compared under the lock (D32): two agents of a DDETS on one page (rule book 04 §1.10, §1.11).

use iae_app::control::controls::{self, SeenComment};
use iae_app::{Ctx, Failure};
use iae_domain::actor::InspectorActor;
use iae_domain::control::{CampaignTurn, Decision, Review, ValidationRefused};
use iae_domain::ids::RequestId;
use iae_domain::text::Message;
use iae_tests::{Page, Persona, TestApp, world};

use super::{Drawn, ddets, drawn};

async fn submitted(app: &TestApp) -> Drawn {
    let drawn = drawn(app).await;
    drawn.submit(app).await;
    drawn
}

async fn review_page(app: &TestApp, drawn: &Drawn) -> Page {
    app.browser(Persona::Inspector).await.get(&format!("/controls/{}/review", drawn.control)).await.is(200)
}

/// A second click on « Valider » finds it done, and says so.
#[tokio::test]
async fn a_second_click_finds_it_validated() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = submitted(&app).await;
    drawn.review(&app, Decision::Accept).await;
    let form = review_page(&app, &drawn).await.form("#validation");
    for _ in 0..2 {
        let told = form.submit().await.is(303).follow().await.is(200);
        assert!(told.says("Contrôle validé"), "{told:?}");
    }
    let trail = app.audit_trail().await;
    assert_eq!(trail.iter().filter(|line| line.contains("control.validated")).count(), 1, "{trail:?}");
    app.run_jobs().await;
}

/// A decision was changed since, so that validating would do something else, or cannot be done any more.
#[tokio::test]
async fn a_stale_validation_is_told() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = submitted(&app).await;
    drawn.review(&app, Decision::Accept).await;
    let form = review_page(&app, &drawn).await.form("#validation");
    let agent = ddets(&app).await;
    let one = drawn.criteria(&app).await[0];
    controls::review(&app.app, &agent, one, Review::Accepted, Decision::Reset).await.unwrap();
    let undone = form.submit().await.is(409);
    assert!(undone.says("ne peut plus être validé"), "{undone:?}");
    controls::review(&app.app, &agent, one, Review::Pending, Decision::Refuse).await.unwrap();
    let other = form.submit().await.is(409);
    assert!(other.says("ne ferait plus la même chose"), "{other:?}");
    assert!(!drawn.kept(&app).await.0, "nothing is validated");
    drawn.turn(&app, CampaignTurn::Freeze).await.unwrap();
    drawn.turn(&app, CampaignTurn::Adversarial).await.unwrap();
    form.submit().await.is(409);
    app.run_jobs().await;
}

/// §1.11: sent without what the page said, when it is not allowed, nothing is said and nothing changes.
#[tokio::test]
async fn a_validation_that_was_never_shown_is_not_answered() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = submitted(&app).await;
    drawn.review(&app, Decision::Accept).await;
    let form = review_page(&app, &drawn).await.form("#validation").without("seen");
    form.submit().await.is(409);
    assert!(!drawn.kept(&app).await.0, "what was never shown is not done");
    let one = drawn.criteria(&app).await[0];
    controls::review(&app.app, &ddets(&app).await, one, Review::Accepted, Decision::Reset).await.unwrap();
    let page = form.submit().await.is(303).follow().await.is(200);
    assert!(!page.says("Contrôle validé") && !page.says("Rien n’a été fait"), "{page:?}");
    assert!(!drawn.kept(&app).await.0);
    app.run_jobs().await;
}

/// The one who comes second is told so, under the lock.
#[tokio::test]
async fn two_agents_validate_at_once() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = submitted(&app).await;
    drawn.review(&app, Decision::Accept).await;
    let agent = ddets(&app).await;
    let validate = || controls::validate(&app.app, &agent, drawn.control, None);
    let (one, two) = tokio::join!(validate(), validate());
    let late = [&one, &two].into_iter().find_map(|validated| validated.as_ref().err());
    assert!(
        matches!(late, Some(Failure::Refused(ValidationRefused::NotNow))) && (one.is_ok() || two.is_ok()),
        "{one:?} {two:?}"
    );
    app.run_jobs().await;
}

/// A colleague commented meanwhile: what was typed stays, beside what is kept.
#[tokio::test]
async fn a_comment_typed_meanwhile_is_kept() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = submitted(&app).await;
    let hire = drawn.hires[0];
    let browser = app.browser(Persona::Inspector).await;
    let address = format!("/control-hires/{hire}");
    let page = browser.get(&address).await.is(200);
    let form = page.form(&format!("{address}/comment"));
    let theirs = Message::parse("La date manque.").unwrap();
    controls::comment(&app.app, &ddets(&app).await, hire, &SeenComment::of(""), Some(&theirs)).await.unwrap();
    let overtaken = form.fill("comment", "Le document est illisible.").submit().await.is(409);
    assert!(overtaken.says("Le commentaire a changé entre-temps"), "{overtaken:?}");
    assert!(overtaken.says("La date manque."), "what is kept is shown");
    let again = overtaken.form(&format!("{address}/comment"));
    assert_eq!(again.value("comment").as_deref(), Some("Le document est illisible."), "and what was typed");
    again.submit().await.is(303);
    let kept: String = sqlx::query_scalar("SELECT comment FROM control_hires WHERE id = $1")
        .bind(hire)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(kept, "Le document est illisible.");
    again.submit().await.is(303);
    let trail = app.audit_trail().await;
    let comments = trail.iter().filter(|line| line.contains("control.commented")).count();
    assert_eq!(comments, 2, "said twice, a comment is kept once: {trail:?}");
    app.run_jobs().await;
}

/// Another agent of the same DDETS.
async fn colleague(app: &TestApp) -> Ctx<InspectorActor> {
    app.scenario().membership(Persona::OtherInspector, world::DDETS_57).await;
    let actor = app.scenario().actor(world::OTHER_INSPECTOR, Some(world::DDETS_57)).await;
    let actor = actor.try_into().expect("an agent of the State");
    Ctx { actor, now: app.now(), request_id: RequestId::at(app.now()), impersonator: None }
}

/// A colleague validated the same thing first: it is told as their act.
#[tokio::test]
async fn what_a_colleague_validated_is_said_to_be_theirs() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = submitted(&app).await;
    drawn.review(&app, Decision::Accept).await;
    let form = review_page(&app, &drawn).await.form("#validation");
    controls::validate(&app.app, &colleague(&app).await, drawn.control, None).await.unwrap();
    let told = form.submit().await.is(303).follow().await.is(200);
    assert!(told.says("Contrôle déjà validé") && told.says("Jean NOËL l’a validé le"), "{told:?}");
    app.run_jobs().await;
}

/// D32: what stands in the way of a validation is told with who did it, and when.
#[tokio::test]
async fn a_stale_validation_says_who_did_what() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = submitted(&app).await;
    drawn.review(&app, Decision::Accept).await;
    let form = review_page(&app, &drawn).await.form("#validation");
    let (colleague, one) = (colleague(&app).await, drawn.criteria(&app).await[0]);
    controls::review(&app.app, &colleague, one, Review::Accepted, Decision::Reset).await.unwrap();
    let said = "Jean NOËL a modifié la décision prise sur un justificatif le";
    let undone = form.submit().await.is(409);
    assert!(undone.says(said) && undone.says("ne peut plus être validé"), "{undone:?}");
    controls::review(&app.app, &colleague, one, Review::Pending, Decision::Refuse).await.unwrap();
    let other = form.submit().await.is(409);
    assert!(other.says(said) && other.says("ne ferait plus la même chose"), "{other:?}");
    for turn in [CampaignTurn::Freeze, CampaignTurn::Adversarial] {
        drawn.turn(&app, turn).await.unwrap();
    }
    let late = form.submit().await.is(409);
    assert!(late.says("L’équipe de Parcours IAE a commencé la phase contradictoire le"), "{late:?}");
    app.run_jobs().await;
}
