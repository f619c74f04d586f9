//! Two organisations, as the rules see them.

use chrono::NaiveDate;
use iae_domain::habilitations::Authorisation;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::merger::Merging;
use iae_domain::organisations::transfer::{Party, PartyKind};
use iae_domain::organisations::{
    AuthorisationStatus, CompanyKind, CompanySource, OrganisationFamily, PrescriberKind,
};
use iae_domain::time::Period;
use sqlx::PgExecutor;

use crate::error::{Error, Result};

/// Both; none when one is not there, or is an institution.
pub(in super::super) async fn parties(
    db: impl PgExecutor<'_>,
    source: OrganisationId,
    target: OrganisationId,
) -> Result<Option<(Party, Party)>> {
    let rows = sqlx::query!(
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , c.source AS "source?: CompanySource"
             , o.closed_at IS NOT NULL AS "is_closed!"
             , s.standing = 'disabled' AS "is_disabled!"
        FROM organisations o
        JOIN organisation_standings s ON s.organisation_id = o.id
        LEFT JOIN companies c ON c.organisation_id = o.id
        WHERE o.id IN ($1, $2)
        ORDER BY o.id = $1 DESC
        LIMIT 2
        "#,
        source as _,
        target as _,
    )
    .fetch_all(db)
    .await?;
    let mut parties = Vec::new();
    for row in rows {
        let kind = match row.family {
            OrganisationFamily::Company => CompanyKind::parse(&row.kind)
                .zip(row.source)
                .map(|(kind, source)| PartyKind::Company { kind, source }),
            OrganisationFamily::Prescriber => PrescriberKind::parse(&row.kind).map(PartyKind::Prescriber),
            OrganisationFamily::Institution => return Ok(None),
        };
        let kind = kind.ok_or_else(|| Error::inconsistent("organisations", "kind", row.id))?;
        parties.push(Party { id: row.id, kind, is_closed: row.is_closed, is_disabled: row.is_disabled });
    }
    let target = parties.pop();
    Ok(parties.pop().zip(target))
}

/// Both, as prescriber organisations that may become one; none when one of them is none.
pub(in super::super) async fn merging(
    db: impl PgExecutor<'_>,
    source: OrganisationId,
    target: OrganisationId,
) -> Result<Option<(Merging, Merging)>> {
    let rows = sqlx::query!(
        r#"
        SELECT o.id AS "id: OrganisationId"
             , p.kind AS "kind: PrescriberKind"
             , p.authorisation_status AS "status: AuthorisationStatus"
             , p.authorised_days IS NOT NULL AS "is_dated!"
             , ARRAY(SELECT lower(days) FROM unnest(p.authorised_days) AS days ORDER BY 1) AS "starts!: Vec<NaiveDate>"
             , ARRAY(SELECT upper(days) - 1 FROM unnest(p.authorised_days) AS days ORDER BY 1) AS "ends!: Vec<NaiveDate>"
             , o.closed_at IS NOT NULL AS "is_closed!"
             , EXISTS (
                   SELECT
                   FROM habilitations h
                   WHERE h.organisation_id = o.id AND h.state IN ('submitted', 'completing')
               ) AS "is_instructed!"
        FROM organisations o
        JOIN prescriber_organisations p ON p.organisation_id = o.id
        WHERE o.id IN ($1, $2)
        ORDER BY o.id = $1 DESC
        LIMIT 2
        "#,
        source as _,
        target as _,
    )
    .fetch_all(db)
    .await?;
    let mut both: Vec<Merging> = Vec::new();
    for row in rows {
        let days = row.starts.into_iter().zip(row.ends).map(|(start, end)| Period { start, end });
        let days = row.is_dated.then(|| days.collect());
        both.push(Merging {
            party: Party {
                id: row.id,
                kind: PartyKind::Prescriber(row.kind),
                is_closed: row.is_closed,
                is_disabled: false,
            },
            authorisation: Authorisation { kind: row.kind, status: row.status, days },
            is_instructed: row.is_instructed,
        });
    }
    let target = both.pop();
    Ok(both.pop().zip(target))
}

/// Who is a member of both, by name: the first twenty.
pub(in super::super) async fn doubles(
    db: impl PgExecutor<'_>,
    source: OrganisationId,
    target: OrganisationId,
) -> Result<Vec<String>> {
    let names = sqlx::query_scalar!(
        r#"
        SELECT full_name(u.first_name, u.last_name) AS "name!"
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1 AND has_twin(m, $2)
        ORDER BY u.last_name
               , u.first_name
               , u.id
        LIMIT 20
        "#,
        source as _,
        target as _,
    )
    .fetch_all(db)
    .await?;
    Ok(names)
}
