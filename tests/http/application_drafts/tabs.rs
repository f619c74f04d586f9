//! One draft in two tabs: nothing saved in one is lost in the other, nothing said of one person is kept of another, and
//! what comes after the sending is not found (SUB-9).

use iae_domain::applications::StateCode;
use iae_domain::ids::{CandidateId, UserId};
use iae_tests::pdf::pdf;
use iae_tests::{Form, Page, Persona, TestApp, world};

use super::{agreed, applications, at_message, at_summary, step_of as tab, stored};

/// The message with all it asks, and a CV.
fn written(page: &Page) -> Form {
    let form = page.form("message").fill("message", "Amel aime le travail en extérieur.");
    form.attach("cv", "cv.pdf", pdf())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn steps_saved_at_the_same_instant_are_all_kept() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let message = at_message(&browser).await;
    let jobs = tab(&browser, &message, "jobs").await;
    for round in 0..10 {
        let text = format!("Bonjour, voici le tour {round}.");
        let message = tab(&browser, &message, "message").await;
        let form = written(&message).fill("message", &text);
        let (post, aci) = (world::GARDENER.to_string(), world::ACI.to_string());
        let is_spontaneous = round % 2 == 0;
        let other = jobs.form("jobs");
        let other = if is_spontaneous {
            other.uncheck("jobs", &post).check("spontaneous", &aci)
        } else {
            other.check("jobs", &post)
        };
        let (one, other) = tokio::join!(form.submit(), other.submit());
        one.is(303);
        other.is(303);
        let kept = tab(&browser, &message, "message").await;
        assert_eq!(kept.value("message").as_deref().map(str::trim), Some(text.as_str()), "round {round}");
        assert!(kept.says("Un CV est joint"), "round {round}: {kept:?}");
        let jobs = tab(&browser, &message, "jobs").await.form("jobs");
        assert_eq!(jobs.value("jobs"), (!is_spontaneous).then_some(post), "round {round}");
    }
    app.run_jobs().await;
    assert_eq!(stored(&app), 1, "each CV replaced is gone, the last one is there");
}

#[tokio::test]
async fn what_was_written_about_someone_is_not_kept_about_someone_else() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    let forms = [
        agreed(&summary),
        tab(&browser, &summary, "jobs").await.form("jobs"),
        tab(&browser, &summary, "eligibility").await.form("eligibility"),
        written(&tab(&browser, &summary, "message").await),
    ];
    let someone = app.scenario().person(Persona::Prescriber).await;
    let choice = tab(&browser, &summary, &format!("candidate?candidate={someone}")).await;
    choice.form("candidate").submit().await.is(303);
    for form in forms {
        let conflict = form.submit().await.is(409);
        assert!(conflict.says("vous avez choisi quelqu’un d’autre"), "{conflict:?}");
        browser.get(&conflict.link("Reprendre la candidature")).await.is(200);
    }
    let of_someone: i64 =
        sqlx::query_scalar("SELECT count(*) FROM eligibility_diagnoses WHERE candidate_id = $1")
            .bind(someone)
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(of_someone, 0);
    assert!(applications(&app).await.is_empty());
    app.run_jobs().await;
    assert_eq!(stored(&app), 0, "neither the CV of the first nor the one sent in for them");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_saved_as_the_application_leaves_is_in_it_or_told_that_it_left() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    for round in 0..10 {
        let of = app.scenario().person(Persona::Prescriber).await;
        let draft = app.scenario().draft().of(of).to(world::EI).insert().await;
        let summary = browser.get(&format!("/application-drafts/{draft}/summary")).await.is(200);
        let message = tab(&browser, &summary, "message").await;
        let jobs = tab(&browser, &summary, "jobs").await.form("jobs");
        let (send, form) = (agreed(&summary), written(&message));
        let (sent, saved, chosen) = tokio::join!(send.submit(), form.submit(), jobs.submit());
        for page in [&saved, &chosen] {
            // Kept; or the application has left (410, or 404 once the step was opened); or has left since the step was
            // opened: the person has just been applied for (403, or 409 between the two, SUB-6).
            assert!([303, 403, 404, 409, 410].contains(&page.status.as_u16()), "round {round}: {page:?}");
            assert!(page.status != 409 || page.says("a déjà été envoyée"), "round {round}: {page:?}");
        }
        // The CV or the message may have come first: the person is then asked for their consent again, to what it is now.
        if sent.status == 422 {
            let now = browser.get(&format!("/application-drafts/{draft}/summary")).await.is(200);
            agreed(&now).submit().await.is(303);
        } else {
            sent.is(303);
        }
        let (state, as_written): (StateCode, bool) = sqlx::query_as(
            "SELECT a.state, a.message = trim(d.data -> 'message' ->> 'text')
                             AND NOT EXISTS (SELECT FROM documents WHERE draft_id = d.id)
             FROM applications a
             JOIN draft_applications l ON l.id = a.id
             JOIN application_drafts d ON d.id = l.draft_id
             WHERE d.id = $1",
        )
        .bind(draft)
        .fetch_one(app.db())
        .await
        .unwrap();
        assert!(state == StateCode::New && as_written, "round {round}: nothing was changed once sent");
        form.submit().await.is(410);
        browser.get(message.url.path()).await.is(410);
    }
    app.run_jobs().await;
}

/// A CV in the database alone: what refuses it, if something does.
async fn document(app: &TestApp, of: CandidateId, by: UserId, owner: &str, id: uuid::Uuid) -> Option<String> {
    let sql = format!(
        "INSERT INTO documents (id, kind, candidate_id, {owner}, storage_key, size_bytes, sha256, uploaded_by, uploaded_at)
         VALUES (gen_random_uuid(), 'cv', $1, $2, gen_random_uuid()::text, 1, '', $3, $4)",
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(of).bind(id).bind(by).bind(app.now());
    Some(query.execute(app.db()).await.err()?.as_database_error()?.constraint()?.to_owned())
}

#[tokio::test]
async fn a_cv_is_of_the_person_and_of_the_author_of_its_draft() {
    let app = TestApp::new().await;
    let draft = app.scenario().draft().of(world::CANDIDATE).insert().await.0;
    let application = app.scenario().application().sent(chrono::TimeDelta::days(3)).insert().await.0;
    let (author, other) = (Persona::Prescriber.user(), Persona::PrescriberAdmin.user());
    let (own, foreign) = (world::CANDIDATE, world::OTHER_CANDIDATE);
    for (of, by, owner, id, refused) in [
        (foreign, author, "draft_id", draft, Some("documents_draft_fkey")),
        (own, other, "draft_id", draft, Some("documents_draft_fkey")),
        (foreign, author, "application_id", application, Some("documents_application_fkey")),
        (own, author, "draft_id", draft, None),
        (own, author, "application_id", application, None),
    ] {
        assert_eq!(document(&app, of, by, owner, id).await.as_deref(), refused, "{owner}");
    }
    for change in ["candidate_id = NULL", "user_id = gen_random_uuid()"] {
        let sql = format!("UPDATE application_drafts SET {change} WHERE id = $1");
        let done = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(draft).execute(app.db()).await;
        done.expect_err("its CV is of that person and by that author");
    }
    let owned = sqlx::query("UPDATE documents SET draft_id = NULL WHERE draft_id = $1").bind(draft);
    owned.execute(app.db()).await.expect_err("a document has one owner");
}
