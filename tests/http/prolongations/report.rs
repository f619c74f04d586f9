//! The report of the pathway, given with a request as a file (rule book 03 §6.3, §6.6, X3).

use iae_domain::ids::{PassId, ProlongationRequestId};
use iae_tests::pdf::{acting_pdf, locked_pdf, pdf};
use iae_tests::{Form, Persona, TestApp, world};

use crate::pass::cancelled::cancel;

use super::{confirm, end, filled, form, hired, request_of};

/// The ACI of the world becomes an AI: it owes a report with each request.
async fn owes(app: &TestApp) {
    sqlx::query("UPDATE organisations SET kind = 'AI' WHERE id = $1")
        .bind(world::ACI)
        .execute(app.db())
        .await
        .unwrap();
}

pub(super) async fn ready(app: &TestApp) -> (PassId, Form) {
    let pass = hired(app).await;
    let form = filled(form(app, pass).await, end(app, pass).await);
    (pass, form)
}

pub(super) async fn asked_with_report(app: &TestApp) -> (PassId, ProlongationRequestId) {
    let (pass, form) = ready(app).await;
    let recap = form.attach("report", "bilan de Amel.pdf", pdf()).submit().await.is(200);
    confirm(&recap).await.is(303);
    (pass, request_of(app, pass).await)
}

pub(super) async fn documents(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM documents").fetch_one(app.db()).await.unwrap()
}

/// How many files the store keeps.
pub(super) fn contents(app: &TestApp) -> usize {
    std::fs::read_dir(app.files().join("prolongation_report")).unwrap().count()
}

#[tokio::test]
async fn an_ai_asks_with_a_report_that_stays_from_page_to_page() {
    let app = TestApp::new().await;
    owes(&app).await;
    let (pass, form) = ready(&app).await;
    let missing = form.clone().submit().await.is(422);
    assert!(missing.error("report").unwrap().contains("Joignez le bilan"), "{missing:?}");
    assert!(missing.value("review_done").unwrap().contains("Permis"), "typed values stay");

    // Another mistake: the file stays.
    let other =
        form.clone().attach("report", "bilan.pdf", pdf()).fill("review_planned", "").submit().await.is(422);
    assert!(other.error("report").is_none() && other.error("review_planned").is_some(), "{other:?}");
    assert!(other.says("Un bilan est joint à cette demande"), "{}", other.text());
    let mended = other.form("main form").fill("review_planned", "Un rendez-vous par mois.").press("review");
    let recap = mended.submit().await.is(200);
    assert!(recap.says("Oui, en PDF"), "{}", recap.text());
    let edited = recap.form("main form").press("edit").submit().await.is(200);
    assert!(edited.says("Un bilan est joint") && !edited.html.contains("remove_report"), "an AI replaces it");
    let uncertified = recap.form("main form").press("confirm").submit().await.is(422);
    confirm(&uncertified).await.is(303);
    let id = request_of(&app, pass).await;
    let mails = app.run_jobs_and_mails().await;
    assert!(mails[0].text_body.contains("document que la structure y a joint"), "{}", mails[0].text_body);
    let page = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{id}")).await.is(200);
    let sent = page.click("Télécharger le bilan joint").await.is(200);
    assert_eq!(sent.bytes, pdf());
    assert_eq!(documents(&app).await, 1);
}

/// The page that is confirmed asked for none: the rule does.
#[tokio::test]
async fn an_ai_confirms_nothing_without_its_report() {
    let app = TestApp::new().await;
    let (_, form) = ready(&app).await;
    let recap = form.submit().await.is(200);
    owes(&app).await;
    let refused = confirm(&recap).await.is(422);
    assert!(refused.error("report").is_some(), "{refused:?}");
    let requests: i64 =
        sqlx::query_scalar("SELECT count(*) FROM prolongation_requests").fetch_one(app.db()).await.unwrap();
    assert_eq!(requests, 0);
}

