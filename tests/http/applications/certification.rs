//! What the State answered of a criterion, beside it: for employers and prescripteurs habilités alone (rule book 03 §2.12).

use iae_domain::eligibility::Criterion;
use iae_tests::{Persona, TestApp};

#[tokio::test]
async fn the_badge_of_a_criterion_is_for_employers_not_for_the_person() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().criteria(&[Criterion::Rsa, Criterion::Qpv]).insert().await;
    let application = app.scenario().application().insert().await;
    let badge = "Certifié jusqu’au 30 juin 2026";
    let address = format!("/applications/{application}");
    let employer = app.browser(Persona::Employer).await;
    let before = employer.get(&address).await.is(200);
    assert!(
        before.says(Criterion::Rsa.label()) && !before.says("En cours de certification"),
        "nobody asks the State: {before:?}"
    );
    sqlx::query(
        "UPDATE diagnosis_criteria SET certified_at = $1, certified_days = '[2026-01-01,2026-06-30]'
         WHERE criterion_code = 'RSA'",
    )
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    let page = employer.get(&address).await.is(200);
    assert!(page.says(badge), "{page:?}");
    let own = app.browser(Persona::Candidate).await.get(&address).await.is(200);
    assert!(!own.says(badge), "{own:?}");
}
