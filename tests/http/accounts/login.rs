//! A login at the identity provider over HTTP, through the platform's own pages (rule book 01 §10).

use axum::body::Body;
use axum::http::Request;
use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::accounts::{end_every_session, end_sessions_of};
use iae_app::jobs::queries::purge_logins;
use iae_domain::text::Email;
use iae_tests::{Browser, IdentityProvider, Page, Persona, TestApp};
use url::Url;

/// From the login page of the platform to the one of the provider.
pub async fn to_provider(browser: &Browser, return_to: &str) -> Page {
    let login = browser.get(&format!("/login?return_to={return_to}")).await.is(200);
    login.click("Se connecter avec Inclusion Connect").await.is(303).follow().await.is(200)
}

/// Up to the address the provider sends the browser back to, which is not opened yet.
pub(super) async fn to_callback(browser: &Browser, persona: Persona) -> String {
    let page = to_provider(browser, "/dashboard").await;
    let back = IdentityProvider::log_in(&page, persona.email()).await;
    let callback = back.location().unwrap_or_else(|| panic!("sent back: {back:?}"));
    assert!(callback.starts_with("https://parcours.test/login/ic/callback?"), "{callback}");
    callback
}

/// The same address with another value for one parameter.
pub(super) fn with_parameter(address: &str, name: &str, value: &str) -> String {
    let mut url: Url = address.parse().unwrap();
    let others: Vec<(String, String)> =
        url.query_pairs().into_owned().filter(|(known, _)| known != name).collect();
    url.query_pairs_mut().clear().extend_pairs(others).append_pair(name, value);
    url.to_string()
}

pub(super) async fn is_refused(browser: &Browser, callback: &str, title: &str) {
    let page = browser.get(callback).await.is(403);
    assert_eq!(page.h1(), title);
    browser.get("/dashboard").await.is(303);
}

/// A callback that comes too late, again or in another browser leads to the login page, which says so (OID-3, OID-4).
async fn leads_to_login(browser: &Browser, callback: &str) {
    let page = browser.get(callback).await.is(303).follow().await.is(200);
    assert_eq!(page.url.path(), "/login");
    assert!(page.says("Cette connexion a expiré"), "{page:?}");
    browser.get("/dashboard").await.is(303);
}

#[tokio::test]
async fn a_person_signs_in_and_comes_back_where_they_wanted_to_go() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let asked = browser.get("/dashboard").await.is(303);
    assert_eq!(asked.location().as_deref(), Some("/login?return_to=%2Fdashboard"));

    let page = to_provider(&browser, "%2Fdashboard").await;
    let page = IdentityProvider::log_in(&page, Persona::Employer.email()).await.follow().await.is(200);

    assert_eq!(page.url.as_str(), "https://parcours.test/dashboard");
    assert!(page.says("Émile SCHMITT"), "{page:?}");
    assert_eq!(app.audit_trail().await, ["account.identity_linked", "account.logged_in"]);
    let account = browser.get("/my-account").await.is(200);
    let there = browser.get(&account.link("changez-les chez Inclusion Connect")).await.is(200);
    assert!(there.says(Persona::Employer.email()), "their account at the provider: {there:?}");
}

#[tokio::test]
async fn someone_already_signed_in_is_not_asked_again() {
    let app = TestApp::new().await;
    let page = app.browser(Persona::Employer).await.get("/login?return_to=/employers").await.is(303);
    assert_eq!(page.location().as_deref(), Some("/employers"));
}

#[tokio::test]
async fn people_are_never_sent_to_another_site_after_login() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let endless = format!("/{}", "a".repeat(3000));
    for elsewhere in ["https://exemple.fr/", "//exemple.fr", "/%5Cexemple.fr", &endless] {
        let browser = app.visitor();
        let page = to_provider(&browser, elsewhere).await;
        let back = IdentityProvider::log_in(&page, Persona::Employer.email()).await;
        let callback = back.follow_once().await.is(303);
        assert_eq!(callback.location().as_deref(), Some("/dashboard"), "{elsewhere}");
    }
}

/// ASVS 7.6.2: whoever is signed in at the provider is not signed in here by a link of another site; a button of ours is
/// pressed first.
#[tokio::test]
async fn a_link_of_another_site_signs_nobody_in_without_a_button() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    for (site, begins) in [("cross-site", false), ("same-site", false), ("same-origin", true), ("none", true)]
    {
        let request = Request::get("https://parcours.test/login/ic?return_to=/employers")
            .header("sec-fetch-site", site)
            .body(Body::empty())
            .unwrap();
        let sent_to = browser.send(request).await.is(303).location().unwrap();
        assert_eq!(sent_to.contains("/authorize?"), begins, "{site}: {sent_to}");
        if !begins {
            assert_eq!(sent_to, "/login?return_to=%2Femployers");
            let page = browser.get(&sent_to).await.is(200);
            assert!(page.link("Se connecter avec Inclusion Connect").starts_with("/login/ic?"), "{page:?}");
        }
    }
    let begun: i64 =
        sqlx::query_scalar("SELECT count(*) FROM login_attempts").fetch_one(app.db()).await.unwrap();
    assert_eq!(begun, 2, "nothing is written for a link of another site");
}

