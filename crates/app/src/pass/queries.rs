//! The page of a PASS (rule book 03 §4.14).

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::applications::visible_since;
use iae_domain::candidates::ShownName;
use iae_domain::candidates::policy::{Standing, checked_name, checks_identity};
use iae_domain::eligibility::AuthorKind;
use iae_domain::ids::{ApplicationId, CandidateId, OrganisationId, PassId, UserId};
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::attestation::AttestationCode;
use iae_domain::pass::policy::{self, PassRelation};
use iae_domain::pass::{CorrectionReason, EndMove, HeldPass, Parcours, PassNumber};
use iae_domain::time::Period;
use serde::Deserialize;
use serde_json::json;
use sqlx::types::Json;

use super::cancellation::queries::missing;
use super::store::HeldRow;
use crate::audit;
use crate::audit::queries::Sought;
use crate::error::{Error, Result};
use crate::organisations::succession::first_structure::FirstStructure;
use crate::{App, Ctx, Db};

/// A PASS, as its page and its certificate show it.
#[derive(Debug, Clone)]
pub struct PassDetail {
    /// The PASS, and what decides who may act on it.
    pub held: HeldPass,
    /// Its number.
    pub number: PassNumber,
    /// The code of its attestation.
    pub attestation_code: AttestationCode,
    /// Its holder.
    pub candidate: CandidateId,
    /// The name of the holder.
    pub holder: ShownName,
    /// Whether that name is the real one.
    pub names_holder: bool,
    /// The holder's France Travail identifier.
    pub france_travail_id: Option<String>,
    /// Which kind of organisation made the diagnosis it rests on.
    pub diagnosis_author_kind: AuthorKind,
    /// Who made it.
    pub diagnosis_author: String,
    /// For which organisation.
    pub diagnosis_organisation: String,
    /// When.
    pub diagnosed_at: DateTime<Utc>,
    /// The hires it was used for, earliest first.
    pub contracts: Vec<Contract>,
    /// What the team corrected of its dates, earliest first.
    pub corrections: Vec<CorrectionRow>,
    /// The last day of the suspension that a hire had ended, cancelled since: it stays so until something else is declared.
    pub ended_by_cancelled: Option<NaiveDate>,
}

/// A correction of the dates of a PASS by the team.
#[derive(Debug, Clone, Deserialize)]
pub struct CorrectionRow {
    /// When.
    pub at: DateTime<Utc>,
    /// Its days before.
    pub from: Period,
    /// Its days after.
    pub to: Period,
    /// Why.
    pub reason: CorrectionReason,
    /// The same in words, for the team.
    pub explanation: String,
}

impl PassDetail {
    /// All that makes its dates.
    pub const fn parcours(&self) -> &Parcours {
        &self.held.pass.parcours
    }

    /// First and last day of parcours.
    pub fn period(&self) -> Period {
        self.parcours().period()
    }

    /// What ties the reader to the holder.
    pub const fn relation(&self) -> PassRelation {
        self.held.relation
    }
}

/// A hire under a PASS.
#[derive(Debug, Clone, Deserialize)]
pub struct Contract {
    /// The accepted application.
    pub application: ApplicationId,
    /// The company.
    pub company: OrganisationId,
    /// Its name.
    pub company_name: String,
    /// Its kind.
    pub company_kind: CompanyKind,
    /// Its address, on one line.
    pub company_address: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day, none for an open-ended contract.
    pub ends_on: Option<NaiveDate>,
    /// Where it took place, when that structure became another one, or gave it to another one.
    pub first: Option<FirstStructure>,
}

