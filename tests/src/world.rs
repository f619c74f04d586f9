//! The people and organisations every test starts with, in Moselle. Written once in the template database: a test
//! that needs more adds it to its own copy.

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::accounts::TERMS;
use iae_domain::ids::{CandidateId, JobDescriptionId, OrganisationId, UserId};
use sqlx::PgConnection;
use uuid::Uuid;

const fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 | n)
}

/// Amel Benali, candidate, known by the prescriber.
pub const CANDIDATE: CandidateId = CandidateId(id(0x101));
/// Bruno Colin, candidate, known by the other prescriber.
pub const OTHER_CANDIDATE: CandidateId = CandidateId(id(0x102));
/// Odile Masson, of the association.
pub const ORIENTER: UserId = UserId(id(0x111));
/// Paul Hoffmann, of the mission locale.
pub const PRESCRIBER: UserId = UserId(id(0x112));
/// Perrine Weber, who administers the mission locale.
pub const PRESCRIBER_ADMIN: UserId = UserId(id(0x113));
/// Cécile Muller, of the CCAS.
pub const OTHER_PRESCRIBER: UserId = UserId(id(0x114));
/// Émile Schmitt, of the ACI.
pub const EMPLOYER: UserId = UserId(id(0x121));
/// Rachel Klein, of the EI.
pub const OTHER_EMPLOYER: UserId = UserId(id(0x122));
/// Adèle Thiry, who administers the ACI.
pub const EMPLOYER_ADMIN: UserId = UserId(id(0x123));
/// Gilles Remy, of the GEIQ.
pub const GEIQ_EMPLOYER: UserId = UserId(id(0x124));
/// David Lang, who left the ACI.
pub const DEACTIVATED_MEMBER: UserId = UserId(id(0x125));
/// Nadia Petit, of no organisation.
pub const NO_ORGANISATION: UserId = UserId(id(0x126));
/// Mathieu Roth, of the EI and of the mission locale.
pub const MULTI_ORGANISATION: UserId = UserId(id(0x127));
/// Inès Faber, of the DDETS of Moselle.
pub const INSPECTOR: UserId = UserId(id(0x131));
/// Jean Noël, of the DDETS of Meurthe-et-Moselle.
pub const OTHER_INSPECTOR: UserId = UserId(id(0x132));
/// Sofia Martin, of the platform's team.
pub const STAFF: UserId = UserId(id(0x141));

/// Les Jardins de la Seille, ACI in Metz.
pub const ACI: OrganisationId = OrganisationId(id(0x201));
/// Moselle Rénov', EI in Thionville.
pub const EI: OrganisationId = OrganisationId(id(0x202));
/// GEIQ BTP Lorraine, in Metz.
pub const GEIQ: OrganisationId = OrganisationId(id(0x203));
/// Services Plus, AI in Montigny-lès-Metz.
pub const AI: OrganisationId = OrganisationId(id(0x204));
/// Mission locale du pays messin, authorised.
pub const MISSION_LOCALE: OrganisationId = OrganisationId(id(0x211));
/// CCAS de Thionville, authorised.
pub const CCAS: OrganisationId = OrganisationId(id(0x212));
/// Le Fil, an association that needs no authorisation: its members are orienteurs.
pub const ASSOCIATION: OrganisationId = OrganisationId(id(0x213));
/// DDETS of Moselle, IAE.
pub const DDETS_57: OrganisationId = OrganisationId(id(0x221));
/// DDETS of Meurthe-et-Moselle, IAE.
pub const DDETS_54: OrganisationId = OrganisationId(id(0x222));

/// Gardener at the ACI.
pub const GARDENER: JobDescriptionId = JobDescriptionId(id(0x301));
/// Team leader at the ACI, closed.
pub const CLOSED_JOB: JobDescriptionId = JobDescriptionId(id(0x302));
/// Mason at the EI.
pub const MASON: JobDescriptionId = JobDescriptionId(id(0x303));

/// NIR of the candidate.
pub const CANDIDATE_NIR: &str = "290035746301279";
/// NIR of the other candidate.
pub const OTHER_CANDIDATE_NIR: &str = "198115767203472";
/// A well-formed NIR that nobody has.
pub const UNKNOWN_NIR: &str = "285065439507703";

/// The addresses of [`PEOPLE`].
pub fn email_of(user: UserId) -> &'static str {
    PEOPLE.iter().find(|person| person.id == user).map_or("", |person| person.email)
}

/// The first and last names of [`PEOPLE`].
pub fn names_of(user: UserId) -> (&'static str, &'static str) {
    let person = PEOPLE.iter().find(|person| person.id == user);
    person.map_or(("Prénom", "Nom"), |person| (person.first_name, person.last_name))
}

struct Person {
    id: UserId,
    kind: &'static str,
    email: &'static str,
    first_name: &'static str,
    last_name: &'static str,
}

