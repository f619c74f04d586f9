//! What the platform knows of companies, conventions and annexes, locked until the flow is written.

use iae_domain::ids::{ConventionId, OrganisationId};
use iae_domain::organisations::sync::{
    Annex, Base, ConventionKey, KnownAnnex, SyncedCompany, SyncedConvention,
};
use iae_domain::organisations::{AnnexNumber, AnnexState, CompanyKind, CompanySource, Siret};
use sqlx::PgConnection;

use crate::Work;
use crate::error::Result;
use crate::organisations::store::hold_all;

/// Everything, held in the order in which everyone locks.
pub(super) async fn base(work: &mut Work<'_>) -> Result<Base> {
    hold_all(work).await?;
    let conventions = conventions(work.db()).await?;
    let companies = companies(work.db()).await?;
    let annexes = annexes(work.db()).await?;
    Ok(Base { conventions, companies, annexes })
}

async fn conventions(db: &mut PgConnection) -> Result<Vec<SyncedConvention>> {
    let rows = sqlx::query!(
        r#"
        SELECT id AS "id!: ConventionId"
             , asp_id
             , kind AS "kind!: CompanyKind"
             , siret_signature AS "siret_signature!: Siret"
             , is_active
             , deactivated_at
             , reactivated_at
        FROM conventions
        ORDER BY id
        LIMIT 1000000
        "#,
    )
    .fetch_all(db)
    .await?;
    let conventions = rows.into_iter().map(|row| SyncedConvention {
        id: row.id,
        key: ConventionKey { asp_id: row.asp_id, kind: row.kind },
        siret_signature: row.siret_signature,
        is_active: row.is_active,
        deactivated_at: row.deactivated_at,
        reactivated_at: row.reactivated_at,
    });
    Ok(conventions.collect())
}

/// Whether nothing was done is only looked for where a company may come to its end (CMP-14); what is not looked at here
/// and still hangs on it is found when it is deleted.
async fn companies(db: &mut PgConnection) -> Result<Vec<SyncedCompany>> {
    let companies = sqlx::query_as!(
        SyncedCompany,
        r#"
        SELECT c.organisation_id AS "id!: OrganisationId"
             , o.siret AS "siret!: Siret"
             , ARRAY(
                   SELECT s.source_siret
                   FROM structure_successions s
                   WHERE s.source_id = o.id AND s.kind = 'siret_change' AND s.source_siret <> o.siret
                   ORDER BY s.decided_at DESC
                   LIMIT 20
               ) AS "left!: Vec<Siret>"
             , o.kind AS "kind!: CompanyKind"
             , c.source AS "source!: CompanySource"
             , c.convention_id AS "convention?: ConventionId"
             , c.auth_email AS "auth_email?"
             , c.is_searchable AS "is_searchable!"
             , c.hidden_at AS "hidden_at?"
             , o.created_at AS "created_at!"
             , EXISTS (
                   SELECT FROM memberships m WHERE m.organisation_id = c.organisation_id AND m.is_active
               ) AS "has_member!"
             , CASE
                   WHEN c.source = 'ASP' AND v.is_active THEN false
                   ELSE NOT EXISTS (SELECT FROM applications a WHERE a.company_id = c.organisation_id)
                       AND NOT EXISTS (
                           SELECT FROM applications a WHERE a.sender_organisation_id = c.organisation_id
                       )
                       AND NOT EXISTS (
                           SELECT FROM prolongation_requests r WHERE r.company_id = c.organisation_id
                       )
                       AND NOT EXISTS (
                           SELECT FROM eligibility_diagnoses d WHERE d.organisation_id = c.organisation_id
                       )
                       AND NOT EXISTS (SELECT FROM controls k WHERE k.company_id = c.organisation_id)
               END AS "is_unused!"
             , o.closed_at IS NOT NULL AS "is_closed!"
             , o.replaced_by AS "heir?: OrganisationId"
        FROM companies c
        JOIN organisations o ON o.id = c.organisation_id
        LEFT JOIN conventions v ON v.id = c.convention_id
        ORDER BY c.organisation_id
        LIMIT 1000000
        "#,
    )
    .fetch_all(db)
    .await?;
    Ok(companies)
}

async fn annexes(db: &mut PgConnection) -> Result<Vec<KnownAnnex>> {
    let rows = sqlx::query!(
        r#"
        SELECT number AS "number!: AnnexNumber"
             , convention_id AS "convention!: ConventionId"
             , state AS "state!: AnnexState"
             , starts_on
             , ends_on
        FROM financial_annexes
        ORDER BY number
        LIMIT 1000000
        "#,
    )
    .fetch_all(db)
    .await?;
    let annexes = rows.into_iter().map(|row| KnownAnnex {
        convention: row.convention,
        annex: Annex {
            number: row.number,
            state: row.state,
            first_day: row.starts_on,
            last_day: row.ends_on,
        },
    });
    Ok(annexes.collect())
}
