//! SQL of the directory of authorised prescribers.

use chrono::NaiveDate;
use iae_domain::directory::Bounds;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};
use iae_domain::text::folded_words;

use super::{ANSWERS, PRESCRIBERS_PER_PAGE, PrescriberSearch};
use crate::Db;
use crate::db::like;
use crate::error::Result;
use crate::reference::queries::DepartmentRow;

/// An authorised prescriber, as the directory lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct PrescriberRow {
    /// Its id.
    pub id: OrganisationId,
    /// Its kind.
    pub kind: PrescriberKind,
    /// What it is called.
    pub name: String,
    /// Number and street.
    pub address_line_1: String,
    /// Post code.
    pub post_code: Option<String>,
    /// Town.
    pub city: String,
    /// Public phone number.
    pub phone: Option<String>,
    /// Kilometres from the centre of the commune, when there is one.
    pub distance: Option<f64>,
    /// How many are found on all pages.
    pub all: i64,
}

/// A page of the directory, the nearest first, then by name.
pub async fn prescribers(db: &Db, search: &PrescriberSearch) -> Result<Vec<PrescriberRow>> {
    let bounds = search.around.map(|(centre, distance)| Bounds::around(centre, distance));
    let rows = sqlx::query_as!(
        PrescriberRow,
        r#"
        SELECT o.id
             , p.kind
             , o.shown_name AS name
             , o.address_line_1
             , o.post_code
             , o.city
             , o.phone
             , distance_km($1::float8, $2::float8, o.latitude, o.longitude) AS distance
             , count(*) OVER () AS "all!"
        FROM organisations o
        JOIN prescriber_organisations p ON p.organisation_id = o.id
        WHERE o.family = 'prescriber'
          AND is_authorised(p, $3)
          AND ($4::text IS NULL OR p.kind = $4)
          AND ($5::text IS NULL OR o.department_code = $5)
          AND ($1::float8 IS NULL
                OR (o.latitude BETWEEN $6::float8 AND $7::float8
                    AND o.longitude BETWEEN $8::float8 AND $9::float8
                    AND distance_km($1::float8, $2::float8, o.latitude, o.longitude) <= $10::float8))
        ORDER BY distance_km($1::float8, $2::float8, o.latitude, o.longitude)
               , o.search
               , o.id
        LIMIT $11
        OFFSET $12
        "#,
        search.around.map(|(centre, _)| centre.latitude),
        search.around.map(|(centre, _)| centre.longitude),
        search.today,
        search.kind.map(PrescriberKind::code),
        search.department,
        bounds.map(|bounds| bounds.south),
        bounds.map(|bounds| bounds.north),
        bounds.map(|bounds| bounds.west),
        bounds.map(|bounds| bounds.east),
        search.around.map(|(_, distance)| f64::from(distance.km())),
        PRESCRIBERS_PER_PAGE,
        search.pages_before.saturating_mul(PRESCRIBERS_PER_PAGE),
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// The card of an authorised prescriber.
#[derive(Debug, Clone, PartialEq)]
pub struct PrescriberCard {
    /// Its id.
    pub id: OrganisationId,
    /// Its kind.
    pub kind: PrescriberKind,
    /// What it is called.
    pub name: String,
    /// Number and street.
    pub address_line_1: String,
    /// The rest of the address.
    pub address_line_2: String,
    /// Post code.
    pub post_code: Option<String>,
    /// Town.
    pub city: String,
    /// Name of its département.
    pub department: Option<String>,
    /// Public phone number.
    pub phone: Option<String>,
    /// Public e-mail address.
    pub email: Option<String>,
    /// Web site.
    pub website: Option<String>,
    /// What it does.
    pub description: String,
}

/// The card of an organisation that is authorised today; none of any other (PRE-28).
pub async fn prescriber_card(
    db: &Db,
    id: OrganisationId,
    today: NaiveDate,
) -> Result<Option<PrescriberCard>> {
    let card = sqlx::query_as!(
        PrescriberCard,
        r#"
        SELECT o.id
             , p.kind
             , o.shown_name AS name
             , o.address_line_1
             , o.address_line_2
             , o.post_code
             , o.city
             , d.name AS "department?"
             , o.phone
             , o.email
             , o.website
             , o.description
        FROM organisations o
        JOIN prescriber_organisations p ON p.organisation_id = o.id
        LEFT JOIN departments d ON d.code = o.department_code
        WHERE o.id = $1 AND is_authorised(p, $2)
        "#,
        id.0,
        today,
    )
    .fetch_optional(db)
    .await?;
    Ok(card)
}

/// An organisation that accompanies people, and whether it is authorised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownOrganisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its kind.
    pub kind: PrescriberKind,
    /// What it is called.
    pub name: String,
    /// Post code.
    pub post_code: Option<String>,
    /// Town.
    pub city: String,
    /// Where its authorisation stands.
    pub status: AuthorisationStatus,
    /// Whether it is authorised today: the right that a prefect gives ends one day.
    pub is_authorised: bool,
    /// Whether an order of the prefect gives it a right that has not begun.
    pub is_to_come: bool,
}

/// The organisations called so, or of this SIREN or SIRET, those that are authorised first: one more than [`ANSWERS`] at most.
pub async fn known_organisations(
    db: &Db,
    typed: &str,
    department: Option<&str>,
    today: NaiveDate,
) -> Result<Vec<KnownOrganisation>> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let is_number =
        matches!(digits.len(), 9 | 14) && typed.chars().all(|c| c.is_ascii_digit() || !c.is_alphanumeric());
    let number = is_number.then_some(digits);
    let words = if is_number { Vec::new() } else { folded_words(typed) };
    let patterns: Vec<String> = words.iter().map(|word| format!("% {}%", like::escaped(word))).collect();
    let rows = sqlx::query_as!(
        KnownOrganisation,
        r#"
        SELECT o.id
             , p.kind
             , o.shown_name AS name
             , o.post_code
             , o.city
             , p.authorisation_status AS status
             , is_authorised(p, $1) AS "is_authorised!"
             , (NOT is_authorised(p, $1) AND coalesce(upper(p.authorised_days) > $1, false)) AS "is_to_come!"
        FROM organisations o
        JOIN prescriber_organisations p ON p.organisation_id = o.id
        WHERE o.family = 'prescriber'
          AND o.closed_at IS NULL
          AND ' ' || o.search LIKE ALL ($2)
          AND ($3::text IS NULL OR starts_with(o.siret, $3) OR o.id = ANY (organisations_of_siret($3)))
          AND ($4::text IS NULL OR o.department_code = $4)
        ORDER BY is_authorised(p, $1) DESC
               , o.search
               , o.id
        LIMIT $5
        "#,
        today,
        &patterns,
        number,
        department,
        i64::try_from(ANSWERS).unwrap_or(i64::MAX) + 1,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// Every département, in the order of their codes.
pub async fn departments(db: &Db) -> Result<Vec<DepartmentRow>> {
    let rows = sqlx::query_as!(
        DepartmentRow,
        r#"
        SELECT code
             , name
        FROM departments
        ORDER BY code
        LIMIT 200
        "#,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}
