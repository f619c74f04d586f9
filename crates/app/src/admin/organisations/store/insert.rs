//! An organisation that the team creates.

use iae_domain::Changed;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::team::{NewByTeam, TeamNature, TeamRefused};
use iae_domain::organisations::{OrganisationName, Siret};

use crate::db::violates;
use crate::{Failure, Work};

/// What another organisation is when this one may not be: of the same SIRET, the only one of its kind there, or this very one, whose
/// form was sent twice.
const TAKEN: [&str; 4] = [
    "organisations_pkey",
    "organisations_siret_family_kind_key",
    "organisations_department_institution_key",
    "organisations_single_institution_key",
];

/// Writes it, with its audit row. A company is found and takes spontaneous applications from the start (CMP-36).
pub(in super::super) async fn insert(
    work: &mut Work<'_>,
    changed: Changed<NewByTeam>,
) -> Result<(), Failure<TeamRefused>> {
    let NewByTeam { id, card, nature } = work.keep(changed);
    let seat = card.seat.as_ref();
    let (latitude, longitude) = seat.map(|seat| (seat.position.latitude, seat.position.longitude)).unzip();
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO organisations
            (id, family, kind, siret, name, brand, phone, email, website, address_line_1, address_line_2, post_code, city,
             department_code, latitude, longitude, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)
        "#,
        id as _,
        nature.family().code(),
        nature.kind_code(),
        nature.siret().map(Siret::as_str),
        card.name.as_str(),
        card.brand.as_ref().map_or("", OrganisationName::as_str),
        card.phone.as_ref().map(|phone| phone.as_str()),
        card.email.as_ref().map(|email| email.as_str()),
        card.website.as_ref().map(|website| website.as_str()),
        seat.map_or("", |seat| seat.line_1.as_str()),
        seat.and_then(|seat| seat.line_2.as_ref()).map_or("", |line| line.as_str()),
        seat.map(|seat| seat.post_code.as_str()),
        seat.map_or("", |seat| seat.city.as_str()),
        card.department(),
        latitude,
        longitude,
        now,
    )
    .execute(work.db())
    .await
    .map_err(taken)?;
    insert_nature(work, id, &nature).await
}

/// Another one is there, were it written a moment ago.
pub(super) fn taken(error: sqlx::Error) -> Failure<TeamRefused> {
    if TAKEN.iter().any(|constraint| violates(&error, constraint)) {
        Failure::Refused(TeamRefused::Taken)
    } else {
        error.into()
    }
}

async fn insert_nature(
    work: &mut Work<'_>,
    id: OrganisationId,
    nature: &TeamNature,
) -> Result<(), Failure<TeamRefused>> {
    let now = work.now();
    match nature {
        TeamNature::Company { source, convention, auth_email, .. } => {
            sqlx::query!(
                r#"
                INSERT INTO companies (organisation_id, source, convention_id, auth_email, spontaneous_open_since)
                VALUES ($1, $2, $3, $4, $5)
                "#,
                id as _,
                source.code(),
                convention.map(|convention| convention.0),
                auth_email.as_ref().map(|email| email.as_str()),
                now,
            )
            .execute(work.db())
            .await?;
        }
        TeamNature::Prescriber { kind, authorisation, .. } => {
            sqlx::query!(
                r#"
                INSERT INTO prescriber_organisations (organisation_id, kind, authorisation_status)
                VALUES ($1, $2, $3)
                "#,
                id as _,
                kind.code(),
                authorisation.code(),
            )
            .execute(work.db())
            .await?;
        }
        TeamNature::Institution { .. } => {
            sqlx::query!(
                r#"
                INSERT INTO institutions (organisation_id, region_code)
                SELECT o.id, d.region_code
                FROM organisations o
                LEFT JOIN departments d ON d.code = o.department_code
                WHERE o.id = $1
                "#,
                id as _,
            )
            .execute(work.db())
            .await?;
        }
    }
    Ok(())
}
