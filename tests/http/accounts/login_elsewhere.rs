//! The platform is an ordinary relying party: it signs people in at a provider of another make, npm `oidc-provider`.

use std::path::Path;
use std::process::Stdio;

use iae_tests::{Persona, TestApp};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use url::Url;

const CLIENT: &str = "parcours-iae";
const SECRET: &str = "secret-of-the-platform-0123456789abcdef";

/// The provider: killed when dropped, and it stops by itself when nobody reads what it prints.
struct Peer {
    _child: Child,
    _output: Lines<BufReader<ChildStdout>>,
}

/// The provider, on a port it chooses and prints.
async fn start() -> (Peer, Url) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    assert!(
        root.join("node_modules/oidc-provider").is_dir(),
        "the independent identity provider is not installed: run `npm ci --ignore-scripts` at the root"
    );
    let mut child = Command::new("node")
        .arg(root.join("tests/peers/oidc-provider.mjs"))
        .args([CLIENT, SECRET, "https://parcours.test/login/ic/callback", "https://parcours.test/"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("node runs");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let issuer = lines.next_line().await.unwrap().expect("the provider prints its address");
    (Peer { _child: child, _output: lines }, issuer.parse().unwrap())
}

#[tokio::test]
async fn people_sign_in_and_out_at_a_provider_of_another_make() {
    let (_provider, issuer) = start().await;
    let app = TestApp::with_provider_at(issuer, CLIENT, SECRET).await;
    let browser = app.visitor();

    let login =
        browser.get("/login?return_to=/dashboard").await.click("Se connecter avec Inclusion Connect").await;
    let page = login.is(303).follow().await.is(200);
    let page =
        page.form("form").fill("login", Persona::Prescriber.email()).fill("password", "any").submit().await;
    let page = page.follow().await.is(200);
    let consent = page.form("form");
    let page = consent.submit().await.follow().await.is(200);

    assert_eq!(page.url.as_str(), "https://parcours.test/dashboard");
    assert!(page.says("Paul HOFFMANN"), "{page:?}");

    let out = browser.get("/logout").await.form("main form").submit().await.is(303).follow().await.is(200);
    let back = out.form("form").press("yes").submit().await.follow().await.is(200);
    assert_eq!(back.url.as_str(), "https://parcours.test/");
    browser.get("/dashboard").await.is(303);
}
