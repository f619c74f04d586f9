//! What an organisation says of itself: read by its members, published by its administrators (CMP-25 to CMP-27, PRE-26 to PRE-28).

use iae_app::Ctx;
use iae_app::imports::{FileKind, NamedFile, import_file};
use iae_tests::{Browser, Form, Page, Persona, TestApp, world};

/// The form of the first step, filled with what the ACI says today.
async fn begun(browser: &Browser) -> Form {
    browser.get("/organisation/profile").await.is(200).form("#profile").press("Continuer")
}

/// From the first step to the preview.
async fn previewed(contact: Form, description: &str) -> Page {
    let words = contact.submit().await.is(200).form("#profile");
    words.fill("description", description).press("Continuer").submit().await.is(200)
}

async fn publish(preview: &Page) -> Page {
    preview.form("#profile").press("Publier la fiche").submit().await
}

async fn text(app: &TestApp, sql: &'static str) -> String {
    sqlx::query_scalar(sql).bind(world::ACI).fetch_one(app.db()).await.unwrap()
}

#[tokio::test]
async fn an_administrator_publishes_what_everyone_then_reads() {
    let app = TestApp::new().await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    let page = admin.get("/dashboard").await.is(200).click("Structure").await.is(200);
    assert_eq!(page.h1(), "Les Jardins de la Seille");
    assert!(page.says("380 123 456 00011") && page.statements.len() <= 8, "{:?}", page.statements);
    let form = page.click("Modifier la fiche").await.is(200).form("#profile").press("Continuer");
    assert_eq!(form.value("name").as_deref(), Some("Les Jardins de la Seille"), "CMP-25");
    let form = form.fill("name", "Les Jardins").fill("website", "www.jardins.exemple.fr");
    let words =
        form.submit().await.is(200).form("#profile").fill("description", "Du maraîchage.\n\n- planter");
    let preview = words.fill("support", "").press("Continuer").submit().await.is(200);
    assert!(preview.says("Du maraîchage.") && preview.says("https://www.jardins.exemple.fr"));
    let card = format!("/employers/{}", world::ACI);
    assert!(
        !app.visitor().get(&card).await.is(200).says("maraîchage"),
        "nothing is published before it is confirmed"
    );
    let back = preview.form("#profile").press("Modifier").submit().await.is(200);
    assert_eq!(back.value("description").as_deref(), Some("Du maraîchage.\n\n- planter"));
    let done = publish(&preview).await.is(303).follow().await.is(200);
    assert_eq!(done.flash().as_deref(), Some("La fiche est publiée"));
    assert!(done.says("Publiée par Adèle THIRY"));
    let card = app.visitor().get(&card).await.is(200);
    assert_eq!(card.h1(), "Les Jardins", "CMP-27");
    assert!(card.says("Du maraîchage.") && card.all("ul li").contains(&"planter".to_owned()));
    assert!(!card.says("Un accompagnement chaque semaine."), "what is emptied is no longer said");
    assert!(card.says("Signaler cette fiche"));
    assert!(app.audit_trail().await.contains(&"organisation.profile_published".to_owned()));
    // Pressed twice: nothing more happens, and nothing frightens.
    let again = publish(&preview).await.is(303).follow().await;
    assert_eq!(again.flash().as_deref(), Some("La fiche est publiée"));
    let published =
        app.audit_trail().await.iter().filter(|action| action.ends_with("profile_published")).count();
    assert_eq!(published, 1);
}

#[tokio::test]
async fn each_mistake_stands_beside_its_field_and_nothing_is_saved() {
    let app = TestApp::new().await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    for (field, typed, said) in [
        ("name", " ", "Saisissez le nom"),
        ("address_line_1", "", "numéro et la rue"),
        ("post_code", "5700", "5 chiffres"),
        ("city", "Zzyzx", "n’existe pas sous ce code postal"),
        ("city", "", "Saisissez la commune"),
        ("phone", "au bureau", "numéro de téléphone"),
        ("email", "contact@", "adresse e-mail"),
        ("website", "javascript:alert(1)", "https://"),
        ("website", "ftp://exemple.fr", "https://"),
    ] {
        let refused =
            begun(&admin).await.fill("email", "nous@exemple.fr").fill(field, typed).submit().await.is(422);
        let error = refused.error(field).unwrap_or_default();
        assert!(error.contains(said), "{field} {typed:?}: {error}");
        assert_eq!(refused.value(field).unwrap_or_default().trim(), typed.trim(), "what was typed is kept");
    }
    let website: Option<String> = sqlx::query_scalar("SELECT website FROM organisations WHERE id = $1")
        .bind(world::ACI)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(website, None);
}

