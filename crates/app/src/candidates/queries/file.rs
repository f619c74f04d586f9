//! A person's file, as its page shows it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::actor::CandidateActor;
use iae_domain::applications::policy::{Exchange, read};
use iae_domain::applications::{StateCode, visible_since};
use iae_domain::candidates::policy;
use iae_domain::candidates::{Country, EducationLevel, FranceTravailAnswer, NirAnswer};
use iae_domain::eligibility::Diagnosis;
use iae_domain::ids::{ApplicationId, CandidateId, OrganisationId, PassId};
use iae_domain::pass::Pass;
use iae_domain::pass::policy::{self as pass_policy, PassRelation};
use sqlx::types::Json;
use uuid::Uuid;

use super::super::store;
use super::{Identity, identity};
use crate::error::{Error, Result};
use crate::{App, Ctx, eligibility, pass};

/// How many applications the page shows; the list of applications has the rest.
const APPLICATIONS_SHOWN: i64 = 20;

/// A person's file, with what was done for them.
#[derive(Debug, Clone)]
pub struct FilePage {
    /// What is recorded about them.
    pub profile: Profile,
    /// What the actor's organisation sent, or received and still sees, the most recent first.
    pub applications: Vec<ApplicationSent>,
    /// Every diagnosis.
    pub diagnoses: Vec<Diagnosis>,
    /// Every PASS.
    pub passes: Vec<Pass>,
}

/// What is recorded about a person.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Who they are, masked or not.
    pub identity: Identity,
    /// NIR; none when unknown or masked, and to whoever only looked the person up.
    pub nir: Option<NirAnswer>,
    /// Whether there is an answer about the NIR that this reader does not read: they only looked the person up.
    pub is_nir_hidden: bool,
    /// France Travail identifier; none when unknown or masked.
    pub france_travail: Option<FranceTravailAnswer>,
    /// Place of birth; none when unknown or masked.
    pub birth: Option<Birth>,
    /// Where they live; only the city when masked (PII-4).
    pub residence: Residence,
    /// The PASS whose page the reader may open.
    pub readable_passes: Vec<PassId>,
    /// Level of education; none when masked.
    pub education_level: Option<EducationLevel>,
    /// When the file was created.
    pub created_at: DateTime<Utc>,
    /// The organisation that created it, if one did.
    pub created_by: Option<String>,
}

/// Where someone was born.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Birth {
    /// In a commune of France, under its name of that day.
    Commune(String),
    /// In another country, or in France without more.
    Country(Country),
}

/// Where someone lives.
#[derive(Debug, Clone, Default)]
pub struct Residence {
    /// Number and street, then the rest; empty when masked.
    pub lines: Vec<String>,
    /// Post code.
    pub post_code: Option<String>,
    /// City.
    pub city: String,
}

/// An application, in a file.
#[derive(Debug, Clone)]
pub struct ApplicationSent {
    /// Its id.
    pub id: ApplicationId,
    /// The company it was sent to.
    pub company: String,
    /// Its state.
    pub state: StateCode,
    /// When it was sent.
    pub submitted_at: DateTime<Utc>,
}

struct Row {
    nir: Option<String>,
    nir_missing_reason: Option<String>,
    france_travail_id: Option<String>,
    france_travail_id_missing_reason: Option<String>,
    birth_commune: Option<String>,
    birth_country_code: Option<String>,
    education_level: Option<String>,
    address_line_1: String,
    address_line_2: String,
    post_code: Option<String>,
    city: String,
    created_at: DateTime<Utc>,
    created_by: Option<String>,
    has_acted: bool,
    relations: Json<HashMap<Uuid, PassRelation>>,
}

/// The file with what was done for the person; none without relation. Only `open_file` reads it, which keeps who did.
pub(in crate::candidates) async fn file_page(
    app: &App,
    ctx: &Ctx<Actor>,
    id: CandidateId,
) -> Result<Option<FilePage>> {
    let Some(profile) = profile(app, ctx, id).await? else { return Ok(None) };
    Ok(Some(FilePage {
        profile,
        applications: applications(app, ctx, id).await?,
        diagnoses: eligibility::store::of_candidate(&app.db, id).await?,
        passes: pass::store::of_candidate(&app.db, id).await?,
    }))
}

/// The person's own profile.
pub async fn own_profile(app: &App, ctx: &Ctx<CandidateActor>) -> Result<Option<Profile>> {
    profile(app, &ctx.any(), ctx.actor.candidate).await
}