/// OID-2: an attempt is spent by its first callback.
#[tokio::test]
async fn a_callback_replayed_signs_nobody_in() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let callback = to_callback(&browser, Persona::Employer).await;
    let stolen = browser.copied();
    browser.get(&callback).await.is(303);
    leads_to_login(&stolen, &callback).await;
}

#[tokio::test]
async fn a_foreign_state_signs_nobody_in() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let callback = to_callback(&browser, Persona::Employer).await;
    leads_to_login(&browser, &with_parameter(&callback, "state", "chosen-by-someone-else")).await;
}

/// OID-4: without the cookie of the browser that began, a callback is worth nothing. This is what stops someone from
/// signing a victim in under their own account.
#[tokio::test]
async fn a_callback_opened_in_another_browser_signs_nobody_in() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let attacker = app.visitor();
    let callback = to_callback(&attacker, Persona::Employer).await;

    let victim = app.visitor();
    leads_to_login(&victim, &callback).await;

    let began_too = app.visitor();
    to_provider(&began_too, "/dashboard").await;
    leads_to_login(&began_too, &callback).await;
}

/// OID-3: one hour.
#[tokio::test]
async fn a_login_left_for_an_hour_signs_nobody_in() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let callback = to_callback(&browser, Persona::Employer).await;
    app.advance(TimeDelta::hours(1));
    leads_to_login(&browser, &callback).await;
}

/// Anyone may begin a login: what is kept of it has a bound, and goes within two hours.
#[tokio::test]
async fn what_is_kept_of_logins_that_begin_is_bounded() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let longest = format!("/{}", "a".repeat(2047));
    for asked in [longest.clone(), format!("{longest}a"), format!("/{}", "a".repeat(6_000))] {
        app.visitor().get(&format!("/login/ic?return_to={asked}")).await.is(303);
    }
    let kept: Vec<i32> =
        sqlx::query_scalar("SELECT octet_length(return_to) FROM login_attempts ORDER BY 1 DESC")
            .fetch_all(app.db())
            .await
            .unwrap();
    assert_eq!(kept, [2048, 10, 10], "the dashboard instead");
    let grown = sqlx::query("UPDATE login_attempts SET return_to = return_to || 'a'").execute(app.db()).await;
    assert!(grown.unwrap_err().to_string().contains("login_attempts_return_to_check"));
    app.advance(TimeDelta::hours(1));
    assert_eq!(purge_logins(&app.worker().db, app.now()).await.unwrap(), 0);
    app.advance(TimeDelta::seconds(1));
    assert_eq!(purge_logins(&app.worker().db, app.now()).await.unwrap(), 3);
}

/// Whoever began to sign in with what they knew does not come in after the sessions were ended.
#[tokio::test]
async fn a_login_begun_before_ones_sessions_ended_opens_none() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let (early, one, other) = (app.visitor(), app.visitor(), app.visitor());
    let email = Email::parse(Persona::Employer.email()).unwrap();
    let callback = to_callback(&early, Persona::Employer).await;
    end_sessions_of(&app.app, &Ctx::system(app.now()), &email).await.unwrap();
    leads_to_login(&early, &callback).await;
    app.advance(TimeDelta::seconds(1));
    let callback = to_callback(&one, Persona::Employer).await;
    let callback_of_other = to_callback(&other, Persona::Prescriber).await;
    one.get(&callback).await.is(303);
    one.get("/dashboard").await.is(200);
    end_every_session(&app.app, &Ctx::system(app.now())).await.unwrap();
    one.get("/dashboard").await.is(303);
    leads_to_login(&other, &callback_of_other).await;
    let trail =
        ["account.sessions_ended", "account.identity_linked", "account.logged_in", "account.sessions_ended"];
    assert_eq!(app.audit_trail().await, trail);
}

#[tokio::test]
async fn a_code_the_provider_did_not_give_signs_nobody_in() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let callback = to_callback(&browser, Persona::Employer).await;
    is_refused(&browser, &with_parameter(&callback, "code", "invented"), "La connexion a échoué").await;
}

