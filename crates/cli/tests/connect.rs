//! `iae connect` as an operator types it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::process::{Output, Stdio};

use iae_app::db::Role;
use iae_connect::Clock;
use iae_tests::{Browser, IdentityProvider, Page, Persona, TestApp};
use sqlx::ConnectOptions as _;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// A key nobody guesses: others stop the start.
const COOKIE_KEY: &str = "f7411bfd4ee0866f2c00d9b32a06d5c7cdaff670882c285f5bf7b216a2b4b77cb3766dce6e5f7476829471b59ef63394c2dfaff79a88f7eaaa7f45d0f7d0624d";

/// Runs the binary over the database of the platform, and types `typed`.
async fn iae(app: &TestApp, arguments: &[&str], typed: &str) -> Output {
    iae_under(app, None, arguments, typed).await
}

/// The same, with an account that has the rights of this role and no more.
async fn iae_under(app: &TestApp, role: Option<Role>, arguments: &[&str], typed: &str) -> Output {
    let mut database = app.db().pool().connect_options().to_url_lossy();
    if let Some(role) = role {
        database.query_pairs_mut().append_pair("options", &format!("-c role={}", role.name()));
    }
    let folder = app.files().join("operator");
    std::fs::create_dir_all(&folder).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_iae"))
        .args(arguments)
        .env_clear()
        .env("DATABASE_URL", database.as_str())
        .env("IAE_BASE_URL", "http://127.0.0.1:8070")
        .env("IAE_COOKIE_KEY", COOKIE_KEY)
        .env("IAE_SUPPORT_EMAIL", "equipe@exemple.fr")
        .env("IAE_PASS_PREFIX", "LOCAL")
        .env("IAE_MAIL_URL", format!("file://{}", folder.display()))
        .env("IAE_MAIL_FROM", "Parcours IAE <ne-pas-repondre@exemple.fr>")
        .env("IAE_FILES_URL", format!("file://{}", folder.display()))
        .env("IAE_OIDC_IC_ISSUER", "http://127.0.0.1:8071")
        .env("IAE_OIDC_IC_CLIENT_ID", "parcours-iae")
        .env("IAE_OIDC_IC_CLIENT_SECRET", "secret-of-the-platform-0123456789abcdef")
        .env("IAE_CONNECT_KEYS_SECRET", hex::encode(iae_tests::KEYS_SECRET))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).await.unwrap();
    child.wait_with_output().await.unwrap()
}

fn printed(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

async fn to_provider(browser: &Browser) -> Page {
    let login = browser.get("/login?return_to=/dashboard").await.is(200);
    login.click("Se connecter avec Inclusion Connect").await.is(303).follow().await
}

async fn signed_in(app: &TestApp) -> Browser {
    let browser = app.visitor();
    let page = to_provider(&browser).await.is(200);
    IdentityProvider::log_in(&page, Persona::Employer.email()).await.follow().await.is(200);
    browser
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_the_provider_and_of_the_platform() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let (one, two) = (signed_in(&app).await, signed_in(&app).await);
    let email = Persona::Employer.email();

    let output = iae(&app, &["connect", "set-password", email], "trop court\n").await;
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("au moins 12 caractères"), "{said}");
    one.get("/dashboard").await.is(200);

    let output = iae(&app, &["connect", "set-password", email], "Une autre phrase, plus longue\n").await;
    assert!(printed(&output).contains("Sessions de la plateforme fermées : 2."), "{}", printed(&output));
    for browser in [one, two] {
        browser.get("/dashboard").await.is(303);
        let page = to_provider(&browser).await.is(200);
        assert!(page.form("form").names().contains(&"password"), "the provider asks again");
        IdentityProvider::log_in(&page, email).await.is(422);
    }
}

/// A password that changes alone would leave in whoever knew the one before.
#[tokio::test]
async fn an_account_with_the_rights_of_one_part_changes_nothing() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = signed_in(&app).await;
    let email = Persona::Employer.email();
    for role in [Role::Provider, Role::Platform] {
        let typed = "Une autre phrase, plus longue\n";
        let output = iae_under(&app, Some(role), &["connect", "set-password", email], typed).await;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains("compte iae_owner"), "{role:?}: {said}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "nothing is said to be done");
    }
    browser.get("/dashboard").await.is(200);
    signed_in(&app).await.get("/dashboard").await.is(200);
}

#[tokio::test]
async fn an_operator_ends_the_sessions_of_a_person_or_of_everyone() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let one = signed_in(&app).await;
    let other = app.browser(Persona::Prescriber).await;
    for (arguments, why) in [
        (&["end-sessions"][..], "--email"),
        (&["end-sessions", "--all", "--email", "a@exemple.fr"], "--all"),
        (&["end-sessions", "--email", "personne@exemple.fr"], "aucun compte n’a cette adresse"),
        (&["end-sessions", "--email", "personne"], "n’est pas valable"),
    ] {
        let output = iae(&app, arguments, "").await;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(why), "{arguments:?}: {said}");
    }
    let output = iae(&app, &["end-sessions", "--email", Persona::Employer.email()], "").await;
    assert!(printed(&output).contains("Sessions fermées : 1."), "{}", printed(&output));
    one.get("/dashboard").await.is(303);
    other.get("/dashboard").await.is(200);
    let output = iae(&app, &["end-sessions", "--all"], "").await;
    assert!(printed(&output).contains("Sessions fermées : 1."), "{}", printed(&output));
    other.get("/dashboard").await.is(303);
}

#[tokio::test]
async fn an_operator_turns_the_keys_of_the_provider_while_people_sign_in() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    signed_in(&app).await;
    let output = iae(&app, &["connect", "rotate-keys"], "").await;
    assert!(printed(&output).contains("Nouvelle clé publiée"), "{}", printed(&output));
    let output = iae(&app, &["connect", "rotate-keys"], "").await;
    assert!(printed(&output).contains("attend déjà"), "{}", printed(&output));
    signed_in(&app).await;
    let output = iae(&app, &["connect", "rotate-keys", "--now"], "").await;
    assert!(printed(&output).contains("elle signe dès maintenant"), "{}", printed(&output));
    signed_in(&app).await;
    let keys = iae_tests::keyring(app.db());
    let waiting = keys.rotate(Clock::System.now()).await;
    assert!(waiting.is_ok(), "the secret of the command opens what it made");
}

/// OID-19: whoever opens an account of the team says who it is for.
#[tokio::test]
async fn an_account_of_the_team_is_opened_for_an_identity() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let output = iae(&app, &["create-staff", "personne@exemple.fr", "Zoé", "Lang"], "").await;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("donnez --subject"), "{said}");
    let output = iae(&app, &["create-staff", "inconnue@exemple.fr", "Zoé", "Lang"], "").await;
    assert!(printed(&output).contains("Compte ouvert"));
    let browser = app.visitor();
    let page = to_provider(&browser).await.is(200);
    IdentityProvider::log_in(&page, "inconnue@exemple.fr").await.follow().await;
    browser.get("/admin/audit").await.is(200);
    let again = iae(&app, &["create-staff", "autre@exemple.fr", "Zoé", "Lang", "--subject", "x y"], "").await;
    assert!(!again.status.success());
}
