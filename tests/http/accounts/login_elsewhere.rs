//! The platform is an ordinary relying party: it signs people in at a provider of another make, npm `oidc-provider`.

use iae_tests::{Browser, Page, Persona};

use super::peer::Peer;

/// Types a name at the provider and agrees to what the platform asks for.
pub async fn log_in(browser: &Browser, persona: Persona) -> Page {
    callback(browser, persona.email()).await.follow().await.is(200)
}

/// The same for any address, up to what the platform answers to it.
async fn callback(browser: &Browser, address: &str) -> Page {
    let login =
        browser.get("/login?return_to=/dashboard").await.click("Se connecter avec Inclusion Connect").await;
    let page = login.is(303).follow().await.is(200);
    let page = page.form("form").fill("login", address).fill("password", "any").submit().await;
    let consent = page.follow().await.is(200);
    let mut page = consent.form("form").submit().await;
    while !page.url.path().ends_with("/login/ic/callback") {
        page = page.follow_once().await;
    }
    page
}

#[tokio::test]
async fn people_sign_in_and_out_at_a_provider_of_another_make() {
    let (app, _provider) = Peer::start().await;
    let browser = app.visitor();

    let page = log_in(&browser, Persona::Prescriber).await;
    assert_eq!(page.url.as_str(), "https://parcours.test/dashboard");
    assert!(page.says("Prénom NOM"), "OID-10: the provider says their names: {page:?}");

    let left = browser.get("/logout").await.form("main form").submit().await.is(200);
    let out = left.form("main form").submit().await.is(200);
    let back = out.form("form").press("yes").submit().await.follow().await.is(200);
    assert_eq!(back.url.as_str(), "https://parcours.test/");
    browser.get("/dashboard").await.is(303);
}

/// What a provider says of someone is read as what is typed: never a second account, never an address of nobody.
#[tokio::test]
async fn an_address_claimed_with_something_invisible_is_that_of_its_account() {
    let (app, _provider) = Peer::start().await;
    let claimed = format!("unseen:{}", Persona::Prescriber.email());
    let page = callback(&app.visitor(), &claimed).await.is(303).follow().await.is(200);
    assert!(page.says("Prénom NOM"), "{page:?}");
    callback(&app.visitor(), "jean.@courriel.example").await.is(403);
    let identities: i64 =
        sqlx::query_scalar("SELECT count(*) FROM identities").fetch_one(app.db()).await.unwrap();
    assert_eq!(identities, 1, "nothing is kept of an address no mail can be written to");
}
