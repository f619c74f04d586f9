//! A control as its SIAE reads it (rule book 04 §1.9, §1.13, §1.19).

mod list;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::EmployerActor;
use iae_domain::candidates::policy::{Standing, shown_name};
use iae_domain::candidates::{PersonName, ShownName};
use iae_domain::control::{
    Calendar, Campaign, Control, Days, NotNow, Stage, Told, ToldFacts, in_view_since, policy,
};
use iae_domain::eligibility::Criterion;
use iae_domain::ids::{CandidateId, ControlCriterionId, ControlHireId, ControlId, UserId};
use iae_domain::pass::PassNumber;
use iae_domain::time::{Period, paris_midnight};

use super::super::store::{self, Only};
use crate::candidates::note_opening;
use crate::eligibility::queries::{CriterionProof, criteria};
use crate::error::{Error, Result};
use crate::{App, Ctx, Db};
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
    /// What proves each criterion.
    pub proofs: Vec<CriterionProof>,
    /// What was copied of each hire at the draw.
    pub drawn: HashMap<ControlHireId, Drawn>,
    /// When the proof that each criterion has was given.
    pub given: HashMap<ControlCriterionId, DateTime<Utc>>,
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
             , d.launch_on
             , d.adversarial_from
             , ddets.shown_name AS ddets
             , nullif(ddets.email, '') AS email
             , nullif(ddets.phone, '') AS phone
        FROM controls c
        JOIN control_campaigns k ON k.id = c.campaign_id
        JOIN control_calendars d ON d.id = k.calendar_id
        JOIN organisations ddets ON ddets.id = k.institution_id
        WHERE c.company_id = $1
          AND c.id = coalesce(
                  $2::uuid
                , (SELECT h.control_id FROM control_hires h WHERE h.id = $3)
                , (SELECT h.control_id FROM control_criteria x JOIN control_hires h ON h.id = x.hire_id WHERE x.id = $4)
              )
          AND (k.ended_at IS NULL OR k.ended_at >= $5)
          AND k.hired_to >= '2022-01-01'
        "#,
        ctx.actor.organisation as _,
        by.control as Option<ControlId>,
        by.hire as Option<ControlHireId>,
        by.criterion as Option<ControlCriterionId>,
        paris_midnight(in_view_since(ctx.today())),
    )
    .fetch_optional(db)
    .await?
    .ok_or(Error::NotFound)?;
    let only = Only { control: Some(row.id), ..Only::default() };
    let control = store::read(db, only).await?.pop();
    let control = control.filter(|control| policy::defend(&ctx.actor, control.company));
    let control = control.ok_or(Error::NotFound)?;
    let (drawn, given) = hires(db, ctx, row.id).await?;
    let days = Days {
        calendar: Calendar { launch_on: row.launch_on, adversarial_from: row.adversarial_from },
        launched_at: row.launched_at,
        adversarial_at: row.adversarial_at,
    };
    Ok(Defence {
        told: ToldFacts::of(&control).told(&days),
        days,
        hired: Period { start: row.hired_from, end: row.hired_to },
        ddets: Ddets { name: row.ddets, email: row.email, phone: row.phone },
        archived_hires: row.archived_hires,
        proofs: criteria(db).await?,
        drawn,
        given,
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
    given_at: Option<DateTime<Utc>>,
}

type Hires = (HashMap<ControlHireId, Drawn>, HashMap<ControlCriterionId, DateTime<Utc>>);

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
             , x.uploaded_at AS "given_at?"
        FROM control_hires h
        JOIN candidates file ON file.id = h.candidate_id
        JOIN users u ON u.id = h.candidate_id
        LEFT JOIN control_criteria x ON x.hire_id = h.id AND NOT x.is_certified
        WHERE h.control_id = $1
        ORDER BY h.rank, x.id
        LIMIT 1000
        "#,
        control as _,
    )
    .fetch_all(db)
    .await?;
    let actor = ctx.any().actor;
    let (mut drawn, mut given) = (HashMap::new(), HashMap::new());
    for row in rows {
        given.extend(row.criterion.zip(row.given_at));
        let standing = Standing::related(row.candidate, row.created_by);
        let person = shown_name(&actor, &standing, row.person);
        drawn.insert(row.hire, Drawn { person, number: row.number, starts_on: row.starts_on });
    }
    Ok((drawn, given))
}
