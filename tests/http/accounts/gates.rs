//! What stands before a page (rule book 01 §9.2 to §9.4), through the pages.

use iae_tests::{Persona, TestApp};

use super::local::{LOCAL_PASSWORD, open_account};

async fn forget(app: &TestApp, column: &str, persona: Persona) {
    let sql = format!("UPDATE users SET {column} = NULL WHERE id = $1");
    sqlx::query(sqlx::AssertSqlSafe(sql)).bind(persona.user()).execute(app.db()).await.unwrap();
}

/// SES-9 to SES-11: a professional accepts the version that was shown, then goes where they went; forms and account pages pass.
#[tokio::test]
async fn a_professional_accepts_the_terms_before_they_work() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    forget(&app, "terms_version", Persona::Employer).await;
    let asked = browser.get("/applications?state=new").await.is(303);
    assert_eq!(
        asked.location().as_deref(),
        Some("/terms/acceptance?return_to=%2Fapplications%3Fstate%3Dnew")
    );
    for address in ["/my-account", "/terms", "/employers", "/logout"] {
        browser.get(address).await.is(200);
    }
    let page = asked.follow().await.is(200);
    let form = page.form("/terms/acceptance");
    let older = form.clone().forge("version", "2020-01-01").submit().await.is(422);
    assert!(older.says("plus récente"), "{older:?}");
    browser.get("/applications").await.is(303);
    let landed = form.submit().await.is(303);
    assert_eq!(landed.location().as_deref(), Some("/applications?state=new"));
    browser.get("/applications").await.is(200);
    assert_eq!(app.audit_trail().await, ["account.terms_accepted"]);
    // Neither candidates nor the team are asked.
    for persona in [Persona::Candidate, Persona::Staff] {
        let page = app.browser(persona).await.get("/dashboard").await;
        assert!(!page.location().is_some_and(|to| to.starts_with("/terms")), "{persona:?}");
    }
}

/// SES-7 comes before SES-10.
#[tokio::test]
async fn who_has_no_organisation_is_told_so_before_the_terms() {
    let app = TestApp::new().await;
    forget(&app, "terms_version", Persona::NoOrganisation).await;
    app.browser(Persona::NoOrganisation).await.get("/dashboard").await.is(403);
}

/// SES-9: every version stays readable by anyone.
#[tokio::test]
async fn versions_of_the_terms_are_read_by_anyone() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let page = visitor.get("/terms").await.is(200);
    assert!(page.says("Conditions d’utilisation"), "{page:?}");
    visitor.get("/terms/2026-01-05").await.is(200);
    visitor.get("/terms/2019-01-01").await.is(404);
    visitor.get("/terms/acceptance").await.is(303);
    visitor.post("/terms/acceptance", &[("version", "2026-01-05")]).await.is(303);
}

/// SES-12: once, for who is not of the State or the team... and nowhere else than on the way to the dashboard.
#[tokio::test]
async fn a_newcomer_is_welcomed_once() {
    let app = TestApp::new().await;
    for persona in [Persona::Candidate, Persona::Employer] {
        forget(&app, "welcomed_at", persona).await;
        let browser = app.browser(persona).await;
        browser.get("/applications").await.is(200);
        let page = browser.get("/dashboard").await.is(303).follow().await.is(200);
        assert_eq!(page.h1(), "Bienvenue sur Parcours IAE");
        let page = page.form("/welcome").submit().await.is(303).follow().await.is(200);
        assert_eq!(page.url.path(), "/dashboard");
    }
}

/// AUT-2: an address of another site is never followed, whatever asks to come back to it.
#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    forget(&app, "terms_version", Persona::Employer).await;
    for elsewhere in ["https://exemple.fr/", "//exemple.fr", "/\\exemple.fr"] {
        let posted = [("version", "2026-01-05"), ("return_to", elsewhere)];
        let landed = browser.post("/terms/acceptance", &posted).await.is(303);
        assert_eq!(landed.location().as_deref(), Some("/dashboard"), "{elsewhere}");
    }
}

/// AUT-2: nor after a password, whether the page was opened with that address or the form made up.
#[tokio::test]
async fn a_password_leads_to_no_other_site() {
    let app = TestApp::new().await;
    open_account(&app, Persona::Candidate.email()).await;
    for elsewhere in ["https://exemple.fr/", "//exemple.fr", "/%5Cexemple.fr"] {
        let visitor = app.visitor();
        let page = visitor.get(&format!("/login?return_to={elsewhere}")).await.is(200);
        let form = page.form("main form").fill("email", Persona::Candidate.email());
        let form = form.fill("password", LOCAL_PASSWORD);
        for form in [form.clone(), form.forge("return_to", &elsewhere.replace("%5C", "\\"))] {
            let landed = form.submit().await.is(303);
            assert_eq!(landed.location().as_deref(), Some("/dashboard"), "{elsewhere}");
            visitor.forget_cookies();
        }
    }
}
