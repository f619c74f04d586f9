//! A control as its SIAE reads it (rule book 04 §1.9, §1.13, §1.19).

mod kept;
mod list;

use std::collections::HashMap;

use chrono::NaiveDate;
use iae_domain::actor::EmployerActor;
use iae_domain::candidates::policy::{Standing, shown_name};
use iae_domain::candidates::{PersonName, ShownName};
use iae_domain::control::{
    Calendar, Campaign, Control, Days, NotNow, Stage, Told, ToldFacts, Withdrawal, is_control_in_view, policy,
};
use iae_domain::eligibility::Criterion;
use iae_domain::ids::{CandidateId, ControlCriterionId, ControlHireId, ControlId, UserId};
use iae_domain::pass::PassNumber;
use iae_domain::time::Period;
use sqlx::types::Json;

use super::super::store::{self, Only};
pub use super::last::{MoveOf, last_defence};
use super::made::{MadeDecisions, MadeRow};
use crate::candidates::note_opening;
use crate::eligibility::queries::{CriterionProof, criteria};
use crate::error::{Error, Result};
use crate::{App, Ctx, Db};
pub use kept::{Kept, Unfit};
pub use list::{ListedControl, listed};

/// The control of an SIAE, and what its pages say of it.
#[derive(Debug, Clone)]
pub struct Defence {
    /// The control. What was decided of it is shown as [`Defence::shown`] says, and not otherwise.
    pub control: Control,
    /// Where its SIAE is told that it stands.
    pub told: Told,
    /// The days of its campaign.
    pub days: Days,
    /// Which contracts are controlled, by their first day.
    pub hired: Period,
    /// Who controls.
    pub ddets: Ddets,
    /// How many hires were controlled, once they are deleted (§1.20).
    pub archived_hires: Option<i16>,
    /// The decisions on its negative result.
    pub decisions: MadeDecisions,
    /// What proves each criterion.
    pub proofs: Vec<CriterionProof>,
    /// What was copied of each hire at the draw.
    pub drawn: HashMap<ControlHireId, Drawn>,
    /// The proofs that the SIAE kept of each criterion.
    pub kept: HashMap<ControlCriterionId, Vec<Kept>>,
}

/// The DDETS, and how it is reached.
#[derive(Debug, Clone)]
pub struct Ddets {
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: Option<String>,
    /// Its phone number.
    pub phone: Option<String>,
}

/// A drawn hire as it was at the draw.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Who was hired.
    pub person: ShownName,
    /// Their PASS.
    pub number: PassNumber,
    /// First day of the contract.
    pub starts_on: NaiveDate,
}

impl Defence {
    /// Where it stands for all that is shown of it: once its SIAE has its result nothing stays hidden.
    pub fn shown(&self, today: NaiveDate) -> Stage {
        let stage = self.control.stage(today);
        Stage { is_frozen: stage.is_frozen && !self.told.is_over(), ..stage }
    }

    /// Where it stands for all that is done by its SIAE: nothing more, once it has its result.
    pub fn acting(&self, today: NaiveDate) -> Result<Stage, NotNow> {
        match self.control.phase {
            Campaign::Ended => Err(NotNow::Ended),
            Campaign::Open if self.told.is_over() => Err(NotNow::Settled),
            Campaign::Open => Ok(self.control.stage(today)),
        }
    }

    /// What proves a criterion.
    pub fn proof_of(&self, criterion: Criterion) -> Option<&CriterionProof> {
        self.proofs.iter().find(|known| known.criterion == criterion)
    }
}

/// How a control is found.
#[derive(Debug, Clone, Copy, Default)]
struct By {
    control: Option<ControlId>,
    hire: Option<ControlHireId>,
    criterion: Option<ControlCriterionId>,
}

/// A control of this SIAE; that of another does not exist, nor one that is out of view.
pub async fn defence(app: &App, ctx: &Ctx<EmployerActor>, id: ControlId) -> Result<Defence> {
    read(&app.db, ctx, By { control: Some(id), ..By::default() }).await
}

/// The same, of one of its hires: who it is about is read (D34).
pub async fn of_hire(app: &App, ctx: &Ctx<EmployerActor>, id: ControlHireId) -> Result<Defence> {
    let defence = read(&app.db, ctx, By { hire: Some(id), ..By::default() }).await?;
    let candidate = defence.control.hire(id).ok_or(Error::NotFound)?.candidate;
    note_opening(app, &ctx.any(), candidate).await?;
    Ok(defence)
}

/// The same, of one of its criteria.
pub async fn of_criterion(app: &App, ctx: &Ctx<EmployerActor>, id: ControlCriterionId) -> Result<Defence> {
    read(&app.db, ctx, By { criterion: Some(id), ..By::default() }).await
}

