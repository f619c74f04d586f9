//! What the binary says of settings no instance may start with: the program itself, with no database nor network.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::process::{Command, Output};

const SECRET: &str = "7c1e9b40d2f3a8655b0c94e7182fd6a3c4b9f01e6d7a83254ef6192bc8ad3b70";

/// A public instance with the faults an audit found: clear text, a three-letter secret, a key of zeros.
fn iae(command: &[&str], change: impl FnOnce(&mut Command)) -> Output {
    let mut iae = Command::new(env!("CARGO_BIN_EXE_iae"));
    iae.args(command).env_clear().envs([
        // Nobody listens there.
        ("DATABASE_URL", "postgres://iae@127.0.0.1:9/iae"),
        ("IAE_BASE_URL", "http://iae.exemple.fr"),
        ("IAE_COOKIE_KEY", &"0".repeat(128)),
        ("IAE_CONNECT_KEYS_SECRET", SECRET),
        ("IAE_SUPPORT_EMAIL", "equipe@exemple.fr"),
        ("IAE_PASS_PREFIX", "LOCAL"),
        ("IAE_MAIL_URL", "smtp://mail.exemple.fr"),
        ("IAE_MAIL_FROM", "Parcours IAE <ne-pas-repondre@exemple.fr>"),
        ("IAE_FILES_URL", "s3://parcours-iae"),
        ("IAE_OIDC_IC_ISSUER", "http://connect.exemple.fr"),
        ("IAE_OIDC_IC_CLIENT_ID", "parcours-iae"),
        ("IAE_OIDC_IC_CLIENT_SECRET", "abc"),
    ]);
    change(&mut iae);
    iae.output().unwrap()
}

fn named(output: &[u8]) -> Vec<String> {
    let text = String::from_utf8(output.to_vec()).unwrap();
    text.lines().filter_map(|line| line.split_once(" : ")).map(|(name, _)| name.to_owned()).collect()
}

const FAULTS: [&str; 5] =
    ["IAE_BASE_URL", "IAE_OIDC_IC_ISSUER", "IAE_COOKIE_KEY", "IAE_MAIL_URL", "IAE_OIDC_IC_CLIENT_SECRET"];

#[test]
fn an_instance_people_reach_does_not_start_at_risk() {
    for command in [&["serve"][..], &["worker"], &["connect"], &["connect", "rotate-keys", "--now"]] {
        let refused = iae(command, |_| {});
        assert!(!refused.status.success(), "{command:?} starts");
        assert_eq!(named(&refused.stderr), FAULTS, "{command:?}");
    }
}

#[test]
fn check_config_says_everything_at_once() {
    let refused = iae(&["check-config"], |iae| {
        iae.env("IAE_HTTP_PROT", "8070").env("IAE_HTTP_PORT", "huit mille").env_remove("IAE_FILES_URL");
    });
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stdout.clone()).unwrap();
    assert_eq!(named(&refused.stdout)[2..], FAULTS, "{said}");
    for sentence in
        ["IAE_HTTP_PROT n’existe pas", "IAE_HTTP_PORT n’est pas de la forme", "IAE_FILES_URL manque"]
    {
        assert!(said.contains(sentence), "{said}");
    }
    assert!(String::from_utf8(refused.stderr).unwrap().starts_with("8 réglages sont à revoir"));
}

#[test]
fn check_config_agrees_with_a_sound_instance_and_with_a_trial_on_this_machine() {
    let key = format!("{SECRET}{}", SECRET.chars().rev().collect::<String>());
    let sound = iae(&["check-config"], |iae| {
        iae.envs([
            ("IAE_BASE_URL", "https://iae.exemple.fr"),
            ("IAE_COOKIE_KEY", &key),
            ("IAE_MAIL_URL", "smtps://mail.exemple.fr"),
            ("IAE_OIDC_IC_ISSUER", "https://connect.exemple.fr"),
            ("IAE_OIDC_IC_CLIENT_SECRET", SECRET),
        ]);
    });
    assert!(sound.status.success(), "{}", String::from_utf8_lossy(&sound.stdout));
    let trial = iae(&["check-config"], |iae| {
        iae.envs([
            ("IAE_BASE_URL", "http://localhost:8070"),
            ("IAE_COOKIE_KEY", &key),
            ("IAE_MAIL_URL", "smtp://mail:1025"),
            ("IAE_OIDC_IC_ISSUER", "http://connect.localhost:8071"),
            ("IAE_OIDC_IC_CLIENT_SECRET", "trial-secret-of-at-least-32-characters"),
        ]);
    });
    assert!(trial.status.success(), "{}", String::from_utf8_lossy(&trial.stdout));
}
