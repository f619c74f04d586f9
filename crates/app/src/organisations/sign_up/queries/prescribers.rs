//! Prescriber organisations that are there already, before another is signed up (SGN-11, SGN-12).

use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{PrescriberKind, Siret};

use super::said_in_short;
use crate::App;
use crate::error::Result;

/// An organisation that is there already.
#[derive(Debug, Clone)]
pub struct FoundOrganisation {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its kind.
    pub kind: PrescriberKind,
    /// Post code.
    pub post_code: Option<String>,
    /// Town.
    pub city: String,
    /// Whether it has the very SIRET that was typed; else its legal unit, in the same département.
    pub is_same_siret: bool,
    first_name: Option<String>,
    last_name: Option<String>,
}

impl FoundOrganisation {
    /// Who is asked, said in short (SGN-12); none when nobody acts for it.
    pub fn contact(&self) -> Option<String> {
        said_in_short(self.first_name.as_deref(), self.last_name.as_deref())
    }
}

/// Those of the same SIRET; those of the same legal unit, in the département, that somebody acts for (SGN-11).
pub async fn found(app: &App, siret: &Siret, department: &str) -> Result<Vec<FoundOrganisation>> {
    let found = sqlx::query_as!(
        FoundOrganisation,
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.shown_name AS "name!"
             , p.kind AS "kind: PrescriberKind"
             , o.post_code
             , o.city
             , coalesce(o.siret = $1, false) OR EXISTS (
                   SELECT FROM organisations former WHERE former.replaced_by = o.id AND former.siret = $1
               ) AS "is_same_siret!"
             , contact.first_name AS "first_name?"
             , contact.last_name AS "last_name?"
        FROM organisations o
        JOIN prescriber_organisations p ON p.organisation_id = o.id
        LEFT JOIN LATERAL (
            SELECT u.first_name
                 , u.last_name
            FROM memberships m
            JOIN users u ON u.id = m.user_id
            WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
            ORDER BY m.is_admin DESC, m.joined_at, m.id
            LIMIT 1
        ) contact ON true
        WHERE o.family = 'prescriber'
          AND p.kind <> 'FT'
          AND o.closed_at IS NULL
          AND (
              (
                  o.siret BETWEEN $2::text || '00000' AND $2 || '99999'
                  AND (o.siret = $1 OR (o.department_code = $3 AND contact.first_name IS NOT NULL))
              )
              -- What was merged is found as what it became.
              OR o.id IN (
                  SELECT former.replaced_by FROM organisations former WHERE former.siret = $1 AND former.replaced_by IS NOT NULL
              )
          )
        ORDER BY coalesce(o.siret = $1, false) DESC
               , o.search
               , o.id
        LIMIT 50
        "#,
        siret.as_str(),
        siret.siren(),
        department,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(found)
}
