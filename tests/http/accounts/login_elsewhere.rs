//! The platform is an ordinary relying party: it signs people in at a provider of another make, npm `oidc-provider`.

use iae_tests::{Browser, Page, Persona};

use super::peer::Peer;

/// Types a name at the provider and agrees to what the platform asks for.
pub async fn log_in(browser: &Browser, persona: Persona) -> Page {
    let login =
        browser.get("/login?return_to=/dashboard").await.click("Se connecter avec Inclusion Connect").await;
    let page = login.is(303).follow().await.is(200);
    let page = page.form("form").fill("login", persona.email()).fill("password", "any").submit().await;
    let consent = page.follow().await.is(200);
    consent.form("form").submit().await.follow().await.is(200)
}

#[tokio::test]
async fn people_sign_in_and_out_at_a_provider_of_another_make() {
    let (app, _provider) = Peer::start().await;
    let browser = app.visitor();

    let page = log_in(&browser, Persona::Prescriber).await;
    assert_eq!(page.url.as_str(), "https://parcours.test/dashboard");
    assert!(page.says("Paul HOFFMANN"), "{page:?}");

    let out = browser.get("/logout").await.form("main form").submit().await.is(303).follow().await.is(200);
    let back = out.form("form").press("yes").submit().await.follow().await.is(200);
    assert_eq!(back.url.as_str(), "https://parcours.test/");
    browser.get("/dashboard").await.is(303);
}
