//! What is read of the organisations agreed by a département council.

use chrono::NaiveDate;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::PrescriberKind;

use crate::Db;
use crate::error::Result;

/// An organisation that the council agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedOrganisation {
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
    /// Public phone number.
    pub phone: Option<String>,
    /// Public e-mail address.
    pub email: Option<String>,
}

/// Those of the same département that are authorised today and agreed, the council aside.
pub(super) async fn agreed(
    db: &Db,
    council: OrganisationId,
    today: NaiveDate,
) -> Result<Vec<AgreedOrganisation>> {
    let rows = sqlx::query_as!(
        AgreedOrganisation,
        r#"
        SELECT o.id
             , p.kind
             , o.shown_name AS name
             , o.post_code
             , o.city
             , o.phone
             , o.email
        FROM organisations council
        JOIN organisations o ON o.department_code = council.department_code AND o.family = 'prescriber'
        JOIN prescriber_organisations p ON p.organisation_id = o.id
        WHERE council.id = $1 AND o.id <> council.id AND p.is_brsa AND is_authorised(p, $2)
        ORDER BY o.search
               , o.id
        LIMIT 500
        "#,
        council.0,
        today,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}
