//! Mails as mail servers receive them.

mod batch;
pub(crate) mod every_mail;
mod refused;
mod server;

use iae_domain::applications::StateCode;
use iae_domain::ids::EmailId;
use iae_mail::Mailer;
use iae_tests::{Persona, TestApp};

/// What staff read in the outbox is what the mail server took, accents included.
#[tokio::test]
async fn a_queued_mail_reaches_the_mail_server_as_it_was_written() {
    let (app, server) = server::app().await;
    app.scenario().application().state(StateCode::Accepted).insert().await;

    let kept: Vec<(EmailId, String, String, String, String, String)> =
        sqlx::query_as("SELECT id, recipient, reply_to, subject, text_body, status FROM emails")
            .fetch_all(app.db())
            .await
            .unwrap();
    let received = server.taken();
    assert!(!kept.is_empty());
    assert_eq!(received.len(), kept.len());
    for (id, recipient, reply_to, subject, text_body, status) in kept {
        // The same at every try, under the domain of the sender: a server that took it twice shows it once.
        let message_id = format!("<{id}@parcours.test>");
        let found = received.iter().find(|message| message.header("Message-ID") == message_id);
        let message =
            found.unwrap_or_else(|| panic!("« {subject} » never came to {recipient}: {received:#?}"));
        assert_eq!(
            message.header("From"),
            "Parcours IAE <ne-pas-repondre@parcours.test>".replace("Parcours IAE", "\"Parcours IAE\"")
        );
        assert_eq!((message.header("To"), message.header("Reply-To")), (recipient, reply_to));
        assert_eq!(
            (message.header("Subject"), message.header("Auto-Submitted").as_str()),
            (subject, "auto-generated")
        );
        assert_eq!(message.text().trim_end().replace("\r\n", "\n"), text_body.trim_end());
        assert_eq!(status, "sent");
    }
    assert!(received.iter().any(|m| m.text().contains('é')), "at least one message has an accent");
}

/// The connection dies between the answer of the mail server and its record, as with a kill: the mail leaves twice rather than
/// never, under one `Message-ID`, which a mail reader shows once.
#[tokio::test]
async fn a_mail_taken_and_not_recorded_leaves_again_as_the_same_mail() {
    let (app, server) = server::app().await;
    for statement in [
        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
         AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$",
        "CREATE TRIGGER die BEFORE UPDATE ON emails FOR EACH ROW WHEN (NEW.status = 'sent') EXECUTE FUNCTION die()",
    ] {
        sqlx::query(statement).execute(app.db()).await.unwrap();
    }
    app.scenario().application().state(StateCode::Accepted).insert().await;
    let first: Vec<String> = server.taken().iter().map(|message| message.header("Message-ID")).collect();
    let unsent = "SELECT count(*) FROM emails WHERE status <> 'sent'";
    let unsent = async || sqlx::query_scalar::<_, i64>(unsent).fetch_one(app.db()).await.unwrap();
    assert!(!first.is_empty());
    assert_eq!(usize::try_from(unsent().await).unwrap(), first.len(), "taken, not recorded: {first:?}");

    for statement in [
        "DROP TRIGGER die ON emails",
        "UPDATE graphile_worker._private_jobs SET run_at = now(), locked_at = NULL, locked_by = NULL",
    ] {
        sqlx::query(statement).execute(app.db()).await.unwrap();
    }
    app.run_jobs().await;
    let mut all: Vec<String> = server.taken().iter().map(|message| message.header("Message-ID")).collect();
    let mut twice = [first.clone(), first].concat();
    all.sort();
    twice.sort();
    assert_eq!(all, twice);
    assert_eq!(unsent().await, 0);
    app.run_jobs().await;
    assert_eq!(server.taken().len(), all.len(), "and never a third time");
}

/// A server that is away keeps nothing: the mail stays queued and is sent later.
#[tokio::test]
async fn a_mail_waits_while_the_mail_server_is_away() {
    let app = TestApp::with(|app| {
        app.mailer = Mailer::smtp("smtp://127.0.0.1:9", "ne-pas-repondre@parcours.test").unwrap();
    })
    .await;
    app.scenario().application().by(Persona::Prescriber).state(StateCode::Accepted).insert().await;
    let statuses: Vec<(String, i16)> =
        sqlx::query_as("SELECT status, attempts FROM emails").fetch_all(app.db()).await.unwrap();
    assert!(!statuses.is_empty());
    assert!(statuses.iter().all(|(status, attempts)| status != "sent" && *attempts == 1), "{statuses:?}");
    let staff = app.browser(Persona::Staff).await;
    assert!(staff.get("/dashboard").await.says("3 messages déjà refusés, qui seront retentés"));
    assert!(staff.get("/admin/emails?status=failed").await.says("Échec, sera retenté"));

    sqlx::query("UPDATE emails SET attempts = 25").execute(app.db()).await.unwrap();
    let dashboard = staff.get("/dashboard").await;
    assert!(dashboard.says("3 messages abandonnés Refusés 25 fois de suite"), "{}", dashboard.text());
    let outbox = staff.get("/admin/emails?status=failed").await;
    assert!(outbox.all("tbody tr").iter().all(|row| row.contains("Échec, abandonné")), "{}", outbox.text());
    let id: String = sqlx::query_scalar("SELECT id::text FROM emails ORDER BY id LIMIT 1")
        .fetch_one(app.db())
        .await
        .unwrap();
    let mail = staff.get(&format!("/admin/emails/{id}")).await.is(200);
    assert!(mail.says("Jamais") && !mail.says("Pas encore") && !mail.says("Essai précédent"), "{mail:?}");
    // Sent again, it waits: the error is that of a former try.
    sqlx::query("UPDATE emails SET status = 'queued', attempts = 0").execute(app.db()).await.unwrap();
    let mail = staff.get(&format!("/admin/emails/{id}")).await.is(200);
    assert!(mail.says("Pas encore") && mail.says("Essai précédent"), "{mail:?}");
    app.ignore_mails();
}
