//! Logins side by side in one browser, callbacks opened again, and many of them behind one address (OID-2 to OID-4, D25).

use iae_tests::{Browser, IdentityProvider, Persona, TestApp};

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
