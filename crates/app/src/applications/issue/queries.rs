//! Those a hire concerns, read before its PASS is issued or delivered by hand.

use iae_domain::applications::{Application, IssueFacts};
use iae_domain::eligibility::Withdrawn;
use iae_domain::ids::{ApplicationId, PassId, UserId};
use iae_domain::organisations::{CompanyKind, Siret};
use sqlx::types::Json;

use crate::control::WithdrawnRow;
use crate::error::{Error, Result};
use crate::{Work, pass};

/// Those a hire concerns.
pub(in crate::applications) struct Parties {
    /// What the PASS is made of.
    pub issue: IssueFacts,
    /// Whether the organisation that sent the application is authorised today (ELI-W).
    pub sender_is_authorised: bool,
    /// The days when the company may not prescribe to itself (rule book 04 §1.16).
    pub withdrawals: Vec<Withdrawn>,
}

/// Those this hire concerns, and what its PASS is made of; 404 for a company of a kind that hires nobody.
pub(in crate::applications) async fn parties(
    work: &mut Work<'_>,
    application: &Application,
) -> Result<Parties> {
    let today = work.today();
    let row = sqlx::query!(
        r#"
        SELECT o.kind
             , o.siret AS "siret!"
             , p.kind AS "prescriber_kind?"
             , coalesce(is_authorised(p, $2), false) AS "sender_is_authorised!"
             , (SELECT withdrawals_of FROM read_withdrawals_of(a.company_id)) AS "withdrawals!: Json<Vec<WithdrawnRow>>"
        FROM applications a
        JOIN organisations o ON o.id = a.company_id
        LEFT JOIN prescriber_organisations p ON p.organisation_id = a.sender_organisation_id
        WHERE a.id = $1
        "#,
        application.id as _,
        today,
    )
    .fetch_one(work.db())
    .await?;
    let issue = IssueFacts {
        company_kind: CompanyKind::parse(&row.kind).ok_or(Error::NotFound)?,
        company_siret: Siret::parse(&row.siret)
            .map_err(|_| Error::inconsistent("organisations", "siret", application.id))?,
        prescriber_kind: row.prescriber_kind,
        passes: pass::store::of_candidate(work.db(), application.candidate).await?,
        new_pass: PassId::at(work.now()),
    };
    Ok(Parties {
        issue,
        sender_is_authorised: row.sender_is_authorised,
        withdrawals: WithdrawnRow::all(&row.withdrawals),
    })
}

/// Who accepted the application, the last time.
pub(in crate::applications) async fn accepted_by(
    work: &mut Work<'_>,
    id: ApplicationId,
) -> Result<Option<UserId>> {
    let user = sqlx::query_scalar!(
        r#"
        SELECT user_id AS "user_id: UserId"
        FROM application_transitions
        WHERE application_id = $1 AND to_state = 'accepted'
        ORDER BY at DESC, seq DESC
        LIMIT 1
        "#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(user.flatten())
}
