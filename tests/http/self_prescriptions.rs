//! What a DDETS reads of the auto-prescriptions of its département (rule book 01 P47, USR-10, TEN-1).

use iae_domain::applications::StateCode;
use iae_domain::eligibility::Criterion;
use iae_domain::ids::ApplicationId;
use iae_tests::{Persona, TestApp, world};

/// The ACI of Moselle hires the candidate on its own diagnosis.
async fn auto_prescription(app: &TestApp) -> ApplicationId {
    let criteria = [Criterion::Rsa, Criterion::Mobility];
    app.scenario().diagnosis().by(Persona::Employer).of(world::CANDIDATE).criteria(&criteria).insert().await;
    let application = app.scenario().application().by(Persona::Employer).to(world::ACI).of(world::CANDIDATE);
    application.state(StateCode::Accepted).insert().await
}

#[tokio::test]
async fn the_ddets_reads_the_auto_prescriptions_of_its_departement_without_names() {
    let app = TestApp::new().await;
    let id = auto_prescription(&app).await;
    let inspector = app.browser(Persona::Inspector).await;

    let list = inspector.get("/self-prescriptions").await.is(200);
    assert_eq!(list.h1(), "Auto-prescriptions : Moselle (57)");
    assert!(inspector.get("/dashboard").await.says("Auto-prescriptions : Moselle (57)"));
    assert!(list.says("Bénéficiaire du RSA") && list.says("Problème de mobilité"));
    let (first_name, last_name): (String, String) =
        sqlx::query_as("SELECT first_name, last_name FROM users WHERE id = $1")
            .bind(world::CANDIDATE)
            .fetch_one(app.db())
            .await
            .unwrap();
    assert!(!list.says(&last_name), "USR-10: an agent of the State reads no identity");

    let detail = inspector.get(&format!("/self-prescriptions/{id}")).await.is(200);
    assert!(detail.says("Attestation RSA"), "each criterion stands beside its proof");
    let words = "valable jusqu’au 2 mai 2028 inclus, dernier jour du PASS IAE qui en est issu";
    assert!(detail.says(words), "03 §2.7: {detail:?}");
    assert!(!detail.says(&last_name) && !detail.h1().contains(&first_name));
    assert!(detail.statements.len() <= 8, "{:?}", detail.statements);
}

/// C9: one line a structure, what is odd first, the hires one click away, as many as it says.
#[tokio::test]
async fn structures_have_one_line_each_and_the_odd_ones_come_first() {
    let app = TestApp::new().await;
    let hire = |by: Persona, to, of| {
        let application = app.scenario().application().by(by).to(to).of(of);
        application.state(StateCode::Accepted)
    };
    let rsa = [Criterion::Rsa];
    app.scenario().diagnosis().by(Persona::Employer).of(world::CANDIDATE).criteria(&rsa).insert().await;
    hire(Persona::Employer, world::ACI, world::CANDIDATE).insert().await;
    let weak = [Criterion::Mobility];
    let other = app.scenario().diagnosis().by(Persona::OtherEmployer).of(world::OTHER_CANDIDATE);
    other.criteria(&weak).insert().await;
    hire(Persona::OtherEmployer, world::EI, world::OTHER_CANDIDATE).insert().await;
    sqlx::query("UPDATE organisations SET department_code = '57' WHERE id IN ($1, $2)")
        .bind(world::ACI)
        .bind(world::EI)
        .execute(app.db())
        .await
        .unwrap();
    let inspector = app.browser(Persona::Inspector).await;
    let page = inspector.get("/dashboard").await.is(200).click("Lire les auto-prescriptions").await.is(200);
    let rows = page.all("tbody tr");
    assert_eq!(rows.len(), 2, "{page:?}");
    assert!(rows[0].contains("À regarder") && !rows[1].contains("À regarder"), "{rows:?}");
    let first = page.all("tbody th a")[0].clone();
    let hires = page.click(&first).await.is(200);
    assert!(hires.says("1 auto-prescription") && hires.says("Critères insuffisants"), "{hires:?}");
    assert!(hires.all("tbody th a").iter().all(|words| words.starts_with("Embauche du")), "{hires:?}");
    let detail = hires.click("Embauche du").await.is(200);
    assert!(detail.says("Critères insuffisants pour ce type de structure"), "{detail:?}");

    let filtered = inspector.get("/self-prescriptions/companies?criterion=RSA").await.is(200);
    assert_eq!(filtered.all("tbody tr").len(), 1);
    let carried = filtered.click(&filtered.all("tbody th a")[0]).await.is(200);
    assert!(carried.url.as_str().contains("criterion=RSA") && carried.says("Bénéficiaire du RSA"));
    let since = "from=2020-01-01";
    let hires = inspector.get(&format!("/self-prescriptions?{since}")).await.is(200);
    let of_one = hires.link("Les Jardins de la Seille");
    assert!(of_one.contains("company=") && of_one.contains(since), "the dates are kept: {of_one}");
    assert!(hires.link("Par structure").contains(since), "{hires:?}");
    let csv = hires.click("Valeurs séparées (CSV)").await.is(200);
    assert!(csv.html.lines().nth(1).unwrap_or_default().starts_with("Embauche du"), "{}", csv.html);
    let named = inspector.get("/self-prescriptions/companies?name=jardins").await.is(200);
    assert_eq!(named.all("tbody tr").len(), 1);
    let csv = named.click("Valeurs séparées (CSV)").await.is(200);
    assert!(
        csv.html.contains("Structure;Type;Commune;À regarder;Auto-prescriptions;Dernière acceptée"),
        "{}",
        csv.html
    );
    for persona in [Persona::Candidate, Persona::Prescriber, Persona::Employer, Persona::Staff] {
        app.browser(persona).await.get("/self-prescriptions/companies").await.is(403);
    }
}

