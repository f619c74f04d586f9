//! Logins side by side in one browser, callbacks opened again, and many of them behind one address (OID-2 to OID-4, D25).

use std::time::Duration;

use iae_domain::accounts::Provider::{InclusionConnect, ProConnect};
use iae_tests::{Browser, IdentityProvider, Page, Persona, TestApp};
use serde_json::json;
use tokio::task::JoinHandle;

use super::forger::{Forger, platform};
use super::login::to_provider;

#[tokio::test]
async fn two_tabs_signed_out_both_sign_in_each_on_its_page() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let one = to_provider(&browser, "/applications").await;
    let other = to_provider(&browser, "/employers").await;
    for (page, asked) in [(one, "/applications"), (other, "/employers")] {
        let back = IdentityProvider::log_in(&page, Persona::Employer.email()).await.follow().await.is(200);
        assert_eq!(back.url.path(), asked);
        assert!(back.says("Émile SCHMITT"), "{back:?}");
    }
}

/// The second tab that signs in takes nothing from the first: the organisation it acts for stays.
#[tokio::test]
async fn signing_in_again_keeps_the_organisation_one_acts_for() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let one = to_provider(&browser, "/dashboard").await;
    let other = to_provider(&browser, "/dashboard").await;
    let email = Persona::MultiOrganisation.email();
    let page = IdentityProvider::log_in(&one, email).await.follow().await.is(200);
    let role = |page: &iae_tests::Page| page.text_of(".account__role").unwrap();
    let first = role(&page);
    let switched = page.form("/organisation-switch").press("Mission locale du pays messin").submit().await;
    let chosen = role(&switched.follow().await);
    assert_ne!(first, chosen);
    let page = IdentityProvider::log_in(&other, email).await.follow().await.is(200);
    assert_eq!(role(&page), chosen);
}

#[tokio::test]
async fn a_callback_opened_again_leads_on() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let page = to_provider(&browser, "/applications").await;
    let callback = IdentityProvider::log_in(&page, Persona::Employer.email()).await.location().unwrap();
    browser.get(&callback).await.is(303);
    for (address, asked) in [
        (callback.as_str(), "/applications"),
        ("/login/ic/callback?code=a&state=of-nobody", "/dashboard"),
        ("/login/ic/callback?error=access_denied&state=of-nobody", "/dashboard"),
        ("/login/ic/callback", "/dashboard"),
    ] {
        let page = browser.get(address).await.is(303);
        assert_eq!(page.location().as_deref(), Some(asked), "{address}");
    }
    browser.get("/logout").await.form("main form").submit().await.is(200);
    let page = browser.get(&callback).await.is(303);
    let again = page.location().unwrap();
    assert_eq!(
        again, "/login?return_to=%2Fapplications&expired=true",
        "signed out, the page asked for is kept"
    );
}

/// One browser never carries more than a few logins: the oldest gives way.
#[tokio::test]
async fn a_browser_keeps_eight_logins_under_way() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let mut pages = Vec::new();
    for _ in 0..10 {
        pages.push(to_provider(&browser, "/applications").await);
    }
    let begun = |browser: &Browser| browser.cookie_header("/login").matches("login_attempt_").count();
    assert_eq!(begun(&browser), 8);
    let back = IdentityProvider::log_in(&pages[0], Persona::Employer.email()).await.follow().await;
    assert_eq!(back.url.path(), "/login", "the oldest begins again");
    let back = IdentityProvider::log_in(&pages[9], Persona::Employer.email()).await.follow().await;
    assert_eq!(back.url.path(), "/applications");
}

/// D25: an agency opens at nine o'clock behind one address.
#[tokio::test]
async fn thirty_one_logins_begun_in_a_minute_are_all_served() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    for _ in 0..40 {
        app.visitor().get("/login/ic").await.is(303);
    }
}

/// D25: failures are what counts, and they stop nobody who succeeds.
#[tokio::test]
async fn failures_are_counted_by_address_and_stop_nobody_else() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let page = to_provider(&app.visitor(), "/applications").await;
    let guesser = app.visitor();
    for _ in 0..30 {
        guesser.get("/login/ic/callback?code=guessed&state=guessed").await.is(303);
    }
    let page_of_429 = guesser.get("/login/ic/callback?code=guessed&state=guessed").await.is(429);
    assert_eq!(page_of_429.headers["retry-after"], "60");
    let back = IdentityProvider::log_in(&page, Persona::Employer.email()).await.follow().await.is(200);
    assert_eq!(back.url.path(), "/applications");
}

