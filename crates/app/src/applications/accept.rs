//! An employer accepts an application (rule book 02 §6.5): the model of every use case.

use iae_domain::Changed;
use iae_domain::actor::EmployerActor;
use iae_domain::applications::{Accept, AcceptRefused, Acceptance, AcceptanceFacts, PassOutcome, policy};
use iae_domain::eligibility::{Criteria, DiagnosisFacts, DiagnosisRefused, NewDiagnosis, self_prescribe};
use iae_domain::ids::{ApplicationId, DiagnosisId, PassId};
use iae_domain::pass::waiting_period;
use iae_domain::time::Period;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, candidates, eligibility, pass};

/// Why an acceptance did not happen.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// The rules of the hire and of the PASS refuse it.
    #[error(transparent)]
    Refused(#[from] AcceptRefused),
    /// The rules of the company's own diagnosis refuse it.
    #[error(transparent)]
    Diagnosis(#[from] DiagnosisRefused),
    /// Anything else.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<sqlx::Error> for AcceptError {
    fn from(error: sqlx::Error) -> Self {
        Self::App(error.into())
    }
}

/// Accepts the application `id`. `criteria` are those of the company's own diagnosis, when it has to make one
/// (auto-prescription): the diagnosis, the PASS and the hire are written together or not at all.
///
/// The candidate is locked first: two companies accepting one person at the same instant wait for each other, and
/// the second reuses the PASS of the first (rule book 03 §8, C3).
pub async fn accept(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
    command: Accept,
    criteria: Option<Criteria>,
) -> Result<(), AcceptError> {
    let mut tx = app.db.begin().await?;
    let (diagnosis, acceptance) = decide(&mut tx, ctx, id, command, criteria).await?;
    let Acceptance { application, pass, obsolete } = acceptance;
    if let Some(diagnosis) = diagnosis {
        eligibility::store::insert(app, &mut tx, ctx, diagnosis).await?;
    }
    match pass {
        PassOutcome::Issued(new) => pass::store::insert(app, &mut tx, ctx, new).await?,
        PassOutcome::Moved(moved) => pass::store::save(app, &mut tx, ctx, moved).await?,
        PassOutcome::Reused(_) | PassOutcome::NotRequired | PassOutcome::AwaitingManualDelivery => {}
    }
    let candidate = application.value().candidate;
    store::save(app, &mut tx, ctx, application).await?;
    for other in obsolete {
        store::save(app, &mut tx, ctx, other).await?;
    }
    candidates::store::relate(&mut tx, ctx, candidate, ctx.actor.user, ctx.actor.organisation, "hired")
        .await?;
    tx.commit().await?;
    Ok(())
}

/// What an acceptance would do, for the recap shown before it is confirmed (ACC-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    /// What would become of the PASS.
    pub pass: PassPreview,
    /// Other applications of the person that would be closed.
    pub closed: usize,
}

/// What would become of the PASS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassPreview {
    /// The company is not an SIAE.
    NotRequired,
    /// The valid PASS would serve again.
    Reused(Period),
    /// The PASS that has not started would start with this contract.
    Moved(Period),
    /// A PASS would be issued.
    Issued(Period),
    /// The team would deliver it by hand.
    AwaitingManualDelivery,
}

/// The same decision as [`accept`], with nothing written.
pub async fn preview(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
    command: Accept,
    criteria: Option<Criteria>,
) -> Result<Preview, AcceptError> {
    let mut tx = app.db.begin().await?;
    let (_, acceptance) = decide(&mut tx, ctx, id, command, criteria).await?;
    tx.rollback().await?;
    let pass = match &acceptance.pass {
        PassOutcome::NotRequired => PassPreview::NotRequired,
        PassOutcome::Reused(pass) => PassPreview::Reused(pass.period),
        PassOutcome::Moved(pass) => PassPreview::Moved(pass.value().period),
        PassOutcome::Issued(pass) => PassPreview::Issued(pass.value().period),
        PassOutcome::AwaitingManualDelivery => PassPreview::AwaitingManualDelivery,
    };
    Ok(Preview { pass, closed: acceptance.obsolete.len() })
}

/// Locks, asks the policy, loads the facts and asks the rules.
async fn decide(
    tx: &mut crate::Tx,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
    command: Accept,
    criteria: Option<Criteria>,
) -> Result<(Option<Changed<NewDiagnosis>>, Acceptance), AcceptError> {
    let application = store::lock_for_employer(tx, ctx.actor.organisation, ctx.now, id).await?;
    let application = application.ok_or(Error::NotFound)?;
    policy::accept(&ctx.actor, &application).map_err(Error::from)?;

    let mut facts = facts(tx, ctx, &application).await?;
    let diagnosis = match criteria {
        Some(criteria) => {
            let known = DiagnosisFacts {
                diagnoses: &facts.diagnoses,
                has_valid_pass: waiting_period::has_valid_pass(&facts.passes, ctx.today()),
            };
            let id = DiagnosisId::at(ctx.now);
            Some(self_prescribe(&ctx.actor, application.candidate, criteria, known, id, ctx.now)?)
        }
        None => None,
    };
    facts.diagnoses.extend(diagnosis.iter().map(|new| new.value().diagnosis.clone()));
    Ok((diagnosis, application.accept(command, &facts, ctx.now)?))
}

async fn facts(
    tx: &mut crate::Tx,
    ctx: &Ctx<EmployerActor>,
    application: &iae_domain::applications::Application,
) -> Result<AcceptanceFacts> {
    let candidate = application.candidate;
    let parties = store::acceptance_parties(tx, application.id).await?;
    Ok(AcceptanceFacts {
        company_kind: ctx.actor.kind,
        company_siret: parties.company_siret,
        sender_is_authorised: parties.sender_is_authorised,
        prescriber_kind: parties.prescriber_kind,
        identification: parties.identification,
        diagnoses: eligibility::store::of_candidate(&mut **tx, candidate).await?,
        passes: pass::store::of_candidate(&mut **tx, candidate).await?,
        other_pending: store::other_pending(tx, application).await?,
        new_pass: PassId::at(ctx.now),
    })
}
