//! The team creates organisations (CMP-13, INS-1, rule book 01 §13).

use iae_domain::ids::OrganisationId;
use iae_tests::{Form, Page, Persona, TestApp, world};

use super::organisations::WHY;

/// The form of a family, filled with what every organisation has.
async fn filled(app: &TestApp, family: &str, kind: &str) -> Form {
    let address = format!("/admin/organisations/new?family={family}");
    let page = app.browser(Persona::Staff).await.get(&address).await.is(200);
    page.form("#organisation").fill("kind", kind)
}

/// A company in Metz.
async fn company(app: &TestApp, kind: &str, siret: &str) -> Form {
    let form = filled(app, "company", kind).await.fill("siret", siret).fill("legal_name", "LES POTAGERS");
    let form = form.fill("name", "Les Potagers").fill("address_line_1", "2 rue du Port");
    form.fill("post_code", "57000").fill("city", "metz")
}

/// The recap, confirmed.
async fn confirmed(form: &Form) -> Page {
    let recap = form.submit().await.is(200);
    assert!(recap.says("Rien n’est créé"), "{}", recap.text());
    recap.form("#confirmation").fill("remark", WHY).press("confirm").submit().await
}

async fn count(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM organisations").fetch_one(app.db()).await.unwrap()
}

/// CMP-13: active at once, found, and nobody is in it.
#[tokio::test]
async fn a_company_that_the_flow_does_not_bring_yet_is_created() {
    let app = TestApp::new().await;
    let list = app.browser(Persona::Staff).await.get("/admin/organisations").await.is(200);
    let choice = list.click("Créer une structure").await.is(200).click("Un employeur").await.is(200);
    assert_eq!(choice.h1(), "Créer un employeur");
    let form =
        company(&app, "ACI", "440 123 456 00018").await.fill("auth_email", "direction@potagers.exemple.fr");
    let recap = form.submit().await.is(200);
    for said in
        ["Atelier et chantier d’insertion", "LES POTAGERS", "direction@potagers.exemple.fr", "90 jours"]
    {
        assert!(recap.says(said), "{said}: {}", recap.text());
    }
    let corrected = recap.form("#confirmation").press("back").submit().await.is(200);
    assert_eq!(corrected.value("legal_name").as_deref(), Some("LES POTAGERS"), "typed values stay");
    let blank = recap.form("#confirmation").press("confirm").submit().await.is(422);
    assert!(blank.error("remark").is_some() && blank.says("Les Potagers"));
    let done = confirmed(&form).await.is(303).follow().await.is(200);
    assert_eq!(done.flash().as_deref(), Some("La structure est créée"));
    assert!(done.says("Active") && done.says(WHY) && done.says("Personne n’en fait partie"));
    assert!(!done.says("Personne ne peut la rejoindre"), "its official address may ask for a link (SGN-8)");
    let kept: (String, Option<String>, String, String) = sqlx::query_as(
        "SELECT c.source, c.auth_email, o.department_code, o.brand
         FROM companies c
         JOIN organisations o ON o.id = c.organisation_id
         WHERE o.siret = '44012345600018'",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    let expected = ("STAFF_CREATED", Some("direction@potagers.exemple.fr"), "57", "Les Potagers");
    assert_eq!((kept.0.as_str(), kept.1.as_deref(), kept.2.as_str(), kept.3.as_str()), expected);
    assert!(app.audit_trail().await.contains(&"organisation.created_by_team".to_owned()));
    let found = app.visitor().get("/employers?city=metz-57&kinds=ACI&distance=5").await.is(200);
    assert!(found.says("Les Potagers"), "it is found from the start");
}

/// Neither member nor address: the page says what to do about it (rule book 01 §13).
#[tokio::test]
async fn a_company_nobody_can_join_by_themselves_says_so() {
    let app = TestApp::new().await;
    let done = confirmed(&company(&app, "OPCS", "44012345600018").await).await.is(303).follow().await.is(200);
    assert!(done.says("Personne ne peut la rejoindre"), "{}", done.text());
    done.click("Invitez son premier membre").await.is(200);
}

/// CMP-8, CMP-13.
#[tokio::test]
async fn with_a_convention_it_is_one_of_its_users() {
    let app = TestApp::new().await;
    let form = company(&app, "ACI", "380 123 456 00029").await;
    for (number, said) in
        [("abc", "fait de chiffres"), ("9999", "Aucune convention"), ("5702", "Aucune convention")]
    {
        let page = form.clone().fill("convention", number).submit().await;
        let page = if page.status == 422 {
            page
        } else {
            page.form("#confirmation").fill("remark", WHY).press("confirm").submit().await.is(422)
        };
        assert!(page.error("convention").unwrap_or_default().contains(said), "{number}: {:?}", page.errors());
    }
    let other = company(&app, "ACI", "39012345600020").await.fill("convention", "5701");
    let refused = confirmed(&other).await.is(422);
    assert!(refused.error("convention").unwrap_or_default().contains("autre entité"), "CMP-8");
    let geiq = company(&app, "GEIQ", "38012345600029").await.fill("convention", "5701");
    assert!(
        confirmed(&geiq)
            .await
            .is(422)
            .error("convention")
            .unwrap_or_default()
            .contains("n’ont pas de convention")
    );
    assert_eq!(count(&app).await, 9, "nothing half saved");
    confirmed(&form.fill("convention", "5701")).await.is(303);
    let kept: (String, bool) = sqlx::query_as(
        "SELECT c.source, c.convention_id IS NOT NULL
         FROM companies c
         JOIN organisations o ON o.id = c.organisation_id
         WHERE o.siret = '38012345600029'",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(kept, ("USER_CREATED".to_owned(), true));
}

#[tokio::test]
async fn what_is_mistaken_is_said_beside_its_field() {
    let app = TestApp::new().await;
    for (field, value, said) in [
        ("siret", "", "14 chiffres"),
        ("siret", "380 123 456", "comme un SIREN"),
        ("siret", "4401234560001O", "aucune lettre"),
        ("kind", "", "Choisissez sa nature"),
        ("legal_name", " – ", "Saisissez le nom"),
        ("post_code", "5700", "5 chiffres"),
        ("city", "nulle part", "n’existe pas"),
        ("auth_email", "direction@", "n’est pas complète"),
    ] {
        let refused = company(&app, "ACI", "44012345600018").await.fill(field, value).submit().await.is(422);
        assert!(refused.error(field).unwrap_or_default().contains(said), "{field}: {:?}", refused.errors());
        assert_eq!(refused.value("name").as_deref(), Some("Les Potagers"), "typed values stay");
    }
    let staff = app.browser(Persona::Staff).await;
    staff.post("/admin/organisations/new", &[("family", "circus")]).await.is(400);
    assert_eq!(count(&app).await, 9);
}

/// CMP-4: of two of the team who create the same at once, one does; the other is told beside the field.
#[tokio::test]
async fn two_at_once_create_one() {
    let app = TestApp::new().await;
    let form = company(&app, "EI", "44012345600018").await;
    let (one, other) = tokio::join!(confirmed(&form), confirmed(&form));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    let refused = if one.status == 422 { one } else { other };
    assert!(refused.error("siret").unwrap_or_default().contains("existe déjà"), "{:?}", refused.errors());
    assert_eq!(count(&app).await, 10);
}

/// PRE-6: a prescriber that the team creates is still to be validated.
#[tokio::test]
async fn a_prescriber_waits_for_its_authorisation() {
    let app = TestApp::new().await;
    let form = filled(&app, "prescriber", "PLIE").await;
    assert!(!form.offered("kind").contains(&"FT".to_owned()), "PRE-17");
    let form = form.fill("siret", "45012345600019").fill("name", "PLIE du Saulnois");
    let form = form.fill("address_line_1", "2 rue du Port").fill("post_code", "57000").fill("city", "metz");
    confirmed(&form).await.is(303);
    let status: String =
        sqlx::query_scalar("SELECT authorisation_status FROM prescriber_organisations WHERE kind = 'PLIE'")
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(status, "NOT_SET");
    let queue =
        app.browser(Persona::Staff).await.get("/admin/authorisations?view=without_member").await.is(200);
    assert!(queue.says("PLIE du Saulnois"));
}

/// INS-1, rule book 01 §5: one DDETS of each division in a département.
#[tokio::test]
async fn an_institution_is_created_once_in_its_departement() {
    let app = TestApp::new().await;
    let form =
        filled(&app, "institution", "DDETS GEIQ").await.fill("legal_name", "DDETS de la Moselle, GEIQ");
    let nowhere = form.submit().await.is(422);
    assert!(nowhere.error("department").is_some(), "{:?}", nowhere.errors());
    let form = form.fill("department", "57");
    let done = confirmed(&form).await.is(303).follow().await.is(200);
    assert!(done.says("DDETS de la Moselle, GEIQ") && done.says("Inviter un membre"));
    let again = confirmed(&form).await.is(422);
    assert!(again.error("kind").unwrap_or_default().contains("existe déjà"), "{:?}", again.errors());
    let region: Option<String> = sqlx::query_scalar(
        "SELECT i.region_code FROM institutions i JOIN organisations o ON o.id = i.organisation_id WHERE o.kind = 'DDETS GEIQ'",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert!(region.is_some(), "its région is that of its département");
    let regional = filled(&app, "institution", "DREETS IAE").await.fill("legal_name", "DREETS Grand Est");
    let recap = regional.fill("department", "57").submit().await.is(200);
    let form = recap.form("#confirmation").fill("remark", WHY).press("confirm");
    form.submit().await.is(303);
    let twice = form.submit().await.is(422);
    assert!(twice.error("kind").unwrap_or_default().contains("existe déjà"), "{:?}", twice.errors());
    let national = filled(&app, "institution", "DGEFP IAE").await.fill("legal_name", "DGEFP");
    confirmed(&national).await.is(303);
    let id: OrganisationId = sqlx::query_scalar("SELECT id FROM organisations WHERE kind = 'DGEFP IAE'")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_ne!(id, world::DDETS_57);
}
