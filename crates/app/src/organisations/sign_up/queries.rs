//! What somebody who signs up is shown.

mod companies;
mod joining;
mod prescribers;

use chrono::{DateTime, Utc};
use iae_domain::ids::{OrganisationId, SignUpRequestId, UserId};
use iae_domain::organisations::Siret;
use iae_domain::organisations::sign_up::SafirCode;
use iae_domain::text::Email;

use crate::error::Result;
use crate::reference::queries::CommuneRow;
use crate::{App, Db};

pub use companies::{COMPANIES_SHOWN, Company, CompanyRow, Landing, companies, company, landing};
pub use joining::{Joining, OwnRequest, asked_by, asking};
pub use prescribers::{FoundOrganisation, found};

/// Who is asked to let somebody in, said in short: « Perrine W. » (SGN-12); none when nobody acts for the organisation.
fn said_in_short(first_name: Option<&str>, last_name: Option<&str>) -> Option<String> {
    let (first, last) = first_name.zip(last_name)?;
    let initial = last.chars().next().map(|letter| format!(" {}.", letter.to_uppercase()));
    Some(format!("{first}{}", initial.unwrap_or_default()))
}

/// The commune of this INSEE code.
pub(super) async fn commune(db: &Db, code: &str) -> Result<Option<CommuneRow>> {
    let commune = sqlx::query_as!(
        CommuneRow,
        r#"
        SELECT insee_code, name, slug, post_codes, department_code, population, latitude, longitude
        FROM communes
        WHERE insee_code = $1
        "#,
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(commune)
}

/// A facilitator that somebody signed up, and that the team did not verify yet (SGN-16).
#[derive(Debug, Clone)]
pub struct Waiting {
    /// What it is called.
    pub name: String,
    /// Its SIRET.
    pub siret: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// Those of somebody.
pub async fn waiting(db: &Db, user: UserId) -> Result<Vec<Waiting>> {
    let waiting = sqlx::query_as!(
        Waiting,
        r#"
        SELECT o.shown_name AS "name!"
             , o.siret AS "siret!"
             , o.created_at AS since
        FROM memberships m
        JOIN organisations o ON o.id = m.organisation_id
        JOIN companies c ON c.organisation_id = o.id
        WHERE m.user_id = $1 AND m.is_active AND o.kind = 'OPCS' AND NOT c.is_searchable
        ORDER BY o.created_at, o.id
        LIMIT 20
        "#,
        user as _,
    )
    .fetch_all(db)
    .await?;
    Ok(waiting)
}

/// The facilitator of a SIRET, which somebody signed up before, or what it was merged into; and whether it is active.
pub async fn facilitator_of(app: &App, siret: &Siret) -> Result<Option<(OrganisationId, bool)>> {
    let found = sqlx::query!(
        r#"
        SELECT o.id AS "id: OrganisationId"
             , coalesce(a.active_until = 'infinity', false) AS "is_open!"
        FROM organisations o
        JOIN company_activity a ON a.organisation_id = o.id
        WHERE o.family = 'company'
          AND o.closed_at IS NULL
          AND (
              (o.siret = $1 AND o.kind = 'OPCS')
              OR o.id IN (
                  SELECT former.replaced_by
                  FROM organisations former
                  WHERE former.siret = $1 AND former.family = 'company' AND former.kind = 'OPCS'
              )
          )
        ORDER BY o.siret = $1 DESC
               , o.id
        LIMIT 1
        "#,
        siret.as_str(),
    )
    .fetch_optional(&app.db)
    .await?;
    Ok(found.map(|found| (found.id, found.is_open)))
}

/// An agency of France Travail.
#[derive(Debug, Clone)]
pub struct Agency {
    /// What it is called.
    pub name: String,
    /// Number and street.
    pub address_line_1: String,
    /// Post code.
    pub post_code: Option<String>,
    /// Town.
    pub city: String,
}

/// The agency that has this code (PRE-20), or what it was merged into.
pub async fn agency(app: &App, code: &SafirCode) -> Result<Option<Agency>> {
    let agency = sqlx::query_as!(
        Agency,
        r#"
        SELECT o.shown_name AS "name!"
             , o.address_line_1
             , o.post_code
             , o.city
        FROM prescriber_organisations p
        JOIN organisations own ON own.id = p.organisation_id
        JOIN organisations o ON o.id = coalesce(own.replaced_by, own.id)
        WHERE p.code_safir = $1 AND p.kind = 'FT'
        "#,
        code.as_str(),
    )
    .fetch_optional(&app.db)
    .await?;
    Ok(agency)
}

/// Whoever asked to be let in, as the page that invites them is filled in.
#[derive(Debug, Clone)]
pub struct Asker {
    /// Their first name.
    pub first_name: String,
    /// Their last name.
    pub last_name: String,
    /// Their address.
    pub email: Option<Email>,
}

/// Who asked an organisation to be let in: a request to another one does not exist (SGN-11).
pub async fn asker(
    app: &App,
    organisation: OrganisationId,
    request: SignUpRequestId,
) -> Result<Option<Asker>> {
    let asker = sqlx::query_as!(
        Asker,
        r#"
        SELECT u.first_name
             , u.last_name
             , u.email AS "email: Email"
        FROM sign_up_requests r
        JOIN users u ON u.id = r.user_id
        WHERE r.id = $1 AND r.organisation_id = $2 AND r.token IS NULL AND u.is_active
        "#,
        request as _,
        organisation as _,
    )
    .fetch_optional(&app.db)
    .await?;
    Ok(asker)
}