/// The PASS `id`, if the actor may read it (W8); else it does not exist for them. What a company received is a reason to
/// read it as long as the company sees it (VIS-1).
pub(super) async fn detail(db: &Db, ctx: &Ctx<Actor>, id: PassId) -> Result<PassDetail> {
    let organisation = ctx.actor_record().organisation;
    let row = sqlx::query!(
        r#"
        SELECT full_name(holder.first_name, holder.last_name) AS "holder!"
             , p.attestation_code AS "attestation_code: AttestationCode"
             , c.france_travail_id
             , c.created_by AS "created_by: UserId"
             , d.author_kind
             , d.created_at AS diagnosed_at
             , full_name(author.first_name, author.last_name) AS "author!"
             , o.shown_name AS organisation
             , (SELECT held_pass FROM read_held_pass(p, $2, $3, $4)) AS "held!: Json<HeldRow>"
             , (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                       'application', a.id,
                       'company', a.company_id,
                       'company_name', hiring.shown_name,
                       'company_kind', hiring.kind,
                       'company_address', concat_ws(' ', nullif(hiring.address_line_1, ''), hiring.post_code, hiring.city),
                       'starts_on', a.hiring_starts_on,
                       'ends_on', a.hiring_ends_on,
                       'first', (SELECT first_structure_of FROM read_first_structure_of(a.id))
                   ) ORDER BY a.hiring_starts_on, a.id), '[]')
                   FROM applications a
                   JOIN organisations hiring ON hiring.id = a.company_id
                   WHERE a.pass_id = p.id AND a.state = 'accepted'
               ) AS "contracts!: Json<Vec<Contract>>"
             , (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                       'at', k.corrected_at,
                       'from', jsonb_build_object('start', k.started_on, 'end', k.ended_on),
                       'to', jsonb_build_object('start', k.starts_on, 'end', k.ends_on),
                       'reason', k.reason,
                       'explanation', k.explanation
                   ) ORDER BY k.id), '[]')
                   FROM pass_corrections k
                   WHERE k.pass_id = p.id
               ) AS "corrections!: Json<Vec<CorrectionRow>>"
             , (
                   SELECT (e.payload ->> 'until')::date
                   FROM audit_events e
                   WHERE e.subject_kind = 'pass'
                     AND e.subject_id = p.id
                     AND e.action = 'pass.suspension_lifted'
                     AND NOT EXISTS (
                         SELECT FROM applications a
                         WHERE a.id = (e.payload ->> 'hired_by')::uuid AND a.state = 'accepted' AND a.pass_id = p.id
                     )
                     AND e.payload ? 'hired_by'
                     AND EXISTS (
                         SELECT FROM suspensions s
                         WHERE s.pass_id = p.id AND s.ends_on = (e.payload ->> 'until')::date
                     )
                     AND NOT EXISTS (
                         SELECT FROM audit_events since
                         WHERE since.subject_kind = 'pass' AND since.subject_id = p.id AND since.seq > e.seq
                           AND since.action IN ('pass.suspended', 'pass.suspension_changed', 'pass.suspension_lifted')
                     )
                   ORDER BY e.seq DESC
                   LIMIT 1
               ) AS ended_by_cancelled
        FROM passes p
        JOIN candidates c ON c.id = p.candidate_id
        JOIN users holder ON holder.id = p.candidate_id
        JOIN eligibility_diagnoses d ON d.id = p.diagnosis_id
        JOIN users author ON author.id = d.author_id
        JOIN organisations o ON o.id = d.organisation_id
        WHERE p.id = $1
        "#,
        id as _,
        organisation as Option<OrganisationId>,
        visible_since(ctx.now),
        ctx.today(),
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Err(missing(db, &ctx.actor, ctx.now, id.0).await?) };
    let held = row.held.0.held(id)?;
    let candidate = held.pass.candidate;
    policy::read(&ctx.actor, candidate, held.relation).map_err(|_| Error::NotFound)?;
    let standing = Standing::related(candidate, row.created_by);
    Ok(PassDetail {
        number: held.pass.number.clone(),
        attestation_code: row.attestation_code,
        candidate,
        names_holder: checks_identity(&ctx.actor, &standing),
        holder: checked_name(&ctx.actor, &standing, row.holder.into()),
        france_travail_id: row.france_travail_id,
        diagnosis_author_kind: row.author_kind,
        diagnosis_author: row.author,
        diagnosis_organisation: row.organisation,
        diagnosed_at: row.diagnosed_at,
        contracts: row.contracts.0,
        corrections: row.corrections.0,
        ended_by_cancelled: row.ended_by_cancelled,
        held,
    })
}

/// Who last moved the end of a PASS, and when; nobody when the service did it by itself.
pub type LastMove = audit::queries::LastMove<EndMove>;

/// The last time the end of a PASS that was read already has moved; none since it was issued, nor beyond what the trail keeps.
pub async fn last_move(app: &App, id: PassId) -> Result<Option<LastMove>> {
    let sought =
        Sought { kind: "pass", id: id.0, moves: EndMove::ALL, code: EndMove::code, about: json!({}) };
    audit::queries::last_move(&app.db, sought).await
}