#[tokio::test]
async fn a_login_given_up_at_the_provider_says_so() {
    let (app, provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let begun = browser.get("/login/ic").await.is(303).location().unwrap();
    let state =
        begun.parse::<Url>().unwrap().query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let issuer = provider.issuer.as_str().trim_end_matches('/');
    let callback = format!("/login/ic/callback?error=access_denied&state={state}&iss={issuer}");
    is_refused(&browser, &callback, "Connexion abandonnée").await;
}

/// OID-6: what the discovery document says of itself must be the address it was asked at.
#[tokio::test]
async fn a_provider_that_speaks_for_another_issuer_is_refused() {
    let (_, provider) = TestApp::with_identity_provider().await;
    let mut misspelt = provider.issuer.clone();
    misspelt.set_host(Some("localhost")).unwrap();
    let app = TestApp::with_provider_at(misspelt, "parcours-iae", "whatever").await;
    let page = app.visitor().get("/login/ic").await.is(403);
    assert_eq!(page.h1(), "Le service de connexion ne répond pas");
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_told_in_words() {
    let app =
        TestApp::with_provider_at("http://127.0.0.1:9".parse().unwrap(), "parcours-iae", "whatever").await;
    let page = app.visitor().get("/login/ic").await.is(403);
    assert_eq!(page.h1(), "Le service de connexion ne répond pas");
}

/// OID-15, SES-7: an account is opened; who has no organisation yet is told what to do.
#[tokio::test]
async fn an_identity_without_account_has_one_opened_and_is_told_what_to_do() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let page = to_provider(&browser, "/dashboard").await;
    let page = IdentityProvider::log_in(&page, "inconnue@exemple.fr").await.follow().await.is(403);
    assert!(page.says("organisation"), "{page:?}");
    let trail = ["account.opened", "account.identity_linked", "account.logged_in"];
    assert_eq!(app.audit_trail().await, trail);
}

/// USR-19.
#[tokio::test]
async fn a_closed_account_does_not_sign_in() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    app.scenario().close_account(Persona::Employer).await;
    let browser = app.visitor();
    let callback = to_callback(&browser, Persona::Employer).await;
    is_refused(&browser, &callback, "Ce compte est désactivé").await;
}

/// AUT-12: the id token holds a name and an address; it goes in the body of a form, and stands in no address.
#[tokio::test]
async fn nothing_of_a_person_stands_in_an_address_on_the_way_out() {
    let (app, provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let page = to_provider(&browser, "/dashboard").await;
    IdentityProvider::log_in(&page, Persona::Employer.email()).await.follow().await.is(200);
    let left = browser.get("/logout").await.form("main form").submit().await.is(200);
    assert_eq!(left.headers["cache-control"], "no-store");
    let form = left.form("main form");
    assert_eq!(
        (form.method().as_str(), form.action().as_str()),
        ("POST", format!("{}logout", provider.issuer).as_str())
    );
    assert_eq!(form.names(), ["id_token_hint", "client_id", "post_logout_redirect_uri", "state"]);
    let back = form.submit().await.location().unwrap();
    let names: Vec<String> =
        back.parse::<Url>().unwrap().query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["state"]);
}

/// AUT-11: the session of the provider closes too, so that the next person at this computer is asked who they are.
#[tokio::test]
async fn logging_out_closes_both_sessions() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.visitor();
    let page = to_provider(&browser, "/dashboard").await;
    IdentityProvider::log_in(&page, Persona::Employer.email()).await.follow().await.is(200);
    let session = browser.copied();

    let page = browser.get("/logout").await.is(200);
    let left = page.form("main form").submit().await.is(200);
    assert_eq!(left.h1(), "Votre session est fermée ici");
    assert_eq!(left.headers["clear-site-data"], r#""cache", "storage""#);
    session.get("/dashboard").await.is(303);
    let back = left.form("main form").submit().await.is(303);
    let callback = back.location().unwrap();
    let page = back.follow().await.is(200);

    assert_eq!(page.url.as_str(), "https://parcours.test/");
    assert!(callback.starts_with("https://parcours.test/logout/callback?state="), "{callback}");
    for address in [callback.as_str(), "/logout/callback?state=of-nobody", "/logout/callback"] {
        assert_eq!(
            browser.get(address).await.is(403).h1(),
            "Cette déconnexion n’a pas commencé ici",
            "{address}"
        );
    }
    session.get("/dashboard").await.is(303);
    let again = to_provider(&browser, "/dashboard").await;
    assert!(again.form("form").names().contains(&"password"), "the provider asks again: {again:?}");
    assert_eq!(app.audit_trail().await.last().map(String::as_str), Some("account.logged_out"));
}
