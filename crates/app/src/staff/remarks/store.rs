//! Remarks of the support into the database.

use iae_domain::Changed;
use iae_domain::ids::{UserId, uuid_at};
use iae_domain::staff::{NewRemark, RemarkOn};

use crate::Work;
use crate::error::Result;

/// Writes one. What was done has its audit row, which never holds what somebody typed: the remark stands here alone.
pub(super) async fn insert(work: &mut Work<'_>, explained: Changed<NewRemark>) -> Result<()> {
    let NewRemark { on, act, remark } = work.keep(explained);
    let (id, by, now) = (uuid_at(work.now()), work.by.user, work.now());
    match on {
        RemarkOn::Account(user) => {
            sqlx::query!(
                r#"
                INSERT INTO account_remarks (id, user_id, written_by, written_at, act, remark)
                VALUES ($1, $2, $3, $4, $5, $6)
                "#,
                id,
                user as _,
                by as Option<UserId>,
                now,
                act,
                remark.as_str(),
            )
            .execute(work.db())
            .await?
        }
        RemarkOn::Organisation(organisation) => {
            sqlx::query!(
                r#"
                INSERT INTO organisation_remarks (id, organisation_id, written_by, written_at, act, remark)
                VALUES ($1, $2, $3, $4, $5, $6)
                "#,
                id,
                organisation as _,
                by as Option<UserId>,
                now,
                act,
                remark.as_str(),
            )
            .execute(work.db())
            .await?
        }
    };
    Ok(())
}
