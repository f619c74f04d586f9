//! Codes of one login put in the place of those of another (OID-6, RFC 9700 §4.5): neither the provider nor the nonce lets them through.

use iae_domain::accounts::Provider::InclusionConnect;
use iae_tests::{Persona, TestApp};
use serde_json::json;
use url::Url;

use super::forger::{Forger, platform};
use super::login::{is_refused, to_callback, with_parameter};

const FAILED: &str = "La connexion a échoué";

/// The code of an address the provider sends a browser back to.
fn code(callback: &str) -> String {
    let url: Url = callback.parse().unwrap();
    url.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned()
}

/// PKCE: whoever holds a code of somebody else’s login holds nothing, and it is lost to everybody.
#[tokio::test]
async fn a_code_of_another_login_signs_nobody_in() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let (victim, attacker) = (app.visitor(), app.visitor());
    let stolen = to_callback(&victim, Persona::Employer).await;
    let own = to_callback(&attacker, Persona::Prescriber).await;
    is_refused(&attacker, &with_parameter(&own, "code", &code(&stolen)), FAILED).await;
    is_refused(&victim, &stolen, FAILED).await;
    // The other way round: nobody is signed in under the account of whoever gave them a code.
    let (victim, attacker) = (app.visitor(), app.visitor());
    let begun = to_callback(&victim, Persona::Employer).await;
    let given = code(&to_callback(&attacker, Persona::Prescriber).await);
    is_refused(&victim, &with_parameter(&begun, "code", &given), FAILED).await;
    assert!(app.audit_trail().await.is_empty());
}

/// A provider that forgets PKCE gives the id token of the other login: its nonce is that of another, used or not.
#[tokio::test]
async fn a_nonce_of_another_login_signs_nobody_in() {
    let forger = Forger::start(InclusionConnect).await;
    let app = platform(&[&forger]).await;
    forger.says().userinfo = json!({ "email": Persona::Employer.email(), "email_verified": true });
    let (one, other) = (app.visitor(), app.visitor());
    let used = forger.to_callback(&one).await;
    one.get(&used).await.is(303);
    let begun = forger.to_callback(&other).await;
    is_refused(&other, &with_parameter(&begun, "code", &code(&used)), FAILED).await;

    // In one browser, from a tab to another.
    let tabs = app.visitor();
    let first = forger.to_callback(&tabs).await;
    let second = forger.to_callback(&tabs).await;
    is_refused(&tabs, &with_parameter(&second, "code", &code(&first)), FAILED).await;
    tabs.get(&first).await.is(303);
    tabs.get("/dashboard").await.is(200);
}
