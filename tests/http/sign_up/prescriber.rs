//! A prescriber or an orienteur signs up their organisation (SGN-10, SGN-12 to SGN-14, PRE-6). SIRENE is off: they say where it is.

use iae_tests::{Page, Persona, TestApp};

use super::{NEW_SIRET, organisations, role, searched, with_address};

/// From the first step to the recap, for this kind.
async fn recap(app: &TestApp, persona: Persona, kind: &str, order: Option<&str>) -> Page {
    let page = searched(app, persona, NEW_SIRET, "57").await.is(200);
    let mut page = page.form("prescriber").fill("kind", kind).press("kind").submit().await.is(200);
    if let Some(order) = order {
        page = page.form("prescriber").fill("order", order).press("order").submit().await.is(200);
    }
    let form = with_address(page.form("prescriber"), "Mission locale du Saulnois");
    form.press("address").submit().await.is(200)
}

async fn authorisation(app: &TestApp) -> (String, String) {
    sqlx::query_as(
        "SELECT p.kind, p.authorisation_status
         FROM prescriber_organisations p
         JOIN organisations o ON o.id = p.organisation_id
         WHERE o.siret = $1",
    )
    .bind(NEW_SIRET)
    .fetch_one(app.db())
    .await
    .unwrap()
}

#[tokio::test]
async fn a_listed_kind_waits_for_the_team_and_its_first_member_administers() {
    let app = TestApp::new().await;
    let recap = recap(&app, Persona::NoOrganisation, "ML", None).await;
    assert!(
        recap.says("Rien n’est inscrit") && recap.says("Habilitation en attente de validation"),
        "{recap:?}"
    );
    assert!(organisations(&app, NEW_SIRET).await.is_empty(), "the recap writes nothing");
    let done = recap.form("prescriber").press("confirm").submit().await.is(303);
    let dashboard = done.follow().await.is(200);
    assert_eq!(dashboard.flash().as_deref(), Some("Votre organisation est inscrite"));
    assert!(dashboard.says("72 heures") && dashboard.says("Mission locale du Saulnois"), "{dashboard:?}");
    assert_eq!(authorisation(&app).await, ("ML".to_owned(), "NOT_SET".to_owned()), "PRE-6");
    let found = organisations(&app, NEW_SIRET).await;
    assert_eq!(role(&app, Persona::NoOrganisation, found[0].0).await, Some(true), "SGN-14");
    let mails = app.run_jobs_and_mails().await;
    let mut told: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, ["equipe@parcours.exemple.fr", "nadia.petit@exemple.fr"]);
    let trail = app.audit_trail().await;
    for action in ["organisation.signed_up", "organisation.member_joined", "account.switched_organisation"] {
        assert!(trail.iter().any(|kept| kept == action), "{action}: {trail:?}");
    }
}

/// What everyone may read later is read again first; each step says its number and what really comes next.
#[tokio::test]
async fn the_recap_says_all_that_was_typed_and_steps_are_numbered() {
    let app = TestApp::new().await;
    let kind = searched(&app, Persona::NoOrganisation, NEW_SIRET, "57").await.is(200);
    assert!(kind.h1().contains("Étape 2 sur 4") && kind.says("son nom et son adresse"), "{kind:?}");
    let address = kind.form("prescriber").fill("kind", "ML").press("kind").submit().await.is(200);
    assert!(address.h1().contains("Étape 3 sur 4") && address.says("relire avant d’inscrire"), "{address:?}");
    let form = with_address(address.form("prescriber"), "Mission locale du Saulnois");
    let form = form.fill("phone", "0387123456").fill("email", "accueil@ml.exemple.fr");
    let form = form.fill("website", "https://ml.exemple.fr");
    let recap = form.press("address").submit().await.is(200);
    assert!(recap.h1().contains("Étape 4 sur 4"), "{recap:?}");
    for typed in ["03 87 12 34 56", "accueil@ml.exemple.fr", "https://ml.exemple.fr"] {
        assert!(recap.says(typed), "{typed}: {recap:?}");
    }
}

/// PRE-6: nothing to verify of who does not prescribe.
#[tokio::test]
async fn an_orienteur_is_signed_up_without_the_team() {
    let app = TestApp::new().await;
    let recap = recap(&app, Persona::NoOrganisation, "OTHER", Some("none")).await;
    assert!(recap.says("Pas d’habilitation nécessaire"), "{recap:?}");
    let done = recap.form("prescriber").press("confirm").submit().await.is(303);
    done.follow().await.is(200);
    assert_eq!(authorisation(&app).await, ("OTHER".to_owned(), "NOT_REQUIRED".to_owned()));
    let told = app.run_jobs_and_mails().await;
    assert!(told.iter().all(|mail| mail.recipient == "nadia.petit@exemple.fr"), "{told:?}");
}