/// Who sends a callback that waits for somebody else to be done with the account.
async fn sent(app: &TestApp, browser: Browser, callback: String, waiting: i64) -> JoinHandle<Page> {
    let sent = tokio::spawn(async move { browser.get(&callback).await });
    let blocked = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while sqlx::query_scalar::<_, i64>(blocked).fetch_one(app.db()).await.unwrap() < waiting {
        assert!(!sent.is_finished(), "{:?}", sent.await);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sent
}

/// Two callbacks at the very same instant: both under way, both held back, both let go. `subjects` are who the provider
/// says they are.
async fn at_once(app: &TestApp, forger: &Forger, subjects: [&str; 2]) -> [Page; 2] {
    let browsers = [app.visitor(), app.visitor()];
    let callbacks = [forger.to_callback(&browsers[0]).await, forger.to_callback(&browsers[1]).await];
    let mut held = app.db().pool().begin().await.unwrap();
    sqlx::query("SELECT FROM users WHERE id = $1 FOR UPDATE")
        .bind(Persona::Employer.user())
        .execute(&mut *held)
        .await
        .unwrap();
    let [one, other] = browsers;
    let [callback_of_one, callback_of_other] = callbacks;
    speaks_of(forger, subjects[0]);
    let one = sent(app, one, callback_of_one, 1).await;
    speaks_of(forger, subjects[1]);
    let other = sent(app, other, callback_of_other, 2).await;
    held.rollback().await.unwrap();
    [one.await.unwrap(), other.await.unwrap()]
}

fn speaks_of(forger: &Forger, subject: &str) {
    let mut says = forger.says();
    says.token = json!({ "sub": subject });
    says.userinfo["sub"] = json!(subject);
}

async fn subjects(app: &TestApp) -> Vec<String> {
    let subjects = "SELECT subject FROM identities WHERE user_id = $1 ORDER BY subject";
    sqlx::query_scalar(subjects).bind(Persona::Employer.user()).fetch_all(app.db()).await.unwrap()
}

/// OID-13: two tabs of someone who never signed in tie one identity, once, and both open.
#[tokio::test]
async fn two_first_sign_ins_at_once_tie_once_and_both_open() {
    for provider in [InclusionConnect, ProConnect] {
        let forger = Forger::start(provider).await;
        let app = platform(&[&forger]).await;
        forger.says().userinfo = json!({ "email": Persona::Employer.email(), "email_verified": true });
        for page in at_once(&app, &forger, ["someone", "someone"]).await {
            assert_eq!(page.is(303).location().as_deref(), Some("/dashboard"), "{provider:?}");
        }
        assert_eq!(subjects(&app).await, ["someone"], "{provider:?}");
        assert_eq!(
            app.audit_trail().await,
            ["account.identity_linked", "account.logged_in", "account.logged_in"],
            "{provider:?}"
        );
    }
}

/// OID-12: the same of someone who made their account at ProConnect anew.
#[tokio::test]
async fn two_sign_ins_with_a_new_subject_at_once_replace_the_former_once() {
    let forger = Forger::start(ProConnect).await;
    let app = platform(&[&forger]).await;
    forger.says().userinfo = json!({ "email": Persona::Employer.email() });
    sqlx::query("INSERT INTO identities VALUES ('PC', 'former', $1, now())")
        .bind(Persona::Employer.user())
        .execute(app.db())
        .await
        .unwrap();
    for page in at_once(&app, &forger, ["someone", "someone"]).await {
        page.is(303);
    }
    assert_eq!(subjects(&app).await, ["someone"]);
    let trail = app.audit_trail().await;
    assert_eq!(trail.iter().filter(|event| *event == "account.identity_linked").count(), 1, "{trail:?}");
}

/// OID-13, OID-14: of two subjects that come with one address at once, one is tied and the other is told why not.
#[tokio::test]
async fn of_two_subjects_with_one_address_at_once_one_is_tied() {
    let forger = Forger::start(InclusionConnect).await;
    let app = platform(&[&forger]).await;
    forger.says().userinfo = json!({ "email": Persona::Employer.email(), "email_verified": true });
    let [one, other] = at_once(&app, &forger, ["one", "other"]).await;
    one.is(303);
    assert_eq!(other.is(403).h1(), "Cette adresse est celle d’un compte qui se connecte autrement");
    assert_eq!(subjects(&app).await, ["one"]);
}
