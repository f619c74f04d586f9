//! Prescriber organisations: `kind`, `name`, `siret`, `code_safir`, `post_code`, and if the file has them
//! `address_line_1`, `address_line_2`, `city`, `latitude`, `longitude`, `authorization_status` (PRE-3, PRE-5, PRE-10).

mod store;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind, Siret};
use sqlx::PgConnection;

use super::address::Address;
use super::record::Record;
use super::table::Table;
use super::{Reason, Written};
use crate::reference::queries::{Borders, borders};

/// A prescriber organisation. Its authorisation is only taken at creation: afterwards staff decide (PRE-7, PRE-8).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Prescriber {
    pub(super) kind: PrescriberKind,
    pub(super) name: String,
    pub(super) siret: Option<Siret>,
    pub(super) safir: Option<String>,
    pub(super) address: Address,
    pub(super) authorisation: AuthorisationStatus,
}

/// Organisations that exist, by what names them: a SAFIR code, else a SIRET and a kind (PRE-3, PRE-17).
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) by_safir: HashMap<String, OrganisationId>,
    pub(super) by_siret: HashMap<(Siret, PrescriberKind), OrganisationId>,
    /// Those without a SAFIR code: the first row to bring one for their SIRET names them.
    pub(super) without_safir: HashSet<OrganisationId>,
}

impl Known {
    /// One that was of this kind under this SIRET, whatever it became: an order made an OHPD of it, or the team changed its kind
    /// (D15, PRE-9), and the file still says what it was. Whoever is of that kind now comes first.
    pub(super) fn was(&mut self, siret: Siret, kind: PrescriberKind, id: OrganisationId) {
        self.by_siret.entry((siret, kind)).or_insert(id);
    }
}

/// Organisations that exist or that the file brings, départements one may be in, post codes that go over a border.
pub(super) struct Prescribers {
    now: DateTime<Utc>,
    departments: HashSet<String>,
    borders: Borders,
    known: Known,
}

impl Prescribers {
    /// The organisation a row describes. Of agencies that share a SIRET, the first to have it keeps it (PRE-17).
    fn recognise(&mut self, mut row: Prescriber) -> Identified {
        let by_safir = row.safir.as_ref().and_then(|safir| self.known.by_safir.get(safir).copied());
        let place = row.siret.clone().map(|siret| (siret, row.kind));
        let by_siret = place.as_ref().and_then(|place| self.known.by_siret.get(place).copied());
        let id = match (by_safir, by_siret) {
            (Some(id), _) => id,
            (None, Some(id)) if row.safir.is_none() || self.known.without_safir.remove(&id) => id,
            (None, Some(_) | None) => OrganisationId::at(self.now),
        };
        if let Some(safir) = &row.safir {
            self.known.by_safir.insert(safir.clone(), id);
        } else if by_siret.is_none() {
            self.known.without_safir.insert(id);
        }
        if let Some(place) = place
            && *self.known.by_siret.entry(place).or_insert(id) != id
        {
            row.siret = None;
        }
        Identified { id, row }
    }
}

/// A row and the organisation it describes.
pub(super) struct Identified {
    pub(super) id: OrganisationId,
    pub(super) row: Prescriber,
}

impl Table for Prescribers {
    type Row = Identified;
    type Key = OrganisationId;
    const COLUMNS: &'static [&'static str] = &["kind", "name", "siret", "post_code"];

    async fn open(tx: &mut PgConnection, now: DateTime<Utc>) -> Result<Self, sqlx::Error> {
        let departments = super::communes::store::departments(tx).await?.into_iter().collect();
        Ok(Self { now, departments, borders: borders(tx).await?, known: store::known(tx).await? })
    }

    fn parse(&mut self, record: &Record<'_>) -> Result<Identified, Reason> {
        let row = prescriber(record)?;
        let row = Prescriber { address: row.address.within(&self.borders), ..row };
        if !self.departments.contains(&row.address.department) {
            return Err(Reason::unknown("post_code", &row.address.post_code));
        }
        Ok(self.recognise(row))
    }

    fn key(row: &Identified) -> OrganisationId {
        row.id
    }

    async fn save(
        &mut self,
        tx: &mut PgConnection,
        rows: &[Identified],
        now: DateTime<Utc>,
    ) -> Result<Written, sqlx::Error> {
        store::save(tx, rows, now).await
    }
}

