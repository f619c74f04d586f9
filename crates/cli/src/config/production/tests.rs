use std::collections::HashMap;

use super::*;

/// 64 and 32 bytes as chance gives them.
const KEY: &str = "7c1e9b40d2f3a8655b0c94e7182fd6a3c4b9f01e6d7a83254ef6192bc8ad3b70\
                   e1027f5d96bc4a38f4d8a1630b7e29c55fa2e84d1936c7b00d6e9fb3742a18c9";
const SECRET: &str = "7c1e9b40d2f3a8655b0c94e7182fd6a3c4b9f01e6d7a83254ef6192bc8ad3b70";

/// A sound instance.
fn sound() -> HashMap<String, String> {
    settings([
        ("DATABASE_URL", "postgres://iae:qm3vX8fT@base.exemple.fr/iae?sslmode=verify-full"),
        ("IAE_BASE_URL", "https://iae.exemple.fr"),
        ("IAE_COOKIE_KEY", KEY),
        ("IAE_CONNECT_KEYS_SECRET", SECRET),
        ("IAE_MAIL_URL", "smtps://compte:secret@mail.exemple.fr"),
        ("IAE_OIDC_IC_ISSUER", "https://connect.exemple.fr"),
        ("IAE_OIDC_IC_CLIENT_SECRET", SECRET),
        ("IAE_OIDC_FC_ISSUER", "https://fc.exemple.fr/api/v2"),
        ("IAE_OIDC_FC_CLIENT_SECRET", SECRET),
        ("IAE_FILES_URL", "s3://parcours-iae"),
        ("AWS_SECRET_ACCESS_KEY", "4cBq0zTn"),
    ])
}

