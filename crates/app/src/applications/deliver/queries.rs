//! What a delivery by hand reads around the hire.

use iae_domain::ids::{ApplicationId, UserId};
use iae_domain::organisations::{CompanyKind, PrescriberKind, Siret};
use sqlx::PgConnection;

use crate::error::{Error, Result};

/// Those the hire concerns.
pub(super) struct Parties {
    pub company_kind: Option<CompanyKind>,
    pub company_siret: Siret,
    pub prescriber_kind: Option<PrescriberKind>,
    /// Who accepted it, the last time.
    pub accepted_by: Option<UserId>,
}

/// Those the hire concerns.
pub(super) async fn parties(db: &mut PgConnection, id: ApplicationId) -> Result<Parties> {
    let row = sqlx::query!(
        r#"
        SELECT o.kind
             , o.siret AS "siret!"
             , p.kind AS "prescriber_kind?"
             , (
                   SELECT t.user_id
                   FROM application_transitions t
                   WHERE t.application_id = a.id AND t.to_state = 'accepted'
                   ORDER BY t.at DESC, t.seq DESC
                   LIMIT 1
               ) AS "accepted_by: UserId"
        FROM applications a
        JOIN organisations o ON o.id = a.company_id
        LEFT JOIN prescriber_organisations p ON p.organisation_id = a.sender_organisation_id
        WHERE a.id = $1
        "#,
        id as _,
    )
    .fetch_one(db)
    .await?;
    Ok(Parties {
        company_kind: CompanyKind::parse(&row.kind),
        company_siret: Siret::parse(&row.siret)
            .map_err(|_| Error::inconsistent("organisations", "siret", id))?,
        prescriber_kind: row.prescriber_kind,
        accepted_by: row.accepted_by,
    })
}
