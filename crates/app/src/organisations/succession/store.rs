//! Structures and what becomes of them, in and out of the database.

mod merger;
mod parties;
mod parts;
mod split;

use iae_domain::Changed;
use iae_domain::ids::{ConventionId, OrganisationId, UserId};
use iae_domain::organisations::succession::{
    ChangedSiret, CompanyFacts, Moved, Structure, Succession, SuccessionRefused,
};
use iae_domain::organisations::{CompanyKind, CompanySource, OrganisationFamily, Siret};
use sqlx::types::Json;

pub(super) use merger::save_merger;
pub(super) use parties::found;
pub(super) use parts::{mixed, parts};
pub(super) use split::save_split;

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::failure::{Failure, refused_by};
use crate::organisations::kind_label;

/// A structure, as it is now.
pub(super) async fn structure(
    db: impl sqlx::PgExecutor<'_>,
    id: OrganisationId,
) -> Result<Option<Structure>> {
    let row = sqlx::query!(
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.family AS "family: OrganisationFamily"
             , o.shown_name AS "name!"
             , o.siret AS "siret: Siret"
             , lower(h.held) AS held_since
             , o.closed_at IS NOT NULL AS "is_closed!"
             , o.updated_at AS version
             , c.source AS "source?: CompanySource"
             , CASE WHEN c.source IS NOT NULL THEN o.kind END AS "kind?: CompanyKind"
             , v.id AS "convention?: ConventionId"
             , v.siret_signature AS "signature?: Siret"
             , coalesce(a.active_until = 'infinity', false) AS "is_active!"
             , (
                   SELECT count(*)
                   FROM companies other
                   JOIN organisations antenna ON antenna.id = other.organisation_id AND antenna.closed_at IS NULL
                   WHERE c.source = 'ASP'
                     AND other.convention_id = c.convention_id
                     AND other.organisation_id <> c.organisation_id
               ) AS "antennas!"
        FROM organisations o
        LEFT JOIN companies c ON c.organisation_id = o.id
        LEFT JOIN conventions v ON v.id = c.convention_id
        LEFT JOIN company_activity a ON a.organisation_id = o.id
        LEFT JOIN organisation_sirets h ON h.organisation_id = o.id AND upper_inf(h.held)
        WHERE o.id = $1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Structure {
        id: row.id,
        family: row.family,
        name: row.name,
        siret: row.siret,
        held_since: row.held_since,
        is_closed: row.is_closed,
        version: row.version,
        company: row.kind.zip(row.source).map(|(kind, source)| CompanyFacts {
            kind,
            source,
            convention: row.convention.zip(row.signature),
            is_active: row.is_active,
            antennas: row.antennas,
        }),
    }))
}

/// Another organisation that has a SIRET.
#[derive(Debug)]
pub(super) struct Holder {
    /// « Le Fil (Groupement d’employeurs pour l’insertion et la qualification) ».
    pub named: String,
    /// Whether it is of the same family and kind: then nobody else may have it (CMP-4, PRE-3).
    pub is_alike: bool,
    /// Whether the organisation that is asked for took its place: it may take its SIRET.
    pub is_replaced: bool,
}

/// The organisations other than this one that have this SIRET, those it replaced included.
pub(super) async fn holders(
    db: impl sqlx::PgExecutor<'_>,
    organisation: OrganisationId,
    siret: &Siret,
) -> Result<Vec<Holder>> {
    let rows = sqlx::query!(
        r#"
        SELECT other.shown_name AS "name!"
             , other.family AS "family: OrganisationFamily"
             , other.kind
             , (other.family = o.family AND other.kind = o.kind) AS "is_alike!"
             , other.replaced_by IS NOT DISTINCT FROM o.id AS "is_replaced!"
        FROM organisations o
        JOIN organisations other ON other.id <> o.id
        WHERE o.id = $1 AND other.siret = $2
        ORDER BY other.search
               , other.id
        LIMIT 50
        "#,
        organisation as _,
        siret.as_str(),
    )
    .fetch_all(db)
    .await?;
    let holders = rows.into_iter().map(|row| Holder {
        named: format!("{} ({})", row.name, kind_label(row.family, &row.kind)),
        is_alike: row.is_alike,
        is_replaced: row.is_replaced,
    });
    Ok(holders.collect())
}

