//! An identity provider of another make, npm `oidc-provider`, in a process of its own.

use std::path::Path;
use std::process::Stdio;

use iae_tests::TestApp;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

const CLIENT: &str = "parcours-iae";
/// Where it sends people once signed out.
const LOGGED_OUT: &str = "https://parcours.test/logout/callback";
const SECRET: &str = "secret-of-the-platform-0123456789abcdef";

/// The provider: killed when dropped, and it stops by itself when nobody speaks to it any more.
pub struct Peer {
    _child: Child,
    commands: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Peer {
    /// The platform, and the provider on a port it chooses and prints.
    pub async fn start() -> (TestApp, Self) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        assert!(
            root.join("node_modules/oidc-provider").is_dir(),
            "the independent identity provider is not installed: run `npm ci --ignore-scripts` at the root"
        );
        let mut child = Command::new("node")
            .arg(root.join("tests/peers/oidc-provider.mjs"))
            .args([CLIENT, SECRET, "https://parcours.test/login/ic/callback", LOGGED_OUT])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("node runs");
        let commands = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let issuer = output.next_line().await.unwrap().expect("the provider prints its address");
        let app = TestApp::with_provider_at(issuer.parse().unwrap(), CLIENT, SECRET).await;
        (app, Self { _child: child, commands, output })
    }

    /// It signs with a new key, published before the former ones.
    pub async fn turn_keys(&mut self) {
        self.command("turn").await;
    }

    /// It signs with a new key that it does not publish.
    pub async fn sign_with_a_key_it_withholds(&mut self) {
        self.command("withhold").await;
    }

    /// How many times its keys were asked for.
    pub async fn keys_read(&mut self) -> u64 {
        self.command("requests").await["/jwks"].as_u64().unwrap_or_default()
    }

    async fn command(&mut self, command: &str) -> Value {
        self.commands.write_all(format!("{command}\n").as_bytes()).await.unwrap();
        let requests = self.output.next_line().await.unwrap().expect("the provider answers");
        serde_json::from_str(&requests).unwrap()
    }
}
