//! The files given with a request.

use iae_domain::Changed;
use iae_domain::habilitations::{Habilitation, HabilitationRefused, Piece};
use iae_domain::ids::{HabilitationId, HabilitationPieceId, OrganisationId, UserId};

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::failure::Failure;

/// Writes a request with a new piece; its file is written next.
pub(in crate::habilitations) async fn save_with_piece(
    work: &mut Work<'_>,
    changed: Changed<Habilitation>,
    piece: &Piece,
    by: UserId,
) -> Result<Habilitation, Failure<HabilitationRefused>> {
    let habilitation = super::save(work, changed).await?;
    sqlx::query!(
        "INSERT INTO habilitation_pieces (id, habilitation_id, label, given_by, given_at) VALUES ($1, $2, $3, $4, $5)",
        piece.id as _,
        habilitation.id as _,
        piece.label,
        by as _,
        piece.given_at,
    )
    .execute(work.db())
    .await?;
    Ok(habilitation)
}

/// The request a piece of this organisation was given with, once the organisation is locked.
pub(in crate::habilitations) async fn lock_piece(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    id: HabilitationPieceId,
) -> Result<Option<HabilitationId>> {
    let found = sqlx::query_scalar!(
        r#"
        SELECT h.id AS "habilitation: HabilitationId"
        FROM habilitation_pieces p
        JOIN habilitations h ON h.id = p.habilitation_id
        WHERE p.id = $1 AND h.organisation_id = $2
        FOR UPDATE OF p
        "#,
        id as _,
        organisation as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(found)
}

/// Writes a request without one of its pieces, whose file is gone before it.
pub(in crate::habilitations) async fn save_without_piece(
    work: &mut Work<'_>,
    changed: Changed<Habilitation>,
    id: HabilitationPieceId,
) -> Result<Habilitation, Failure<HabilitationRefused>> {
    let result =
        sqlx::query!("DELETE FROM habilitation_pieces WHERE id = $1", id as _).execute(work.db()).await?;
    ensure_one_row(&result, "habilitation_pieces")?;
    super::save(work, changed).await
}