pub(super) fn prescriber(record: &Record<'_>) -> Result<Prescriber, Reason> {
    let kind = kind(record)?;
    let name = record.required("name")?.to_owned();
    let siret = record
        .optional("siret")
        .map(|siret| Siret::parse(siret).map_err(|_| Reason::invalid("siret", siret, "14 chiffres attendus")))
        .transpose()?;
    let safir = safir(record, kind)?;
    match (kind, &siret, &safir) {
        (PrescriberKind::Ft, None, None) => {
            return Err(Reason::Contradiction(
                "agence France Travail sans code SAFIR ni SIRET : rien ne l'identifie",
            ));
        }
        (PrescriberKind::Ft, _, _) | (_, Some(_), _) => {}
        (_, None, _) => return Err(Reason::Missing("siret")),
    }
    Ok(Prescriber {
        kind,
        name,
        siret,
        safir,
        address: Address::read(record)?,
        authorisation: authorisation(record, kind)?,
    })
}

fn kind(record: &Record<'_>) -> Result<PrescriberKind, Reason> {
    let code = record.required("kind")?;
    let parsed = if code == "Autre" { Some(PrescriberKind::Other) } else { PrescriberKind::parse(code) };
    parsed.ok_or_else(|| Reason::invalid("kind", code, "type d'organisation prescriptrice attendu"))
}

/// 5 digits, for France Travail only (PRE-3).
fn safir(record: &Record<'_>, kind: PrescriberKind) -> Result<Option<String>, Reason> {
    let Some(code) = record.optional("code_safir") else { return Ok(None) };
    if kind != PrescriberKind::Ft {
        return Err(Reason::Contradiction("un code SAFIR est réservé à France Travail"));
    }
    if code.len() != 5 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Reason::invalid("code_safir", code, "5 chiffres attendus"));
    }
    Ok(Some(code.to_owned()))
}