#[tokio::test]
async fn other_siae_may_give_one_replace_it_and_take_it_back() {
    let app = TestApp::new().await;
    let (_, form) = ready(&app).await;
    let recap = form.clone().attach("report", "bilan.pdf", pdf()).submit().await.is(200);
    let other = [pdf(), vec![b' '; 7]].concat();
    let replaced = recap.form("main form").press("edit").submit().await.is(200).form("main form");
    replaced.press("review").attach("report", "autre.pdf", other.clone()).submit().await.is(200);
    let size: i32 = sqlx::query_scalar("SELECT size_bytes FROM documents").fetch_one(app.db()).await.unwrap();
    assert_eq!(size, i32::try_from(other.len()).unwrap(), "in the place of the former");
    let back = recap.form("main form").press("edit").submit().await.is(200).form("main form");
    let removed = back.check("remove_report", "true").press("review").submit().await.is(200);
    assert!(removed.says("Aucun"), "{}", removed.text());
    assert_eq!(documents(&app).await, 0);
    confirm(&removed).await.is(303);
    app.ignore_mails();
    app.ignore_jobs();
}

/// The same checks as a CV, said beside the field.
#[tokio::test]
async fn a_file_is_refused_in_words_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let (_, form) = ready(&app).await;
    let mut too_large = pdf();
    too_large.resize(5 * 1024 * 1024 + 1, b' ');
    for (content, words) in [
        (vec![], "est vide"),
        (b"PK\x03\x04 xl/workbook.xml".to_vec(), "n’est pas un PDF"),
        (locked_pdf(), "mot de passe"),
        (
            acting_pdf("/OpenAction 4 0 R", "<</S/JavaScript/JS(app.alert\\(1\\))>>"),
            "programme qui s’exécute",
        ),
        (too_large, "dépasse 5 Mo"),
    ] {
        let refused = form.clone().attach("report", "bilan.pdf", content).submit().await.is(422);
        let said = refused.error("report").unwrap_or_default().replace('\u{a0}', " ");
        assert!(said.contains(words), "{words}: {said}");
        assert!(!said.contains("employeur"), "{said}");
        assert!(refused.value("review_done").unwrap().contains("Permis"), "typed values stay");
    }
    assert_eq!(documents(&app).await, 0);
    app.ignore_jobs();
}

/// The prescriber's organisation, the SIAE and the team read it, once it is sent; each reading is kept (ACL-3, D34).
#[tokio::test]
async fn it_is_read_by_who_may_see_the_request() {
    let app = TestApp::new().await;
    let (pass, id) = asked_with_report(&app).await;
    app.run_jobs_and_mails().await;
    let address = format!("/prolongations/{id}/report");
    for persona in [
        Persona::Candidate,
        Persona::OtherCandidate,
        Persona::OtherEmployer,
        Persona::GeiqEmployer,
        Persona::OtherPrescriber,
        Persona::Orienter,
        Persona::Inspector,
    ] {
        app.browser(persona).await.get(&address).await.is(404);
    }
    app.visitor().get(&address).await.is(303);
    let readers = [
        Persona::Prescriber,
        Persona::PrescriberAdmin,
        Persona::Employer,
        Persona::EmployerAdmin,
        Persona::Staff,
    ];
    for persona in readers {
        let sent = app.browser(persona).await.get(&address).await.is(200);
        let header = |name: &str| sent.headers[name].to_str().unwrap().to_owned();
        assert_eq!(sent.bytes, pdf(), "{persona:?}");
        assert_eq!(header("content-disposition"), "attachment; filename=\"Bilan_20260504110000.pdf\"");
        assert!(header("content-security-policy").starts_with("sandbox"));
        assert_eq!(header("cache-control"), "no-store");
    }
    let downloads = app.audit_trail().await;
    let downloads = downloads.iter().filter(|action| *action == "candidate.document_downloaded").count();
    assert_eq!(downloads, readers.len());
    let openers: i64 = sqlx::query_scalar(
        "SELECT count(DISTINCT actor_id) FROM audit_events WHERE action = 'candidate.file_opened' AND actor_id = ANY ($1)",
    )
    .bind(readers.map(|persona| persona.user().0).to_vec())
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(openers, 5, "D34");
    let shown = app.browser(Persona::Employer).await.get(&format!("/pass/{pass}")).await.is(200);
    shown.click("Bilan joint").await.is(200);
    let own = app.browser(Persona::Candidate).await.get(&format!("/pass/{pass}")).await.is(200);
    assert!(!own.says("Bilan joint"), "{}", own.text());
    super::unauthorise(&app).await;
    app.browser(Persona::Prescriber).await.get(&address).await.is(404);
}

