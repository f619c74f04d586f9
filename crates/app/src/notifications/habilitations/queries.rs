//! What mails say about habilitations.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::french;
use iae_domain::habilitations::ANSWER_MONTHS;
use iae_domain::ids::{HabilitationId, OrganisationId};
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};
use iae_domain::time::{add_months, paris_date};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;

/// A request of habilitation, with everything its mails may say.
pub(super) struct Asked {
    pub id: HabilitationId,
    pub organisation: String,
    pub department: String,
    ddets: Option<String>,
    pub is_renewal: bool,
    pub complement: Option<String>,
    reason: Option<String>,
    order_number: Option<String>,
    ordered_on: Option<NaiveDate>,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    submitted_at: Option<DateTime<Utc>>,
}

impl Asked {
    /// Who instructs: the DDETS, or the team where nobody of it can.
    pub(super) fn ddets(&self) -> &str {
        self.ddets.as_deref().unwrap_or("L’équipe de Parcours IAE")
    }

    pub(super) fn complement(&self) -> &str {
        self.complement.as_deref().unwrap_or_default()
    }

    pub(super) fn reason(&self) -> &str {
        self.reason.as_deref().unwrap_or_default()
    }

    pub(super) fn order_number(&self) -> &str {
        self.order_number.as_deref().unwrap_or_default()
    }

    pub(super) fn ordered_on(&self) -> String {
        self.ordered_on.map(french::date).unwrap_or_default()
    }

    pub(super) fn start(&self) -> String {
        self.starts_on.map(french::date).unwrap_or_default()
    }

    pub(super) fn end(&self) -> String {
        self.ends_on.map(french::date).unwrap_or_default()
    }

    pub(super) fn expected_by(&self) -> String {
        let expected = self.submitted_at.map(|at| add_months(paris_date(at), ANSWER_MONTHS));
        expected.map(french::date).unwrap_or_default()
    }
}

/// These requests, by their ids.
pub(super) async fn asked(
    db: &mut PgConnection,
    ids: impl Iterator<Item = HabilitationId>,
) -> Result<HashMap<HabilitationId, Asked>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Asked,
        r#"
        SELECT h.id AS "id: HabilitationId"
             , o.shown_name AS organisation
             , d.name || ' (' || d.code || ')' AS "department!"
             , ddets.shown_name AS "ddets?"
             , h.is_renewal
             , h.complement
             , h.reason
             , h.order_number
             , h.ordered_on
             , h.starts_on
             , h.ends_on
             , h.submitted_at
        FROM habilitations h
        JOIN organisations o ON o.id = h.organisation_id
        JOIN departments d ON d.code = h.department_code
        LEFT JOIN organisations ddets ON ddets.id = active_ddets(h.department_code)
        WHERE h.id = ANY ($1)
        ORDER BY h.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// An organisation the team decided of.
pub(super) struct Registered {
    id: OrganisationId,
    pub name: String,
    pub kind: PrescriberKind,
    status: AuthorisationStatus,
}

impl Registered {
    /// Whether it is to be validated.
    pub(super) fn is_waiting(&self) -> bool {
        self.status == AuthorisationStatus::NotSet
    }
}

/// These organisations, by their ids.
pub(super) async fn registered(
    db: &mut PgConnection,
    ids: impl Iterator<Item = OrganisationId>,
) -> Result<HashMap<OrganisationId, Registered>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Registered,
        r#"
        SELECT o.id
             , o.shown_name AS name
             , p.kind
             , p.authorisation_status AS status
        FROM organisations o
        JOIN prescriber_organisations p ON p.organisation_id = o.id
        WHERE o.id = ANY ($1)
        ORDER BY o.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
