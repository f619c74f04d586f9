//! From the request to the order, and what each reads.

use iae_tests::{Persona, TestApp};

use super::{
    filled, five_years, granted, heard, is_authorised, last, opened, page, read_again, state, submitted,
    transmitted,
};

/// Guide P2 §1.1: four points, pieces, a complement, the opinion, the order of five years; PRE-5: the organisation is an OHPD.
#[tokio::test]
async fn an_organisation_asks_its_ddets_instructs_and_the_prefect_authorises_it() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let before = app.browser(Persona::Orienter).await.get("/habilitation").await.is(200);
    assert!(before.says("votre organisation est orienteur"), "{before:?}");
    let id = submitted(&app).await;

    let list = app.browser(Persona::Inspector).await.get("/habilitations").await.is(200);
    assert!(list.says("Le Fil") && list.says("À instruire") && list.says("4 juillet 2026"), "{list:?}");
    let read = page(&app, id, "").await;
    assert!(read.says("Accueil de jour") && read.says("Rapport d’activité"), "{read:?}");

    let asked = page(&app, id, "/complement").await.form("#words-form").fill("words", "Joignez vos statuts.");
    asked.submit().await.is(303);
    assert_eq!(state(&app, id).await, "completing");
    let waits = app.browser(Persona::Orienter).await.get("/dashboard").await.is(200);
    assert!(waits.says("attend un complément") && !waits.says("Rien ne vous attend"), "{waits:?}");
    let again = waits.click("Compléter la demande").await.is(200);
    assert!(again.says("Joignez vos statuts."), "{again:?}");
    assert_eq!(again.value("mission").as_deref(), Some("Accueil de jour de personnes sans domicile."));
    transmitted(&app, filled(&again).fill("piece_label", "Statuts")).await;
    assert_eq!(state(&app, id).await, "submitted");
    let read = page(&app, id, "").await;
    assert!(read.says("Le complément est arrivé"), "{read:?}");
    let own = app.browser(Persona::Orienter).await.get("/habilitation").await.is(200);
    assert!(own.says("Accueil de jour") && own.says("en attente d’instruction"), "what was sent: {own:?}");
    assert!(!own.says("À instruire"), "{own:?}");

    // The opinion comes before the order.
    let early = page(&app, id, "/grant").await;
    assert!(early.says("L’avis de la commission n’est pas enregistré"), "{early:?}");
    heard(&app, id).await;
    granted(&app, id, five_years(&app)).await;
    assert!(is_authorised(&app, app.today()).await && is_authorised(&app, five_years(&app)).await, "D15");
    assert!(
        !is_authorised(&app, five_years(&app).succ_opt().unwrap()).await,
        "D15: no longer than its last day"
    );
    let kind: String = sqlx::query_scalar("SELECT kind FROM organisations WHERE name = 'Le Fil'")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(kind, "OHPD", "PRE-5");
    let after = app.browser(Persona::Orienter).await.get("/habilitation").await.is(200);
    assert!(after.says("prescripteur habilité") && after.says("3 mai 2031"), "{after:?}");
    app.browser(Persona::Orienter).await.get("/prolongations").await.is(200);
}

#[tokio::test]
async fn what_is_refused_says_why_and_leaves_an_orienteur_who_may_ask_again() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    let form = page(&app, id, "/refusal").await.form("#words-form").fill("words", "Le besoin est couvert.");
    form.submit().await.is(303);
    assert_eq!(state(&app, id).await, "refused");
    assert!(!is_authorised(&app, app.today()).await);
    let read = app.browser(Persona::Orienter).await.get("/habilitation").await.is(200);
    assert!(read.says("Le besoin est couvert."), "{read:?}");
    let again = submitted(&app).await;
    assert_ne!(again, id);
}

