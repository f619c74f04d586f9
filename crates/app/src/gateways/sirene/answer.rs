//! What SIRENE answers of one establishment, read.

use iae_domain::organisations::{Establishment, NotListed, OrganisationName, Siret};
use serde::Deserialize;

/// What stands in place of what is not published.
const NOT_PUBLISHED: &str = "[ND]";

/// The state of an establishment that is open.
const OPEN: &str = "A";

/// The state of an establishment that is closed.
const CLOSED: &str = "F";

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "etablissement")]
    establishment: Listed,
}

#[derive(Deserialize)]
struct Listed {
    siret: String,
    #[serde(rename = "uniteLegale")]
    legal_unit: LegalUnit,
    #[serde(rename = "adresseEtablissement")]
    address: Address,
    #[serde(default, rename = "periodesEtablissement")]
    periods: Vec<State>,
}

#[derive(Deserialize)]
struct LegalUnit {
    #[serde(rename = "denominationUniteLegale")]
    denomination: Option<String>,
    #[serde(rename = "nomUniteLegale")]
    family_name: Option<String>,
    #[serde(rename = "nomUsageUniteLegale")]
    used_name: Option<String>,
    #[serde(rename = "prenomUsuelUniteLegale")]
    given_name: Option<String>,
}

#[derive(Deserialize)]
struct Address {
    #[serde(rename = "complementAdresseEtablissement")]
    complement: Option<String>,
    #[serde(rename = "numeroVoieEtablissement")]
    number: Option<String>,
    #[serde(rename = "indiceRepetitionEtablissement")]
    repetition: Option<String>,
    #[serde(rename = "typeVoieEtablissement")]
    way_kind: Option<String>,
    #[serde(rename = "libelleVoieEtablissement")]
    way: Option<String>,
    #[serde(rename = "codePostalEtablissement")]
    post_code: Option<String>,
    #[serde(rename = "libelleCommuneEtablissement")]
    commune: Option<String>,
    #[serde(rename = "codeCommuneEtablissement")]
    commune_code: Option<String>,
}

#[derive(Deserialize)]
struct State {
    #[serde(rename = "dateFin")]
    end: Option<String>,
    #[serde(rename = "etatAdministratifEtablissement")]
    state: Option<String>,
}

/// The establishment, when it is open, published, and the one that was asked for.
pub(super) fn read(siret: &Siret, body: &[u8]) -> Result<Establishment, NotListed> {
    let Answer { establishment } = serde_json::from_slice(body).map_err(|_| NotListed::Unreadable)?;
    let Listed { siret: answered, legal_unit, address, periods } = establishment;
    if answered != siret.as_str() {
        return Err(NotListed::Unreadable);
    }
    let now = periods.iter().find(|state| state.end.is_none());
    match now.and_then(|state| state.state.as_deref()) {
        Some(OPEN) => {}
        Some(CLOSED) => return Err(NotListed::Closed),
        Some(_) | None => return Err(NotListed::Unreadable),
    }
    let name = published(&legal_unit.name())?;
    let line_1 = published(&address.line_1())?;
    let line_2 = published(&text(address.complement.as_deref()))?;
    let post_code = published(&text(address.post_code.as_deref()))?;
    let city = published(&text(address.commune.as_deref()))?;
    let is_post_code = post_code.len() == 5 && post_code.bytes().all(|b| b.is_ascii_digit());
    if !is_post_code || city.is_empty() {
        return Err(NotListed::Unreadable);
    }
    Ok(Establishment {
        siret: siret.clone(),
        name: OrganisationName::parse(&name).map_err(|_| NotListed::Unreadable)?,
        line_1,
        line_2,
        post_code,
        city,
        commune_code: address.commune_code,
    })
}

impl LegalUnit {
    /// Of a company or a public body; or of a person who works on their own.
    fn name(&self) -> String {
        let person = [self.given_name.as_deref(), self.used_name.as_deref().or(self.family_name.as_deref())];
        let named = self.denomination.as_deref().map(str::trim).filter(|name| !name.is_empty());
        named.map_or_else(|| joined(&person), ToOwned::to_owned)
    }
}

