//! Organisations that the team tends, in and out of the database.

mod conventions;
mod insert;

pub(super) use conventions::{convention, hold_convention, lock_convention, save_convention};
pub(super) use insert::insert;

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::ids::{ConventionId, OrganisationId};
use iae_domain::organisations::team::{
    Said, Sight, TeamField, TeamRefused, Tended, TendedChange, TendedCompany,
};
use iae_domain::organisations::{
    CompanyKind, CompanySource, InstitutionKind, OrganisationFamily, OrganisationName, Siret,
};
use iae_domain::text::Email;
use sqlx::PgConnection;

use self::insert::taken;
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::organisations::store::{Hold, hold};
use crate::{Failure, Work};

/// The kind of a company; none of another organisation.
pub(super) async fn company_kind(db: &mut PgConnection, id: OrganisationId) -> Result<Option<CompanyKind>> {
    let kind = sqlx::query_scalar!(
        r#"SELECT kind AS "kind: CompanyKind" FROM organisations WHERE id = $1 AND family = 'company'"#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(kind)
}

/// An organisation and its company, as they are read.
struct Row {
    id: OrganisationId,
    family: OrganisationFamily,
    kind: String,
    siret: Option<Siret>,
    name: String,
    brand: String,
    address_line_1: String,
    address_line_2: String,
    town: String,
    department_code: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    website: Option<String>,
    updated_at: DateTime<Utc>,
    source: Option<CompanySource>,
    auth_email: Option<String>,
    convention: Option<ConventionId>,
    asp_id: Option<i32>,
}

impl From<Row> for Tended {
    fn from(row: Row) -> Self {
        let text = |text: Option<String>| text.unwrap_or_default();
        let company = CompanyKind::parse(&row.kind).zip(row.siret).zip(row.source);
        let company = company.map(|((kind, siret), source)| TendedCompany {
            kind,
            siret,
            source,
            convention: row.convention.zip(row.asp_id),
            auth_email: row.auth_email.as_deref().and_then(|email| Email::parse(email).ok()),
        });
        let said = Said::of([
            (TeamField::Name, row.name),
            (TeamField::Brand, row.brand),
            (TeamField::Address, Said::address(&row.address_line_1, &row.address_line_2, &row.town)),
            (TeamField::Department, text(row.department_code)),
            (TeamField::Phone, text(row.phone)),
            (TeamField::Email, text(row.email)),
            (TeamField::Website, text(row.website)),
        ]);
        let institution = match row.family {
            OrganisationFamily::Institution => InstitutionKind::parse(&row.kind),
            OrganisationFamily::Company | OrganisationFamily::Prescriber => None,
        };
        Self { id: row.id, family: row.family, version: row.updated_at, said, company, institution }
    }
}

/// The organisation, as it is now.
pub(super) async fn tended(db: &mut PgConnection, id: OrganisationId) -> Result<Option<Tended>> {
    let row = sqlx::query_as!(
        Row,
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , o.siret AS "siret: Siret"
             , o.name
             , o.brand
             , o.address_line_1
             , o.address_line_2
             , concat_ws(' ', o.post_code, nullif(o.city, '')) AS "town!"
             , o.department_code
             , o.phone
             , o.email
             , o.website
             , o.updated_at
             , c.source AS "source?: CompanySource"
             , c.auth_email AS "auth_email?"
             , c.convention_id AS "convention?: ConventionId"
             , v.asp_id AS "asp_id?"
        FROM organisations o
        LEFT JOIN companies c ON c.organisation_id = o.id
        LEFT JOIN conventions v ON v.id = c.convention_id
        WHERE o.id = $1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Tended::from))
}