async fn read(db: &Db, ctx: &Ctx<EmployerActor>, by: By) -> Result<Defence> {
    let row = sqlx::query!(
        r#"
        SELECT c.id AS "id: ControlId"
             , c.archived_hires
             , k.hired_from
             , k.hired_to
             , k.launched_at AS "launched_at!"
             , k.adversarial_at
             , k.ended_at
             , lower(w.withdrawn_days) AS withdrawn_from
             , upper(w.withdrawn_days) - 1 AS withdrawn_to
             , d.launch_on
             , d.adversarial_from
             , ddets.shown_name AS ddets
             , nullif(ddets.email, '') AS email
             , nullif(ddets.phone, '') AS phone
             , (SELECT decisions_of FROM read_decisions_of(c.id)) AS "decisions!: Json<Vec<MadeRow>>"
        FROM controls c
        JOIN control_campaigns k ON k.id = c.campaign_id
        JOIN control_calendars d ON d.id = k.calendar_id
        LEFT JOIN company_withdrawals w ON w.control_id = c.id
        JOIN organisations ddets ON ddets.id = k.institution_id
        WHERE c.company_id = ANY ((SELECT inherited_by FROM read_inherited_by($1))::uuid[])
          AND c.id = coalesce(
                  $2::uuid
                , (SELECT h.control_id FROM control_hires h WHERE h.id = $3)
                , (SELECT h.control_id FROM control_criteria x JOIN control_hires h ON h.id = x.hire_id WHERE x.id = $4)
              )
        "#,
        ctx.actor.organisation as _,
        by.control as Option<ControlId>,
        by.hire as Option<ControlHireId>,
        by.criterion as Option<ControlCriterionId>,
    )
    .fetch_optional(db)
    .await?
    .ok_or(Error::NotFound)?;
    let hired = Period { start: row.hired_from, end: row.hired_to };
    let withdrawal = row.withdrawn_from.map(|from| Withdrawal { from, to: row.withdrawn_to });
    if !is_control_in_view(hired, row.ended_at, withdrawal, ctx.today()) {
        return Err(Error::NotFound);
    }
    let only = Only { control: Some(row.id), ..Only::default() };
    let control = store::read(db, only).await?.pop();
    let control = control.filter(|control| policy::defend(&ctx.actor, control.answering));
    let control = control.ok_or(Error::NotFound)?;
    let Hires { drawn, kept } = hires(db, ctx, row.id).await?;
    let days = Days {
        calendar: Calendar { launch_on: row.launch_on, adversarial_from: row.adversarial_from },
        launched_at: row.launched_at,
        adversarial_at: row.adversarial_at,
    };
    Ok(Defence {
        told: ToldFacts::of(&control).told(&days),
        days,
        hired,
        ddets: Ddets { name: row.ddets, email: row.email, phone: row.phone },
        archived_hires: row.archived_hires,
        decisions: row.decisions.0.as_slice().into(),
        proofs: criteria(db).await?,
        drawn,
        kept,
        control,
    })
}

/// A hire, and one of the criteria it needs a proof for.
struct HireRow {
    hire: ControlHireId,
    candidate: CandidateId,
    created_by: Option<UserId>,
    person: PersonName,
    number: PassNumber,
    starts_on: NaiveDate,
    criterion: Option<ControlCriterionId>,
    kept: Json<Vec<Kept>>,
}

/// What was copied of each hire, and the proofs that are kept of its criteria.
#[derive(Default)]
struct Hires {
    drawn: HashMap<ControlHireId, Drawn>,
    kept: HashMap<ControlCriterionId, Vec<Kept>>,
}

async fn hires(db: &Db, ctx: &Ctx<EmployerActor>, control: ControlId) -> Result<Hires> {
    let rows = sqlx::query_as!(
        HireRow,
        r#"
        SELECT h.id AS "hire: ControlHireId"
             , h.candidate_id AS "candidate: CandidateId"
             , file.created_by AS "created_by: UserId"
             , full_name(u.first_name, u.last_name) AS "person!"
             , h.pass_number AS "number: PassNumber"
             , h.starts_on
             , x.id AS "criterion?: ControlCriterionId"
             , (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                              'id', p.id
                            , 'dated_on', p.dated_on
                            , 'deposited_at', p.deposited_at
                            , 'is_given', EXISTS (
                                  SELECT
                                  FROM documents given
                                  JOIN documents content ON content.storage_key = given.storage_key
                                  WHERE given.control_criterion_id = x.id AND content.eligibility_proof_id = p.id
                              )
                          )), '[]')
                   FROM eligibility_proofs p
                   WHERE p.company_id = $2
                     AND p.candidate_id = h.candidate_id
                     AND p.criterion_code = x.criterion_code
               ) AS "kept!: Json<Vec<Kept>>"
        FROM control_hires h
        JOIN candidates file ON file.id = h.candidate_id
        JOIN users u ON u.id = h.candidate_id
        LEFT JOIN control_criteria x ON x.hire_id = h.id AND NOT x.is_certified
        WHERE h.control_id = $1
        ORDER BY h.rank, x.id
        LIMIT 1000
        "#,
        control as _,
        ctx.actor.organisation as _,
    )
    .fetch_all(db)
    .await?;
    let actor = ctx.any().actor;
    let mut hires = Hires::default();
    for row in rows {
        hires.kept.extend(row.criterion.zip(Some(row.kept.0)));
        let standing = Standing::related(row.candidate, row.created_by);
        let person = shown_name(&actor, &standing, row.person);
        hires.drawn.insert(row.hire, Drawn { person, number: row.number, starts_on: row.starts_on });
    }
    Ok(hires)
}
