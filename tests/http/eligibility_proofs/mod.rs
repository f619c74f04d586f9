//! The proofs that an SIAE keeps of the criteria it declared (rule book 03 §2.13; 05 C11).

mod in_control;
mod purge;
mod strangers;

use chrono::TimeDelta;
use iae_domain::ids::{ApplicationId, CandidateId};
use iae_tests::pdf::pdf;
use iae_tests::{Form, Page, Persona, TestApp, world};

use crate::control;

/// The ACI hires two people on its own criteria today, 4 May 2026: RSA, QPV and mobility. Gives the hire of the candidate.
async fn hired(app: &TestApp) -> ApplicationId {
    app.ignore_mails();
    control::hires(app).await;
    hire_of(app, world::CANDIDATE).await
}

async fn hire_of(app: &TestApp, candidate: CandidateId) -> ApplicationId {
    sqlx::query_scalar(
        "SELECT id FROM applications WHERE candidate_id = $1 AND company_id = $2 AND self_prescribed",
    )
    .bind(candidate)
    .bind(world::ACI)
    .fetch_one(app.db())
    .await
    .unwrap()
}

fn address(application: ApplicationId) -> String {
    format!("/applications/{application}/proofs")
}

async fn opened(app: &TestApp, by: Persona, application: ApplicationId) -> Page {
    app.browser(by).await.get(&address(application)).await.is(200)
}

/// The form of the page, filled with a whole file.
fn filled(page: &Page, application: ApplicationId, criterion: &str, dated_on: &str) -> Form {
    let form = page.form(&address(application)).check("criterion", criterion).fill("dated_on", dated_on);
    form.attach("proof", "justificatif.pdf", pdf())
}

async fn deposit(app: &TestApp, application: ApplicationId, criterion: &str, dated_on: &str) -> Page {
    let page = opened(app, Persona::Employer, application).await;
    filled(&page, application, criterion, dated_on).submit().await.is(303).follow().await.is(200)
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(app.db()).await.unwrap()
}

/// How many proofs are kept, and how many files of them.
async fn kept(app: &TestApp) -> (i64, i64) {
    let files = "SELECT count(*) FROM documents WHERE eligibility_proof_id IS NOT NULL";
    (count(app, "SELECT count(*) FROM eligibility_proofs").await, count(app, files).await)
}

/// The contents of proofs in the file store.
fn contents(app: &TestApp) -> usize {
    std::fs::read_dir(app.files().join("proof")).map_or(0, Iterator::count)
}

/// From the page of the hire, one criterion after the other; the page says until when each is kept.
#[tokio::test]
async fn an_siae_keeps_the_proofs_of_what_it_declared() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{application}")).await.is(200);
    assert!(page.says("0 critère justifié sur 3"), "{page:?}");
    let page = page.click("Déposer les justificatifs").await.is(200);
    assert_eq!(page.all(".badge").iter().filter(|state| *state == "Justificatif à déposer").count(), 3);
    let page = employer.get(page.url.as_str()).await;
    assert!(page.statements.len() <= 8, "{:?}", page.statements);

    let page = deposit(&app, application, "RSA", "2026-04-20").await;
    assert_eq!(page.flash(), Some("Justificatif déposé".to_owned()));
    assert!(page.says("Document daté du 20 avril 2026") && page.says("par Émile SCHMITT"), "{page:?}");
    assert!(page.says("Gardé jusqu’au 4 mai 2028"), "24 months after the first day: {page:?}");
    let hire = employer.get(&format!("/applications/{application}")).await;
    assert!(hire.says("1 critère justifié sur 3"), "{hire:?}");

    let file = page.link("Télécharger (PDF)");
    for reader in [Persona::Employer, Persona::EmployerAdmin] {
        let sent = app.browser(reader).await.get(&file).await.is(200);
        assert_eq!(sent.bytes, pdf(), "{reader:?}");
        let name = sent.headers["content-disposition"].to_str().unwrap();
        assert!(name.starts_with("attachment; filename=\"Justificatif_"), "{name}");
    }
    let trail = app.audit_trail().await;
    let read = trail.iter().filter(|action| *action == "candidate.document_downloaded").count();
    assert_eq!(read, 2, "ACL-3");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_mistake_is_said_beside_its_field_and_nothing_is_kept() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    let page = opened(&app, Persona::Employer, application).await;
    let empty = page.form(&address(application)).submit().await.is(422);
    for field in ["criterion", "dated_on", "proof"] {
        assert!(empty.error(field).is_some(), "{field}: {:?}", empty.errors());
    }
    for (dated_on, words) in [
        ("2026-02-03", "Déposez un document du 4 février 2026 ou d’après"),
        ("2026-05-05", "n’est pas encore passée"),
        ("1980-01-01", "précède la naissance"),
        ("2026-02-30", "n’existe pas"),
    ] {
        let refused = filled(&page, application, "RSA", dated_on).submit().await.is(422);
        let said = refused.error("dated_on").unwrap_or_default();
        assert!(said.contains(words), "{dated_on}: {said}");
        assert_eq!(refused.value("dated_on").as_deref(), Some(dated_on), "what was typed stays");
    }
    let form = filled(&page, application, "RSA", "2026-05-04");
    let refused = form.clone().attach("proof", "note.txt", b"Bonjour".to_vec()).submit().await.is(422);
    assert!(refused.error("proof").is_some_and(|said| said.contains("PDF")), "{:?}", refused.errors());
    let forged = form.clone().forge("criterion", "AAH").submit().await.is(422);
    assert!(forged.error("criterion").is_some(), "it was not declared: {:?}", forged.errors());
    assert_eq!(kept(&app).await, (0, 0));
    form.submit().await.is(303);
    assert_eq!(kept(&app).await, (1, 1), "on the very day");
    app.run_jobs().await;
    assert_eq!(contents(&app), 1, "nothing stays of what was refused");
}

