//! Where what is sent goes, from the name or the address of a machine.

use std::net::IpAddr;

use url::Url;

/// Names that only a private network gives.
const PRIVATE_NAMES: &[&str] = &[".localhost", ".local", ".internal", ".lan", ".home.arpa"];

/// The machine of an address.
pub(super) fn host(url: &Url) -> String {
    plain(url.host_str().unwrap_or_default())
}

/// A name as it is compared.
pub(super) fn plain(host: &str) -> String {
    host.trim_end_matches('.').to_lowercase()
}

/// Whether nobody but this machine finds what answers there.
pub(super) fn is_this_machine(host: &str) -> bool {
    match ip(host) {
        Some(ip) => ip.is_loopback(),
        None => matches!(host, "" | "localhost") || host.ends_with(".localhost"),
    }
}

/// Whether what goes there stays on this machine or on a network of the operator's own.
pub(super) fn is_private(host: &str) -> bool {
    match ip(host) {
        Some(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Some(IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
        // A name in one word exists on the network that gave it only.
        None => !host.contains('.') || PRIVATE_NAMES.iter().any(|end| host.ends_with(end)),
    }
}

/// The address itself when the host is one: of the schemes that are not the web's, `Url` does not say.
fn ip(host: &str) -> Option<IpAddr> {
    host.trim_matches(['[', ']']).parse::<IpAddr>().ok().map(|ip| ip.to_canonical())
}