/// TEN-1: an SIAE that moves takes its hires with it, one that hires no more has no line.
#[tokio::test]
async fn the_hires_of_a_structure_follow_it_to_another_departement() {
    let app = TestApp::new().await;
    auto_prescription(&app).await;
    let (here, there) = (app.browser(Persona::Inspector).await, app.browser(Persona::OtherInspector).await);
    let both = ["/self-prescriptions", "/self-prescriptions/companies"];
    for list in both {
        assert_eq!(here.get(list).await.is(200).all("tbody tr").len(), 1, "{list}");
        assert_eq!(there.get(list).await.is(200).all("tbody tr").len(), 0, "{list}");
    }
    sqlx::query("UPDATE organisations SET department_code = '54' WHERE id = $1")
        .bind(world::ACI)
        .execute(app.db())
        .await
        .unwrap();
    for list in both {
        assert_eq!(here.get(list).await.is(200).all("tbody tr").len(), 0, "{list}");
        assert_eq!(there.get(list).await.is(200).all("tbody tr").len(), 1, "{list}");
    }
    let narrowed = there.get("/self-prescriptions/companies?from=2020-01-01").await.is(200);
    let whole = there.get("/self-prescriptions/companies").await.is(200);
    assert_eq!(narrowed.all("tbody tr"), whole.all("tbody tr"), "what is counted is what was noted");
    sqlx::query(
        "UPDATE applications
         SET state = 'obsolete', diagnosis_id = NULL, pass_id = NULL, pass_delivery = NULL, hiring_starts_on = NULL,
             hiring_ends_on = NULL
         WHERE state = 'accepted'",
    )
    .execute(app.db())
    .await
    .unwrap();
    for list in both {
        assert_eq!(there.get(list).await.is(200).all("tbody tr").len(), 0, "{list}");
    }
}

#[tokio::test]
async fn another_departement_sees_nothing_of_it() {
    let app = TestApp::new().await;
    let id = auto_prescription(&app).await;
    let other = app.browser(Persona::OtherInspector).await;
    assert!(other.get("/self-prescriptions").await.is(200).says("Aucune auto-prescription"));
    other.get(&format!("/self-prescriptions/{id}")).await.is(404);
}

#[tokio::test]
async fn a_hire_resting_on_a_prescriber_is_no_auto_prescription() {
    let app = TestApp::new().await;
    let hired = app.scenario().application().by(Persona::Prescriber).to(world::ACI).of(world::CANDIDATE);
    let id = hired.state(StateCode::Accepted).insert().await;
    let inspector = app.browser(Persona::Inspector).await;
    assert!(inspector.get("/self-prescriptions").await.is(200).says("Aucune auto-prescription"));
    inspector.get(&format!("/self-prescriptions/{id}")).await.is(404);
}

#[tokio::test]
async fn filters_narrow_the_list_and_nonsense_is_said_beside_its_field() {
    let app = TestApp::new().await;
    auto_prescription(&app).await;
    let inspector = app.browser(Persona::Inspector).await;
    let narrowed = inspector.get("/self-prescriptions?kind=ETTI").await.is(200);
    assert!(narrowed.says("Aucune auto-prescription") && narrowed.says("Effacer les filtres"));
    let wrong = inspector.get("/self-prescriptions?from=2026-02-31&after=nonsense&company=x").await.is(200);
    assert_eq!(
        wrong.error("from").as_deref(),
        Some("Cette date n’existe pas : écrivez-la comme 01/03/2026.")
    );
    assert_eq!(wrong.value("from").as_deref(), Some("2026-02-31"), "the typed value is kept");
    assert!(wrong.says("Bénéficiaire du RSA"), "LIST-5: the invalid filter is not applied");
    inspector.get("/self-prescriptions/not-an-id").await.is(404);
}

#[tokio::test]
async fn nobody_else_comes_in() {
    let app = TestApp::new().await;
    let id = auto_prescription(&app).await;
    for persona in [Persona::Candidate, Persona::Prescriber, Persona::Employer, Persona::Staff] {
        let browser = app.browser(persona).await;
        browser.get("/self-prescriptions").await.is(403);
        browser.get(&format!("/self-prescriptions/{id}")).await.is(403);
    }
    app.visitor().get("/self-prescriptions").await.is(303);
}
