//! A form older than the state it acts on (D32), and two people at once.

use iae_app::habilitations::{grant, refuse};
use iae_app::{Ctx, Failure};
use iae_domain::habilitations::policy::Instructor;
use iae_domain::habilitations::{HabilitationRefused, Order};
use iae_domain::ids::RequestId;
use iae_domain::time::Period;
use iae_tests::{Persona, TestApp, world};

use super::{filled, five_years, heard, opened, ordered, page, state, submitted};

/// D32: the page says who acted; nothing of the late form is written.
#[tokio::test]
async fn a_request_that_a_colleague_decided_is_not_decided_again() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    heard(&app, id).await;
    let late = page(&app, id, "/grant").await.form("#grant-form");
    let refusal =
        page(&app, id, "/refusal").await.form("#words-form").fill("words", "Le besoin est couvert.");
    refusal.submit().await.is(303);
    let conflict = ordered(late, app.today(), five_years(&app)).submit().await.is(409);
    assert!(conflict.says("Refusée") && conflict.says("n’a pas été enregistré"), "{conflict:?}");
    let table = conflict.all("main table td");
    for version in ["Le besoin est couvert.", "2026-57-12"] {
        assert!(table.iter().any(|cell| cell == version), "both are read: {table:?}");
    }
    assert!(
        !conflict.has_form(&format!("/habilitations/{id}/grant")),
        "nothing is left to grant: {conflict:?}"
    );
    assert_eq!(state(&app, id).await, "refused");
}

/// D32: an opinion recorded since makes the form of the order old, and it says so.
#[tokio::test]
async fn an_order_is_recorded_on_what_was_read() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    heard(&app, id).await;
    let late = page(&app, id, "/grant").await.form("#grant-form");
    app.advance(chrono::TimeDelta::minutes(1));
    let other = page(&app, id, "/opinion").await.form("#opinion-form").fill("opinion", "unfavourable");
    other.fill("opinion_on", &app.today().to_string()).submit().await.is(303);
    let late = ordered(late, app.today(), five_years(&app)).submit().await.is(409);
    assert!(late.says("a enregistré l’avis de la commission") && late.says("Défavorable"), "{late:?}");
    assert_eq!(late.value("order_number").as_deref(), Some("2026-57-12"), "what was typed stays");
    assert_eq!(state(&app, id).await, "submitted");
    late.form("#grant-form").submit().await.is(303);
    assert_eq!(state(&app, id).await, "granted", "sent again, once it was read");
}

/// D32: what was typed stays while a colleague records the opinion, and what changed is said: its state did not.
#[tokio::test]
async fn a_complement_that_crosses_an_opinion_is_not_typed_again() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    let late = page(&app, id, "/complement").await.form("#words-form").fill("words", "Joignez vos statuts.");
    app.advance(chrono::TimeDelta::minutes(1));
    heard(&app, id).await;
    let late = late.submit().await.is(409);
    assert!(late.says("a enregistré l’avis de la commission") && late.says("Favorable"), "{late:?}");
    assert!(!late.says("Son statut"), "{late:?}");
    assert_eq!(late.value("words").as_deref(), Some("Joignez vos statuts."));
    assert_eq!(state(&app, id).await, "submitted");
    late.form("#words-form").submit().await.is(303);
    assert_eq!(state(&app, id).await, "completing");
}

/// D32: two colleagues record the opinion; the second reads the first's beside their own before it takes its place.
#[tokio::test]
async fn an_opinion_is_read_before_another_takes_its_place() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    let late = page(&app, id, "/opinion").await.form("#opinion-form").fill("opinion", "unfavourable");
    let late = late.fill("opinion_on", &app.today().to_string()).fill("words", "Réserves.");
    app.advance(chrono::TimeDelta::minutes(1));
    heard(&app, id).await;
    let late = late.submit().await.is(409);
    let table = late.all("main table td");
    for version in ["Favorable", "Défavorable", "Réserves."] {
        assert!(table.iter().any(|cell| cell == version), "both are read: {table:?}");
    }
    late.form("#opinion-form").submit().await.is(303);
    assert!(page(&app, id, "").await.says("Défavorable, le 4 mai 2026"), "confirmed once it was read");
}

/// D32: two colleagues write the same draft; the second reads what they typed, and the first's stays.
#[tokio::test]
async fn a_draft_that_a_colleague_kept_is_not_written_over() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let (first, second) = (opened(&app).await, opened(&app).await);
    filled(&first).press("save").submit().await.is(303);
    let late = second.form("#request").fill("need", "Autre chose.").press("save").submit().await.is(409);
    assert!(late.says("La demande a changé entre-temps") && !late.says("Un collègue a modifié"), "{late:?}");
    let table = late.all("main table td");
    for version in ["Aucun prescripteur national n’accueille ce public.", "Autre chose."] {
        assert!(table.iter().any(|cell| cell == version), "both are read: {table:?}");
    }
    assert_eq!(late.value("need").as_deref(), Some("Autre chose."), "what was typed stays");
    let kept = opened(&app).await;
    assert_eq!(kept.value("need").as_deref(), Some("Aucun prescripteur national n’accueille ce public."));
    late.form("#request").press("save").submit().await.is(303);
    assert_eq!(opened(&app).await.value("need").as_deref(), Some("Autre chose."));
}

async fn ddets(app: &TestApp) -> Ctx<Instructor> {
    let actor = app.scenario().actor(world::INSPECTOR, Some(world::DDETS_57)).await;
    let actor = actor.try_into().expect("a member of a DDETS");
    Ctx { actor, now: app.now(), request_id: RequestId::at(app.now()), impersonator: None }
}

/// One grants and the other refuses at the same instant: one of them is told.
#[tokio::test]
async fn two_decisions_at_once_make_one() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    heard(&app, id).await;
    let ctx = ddets(&app).await;
    let seen = sqlx::query_scalar("SELECT changed_at FROM habilitations WHERE id = $1").bind(id);
    let seen: Option<chrono::DateTime<chrono::Utc>> = seen.fetch_one(app.db()).await.unwrap();
    let period = Period { start: app.today(), end: five_years(&app) };
    let order = Order::new("2026-57-12", app.today(), period, app.today()).unwrap();
    let (granted, refused) = tokio::join!(
        grant(&app.app, &ctx, id, (seen, order)),
        refuse(&app.app, &ctx, id, (seen, "Le besoin est couvert.".to_owned())),
    );
    assert_ne!(granted.is_ok(), refused.is_ok(), "{granted:?} {refused:?}");
    let told = granted.err().or(refused.err());
    assert!(
        matches!(
            told,
            Some(Failure::Refused(HabilitationRefused::Overtaken | HabilitationRefused::NotNow(_)))
        ),
        "{told:?}"
    );
    app.browser(Persona::Inspector).await.get(&format!("/habilitations/{id}")).await.is(200);
}
