//! In a control, a proof that the SIAE kept since the hire is offered at once (05 C11).

use chrono::TimeDelta;
use iae_app::control::controls::{self, SeenChoice};
use iae_domain::eligibility::{Criteria, Criterion};
use iae_domain::ids::{CandidateId, ControlCriterionId, ControlHireId};
use iae_tests::pdf::pdf;
use iae_tests::{Page, Persona, TestApp, world};

use super::strangers::noted;
use super::{deposit, filled, hired, kept, opened};
use crate::control::{Drawn, of_these_hires, siae};

/// The hires are drawn, and the SIAE defends the RSA of each.
async fn drawn(app: &TestApp) -> Drawn {
    let drawn = of_these_hires(app).await;
    let hires: Vec<ControlHireId> = sqlx::query_scalar("SELECT id FROM control_hires WHERE control_id = $1")
        .bind(drawn.control)
        .fetch_all(app.db())
        .await
        .unwrap();
    for hire in hires {
        let wanted = Criteria::choose([Criterion::Rsa]).unwrap();
        controls::choose(&app.app, &siae(app).await, hire, &wanted, &SeenChoice::default()).await.unwrap();
    }
    drawn
}

/// The criterion that is defended of a person.
async fn defended(app: &TestApp, of: CandidateId) -> ControlCriterionId {
    sqlx::query_scalar("SELECT id FROM control_criteria WHERE candidate_id = $1")
        .bind(of)
        .fetch_one(app.db())
        .await
        .unwrap()
}

async fn control(app: &TestApp, drawn: &Drawn) -> Page {
    app.browser(Persona::Employer).await.get(&format!("/controls/{}", drawn.control)).await.is(200)
}

fn kept_proof(of: ControlCriterionId) -> String {
    format!("/control-criteria/{of}/kept-proof")
}

#[tokio::test]
async fn a_kept_proof_is_offered_used_then_replaced() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    deposit(&app, application, "RSA", "2026-04-20").await;
    deposit(&app, application, "RSA", "2026-04-02").await;
    let drawn = drawn(&app).await;
    let one = defended(&app, world::CANDIDATE).await;
    let page = control(&app, &drawn).await;
    assert!(page.says("Utiliser le justificatif déposé le 4 mai 2026 (daté du 20 avril 2026)"), "{page:?}");
    assert!(page.statements.len() <= 8, "{:?}", page.statements);
    let other = defended(&app, world::OTHER_CANDIDATE).await;
    assert!(!page.has_form(&kept_proof(other)), "nothing is kept of the other person");

    let inspector = app.browser(Persona::Inspector).await;
    let file = format!("/control-criteria/{one}/proof");
    let used = page.form(&kept_proof(one)).submit().await.is(303).follow().await.is(200);
    assert_eq!(used.flash(), Some("Justificatif repris".to_owned()));
    assert!(used.says("C’est celui que vous conserviez"), "{used:?}");
    assert!(!used.has_form(&kept_proof(one)), "it is given already");
    assert_eq!(app.browser(Persona::Employer).await.get(&file).await.is(200).bytes, pdf());
    inspector.get(&file).await.is(404);

    // What was given stays when the other is removed; another file then takes its place.
    let vault = opened(&app, Persona::Employer, application).await;
    let removal = vault.click("Retirer").await.is(200);
    assert!(removal.says("Ce justificatif y est déjà déposé"), "{removal:?}");
    removal.form("removal").submit().await.is(303);
    app.run_jobs().await;
    assert_eq!(kept(&app).await, (1, 1));
    assert_eq!(app.browser(Persona::Employer).await.get(&file).await.is(200).bytes, pdf());
    let page = control(&app, &drawn).await;
    let form = page.form(&format!("/control-criteria/{one}/proof"));
    form.attach("proof", "autre.pdf", pdf()).submit().await.is(303);
    let page = control(&app, &drawn).await;
    assert!(page.says("(daté du 2 avril 2026)"), "the older one still holds: {page:?}");
    app.run_jobs().await;
}

/// D32: what was seen is compared when it is given, on both sides.
#[tokio::test]
async fn what_was_seen_is_what_is_given() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    let vault = deposit(&app, application, "RSA", "2026-04-20").await;
    let drawn = drawn(&app).await;
    let one = defended(&app, world::CANDIDATE).await;

    let stale = control(&app, &drawn).await.form(&kept_proof(one));
    app.advance(TimeDelta::minutes(1));
    filled(&vault, application, "RSA", "2026-04-20").submit().await.is(303);
    let page = stale.submit().await.is(409);
    assert!(page.says("remplacé ou retiré"), "its file was replaced: {page:?}");

    let stale = page.form(&kept_proof(one));
    let given = page.form(&format!("/control-criteria/{one}/proof"));
    given.attach("proof", "autre.pdf", pdf()).submit().await.is(303);
    let page = stale.submit().await.is(409);
    let forged = page.form(&kept_proof(one)).forge("kept", "autre");
    forged.submit().await.is(409);
    page.form(&kept_proof(one)).submit().await.is(303);

    let late = control(&app, &drawn).await;
    assert!(late.says("C’est celui que vous conserviez"), "{late:?}");
    app.run_jobs().await;
}

/// 03 §2.13: too old on the first day of the contract, it says why and is not given, whatever is posted.
#[tokio::test]
async fn a_proof_too_old_is_not_offered() {
    let app = TestApp::new().await;
    hired(&app).await;
    let old = noted(&app, world::ACI, world::OTHER_CANDIDATE, "2026-02-03").await;
    noted(&app, world::EI, world::CANDIDATE, "2026-04-20").await;
    let drawn = drawn(&app).await;
    let (one, other) = (defended(&app, world::CANDIDATE).await, defended(&app, world::OTHER_CANDIDATE).await);
    let page = control(&app, &drawn).await;
    assert!(page.says("daté du 3 février 2026 : il avait plus de 3 mois"), "{page:?}");
    assert!(!page.has_form(&kept_proof(other)));
    assert!(!page.has_form(&kept_proof(one)) && !page.says("20 avril 2026"), "that of another SIAE");
    let fields = [
        ("acting_for", world::ACI.to_string()),
        ("kept", old.to_string()),
        ("kept_seen", app.now().timestamp_micros().to_string()),
        ("seen", String::new()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let employer = app.browser(Persona::Employer).await;
    employer.post(&kept_proof(other), &fields).await.is(409);
    let given: i64 =
        sqlx::query_scalar("SELECT count(*) FROM control_criteria WHERE uploaded_at IS NOT NULL")
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(given, 0);
    app.browser(Persona::Inspector).await.post(&kept_proof(one), &fields).await.is(403);
    app.run_jobs().await;
}
