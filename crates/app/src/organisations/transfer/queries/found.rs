//! Organisations by what the team types of them.

use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::OrganisationFamily;
use iae_domain::staff::{self, StaffRight};
use iae_domain::text::folded_words;

use crate::db::like;
use crate::error::Result;
use crate::organisations::kind_label;
use crate::{App, Ctx, Db};

/// How many organisations a search shows.
pub const TARGETS_SHOWN: i64 = 20;

/// An organisation, as whoever chooses one reads it.
#[derive(Debug, Clone)]
pub struct NamedOrganisation {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Company, prescriber or institution.
    pub family: OrganisationFamily,
    kind: String,
    /// Its SIRET.
    pub siret: Option<String>,
    /// Its town.
    pub city: String,
    /// How many act for it.
    pub members: i64,
    /// What took its place, when it is closed.
    pub replaced_by: Option<OrganisationId>,
}

impl NamedOrganisation {
    /// « Mission locale ».
    pub fn kind(&self) -> &'static str {
        kind_label(self.family, &self.kind)
    }
}

/// One organisation, for whoever may merge it or transfer what it has.
pub async fn named(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: OrganisationId,
) -> Result<Option<NamedOrganisation>> {
    staff::ensure(&ctx.actor, StaffRight::MergeOrganisations)?;
    let named = sqlx::query_as!(
        NamedOrganisation,
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.shown_name AS "name!"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , o.siret
             , o.city
             , (SELECT count(*) FROM memberships m WHERE m.organisation_id = o.id AND m.is_active) AS "members!"
             , o.replaced_by AS "replaced_by: OrganisationId"
        FROM organisations o
        WHERE o.id = $1
        "#,
        id as _,
    )
    .fetch_optional(&app.db)
    .await?;
    Ok(named)
}

/// Open organisations of the family of this one, that what was typed names: words of the name, a SIREN, a SIRET, one they had or that of
/// what they replaced, or the id itself.
pub async fn targets(
    app: &App,
    ctx: &Ctx<StaffActor>,
    source: &NamedOrganisation,
    typed: &str,
) -> Result<Vec<NamedOrganisation>> {
    staff::ensure(&ctx.actor, StaffRight::MergeOrganisations)?;
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let id: Option<OrganisationId> = typed.trim().parse().ok();
    let is_number = matches!(digits.len(), 9 | 14)
        && typed.chars().all(|letter| letter.is_ascii_digit() || !letter.is_alphanumeric());
    let number = is_number.then_some(digits).filter(|_| id.is_none());
    let words = if number.is_some() || id.is_some() { Vec::new() } else { folded_words(typed) };
    if number.is_none() && id.is_none() && words.is_empty() {
        return Ok(Vec::new());
    }
    let patterns: Vec<String> = words.iter().map(|word| format!("% {}%", like::escaped(word))).collect();
    let found = sqlx::query_as!(
        NamedOrganisation,
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.shown_name AS "name!"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , o.siret
             , o.city
             , (SELECT count(*) FROM memberships m WHERE m.organisation_id = o.id AND m.is_active) AS "members!"
             , o.replaced_by AS "replaced_by: OrganisationId"
        FROM organisations o
        WHERE o.family = $1
          AND o.id <> $2
          AND o.closed_at IS NULL
          AND ($3::uuid IS NULL OR o.id = $3)
          AND ($4::text IS NULL OR starts_with(o.siret, $4) OR o.id = ANY (organisations_of_siret($4)))
          AND ' ' || o.search || ' ' || folded(o.brand) LIKE ALL ($5::text[])
        ORDER BY o.search
               , o.id
        LIMIT $6
        "#,
        source.family.code(),
        source.id as _,
        id as Option<OrganisationId>,
        number,
        &patterns,
        TARGETS_SHOWN,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(found)
}

/// What took the place of an organisation that is closed: where its old addresses lead.
pub async fn successor(db: &Db, id: OrganisationId) -> Result<Option<OrganisationId>> {
    let successor = sqlx::query_scalar!(
        r#"SELECT replaced_by AS "replaced_by!: OrganisationId" FROM organisations WHERE id = $1 AND replaced_by IS NOT NULL"#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(successor)
}
