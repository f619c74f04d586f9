//! What the support of the tests promises to them.

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn every_persona_signs_in_and_is_greeted_or_told_why_not() {
    let app = TestApp::new().await;
    for persona in Persona::ALL {
        let page = app.browser(*persona).await.get("/dashboard").await;
        let expected = match persona {
            Persona::NoOrganisation | Persona::DeactivatedMember => 403,
            _ => 200,
        };
        assert_eq!(page.status, expected, "{persona:?}: {page:?}");
    }
    app.visitor().get("/dashboard").await.is(303);
}

#[tokio::test]
async fn statements_are_counted_request_by_request() {
    let app = TestApp::new().await;
    let (one, other) = (app.browser(Persona::Employer).await, app.browser(Persona::Prescriber).await);
    let (page, _) = tokio::join!(one.get("/dashboard"), other.get("/dashboard"));
    let alone = one.get("/dashboard").await;
    assert_eq!(page.statements.len(), alone.statements.len(), "{:?}", page.statements);
    assert!(
        alone.statements.iter().any(|statement| statement.contains("FROM sessions")),
        "{:?}",
        alone.statements
    );
}

#[tokio::test]
async fn databases_of_two_tests_share_nothing() {
    let (one, other) = (TestApp::new().await, TestApp::new().await);
    sqlx::query("DELETE FROM application_transitions").execute(one.db()).await.ok();
    one.scenario().application().insert().await;
    let applications: i64 =
        sqlx::query_scalar("SELECT count(*) FROM applications").fetch_one(other.db()).await.unwrap();
    assert_eq!(applications, 0);
}

#[tokio::test]
async fn scenarios_write_applications_in_every_state() {
    let app = TestApp::new().await;
    for state in StateCode::ALL {
        app.scenario()
            .application()
            .by(Persona::Orienter)
            .to(world::EI)
            .sent(TimeDelta::days(3))
            .state(*state)
            .insert()
            .await;
    }
    let passes: i64 = sqlx::query_scalar("SELECT count(*) FROM passes").fetch_one(app.db()).await.unwrap();
    assert_eq!(passes, 1, "the accepted application gives a PASS");
}

#[tokio::test]
#[should_panic(expected = "mail unread")]
async fn a_mail_nobody_read_fails_the_test() {
    let app = TestApp::new().await;
    app.app.mailer.send(&mail()).await.unwrap();
}

fn mail() -> iae_mail::OutgoingEmail {
    iae_mail::OutgoingEmail {
        id: uuid::Uuid::nil(),
        recipient: "personne@exemple.fr".to_owned(),
        reply_to: None,
        subject: "Bonjour".to_owned(),
        text_body: String::new(),
        html_body: None,
    }
}
