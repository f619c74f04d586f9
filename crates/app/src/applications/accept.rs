//! An employer accepts an application (rule book 02 §6.5): the model of every use case.

use chrono::NaiveDate;
use iae_domain::Changed;
use iae_domain::actor::EmployerActor;
use iae_domain::applications::draft::Advisor;
use iae_domain::applications::{
    Accept, AcceptRefused, Acceptance, AcceptanceFacts, Application, PassOutcome, PassResult, StateCode,
    policy,
};
use iae_domain::candidates::{
    BirthDate, CandidateFile, Complete, CompleteRefused, Relation, RelationOrigin, relate,
};
use iae_domain::eligibility::{Criteria, DiagnosisFacts, DiagnosisRefused, NewDiagnosis, self_prescribe};
use iae_domain::ids::{ApplicationId, DiagnosisId};
use iae_domain::organisations::HiredPost;
use iae_domain::pass::suspension::Resuspended;
use iae_domain::pass::waiting_period;
use iae_domain::time::Period;

use super::hired_job::{self, NewJob};
use super::issue::{self, Parties};
use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure, Work, candidates, eligibility, pass};

/// Why an acceptance did not happen.
#[derive(Debug, thiserror::Error)]
pub enum HireRefused {
    /// The rules of the hire and of the PASS refuse it.
    #[error(transparent)]
    Rules(#[from] AcceptRefused),
    /// The rules of the company's own diagnosis refuse it.
    #[error(transparent)]
    Diagnosis(#[from] DiagnosisRefused),
    /// What was given to complete the person's file is refused.
    #[error(transparent)]
    Person(#[from] CompleteRefused),
}

/// What the employer posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hire {
    /// The contract.
    pub contract: Accept,
    /// The post of the hire, when the company had none of it.
    pub new_job: Option<NewJob>,
    /// Criteria of the company's own diagnosis, when it has to make one (auto-prescription).
    pub criteria: Option<Criteria>,
    /// What the person's file lacked (rule book 02 §6.2).
    pub person: Complete,
}

/// A hire that asks for nothing more than a contract.
impl From<Accept> for Hire {
    fn from(contract: Accept) -> Self {
        Self { contract, new_job: None, criteria: None, person: Complete::default() }
    }
}

/// Accepts the application `id`, `seen` in this state: the file completed, the diagnosis, the PASS and the hire are written together or not
/// at all.
///
/// The candidate is locked first: two companies accepting one person at the same instant wait for each other, and
/// the second reuses the PASS of the first (rule book 03 §8, C3). Whether the company may prescribe to itself is read after it, as
/// the decisions in force say at that instant (04 §1.16).
pub async fn accept(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
    seen: Option<StateCode>,
    hire: Hire,
) -> Result<PassResult, Failure<HireRefused>> {
    let mut work = app.begin(ctx).await?;
    let advisor = hire.contract.advisor;
    let Decided { file, new_job, diagnosis, acceptance } =
        decide(&mut work, &ctx.actor, id, seen, hire).await?;
    let Acceptance { application, pass, obsolete } = acceptance;
    let result = pass.result();
    if let Some(file) = file {
        candidates::complete::save(&mut work, file).await.map_err(Failure::within)?;
    }
    if let Some(diagnosis) = diagnosis {
        eligibility::store::insert(&mut work, diagnosis).await?;
    }
    match pass {
        PassOutcome::Issued(new) => pass::store::insert(&mut work, new).await?,
        PassOutcome::Moved(moved) => drop(pass::store::save(&mut work, moved).await?),
        PassOutcome::Resumed(resumed) => pass::suspensions::save(&mut work, resumed).await?,
        PassOutcome::Reused(_) | PassOutcome::NotRequired | PassOutcome::AwaitingManualDelivery => {}
    }
    let candidate = application.value().candidate;
    hired_job::save_hire(&mut work, application, new_job).await?;
    store::save_obsolete(&mut work, obsolete).await?;
    let EmployerActor { user, organisation, .. } = ctx.actor;
    let advisor_is_unlisted = advisor == Advisor::Unlisted;
    let hired =
        Relation::new(candidate, advisor.colleague().unwrap_or(user), organisation, RelationOrigin::Hired);
    candidates::store::save_hire_relation(&mut work, relate(Relation { advisor_is_unlisted, ..hired }))
        .await?;
    work.commit().await?;
    Ok(result)
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
    /// The suspension of the valid PASS would be lifted, and the PASS serve again.
    Resumed {
        /// When the PASS would run.
        period: Period,
        /// Last day of the suspension; none when it would never have been.
        suspended_until: Option<NaiveDate>,
    },
    /// A PASS would be issued.
    Issued(Period),
    /// The team would deliver it by hand.
    AwaitingManualDelivery,
}

impl PassPreview {
    /// When the PASS would run, once there is one.
    pub const fn period(self) -> Option<Period> {
        match self {
            Self::Reused(period)
            | Self::Moved(period)
            | Self::Issued(period)
            | Self::Resumed { period, .. } => Some(period),
            Self::NotRequired | Self::AwaitingManualDelivery => None,
        }
    }
}

/// The same decision as [`accept`], with nothing written.
pub async fn preview(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
    seen: Option<StateCode>,
    hire: Hire,
) -> Result<Preview, Failure<HireRefused>> {
    let mut work = app.begin(ctx).await?;
    let Decided { acceptance, .. } = decide(&mut work, &ctx.actor, id, seen, hire).await?;
    work.rollback().await?;
    let pass = match &acceptance.pass {
        PassOutcome::NotRequired => PassPreview::NotRequired,
        PassOutcome::Reused(pass) => PassPreview::Reused(pass.period()),
        PassOutcome::Moved(pass) => PassPreview::Moved(pass.value().period()),
        PassOutcome::Resumed(resumed) => {
            let Resuspended { pass, write } = resumed.value();
            PassPreview::Resumed { period: pass.period(), suspended_until: write.last_day() }
        }
        PassOutcome::Issued(pass) => PassPreview::Issued(pass.value().period),
        PassOutcome::AwaitingManualDelivery => PassPreview::AwaitingManualDelivery,
    };
    Ok(Preview { pass, closed: acceptance.obsolete.len() })
}

/// Everything an acceptance writes.
struct Decided {
    /// The person's file, when it was completed on the way.
    file: Option<Changed<CandidateFile>>,
    /// The post of the hire, when there was none of it.
    new_job: Option<Changed<HiredPost>>,
    /// The company's own diagnosis.
    diagnosis: Option<Changed<NewDiagnosis>>,
    acceptance: Acceptance,
}

/// Locks, asks the policy, loads the facts and asks the rules.
async fn decide(
    work: &mut Work<'_>,
    actor: &EmployerActor,
    id: ApplicationId,
    seen: Option<StateCode>,
    hire: Hire,
) -> Result<Decided, Failure<HireRefused>> {
    let Hire { mut contract, new_job, criteria, person } = hire;
    let application = store::lock_for_employer(work, actor.organisation, id).await?;
    let application = application.ok_or(Error::NotFound)?;
    policy::accept(actor, &application)?;
    contract.advisor = listed(work, actor, contract.advisor).await?;
    let new_job = match new_job {
        Some(wanted) => {
            let (job, created) = hired_job::job_for_hire(work, actor.organisation, wanted).await?;
            contract.job = Some(job);
            created.map(|post| post.for_hire(application.id))
        }
        None => None,
    };

    let known = candidates::complete::lock(work, application.candidate).await?.ok_or(Error::NotFound)?;
    let file = if person == Complete::default() {
        None
    } else {
        Some(candidates::complete::decide(work, known.clone(), person).await.map_err(Failure::within)?)
    };
    let mut facts = facts(work, &application, file.as_ref().map_or(&known, Changed::value)).await?;
    let diagnosis = match criteria {
        Some(criteria) => {
            let known = DiagnosisFacts {
                diagnoses: &facts.diagnoses,
                has_valid_pass: waiting_period::has_valid_pass(&facts.issue.passes, work.today()),
                birth_date: file.as_ref().map_or(&known, Changed::value).birth_date.map(BirthDate::date),
                withdrawals: &facts.withdrawals,
            };
            let id = DiagnosisId::at(work.now());
            match self_prescribe(actor, application.candidate, criteria, known, id, work.now()) {
                // What appeared meanwhile makes the criteria needless, not the hire impossible (03 §8, C3).
                Err(DiagnosisRefused::ValidPass | DiagnosisRefused::AlreadyValid) => None,
                made => Some(made?),
            }
        }
        None => None,
    };
    facts.diagnoses.extend(diagnosis.iter().map(|new| new.value().diagnosis.clone()));
    Ok(Decided {
        file,
        new_job,
        diagnosis,
        acceptance: application.accept(seen, contract, &facts, work.now())?,
    })
}

/// A colleague named who left meanwhile is no longer there to accompany anyone: whoever accepts does.
async fn listed(work: &mut Work<'_>, actor: &EmployerActor, advisor: Advisor) -> Result<Advisor> {
    match advisor {
        Advisor::Colleague(user) if !candidates::store::is_member(work, user, actor.organisation).await? => {
            Ok(Advisor::Sender)
        }
        Advisor::Colleague(_) | Advisor::Sender | Advisor::Unlisted => Ok(advisor),
    }
}

async fn facts(
    work: &mut Work<'_>,
    application: &Application,
    file: &CandidateFile,
) -> Result<AcceptanceFacts> {
    let candidate = application.candidate;
    let Parties { issue, sender_is_authorised, withdrawals } = issue::parties(work, application).await?;
    Ok(AcceptanceFacts {
        issue,
        sender_is_authorised,
        identification: file.identification(),
        missing: file.missing(),
        diagnoses: eligibility::store::of_candidate(work.db(), candidate).await?,
        withdrawals,
        other_pending: store::other_pending(work, application).await?,
    })
}
