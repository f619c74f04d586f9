//! All that the file of a control holds, in one statement: its lists are gathered beside what is said once.

mod rows;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::control::{Sirets, Withdrawal, in_order};
use iae_domain::ids::{ControlId, OrganisationId, UserId};
use iae_domain::time::paris_midnight;
use sqlx::types::Json;

pub(in super::super) use rows::{CriterionRow, DecisionRow, EventRow, HireRow, LineRow, MailRow, ProofRow};

use crate::error::{Error, Result};
use crate::{Ctx, Db};

/// What is said once of a control, and its lists.
pub(in super::super) struct FileRow {
    pub hired_from: NaiveDate,
    pub hired_to: NaiveDate,
    pub launch_on: NaiveDate,
    pub adversarial_from: NaiveDate,
    pub ratio: i16,
    pub list_frozen_at: Option<DateTime<Utc>>,
    pub list_digest: Option<Vec<u8>>,
    pub value_name: Option<String>,
    pub value: Option<String>,
    pub launched_at: DateTime<Utc>,
    pub adversarial_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub ddets: String,
    pub company: String,
    pub siret: Option<String>,
    pub siret_signature: Option<String>,
    /// Those of the whole campaign.
    pub lines: Json<Vec<LineRow>>,
    pub hires: Json<Vec<HireRow>>,
    pub criteria: Json<Vec<CriterionRow>>,
    pub events: Json<Vec<EventRow>>,
    pub mails: Json<Vec<MailRow>>,
    /// In the order they replace one another: the last one is in force.
    pub decisions: Json<Vec<DecisionRow>>,
}

impl FileRow {
    /// The SIRET of the SIAE.
    pub(in super::super) fn sirets(&self) -> Sirets {
        Sirets::new(self.siret.clone(), self.siret_signature.clone())
    }

    /// The withdrawal that the decision in force holds.
    pub(in super::super) fn withdrawal(&self) -> Option<Withdrawal> {
        let in_force = self.decisions.0.last()?;
        in_force.withdrawn_from.map(|from| Withdrawal { from, to: in_force.withdrawn_to })
    }
}