fn settings<const N: usize>(pairs: [(&str, &str); N]) -> HashMap<String, String> {
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

fn found(settings: &HashMap<String, String>) -> Vec<(String, Why)> {
    let faults = faults(|name| settings.get(name).cloned());
    faults.into_iter().map(|fault| (fault.setting, fault.why)).collect()
}

#[test]
fn each_setting_is_refused_for_its_own_reason() {
    assert_eq!(found(&sound()), []);
    let sequence = hex::encode((0..32u8).collect::<Vec<_>>());
    let cases: &[(&str, &str, Option<Why>)] = &[
        ("IAE_BASE_URL", "http://iae.exemple.fr", Some(Why::ClearPages)),
        ("IAE_BASE_URL", "http://192.168.1.10:8070", Some(Why::ClearPages)),
        ("IAE_BASE_URL", "http://iae.exemple.fr.localhost.fr", Some(Why::ClearPages)),
        ("IAE_BASE_URL", "http://127.0.0.1:8070", None),
        ("IAE_BASE_URL", "http://[::1]:8070", None),
        ("IAE_BASE_URL", "http://localhost:8070", None),
        ("IAE_OIDC_IC_ISSUER", "http://connect.exemple.fr", Some(Why::ClearPages)),
        ("IAE_OIDC_IC_ISSUER", "http://connect.localhost:8071", None),
        ("IAE_OIDC_FC_ISSUER", "http://fc.exemple.fr", Some(Why::ClearPages)),
        ("IAE_OIDC_IC_CLIENT_SECRET", "abc", Some(Why::ShortSecret)),
        ("IAE_OIDC_IC_CLIENT_SECRET", &SECRET[..31], Some(Why::ShortSecret)),
        ("IAE_OIDC_IC_CLIENT_SECRET", &SECRET[..32], None),
        ("IAE_OIDC_IC_CLIENT_SECRET", &"a".repeat(40), Some(Why::Guessable)),
        ("IAE_OIDC_IC_CLIENT_SECRET", "trial-secret-of-at-least-32-characters", Some(Why::PublicSecret)),
        ("IAE_OIDC_FC_CLIENT_SECRET", "abc", Some(Why::ShortSecret)),
        ("DATABASE_URL", "postgres://iae:trial@127.0.0.1/iae", Some(Why::PublicSecret)),
        ("AWS_SECRET_ACCESS_KEY", "trial-secret", Some(Why::PublicSecret)),
        ("IAE_COOKIE_KEY", &"0".repeat(128), Some(Why::Guessable)),
        ("IAE_COOKIE_KEY", &SECRET.repeat(2), Some(Why::Guessable)),
        ("IAE_CONNECT_KEYS_SECRET", &"0".repeat(64), Some(Why::Guessable)),
        ("IAE_CONNECT_KEYS_SECRET", &sequence, Some(Why::Guessable)),
        ("IAE_CONNECT_KEYS_SECRET", &hex::encode("une phrase choisie sans le hasard"), Some(Why::Guessable)),
        ("IAE_CONNECT_KEYS_SECRET", &hex::encode(DEMO_KEYS_SECRET), Some(Why::PublicSecret)),
        ("IAE_MAIL_URL", "smtp://mail.exemple.fr", Some(Why::ClearMails)),
        ("IAE_MAIL_URL", "smtp://mail.exemple.fr?tls=opportunistic", Some(Why::ClearMails)),
        ("IAE_MAIL_URL", "smtp://203.0.113.7:25", Some(Why::ClearMails)),
        ("IAE_MAIL_URL", "smtp://mail.exemple.fr?tls=required", None),
        ("IAE_MAIL_URL", "smtp://10.0.0.5:25", None),
        ("IAE_MAIL_URL", "smtp://[fd00::5]:25", None),
        ("IAE_MAIL_URL", "smtp://[2001:db8::5]:25", Some(Why::ClearMails)),
        ("IAE_MAIL_URL", "smtp://mail:1025", None),
        ("IAE_MAIL_URL", "smtp://127.0.0.1:1025", None),
        ("IAE_MAIL_URL", "file:///var/mail", None),
    ];
    for (name, value, why) in cases {
        let mut settings = sound();
        settings.insert((*name).to_owned(), (*value).to_owned());
        let expected: Vec<_> = why.iter().map(|why| ((*name).to_owned(), *why)).collect();
        assert_eq!(found(&settings), expected, "{name}={value}");
    }
}

/// V12.3 of ASVS: what goes between machines is sealed, unless the operator says that the network is theirs alone.
#[test]
fn nothing_goes_in_clear_beyond_this_machine_but_on_a_network_said_to_be_private() {
    const ALWAYS: Option<bool> = None;
    const WHEN_TRUSTED: Option<bool> = Some(true);
    const NEVER: Option<bool> = Some(false);
    let cases = [
        ("DATABASE_URL", "postgres://iae@base.exemple.fr/iae?sslmode=verify-full", ALWAYS),
        ("DATABASE_URL", "postgres://iae@10.0.0.5/iae?sslmode=verify-full", ALWAYS),
        ("DATABASE_URL", "postgres://iae@127.0.0.1:5432/iae", ALWAYS),
        ("DATABASE_URL", "postgres://iae@[::1]:5432/iae", ALWAYS),
        ("DATABASE_URL", "postgres:///iae?host=/var/run/postgresql&user=iae", ALWAYS),
        ("DATABASE_URL", "postgres://iae@%2Fvar%2Frun%2Fpostgresql/iae", ALWAYS),
        ("DATABASE_URL", "postgres://iae@pgbouncer:6432/iae", WHEN_TRUSTED),
        ("DATABASE_URL", "postgres://iae@10.0.0.5/iae?sslmode=require", WHEN_TRUSTED),
        ("DATABASE_URL", "postgres://iae@base.internal/iae?sslmode=verify-ca", WHEN_TRUSTED),
        ("DATABASE_URL", "postgres:///iae?host=base.exemple.fr", NEVER),
        ("DATABASE_URL", "postgres://iae@base.exemple.fr/iae", NEVER),
        ("DATABASE_URL", "postgres://iae@base.exemple.fr/iae?sslmode=require", NEVER),
        ("DATABASE_URL", "postgres://iae@203.0.113.7/iae?sslmode=verify-ca", NEVER),
        ("AWS_ENDPOINT", "https://magasin.exemple.fr", ALWAYS),
        ("AWS_ENDPOINT", "http://127.0.0.1:9000", ALWAYS),
        ("AWS_ENDPOINT", "http://files:9000", WHEN_TRUSTED),
        ("AWS_ENDPOINT_URL_S3", "http://192.168.1.20:9000", WHEN_TRUSTED),
        ("AWS_ENDPOINT_URL", "http://magasin.exemple.fr", NEVER),
        ("AWS_ENDPOINT", "", NEVER),
        ("IAE_ANTIVIRUS_URL", "unix:///run/clamav/clamd.ctl", ALWAYS),
        ("IAE_ANTIVIRUS_URL", "tcp://127.0.0.1:3310", ALWAYS),
        ("IAE_ANTIVIRUS_URL", "tcp://clamd:3310", WHEN_TRUSTED),
        ("IAE_ANTIVIRUS_URL", "tcp://203.0.113.7:3310", NEVER),
        ("IAE_SIRENE_URL", "https://api.insee.fr/api-sirene/3.11", ALWAYS),
        ("IAE_SIRENE_URL", "http://127.0.0.1:8090", ALWAYS),
        ("IAE_SIRENE_URL", "http://sirene:8090", WHEN_TRUSTED),
        ("IAE_SIRENE_URL", "http://api.insee.fr/api-sirene/3.11", NEVER),
    ];
    for (name, value, allowed) in cases {
        for trusted in [false, true] {
            let mut settings = sound();
            let is_store = name.starts_with("AWS_");
            if is_store {
                settings.insert("AWS_ALLOW_HTTP".to_owned(), "true".to_owned());
            }
            settings.insert("IAE_TRUSTED_NETWORK".to_owned(), trusted.to_string());
            settings.insert(name.to_owned(), value.to_owned());
            settings.retain(|_, value| !value.is_empty());
            let is_allowed = allowed.is_none_or(|when_trusted| when_trusted && trusted);
            let why = match name {
                "DATABASE_URL" => (name, Why::ClearDatabase),
                "IAE_ANTIVIRUS_URL" => (name, Why::ClearAntivirus),
                "IAE_SIRENE_URL" => (name, Why::ClearDirectory),
                _ => ("AWS_ALLOW_HTTP", Why::ClearStore),
            };
            let expected: &[(&str, Why)] = if is_allowed { &[] } else { &[why] };
            let found = found(&settings);
            let found: Vec<(&str, Why)> = found.iter().map(|(name, why)| (name.as_str(), *why)).collect();
            assert_eq!(found, expected, "{name}={value}, trusted: {trusted}");
        }
    }
    let mut settings = sound();
    settings.insert("AWS_ENDPOINT".to_owned(), "http://magasin.exemple.fr".to_owned());
    settings.insert("AWS_ALLOW_HTTP".to_owned(), "false".to_owned());
    assert_eq!(found(&settings), [], "the store refuses by itself");
}

/// The values `docker-compose.yml` gives all services.
fn of_compose() -> HashMap<String, String> {
    let compose = include_str!("../../../../../docker-compose.yml");
    let shared = compose.lines().take_while(|line| !line.starts_with("services:"));
    let pairs = shared.filter_map(|line| line.trim().split_once(": "));
    pairs.map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned())).collect()
}

