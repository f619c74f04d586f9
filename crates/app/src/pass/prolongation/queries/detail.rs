//! A request, as whoever answers it reads it.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::applications::visible_since;
use iae_domain::candidates::ShownName;
use iae_domain::candidates::policy::{Standing, checked_name, checks_identity};
use iae_domain::ids::{CandidateId, OrganisationId, PassId, ProlongationRequestId, UserId};
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::policy::PassRelation;
use iae_domain::pass::prolongation::{DenialReason, ProlongationReason, ProposedAction, RequestState};
use iae_domain::pass::{Parcours, PassNumber, policy};
use iae_domain::time::Period;
use sqlx::types::Json;

use crate::candidates::note_opening;
use crate::error::{Error, Result};
use crate::pass::cancellation::queries::missing;
use crate::{App, Ctx};

/// The review of the pathway (D8).
#[derive(Debug, Clone)]
pub struct ReviewCard {
    /// What was done.
    pub done: String,
    /// The obstacles left.
    pub obstacles: String,
    /// The actions planned.
    pub planned: String,
}

/// Why a request was refused.
#[derive(Debug, Clone)]
pub struct DenialCard {
    /// The reason.
    pub reason: DenialReason,
    /// In the prescriber's own words.
    pub explanation: String,
    /// What is proposed; nothing when the reason calls for nothing.
    pub actions: Vec<ProposedAction>,
    /// How.
    pub details: String,
}

/// A request.
#[derive(Debug, Clone)]
pub struct RequestDetail {
    /// Its id.
    pub id: ProlongationRequestId,
    /// The PASS.
    pub pass: PassId,
    /// Whether whoever reads may open its page.
    pub reads_pass: bool,
    /// Its number.
    pub number: PassNumber,
    /// All that makes the dates of the PASS.
    pub parcours: Parcours,
    /// The holder.
    pub holder: ShownName,
    /// Their birth date, when it is known.
    pub birth_date: Option<NaiveDate>,
    /// The SIAE.
    pub company: String,
    /// Its kind.
    pub company_kind: CompanyKind,
    /// Its member who asks.
    pub declarant: String,
    /// Why.
    pub reason: ProlongationReason,
    /// From the end of the PASS when it was asked to the end that is asked for.
    pub period: Period,
    /// Whether the SIAE declared what nothing recorded proves (D12).
    pub condition_declared: bool,
    /// The review of the pathway.
    pub review: ReviewCard,
    /// Whether a report came with it, as a file.
    pub has_report: bool,
    /// Address and number to call, when an interview is wanted.
    pub contact: Option<(String, String)>,
    /// The organisation it is addressed to.
    pub organisation: String,
    /// The prescriber it is addressed to.
    pub assignee: UserId,
    /// Their name.
    pub assignee_name: String,
    /// Where it is.
    pub state: RequestState,
    /// When it was asked.
    pub created_at: DateTime<Utc>,
    /// Who answered, and when.
    pub processed: Option<(String, DateTime<Utc>)>,
    /// Why it was refused.
    pub denial: Option<DenialCard>,
}

/// A request and whom it is between.
pub(super) struct Found {
    pub detail: RequestDetail,
    pub candidate: CandidateId,
    /// Whether the name of the holder is the real one.
    pub names_holder: bool,
    pub company: OrganisationId,
    pub addressed: OrganisationId,
}

/// The request, for a prescripteur habilité of the organisation it is addressed to; it opens the file (D34).
pub async fn request(
    app: &App,
    ctx: &Ctx<AuthorisedPrescriber>,
    id: ProlongationRequestId,
) -> Result<RequestDetail> {
    let found = found(app, &ctx.any(), id).await?;
    if !policy::decide_prolongation(&ctx.actor, found.addressed) {
        return Err(Error::NotFound);
    }
    note_opening(app, &ctx.any(), found.candidate).await?;
    Ok(found.detail)
}