/// D23, D24, ORG-5: the commune is found without « CEDEX », and says the département.
#[tokio::test]
async fn an_address_is_placed_in_a_commune_of_the_reference() {
    let app = TestApp::new().await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    let before = text(&app, "SELECT latitude::text FROM organisations WHERE id = $1").await;
    publish(&previewed(begun(&admin).await, "Nous.").await).await.is(303);
    let same = text(&app, "SELECT latitude::text FROM organisations WHERE id = $1").await;
    assert_eq!(before, same, "what is known of an address that stays is better than its commune");
    let form = begun(&admin).await.fill("post_code", "57036").fill("city", "METZ CEDEX 01");
    publish(&previewed(form, "Nous.").await).await.is(303);
    let address = "SELECT concat_ws('|', post_code, city, department_code) FROM organisations WHERE id = $1";
    assert_eq!(text(&app, address).await, "57036|Metz CEDEX 01|57", "D24");
    let form = begun(&admin).await.fill("post_code", "57100").fill("city", "thionville");
    publish(&previewed(form, "Nous.").await).await.is(303);
    assert_eq!(text(&app, address).await, "57100|Thionville|57");
    let far = app.visitor().get("/employers?city=metz-57&distance=10&kinds=ACI").await.is(200);
    assert!(!far.says("Les Jardins de la Seille"), "it is found where it moved");
}

/// D32: the second of two administrators is told who published, and may still publish over it.
#[tokio::test]
async fn of_two_administrators_the_second_is_told() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE memberships SET is_admin = true WHERE user_id = $1")
        .bind(world::EMPLOYER)
        .execute(app.db())
        .await
        .unwrap();
    let (one, other) = (app.browser(Persona::EmployerAdmin).await, app.browser(Persona::Employer).await);
    let first = previewed(begun(&one).await, "La première.").await;
    let second = previewed(begun(&other).await, "La seconde.").await;
    publish(&first).await.is(303);
    let told = publish(&second).await.is(409);
    assert!(told.says("Adèle THIRY a publié une autre version de la fiche"), "{}", told.text());
    let description = "SELECT description FROM organisations WHERE id = $1";
    assert_eq!(text(&app, description).await, "La première.", "nothing was written over");
    let words = told.form("#profile").press("Continuer").submit().await.is(200);
    assert_eq!(words.value("description").as_deref(), Some("La seconde."), "what was typed is kept");
    let preview = words.form("#profile").press("Continuer").submit().await.is(200);
    publish(&preview).await.is(303);
    assert_eq!(text(&app, description).await, "La seconde.");
}

/// D32: of two versions that come at once, one is published, and the other is told.
#[tokio::test]
async fn two_at_once_publish_one() {
    let app = TestApp::new().await;
    let (one, other) = (app.browser(Persona::EmployerAdmin).await, app.browser(Persona::EmployerAdmin).await);
    let first = previewed(begun(&one).await, "La première.").await;
    let second = previewed(begun(&other).await, "La seconde.").await;
    let (one, other) = tokio::join!(publish(&first), publish(&second));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let published =
        app.audit_trail().await.iter().filter(|action| action.ends_with("profile_published")).count();
    assert_eq!(published, 1);
    // The button pressed twice at once: nothing frightens.
    let again = previewed(begun(&app.browser(Persona::EmployerAdmin).await).await, "La dernière.").await;
    app.advance(chrono::TimeDelta::minutes(1));
    let (one, other) = tokio::join!(publish(&again), publish(&again));
    assert_eq!([one.status.as_u16(), other.status.as_u16()], [303, 303]);
    let published =
        app.audit_trail().await.iter().filter(|action| action.ends_with("profile_published")).count();
    assert_eq!(published, 2, "once more, once");
}

