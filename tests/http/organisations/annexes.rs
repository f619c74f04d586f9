//! Financial annexes (CMP-23, CMP-24, P43).

use iae_tests::{Persona, TestApp, world};

async fn run(app: &TestApp, sql: &'static str) {
    sqlx::query(sql).execute(app.db()).await.unwrap();
}

/// A second convention of the ACI's legal unit, in force; another of another unit, another of another kind.
async fn other_conventions(app: &TestApp) {
    run(
        app,
        "INSERT INTO conventions (id, asp_id, kind, siret_signature, is_active, created_at)
         SELECT gen_random_uuid(), n, kind, siret, true, now()
         FROM (VALUES (9001, 'ACI', '38012345600029'), (9002, 'ACI', '99912345600029'), (9003, 'EI', '38012345600029')) AS c (n, kind, siret)",
    )
    .await;
    run(
        app,
        "INSERT INTO financial_annexes (number, convention_id, state, starts_on, ends_on)
         SELECT kind || '05726' || asp_id || 'A0M0', id, 'VALIDE', '2026-01-01', '2026-12-31' FROM conventions WHERE asp_id > 9000",
    )
    .await;
}

#[tokio::test]
async fn an_administrator_reads_one_line_a_prefix() {
    let app = TestApp::new().await;
    run(
        &app,
        "INSERT INTO financial_annexes (number, convention_id, state, starts_on, ends_on)
         SELECT 'ACI057260001A0M1', convention_id, 'BROUILLON', '2026-01-01', '2026-12-31'
         FROM companies WHERE organisation_id::text LIKE '%201'",
    )
    .await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    let page = admin.get("/organisation").await.is(200).click("Annexes financières").await.is(200);
    assert_eq!(page.all("tbody th"), ["ACI 057 26 0001"], "CMP-23, ORG-4");
    assert!(page.says("A0 M0") && page.says("Validée"), "the active one: {}", page.text());
    assert!(!page.says("Changer de convention"), "CMP-24: the State says which is its own");
    for persona in [Persona::Employer, Persona::GeiqEmployer, Persona::PrescriberAdmin, Persona::Candidate] {
        app.browser(persona).await.get("/organisation/annexes").await.is(403);
    }
    let acting_for = world::ACI.to_string();
    let forged = [("acting_for", acting_for.as_str()), ("annex", "ACI057269001A0M0"), ("seen", "")];
    admin.post("/organisation/annexes", &forged).await.is(403);
}

/// However many annexes its legal unit signed, those of its own convention are there.
#[tokio::test]
async fn its_own_annexes_are_never_lost_among_others() {
    let app = TestApp::new().await;
    other_conventions(&app).await;
    run(
        &app,
        "INSERT INTO financial_annexes (number, convention_id, state, starts_on, ends_on)
         SELECT 'ACI05727' || lpad(n::text, 4, '0') || 'A0M0', id, 'VALIDE', '2027-01-01', '2027-12-31'
         FROM conventions, generate_series(1, 1200) n WHERE asp_id = 9001",
    )
    .await;
    let page = app.browser(Persona::EmployerAdmin).await.get("/organisation/annexes").await.is(200);
    assert_eq!(page.all("tbody th"), ["ACI 057 26 0001"], "CMP-23");
}

#[tokio::test]
async fn an_antenna_chooses_an_annex_of_its_kind_and_legal_unit() {
    let app = TestApp::new().await;
    other_conventions(&app).await;
    run(&app, "UPDATE companies SET source = 'USER_CREATED' WHERE organisation_id::text LIKE '%201'").await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    let page = admin.get("/organisation/annexes").await.is(200);
    let form = page.form("#annexes");
    assert_eq!(form.offered("annex"), ["ACI057269001A0M0"], "CMP-24: {}", page.text());
    assert!(form.submit().await.is(422).error("annex").is_some(), "one is to be chosen");
    let foreign = form.clone().forge("annex", "ACI057269002A0M0").submit().await.is(422);
    assert!(foreign.error("annex").is_some(), "of another legal unit");
    let form = form.check("annex", "ACI057269001A0M0");
    form.submit().await.is(303);
    let asp_id: i32 = sqlx::query_scalar(
        "SELECT v.asp_id FROM conventions v JOIN companies c ON c.convention_id = v.id WHERE c.organisation_id = $1",
    )
    .bind(world::ACI)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(asp_id, 9001);
    assert!(app.audit_trail().await.contains(&"organisation.convention_chosen".to_owned()));
    // D32: what was seen is no longer so.
    assert!(form.submit().await.is(409).says("une autre annexe"));
}