const fn person(
    id: UserId,
    kind: &'static str,
    email: &'static str,
    first_name: &'static str,
    last_name: &'static str,
) -> Person {
    Person { id, kind, email, first_name, last_name }
}

const PEOPLE: &[Person] = &[
    person(UserId(CANDIDATE.0), "job_seeker", "amel.benali@exemple.fr", "Amel", "Benali"),
    person(UserId(OTHER_CANDIDATE.0), "job_seeker", "bruno.colin@exemple.fr", "Bruno", "Colin"),
    person(ORIENTER, "professional", "odile.masson@lefil.exemple.fr", "Odile", "Masson"),
    person(PRESCRIBER, "professional", "paul.hoffmann@ml.exemple.fr", "Paul", "Hoffmann"),
    person(PRESCRIBER_ADMIN, "professional", "perrine.weber@ml.exemple.fr", "Perrine", "Weber"),
    person(OTHER_PRESCRIBER, "professional", "cecile.muller@ccas.exemple.fr", "Cécile", "Muller"),
    person(EMPLOYER, "professional", "emile.schmitt@jardins.exemple.fr", "Émile", "Schmitt"),
    person(OTHER_EMPLOYER, "professional", "rachel.klein@renov.exemple.fr", "Rachel", "Klein"),
    person(EMPLOYER_ADMIN, "professional", "adele.thiry@jardins.exemple.fr", "Adèle", "Thiry"),
    person(GEIQ_EMPLOYER, "professional", "gilles.remy@geiq.exemple.fr", "Gilles", "Remy"),
    person(DEACTIVATED_MEMBER, "professional", "david.lang@jardins.exemple.fr", "David", "Lang"),
    person(NO_ORGANISATION, "professional", "nadia.petit@exemple.fr", "Nadia", "Petit"),
    person(MULTI_ORGANISATION, "professional", "mathieu.roth@exemple.fr", "Mathieu", "Roth"),
    person(INSPECTOR, "professional", "ines.faber@ddets57.exemple.fr", "Inès", "Faber"),
    person(OTHER_INSPECTOR, "professional", "jean.noel@ddets54.exemple.fr", "Jean", "Noël"),
    person(STAFF, "itou_staff", "sofia.martin@parcours.exemple.fr", "Sofia", "Martin"),
];

struct Organisation {
    id: OrganisationId,
    family: &'static str,
    kind: &'static str,
    siret: Option<&'static str>,
    name: &'static str,
    post_code: &'static str,
    city: &'static str,
    department: &'static str,
    position: (f64, f64),
}

const METZ: (f64, f64) = (49.120, 6.176);
const MONTIGNY: (f64, f64) = (49.100, 6.153);
const THIONVILLE: (f64, f64) = (49.358, 6.168);
const NANCY: (f64, f64) = (48.693, 6.183);

#[rustfmt::skip]
const ORGANISATIONS: &[Organisation] = &[
    Organisation { id: ACI, family: "company", kind: "ACI", siret: Some("38012345600011"), name: "LES JARDINS DE LA SEILLE", post_code: "57000", city: "Metz", department: "57", position: METZ },
    Organisation { id: EI, family: "company", kind: "EI", siret: Some("39012345600012"), name: "Moselle Rénov'", post_code: "57100", city: "Thionville", department: "57", position: THIONVILLE },
    Organisation { id: GEIQ, family: "company", kind: "GEIQ", siret: Some("40012345600013"), name: "GEIQ BTP Lorraine", post_code: "57000", city: "Metz", department: "57", position: METZ },
    Organisation { id: AI, family: "company", kind: "AI", siret: Some("41012345600014"), name: "Services Plus", post_code: "57950", city: "Montigny-lès-Metz", department: "57", position: MONTIGNY },
    Organisation { id: MISSION_LOCALE, family: "prescriber", kind: "ML", siret: Some("42012345600015"), name: "Mission locale du pays messin", post_code: "57000", city: "Metz", department: "57", position: METZ },
    Organisation { id: CCAS, family: "prescriber", kind: "CCAS", siret: Some("26570067200016"), name: "CCAS de Thionville", post_code: "57100", city: "Thionville", department: "57", position: THIONVILLE },
    Organisation { id: ASSOCIATION, family: "prescriber", kind: "OTHER", siret: Some("43012345600017"), name: "Le Fil", post_code: "57000", city: "Metz", department: "57", position: METZ },
    Organisation { id: DDETS_57, family: "institution", kind: "DDETS IAE", siret: None, name: "DDETS de la Moselle", post_code: "57000", city: "Metz", department: "57", position: METZ },
    Organisation { id: DDETS_54, family: "institution", kind: "DDETS IAE", siret: None, name: "DDETS de Meurthe-et-Moselle", post_code: "54000", city: "Nancy", department: "54", position: NANCY },
];

