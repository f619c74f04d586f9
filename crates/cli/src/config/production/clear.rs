//! What may go in clear between our own machines: nothing, but on this one, and on a private network the operator says is
//! theirs alone (`IAE_TRUSTED_NETWORK`).

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use url::Url;

use super::Why;
use super::hosts::{host, is_private, is_this_machine, plain};

/// Where `object_store` looks for the address of the store.
const ENDPOINTS: [&str; 3] = ["AWS_ENDPOINT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"];

/// What it reads as no.
const NO: [&str; 5] = ["0", "false", "off", "no", "n"];

/// The settings by which something would.
pub(super) fn faults(setting: impl Fn(&str) -> Option<String>) -> Vec<(&'static str, Why)> {
    let trusted = setting("IAE_TRUSTED_NETWORK").as_deref() == Some("true");
    let may_be_clear = |host: &str| is_this_machine(host) || (trusted && is_private(host));
    let mut faults = Vec::new();
    let database = setting("DATABASE_URL").and_then(|url| url.parse::<PgConnectOptions>().ok());
    if database.is_some_and(|database| !is_verified(&database) && !may_be_clear(&machine(&database))) {
        faults.push(("DATABASE_URL", Why::ClearDatabase));
    }
    let is_bucket = setting("IAE_FILES_URL").is_some_and(|url| url.starts_with("s3:"));
    let says = |name: &str| setting(name).is_some_and(|value| !NO.contains(&value.to_lowercase().as_str()));
    let stores = || ENDPOINTS.into_iter().filter_map(&setting).map(|url| url.parse::<Url>());
    let is_sure = |url: &Url| url.scheme() == "https" || may_be_clear(&host(url));
    let are_sure = || stores().all(|url| url.is_ok_and(|url| is_sure(&url))) && stores().next().is_some();
    if is_bucket && says("AWS_ALLOW_HTTP") && !are_sure() {
        faults.push(("AWS_ALLOW_HTTP", Why::ClearStore));
    }
    let antivirus = setting("IAE_ANTIVIRUS_URL").and_then(|url| url.parse::<Url>().ok());
    if antivirus.is_some_and(|url| url.scheme() == "tcp" && !may_be_clear(&host(&url))) {
        faults.push(("IAE_ANTIVIRUS_URL", Why::ClearAntivirus));
    }
    let directory = setting("IAE_SIRENE_URL").and_then(|url| url.parse::<Url>().ok());
    if directory.is_some_and(|url| !is_sure(&url)) {
        faults.push(("IAE_SIRENE_URL", Why::ClearDirectory));
    }
    faults
}

/// Whether it is reached over TLS, and shows a certificate in its name.
fn is_verified(database: &PgConnectOptions) -> bool {
    matches!(database.get_ssl_mode(), PgSslMode::VerifyFull)
}

/// The machine of a database; a socket is on this one.
fn machine(database: &PgConnectOptions) -> String {
    let host = database.get_host();
    let by_socket = database.get_socket().is_some() || host.starts_with('/');
    if by_socket { String::new() } else { plain(host) }
}
