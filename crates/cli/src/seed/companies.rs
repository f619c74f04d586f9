//! Employers: their conventions, their posts, how much they attract.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use iae_domain::organisations::CompanyKind;
use iae_domain::time::paris_midnight;

use super::calendar::Calendar;
use super::place::{self, Identity};
use super::random::{Choice, Random, skewed_weight};
use super::size::Counts;
use super::store::Commune;
use super::tables::Tables;
use super::texts;
use super::trades::TRADES;
use super::world::{Company, Ground, Job, of_place, siret};

/// Structures of the story: kind, name, trade, commune.
const KNOWN: &[(CompanyKind, &str, usize, &str)] = &[
    (CompanyKind::Aci, "Chantiers verts du Pays messin", 0, "57463"),
    (CompanyKind::Ei, "Moselle Rénovation", 3, "57672"),
    (CompanyKind::Ai, "Coup de main messin", 8, "57480"),
    (CompanyKind::Etti, "Lorraine Intérim d'insertion", 9, "57751"),
    (CompanyKind::Aci, "Les Jardins de la Seille", 5, "57447"),
    (CompanyKind::Geiq, "GEIQ BTP de Moselle", 3, "57463"),
    (CompanyKind::Eiti, "À votre compte Moselle", 6, "57463"),
    (CompanyKind::Opcs, "Clauses sociales du Pays messin", 9, "57463"),
    (CompanyKind::Aci, "La Recyclerie du Warndt", 4, "57240"),
    (CompanyKind::Ei, "Couture de la Fensch", 6, "57306"),
    (CompanyKind::Aci, "Le Fournil de Bitche", 2, "57089"),
];
/// Rank of the ACI of the story.
pub const ACI: usize = 0;
/// Rank of the EI of the story.
pub const EI: usize = 1;
/// Rank of the structure whose convention was just lost: its members keep access a month.
const IN_GRACE: usize = 8;
/// Rank of the structure whose convention was lost long ago.
const EXPIRED: usize = 9;
/// Rank of the structure nobody joined.
pub const WITHOUT_MEMBER: usize = 10;
/// Days since the convention of the structure in grace was lost.
const GRACE_DAYS: i64 = 12;

/// Makes the employers and their posts.
pub fn build(rng: &mut Random, ground: Ground<'_>, tables: &mut Tables) -> Vec<Company> {
    let Ground { calendar, counts, communes } = ground;
    let everywhere = Choice::new(
        communes
            .iter()
            .enumerate()
            .map(|(place, commune)| (place, u32::try_from(commune.population).unwrap_or(0) / 200)),
    );
    let mut companies = Vec::with_capacity(counts.companies);
    for rank in 0..counts.companies {
        let (kind, name, trade, commune) = match KNOWN.get(rank) {
            Some((kind, name, trade, insee)) => {
                (*kind, (*name).to_owned(), *trade, place::commune(communes, insee))
            }
            None => invented(rng, rank, counts, communes, &everywhere),
        };
        let Some(commune) = commune else { continue };
        let mut company = write(rng, calendar, rank, kind, name, trade, commune, tables);
        let share = counts.jobs * 4 / (5 * counts.companies);
        let extra = usize::try_from(skewed_weight(rank, counts.companies) / 12_000).unwrap_or(0);
        let count = share + extra + rng.index(3);
        company.jobs = jobs(rng, calendar, &company, count, tables);
        companies.push(company);
    }
    companies
}

fn invented<'a>(
    rng: &mut Random,
    rank: usize,
    counts: &Counts,
    communes: &'a [Commune],
    everywhere: &Choice,
) -> (CompanyKind, String, usize, Option<&'a Commune>) {
    let kind = rng.weighted(&[
        (CompanyKind::Aci, 50),
        (CompanyKind::Ei, 27),
        (CompanyKind::Ai, 13),
        (CompanyKind::Etti, 9),
        (CompanyKind::Eiti, 1),
    ]);
    let trade = match kind {
        CompanyKind::Etti => 9,
        CompanyKind::Ai => rng.weighted(&[(8, 3), (1, 1)]),
        _ => rng.index(8),
    };
    // Every département has some of them, whatever chance says.
    let department = counts.departments[rank % counts.departments.len()];
    let commune = if rank < KNOWN.len() + 4 * counts.departments.len() {
        communes
            .iter()
            .filter(|commune| commune.department_code == department)
            .nth(rng.index(12))
            .or_else(|| communes.iter().find(|commune| commune.department_code == department))
            .or_else(|| communes.first())
    } else {
        Some(&communes[everywhere.draw(rng)])
    };
    let place = commune.map(|commune| of_place(&commune.name)).unwrap_or_default();
    (kind, format!("{} {place}", rng.pick(TRADES[trade].names)), trade, commune)
}

