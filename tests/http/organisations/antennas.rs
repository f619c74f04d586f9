//! Antennas (CMP-19 to CMP-22, P44).

use iae_tests::{Browser, Form, Persona, TestApp};

/// The form, filled with an antenna of the ACI in Thionville.
async fn filled(browser: &Browser, siret: &str) -> Form {
    let page = browser.get("/organisation/antennas/new").await.is(200);
    let form = page.form("#antenna").fill("siret", siret).fill("legal_name", "Les Jardins de la Seille");
    let form = form.fill("name", "Les Jardins de Thionville").fill("address_line_1", "2 rue du Port");
    form.fill("post_code", "57100").fill("city", "thionville")
}

async fn count(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM companies WHERE source = 'USER_CREATED'")
        .fetch_one(app.db())
        .await
        .unwrap()
}

#[tokio::test]
async fn an_administrator_adds_an_antenna_and_acts_for_it() {
    let app = TestApp::new().await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    let page = admin.get("/organisation").await.is(200).click("Ajouter une antenne").await.is(200);
    assert!(page.statements.len() <= 8, "{:?}", page.statements);
    let form = filled(&admin, "380 123 456 00029").await.forge("kind", "GEIQ");
    let done = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(
        (done.h1(), done.flash().as_deref()),
        ("Les Jardins de Thionville".to_owned(), Some("L’antenne est ajoutée"))
    );
    assert!(done.says("La clé de ce SIRET est fausse"), "ORG-2: said, not refused: {done:?}");
    let kept: (String, String, bool, bool) = sqlx::query_as(
        "SELECT o.kind, o.department_code, c.convention_id = p.convention_id, m.is_admin
         FROM companies c
         JOIN organisations o ON o.id = c.organisation_id
         JOIN memberships m ON m.organisation_id = o.id
         CROSS JOIN (SELECT convention_id FROM companies WHERE organisation_id::text LIKE '%201') p
         WHERE c.source = 'USER_CREATED'",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(kept, ("ACI".to_owned(), "57".to_owned(), true, true), "CMP-20, CMP-21");
    let trail = app.audit_trail().await;
    for action in
        ["organisation.antenna_created", "organisation.member_joined", "account.switched_organisation"]
    {
        assert!(trail.contains(&action.to_owned()), "{action}: {trail:?}");
    }
    let mails = app.run_jobs_and_mails().await;
    let told: Vec<_> = mails.iter().map(|mail| (mail.recipient.as_str(), mail.subject.as_str())).collect();
    assert!(
        matches!(told.as_slice(), [(to, subject)] if *to == Persona::EmployerAdmin.email()
        && subject.contains("Les Jardins de Thionville")),
        "§16, who administers it is told: {told:?}"
    );
    let found = app.visitor().get("/employers?city=thionville-57&kinds=ACI&distance=5").await.is(200);
    assert!(found.says("Les Jardins de Thionville"), "it is found from the start");
}

#[tokio::test]
async fn what_is_no_siret_of_ones_own_says_why() {
    let app = TestApp::new().await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    for (siret, said) in [
        ("", "14 chiffres"),
        ("3801234560002", "vous en avez saisi 13"),
        ("380 123 456", "comme un SIREN"),
        ("380123456000 2O", "aucune lettre"),
        ("39012345600029", "commence par 380 123 456"),
        ("38012345600011", "existe déjà avec ce SIRET"),
    ] {
        let refused = filled(&admin, siret).await.submit().await.is(422);
        let error = refused.error("siret").unwrap_or_default();
        assert!(error.contains(said), "{siret}: {error}");
        assert_eq!(refused.value("name").as_deref(), Some("Les Jardins de Thionville"), "typed values stay");
    }
    assert_eq!(count(&app).await, 0);
}

/// CMP-4: of two who add the same establishment at once, one does, and the other is told beside the field.
#[tokio::test]
async fn two_at_once_add_one() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let (one, other) = (app.browser(Persona::EmployerAdmin).await, app.browser(Persona::EmployerAdmin).await);
    let forms = (filled(&one, "38012345600029").await, filled(&other, "38012345600029").await);
    let (one, other) = tokio::join!(forms.0.submit(), forms.1.submit());
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    let refused = if one.status == 422 { one } else { other };
    assert!(refused.error("siret").unwrap_or_default().contains("existe déjà"), "{:?}", refused.errors());
    assert_eq!(count(&app).await, 1);
}

/// CMP-19.
#[tokio::test]
async fn who_adds_none_is_told_why() {
    let app = TestApp::new().await;
    let page = async |persona| app.browser(persona).await.get("/organisation/antennas/new").await;
    for persona in [Persona::Employer, Persona::PrescriberAdmin, Persona::Candidate, Persona::Staff] {
        page(persona).await.is(403);
    }
    page(Persona::GeiqEmployer).await.is(200);
    sqlx::query("UPDATE companies SET source = 'STAFF_CREATED', convention_id = NULL WHERE organisation_id::text LIKE '%201'")
        .execute(app.db())
        .await
        .unwrap();
    assert!(page(Persona::EmployerAdmin).await.is(403).says("rattachées à une convention"), "DEC");
    let overview = app.browser(Persona::EmployerAdmin).await.get("/organisation").await.is(200);
    assert!(!overview.says("Ajouter une antenne"));
}

/// §3.4: grace is not activity; every page says until when, and what to do.
#[tokio::test]
async fn in_grace_no_antenna_is_added_and_every_page_says_until_when() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE conventions SET is_active = false, deactivated_at = $1")
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    let admin = app.browser(Persona::EmployerAdmin).await;
    assert!(admin.get("/organisation/antennas/new").await.is(403).says("convention est en vigueur"));
    for path in ["/dashboard", "/organisation", "/organisation/annexes", "/applications"] {
        let page = admin.get(path).await.is(200);
        assert!(page.says("jusqu’au 3 juin 2026"), "{path}: {}", page.text());
    }
    let member = app.browser(Persona::Employer).await.get("/organisation").await.is(200);
    assert!(member.says("Prévenez un administrateur") && !member.says("Vérifiez vos annexes"));
    assert!(
        !app.browser(Persona::GeiqEmployer).await.get("/organisation").await.says("n’est plus en vigueur")
    );
    sqlx::query("UPDATE conventions SET deactivated_at = $1")
        .bind(app.now() - chrono::TimeDelta::days(31))
        .execute(app.db())
        .await
        .unwrap();
    let out = admin.get("/organisation").await.is(403);
    assert!(out.says("aucune organisation active") && out.says("Que faire"), "SES-7: {}", out.text());
}