/// The request, whoever reads it: its callers say who may.
pub(super) async fn found(app: &App, ctx: &Ctx<Actor>, id: ProlongationRequestId) -> Result<Found> {
    let row = sqlx::query!(
        r#"
        SELECT p.id AS "pass: PassId"
             , p.candidate_id AS "candidate: CandidateId"
             , (SELECT held_pass FROM read_held_pass(p, $2, $3, $4)) -> 'relation' AS "relation!: Json<PassRelation>"
             , p.number AS "number: PassNumber"
             , (SELECT parcours FROM read_parcours(p.id, p.starts_on, p.issued_days, p.closed_on)) AS "parcours!: Json<Parcours>"
             , full_name(holder.first_name, holder.last_name) AS "holder!"
             , c.created_by AS "created_by: UserId"
             , c.birth_date
             , r.company_id AS "company_id: OrganisationId"
             , company.shown_name AS company
             , company.kind AS "company_kind: CompanyKind"
             , full_name(declarant.first_name, declarant.last_name) AS "declarant!"
             , r.reason AS "reason: ProlongationReason"
             , r.starts_on
             , r.ends_on
             , r.condition_declared
             , r.review_done
             , r.review_obstacles
             , r.review_planned
             , has_report(r.id, r.pass_id, r.company_id) AS "has_report!"
             , r.contact_email
             , r.contact_phone
             , r.prescriber_organisation_id AS "addressed: OrganisationId"
             , addressed.shown_name AS organisation
             , r.assignee_id AS "assignee: UserId"
             , full_name(assignee.first_name, assignee.last_name) AS "assignee_name!"
             , r.state AS "state: RequestState"
             , r.created_at
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
        JOIN users assignee ON assignee.id = r.assignee_id
        LEFT JOIN users processor ON processor.id = r.processed_by
        LEFT JOIN prolongation_denials d ON d.request_id = r.id
        WHERE r.id = $1
        "#,
        id as _,
        ctx.actor_record().organisation as Option<OrganisationId>,
        visible_since(ctx.now),
        ctx.today(),
    )
    .fetch_optional(&app.db)
    .await?;
    let Some(row) = row else { return Err(missing(&app.db, &ctx.actor, ctx.now, id.0).await?) };
    let denial = row.denial.map(|reason| denial_card(reason, row.explanation, row.actions, row.details));
    let standing = Standing::related(row.candidate, row.created_by);
    let detail = RequestDetail {
        id,
        pass: row.pass,
        reads_pass: policy::read(&ctx.actor, row.candidate, row.relation.0).is_ok(),
        number: row.number,
        parcours: row.parcours.0,
        holder: checked_name(&ctx.actor, &standing, row.holder.into()),
        birth_date: row.birth_date,
        company: row.company,
        company_kind: row.company_kind,
        declarant: row.declarant,
        reason: row.reason,
        period: Period { start: row.starts_on, end: row.ends_on },
        condition_declared: row.condition_declared,
        review: ReviewCard {
            done: row.review_done,
            obstacles: row.review_obstacles,
            planned: row.review_planned,
        },
        has_report: row.has_report,
        contact: row.contact_email.zip(row.contact_phone),
        organisation: row.organisation,
        assignee: row.assignee,
        assignee_name: row.assignee_name,
        state: row.state,
        created_at: row.created_at,
        processed: row.processor.zip(row.processed_at),
        denial,
    };
    Ok(Found {
        detail,
        candidate: row.candidate,
        names_holder: checks_identity(&ctx.actor, &standing),
        company: row.company_id,
        addressed: row.addressed,
    })
}

fn denial_card(
    reason: DenialReason,
    explanation: Option<String>,
    actions: Option<Vec<String>>,
    details: Option<String>,
) -> DenialCard {
    DenialCard {
        reason,
        explanation: explanation.unwrap_or_default(),
        actions: actions.iter().flatten().filter_map(|code| ProposedAction::parse(code)).collect(),
        details: details.unwrap_or_default(),
    }
}
