//! Antennas, and the companies that add them, in and out of the database.

use iae_domain::Changed;
use iae_domain::ids::{ConventionId, OrganisationId, UserId};
use iae_domain::organisations::{
    AntennaRefused, CompanyKind, CompanySource, NewAntenna, OrganisationFamily, Parent, Presentation,
    Profile, Siret,
};

use crate::error::Result;
use crate::failure::refused_by;
use crate::{Failure, Work};

/// The company, as it is now.
pub(super) async fn parent(db: impl sqlx::PgExecutor<'_>, company: OrganisationId) -> Result<Option<Parent>> {
    let parent = sqlx::query_as!(
        Parent,
        r#"
        SELECT o.id
             , o.kind AS "kind: CompanyKind"
             , o.siret AS "siret!: Siret"
             , o.shown_name AS name
             , c.convention_id AS "convention: ConventionId"
             , coalesce(a.active_until = 'infinity', false) AS "is_active!"
        FROM companies c
        JOIN organisations o ON o.id = c.organisation_id
        JOIN company_activity a ON a.organisation_id = c.organisation_id
        WHERE c.organisation_id = $1
        "#,
        company.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(parent)
}

/// The same, locked after its convention, in the order of the weekly flow: neither changes before the antenna shares it.
pub(super) async fn lock_parent(work: &mut Work<'_>, company: OrganisationId) -> Result<Option<Parent>> {
    sqlx::query!(
        r#"
        SELECT v.id
        FROM conventions v
        JOIN companies c ON c.convention_id = v.id
        WHERE c.organisation_id = $1
        FOR SHARE OF v
        "#,
        company.0,
    )
    .fetch_optional(work.db())
    .await?;
    sqlx::query!(
        r#"
        SELECT c.organisation_id
        FROM companies c
        WHERE c.organisation_id = $1
        FOR NO KEY UPDATE
        "#,
        company.0,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    parent(work.db(), company).await
}

/// Writes the antenna: found by everyone and open to spontaneous applications from the start (CMP-36).
pub(super) async fn insert(
    work: &mut Work<'_>,
    added: Changed<NewAntenna>,
    by: UserId,
) -> Result<(), Failure<AntennaRefused>> {
    let NewAntenna { id, siret, kind, convention, name, profile } = work.keep(added);
    let Profile { name: brand, seat, phone, email, website, presentation } = profile;
    let Presentation { description, support } = presentation.unwrap_or_default();
    let brand = if brand == name { "" } else { brand.as_str() };
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO organisations
            (id, family, kind, siret, name, brand, phone, email, website, description, address_line_1, address_line_2, post_code,
             city, department_code, latitude, longitude, profile_published_at, profile_published_by, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $18, $18)
        "#,
        id.0,
        OrganisationFamily::Company.code(),
        kind.code(),
        siret.as_str(),
        name.as_str(),
        brand,
        phone.as_ref().map(|phone| phone.as_str()),
        email.as_ref().map(|email| email.as_str()),
        website.as_ref().map(|website| website.as_str()),
        description.as_ref().map_or("", |text| text.as_str()),
        seat.line_1.as_str(),
        seat.line_2.as_ref().map_or("", |line| line.as_str()),
        seat.post_code,
        seat.city,
        seat.department,
        seat.position.latitude,
        seat.position.longitude,
        now,
        by.0,
    )
    .execute(work.db())
    .await
    .map_err(refused_by("organisations_siret_family_kind_key", AntennaRefused::Taken))?;
    sqlx::query!(
        r#"
        INSERT INTO companies (organisation_id, source, convention_id, provided_support, spontaneous_open_since)
        VALUES ($1, $2, $3, $4, $5)
        "#,
        id.0,
        CompanySource::UserCreated.code(),
        convention.map(|convention| convention.0),
        support.as_ref().map_or("", |text| text.as_str()),
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