/// Who belongs where: (member, organisation, administers it, still active).
const MEMBERSHIPS: &[(UserId, OrganisationId, bool, bool)] = &[
    (EMPLOYER_ADMIN, ACI, true, true),
    (EMPLOYER, ACI, false, true),
    (DEACTIVATED_MEMBER, ACI, false, false),
    (OTHER_EMPLOYER, EI, true, true),
    (MULTI_ORGANISATION, EI, false, true),
    (GEIQ_EMPLOYER, GEIQ, true, true),
    (PRESCRIBER_ADMIN, MISSION_LOCALE, true, true),
    (PRESCRIBER, MISSION_LOCALE, false, true),
    (MULTI_ORGANISATION, MISSION_LOCALE, false, true),
    (OTHER_PRESCRIBER, CCAS, true, true),
    (ORIENTER, ASSOCIATION, true, true),
    (INSPECTOR, DDETS_57, true, true),
    (OTHER_INSPECTOR, DDETS_54, true, true),
];

/// Writes the world, as it stood eight months before `now`.
pub(crate) async fn insert(db: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<()> {
    let at = now - TimeDelta::days(240);
    people(db, at).await?;
    organisations(db, at).await?;
    companies(db, at).await?;
    jobs(db, at).await?;
    candidates(db, at).await
}

async fn people(db: &mut PgConnection, at: DateTime<Utc>) -> sqlx::Result<()> {
    for person in PEOPLE {
        sqlx::query(
            "INSERT INTO users (id, kind, email, first_name, last_name, phone, is_superuser, created_at, welcomed_at,
                                terms_version, terms_accepted_at)
             VALUES ($1, $2, $3, $4, $5, '0387000000', $2 = 'itou_staff', $6, $6,
                     CASE WHEN $2 = 'professional' THEN $7 END, CASE WHEN $2 = 'professional' THEN $6 END)",
        )
        .bind(person.id)
        .bind(person.kind)
        .bind(person.email)
        .bind(person.first_name)
        .bind(person.last_name)
        .bind(at)
        .bind(TERMS.last().copied())
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

async fn organisations(db: &mut PgConnection, at: DateTime<Utc>) -> sqlx::Result<()> {
    for organisation in ORGANISATIONS {
        sqlx::query(
            "INSERT INTO organisations
                 (id, family, kind, siret, name, phone, email, address_line_1, post_code, city, department_code,
                  latitude, longitude, brand, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, '0387111111', 'contact@exemple.fr', '1 rue des Tanneurs', $6, $7, $8,
                     $9, $10, $11, $12, $12)",
        )
        .bind(organisation.id)
        .bind(organisation.family)
        .bind(organisation.kind)
        .bind(organisation.siret)
        .bind(organisation.name)
        .bind(organisation.post_code)
        .bind(organisation.city)
        .bind(organisation.department)
        .bind(organisation.position.0)
        .bind(organisation.position.1)
        .bind(if organisation.id == ACI { "Les Jardins de la Seille" } else { "" })
        .bind(at)
        .execute(&mut *db)
        .await?;
    }
    sqlx::query(
        "INSERT INTO prescriber_organisations (organisation_id, kind, authorisation_status, authorisation_updated_at)
         SELECT id, kind, CASE WHEN kind = 'OTHER' THEN 'NOT_REQUIRED' ELSE 'VALIDATED' END, $1
         FROM organisations WHERE family = 'prescriber'",
    )
    .bind(at)
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "INSERT INTO institutions (organisation_id, region_code)
         SELECT o.id, d.region_code FROM organisations o JOIN departments d ON d.code = o.department_code
         WHERE family = 'institution'",
    )
    .execute(&mut *db)
    .await?;
    for (rank, (user, organisation, is_admin, is_active)) in (0..).zip(MEMBERSHIPS) {
        sqlx::query(
            "INSERT INTO memberships (id, user_id, organisation_id, is_admin, is_active, joined_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $6)",
        )
        .bind(id(0x400 + rank))
        .bind(user)
        .bind(organisation)
        .bind(is_admin)
        .bind(is_active)
        .bind(at)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// The three SIAE have an active convention and its annex of the year; the GEIQ needs none.
async fn companies(db: &mut PgConnection, at: DateTime<Utc>) -> sqlx::Result<()> {
    let conventions = [(ACI, "ACI", 1_u128), (EI, "EI", 2), (AI, "AI", 4)];
    for (company, kind, rank) in conventions {
        let convention = id(0x500 + rank);
        sqlx::query(
            "INSERT INTO conventions (id, asp_id, kind, siret_signature, is_active, created_at)
             SELECT $1, $2, $3, siret, true, $4 FROM organisations WHERE id = $5",
        )
        .bind(convention)
        .bind(i32::try_from(5700 + rank).unwrap_or_default())
        .bind(kind)
        .bind(at)
        .bind(company)
        .execute(&mut *db)
        .await?;
        sqlx::query(
            "INSERT INTO financial_annexes (number, convention_id, state, starts_on, ends_on)
             VALUES ($1, $2, 'VALIDE', make_date($3, 1, 1), make_date($3 + 1, 12, 31))",
        )
        .bind(format!("{kind}05726000{rank}A0M0"))
        .bind(convention)
        .bind(chrono::Datelike::year(&at))
        .execute(&mut *db)
        .await?;
        sqlx::query(
            "INSERT INTO companies (organisation_id, source, convention_id, spontaneous_open_since,
                                    auth_email, provided_support)
             VALUES ($1, 'ASP', $2, $3, 'direction@exemple.fr', 'Un accompagnement chaque semaine.')",
        )
        .bind(company)
        .bind(convention)
        .bind(at)
        .execute(&mut *db)
        .await?;
    }
    sqlx::query(
        "INSERT INTO companies (organisation_id, source, spontaneous_open_since) VALUES ($1, 'GEIQ', $2)",
    )
    .bind(GEIQ)
    .bind(at)
    .execute(&mut *db)
    .await?;
    Ok(())
}

async fn jobs(db: &mut PgConnection, at: DateTime<Utc>) -> sqlx::Result<()> {
    let jobs = [
        (GARDENER, ACI, "17480", "Ouvrier / Ouvrière des espaces verts", "57463", "FIXED_TERM_I", true),
        (CLOSED_JOB, ACI, "12439", "Chef d’équipe", "57463", "FIXED_TERM", false),
        (MASON, EI, "16250", "Maçon / Maçonne", "57672", "FIXED_TERM_I", true),
    ];
    for (job, company, appellation, name, commune, contract, is_active) in jobs {
        sqlx::query(
            "INSERT INTO job_descriptions
                 (id, company_id, appellation_code, custom_name, commune_code, contract_type, weekly_hours,
                  open_positions, missions, profile, is_active, created_at, last_employer_update_at)
             VALUES ($1, $2, $3, $4, $5, $6, 26, 2, 'Entretenir, planter, tailler.', 'Aucune expérience demandée.',
                     $7, $8, $8)",
        )
        .bind(job)
        .bind(company)
        .bind(appellation)
        .bind(name)
        .bind(commune)
        .bind(contract)
        .bind(is_active)
        .bind(at)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Two complete files: each candidate may be hired as they are.
async fn candidates(db: &mut PgConnection, at: DateTime<Utc>) -> sqlx::Result<()> {
    let candidates = [
        (CANDIDATE, "1990-03-12", "57463", CANDIDATE_NIR, "1234567A", PRESCRIBER, MISSION_LOCALE),
        (OTHER_CANDIDATE, "1998-11-02", "57672", OTHER_CANDIDATE_NIR, "7654321B", OTHER_PRESCRIBER, CCAS),
    ];
    for (candidate, birth_date, commune, nir, france_travail_id, author, organisation) in candidates {
        sqlx::query(
            "INSERT INTO candidates
                 (id, birth_date, birth_commune_code, birth_country_code, nir, france_travail_id, address_line_1,
                  post_code, city, commune_code, department_code, created_by, created_by_organisation, created_at,
                  updated_at, last_checked_at, search)
             SELECT u.id, $2::date, c.insee_code, '100', $4, $5, '5 place Saint-Louis', c.post_codes[1], c.name,
                    c.insee_code, c.department_code, $6, $7, $8, $8, $8, folded(u.last_name || ' ' || u.first_name)
             FROM users u, communes c
             WHERE u.id = $1 AND c.insee_code = $3",
        )
        .bind(candidate)
        .bind(birth_date)
        .bind(commune)
        .bind(nir)
        .bind(france_travail_id)
        .bind(author)
        .bind(organisation)
        .bind(at)
        .execute(&mut *db)
        .await?;
        sqlx::query(
            "INSERT INTO candidate_relations
                 (candidate_id, organisation_id, user_id, origin, created_at, last_action_at)
             VALUES ($1, $2, $3, 'created', $4, $4)",
        )
        .bind(candidate)
        .bind(organisation)
        .bind(author)
        .bind(at)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// What is typed of someone new, field by field.
pub const NEWCOMER: [(&str, &str); 11] = [
    ("title", "MME"),
    ("first_name", "Lise"),
    ("last_name", "Kauffmann"),
    ("birth_date", "1985-06-14"),
    ("birth_country", "109"),
    ("birth_commune", ""),
    ("address_line_1", "3 rue Serpenoise"),
    ("post_code", "57000"),
    ("city", "metz"),
    ("education_level", "51"),
    ("registration", "NOT_REGISTERED"),
];