/// A draft is kept, and nobody else reads it.
#[tokio::test]
async fn a_draft_is_kept_and_its_authors_alone_read_it() {
    let app = TestApp::new().await;
    app.ignore_mails();
    filled(&opened(&app).await).press("save").submit().await.is(303);
    let id = last(&app).await;
    let kept = opened(&app).await;
    assert_eq!(kept.value("need").as_deref(), Some("Aucun prescripteur national n’accueille ce public."));
    assert!(kept.says("Rapport d’activité"), "{kept:?}");
    let ddets = app.browser(Persona::Inspector).await;
    ddets.get(&format!("/habilitations/{id}")).await.is(404);
    let piece: uuid::Uuid =
        sqlx::query_scalar("SELECT id FROM habilitation_pieces").fetch_one(app.db()).await.unwrap();
    ddets.get(&format!("/habilitation-pieces/{piece}")).await.is(404);
    app.browser(Persona::Orienter).await.get(&format!("/habilitation-pieces/{piece}")).await.is(200);
    let form = kept.form("#request").fill("need", "Un besoin de plus.");
    form.press(&piece.to_string()).submit().await.is(303);
    let kept = opened(&app).await;
    assert_eq!(kept.value("need").as_deref(), Some("Un besoin de plus."), "what was typed is not lost");
    assert!(!kept.says("Rapport d’activité (PDF)"), "{kept:?}");
    let pieces: i64 = sqlx::query_scalar("SELECT count(*) FROM documents WHERE kind = 'habilitation_piece'")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(pieces, 0);
    app.ignore_jobs();
}

/// Enter keeps what is typed; it is read again before it goes, and goes once however often it is pressed.
#[tokio::test]
async fn nothing_is_transmitted_before_it_was_read_again() {
    let app = TestApp::new().await;
    app.ignore_mails();
    filled(&opened(&app).await).press_first().submit().await.is(303);
    let id = last(&app).await;
    assert_eq!(state(&app, id).await, "draft", "Enter transmits nothing");
    opened(&app).await.form("#request").press("review").submit().await.is(303);
    let read = read_again(&app).await;
    assert!(read.says("Accueil de jour") && read.says("Rapport d’activité"), "{read:?}");
    assert_eq!(state(&app, id).await, "draft");
    let (once, twice) = (read.form("#transmission"), read.form("#transmission"));
    for (pressed, told) in [(once, "Demande transmise"), (twice, "La demande est déjà transmise")] {
        let done = pressed.submit().await.is(303).follow().await.is(200);
        assert!(done.says(told) && done.says("Accueil de jour"), "{done:?}");
    }
    assert_eq!(state(&app, id).await, "submitted");
}

/// D32: what a colleague changed since it was read is read before it goes.
#[tokio::test]
async fn what_changed_since_it_was_read_is_read_again() {
    let app = TestApp::new().await;
    app.ignore_mails();
    filled(&opened(&app).await).press("review").submit().await.is(303);
    let late = read_again(&app).await.form("#transmission");
    app.advance(chrono::TimeDelta::minutes(1));
    opened(&app).await.form("#request").fill("need", "Autre chose.").press("save").submit().await.is(303);
    let late = late.submit().await.is(409);
    assert!(late.says("Autre chose."), "{late:?}");
    assert_eq!(state(&app, last(&app).await).await, "draft");
    late.form("#transmission").submit().await.is(303);
    assert_eq!(state(&app, last(&app).await).await, "submitted");
}

/// A revocation stops the right at once, and says why.
#[tokio::test]
async fn a_right_is_revoked_at_once() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    heard(&app, id).await;
    granted(&app, id, five_years(&app)).await;
    let form = page(&app, id, "/revocation").await.form("#words-form").fill("words", "L’équipe est partie.");
    form.submit().await.is(303);
    assert!(!is_authorised(&app, app.today()).await, "PRE-11");
    app.browser(Persona::Orienter).await.get("/prolongations").await.is(403);
    let read = app.browser(Persona::Orienter).await.get("/habilitation").await.is(200);
    assert!(read.says("Abrogée") && read.says("L’équipe est partie."), "{read:?}");
}
