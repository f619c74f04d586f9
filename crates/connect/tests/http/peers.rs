//! A certified relying party of another make.

use std::path::Path;
use std::process::Stdio;

use iae_connect::Clock;
use iae_test_database::migrated;
use serde_json::{Value, json};
use tokio::process::Command;

use crate::support::{CLIENT, EMAIL, PASSWORD, Provider};

/// Needs `npm ci`; says so and stops where it was not run.
#[tokio::test]
async fn a_certified_relying_party_signs_someone_in_and_out() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if !root.join("node_modules/openid-client").is_dir() {
        eprintln!("skipped: openid-client is not installed, run `npm ci --ignore-scripts`");
        return;
    }
    let provider = Provider::start_at(db, "/auth", Clock::System, |_| {}).await;
    let output = Command::new("node")
        .arg(root.join("crates/connect/tests/peers/openid-client.mjs"))
        .args([&*provider.issuer, CLIENT.id, CLIENT.secret])
        .args([CLIENT.redirect_uri, CLIENT.post_logout_redirect_uri, EMAIL, PASSWORD])
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    let learnt: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = json!({
        "sub": provider.camille.to_string(),
        "email": EMAIL,
        "loggedOutTo": format!("{}?state=bye", CLIENT.post_logout_redirect_uri),
    });
    assert_eq!(learnt, expected);
}