/// 03 §2.13: nothing is asked of what the State answered for.
#[tokio::test]
async fn a_certified_criterion_needs_no_proof() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    let page = opened(&app, Persona::Employer, application).await;
    sqlx::query(
        "UPDATE diagnosis_criteria SET certified_at = $1, certified_days = '[2026-05-01,2026-05-31]'
         WHERE criterion_code = 'RSA'",
    )
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    let refused = filled(&page, application, "RSA", "2026-05-04").submit().await.is(422);
    assert!(
        refused.error("criterion").is_some_and(|said| said.contains("certifié")),
        "{:?}",
        refused.errors()
    );
    assert!(refused.says("aucun justificatif n’est à déposer"), "{refused:?}");
    assert_eq!(refused.form(&address(application)).offered("criterion"), ["QPV", "PM"]);
    let hire = app.browser(Persona::Employer).await.get(&format!("/applications/{application}")).await;
    assert!(hire.says("0 critère justifié sur 2"), "{hire:?}");
    app.run_jobs().await;
}

/// A document of the same day takes the place of the other, once it was seen (D32); one of another day stands beside it.
#[tokio::test]
async fn a_document_of_the_same_day_replaces_what_was_seen() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    let stale = opened(&app, Persona::EmployerAdmin, application).await;
    deposit(&app, application, "RSA", "2026-04-20").await;
    let late = filled(&stale, application, "RSA", "2026-04-20").submit().await.is(409);
    assert!(late.says("Un document de la même date a été déposé entre-temps"), "{late:?}");
    assert_eq!(late.value("dated_on").as_deref(), Some("2026-04-20"));
    assert_eq!(kept(&app).await, (1, 1));
    filled(&stale, application, "RSA", "2026-04-21").submit().await.is(303);
    assert_eq!(kept(&app).await, (2, 2), "of another day, it is another");
    let page = filled(&late, application, "RSA", "2026-04-20").submit().await.is(303).follow().await;
    assert_eq!(kept(&app).await, (2, 2), "confirmed, it takes its place");
    assert!(page.says("par Adèle THIRY"), "{page:?}");
    app.run_jobs().await;
    assert_eq!(contents(&app), 2, "the file that was replaced is gone");
}

#[tokio::test]
async fn a_proof_is_removed_once_and_its_file_with_it() {
    let app = TestApp::new().await;
    let application = hired(&app).await;
    let page = deposit(&app, application, "RSA", "2026-04-20").await;
    let file = page.link("Télécharger (PDF)");
    let asked = page.click("Retirer").await.is(200);
    let form = asked.form("removal");
    app.advance(TimeDelta::minutes(1));
    filled(&page, application, "RSA", "2026-04-20").submit().await.is(303);
    form.submit().await.is(409);
    assert_eq!(kept(&app).await, (1, 1), "another file took its place: it was not seen");
    let form = app.browser(Persona::Employer).await.get(asked.url.as_str()).await.is(200).form("removal");
    let back = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(back.flash(), Some("Justificatif retiré".to_owned()));
    assert_eq!(kept(&app).await, (0, 0));
    let gone = form.submit().await.is(409);
    gone.click("Revoir les justificatifs").await.is(200);
    app.browser(Persona::Employer).await.get(&file).await.is(404);
    app.run_jobs().await;
    assert_eq!(contents(&app), 0);
}