/// What was sent is not replaced; another's form is not written in; a declared reason keeps no file.
#[tokio::test]
async fn a_report_stays_with_its_own_request() {
    let app = TestApp::new().await;
    let (_, form) = ready(&app).await;
    let with_file = form.clone().attach("report", "bilan.pdf", pdf());
    let recap = with_file.submit().await.is(200);
    confirm(&recap).await.is(303);
    app.run_jobs_and_mails().await;
    let other = [pdf(), vec![b' '; 7]].concat();
    form.attach("report", "autre.pdf", other).submit().await.is(409);
    let size: i32 = sqlx::query_scalar("SELECT size_bytes FROM documents").fetch_one(app.db()).await.unwrap();
    assert_eq!(size, i32::try_from(pdf().len()).unwrap(), "what the prescriber reads is what was sent");

    let app = TestApp::new().await;
    let (_, form) = ready(&app).await;
    let training = form.fill("reason", "training").attach("report", "bilan.pdf", pdf());
    training.submit().await.is(200);
    assert_eq!(documents(&app).await, 0, "§6.5: only with the three reasons that need an agreement");
}

/// Rule book 03 §4.12: a PASS that is cancelled takes its requests along, and the files given with them.
#[tokio::test]
async fn a_report_goes_with_the_pass_that_is_cancelled() {
    let app = TestApp::new().await;
    let (pass, request) = asked_with_report(&app).await;
    app.run_jobs_and_mails().await;
    let hire = sqlx::query_scalar("SELECT id FROM applications WHERE pass_id = $1").bind(pass);
    cancel(&app, hire.fetch_one(app.db()).await.unwrap()).await;
    assert_eq!(documents(&app).await, 0);
    assert_eq!(contents(&app), 0, "its content went with it");
    let trail = app.audit_trail().await;
    assert!(trail.iter().any(|action| action == "candidate.document_deleted"), "{trail:?}");
    app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{request}")).await.is(409);
}

/// D32: the end moved between the form and its confirmation. It is said who moved it and when, and the file stays.
#[tokio::test]
async fn what_moved_the_end_is_said_and_the_file_stays() {
    let app = TestApp::new().await;
    let (pass, form) = ready(&app).await;
    let recap = form.attach("report", "bilan.pdf", pdf()).submit().await.is(200);
    let browser = app.browser(Persona::EmployerAdmin).await;
    let training = browser.get(&format!("/pass/{pass}/prolongation")).await.is(200).form("main form");
    let until = end(&app, pass).await + chrono::Days::new(10);
    let training = training.fill("reason", "training").fill("ends_on", &until.to_string()).press("review");
    confirm(&training.submit().await.is(200)).await.is(303);
    let moved = confirm(&recap).await.is(409);
    assert!(
        moved.says("Adèle THIRY (Les Jardins de la Seille) l’a prolongé le 4 mai 2026 à 11 h"),
        "{}",
        moved.text()
    );
    assert!(moved.says("se termine maintenant le 14 août 2026"), "{}", moved.text());
    assert!(moved.says("Un bilan est joint à cette demande"), "{}", moved.text());
}