#[expect(clippy::too_many_arguments, reason = "what a company is made of")]
fn write(
    rng: &mut Random,
    calendar: Calendar,
    rank: usize,
    kind: CompanyKind,
    name: String,
    trade: usize,
    commune: &Commune,
    tables: &mut Tables,
) -> Company {
    let created_at = calendar.moment_ago(rng, 2_600, 3_200);
    let id = rng.id(created_at);
    let siret = siret(rank);
    let place = of_place(&commune.name);
    let description = format!(
        "{name} accueille des personnes éloignées de l'emploi {place} et de ses environs, avec un encadrement au quotidien \
         et un accompagnement vers un emploi durable."
    );
    let identity = Identity {
        id,
        family: "company",
        kind: kind.code(),
        siret: Some(&siret),
        name: &name.to_uppercase(),
        brand: &name,
        description: &description,
        created_at,
    };
    place::write(rng, &identity, commune, tables);
    let closed_at = match rank {
        IN_GRACE => Some(calendar.moment(rng, calendar.ago(GRACE_DAYS))),
        EXPIRED => Some(calendar.moment(rng, calendar.ago(200))),
        _ => None,
    };
    let convention = kind.is_siae().then(|| {
        let convention = rng.id(created_at);
        convention_rows(
            rank,
            kind,
            &siret,
            convention,
            created_at,
            closed_at,
            calendar.today,
            &commune.department_code,
            tables,
        );
        convention
    });
    let blocked_at = (rank > KNOWN.len() && rng.chance(50)).then(|| calendar.moment(rng, calendar.ago(20)));
    let spontaneous = rank == ACI || rng.chance(750);
    // Said to be open in the last weeks: the task of the day closes those that nobody renews (CMP-36).
    let days = i64::try_from(rank % 80).unwrap_or_default();
    let renewed_at = created_at.max(paris_midnight(calendar.ago(1 + days)));
    tables.companies.push(&[
        &id,
        &match kind {
            CompanyKind::Geiq => "GEIQ",
            CompanyKind::Opcs => "USER_CREATED",
            _ => "ASP",
        },
        &convention,
        &Some(format!("direction@{}.example", place::slug(&name))),
        &"Accompagnement socioprofessionnel individuel, formations et immersions pendant le contrat.",
        &true,
        &blocked_at,
        &spontaneous.then_some(renewed_at),
        &(kind == CompanyKind::Aci && rng.chance(100)),
        &Some(26_i64),
    ]);
    Company {
        id,
        kind,
        siret,
        name,
        trade,
        department: commune.department_code.clone(),
        commune: commune.insee_code.clone(),
        members: Vec::new(),
        jobs: Vec::new(),
        refuses_since: closed_at.or(blocked_at),
        spontaneous,
    }
}

#[expect(clippy::too_many_arguments, reason = "columns of two tables")]
fn convention_rows(
    rank: usize,
    kind: CompanyKind,
    siret: &str,
    convention: uuid::Uuid,
    created_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    today: NaiveDate,
    department: &str,
    tables: &mut Tables,
) {
    let asp_id = i64::try_from(1_000 + rank).unwrap_or(0);
    tables.conventions.push(&[
        &convention,
        &asp_id,
        &kind.code(),
        &siret,
        &closed_at.is_none(),
        &closed_at,
        &created_at,
    ]);
    let years = if closed_at.is_some() {
        today.year() - 2..=today.year() - 1
    } else {
        today.year() - 1..=today.year()
    };
    for year in years {
        let (Some(first), Some(last)) =
            (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31))
        else {
            continue;
        };
        let number = format!("{}{department}{}{asp_id:06}A0M0", kind.code(), year.rem_euclid(10));
        let state = if year == today.year() { "VALIDE" } else { "HISTORISE" };
        tables.annexes.push(&[&number, &convention, &state, &first, &last]);
    }
}

fn jobs(
    rng: &mut Random,
    calendar: Calendar,
    company: &Company,
    count: usize,
    tables: &mut Tables,
) -> Vec<Job> {
    let trade = &TRADES[company.trade];
    let first = rng.index(trade.appellations.len());
    (0..count.max(2))
        .map(|place| {
            let age = if place < 2 { rng.between(1_000, 1_300) } else { rng.between(5, 900) };
            let created_at = calendar.moment(rng, calendar.ago(age));
            // About one advertisement in eight is forgotten there.
            let updated_ago = if rng.chance(130) { rng.between(100, 400) } else { rng.between(1, 80) };
            let updated_at = calendar.moment(rng, calendar.ago(updated_ago.min(age))).max(created_at);
            let id = rng.id(created_at);
            let is_active = place < 2 || rng.chance(870);
            let appellation = trade.appellations[(first + place) % trade.appellations.len()];
            let elsewhere = if rng.chance(800) { None } else { Some(company.commune.as_str()) };
            let hours = rng.weighted(&[(26_i64, 6), (35, 3), (24, 1)]);
            tables.jobs.push(&[
                &id,
                &company.id,
                &appellation,
                &"",
                &elsewhere,
                &contract(rng, company.kind),
                &Some(hours),
                &rng.between(1, 4),
                &texts::missions(rng, trade),
                &texts::profile(rng),
                &is_active,
                &created_at,
                &updated_at.max(created_at + TimeDelta::minutes(1)),
            ]);
            Job { id, created_at, is_active }
        })
        .collect()
}

fn contract(rng: &mut Random, kind: CompanyKind) -> &'static str {
    match kind {
        CompanyKind::Aci | CompanyKind::Ei => "FIXED_TERM_I",
        CompanyKind::Ai => "FIXED_TERM_USAGE",
        CompanyKind::Etti => "TEMPORARY",
        CompanyKind::Eiti => "BUSINESS_CREATION",
        CompanyKind::Geiq => rng.weighted(&[("APPRENTICESHIP", 1), ("PROFESSIONAL_TRAINING", 3)]),
        CompanyKind::Opcs => rng.weighted(&[("PERMANENT", 1), ("FIXED_TERM", 2)]),
    }
}

/// How much each employer of a département attracts: a few receive most. Nobody applies where nobody would answer.
pub fn attractiveness(companies: &[Company], department: &str) -> Choice {
    Choice::new(companies.iter().enumerate().filter(|(_, company)| company.department == department).map(
        |(rank, company)| {
            let weight = if company.members.is_empty() { 0 } else { skewed_weight(rank, companies.len()) };
            (rank, weight)
        },
    ))
}
