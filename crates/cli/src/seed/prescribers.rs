//! Prescriber organisations: prescripteurs habilités, orienteurs, and those that wait for an authorisation.

use std::collections::HashMap;

use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};

use super::calendar::Calendar;
use super::place::{self, Identity};
use super::random::{Choice, Random};
use super::store::Commune;
use super::tables::Tables;
use super::world::{Ground, Prescriber, of_place, siret};

/// Organisations of the story.
const KNOWN: &[(PrescriberKind, &str, AuthorisationStatus)] = &[
    (PrescriberKind::Ml, "Mission locale du Pays messin", AuthorisationStatus::Validated),
    (PrescriberKind::Ft, "France Travail Metz Sébastopol", AuthorisationStatus::Validated),
    (PrescriberKind::Other, "Le Relais du Sablon", AuthorisationStatus::NotRequired),
    (PrescriberKind::Plie, "PLIE du Pays messin", AuthorisationStatus::Validated),
    (PrescriberKind::Ccas, "CCAS de Metz", AuthorisationStatus::Validated),
    (PrescriberKind::Chrs, "CHRS L'Étape", AuthorisationStatus::NotSet),
    (PrescriberKind::Prevention, "Équipe de prévention de Borny", AuthorisationStatus::Refused),
];
/// Rank of the mission locale of the story.
pub const MISSION_LOCALE: usize = 0;
/// Rank of the orienteur of the story.
pub const ORIENTER: usize = 2;
/// Rank of the PLIE of the story.
pub const PLIE: usize = 3;
/// Rank of the CCAS of the story.
pub const CCAS: usize = 4;
/// Rank of the organisation whose authorisation is awaited.
pub const PENDING: usize = 5;
/// Organisations with a known SIRET of their own start here, or after those of employers when these are more.
const FIRST_SIRET: usize = 5_000;

/// Kinds, what their names begin with, and how many there are of each.
const KINDS: &[(PrescriberKind, &str, u32)] = &[
    (PrescriberKind::Ft, "France Travail", 16),
    (PrescriberKind::Ml, "Mission locale", 8),
    (PrescriberKind::Ccas, "CCAS", 14),
    (PrescriberKind::Dept, "Maison du Département", 11),
    (PrescriberKind::Other, "Association d'entraide", 12),
    (PrescriberKind::Chrs, "CHRS", 5),
    (PrescriberKind::Odc, "Référent RSA", 5),
    (PrescriberKind::Plie, "PLIE", 4),
    (PrescriberKind::Spip, "SPIP", 2),
    (PrescriberKind::Cada, "CADA", 3),
    (PrescriberKind::Csapa, "CSAPA", 2),
    (PrescriberKind::CapEmploi, "Cap emploi", 2),
    (PrescriberKind::PijBij, "Point information jeunesse", 2),
    (PrescriberKind::Cidff, "CIDFF", 1),
    (PrescriberKind::RsFjt, "Foyer de jeunes travailleurs", 2),
];

/// Makes the organisations.
pub fn build(rng: &mut Random, ground: Ground<'_>, tables: &mut Tables) -> Vec<Prescriber> {
    let Ground { calendar, counts, communes } = ground;
    let mut prescribers = Vec::with_capacity(counts.prescribers);
    let kinds: Vec<(usize, u32)> = KINDS.iter().map(|(_, _, weight)| *weight).enumerate().collect();
    for rank in 0..counts.prescribers {
        let department = counts.departments[rank % counts.departments.len()];
        let mut local = communes.iter().filter(|commune| commune.department_code == department);
        let known = KNOWN.get(rank);
        let (kind, name, status, commune) = if let Some((kind, name, status)) = known {
            (*kind, (*name).to_owned(), *status, place::commune(communes, "57463"))
        } else {
            // Every département has an agency, a mission locale and an association before anything else.
            let turn = (rank - KNOWN.len()) / counts.departments.len();
            let draw = [0, 1, 4].get(turn).copied().unwrap_or_else(|| rng.weighted(&kinds));
            let (kind, label, _) = KINDS[draw];
            let biggest = local.clone().next().or_else(|| communes.first());
            let commune = local.nth(rng.index(25)).or(biggest);
            let place = commune.map(|commune| of_place(&commune.name)).unwrap_or_default();
            let status = if kind == PrescriberKind::Other {
                AuthorisationStatus::NotRequired
            } else {
                AuthorisationStatus::Validated
            };
            (kind, format!("{label} {place}"), status, commune)
        };
        let Some(commune) = commune else { continue };
        let number = FIRST_SIRET.max(counts.companies) + rank;
        prescribers.push(write(rng, calendar, (rank, number), kind, name, status, commune, tables));
    }
    prescribers
}

#[expect(clippy::too_many_arguments, reason = "what an organisation is made of")]
fn write(
    rng: &mut Random,
    calendar: Calendar,
    (rank, number): (usize, usize),
    kind: PrescriberKind,
    name: String,
    status: AuthorisationStatus,
    commune: &Commune,
    tables: &mut Tables,
) -> Prescriber {
    let created_at = calendar.moment_ago(rng, 2_600, 3_200);
    let id = rng.id(created_at);
    let siret = siret(number);
    let identity = Identity {
        id,
        family: "prescriber",
        kind: kind.code(),
        siret: Some(&siret),
        name: &name,
        brand: "",
        description: "",
        created_at,
    };
    place::write(rng, &identity, commune, tables);
    let decided = matches!(status, AuthorisationStatus::Validated | AuthorisationStatus::Refused);
    let safir = (kind == PrescriberKind::Ft).then(|| format!("{:05}", 57_000 + rank));
    tables.prescribers.push(&[
        &id,
        &kind.code(),
        &status.code(),
        &decided.then_some(created_at),
        &safir,
        &(kind == PrescriberKind::Odc),
    ]);
    Prescriber {
        id,
        kind,
        name,
        is_authorised: status == AuthorisationStatus::Validated,
        sends: matches!(status, AuthorisationStatus::Validated | AuthorisationStatus::NotRequired),
        department: commune.department_code.clone(),
        members: Vec::new(),
    }
}

/// Share of the prescriptions of a kind, in thousandths (France Travail 58 %).
const fn share(kind: PrescriberKind) -> u32 {
    match kind {
        PrescriberKind::Ft => 580,
        PrescriberKind::Ml => 155,
        PrescriberKind::Dept => 63,
        PrescriberKind::Plie => 50,
        PrescriberKind::Odc => 38,
        _ => 12,
    }
}

/// How much each organisation of a département sends, the authorised ones or the orienteurs.
pub fn activity(prescribers: &[Prescriber], department: &str, authorised: bool) -> Choice {
    let here = || {
        prescribers.iter().enumerate().filter(|(_, prescriber)| {
            prescriber.department == department
                && prescriber.is_authorised == authorised
                && prescriber.sends
                && !prescriber.members.is_empty()
        })
    };
    let mut harmonic: HashMap<PrescriberKind, (u32, u32)> = HashMap::new();
    for (_, prescriber) in here() {
        let (count, sum) = harmonic.entry(prescriber.kind).or_default();
        *count += 1;
        *sum += 1_000 / *count;
    }
    let mut seen: HashMap<PrescriberKind, u32> = HashMap::new();
    let weights: Vec<(usize, u32)> = here()
        .map(|(rank, prescriber)| {
            let place = seen.entry(prescriber.kind).or_default();
            *place += 1;
            let sum = harmonic.get(&prescriber.kind).map_or(1, |(_, sum)| *sum);
            (rank, (share(prescriber.kind) * 1_000_000 / (*place * sum)).max(1))
        })
        .collect();
    Choice::new(weights)
}