/// Writes what is said of it. Where an address did not change, what is known of its position is better than that of its commune.
pub(super) async fn save(
    work: &mut Work<'_>,
    changed: Changed<TendedChange>,
) -> std::result::Result<(), Failure<TeamRefused>> {
    let TendedChange { id, family, card, company } = work.keep(changed);
    let department = card.department().map(ToOwned::to_owned);
    let has_seat = card.seat.is_some();
    let line = |line: Option<&str>| line.unwrap_or_default().to_owned();
    let seat = card.seat.as_ref();
    let (latitude, longitude) = seat.map(|seat| (seat.position.latitude, seat.position.longitude)).unzip();
    let now = work.now();
    let saved = sqlx::query!(
        r#"
        UPDATE organisations
        SET name = $2
          , brand = $3
          , latitude = CASE
                WHEN NOT $4
                  OR (latitude IS NOT NULL AND (address_line_1, post_code, city) IS NOT DISTINCT FROM ($5, $7, $8)) THEN latitude
                ELSE $10
            END
          , longitude = CASE
                WHEN NOT $4
                  OR (latitude IS NOT NULL AND (address_line_1, post_code, city) IS NOT DISTINCT FROM ($5, $7, $8)) THEN longitude
                ELSE $11
            END
          , address_line_1 = CASE WHEN $4 THEN $5 ELSE address_line_1 END
          , address_line_2 = CASE WHEN $4 THEN $6 ELSE address_line_2 END
          , post_code = CASE WHEN $4 THEN $7 ELSE post_code END
          , city = CASE WHEN $4 THEN $8 ELSE city END
          , department_code = $9
          , phone = $12
          , email = $13
          , website = $14
          , updated_at = $15
        WHERE id = $1
        "#,
        id as _,
        card.name.as_str(),
        card.brand.as_ref().map_or("", OrganisationName::as_str),
        has_seat,
        line(seat.map(|seat| seat.line_1.as_str())),
        line(seat.and_then(|seat| seat.line_2.as_ref()).map(|line| line.as_str())),
        seat.map(|seat| seat.post_code.as_str()),
        line(seat.map(|seat| seat.city.as_str())),
        department,
        latitude,
        longitude,
        card.phone.as_ref().map(|phone| phone.as_str()),
        card.email.as_ref().map(|email| email.as_str()),
        card.website.as_ref().map(|website| website.as_str()),
        now,
    )
    .execute(work.db())
    .await
    .map_err(taken)?;
    ensure_one_row(&saved, "organisations")?;
    if family == OrganisationFamily::Institution {
        save_region(work, id).await?;
    }
    let Some(company) = company else { return Ok(()) };
    let saved = sqlx::query!(
        r#"
        UPDATE companies
        SET source = $2
          , convention_id = $3
          , auth_email = $4
        WHERE organisation_id = $1
        "#,
        id as _,
        company.source.code(),
        company.convention.map(|(convention, _)| convention.0),
        company.auth_email.as_ref().map(|email| email.as_str()),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&saved, "companies")?;
    Ok(())
}

/// An institution that moves to another département is of its région.
async fn save_region(work: &mut Work<'_>, institution: OrganisationId) -> Result<()> {
    let saved = sqlx::query!(
        r#"
        UPDATE institutions i
        SET region_code = (
                SELECT d.region_code
                FROM organisations o
                JOIN departments d ON d.code = o.department_code
                WHERE o.id = i.organisation_id
            )
        WHERE i.organisation_id = $1
        "#,
        institution as _,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&saved, "institutions")
}

/// Whether a company is found, locked; one that is closed is never found again.
pub(super) async fn lock_sight(work: &mut Work<'_>, company: OrganisationId) -> Result<Option<Sight>> {
    hold(work, Hold::Changed, &[company], None).await?;
    let sight = sqlx::query_as!(
        Sight,
        r#"
        SELECT c.organisation_id AS "company: OrganisationId"
             , o.kind AS "kind: CompanyKind"
             , c.source AS "source: CompanySource"
             , c.is_searchable
        FROM companies c
        JOIN organisations o ON o.id = c.organisation_id
        WHERE c.organisation_id = $1 AND o.closed_at IS NULL
        "#,
        company as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(sight)
}

/// Writes it: what the flow hid is from then on what the team says.
pub(super) async fn save_sight(work: &mut Work<'_>, changed: Changed<Sight>) -> Result<()> {
    let Sight { company, is_searchable, .. } = work.keep(changed);
    let saved = sqlx::query!(
        "UPDATE companies SET is_searchable = $2, hidden_at = NULL WHERE organisation_id = $1",
        company as _,
        is_searchable,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&saved, "companies")
}