/// Agencies of France Travail are validated (PRE-10); "Autre" can be validated by nobody, and only "Autre" can need no
/// authorisation (PRE-5). An organisation whose status the file does not say waits.
fn authorisation(record: &Record<'_>, kind: PrescriberKind) -> Result<AuthorisationStatus, Reason> {
    let status = match record.optional("authorization_status") {
        _ if kind == PrescriberKind::Ft => AuthorisationStatus::Validated,
        None => AuthorisationStatus::NotSet,
        Some(code) => AuthorisationStatus::parse(code)
            .ok_or_else(|| Reason::invalid("authorization_status", code, "état d'habilitation attendu"))?,
    };
    match (status, kind) {
        (AuthorisationStatus::Validated, PrescriberKind::Other) => {
            Err(Reason::Contradiction("une organisation de type Autre ne peut pas être habilitée"))
        }
        (AuthorisationStatus::NotRequired, kind) if kind != PrescriberKind::Other => {
            Err(Reason::Contradiction("seule une organisation de type Autre peut se passer d'habilitation"))
        }
        _ => Ok(status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::record::parse_line;

    const HEADER: &str = "kind,name,siret,code_safir,post_code,city,latitude,longitude,authorization_status";

    fn read(line: &str) -> Result<Prescriber, Reason> {
        parse_line(HEADER, line, prescriber)
    }

    /// An empty platform.
    fn table() -> Prescribers {
        Prescribers {
            now: DateTime::UNIX_EPOCH,
            departments: HashSet::new(),
            borders: Borders::default(),
            known: Known::default(),
        }
    }

    #[test]
    fn an_agency_is_known_by_its_safir_code_and_validated() {
        let mut table = table();
        let row = read("FT,Agence de Sarrebourg,,57042,57400,SARREBOURG,48.73,7.05,").unwrap();
        assert_eq!(row.authorisation, AuthorisationStatus::Validated, "PRE-10");
        assert_eq!(row.address.department, "57");
        let renamed = read("FT,Agence du Sud,32303273870601,57042,57400,SARREBOURG,,,").unwrap();
        assert_eq!(table.recognise(row).id, table.recognise(renamed).id);
    }

    #[test]
    fn others_are_known_by_their_siret_and_kind() {
        let mut table = table();
        let mut id = |line| table.recognise(read(line).unwrap()).id;
        let mission = id("ML,Mission locale,323 032 738 70601,,20090,AJACCIO,,,NOT_SET");
        assert_eq!(mission, id("ML,Mission locale du Sud,32303273870601,,57000,METZ,,,"), "ORG-2: no Luhn");
        assert_ne!(mission, id("Autre,Association,32303273870601,,57000,METZ,,,REFUSED"), "PRE-3");
        let row = read("ML,Mission locale,32303273870601,,20090,AJACCIO,,,").unwrap();
        assert_eq!((row.address.department.as_str(), row.address.position), ("2A", None), "ORG-3");
    }

    /// D15, PRE-9: the file says « Autre » of what an order made an OHPD since.
    #[test]
    fn an_organisation_whose_kind_changed_is_the_one_the_file_says() {
        let siret = || Siret::parse("32303273870601").unwrap();
        let id = |of: u128| OrganisationId(uuid::Uuid::from_u128(of));
        let mut table = table();
        table.known.by_siret.insert((siret(), PrescriberKind::Ohpd), id(1));
        table.known.by_siret.insert((siret(), PrescriberKind::Ml), id(2));
        table.known.was(siret(), PrescriberKind::Other, id(1));
        table.known.was(siret(), PrescriberKind::Ml, id(1));
        let mut recognised = |kind: &str| {
            let row = read(&format!("{kind},Association,32303273870601,,57000,METZ,,,")).unwrap();
            table.recognise(row).id
        };
        assert_eq!(recognised("Autre"), id(1));
        assert_eq!(recognised("OHPD"), id(1));
        assert_eq!(recognised("ML"), id(2), "who is of that kind now");
        assert!(![id(1), id(2)].contains(&recognised("CHRS")), "PRE-3");
    }

    #[test]
    fn agencies_that_share_a_siret_leave_it_to_the_first() {
        let mut table = table();
        let mut agency = |safir: &str| {
            table.recognise(read(&format!("FT,Agence,32303273870601,{safir},57000,METZ,,,")).unwrap())
        };
        let (first, second, again) = (agency("57001"), agency("57002"), agency("57001"));
        assert!(
            first.row.siret.is_some() && second.row.siret.is_none() && again.row.siret.is_some(),
            "PRE-17"
        );
        assert!(first.id != second.id && first.id == again.id);
    }

    #[test]
    fn an_agency_entered_without_its_code_is_recognised_when_the_code_comes() {
        let mut table = table();
        let mut id = |safir: &str| {
            let row = read(&format!("FT,Agence,32303273870601,{safir},57000,METZ,,,")).unwrap();
            table.recognise(row).id
        };
        let before = id("");
        assert_eq!(before, id("57001"));
        assert_ne!(before, id("57002"), "another agency of the same SIRET (PRE-17)");
    }

    #[test]
    fn what_the_rules_forbid_is_refused() {
        for (rule, wrong) in [
            ("PRE-3", "ML,Mission locale,,,57000,METZ,,,"),
            ("PRE-3", "ML,Mission locale,32303273870601,57042,57000,METZ,,,"),
            ("PRE-3", "FT,Agence,,,57000,METZ,,,"),
            ("PRE-3", "FT,Agence,,570,57000,METZ,,,"),
            ("ORG-2", "ML,Mission locale,3230327387060,,57000,METZ,,,"),
            ("ORG-2", "ML,Mission locale,32303273870601,,5700,METZ,,,"),
            ("PRE-5", "Autre,Association,32303273870601,,57000,METZ,,,VALIDATED"),
            ("PRE-5", "ML,Mission locale,32303273870601,,57000,METZ,,,NOT_REQUIRED"),
            ("kinds", "PE,Agence,32303273870601,,57000,METZ,,,"),
            ("status", "ML,Mission locale,32303273870601,,57000,METZ,,,OUI"),
            ("name", "ML,,32303273870601,,57000,METZ,,,"),
            ("place", "ML,Mission locale,32303273870601,,57000,METZ,48.1,,"),
        ] {
            assert!(read(wrong).is_err(), "{rule}: {wrong}");
        }
    }
}
