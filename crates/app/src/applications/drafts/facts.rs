//! What every step of a draft decides on, read at once: at most six statements.

use chrono::NaiveDate;
use iae_domain::Actor;
use iae_domain::applications::submit::SubmitFacts;
use iae_domain::candidates::policy;
use iae_domain::eligibility::{AuthorKind, Diagnosis};
use iae_domain::pass::{Pass, waiting_period};
use sqlx::PgConnection;

use super::{Draft, DraftCandidate, DraftCompany, OpenJob, Tunnel, store};
use crate::error::{Error, Result};
use crate::{Ctx, eligibility, pass};

/// Everything around a draft. A company that left the directory (SUB-2) and a person the organisation no longer
/// deals with (D4) are not found.
pub(in crate::applications) async fn load(
    db: &mut PgConnection,
    ctx: &Ctx<Actor>,
    draft: Draft,
) -> Result<Tunnel> {
    let company = store::company(db, ctx.now, draft.company).await?.ok_or(Error::NotFound)?;
    let jobs = store::open_jobs(db, ctx.now, draft.company).await?;
    let organisation = ctx.actor_record().organisation;
    let (candidate, diagnoses, passes) = match draft.candidate {
        Some(id) => {
            let person = store::candidate(db, organisation, draft.company, id).await?;
            let person = person.filter(|person| policy::may_open(&ctx.actor, &person.standing()));
            (
                Some(person.ok_or(Error::NotFound)?),
                eligibility::store::of_candidate(&mut *db, id).await?,
                pass::store::of_candidate(&mut *db, id).await?,
            )
        }
        None => (None, vec![], vec![]),
    };
    Ok(Tunnel {
        draft,
        company,
        candidate,
        jobs,
        diagnoses,
        passes,
        actor: ctx.actor.clone(),
        now: ctx.now,
        today: ctx.today(),
    })
}

/// The same, as the rules of submission read it.
pub(super) fn of(
    company: &DraftCompany,
    candidate: Option<&DraftCandidate>,
    jobs: &[OpenJob],
    diagnoses: &[Diagnosis],
    passes: &[Pass],
    today: NaiveDate,
) -> SubmitFacts {
    SubmitFacts {
        company: company.id,
        company_kind: company.kind,
        company_has_members: company.has_members,
        company_blocks: company.blocks,
        spontaneous_open: company.spontaneous_open,
        open_jobs: jobs.iter().map(|job| job.id).collect(),
        last_submitted_at: candidate.and_then(|person| person.last_submitted_at),
        waiting_until: waiting_period::waiting_until(passes, today),
        has_prescriber_diagnosis: diagnoses.iter().any(|diagnosis| {
            diagnosis.author_kind == AuthorKind::Prescriber && diagnosis.is_unexpired(today)
        }),
    }
}
