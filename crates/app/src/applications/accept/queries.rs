//! What an acceptance reads around the application.

use iae_domain::ids::ApplicationId;
use iae_domain::organisations::{PrescriberKind, Siret};

use crate::Work;
use crate::error::{Error, Result};

/// What an acceptance needs to know of the people and organisations around the application.
pub(super) struct AcceptanceParties {
    pub company_siret: Siret,
    pub sender_is_authorised: bool,
    pub prescriber_kind: Option<PrescriberKind>,
}

pub(super) async fn acceptance_parties(work: &mut Work<'_>, id: ApplicationId) -> Result<AcceptanceParties> {
    let row = sqlx::query!(
        r#"
        SELECT o.siret AS "siret!"
             , p.kind AS "prescriber_kind?"
             , p.authorisation_status AS "authorisation_status?"
        FROM applications a
        JOIN organisations o ON o.id = a.company_id
        LEFT JOIN prescriber_organisations p ON p.organisation_id = a.sender_organisation_id
        WHERE a.id = $1
        "#,
        id as _,
    )
    .fetch_one(work.db())
    .await?;
    Ok(AcceptanceParties {
        company_siret: Siret::parse(&row.siret)
            .map_err(|_| Error::inconsistent("organisations", "siret", id))?,
        sender_is_authorised: row.authorisation_status.is_some_and(|status| status.is_authorised()),
        prescriber_kind: row.prescriber_kind,
    })
}
