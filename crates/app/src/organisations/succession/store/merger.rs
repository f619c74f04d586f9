//! A merger, written.

use iae_domain::Changed;
use iae_domain::ids::UserId;
use iae_domain::organisations::succession::{Merger, Moved, Structure};
use iae_domain::organisations::transfer::Count;

use super::keep;
use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::organisations::transfer;

/// Everything moves, each application keeping where it was made; then the structure is closed, and leads to the one that replaced it.
pub(in super::super) async fn save_merger(
    work: &mut Work<'_>,
    changed: Changed<Merger>,
    (source, target, counts): (&Structure, &Structure, &[Count]),
    by: UserId,
) -> Result<()> {
    let moved: Vec<Moved> = counts.iter().map(Moved::from).collect();
    keep(work, &changed, (source.siret.as_ref(), target.siret.as_ref()), &moved, by).await?;
    let merger = changed.value();
    sqlx::query!(
        r#"
        INSERT INTO moved_applications (application_id, succession_id)
        SELECT a.id
             , $2
        FROM applications a
        WHERE a.company_id = $1
        "#,
        source.id as _,
        merger.succession.id as _,
    )
    .execute(work.db())
    .await?;
    transfer::carry_out(work, &changed).await?;
    if let Some((from, to)) = merger.antennas {
        sqlx::query!(
            r#"
            UPDATE companies
            SET convention_id = $3
            WHERE convention_id = $2 AND organisation_id <> $1
            "#,
            source.id as _,
            from as _,
            to as _,
        )
        .execute(work.db())
        .await?;
    }
    work.keep(changed);
    close(work, source, target).await
}

/// What led to it leads to the one that replaced it, which is open.
async fn close(work: &mut Work<'_>, source: &Structure, target: &Structure) -> Result<()> {
    let now = work.now();
    sqlx::query!(
        "UPDATE organisations SET replaced_by = $2 WHERE replaced_by = $1",
        source.id as _,
        target.id as _,
    )
    .execute(work.db())
    .await?;
    let closed = sqlx::query!(
        "UPDATE organisations SET closed_at = $3, replaced_by = $2 WHERE id = $1 AND replaced_by IS NULL",
        source.id as _,
        target.id as _,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&closed, "organisations")
}
