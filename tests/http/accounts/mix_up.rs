//! Answers of one provider that reach the address, or bear the name, of another (RFC 9207, RFC 9700 §4.4), and errors
//! of nobody's login (OID-2 to OID-4).

use iae_domain::accounts::Provider::{InclusionConnect, ProConnect};
use iae_tests::{Browser, Persona};
use serde_json::json;

use super::forger::{Forger, platform};

/// The address with another value for one parameter; none takes it away.
fn with(address: &str, name: &str, value: Option<&str>) -> String {
    let mut url: url::Url = address.parse().unwrap();
    let others: Vec<(String, String)> =
        url.query_pairs().into_owned().filter(|(known, _)| known != name).collect();
    url.query_pairs_mut().clear().extend_pairs(others).extend_pairs(value.map(|value| (name, value)));
    url.to_string()
}

fn is_known(forger: &Forger, persona: Persona) {
    let person = json!({ "email": persona.email(), "email_verified": true });
    forger.says().userinfo = person;
}

async fn nobody_is_in(browser: &Browser) {
    browser.get("/dashboard").await.is(303);
}

/// The browser began at one provider, and comes back to the address of the other: neither gets a code.
#[tokio::test]
async fn an_answer_at_the_address_of_another_provider_signs_nobody_in() {
    let (one, other) = (Forger::start(InclusionConnect).await, Forger::start(ProConnect).await);
    let app = platform(&[&one, &other]).await;
    is_known(&one, Persona::Employer);
    is_known(&other, Persona::Employer);
    for (begun, answered) in [(&one, "pc"), (&other, "ic")] {
        let browser = app.visitor();
        let callback = begun.to_callback(&browser).await;
        let elsewhere = callback.replacen(
            &format!("/login/{}/", begun.provider.code().to_lowercase()),
            &format!("/login/{answered}/"),
            1,
        );
        for issuer in [Some(one.issuer.as_str()), Some(other.issuer.as_str()), None] {
            let browser = browser.copied();
            let page = browser.get(&with(&elsewhere, "iss", issuer)).await;
            assert_ne!(page.status, 500);
            nobody_is_in(&browser).await;
        }
        browser.get(&callback).await.is(303).follow().await;
        nobody_is_in(&browser).await;
    }
    assert!(one.says().codes.is_empty() && other.says().codes.is_empty(), "no code reached a token endpoint");
    assert_eq!(app.audit_trail().await, Vec::<String>::new());
}

#[tokio::test]
async fn an_answer_in_the_name_of_another_issuer_signs_nobody_in() {
    let (one, other) = (Forger::start(InclusionConnect).await, Forger::start(ProConnect).await);
    let app = platform(&[&one, &other]).await;
    is_known(&one, Persona::Employer);
    for issuer in [Some(other.issuer.as_str()), Some("https://exemple.fr"), Some(""), None] {
        let browser = app.visitor();
        let callback = one.to_callback(&browser).await;
        let page = browser.get(&with(&callback, "iss", issuer)).await.is(403);
        assert_eq!(page.h1(), "La connexion a échoué", "{issuer:?}");
        nobody_is_in(&browser).await;
        let error =
            with(&with(&one.to_callback(&browser).await, "code", None), "error", Some("access_denied"));
        let page = browser.get(&with(&error, "iss", issuer)).await.is(403);
        assert_eq!(page.h1(), "La connexion a échoué", "an error is not believed either: {issuer:?}");
    }
    assert!(one.says().codes.is_empty() && other.says().codes.is_empty());
    one.log_in(&app.visitor()).await.is(303);
}

/// `iss` is required where it is announced, and only there.
#[tokio::test]
async fn a_provider_that_does_not_announce_its_name_need_not_say_it() {
    let forger = Forger::start(InclusionConnect).await;
    forger.says().announces = false;
    forger.says().iss = None;
    let app = platform(&[&forger]).await;
    is_known(&forger, Persona::Employer);
    let browser = app.visitor();
    forger.log_in(&browser).await.is(303);
    browser.get("/dashboard").await.is(200);
    forger.says().iss = Some("https://exemple.fr".to_owned());
    forger.log_in(&app.visitor()).await.is(403);
}

/// Anyone can send a browser to an address with `?error=`: the login under way goes on.
#[tokio::test]
async fn an_error_of_nobodys_login_changes_nothing_to_the_one_under_way() {
    let forger = Forger::start(InclusionConnect).await;
    let app = platform(&[&forger]).await;
    is_known(&forger, Persona::Employer);
    let browser = app.visitor();
    let callback = forger.to_callback(&browser).await;
    let before = browser.cookie_header("/login");
    for foreign in [
        "/login/ic/callback?error=access_denied",
        "/login/ic/callback?error=access_denied&state=of-nobody",
        "/login/ic/callback?error=server_error&state=of-nobody&iss=https%3A%2F%2Fexemple.fr",
    ] {
        let page = browser.get(foreign).await.is(303);
        assert!(page.location().unwrap().starts_with("/login?"), "{foreign}");
        assert_eq!(browser.cookie_header("/login"), before, "{foreign}");
    }
    browser.get(&callback).await.is(303);
    browser.get("/dashboard").await.is(200);
}

/// OID-9.
#[tokio::test]
async fn an_error_of_the_login_under_way_is_told_in_words_and_spends_it() {
    let forger = Forger::start(InclusionConnect).await;
    let app = platform(&[&forger]).await;
    for (error, title) in [
        ("access_denied", "Connexion abandonnée"),
        ("temporarily_unavailable", "Le service de connexion ne répond pas"),
        ("invalid_scope", "La connexion a échoué"),
    ] {
        forger.says().error = Some(error);
        let browser = app.visitor();
        let callback = forger.to_callback(&browser).await;
        assert_eq!(browser.get(&callback).await.is(403).h1(), title);
        let again = browser.get(&callback).await.is(303).location().unwrap();
        assert!(again.starts_with("/login?"), "{again}");
    }
}
