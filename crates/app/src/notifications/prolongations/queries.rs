//! What mails say about a request to prolong a PASS.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::french;
use iae_domain::ids::{PassId, ProlongationRequestId};
use iae_domain::pass::prolongation::{DenialReason, ProlongationReason, ProposedAction};
use iae_domain::pass::{Parcours, PassNumber};
use iae_domain::time::paris_date;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Result;
use crate::notifications::letter::named;

/// A request, with everything its mails may say.
pub(super) struct Request {
    pub id: ProlongationRequestId,
    pub pass_id: PassId,
    pub number: PassNumber,
    parcours: Json<Parcours>,
    pub holder: String,
    birth_date: Option<NaiveDate>,
    pub company: String,
    declarant: String,
    contact_email: Option<String>,
    contact_phone: Option<String>,
    pub has_report: bool,
    pub reason: ProlongationReason,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    created_at: DateTime<Utc>,
    pub organisation: String,
    processor: Option<String>,
    processed_at: Option<DateTime<Utc>>,
    pub denial: Option<DenialReason>,
    explanation: Option<String>,
    actions: Option<Vec<String>>,
    details: Option<String>,
}

impl Request {
    /// « d’Amel BENALI ».
    pub(super) fn of_holder(&self) -> String {
        french::of(&self.holder)
    }

    /// « Léa FISCHER (Les Jardins de la Seille) ».
    pub(super) fn asked_by(&self) -> String {
        named(Some(&self.declarant), Some(&self.company)).unwrap_or_default()
    }

    /// « Paul HOFFMANN (Mission locale du pays messin) ».
    pub(super) fn answered_by(&self) -> String {
        named(self.processor.as_deref(), Some(&self.organisation)).unwrap_or_default()
    }

    pub(super) fn birth_date(&self) -> Option<String> {
        self.birth_date.map(french::date)
    }

    /// Address and number to call, when an interview is wanted.
    pub(super) fn contact(&self) -> Option<String> {
        let phone = self.contact_phone.as_deref().map(french::phone)?;
        Some(format!("{}, {phone}", self.contact_email.as_deref()?))
    }

    pub(super) fn start(&self) -> String {
        french::date(self.starts_on)
    }

    pub(super) fn end(&self) -> String {
        french::date(self.ends_on)
    }

    /// The last day of the PASS as it is.
    pub(super) fn pass_end(&self) -> String {
        french::date(self.parcours.0.end())
    }

    pub(super) fn answered_on(&self) -> String {
        self.processed_at.map(|at| french::date(paris_date(at))).unwrap_or_default()
    }

    /// Days since it was asked.
    pub(super) fn waiting_days(&self, today: &NaiveDate) -> i64 {
        (*today - paris_date(self.created_at)).num_days()
    }

    pub(super) fn explanation(&self) -> &str {
        self.explanation.as_deref().unwrap_or_default()
    }

    pub(super) fn details(&self) -> &str {
        self.details.as_deref().unwrap_or_default()
    }

    /// What is proposed instead.
    pub(super) fn actions(&self) -> Vec<&'static str> {
        let actions = self.actions.iter().flatten();
        actions.filter_map(|code| ProposedAction::parse(code)).map(ProposedAction::label).collect()
    }
}

/// These requests, by their ids.
pub(super) async fn requests(
    db: &mut PgConnection,
    ids: impl Iterator<Item = ProlongationRequestId>,
) -> Result<HashMap<ProlongationRequestId, Request>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Request,
        r#"
        SELECT r.id
             , r.pass_id
             , p.number AS "number: PassNumber"
             , (SELECT parcours FROM read_parcours(p.id, p.starts_on, p.issued_days, p.closed_on)) AS "parcours!: Json<Parcours>"
             , full_name(holder.first_name, holder.last_name) AS "holder!"
             , c.birth_date
             , company.shown_name AS company
             , full_name(declarant.first_name, declarant.last_name) AS "declarant!"
             , r.contact_email
             , r.contact_phone
             , has_report(r.id, r.pass_id, r.company_id) AS "has_report!"
             , r.reason AS "reason: ProlongationReason"
             , r.starts_on
             , r.ends_on
             , r.created_at
             , addressed.shown_name AS organisation
             , full_name(processor.first_name, processor.last_name) AS processor
             , r.processed_at
             , d.reason AS "denial?: DenialReason"
             , d.explanation AS "explanation?"
             , d.actions
             , d.details
        FROM prolongation_requests r
        JOIN passes p ON p.id = r.pass_id
        JOIN candidates c ON c.id = p.candidate_id
        JOIN users holder ON holder.id = p.candidate_id
        JOIN organisations company ON company.id = r.company_id
        JOIN users declarant ON declarant.id = r.declared_by
        JOIN organisations addressed ON addressed.id = r.prescriber_organisation_id
        LEFT JOIN users processor ON processor.id = r.processed_by
        LEFT JOIN prolongation_denials d ON d.request_id = r.id
        WHERE r.id = ANY ($1)
        ORDER BY r.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
