//! A session that somebody else put in the browser of whoever signs in (SES-13): nothing of it is worth anything afterwards.

use iae_tests::{Browser, IdentityProvider, Persona, TestApp};

use super::local::{LOCAL_PASSWORD, open_account};

const SESSION: &str = "__Host-session";

/// What an attacker may plant: a session of their own, and one that they made up.
fn planted(attacker: &Browser) -> [String; 2] {
    [attacker.cookie(SESSION).unwrap(), "AAAAAAAAAAAAAAAAAAAAAA".to_owned()]
}

/// A browser that holds this session, and nothing else.
fn holding(app: &TestApp, session: &str) -> Browser {
    let browser = app.visitor();
    browser.set_cookie(SESSION, session);
    browser
}

#[tokio::test]
async fn a_session_planted_before_a_sign_in_at_the_provider_is_nobodys_after_it() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    for session in planted(&app.browser(Persona::Prescriber).await) {
        let victim = holding(&app, &session);
        let page = victim.get("/login/ic?return_to=/dashboard").await.is(303).follow().await.is(200);
        let page = IdentityProvider::log_in(&page, Persona::Employer.email()).await.follow().await.is(200);
        assert!(page.says("Émile SCHMITT"), "{page:?}");
        assert_ne!(victim.cookie(SESSION).as_ref(), Some(&session), "under a new id");
        holding(&app, &session).get("/dashboard").await.is(303);
    }
}

#[tokio::test]
async fn a_session_planted_before_a_sign_in_by_password_is_nobodys_after_it() {
    let app = TestApp::new().await;
    open_account(&app, Persona::Candidate.email()).await;
    for session in planted(&app.browser(Persona::Prescriber).await) {
        let victim = holding(&app, &session);
        let typed =
            [("email", Persona::Candidate.email()), ("password", LOCAL_PASSWORD), ("return_to", "/my-file")];
        victim.post("/login", &typed).await.is(303);
        assert!(victim.get("/my-file").await.is(200).says("Amel BENALI"));
        assert_ne!(victim.cookie(SESSION).as_ref(), Some(&session), "under a new id");
        holding(&app, &session).get("/my-file").await.is(303);
    }
}
