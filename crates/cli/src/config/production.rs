//! What an instance people reach must not start with. A demonstration and a trial on this machine stay free of it.
//!
//! Keys and secrets that can be guessed are refused everywhere: a good one costs a command. What only harms when others
//! can listen or read the project (clear text, the secrets of `docker-compose.yml`) is refused as soon as the platform
//! or a provider of its own answers to more than this machine.

mod clear;
mod hosts;

use std::collections::BTreeSet;
use std::fmt;

use iae_domain::accounts::Provider;
use url::Url;

use super::connect::DEMO_KEYS_SECRET;
use hosts::{host, is_private, is_this_machine};

/// The least a secret shared with a provider may have, in characters.
const SECRET_LENGTH: usize = 32;

/// The least it may have of different ones: 32 hexadecimal digits drawn by chance have fewer once in 20 million times.
const SECRET_VARIETY: usize = 8;

/// The secrets `docker-compose.yml` gives a trial: everyone can read them.
const TRIAL_SECRETS: &[&str] = &["trial", "trial-secret", "trial-secret-of-at-least-32-characters"];

/// A setting no instance may start with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its variable.
    pub setting: String,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Pages or logins without TLS, for other machines.
    ClearPages,
    /// Mails without TLS, for a server beyond the private network.
    ClearMails,
    /// A database reached in clear, or without making sure that it is ours.
    ClearDatabase,
    /// Files in clear on their way to the store, or to one that is not made sure of.
    ClearStore,
    /// Files in clear on their way to the antivirus.
    ClearAntivirus,
    /// The key of the directory of establishments, in clear.
    ClearDirectory,
    /// A secret of the project itself.
    PublicSecret,
    /// Too short a secret.
    ShortSecret,
    /// A key or a secret that can be guessed.
    Guessable,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.why {
            Why::ClearPages => {
                "l’adresse est en http hors de cette machine : mots de passe et sessions passeraient en clair. \
                 Mettez une adresse en https"
            }
            Why::ClearMails => {
                "les mails partiraient en clair vers un serveur public. Mettez smtps://…, ou smtp://…?tls=required"
            }
            Why::ClearDatabase => {
                "la base serait jointe en clair, ou sans vérifier que c’est la vôtre. Ajoutez ?sslmode=verify-full ; \
                 si elle est sur un réseau privé qui n’est qu’à vous, dites-le : IAE_TRUSTED_NETWORK=true"
            }
            Why::ClearStore => {
                "les fichiers iraient au magasin en clair, ou sans vérifier que c’est le vôtre. Enlevez ce réglage et \
                 mettez une adresse en https ; si le magasin est sur un réseau privé qui n’est qu’à vous, dites-le : \
                 IAE_TRUSTED_NETWORK=true"
            }
            Why::ClearAntivirus => {
                "les fichiers iraient en clair à l’antivirus. Mettez-le sur cette machine ; s’il est sur un réseau privé \
                 qui n’est qu’à vous, dites-le : IAE_TRUSTED_NETWORK=true"
            }
            Why::ClearDirectory => "la clé de l’API Sirene passerait en clair. Mettez une adresse en https",
            Why::PublicSecret => {
                "c’est un secret d’essai, que tout le monde peut lire dans le projet. Faites le vôtre : \
                 openssl rand -hex 32"
            }
            Why::ShortSecret => {
                "le secret a moins de 32 caractères. Faites-en un autre : openssl rand -hex 32"
            }
            Why::Guessable => {
                "la valeur se devine : elle n’a pas été tirée au hasard. Faites-en une autre comme le dit .env.sample"
            }
        };
        write!(f, "{} : {why}.", self.setting)
    }
}

/// Everything these settings must not be. `setting` gives the value of a variable. What is missing
/// or cannot be read is none of its business.
pub fn faults(setting: impl Fn(&str) -> Option<String>) -> Vec<Fault> {
    let address = |name: &str| setting(name).and_then(|text| text.parse::<Url>().ok());
    let issuers = Provider::ALL.iter().map(|provider| format!("IAE_OIDC_{}_ISSUER", provider.code()));
    let issuers: Vec<String> = issuers.filter(|name| setting(name).is_some()).collect();
    let pages: Vec<&str> =
        std::iter::once("IAE_BASE_URL").chain(issuers.iter().map(String::as_str)).collect();
    let own = ["IAE_BASE_URL", "IAE_OIDC_IC_ISSUER"];
    let is_reached = own.into_iter().filter_map(address).any(|url| !is_this_machine(&host(&url)));

    let mut faults = Vec::new();
    let mut fault = |setting: &str, why| faults.push(Fault { setting: setting.to_owned(), why });
    let password = address("DATABASE_URL").and_then(|url| url.password().map(str::to_owned));
    if is_reached && password.is_some_and(|password| is_of_a_trial(&password)) {
        fault("DATABASE_URL", Why::PublicSecret);
    }
    for name in pages {
        if address(name).is_some_and(|url| url.scheme() == "http" && !is_this_machine(&host(&url))) {
            fault(name, Why::ClearPages);
        }
    }
    for name in ["IAE_COOKIE_KEY", "IAE_CONNECT_KEYS_SECRET"] {
        let key = setting(name).and_then(|digits| hex::decode(digits).ok()).unwrap_or_default();
        if key == DEMO_KEYS_SECRET {
            fault(name, Why::PublicSecret);
        } else if is_guessable(&key) {
            fault(name, Why::Guessable);
        }
    }
    if address("IAE_MAIL_URL").is_some_and(|url| is_clear(&url) && !is_private(&host(&url))) {
        fault("IAE_MAIL_URL", Why::ClearMails);
    }
    for (name, why) in clear::faults(&setting) {
        fault(name, why);
    }
    if is_reached && setting("AWS_SECRET_ACCESS_KEY").is_some_and(|secret| is_of_a_trial(&secret)) {
        fault("AWS_SECRET_ACCESS_KEY", Why::PublicSecret);
    }
    for name in issuers.iter().map(|name| name.replace("_ISSUER", "_CLIENT_SECRET")) {
        let Some(secret) = setting(&name) else { continue };
        if is_reached && is_of_a_trial(&secret) {
            fault(&name, Why::PublicSecret);
        } else if secret.chars().count() < SECRET_LENGTH {
            fault(&name, Why::ShortSecret);
        } else if secret.chars().collect::<BTreeSet<_>>().len() < SECRET_VARIETY {
            fault(&name, Why::Guessable);
        }
    }
    faults
}

/// Whether bytes were not drawn by chance: few different ones, a regular progression, or a text.
fn is_guessable(key: &[u8]) -> bool {
    let steps: BTreeSet<u8> = key.windows(2).map(|pair| pair[1].wrapping_sub(pair[0])).collect();
    let bytes: BTreeSet<&u8> = key.iter().collect();
    let is_text = || key.iter().all(|byte| (b' '..=b'~').contains(byte));
    !key.is_empty() && (bytes.len() * 2 <= key.len() || steps.len() * 2 <= key.len() || is_text())
}

fn is_of_a_trial(secret: &str) -> bool {
    TRIAL_SECRETS.contains(&secret)
}

/// Whether mails leave without TLS, or with it only as long as nobody objects.
fn is_clear(url: &Url) -> bool {
    url.scheme() == "smtp" && !url.query_pairs().any(|(name, value)| name == "tls" && value == "required")
}

#[cfg(test)]
#[path = "production/tests.rs"]
mod tests;
