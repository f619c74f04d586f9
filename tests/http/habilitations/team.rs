//! What the team decides of organisations that registered (PRE-7 to PRE-9).

use iae_tests::{Page, Persona, TestApp, world};

/// The CCAS registered and waits.
async fn waiting(app: &TestApp) {
    sqlx::query(
        "UPDATE prescriber_organisations SET authorisation_status = 'NOT_SET' WHERE organisation_id = $1",
    )
    .bind(world::CCAS)
    .execute(app.db())
    .await
    .unwrap();
}

async fn opened(app: &TestApp) -> Page {
    app.browser(Persona::Staff).await.get(&format!("/admin/authorisations/{}", world::CCAS)).await.is(200)
}

async fn stands(app: &TestApp) -> (String, String) {
    sqlx::query_as(
        "SELECT kind, authorisation_status FROM prescriber_organisations WHERE organisation_id = $1",
    )
    .bind(world::CCAS)
    .fetch_one(app.db())
    .await
    .unwrap()
}

#[tokio::test]
async fn the_queue_shows_who_waits_and_the_team_validates() {
    let app = TestApp::new().await;
    app.ignore_mails();
    waiting(&app).await;
    let queue = app.browser(Persona::Staff).await.get("/admin/authorisations").await.is(200);
    assert!(queue.says("CCAS de Thionville") && !queue.says("Mission locale du pays messin"), "{queue:?}");
    let warned = app.browser(Persona::OtherPrescriber).await.get("/dashboard").await.is(200);
    assert!(warned.says("en attente de validation"), "PRE-12: {warned:?}");
    let home = app.browser(Persona::Staff).await.get("/dashboard").await.is(200);
    let figures = home.all(".stat__link");
    let waits = |figure: &String| figure.contains("prescripteur") && !figure.starts_with('0');
    assert!(figures.iter().any(waits), "it waits for the team: {figures:?}");
    opened(&app).await.form("validation").submit().await.is(303);
    assert_eq!(stands(&app).await, ("CCAS".to_owned(), "VALIDATED".to_owned()), "PRE-7");
}

/// STF-1: not by a member of the team whom no group lets.
#[tokio::test]
async fn who_of_the_team_holds_no_right_decides_nothing() {
    let app = TestApp::new().await;
    waiting(&app).await;
    let before = stands(&app).await;
    let page = opened(&app).await;
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    for form in ["validation", "refusal"] {
        page.form(form).submit().await.is(403);
    }
    assert_eq!(stands(&app).await, before);
}

#[tokio::test]
async fn what_is_refused_is_an_orienteur() {
    let app = TestApp::new().await;
    app.ignore_mails();
    waiting(&app).await;
    let asked = opened(&app).await.form("refusal").submit().await.is(200);
    assert_eq!(stands(&app).await.1, "NOT_SET", "nothing is refused before it is confirmed");
    asked.form("refusal").press("confirm").submit().await.is(303);
    assert_eq!(stands(&app).await, ("OTHER".to_owned(), "REFUSED".to_owned()), "PRE-8");
    let told = app.browser(Persona::OtherPrescriber).await.get("/habilitation").await.is(200);
    assert!(told.says("n’a pas validé") && told.says("4 mai 2026"), "when, and by whom: {told:?}");
    assert!(told.says("Demander l’habilitation au préfet"), "what to do next: {told:?}");
    let read = opened(&app).await;
    assert!(read.says("n’est pas validée ici"), "PRE-5: the kind comes first: {read:?}");
}

/// PRE-9: to be validated again, even if it was.
#[tokio::test]
async fn a_change_of_kind_is_to_be_validated_again() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let form = opened(&app).await.form("#kind-form");
    let refused = form.clone().fill("kind", "OTHER").submit().await.is(422);
    assert!(refused.says("ne devient pas"), "PRE-9: {refused:?}");
    form.fill("kind", "PLIE").submit().await.is(303);
    assert_eq!(stands(&app).await, ("PLIE".to_owned(), "NOT_SET".to_owned()), "PRE-9");
    app.browser(Persona::OtherPrescriber).await.get("/prolongations").await.is(403);
}

/// An order of the prefect goes with the right that the team refuses: a later order gives nothing of it back.
#[tokio::test]
async fn a_right_that_is_refused_takes_its_orders_with_it() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = super::submitted(&app).await;
    super::heard(&app, id).await;
    super::granted(&app, id, super::five_years(&app)).await;
    let of = format!("/admin/authorisations/{}", world::ASSOCIATION);
    let team = app.browser(Persona::Staff).await;
    team.get(&of).await.is(200).form("#kind-form").fill("kind", "CCAS").submit().await.is(303);
    assert_eq!(super::state(&app, id).await, "granted", "PRE-9: its kind may come back");
    let asked = team.get(&of).await.is(200).form("refusal").submit().await.is(200);
    asked.form("refusal").press("confirm").submit().await.is(303);
    assert_eq!(super::state(&app, id).await, "revoked");
    let again = super::submitted(&app).await;
    super::heard(&app, again).await;
    super::granted(&app, again, app.today() + chrono::Days::new(10)).await;
    assert!(!super::is_authorised(&app, app.today() + chrono::Days::new(11)).await, "D15");
}

/// A draft begun before the team validated the organisation is submitted to nobody.
#[tokio::test]
async fn a_draft_of_an_organisation_that_was_validated_since_is_not_submitted() {
    let app = TestApp::new().await;
    app.ignore_mails();
    super::filled(&super::opened(&app).await).press("save").submit().await.is(303);
    let draft = super::opened(&app).await.form("#request").press("review");
    let of = format!("/admin/authorisations/{}", world::ASSOCIATION);
    let team = app.browser(Persona::Staff).await;
    team.get(&of).await.is(200).form("#kind-form").fill("kind", "CCAS").submit().await.is(303);
    team.get(&of).await.is(200).form("validation").submit().await.is(303);
    let refused = draft.submit().await.is(409);
    assert!(refused.says("déjà habilitée"), "{refused:?}");
    assert_eq!(super::state(&app, super::last(&app).await).await, "draft");
    let read = app.browser(Persona::Orienter).await.get("/habilitation").await.is(200);
    assert!(!read.says("Continuer la demande"), "{read:?}");
}

/// D32.
#[tokio::test]
async fn what_a_colleague_decided_is_not_decided_again() {
    let app = TestApp::new().await;
    app.ignore_mails();
    waiting(&app).await;
    let (first, second) = (opened(&app).await, opened(&app).await);
    first.form("validation").submit().await.is(303);
    let late = second.form("refusal").submit().await.is(409);
    assert!(late.says("n’a pas été enregistré"), "{late:?}");
    assert_eq!(stands(&app).await, ("CCAS".to_owned(), "VALIDATED".to_owned()));
}
