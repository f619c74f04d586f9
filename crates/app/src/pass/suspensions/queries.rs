//! The suspensions of a PASS, and its closure, as its pages show them.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::ids::{OrganisationId, PassId};
use iae_domain::pass::closure::ClosureReason;
use iae_domain::pass::{Pass, SuspensionReason};
use iae_domain::time::Period;

use crate::Db;
use crate::error::Result;

/// What stopped the parcours of a PASS, for a time or for good.
#[derive(Debug, Clone, Default)]
pub struct Suspensions {
    /// Its suspensions, latest first.
    pub rows: Vec<SuspensionRow>,
    /// Its closure.
    pub closure: Option<ClosureRow>,
}

/// A suspension.
#[derive(Debug, Clone)]
pub struct SuspensionRow {
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    /// Why.
    pub reason: SuspensionReason,
    /// In the words of who recorded it.
    pub explanation: Option<String>,
    /// The organisation that recorded it.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Who touched it last.
    pub by: String,
    /// Whether it is as it was recorded.
    pub is_untouched: bool,
    /// When it was touched last.
    pub updated_at: DateTime<Utc>,
}

impl SuspensionRow {
    /// First and last day.
    pub const fn period(&self) -> Period {
        Period { start: self.starts_on, end: self.ends_on }
    }
}

/// The closure of a PASS.
#[derive(Debug, Clone)]
pub struct ClosureRow {
    /// Why.
    pub reason: ClosureReason,
    /// The name of the organisation that closed it.
    pub organisation_name: String,
    /// When.
    pub closed_at: DateTime<Utc>,
}

/// Those of this PASS; whoever asks was found to read it.
pub async fn of_pass(db: &Db, pass: &Pass) -> Result<Suspensions> {
    let rows = sqlx::query_as!(
        SuspensionRow,
        r#"
        SELECT s.starts_on
             , s.ends_on
             , s.reason AS "reason: SuspensionReason"
             , s.explanation
             , s.organisation_id AS "organisation: OrganisationId"
             , o.shown_name AS "organisation_name!"
             , full_name(u.first_name, u.last_name) AS "by!"
             , s.updated_by IS NULL AS "is_untouched!"
             , s.updated_at
        FROM suspensions s
        JOIN organisations o ON o.id = s.organisation_id
        JOIN users u ON u.id = coalesce(s.updated_by, s.created_by)
        WHERE s.pass_id = $1
        ORDER BY s.starts_on DESC
        LIMIT 200
        "#,
        pass.id as _,
    )
    .fetch_all(db)
    .await?;
    let closure = if pass.parcours.closed_on().is_some() { closure(db, pass.id).await? } else { None };
    Ok(Suspensions { rows, closure })
}

async fn closure(db: &Db, id: PassId) -> Result<Option<ClosureRow>> {
    let closure = sqlx::query_as!(
        ClosureRow,
        r#"
        SELECT c.reason AS "reason: ClosureReason"
             , o.shown_name AS "organisation_name!"
             , c.closed_at
        FROM pass_closures c
        JOIN organisations o ON o.id = c.organisation_id
        WHERE c.pass_id = $1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(closure)
}
