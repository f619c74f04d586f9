//! A prescripteur habilité validates the eligibility of a person, or renews a diagnosis (rule book 03 §2.2, §2.8).

use iae_domain::Actor;
use iae_domain::actor::PrescriberActor;
use iae_domain::candidates::SituationPoint;
use iae_domain::eligibility::{
    Criteria, DiagnosisFacts, DiagnosisRefused, Prescription, Viewer, last_considered_valid,
    prescribe as decide,
};
use iae_domain::ids::{CandidateId, DiagnosisId};
use iae_domain::pass::waiting_period;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, candidates, pass};

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

/// Why no diagnosis was made.
#[derive(Debug, thiserror::Error)]
pub enum PrescribeError {
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] DiagnosisRefused),
    /// Anything else.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<sqlx::Error> for PrescribeError {
    fn from(error: sqlx::Error) -> Self {
        Self::App(error.into())
    }
}

/// Makes the diagnosis of a person the organisation deals with (D4); nothing when one holds that the prescriber did
/// not choose to update (§2.8). Answers the new diagnosis, if one was made.
pub async fn prescribe(
    app: &App,
    ctx: &Ctx<PrescriberActor>,
    candidate: CandidateId,
    command: Prescribe,
) -> Result<Option<DiagnosisId>, PrescribeError> {
    let actor: Actor = ctx.actor.clone().into();
    iae_domain::eligibility::policy::prescribe(&ctx.actor).map_err(Error::from)?;
    let mut tx = app.db.begin().await?;
    candidates::store::lock(&mut tx, candidate).await?;
    let standing = candidates::store::standing(&mut tx, &ctx.any(), candidate).await?;
    let related =
        standing.is_some_and(|standing| iae_domain::candidates::policy::may_open(&actor, &standing));
    if !related {
        return Err(Error::NotFound.into());
    }
    let diagnoses = store::of_candidate(&mut *tx, candidate).await?;
    let passes = pass::store::of_candidate(&mut *tx, candidate).await?;
    let today = ctx.today();
    let has_valid_pass = waiting_period::has_valid_pass(&passes, today);
    let current = last_considered_valid(&diagnoses, Viewer::Prescriber, has_valid_pass, today);
    if !has_valid_pass && current.map(|diagnosis| diagnosis.id) != command.replaces {
        return Ok(None);
    }
    let facts = DiagnosisFacts { diagnoses: &diagnoses, has_valid_pass };
    let id = DiagnosisId::at(ctx.now);
    let Prescription { new, replaced } = decide(&ctx.actor, candidate, command.criteria, facts, id, ctx.now)?;
    store::insert(app, &mut tx, ctx, new).await?;
    store::insert_points(&mut tx, id, &command.points).await?;
    if let Some(replaced) = replaced {
        store::save(app, &mut tx, ctx, replaced).await?;
    }
    candidates::store::relate(&mut tx, ctx, candidate, ctx.actor.user, ctx.actor.organisation, "diagnosed")
        .await?;
    tx.commit().await?;
    Ok(Some(id))
}