async fn profile(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<Option<Profile>> {
    let Some(identity) = identity(app, ctx, id).await? else { return Ok(None) };
    let sees = identity.sees_identity;
    let row = row(app, ctx, id).await?;
    let sees_nir = sees && policy::sees_nir(&ctx.actor, row.has_acted || identity.created_by_actor);
    let nir = store::nir_answer(row.nir.as_deref(), row.nir_missing_reason.as_deref());
    let france_travail = store::france_travail_answer(
        row.france_travail_id.as_deref(),
        row.france_travail_id_missing_reason.as_deref(),
    );
    let birth = match (row.birth_commune, row.birth_country_code) {
        (Some(commune), _) => Some(Birth::Commune(commune)),
        (None, code) => code.as_deref().and_then(Country::parse).map(Birth::Country),
    };
    let readable = |(pass, relation): (Uuid, PassRelation)| {
        pass_policy::read(&ctx.actor, id, relation).is_ok().then_some(PassId(pass))
    };
    let lines = [row.address_line_1, row.address_line_2].into_iter().filter(|line| sees && !line.is_empty());
    let inconsistent = |column| move |()| Error::inconsistent("candidates", column, id);
    let nir = nir.map_err(inconsistent("nir"))?;
    Ok(Some(Profile {
        is_nir_hidden: sees && !sees_nir && nir.is_some(),
        nir: nir.filter(|_| sees_nir),
        france_travail: france_travail.map_err(inconsistent("france_travail_id"))?.filter(|_| sees),
        birth: birth.filter(|_| sees),
        residence: Residence {
            lines: lines.collect(),
            post_code: row.post_code.filter(|_| sees),
            city: row.city,
        },
        readable_passes: row.relations.0.into_iter().filter_map(readable).collect(),
        education_level: row.education_level.as_deref().and_then(EducationLevel::parse).filter(|_| sees),
        created_at: row.created_at,
        created_by: row.created_by,
        identity,
    }))
}

async fn row(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<Row> {
    let row = sqlx::query_as!(
        Row,
        r#"
        SELECT c.nir
             , c.nir_missing_reason
             , c.france_travail_id
             , c.france_travail_id_missing_reason
             , (SELECT commune_name_on FROM read_commune_name_on(c.birth_commune_code, c.birth_date)) AS birth_commune
             , c.birth_country_code
             , c.education_level
             , c.address_line_1
             , c.address_line_2
             , c.post_code
             , c.city
             , c.created_at
             , creator.shown_name AS "created_by?"
             , (SELECT has_acted_for FROM read_has_acted_for(c.id, $2)) AS "has_acted!"
             , coalesce(
                   (
                       SELECT jsonb_object_agg(p.id, (SELECT held_pass FROM read_held_pass(p, $2, $3, $4)) -> 'relation')
                       FROM passes p
                       WHERE p.candidate_id = c.id
                   ),
                   '{}'
               ) AS "relations!: Json<HashMap<Uuid, PassRelation>>"
        FROM candidates c
        LEFT JOIN organisations creator ON creator.id = c.created_by_organisation
        WHERE c.id = $1
        "#,
        id as _,
        ctx.actor_record().organisation as Option<OrganisationId>,
        visible_since(ctx.now),
        ctx.today(),
    )
    .fetch_one(&app.db)
    .await?;
    Ok(row)
}

/// What the actor reads of what the person was proposed for: what the organisation sent, and what it received as long as
/// it sees it (CAN-D, VIS-1).
async fn applications(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<Vec<ApplicationSent>> {
    let rows = sqlx::query!(
        r#"
        SELECT a.id
             , a.candidate_id
             , a.company_id
             , company_sees(a.company_id, a, $2) AS "company_sees!"
             , a.sender_kind
             , a.sender_organisation_id
             , company.shown_name AS company
             , a.state
             , a.submitted_at
        FROM applications a
        JOIN organisations company ON company.id = a.company_id
        WHERE a.candidate_id = $1
          AND ($3::uuid IS NULL OR a.sender_organisation_id = $3 OR company_sees($3, a, $2))
        ORDER BY a.submitted_at DESC, a.id DESC
        LIMIT $4
        "#,
        id as _,
        visible_since(ctx.now),
        ctx.actor_record().organisation as Option<OrganisationId>,
        APPLICATIONS_SHOWN,
    )
    .fetch_all(&app.db)
    .await?;
    let seen = rows.into_iter().filter_map(|row| {
        let exchange = Exchange {
            candidate: row.candidate_id,
            company: row.company_id,
            company_sees: row.company_sees,
            sender_kind: row.sender_kind,
            sender_organisation: row.sender_organisation_id,
        };
        let (company, state, submitted_at) = (row.company, row.state, row.submitted_at);
        read(&ctx.actor, &exchange).map(|_| ApplicationSent { id: row.id, company, state, submitted_at })
    });
    Ok(seen.collect())
}
