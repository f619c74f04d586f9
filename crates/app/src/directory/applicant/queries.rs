//! SQL of the person a search is for.

use chrono::NaiveDate;
use iae_domain::Actor;
use iae_domain::candidates::policy::Standing;
use iae_domain::ids::{CandidateId, OrganisationId, UserId};
use iae_domain::time::paris_midnight;

use crate::error::Result;
use crate::{Ctx, Db};

/// The person, and how they stand to the reader.
pub(super) struct Row {
    pub(super) first_name: String,
    pub(super) last_name: String,
    created_by: Option<UserId>,
    is_related: bool,
    has_applied: bool,
    pub(super) commune: Option<String>,
    /// Whether it is kept for today that the reader saw who they are.
    pub(super) is_noted: bool,
    /// The last day of their PASS that ends last.
    pub(super) pass_ends_on: Option<NaiveDate>,
    /// Whether a diagnosis by a prescripteur habilité holds today.
    pub(super) has_prescriber_diagnosis: bool,
}

impl Row {
    pub(super) const fn standing(&self, candidate: CandidateId) -> Standing {
        Standing {
            candidate,
            created_by: self.created_by,
            is_related: self.is_related,
            has_applied: self.has_applied,
        }
    }
}

/// Everything the pages of a search need of the person, in one statement: they have few to spare.
pub(super) async fn applicant(db: &Db, ctx: &Ctx<Actor>, id: CandidateId) -> Result<Option<Row>> {
    let actor = ctx.actor_record();
    let row = sqlx::query_as!(
        Row,
        r#"
        SELECT u.first_name
             , u.last_name
             , c.created_by AS "created_by: UserId"
             , (SELECT is_related FROM read_is_related(c.id, $3)) AS "is_related!"
             , (SELECT has_applied_for FROM read_has_applied_for(c.id, $2)) AS "has_applied!"
             , home.slug AS "commune?"
             , EXISTS (
                   SELECT
                   FROM audit_events e
                   WHERE e.subject_kind = 'candidate'
                     AND e.subject_id = c.id
                     AND e.at >= $4
                     AND e.action IN ('candidate.searched_for', 'candidate.looked_up', 'candidate.file_opened')
                     AND e.actor_id = $2
                     AND e.organisation_id IS NOT DISTINCT FROM $3
               ) AS "is_noted!"
             , (SELECT max(p.ends_on) FROM passes p WHERE p.candidate_id = c.id) AS pass_ends_on
             , EXISTS (
                   SELECT
                   FROM eligibility_diagnoses d
                   WHERE d.candidate_id = c.id AND d.author_kind = 'prescriber' AND d.expires_on > $5
               ) AS "has_prescriber_diagnosis!"
        FROM candidates c
        JOIN users u ON u.id = c.id
        LEFT JOIN communes home ON home.insee_code = c.commune_code
        WHERE c.id = $1
        "#,
        id as _,
        actor.user as Option<UserId>,
        actor.organisation as Option<OrganisationId>,
        paris_midnight(ctx.today()),
        ctx.today(),
    )
    .fetch_optional(db)
    .await?;
    Ok(row)
}