#[test]
fn a_trial_on_this_machine_starts_and_its_secrets_go_no_further() {
    let mut compose = of_compose();
    assert_eq!(found(&compose), [], "{compose:?}");
    let public = |why| move |name: &str| (name.to_owned(), why);
    compose.insert("IAE_BASE_URL".to_owned(), "https://iae.exemple.fr".to_owned());
    let secrets = ["DATABASE_URL", "AWS_SECRET_ACCESS_KEY", "IAE_OIDC_IC_CLIENT_SECRET"];
    assert_eq!(found(&compose), secrets.map(public(Why::PublicSecret)));
}

/// Those secrets are everyone's: what is published is published on this machine alone.
#[test]
fn a_trial_is_reached_from_this_machine_alone() {
    let compose = include_str!("../../../../../docker-compose.yml");
    let published: Vec<&str> =
        compose.lines().filter_map(|line| line.trim().strip_prefix("ports: ")).collect();
    assert_eq!(published.len(), 3, "{published:?}");
    for ports in published {
        assert!(ports.starts_with("[\"127.0.0.1:") && !ports.contains(','), "{ports}");
    }
}

#[test]
fn nobody_reads_the_value_in_the_refusal() {
    let mut settings = sound();
    settings.insert("IAE_OIDC_IC_CLIENT_SECRET".to_owned(), "abc-un-secret".to_owned());
    let fault = &faults(|name| settings.get(name).cloned())[0];
    assert_eq!(
        fault.to_string(),
        "IAE_OIDC_IC_CLIENT_SECRET : le secret a moins de 32 caractères. Faites-en un autre : openssl rand -hex 32."
    );
}

#[test]
fn what_is_missing_is_said_elsewhere() {
    assert_eq!(found(&HashMap::new()), []);
}
