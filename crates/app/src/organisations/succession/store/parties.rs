//! Who is of which structure once a part of one left: the structure that is created, its members, its antennas.

use iae_domain::Changed;
use iae_domain::ids::{MembershipId, UserId};
use iae_domain::organisations::Siret;
use iae_domain::organisations::succession::{SplitOff, Structure, SuccessionRefused};
use uuid::Uuid;

use crate::Work;
use crate::db::{ensure_one_row, ensure_rows};
use crate::error::Result;
use crate::failure::{Failure, refused_by};

/// Creates the structure that takes the part, at the address of the one it leaves: its administrators say theirs afterwards.
pub(in super::super) async fn found(
    work: &mut Work<'_>,
    act: &Changed<SplitOff>,
    founded: &Structure,
) -> Result<(), Failure<SuccessionRefused>> {
    let company = founded.company.as_ref().ok_or(SuccessionRefused::NotCompany)?;
    let succession = &act.value().succession;
    let now = work.now();
    let created = sqlx::query!(
        r#"
        INSERT INTO organisations
            (id, family, kind, siret, name, address_line_1, address_line_2, post_code, city, department_code, latitude, longitude,
             created_at, updated_at)
        SELECT $2
             , o.family
             , o.kind
             , $3
             , $4
             , o.address_line_1
             , o.address_line_2
             , o.post_code
             , o.city
             , o.department_code
             , o.latitude
             , o.longitude
             , $5
             , $5
        FROM organisations o
        WHERE o.id = $1
        "#,
        succession.source as _,
        succession.target as _,
        founded.siret.as_ref().map(Siret::as_str),
        founded.name,
        now,
    )
    .execute(work.db())
    .await
    .map_err(refused_by("organisations_siret_family_kind_key", SuccessionRefused::SiretTaken))?;
    ensure_one_row(&created, "organisations")?;
    sqlx::query!(
        r#"
        INSERT INTO companies (organisation_id, source, convention_id, spontaneous_open_since)
        VALUES ($1, $2, $3, $4)
        "#,
        succession.target as _,
        company.source.code(),
        company.convention.as_ref().map(|(convention, _)| convention.0),
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Members leave the one for the other, as they were there; the first who joined administers a structure that nobody would.
#[expect(clippy::too_many_lines, reason = "statements, one column a line")]
pub(super) async fn move_members(work: &mut Work<'_>, act: &Changed<SplitOff>, by: UserId) -> Result<()> {
    let split = act.value();
    if split.part.members.is_empty() {
        return Ok(());
    }
    let now = work.now();
    let members: Vec<Uuid> = split.part.members.iter().map(|(member, _)| member.0).collect();
    let new: Vec<Uuid> = members.iter().map(|_| MembershipId::at(now).0).collect();
    sqlx::query!(
        r#"
        INSERT INTO memberships (id, user_id, organisation_id, is_admin, is_active, joined_at, updated_at, updated_by)
        SELECT given.id
             , m.user_id
             , $2
             , m.is_admin
             , true
             , m.joined_at
             , $5
             , $6
        FROM unnest($3::uuid[], $4::uuid[]) AS given (member, id)
        JOIN memberships m ON m.id = given.member AND m.organisation_id = $1 AND m.is_active
        ORDER BY m.joined_at, m.id
        ON CONFLICT (user_id, organisation_id)
        DO UPDATE SET is_admin = memberships.is_admin OR excluded.is_admin
                    , is_active = true
                    , joined_at = least(memberships.joined_at, excluded.joined_at)
                    , updated_at = excluded.updated_at
                    , updated_by = excluded.updated_by
        "#,
        split.succession.source as _,
        split.succession.target as _,
        &members,
        &new,
        now,
        by as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        UPDATE memberships
        SET is_active = false
          , is_admin = false
          , departure_asked_at = NULL
          , updated_at = $3
          , updated_by = $4
        WHERE organisation_id = $1 AND id = ANY ($2)
        "#,
        split.succession.source as _,
        &members,
        now,
        by as _,
    )
    .execute(work.db())
    .await?;
    // What they were writing goes with them: nobody else reads it.
    sqlx::query!(
        r#"
        UPDATE application_drafts d
        SET organisation_id = $2
        FROM memberships m
        WHERE m.id = ANY ($3) AND d.user_id = m.user_id AND d.organisation_id = $1 AND d.submitted_at IS NULL
        "#,
        split.succession.source as _,
        split.succession.target as _,
        &members,
    )
    .execute(work.db())
    .await?;
    // Whoever is there acts for the other one from the next page on.
    sqlx::query!(
        r#"
        UPDATE sessions s
        SET organisation_id = $2
        FROM memberships m
        WHERE m.id = ANY ($3) AND s.user_id = m.user_id AND s.organisation_id = $1
        "#,
        split.succession.source as _,
        split.succession.target as _,
        &members,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        UPDATE memberships
        SET is_admin = true
          , updated_at = $2
          , updated_by = $3
        WHERE id = (
            SELECT m.id
            FROM memberships m
            WHERE m.organisation_id = $1 AND m.is_active
            ORDER BY m.joined_at, m.id
            LIMIT 1
        )
          AND NOT EXISTS (
              SELECT FROM memberships m WHERE m.organisation_id = $1 AND m.is_active AND m.is_admin
          )
        "#,
        split.succession.target as _,
        now,
        by as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Antennas take the convention of the structure that takes them (CMP-8).
pub(super) async fn move_antennas(work: &mut Work<'_>, act: &Changed<SplitOff>) -> Result<()> {
    let split = act.value();
    let antennas: Vec<Uuid> = split.part.antennas.iter().map(|antenna| antenna.0).collect();
    let (Some(convention), false) = (split.convention, antennas.is_empty()) else { return Ok(()) };
    let moved = sqlx::query!(
        "UPDATE companies SET convention_id = $2 WHERE organisation_id = ANY ($1)",
        &antennas,
        convention as _,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&moved, antennas.len(), "companies")
}
