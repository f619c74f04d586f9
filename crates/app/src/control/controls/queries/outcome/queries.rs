//! What the pages of a decision read beside the control and its decisions.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{Control, FinalState};
use iae_domain::ids::{ControlHireId, ControlId, OrganisationId, UserId};
use iae_domain::notifications::ControlMail;
use iae_domain::pass::PassNumber;
use sqlx::types::Json;

use crate::Db;
use crate::error::Result;

/// What surrounds a control: its campaign, its SIAE, its DDETS, who decided; and each of its hires, a row each.
pub(super) struct AboutRow {
    pub hired_from: NaiveDate,
    pub hired_to: NaiveDate,
    pub ended_at: Option<DateTime<Utc>>,
    pub launch_on: NaiveDate,
    pub adversarial_from: NaiveDate,
    pub adversarial_at: Option<DateTime<Utc>>,
    pub company: String,
    pub brand: Option<String>,
    pub siret: Option<String>,
    pub siret_signature: Option<String>,
    pub address: String,
    pub ddets: String,
    pub ddets_address: String,
    pub ddets_email: Option<String>,
    pub ddets_phone: Option<String>,
    pub agents: Json<Vec<(UserId, String)>>,
    /// Whether a mail was written with the decision in force, in its transaction.
    pub is_mailed: bool,
    pub hire: Option<ControlHireId>,
    pub number: Option<PassNumber>,
}

/// A control that exists has a row at least.
pub(super) async fn about(db: &Db, id: ControlId) -> Result<Vec<AboutRow>> {
    let mails: Vec<String> = ControlMail::OF_DECISIONS.iter().map(|mail| mail.code().to_owned()).collect();
    let rows = sqlx::query_as!(
        AboutRow,
        r#"
        SELECT k.hired_from
             , k.hired_to
             , k.ended_at
             , d.launch_on
             , d.adversarial_from
             , k.adversarial_at
             , o.name AS "company!"
             , nullif(o.brand, '') AS brand
             , o.siret
             , v.siret_signature AS "siret_signature?"
             , concat_ws(
                   E'\n',
                   nullif(o.address_line_1, ''),
                   nullif(o.address_line_2, ''),
                   nullif(concat_ws(' ', o.post_code, nullif(o.city, '')), '')
               ) AS "address!"
             , ddets.shown_name AS "ddets!"
             , concat_ws(
                   E'\n',
                   nullif(ddets.address_line_1, ''),
                   nullif(ddets.address_line_2, ''),
                   nullif(concat_ws(' ', ddets.post_code, nullif(ddets.city, '')), '')
               ) AS "ddets_address!"
             , nullif(ddets.email, '') AS ddets_email
             , nullif(ddets.phone, '') AS ddets_phone
             , (
                   SELECT coalesce(
                              jsonb_agg(DISTINCT jsonb_build_array(u.id, full_name(u.first_name, u.last_name)))
                            , '[]'
                          )
                   FROM control_decisions x
                   JOIN users u ON u.id = x.decided_by
                   WHERE x.control_id = c.id
               ) AS "agents!: Json<Vec<(UserId, String)>>"
             , EXISTS (
                   SELECT
                   FROM control_decisions x
                   JOIN emails m ON m.about_kind = 'control' AND m.about_id = x.control_id AND m.created_at = x.decided_at
                   WHERE x.control_id = c.id
                     AND m.kind = ANY ($2)
                     AND NOT EXISTS (SELECT FROM control_decisions later WHERE later.replaces_id = x.id)
               ) AS "is_mailed!"
             , h.id AS "hire?: ControlHireId"
             , h.pass_number AS "number?: PassNumber"
        FROM controls c
        JOIN control_campaigns k ON k.id = c.campaign_id
        JOIN control_calendars d ON d.id = k.calendar_id
        JOIN organisations o ON o.id = c.company_id
        JOIN companies s ON s.organisation_id = c.company_id
        JOIN organisations ddets ON ddets.id = k.institution_id
        LEFT JOIN conventions v ON v.id = s.convention_id
        LEFT JOIN control_hires h ON h.control_id = c.id
        WHERE c.id = $1
        ORDER BY h.rank
        LIMIT 100
        "#,
        id as _,
        &mails,
    );
    Ok(rows.fetch_all(db).await?)
}

/// A control of an SIAE: the one that is looked at, or another one whose result it was told.
pub(super) struct SettledRow {
    pub id: ControlId,
    pub institution: OrganisationId,
    pub ddets: String,
    pub hired_from: NaiveDate,
    pub hired_to: NaiveDate,
    pub launch_on: NaiveDate,
    pub adversarial_from: NaiveDate,
    pub adversarial_at: Option<DateTime<Utc>>,
    pub result: FinalState,
    pub settled_at: Option<DateTime<Utc>>,
}

/// This control, then the others of its SIAE that have a result and did not end before `since`, the latest period first. What runs
/// elsewhere and was told to nobody is none of them.
pub(super) async fn settled(db: &Db, control: &Control, since: DateTime<Utc>) -> Result<Vec<SettledRow>> {
    let rows = sqlx::query_as!(
        SettledRow,
        r#"
        SELECT c.id AS "id: ControlId"
             , k.institution_id AS "institution: OrganisationId"
             , ddets.shown_name AS "ddets!"
             , k.hired_from
             , k.hired_to
             , d.launch_on
             , d.adversarial_from
             , k.adversarial_at
             , coalesce(c.final_state, 'refused') AS "result!: FinalState"
             , coalesce(k.ended_at, c.notified_at) AS settled_at
        FROM controls c
        JOIN control_campaigns k ON k.id = c.campaign_id
        JOIN control_calendars d ON d.id = k.calendar_id
        JOIN organisations ddets ON ddets.id = k.institution_id
        WHERE c.company_id = $1
          AND (
              c.id = $2
              OR (
                  k.hired_to >= '2022-01-01'
                  AND (k.ended_at >= $3 OR (k.ended_at IS NULL AND c.notified_at IS NOT NULL))
              )
          )
        ORDER BY c.id = $2 DESC, k.hired_to DESC, c.id DESC
        LIMIT 30
        "#,
        control.company as _,
        control.id as _,
        since,
    );
    Ok(rows.fetch_all(db).await?)
}