/// D15: the road of an order of the prefect leads to where habilitations are asked for.
#[tokio::test]
async fn an_order_of_the_prefect_leads_to_the_habilitation() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let recap = recap(&app, Persona::NoOrganisation, "OTHER", Some("order")).await;
    let done = recap.form("prescriber").press("confirm").submit().await.is(303);
    assert_eq!(done.location().as_deref(), Some("/habilitation"));
    assert_eq!(authorisation(&app).await, ("OTHER".to_owned(), "NOT_SET".to_owned()));
    app.run_jobs().await;
}

/// Somebody who has an organisation already adds another, and acts for it.
#[tokio::test]
async fn a_member_of_another_organisation_signs_up_one_more() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let recap = recap(&app, Persona::Employer, "CCAS", None).await;
    let dashboard = recap.form("prescriber").press("confirm").submit().await.is(303).follow().await.is(200);
    assert!(dashboard.says("Mission locale du Saulnois"), "{dashboard:?}");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_siret_that_is_none_says_what_is_wrong_with_it_and_keeps_what_was_typed() {
    let app = TestApp::new().await;
    for (typed, said) in [
        ("", "14 chiffres"),
        ("4401234560001", "vous en avez saisi 13"),
        ("440 123 456 0001O", "aucune lettre"),
        ("440 123 456", "comme un SIREN"),
    ] {
        let page = searched(&app, Persona::NoOrganisation, typed, "57").await.is(422);
        assert!(page.error("siret").unwrap_or_default().contains(said), "{typed}: {page:?}");
        assert_eq!(page.value("siret").as_deref(), Some(typed));
        assert_eq!(page.value("department").as_deref(), Some("57"));
    }
    let page = searched(&app, Persona::NoOrganisation, "440 123 456 00018", "57").await.is(200);
    assert!(page.says("La clé de ce SIRET est fausse"), "ORG-2: said, not refused: {page:?}");
    let page = searched(&app, Persona::NoOrganisation, "440 123 456 00012", "57").await.is(200);
    assert!(!page.says("La clé de ce SIRET"), "{page:?}");
    let page = searched(&app, Persona::NoOrganisation, NEW_SIRET, "").await.is(422);
    assert!(page.error("department").is_some(), "{page:?}");
}

/// SGN-10: a step jumped into is the first one again, and nothing is written.
#[tokio::test]
async fn no_step_is_jumped_into() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::NoOrganisation).await;
    for step in ["found", "kind", "order", "address", "confirm", "back_address"] {
        let fields = [("step", step), ("kind", "ML"), ("name", "Mission locale")];
        let page = browser.post("/sign-up/prescriber", &fields).await.is(422);
        assert!(page.error("siret").is_some() && page.error("department").is_some(), "{step}: {page:?}");
    }
    let fields = [("step", "confirm"), ("siret", NEW_SIRET), ("department", "57"), ("kind", "ML")];
    let page = browser.post("/sign-up/prescriber", &fields).await.is(422);
    assert!(page.error("name").is_some() && page.error("city").is_some(), "{page:?}");
    let other = [("step", "confirm"), ("siret", NEW_SIRET), ("department", "57"), ("kind", "OTHER")];
    let page = browser.post("/sign-up/prescriber", &other).await.is(422);
    assert!(page.error("order").is_some(), "{page:?}");
    assert!(organisations(&app, NEW_SIRET).await.is_empty());
}

/// SGN-14 (DEC): kinds are compared whole, and only those offered are taken.
#[tokio::test]
async fn kinds_that_nobody_picks_are_refused() {
    let app = TestApp::new().await;
    let recap = recap(&app, Persona::NoOrganisation, "ML", None).await;
    for kind in ["FT", "OHPD", "OCASF", "M", "ML,FT", "ml", ""] {
        let page = recap.form("prescriber").forge("kind", kind).press("confirm").submit().await.is(422);
        assert!(page.error("kind").is_some(), "{kind}: {page:?}");
    }
    let kinds =
        searched(&app, Persona::NoOrganisation, NEW_SIRET, "57").await.form("prescriber").offered("kind");
    assert!(!kinds.iter().any(|kind| kind == "FT"), "{kinds:?}");
    assert_eq!(kinds.last().map(String::as_str), Some("OTHER"), "PRE-1");
    assert!(organisations(&app, NEW_SIRET).await.is_empty());
}

#[tokio::test]
async fn an_address_out_of_every_commune_is_refused_beside_its_field() {
    let app = TestApp::new().await;
    let page = searched(&app, Persona::NoOrganisation, NEW_SIRET, "57").await.is(200);
    let page = page.form("prescriber").fill("kind", "ML").press("kind").submit().await.is(200);
    let form = with_address(page.form("prescriber"), "").fill("city", "Nullepart").fill("post_code", "5700");
    let page = form.press("address").submit().await.is(422);
    for field in ["name", "post_code"] {
        assert!(page.error(field).is_some(), "{field}: {page:?}");
    }
    assert_eq!(page.value("city").as_deref(), Some("Nullepart"), "what was typed is kept");
    let page =
        page.form("prescriber").fill("post_code", "57000").fill("name", "Mission locale").press("address");
    assert!(page.submit().await.is(422).error("city").is_some(), "D23: a commune of the reference");
}
