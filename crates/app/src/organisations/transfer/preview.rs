//! What would move, counted.

use iae_domain::ids::OrganisationId;
use iae_domain::organisations::transfer::{Category, Count, Fit, PartyKind};
use sqlx::PgExecutor;

use super::queries;
use crate::error::Result;

/// How many of each category the source has, and how many of them stay because the target has the same; those that may not move
/// included, so that a page says why.
pub(crate) async fn preview(
    db: impl PgExecutor<'_>,
    source: (OrganisationId, PartyKind),
    target: (OrganisationId, PartyKind),
) -> Result<Vec<Count>> {
    let mut counts = queries::counts(db, source.0, target.0).await?;
    let is_there = |category: Category| category.fit(source.1, target.1) != Fit::Absent;
    counts.retain(|count| is_there(count.category));
    counts.sort_unstable_by_key(|count| count.category);
    Ok(counts)
}
