//! A prescripteur habilité validates the eligibility of a person, or renews a diagnosis (rule book 03 §2.2, §2.8).

use iae_domain::Actor;
use iae_domain::actor::{AuthorisedPrescriber, PrescriberActor};
use iae_domain::candidates::{Relation, RelationOrigin, SituationPoint, relate};
use iae_domain::eligibility::{
    Criteria, DiagnosisFacts, DiagnosisRefused, Prescription, Viewer, last_considered_valid,
    prescribe as decide,
};
use iae_domain::ids::{CandidateId, DiagnosisId};
use iae_domain::pass::waiting_period;
use iae_domain::policy::Denied;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure, authorisation, candidates, pass};

/// What the prescriber filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prescribe {
    /// Administrative criteria; none is required.
    pub criteria: Criteria,
    /// The structured diagnosis.
    pub points: Vec<SituationPoint>,
    /// The diagnosis this one replaces, when the prescriber chose to update one. Naming it makes a second click
    /// harmless: the diagnosis it names no longer holds.
    pub replaces: Option<DiagnosisId>,
}

/// Makes the diagnosis of a person the organisation deals with (D4); nothing when one holds that the prescriber did
/// not choose to update (§2.8). Answers the new diagnosis, if one was made.
pub async fn prescribe(
    app: &App,
    ctx: &Ctx<AuthorisedPrescriber>,
    candidate: CandidateId,
    command: Prescribe,
) -> Result<Option<DiagnosisId>, Failure<DiagnosisRefused>> {
    let actor: Actor = ctx.actor.clone().into();
    iae_domain::eligibility::policy::prescribe(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    candidates::store::lock(&mut work, candidate).await?;
    let standing = candidates::store::standing(&mut work, candidate).await?;
    let related =
        standing.is_some_and(|standing| iae_domain::candidates::policy::may_open(&actor, &standing));
    if !related {
        return Err(Error::NotFound.into());
    }
    // PRE-11: the right may have been lost since the page was asked for; it stays until this is done.
    if !authorisation::is_authorised(&mut work, ctx.actor.organisation).await? {
        return Err(Denied::NotAuthorised.into());
    }
    let diagnoses = store::of_candidate(work.db(), candidate).await?;
    let passes = pass::store::of_candidate(work.db(), candidate).await?;
    let today = work.today();
    let has_valid_pass = waiting_period::has_valid_pass(&passes, today);
    let current = last_considered_valid(&diagnoses, Viewer::Prescriber, has_valid_pass, today);
    if !has_valid_pass && current.map(|diagnosis| diagnosis.id) != command.replaces {
        return Ok(None);
    }
    let birth_date = candidates::store::birth_date(&mut work, candidate).await?;
    let facts = DiagnosisFacts { diagnoses: &diagnoses, has_valid_pass, birth_date, withdrawals: &[] };
    let id = DiagnosisId::at(work.now());
    let prescription = decide(&ctx.actor, candidate, command.criteria, facts, id, work.now())?;
    let Prescription { new, replaced } = prescription.with_points(command.points);
    store::insert(&mut work, new).await?;
    if let Some(replaced) = replaced {
        store::save(&mut work, replaced).await?;
    }
    let PrescriberActor { user, organisation, .. } = *ctx.actor;
    let diagnosed = Relation::new(candidate, user, organisation, RelationOrigin::Diagnosed);
    candidates::store::save_relation(&mut work, relate(diagnosed)).await?;
    work.commit().await?;
    Ok(Some(id))
}
