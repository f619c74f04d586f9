//! What members read of their own organisation.

use chrono::{DateTime, Utc};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{AuthorisationStatus, CompanySource, OrganisationFamily};

use crate::Db;
use crate::error::Result;

/// An organisation, as its members see it.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnOrganisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its family.
    pub family: OrganisationFamily,
    /// The code of its kind.
    pub kind: String,
    /// Its SIRET.
    pub siret: Option<String>,
    /// Its official name.
    pub name: String,
    /// What it is called: its brand, else its name (ORG-7).
    pub shown_name: String,
    /// Its public phone number.
    pub phone: Option<String>,
    /// Its public address.
    pub email: Option<String>,
    /// Its web site.
    pub website: Option<String>,
    /// What it does.
    pub description: String,
    /// How it accompanies people; empty for a prescriber organisation.
    pub support: String,
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
    /// Whether searches around a commune find it.
    pub is_located: bool,
    /// When what is known of it last changed.
    pub version: DateTime<Utc>,
    /// When its administrators last published it.
    pub published_at: Option<DateTime<Utc>>,
    /// Who did.
    pub published_by: Option<String>,
    /// Where a company comes from.
    pub source: Option<CompanySource>,
    /// Whether a company may be found.
    pub is_searchable: bool,
    /// Since when a company refuses applications.
    pub blocked_at: Option<DateTime<Utc>>,
    /// Since when a company takes spontaneous applications.
    pub spontaneous_since: Option<DateTime<Utc>>,
    /// How many posts of a company are open.
    pub open_jobs: i64,
    /// Where the authorisation of a prescriber organisation stands.
    pub authorisation: Option<AuthorisationStatus>,
}

/// The organisation someone acts for.
pub async fn own(db: &Db, organisation: OrganisationId) -> Result<Option<OwnOrganisation>> {
    let own = sqlx::query_as!(
        OwnOrganisation,
        r#"
        SELECT o.id
             , o.family
             , o.kind
             , o.siret
             , o.name
             , o.shown_name
             , o.phone
             , o.email
             , o.website
             , o.description
             , coalesce(c.provided_support, '') AS "support!"
             , o.address_line_1
             , o.address_line_2
             , o.post_code
             , o.city
             , d.name AS "department?"
             , o.latitude IS NOT NULL AS "is_located!"
             , o.updated_at AS version
             , o.profile_published_at AS published_at
             , CASE WHEN u.id IS NOT NULL THEN full_name(u.first_name, u.last_name) END AS published_by
             , c.source AS "source?"
             , coalesce(c.is_searchable, false) AS "is_searchable!"
             , c.block_applications_at AS "blocked_at?"
             , c.spontaneous_open_since AS "spontaneous_since?"
             , coalesce(c.open_jobs, 0) AS "open_jobs!"
             , p.authorisation_status AS "authorisation?"
        FROM organisations o
        LEFT JOIN companies c ON c.organisation_id = o.id
        LEFT JOIN prescriber_organisations p ON p.organisation_id = o.id
        LEFT JOIN departments d ON d.code = o.department_code
        LEFT JOIN users u ON u.id = o.profile_published_by
        WHERE o.id = $1
        "#,
        organisation.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(own)
}
