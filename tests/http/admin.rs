//! What the platform's team reads, and nobody else.

mod announcements;
mod audit;
mod data_transfer;
mod invitations;
mod merger;
mod organisations;
mod organisations_changed;
mod organisations_created;
mod succession;
mod transfer;
mod user_merger;
mod users;
mod users_changed;
mod users_closed;

use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp, world};

const PAGES: [&str; 4] = ["/admin", "/admin/emails", "/admin/jobs", "/admin/audit"];

#[tokio::test]
async fn the_team_reads_the_outbox_the_tasks_and_the_trail() {
    let app = TestApp::new().await;
    let hired = app.scenario().application().by(Persona::Prescriber).to(world::ACI).of(world::CANDIDATE);
    let id = hired.state(StateCode::Accepted).insert().await;
    let staff = app.browser(Persona::Staff).await;

    let outbox = staff.get("/admin/emails?status=sent").await.is(200);
    assert_eq!(outbox.all("tbody tr").len(), 3, "ACC-32: the PASS, the candidate, the sender");
    let mail = outbox.links().into_iter().find(|link| link.starts_with("/admin/emails/")).unwrap();
    staff.get(&mail).await.is(200);
    assert!(staff.get("/admin/emails?status=failed").await.is(200).says("Aucun message"));

    let trail = staff.get(&format!("/admin/audit?subject={id}")).await.is(200);
    assert!(
        trail.says("Candidature acceptée") && trail.says("PASS IAE : PASS IAE délivré"),
        "{}",
        trail.text()
    );
    assert!(!trail.says("application.") && !trail.says("{"), "no code for machines: {}", trail.text());
    let passes = staff.get("/admin/audit?action=pass.issued").await.is(200);
    assert_eq!(passes.all("tbody th"), ["PASS IAE délivré"]);
    assert!(staff.get("/admin/jobs").await.is(200).says("Aucune tâche en attente"));
}

#[tokio::test]
async fn filters_that_make_no_sense_are_said_and_break_nothing() {
    let app = TestApp::new().await;
    let staff = app.browser(Persona::Staff).await;
    let wrong = staff.get("/admin/audit?subject=12&after=%07").await.is(200);
    assert!(wrong.error("subject").is_some());
    staff.get("/admin/emails?status=nonsense&after=zzz").await.is(200);
    staff.get("/admin/emails/12").await.is(404);
    staff.get("/admin/emails/01900000-0000-7000-8000-000000000000").await.is(404);
}

#[tokio::test]
async fn nobody_else_comes_in() {
    let app = TestApp::new().await;
    for persona in [Persona::Candidate, Persona::PrescriberAdmin, Persona::EmployerAdmin, Persona::Inspector]
    {
        let browser = app.browser(persona).await;
        for page in PAGES {
            browser.get(page).await.is(403);
        }
    }
    for page in PAGES {
        app.visitor().get(page).await.is(303);
    }
}

/// A mail that nothing sends again by itself is sent again by the team, once.
#[tokio::test]
async fn a_mail_that_was_given_up_is_sent_again() {
    let app = TestApp::new().await;
    app.scenario().application().by(Persona::Prescriber).state(StateCode::Accepted).insert().await;
    let staff = app.browser(Persona::Staff).await;
    let set = async |status: &str, attempts: i16| {
        sqlx::query(
            "UPDATE emails SET status = $1, attempts = $2, last_error = 'refused', sent_at = NULL
             WHERE kind = 'application_accepted_candidate'",
        )
        .bind(status)
        .bind(attempts)
        .execute(app.db())
        .await
        .unwrap();
    };
    set("failed", 24).await;
    let id: uuid::Uuid =
        sqlx::query_scalar("SELECT id FROM emails WHERE kind = 'application_accepted_candidate'")
            .fetch_one(app.db())
            .await
            .unwrap();
    let address = format!("/admin/emails/{id}");
    assert!(!staff.get(&address).await.is(200).has_form("sending"), "it is still tried");
    set("failed", 25).await;
    let form = staff.get(&address).await.is(200).form("sending");
    let (one, other) = tokio::join!(form.submit(), form.submit());
    one.is(303);
    other.is(303);
    let page = staff.get(&address).await.is(200);
    assert!(page.says("En attente d’envoi") && !page.has_form("sending"), "{page:?}");
    let sent = app.run_jobs_and_mails().await;
    assert_eq!(sent.len(), 1, "two clicks, one mail");
    assert_eq!(sent[0].recipient, Persona::Candidate.email());
    let trail = app.audit_trail().await;
    assert_eq!(trail.iter().filter(|action| *action == "email.sent_again").count(), 1);
    app.browser(Persona::EmployerAdmin).await.post(&format!("{address}/sending"), &[]).await.is(403);
    staff.post("/admin/emails/01900000-0000-7000-8000-000000000000/sending", &[]).await.is(404);
}

/// D34: a mail about the account of a professional opens nobody's file; that it was read is kept all the same.
#[tokio::test]
async fn who_read_a_mail_about_an_account_is_in_the_trail() {
    let app = TestApp::new().await;
    sqlx::query(
        "INSERT INTO emails (id, kind, recipient, subject, text_body, html_body, about_kind, about_id, status, attempts, created_at)
         VALUES ($1, 'account_budget_spent', 'a@b.exemple', 'Beaucoup de recherches', '', '', 'account', $1, 'queued', 0, $2)",
    )
    .bind(world::EMPLOYER)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    let staff = app.browser(Persona::Staff).await;
    staff.get(&format!("/admin/emails/{}", world::EMPLOYER)).await.is(200);
    assert_eq!(app.audit_trail().await, ["email.read"]);
    assert!(staff.get("/admin/audit").await.is(200).says("Message lu"));
}
