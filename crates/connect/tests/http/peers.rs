//! Relying parties of other makes, over real HTTP: `openid-client` (npm, certified) and Authlib (PyPI). `docs/openid-conformance.md` says
//! what each checks.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use iae_connect::Clock;
use iae_test_database::{Database, migrated};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::support::{CLIENT, EMAIL, PASSWORD, Provider};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A provider at the hour of the machine, under `/auth`, whose relying party gets refresh tokens and is told of logouts at this port.
async fn provider(port: u16) -> (Provider, Database) {
    let (db, database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start_at(db, "/auth", Clock::System, |_| {}).await;
    provider
        .register(CLIENT, |client| {
            client.refresh_tokens = true;
            client.backchannel_logout_uri = Some(format!("http://127.0.0.1:{port}/logout"));
        })
        .await;
    (provider, database)
}

/// What a script printed.
async fn learnt(mut command: Command) -> Value {
    let output = command.stdin(Stdio::null()).output().await.unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Needs `npm ci`; says so and stops where it was not run.
#[tokio::test]
async fn a_certified_relying_party_does_all_that_one_may_do() {
    if !root().join("node_modules/openid-client").is_dir() {
        eprintln!("skipped: openid-client is not installed, run `npm ci --ignore-scripts`");
        return;
    }
    let port = free_port();
    let (provider, _database) = provider(port).await;
    let given = json!({
        "issuer": provider.issuer,
        "id": CLIENT.id,
        "secret": CLIENT.secret,
        "redirectUri": CLIENT.redirect_uri,
        "postLogoutRedirectUri": CLIENT.post_logout_redirect_uri,
        "email": EMAIL,
        "password": PASSWORD,
        "port": port,
    });
    let mut command = Command::new("node");
    command.arg(root().join("crates/connect/tests/peers/openid-client.mjs")).arg(given.to_string());
    let expected = json!({
        "discoveryKept": "public, max-age=300",
        "jwksKept": "public, max-age=300",
        "sub": provider.camille.to_string(),
        "email": EMAIL,
        "acr": "eidas1",
        "replayedCode": "invalid_grant",
        "afterReplay": 401,
        "secretInTheForm": true,
        "wrongVerifier": "invalid_grant",
        "wrongSecret": [401, "invalid_client"],
        "silentStranger": "login_required",
        "sameAuthTime": true,
        "promptLogin": true,
        "tooOld": "login_required",
        "inspected": [true, CLIENT.id, true, "openid profile email"],
        "rotated": true,
        "refreshed": 200,
        "reused": "invalid_grant",
        "familyEnds": [false, false],
        "afterReuse": "invalid_grant",
        "revoked": [false, "invalid_grant"],
        "silentWithoutFactor": "interaction_required",
        "keysDiffer": true,
        "strongAcr": "eidas2",
        "strongAmr": ["pwd", "otp", "mfa"],
        "loggedOutTo": format!("{}?state=bye", CLIENT.post_logout_redirect_uri),
        "afterLogout": 401,
        "silentAfterLogout": "login_required",
        "logoutToken": {
            "signed": true,
            "typ": "logout+jwt",
            "forUs": true,
            "fresh": true,
            "event": ["http://schemas.openid.net/event/backchannel-logout"],
            "plain": true,
        },
    });
    assert_eq!(learnt(command).await, expected);
}

#[tokio::test]
async fn a_relying_party_of_another_language_does_as_much() {
    let libraries = root().join("target/tools/peers");
    assert!(libraries.join("authlib").is_dir(), "scripts/install peers, which make test does, was not run");
    let (provider, _database) = provider(free_port()).await;
    let given = json!({
        "issuer": provider.issuer,
        "id": CLIENT.id,
        "secret": CLIENT.secret,
        "redirect_uri": CLIENT.redirect_uri,
        "post_logout_redirect_uri": CLIENT.post_logout_redirect_uri,
        "email": EMAIL,
        "password": PASSWORD,
    });
    let mut command = Command::new("python3");
    command.env("PYTHONPATH", libraries).env("PYTHONDONTWRITEBYTECODE", "1");
    command.arg(root().join("crates/connect/tests/peers/authlib_client.py")).arg(given.to_string());
    let expected = json!({
        "issuer": true,
        "iss": true,
        "sub": provider.camille.to_string(),
        "same_sub": true,
        "email": EMAIL,
        "inspected": [true, CLIENT.id],
        "rotated": true,
        "reused": "invalid_grant",
        "family_ends": true,
        "revoked": 401,
        "logged_out_to": format!("{}?state=bye", CLIENT.post_logout_redirect_uri),
        "silent_after_logout": "login_required",
    });
    assert_eq!(learnt(command).await, expected);
}
