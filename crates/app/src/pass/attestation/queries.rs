//! The PASS behind a code.

use chrono::NaiveDate;
use iae_domain::pass::attestation::AttestationCode;

use crate::Work;
use crate::error::Result;

/// The last day of the PASS whose attestation bears this code: all that is read of it.
pub(super) async fn end_of(work: &mut Work<'_>, code: &AttestationCode) -> Result<Option<NaiveDate>> {
    let end = sqlx::query_scalar!("SELECT ends_on FROM passes WHERE attestation_code = $1", code.as_str());
    Ok(end.fetch_optional(work.db()).await?)
}