/// Whether another organisation of its family and kind has this SIRET (CMP-4, PRE-3), for one that is created beside it: what it replaced is
/// never made again.
pub(super) async fn is_taken(
    db: impl sqlx::PgExecutor<'_>,
    organisation: OrganisationId,
    siret: &Siret,
) -> Result<bool> {
    Ok(holders(db, organisation, siret).await?.iter().any(|holder| holder.is_alike))
}

/// Keeps the succession of an act, with the SIRET of both structures then, and says of both that they changed now.
pub(super) async fn keep(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Succession>>,
    (source_siret, target_siret): (Option<&Siret>, Option<&Siret>),
    moved: &[Moved],
    by: UserId,
) -> Result<()> {
    let succession = act.value().as_ref();
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO structure_successions
            (id, kind, source_id, target_id, effective_on, source_siret, target_siret, counts, remark, decided_by, decided_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        "#,
        succession.id as _,
        succession.kind.code(),
        succession.source as _,
        succession.target as _,
        succession.effective_on,
        source_siret.map(Siret::as_str),
        target_siret.map(Siret::as_str),
        Json(moved) as _,
        succession.remark.as_str(),
        by as _,
        now,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE organisations SET updated_at = $3 WHERE id IN ($1, $2)",
        succession.source as _,
        succession.target as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Writes a SIRET that changed. Its history follows by itself; the day it took effect is told to it.
pub(super) async fn save_siret(
    work: &mut Work<'_>,
    changed: Changed<ChangedSiret>,
    by: UserId,
) -> Result<(), Failure<SuccessionRefused>> {
    let ChangedSiret { succession, before, siret, since } = changed.value();
    let organisation = succession.source;
    let now = work.now();
    let saved = sqlx::query!(
        "UPDATE organisations SET siret = $2, updated_at = $3 WHERE id = $1",
        organisation as _,
        siret.as_str(),
        now,
    )
    .execute(work.db())
    .await
    .map_err(refused_by("organisations_siret_family_kind_key", SuccessionRefused::SiretTaken))?;
    ensure_one_row(&saved, "organisations")?;
    if let Some(since) = *since {
        // What it replaced held it until that day.
        sqlx::query!(
            r#"
            UPDATE organisation_sirets h
            SET held = tstzrange(lower(h.held), $3)
            FROM organisations o
            WHERE o.id = h.organisation_id
              AND o.replaced_by = $1
              AND h.siret = $2
              AND h.held @> $3::timestamptz
              AND lower(h.held) < $3
            "#,
            organisation as _,
            siret.as_str(),
            since,
        )
        .execute(work.db())
        .await?;
        // The one it had ends first: it never has two at once.
        sqlx::query!(
            r#"
            UPDATE organisation_sirets
            SET held = tstzrange(lower(held), $2)
            WHERE organisation_id = $1 AND NOT upper_inf(held) AND held @> $2::timestamptz
            "#,
            organisation as _,
            since,
        )
        .execute(work.db())
        .await?;
        sqlx::query!(
            r#"
            UPDATE organisation_sirets
            SET held = tstzrange($2, NULL)
            WHERE organisation_id = $1 AND upper_inf(held)
            "#,
            organisation as _,
            since,
        )
        .execute(work.db())
        .await
        .map_err(refused_by("organisation_sirets_one_holder_excl", SuccessionRefused::SiretTaken))?;
    }
    keep(work, &changed, (Some(before), Some(siret)), &[], by).await?;
    work.keep(changed);
    Ok(())
}
