//! Withdrawals, as the function `withdrawals_of` of the schema says them: alone, or beside what else decides of a hire.

use chrono::NaiveDate;
use iae_domain::control::Withdrawal;
use iae_domain::eligibility::Withdrawn;
use iae_domain::ids::{ControlId, OrganisationId};
use serde::Deserialize;
use sqlx::types::Json;

use crate::Db;
use crate::error::Result;

/// A withdrawal.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct WithdrawnRow {
    from: NaiveDate,
    to: Option<NaiveDate>,
    control: ControlId,
}

impl WithdrawnRow {
    /// Those of an SIAE, as the rules read them.
    pub(crate) fn all(rows: &[Self]) -> Vec<Withdrawn> {
        let withdrawn = |row: &Self| {
            let Self { from, to, control } = *row;
            Withdrawn { days: Withdrawal { from, to }, control }
        };
        rows.iter().map(withdrawn).collect()
    }
}

/// Every withdrawal of an SIAE, whatever its days, the earliest first: [`Withdrawn::in_force`] says which holds on a day.
pub async fn withdrawals_of(db: &Db, company: OrganisationId) -> Result<Vec<Withdrawn>> {
    let rows = sqlx::query_scalar!(
        r#"
        SELECT (SELECT withdrawals_of FROM read_withdrawals_of($1)) AS "withdrawals!: Json<Vec<WithdrawnRow>>"
        "#,
        company as _,
    )
    .fetch_one(db)
    .await?;
    Ok(WithdrawnRow::all(&rows))
}