/// Everything. Who may read it was said by whoever decided.
#[expect(clippy::too_many_lines, reason = "one statement, one column a line")]
pub(in super::super) async fn gather(db: &Db, ctx: &Ctx<Actor>, id: ControlId) -> Result<FileRow> {
    let reader = ctx.actor_record();
    let row = sqlx::query_as!(
        FileRow,
        r#"
        SELECT k.hired_from
             , k.hired_to
             , d.launch_on
             , d.adversarial_from
             , k.ratio
             , k.list_frozen_at
             , k.list_digest
             , k.value_name
             , k.value
             , k.launched_at AS "launched_at!"
             , k.adversarial_at
             , k.ended_at
             , ddets.shown_name AS "ddets!"
             , o.shown_name AS "company!"
             , o.siret
             , v.siret_signature AS "siret_signature?"
             , (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                              'company', l.company_id,
                              'hire', l.application_id,
                              'starts_on', l.starts_on
                          ) ORDER BY l.application_id), '[]')
                   FROM control_list_lines l
                   WHERE l.campaign_id = c.campaign_id
               ) AS "lines!: Json<Vec<LineRow>>"
             , (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                              'id', h.id,
                              'pass_number', h.pass_number,
                              'starts_on', h.starts_on,
                              'is_opened', (SELECT file_opened_since FROM read_file_opened_since(h.candidate_id, $2, $3, $4))
                          ) ORDER BY h.rank), '[]')
                   FROM control_hires h
                   WHERE h.control_id = c.id
               ) AS "hires!: Json<Vec<HireRow>>"
             , (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                              'id', x.id,
                              'given_at', x.uploaded_at,
                              'submitted_at', x.submitted_at,
                              'reviewed_at', x.reviewed_at,
                              'reviewed_by', full_name(u.first_name, u.last_name),
                              'proof', CASE WHEN f.id IS NOT NULL THEN jsonb_build_object(
                                  'document', f.id,
                                  'storage_key', f.storage_key,
                                  'sha256', encode(f.sha256, 'hex'),
                                  'size', f.size_bytes,
                                  'stored_at', f.uploaded_at
                              ) END
                          ) ORDER BY h.rank, x.id), '[]')
                   FROM control_hires h
                   JOIN control_criteria x ON x.hire_id = h.id
                   LEFT JOIN users u ON u.id = x.reviewed_by
                   LEFT JOIN documents f ON f.control_criterion_id = x.id AND f.kind = 'proof'
                   WHERE h.control_id = c.id
               ) AS "criteria!: Json<Vec<CriterionRow>>"
             , (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                              'at', e.at,
                              'action', e.action,
                              'actor_kind', e.actor_kind,
                              'by', full_name(u.first_name, u.last_name),
                              'organisation', e.organisation_id,
                              'organisation_name', acting.shown_name,
                              'payload', e.payload
                          ) ORDER BY e.at, e.seq), '[]')
                   FROM audit_events e
                   LEFT JOIN users u ON u.id = e.actor_id
                   LEFT JOIN organisations acting ON acting.id = e.organisation_id
                   WHERE (e.subject_kind = 'control' AND e.subject_id = c.id AND e.action <> 'control.file_taken')
                      OR (e.subject_kind = 'control_campaign' AND e.subject_id = c.campaign_id
                          AND e.action IN ('control_campaign.list_frozen', 'control_campaign.submissions_frozen'))
               ) AS "events!: Json<Vec<EventRow>>"
             , (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                              'kind', mail.kind,
                              'subject', mail.subject,
                              'text', mail.text_body,
                              'recipients', mail.recipients,
                              'written_at', mail.created_at,
                              'sent', mail.sent,
                              'failed', mail.failed,
                              'sent_at', mail.sent_at
                          ) ORDER BY mail.created_at, mail.kind, mail.recipients), '[]')
                   FROM (
                       SELECT m.kind
                            , m.subject
                            , m.text_body
                            , m.created_at
                            , array_agg(m.recipient ORDER BY m.recipient) AS recipients
                            , count(*) FILTER (WHERE m.status = 'sent') AS sent
                            , count(*) FILTER (WHERE m.status = 'failed') AS failed
                            , max(m.sent_at) AS sent_at
                       FROM emails m
                       WHERE m.about_kind = 'control' AND m.about_id = c.id
                       GROUP BY m.kind, m.subject, m.text_body, m.created_at
                   ) AS mail
               ) AS "mails!: Json<Vec<MailRow>>"
             , (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                              'id', t.id,
                              'replaces', t.replaces_id,
                              'replaced_why', t.replaced_why,
                              'is_annulment', t.is_annulment,
                              'reason', t.reason,
                              'comment', t.comment,
                              'training', t.training,
                              'withdrawn_from', lower(t.withdrawn_days),
                              'withdrawn_to', upper(t.withdrawn_days) - 1,
                              'leniency', t.leniency,
                              'cuts', (
                                  SELECT coalesce(jsonb_agg(jsonb_build_object(
                                             'rank', h.rank,
                                             'percent', s.percent
                                         ) ORDER BY h.rank), '[]')
                                  FROM control_subsidy_cuts s
                                  JOIN control_hires h ON h.id = s.hire_id
                                  WHERE s.decision_id = t.id
                              ),
                              'by', full_name(u.first_name, u.last_name),
                              'at', t.decided_at
                          ) ORDER BY t.id), '[]')
                   FROM control_decisions t
                   JOIN users u ON u.id = t.decided_by
                   WHERE t.control_id = c.id
               ) AS "decisions!: Json<Vec<DecisionRow>>"
        FROM controls c
        JOIN control_campaigns k ON k.id = c.campaign_id
        JOIN control_calendars d ON d.id = k.calendar_id
        JOIN organisations o ON o.id = c.company_id
        JOIN companies s ON s.organisation_id = c.company_id
        JOIN organisations ddets ON ddets.id = k.institution_id
        LEFT JOIN conventions v ON v.id = s.convention_id
        WHERE c.id = $1
        "#,
        id as _,
        ctx.reader() as Option<UserId>,
        reader.organisation as Option<OrganisationId>,
        paris_midnight(ctx.today()),
    );
    let mut row = row.fetch_optional(db).await?.ok_or(Error::NotFound)?;
    let made = std::mem::take(&mut row.decisions.0);
    row.decisions.0 = in_order(made, |one| (one.id, one.replaces));
    Ok(row)
}
