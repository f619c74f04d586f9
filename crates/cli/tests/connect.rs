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

/// OID-19: an account of the team is opened by a link that serves once, and by no provider.
#[tokio::test]
async fn an_account_of_the_team_is_opened_by_a_link_and_by_no_provider() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    app.ignore_jobs();
    let output = iae(&app, &["create-staff", "inconnue@exemple.fr", "Zoé", "Lang"], "").await;
    assert!(printed(&output).contains("Compte ouvert"));
    assert!(printed(&output).contains("/account-letters/"), "{}", printed(&output));
    let browser = app.visitor();
    let page = to_provider(&browser).await.is(200);
    IdentityProvider::log_in(&page, "inconnue@exemple.fr").await.follow().await.is(403);
    browser.get("/admin/audit").await.is(303);
    let again = iae(&app, &["create-staff", "inconnue@exemple.fr", "Zoé", "Lang"], "").await;
    assert!(!again.status.success());
}

/// STF-1: groups are given and taken at the command line, twice as once, and never to who is not of the team.
#[tokio::test]
async fn an_operator_gives_and_takes_the_groups_of_the_team() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let opened =
        iae(&app, &["create-staff", "lea@equipe.exemple.fr", "Léa", "Lang", "--group", "controls"], "").await;
    assert!(printed(&opened).contains("Compte ouvert") && !printed(&opened).contains("aucun groupe"));
    for (act, said) in
        [("give", "est maintenant"), ("give", "est déjà"), ("take", "n’est plus"), ("take", "n’est pas dans")]
    {
        let output = iae(&app, &["staff", act, "lea@equipe.exemple.fr", "admin_readonly"], "").await;
        assert!(printed(&output).contains(said), "{act}: {}", printed(&output));
    }
    let listed = iae(&app, &["staff", "list"], "").await;
    assert!(
        printed(&listed).contains("Léa LANG <lea@equipe.exemple.fr> : Contrôle a posteriori"),
        "{}",
        printed(&listed)
    );
    refused(&iae(&app, &["staff", "give", "lea@equipe.exemple.fr", "chefs"], "").await, "groupe inconnu");
    refused(&iae(&app, &["staff", "give", Persona::Employer.email(), "admin"], "").await, "pas de l’équipe");
    refused(&iae(&app, &["staff", "give", "inconnue@exemple.fr", "admin"], "").await, "aucun compte");
    let trail = app.audit_trail().await;
    let groups: Vec<&String> = trail.iter().filter(|action| action.starts_with("account.group_")).collect();
    assert_eq!(groups, ["account.group_given", "account.group_given", "account.group_taken"]);
}

/// How many mails of this kind the provider wrote.
async fn told(app: &TestApp, kind: &str) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM connect.emails WHERE kind = $1")
        .bind(kind)
        .fetch_one(app.db())
        .await
        .unwrap()
}

fn refused(output: &Output, why: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains(why), "{said}");
}

/// IDP-25, with the rights of the provider alone.
#[tokio::test]
async fn an_operator_looks_after_accounts_at_the_command_line() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let role = Some(Role::Provider);
    let run = async |arguments: &[&str]| {
        let arguments: Vec<&str> = ["connect"].iter().chain(arguments).copied().collect();
        iae_under(&app, role, &arguments, "").await
    };
    let email = Persona::Employer.email();
    let names = ["--given-name", "Nadia", "--family-name", "Benali"];
    let create = |email: &'static str| [&["create-account", email][..], &names].concat();
    assert!(printed(&run(&create("nadia@structure.example")).await).contains("Compte ouvert"));
    assert_eq!(told(&app, "account_created").await, 1);
    refused(&run(&create("nadia@structure.example")).await, "un compte a cette adresse");
    refused(&run(&create("nadia")).await, "n’est pas une adresse e-mail");

    let listed = printed(&run(&["accounts", "--email", "nadia@"]).await);
    assert!(listed.contains("nadia@structure.example") && listed.contains("ouvert"), "{listed}");
    let browser = signed_in(&app).await;
    assert!(printed(&run(&["close-account", email]).await).contains("Compte fermé"));
    refused(&run(&["close-account", email]).await, "c’est déjà fait");
    refused(&run(&["reset-link", email]).await, "c’est déjà fait");
    refused(&run(&["close-account", "personne@exemple.fr"]).await, "aucun compte n’a cette adresse");
    IdentityProvider::log_in(&to_provider(&app.visitor()).await.is(200), email).await.is(422);
    browser.get("/dashboard").await.is(200);
    assert!(printed(&run(&["reopen-account", email]).await).contains("Compte rouvert"));
    signed_in(&app).await;

    assert!(printed(&run(&["reset-link", email]).await).contains("part à l’adresse"));
    assert_eq!(told(&app, "password_reset").await, 1);
    let link = printed(&run(&["reset-link", email, "--print"]).await);
    assert!(link.starts_with("http://127.0.0.1:8071/reset-password?link="), "{link}");
    assert_eq!(told(&app, "password_reset").await, 1, "shown, and not sent");
    refused(&run(&["make-operator", email]).await, "double authentification");
    refused(&run(&["forget-factors", email]).await, "n’a pas de double authentification");

    let lines = printed(&run(&["events", "--account", email, "--limit", "50"]).await);
    for what in ["compte fermé", "compte rouvert", "lien envoyé", "lien montré à l’équipe", "Connexion"]
    {
        assert!(lines.contains(what), "{what}: {lines}");
    }
}

/// A relying party is registered with a secret that is shown once, and signs people in with it.
#[tokio::test]
async fn an_operator_registers_relying_parties_at_the_command_line() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let run = async |arguments: &[&str]| {
        let arguments: Vec<&str> = ["connect"].iter().chain(arguments).copied().collect();
        iae_under(&app, Some(Role::Provider), &arguments, "").await
    };
    let create =
        |uri: &'static str| ["create-client", "partenaire", "--name", "Un partenaire", "--redirect-uri", uri];
    refused(&run(&create("http://partenaire.example/retour")).await, "https://");
    refused(&run(&create("https://*.partenaire.example/")).await, "étoile");
    let created = printed(&run(&create("https://partenaire.example/retour")).await);
    let secret = created.lines().last().unwrap().rsplit(' ').next().unwrap().to_owned();
    assert!(secret.len() >= 43, "{created}");
    refused(&run(&create("https://partenaire.example/retour")).await, "a déjà cet identifiant");

    let edit = [
        "edit-client",
        "partenaire",
        "--backchannel-logout-uri",
        "https://partenaire.example/fin",
        "--refresh-tokens",
        "true",
    ];
    assert!(printed(&run(&edit).await).contains("Service modifié"));
    assert!(
        printed(&run(&["edit-client", "partenaire", "--no-backchannel-logout"]).await)
            .contains("Service modifié")
    );
    refused(&run(&["edit-client", "personne", "--name", "x"]).await, "aucun service");
    let kept: (String, bool, Option<String>) = sqlx::query_as(
        "SELECT redirect_uris[1], refresh_tokens, backchannel_logout_uri FROM connect.clients WHERE id = 'partenaire'",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(kept, ("https://partenaire.example/retour".to_owned(), true, None));

    let rotated = printed(&run(&["rotate-client-secret", "partenaire"]).await);
    assert!(rotated.contains("Secret, montré cette fois seulement") && !rotated.contains(&secret));
    refused(&run(&["rotate-client-secret", "personne"]).await, "aucun service");
}
