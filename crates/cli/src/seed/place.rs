//! Addresses of organisations.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::names::STREETS;
use super::random::Random;
use super::store::Commune;
use super::tables::Tables;

/// What an organisation's row holds beside its address.
#[derive(Debug)]
pub struct Identity<'a> {
    /// Id.
    pub id: Uuid,
    /// Family.
    pub family: &'a str,
    /// Kind.
    pub kind: &'a str,
    /// SIRET.
    pub siret: Option<&'a str>,
    /// Name.
    pub name: &'a str,
    /// What a company calls itself.
    pub brand: &'a str,
    /// What it says of itself.
    pub description: &'a str,
    /// Since when it is known.
    pub created_at: DateTime<Utc>,
}

/// The commune of that code, else the biggest one.
pub fn commune<'a>(communes: &'a [Commune], insee_code: &str) -> Option<&'a Commune> {
    communes.iter().find(|commune| commune.insee_code == insee_code).or_else(|| communes.first())
}

/// A street and a number.
pub fn street(rng: &mut Random) -> String {
    format!("{} {}", 1 + rng.below(140), rng.pick(STREETS))
}

/// The part of an address that names an organisation: letters, digits and hyphens.
pub fn slug(name: &str) -> String {
    iae_domain::text::folded(name).replace(' ', "-")
}

/// Writes the row of an organisation somewhere in a commune.
pub fn write(rng: &mut Random, identity: &Identity<'_>, commune: &Commune, tables: &mut Tables) {
    let scattered = |rng: &mut Random, degree: f64| {
        let offset = f64::from(rng.below(200)) / 10_000.0 - 0.01;
        ((degree + offset) * 10_000.0).round() / 10_000.0
    };
    let (latitude, longitude) = (scattered(rng, commune.latitude), scattered(rng, commune.longitude));
    let host = slug(identity.name);
    tables.organisations.push(&[
        &identity.id,
        &identity.family,
        &identity.kind,
        &identity.siret,
        &identity.name,
        &identity.brand,
        &Some(format!("03{:08}", 87_000_000 + rng.below(999_999))),
        &Some(format!("contact@{host}.example")),
        &rng.chance(600).then(|| format!("https://{host}.example")),
        &identity.description,
        &street(rng),
        &Some(commune.post_code.as_str()),
        &commune.name,
        &Some(commune.department_code.as_str()),
        &Some(latitude),
        &Some(longitude),
        &identity.created_at,
        &identity.created_at,
    ]);
}
