//! What a form saw is compared under the lock (D32): two colleagues of an SIAE on one hire (rule book 04 §1.9).

use chrono::TimeDelta;
use iae_app::control::controls::{self, SeenChoice};
use iae_domain::eligibility::{Criteria, Criterion};
use iae_domain::ids::ControlCriterionId;
use iae_tests::pdf::pdf;
use iae_tests::{Form, Page, Persona, TestApp};

use super::{Drawn, drawn, siae};

/// The SIAE defends the RSA and the QPV of its first hire.
async fn chosen(app: &TestApp) -> Drawn {
    app.ignore_mails();
    let drawn = drawn(app).await;
    let wanted = Criteria::choose([Criterion::Rsa, Criterion::Qpv]).unwrap();
    let none = SeenChoice::default();
    controls::choose(&app.app, &siae(app).await, drawn.hires[0], &wanted, &none).await.unwrap();
    drawn
}

async fn qpv(app: &TestApp, drawn: &Drawn) -> ControlCriterionId {
    sqlx::query_scalar("SELECT id FROM control_criteria WHERE hire_id = $1 AND criterion_code = 'QPV'")
        .bind(drawn.hires[0])
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// The form that gives the proof of the QPV, filled.
async fn proof(app: &TestApp, drawn: &Drawn, by: Persona) -> Form {
    let page = app.browser(by).await.get(&format!("/controls/{}", drawn.control)).await.is(200);
    on(&page, qpv(app, drawn).await)
}

fn on(page: &Page, criterion: ControlCriterionId) -> Form {
    page.form(&format!("/control-criteria/{criterion}/proof")).attach("proof", "justificatif.pdf", pdf())
}

/// The form of the criteria.
async fn criteria(app: &TestApp, drawn: &Drawn) -> Form {
    let address = format!("/control-hires/{}/criteria", drawn.hires[0]);
    app.browser(Persona::Employer).await.get(&address).await.is(200).form("criteria")
}

/// The codes that are defended of the first hire, and how many proofs there are, rows and contents.
async fn kept(app: &TestApp, drawn: &Drawn) -> (String, i64, usize) {
    let (codes, rows) = sqlx::query_as(
        "SELECT (SELECT string_agg(criterion_code, ' ' ORDER BY criterion_code) FROM control_criteria WHERE hire_id = $1)
              , (SELECT count(*) FROM documents WHERE kind = 'proof')",
    )
    .bind(drawn.hires[0])
    .fetch_one(app.db())
    .await
    .unwrap();
    app.run_jobs().await;
    (codes, rows, std::fs::read_dir(app.files().join("proof")).map_or(0, Iterator::count))
}

#[tokio::test]
async fn a_proof_given_meanwhile_is_seen_before_it_is_replaced() {
    let app = TestApp::new().await;
    let drawn = chosen(&app).await;
    let stale = proof(&app, &drawn, Persona::Employer).await;
    proof(&app, &drawn, Persona::EmployerAdmin).await.submit().await.is(303);
    app.advance(TimeDelta::minutes(1));
    let late = stale.submit().await.is(409);
    assert!(late.says("Un autre justificatif a été déposé pour ce critère"), "{late:?}");
    assert!(late.says("Justificatif déposé le 4 mai 2026"), "things as they are now: {late:?}");
    assert_eq!(kept(&app, &drawn).await, ("QPV RSA".to_owned(), 1, 1), "nothing stays of what was refused");
    on(&late, qpv(&app, &drawn).await).submit().await.is(303);
    stale.forge("seen", "autre").submit().await.is(409);
    assert_eq!(kept(&app, &drawn).await, ("QPV RSA".to_owned(), 1, 1), "seen, it is replaced");
}

/// Both were sent before either was written: one is kept, and whoever comes second is told.
#[tokio::test]
async fn two_colleagues_give_the_same_proof_at_once() {
    let app = TestApp::new().await;
    let drawn = chosen(&app).await;
    let (one, other) =
        (proof(&app, &drawn, Persona::Employer).await, proof(&app, &drawn, Persona::EmployerAdmin).await);
    let (one, other) = tokio::join!(one.submit(), other.submit());
    let mut answers = [one.status.as_u16(), other.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409], "{one:?} {other:?}");
    assert_eq!(kept(&app, &drawn).await, ("QPV RSA".to_owned(), 1, 1));
}

/// A proof goes with its criterion once it was named, and never when it came after what was read.
#[tokio::test]
async fn a_proof_given_meanwhile_is_named_before_it_is_lost() {
    let app = TestApp::new().await;
    let drawn = chosen(&app).await;
    let stale = criteria(&app, &drawn).await.uncheck("level_2_criteria", "QPV");
    proof(&app, &drawn, Persona::EmployerAdmin).await.submit().await.is(303);
    let late = stale.submit().await.is(409);
    assert!(late.says("Un justificatif a été déposé entre-temps"), "{late:?}");
    assert!(late.says("Vous ne justifiez plus ces critères"), "{late:?}");

    // It is replaced by another before that is confirmed.
    app.advance(TimeDelta::minutes(1));
    proof(&app, &drawn, Persona::EmployerAdmin).await.submit().await.is(303);
    let confirm = |page: &Page| page.form("criteria").press("Enregistrer et supprimer ces justificatifs");
    let later = confirm(&late).submit().await.is(409);
    assert_eq!(kept(&app, &drawn).await, ("QPV RSA".to_owned(), 1, 1), "nothing is lost");
    confirm(&later).submit().await.is(303);
    assert_eq!(kept(&app, &drawn).await, ("RSA".to_owned(), 0, 0));
}

/// Of what was seen, it is asked once; the agreement is for what was named.
#[tokio::test]
async fn a_proof_is_lost_once_that_is_agreed_to() {
    let app = TestApp::new().await;
    let drawn = chosen(&app).await;
    proof(&app, &drawn, Persona::Employer).await.submit().await.is(303);
    let form = criteria(&app, &drawn).await.uncheck("level_2_criteria", "QPV");
    let asked = form.submit().await.is(200);
    assert!(asked.says("Rien n’est encore enregistré") && !asked.says("entre-temps"), "{asked:?}");
    form.clone().forge("confirm", "RSA").submit().await.is(200);
    assert_eq!(kept(&app, &drawn).await, ("QPV RSA".to_owned(), 1, 1));
    let form = asked.form("criteria").press("Enregistrer et supprimer ces justificatifs");
    form.submit().await.is(303);
    assert_eq!(kept(&app, &drawn).await, ("RSA".to_owned(), 0, 0));
}

#[tokio::test]
async fn another_choice_made_meanwhile_is_seen_first() {
    let app = TestApp::new().await;
    let drawn = chosen(&app).await;
    let (mine, theirs) = (criteria(&app, &drawn).await, criteria(&app, &drawn).await);
    let theirs = theirs.check("level_2_criteria", "PM");
    for _ in 0..2 {
        theirs.submit().await.is(303);
    }
    let trail = app.audit_trail().await;
    let choices = trail.iter().filter(|line| line.contains("control.criteria_chosen")).count();
    assert_eq!(choices, 2, "the same choice made again changes nothing: {trail:?}");
    let late = mine.submit().await.is(409);
    assert!(late.says("Les critères ont changé entre-temps"), "{late:?}");
    assert_eq!(kept(&app, &drawn).await.0, "PM QPV RSA");
    late.form("criteria").submit().await.is(303);
    assert_eq!(kept(&app, &drawn).await.0, "QPV RSA");
}