/// Whoever is no longer an administrator publishes nothing from a page left open (P42); an organisation that lost its authorisation
/// meanwhile has no words of its own to publish, and keeps those it had (PRE-27).
#[tokio::test]
async fn rights_lost_since_the_page_was_read_are_lost() {
    let app = TestApp::new().await;
    let demoted = app.browser(Persona::EmployerAdmin).await;
    let preview = previewed(begun(&demoted).await, "Trop tard.").await;
    sqlx::query("UPDATE memberships SET is_admin = false WHERE user_id = $1")
        .bind(world::EMPLOYER_ADMIN)
        .execute(app.db())
        .await
        .unwrap();
    publish(&preview).await.is(403);
    assert_ne!(text(&app, "SELECT description FROM organisations WHERE id = $1").await, "Trop tard.");

    let prescriber = app.browser(Persona::PrescriberAdmin).await;
    let preview = previewed(begun(&prescriber).await, "Trop tard.").await;
    sqlx::query(
        "UPDATE prescriber_organisations SET authorisation_status = 'REFUSED' WHERE organisation_id = $1",
    )
    .bind(world::MISSION_LOCALE)
    .execute(app.db())
    .await
    .unwrap();
    publish(&preview).await.is(303);
    let description: String = sqlx::query_scalar("SELECT description FROM organisations WHERE id = $1")
        .bind(world::MISSION_LOCALE)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_ne!(description, "Trop tard.");
}

/// PRE-27: what an administrator published is theirs; until then, name and address are those of the official file.
#[tokio::test]
async fn an_official_file_does_not_write_over_what_was_published() {
    let app = TestApp::new().await;
    let admin = app.browser(Persona::PrescriberAdmin).await;
    let form = begun(&admin).await.fill("name", "Mission locale de Metz");
    publish(&previewed(form, "Un accueil sans rendez-vous.").await).await.is(303);
    let file = "kind,name,siret,post_code,city\n\
        ML,MISSION LOCALE,42012345600015,57100,THIONVILLE\n\
        CCAS,CCAS DE THIONVILLE,26570067200016,57100,THIONVILLE\n";
    for updated in [1, 0] {
        let named = NamedFile { name: "prescripteurs.csv".to_owned(), source: file.as_bytes() };
        let ctx = Ctx::system(app.now());
        let report = import_file(&app.app, &ctx, FileKind::Prescribers, named, false, |_| {}).await.unwrap();
        assert_eq!(report.changes.updated, updated, "the CCAS alone, once");
    }
    let names: Vec<(String, String)> = sqlx::query_as(
        "SELECT name, post_code FROM organisations WHERE kind IN ('ML', 'CCAS') ORDER BY kind DESC",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    let expected = [("Mission locale de Metz", "57000"), ("CCAS DE THIONVILLE", "57100")];
    assert_eq!(names, expected.map(|(name, code)| (name.to_owned(), code.to_owned())));
}

/// P41, P42, P48, P49.
#[tokio::test]
async fn who_reads_and_who_publishes() {
    let app = TestApp::new().await;
    for (persona, presentation, profile) in [
        (Persona::Employer, 200, 403),
        (Persona::EmployerAdmin, 200, 200),
        (Persona::Prescriber, 200, 403),
        (Persona::PrescriberAdmin, 200, 200),
        (Persona::Orienter, 404, 200),
        (Persona::Inspector, 403, 403),
        (Persona::Candidate, 403, 403),
        (Persona::Staff, 403, 403),
    ] {
        let browser = app.browser(persona).await;
        browser.get("/organisation").await.is(presentation);
        browser.get("/organisation/profile").await.is(profile);
    }
    let member = app.browser(Persona::Employer).await;
    assert!(!member.get("/organisation").await.says("Modifier la fiche"));
    // An orienteur has no words of its own to publish (PRE-27): two steps.
    let orienter = app.browser(Persona::Orienter).await;
    let page = orienter.get("/dashboard").await.is(200).click("Organisation").await.is(200);
    assert!(page.says("Étape 1 sur 2"), "{}", page.text());
    let preview =
        page.form("#profile").fill("name", "Le Fil d’Ariane").press("Continuer").submit().await.is(200);
    assert!(!preview.says("tout le monde"), "an orienteur has no public card (PRE-14)");
    publish(&preview).await.is(303);
    let name: String = sqlx::query_scalar("SELECT name FROM organisations WHERE id = $1")
        .bind(world::ASSOCIATION)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(name, "Le Fil d’Ariane");
    // What France Travail says of its agencies comes from its directory (PRE-22).
    for sql in [
        "UPDATE organisations SET kind = 'FT' WHERE id::text LIKE '%211'",
        "UPDATE prescriber_organisations SET kind = 'FT' WHERE organisation_id::text LIKE '%211'",
    ] {
        sqlx::query(sql).execute(app.db()).await.unwrap();
    }
    let agency = app.browser(Persona::PrescriberAdmin).await.get("/organisation/profile").await.is(403);
    assert!(agency.says("viennent de son répertoire"), "{}", agency.text());
}
