//! The profile of an organisation in and out of the database.

use iae_domain::Changed;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{
    CurrentProfile, OrganisationFamily, Presentation, Profile, PublishedProfile,
};

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;

/// What is published today, locked.
pub(super) async fn lock(
    work: &mut Work<'_>,
    organisation: OrganisationId,
) -> Result<Option<CurrentProfile>> {
    let current = sqlx::query_as!(
        CurrentProfile,
        r#"
        SELECT id AS organisation
             , family
             , updated_at AS version
        FROM organisations
        WHERE id = $1
        FOR NO KEY UPDATE
        "#,
        organisation.0,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(current)
}

/// Writes it. Where an address did not change, what is known of its position is better than that of its commune.
pub(super) async fn save(work: &mut Work<'_>, changed: Changed<PublishedProfile>) -> Result<()> {
    let PublishedProfile { organisation, family, profile } = work.keep(changed);
    let Profile { name, seat, phone, email, website, presentation } = profile;
    let (says, Presentation { description, support }) =
        (presentation.is_some(), presentation.unwrap_or_default());
    let (now, by) = (work.now(), work.by.user);
    let saved = sqlx::query!(
        r#"
        UPDATE organisations
        SET name = CASE WHEN family = 'company' THEN name ELSE $2 END
          , brand = CASE WHEN family <> 'company' OR name = $2 THEN '' ELSE $2 END
          , latitude = CASE
                WHEN latitude IS NOT NULL AND (address_line_1, post_code, city) IS NOT DISTINCT FROM ($3, $5, $6) THEN latitude
                ELSE $8
            END
          , longitude = CASE
                WHEN latitude IS NOT NULL AND (address_line_1, post_code, city) IS NOT DISTINCT FROM ($3, $5, $6) THEN longitude
                ELSE $9
            END
          , address_line_1 = $3
          , address_line_2 = $4
          , post_code = $5
          , city = $6
          , department_code = $7
          , phone = $10
          , email = $11
          , website = $12
          , description = CASE WHEN $13 THEN $14 ELSE description END
          , updated_at = $15
          , profile_published_at = $15
          , profile_published_by = $16
        WHERE id = $1
        "#,
        organisation.0,
        name.as_str(),
        seat.line_1.as_str(),
        seat.line_2.as_ref().map_or("", |line| line.as_str()),
        seat.post_code,
        seat.city,
        seat.department,
        seat.position.latitude,
        seat.position.longitude,
        phone.as_ref().map(|phone| phone.as_str()),
        email.as_ref().map(|email| email.as_str()),
        website.as_ref().map(|website| website.as_str()),
        says,
        description.as_ref().map_or("", |text| text.as_str()),
        now,
        by as _,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&saved, "organisations")?;
    if family == OrganisationFamily::Company && says {
        let saved = sqlx::query!(
            "UPDATE companies SET provided_support = $2 WHERE organisation_id = $1",
            organisation.0,
            support.as_ref().map_or("", |text| text.as_str()),
        )
        .execute(work.db())
        .await?;
        ensure_one_row(&saved, "companies")?;
    }
    Ok(())
}