impl Address {
    /// « 12 BIS RUE DE L’EGLISE ».
    fn line_1(&self) -> String {
        joined(&[
            self.number.as_deref(),
            self.repetition.as_deref(),
            self.way_kind.as_deref(),
            self.way.as_deref(),
        ])
    }
}

fn joined(parts: &[Option<&str>]) -> String {
    let said = parts.iter().flatten().map(|part| part.trim()).filter(|part| !part.is_empty());
    text(Some(&said.collect::<Vec<_>>().join(" ")))
}

/// One line, of what a column and an envelope take.
fn text(part: Option<&str>) -> String {
    let words: Vec<&str> = part.unwrap_or_default().split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(200).collect()
}

/// What is there, unless its publication was opposed.
fn published(text: &str) -> Result<String, NotListed> {
    if text.contains(NOT_PUBLISHED) { Err(NotListed::OptedOut) } else { Ok(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const SIRET: &str = "26570067200016";

    fn answer() -> Value {
        json!({
            "header": { "statut": 200, "message": "OK" },
            "etablissement": {
                "siren": "265700672", "nic": "00016", "siret": SIRET,
                "statutDiffusionEtablissement": "O",
                "uniteLegale": {
                    "denominationUniteLegale": "CENTRE SOCIAL DE THIONVILLE", "nomUniteLegale": null,
                    "nomUsageUniteLegale": null, "prenomUsuelUniteLegale": null
                },
                "adresseEtablissement": {
                    "complementAdresseEtablissement": null, "numeroVoieEtablissement": "12",
                    "indiceRepetitionEtablissement": "BIS", "typeVoieEtablissement": "RUE",
                    "libelleVoieEtablissement": "DE LA GARE", "codePostalEtablissement": "57100",
                    "libelleCommuneEtablissement": "THIONVILLE", "codeCommuneEtablissement": "57672"
                },
                "periodesEtablissement": [
                    { "dateFin": null, "dateDebut": "2008-01-01", "etatAdministratifEtablissement": "A" },
                    { "dateFin": "2007-12-31", "dateDebut": "1997-01-01", "etatAdministratifEtablissement": "F" }
                ]
            }
        })
    }

    fn read_with(pointer: &str, value: Value) -> Result<Establishment, NotListed> {
        let mut answer = answer();
        *answer.pointer_mut(&format!("/etablissement{pointer}")).unwrap() = value;
        read(&Siret::parse(SIRET).unwrap(), answer.to_string().as_bytes())
    }

    #[test]
    fn an_open_establishment_is_read_line_by_line() {
        let found = read_with("/nic", json!("00016")).unwrap();
        assert_eq!(found.name.as_str(), "CENTRE SOCIAL DE THIONVILLE");
        assert_eq!((found.line_1.as_str(), found.line_2.as_str()), ("12 BIS RUE DE LA GARE", ""));
        assert_eq!((found.post_code.as_str(), found.city.as_str()), ("57100", "THIONVILLE"));
        assert_eq!(found.commune_code.as_deref(), Some("57672"));
    }

    #[test]
    fn what_is_closed_hidden_or_something_else_is_told_apart() {
        for (pointer, value, refused) in [
            ("/periodesEtablissement/0/etatAdministratifEtablissement", json!("F"), NotListed::Closed),
            ("/periodesEtablissement", json!([]), NotListed::Unreadable),
            ("/uniteLegale/denominationUniteLegale", json!("[ND]"), NotListed::OptedOut),
            ("/adresseEtablissement/libelleVoieEtablissement", json!("[ND]"), NotListed::OptedOut),
            ("/siret", json!("38012345600011"), NotListed::Unreadable),
            ("/adresseEtablissement/codePostalEtablissement", json!(null), NotListed::Unreadable),
            ("/uniteLegale/denominationUniteLegale", json!(null), NotListed::Unreadable),
            ("/adresseEtablissement", json!("ailleurs"), NotListed::Unreadable),
        ] {
            assert_eq!(read_with(pointer, value).map(drop), Err(refused), "ORG-6: {pointer}");
        }
        let siret = Siret::parse(SIRET).unwrap();
        assert_eq!(read(&siret, b"<html>").map(drop), Err(NotListed::Unreadable), "ORG-6");
    }
}
