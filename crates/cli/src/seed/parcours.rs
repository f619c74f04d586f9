//! The parcours of one candidate: what happened to them, in order, before it becomes rows.

mod criteria;
mod turn;
mod under_pass;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::applications::{RefusalReason, SenderKind, StateCode};
use iae_domain::eligibility::{AuthorKind, Criteria, employer_diagnosis_expiry, prescriber_diagnosis_expiry};
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::default_period;
use iae_domain::time::{Period, age, paris_date};
use uuid::Uuid;

pub use turn::{Deed, REMINDERS, Turn};
pub use under_pass::UnderPass;

use super::people::Person;
use super::random::Random;
use super::world::World;

/// A professional in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub user: Uuid,
    /// The organisation.
    pub organisation: Uuid,
}

impl Member {
    /// Someone of the company of that rank.
    pub fn of_company(world: &World, rng: &mut Random, rank: usize) -> Self {
        let company = &world.companies[rank];
        Self { user: *rng.pick(&company.members), organisation: company.id }
    }

    /// Someone of the prescriber organisation of that rank.
    pub fn of_prescriber(world: &World, rng: &mut Random, rank: usize) -> Self {
        let prescriber = &world.prescribers[rank];
        Self { user: *rng.pick(&prescriber.members), organisation: prescriber.id }
    }
}

/// Who sent an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The person.
    Candidate,
    /// A prescripteur habilité or an orienteur, by the rank of their organisation.
    Prescriber(Member, usize),
    /// The company itself.
    Employer(Member),
}

impl Sender {
    /// In what capacity.
    pub const fn kind(self) -> SenderKind {
        match self {
            Self::Candidate => SenderKind::Candidate,
            Self::Prescriber(..) => SenderKind::Prescriber,
            Self::Employer(_) => SenderKind::Employer,
        }
    }

    /// The professional, if it is one.
    pub const fn member(self) -> Option<Member> {
        match self {
            Self::Candidate => None,
            Self::Prescriber(member, _) | Self::Employer(member) => Some(member),
        }
    }
}

/// A diagnosis.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// Its id.
    pub id: Uuid,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Who made it.
    pub author: Member,
    /// In what capacity.
    pub author_kind: AuthorKind,
    /// First day it no longer holds.
    pub expires_on: NaiveDate,
    /// Its criteria.
    pub criteria: Criteria,
}

/// A PASS.
#[derive(Debug, Clone)]
pub struct Pass {
    /// Its id.
    pub id: Uuid,
    /// When it was issued.
    pub at: DateTime<Utc>,
    /// The days it is issued for.
    pub period: Period,
    /// Rank of its diagnosis.
    pub diagnosis: usize,
    /// Rank of the company that hired.
    pub company: usize,
    /// Who had sent the application.
    pub sender: Sender,
}

/// A hire.
#[derive(Debug, Clone, Copy)]
pub struct Hire {
    /// First day of the contract.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// Rank of the diagnosis it rests on.
    pub diagnosis: Option<usize>,
    /// Rank of the PASS.
    pub pass: Option<usize>,
    /// Whether the team delivers the PASS by hand.
    pub is_manual: bool,
}

/// One step of an application.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// When.
    pub at: DateTime<Utc>,
    /// The state it leads to.
    pub to: StateCode,
    /// Who did it; none for the platform itself.
    pub by: Option<Member>,
}

/// An application.
#[derive(Debug, Clone)]
pub struct Application {
    /// Its id.
    pub id: Uuid,
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// Rank of the company.
    pub company: usize,
    /// Who sent it.
    pub sender: Sender,
    /// The post.
    pub job: Option<Uuid>,
    /// What happened since.
    pub steps: Vec<Step>,
    /// How it ended well.
    pub hire: Option<Hire>,
    /// How it ended badly.
    pub refusal: Option<RefusalReason>,
}

impl Application {
    /// Its state.
    pub fn state(&self) -> StateCode {
        self.steps.last().map_or(StateCode::New, |step| step.to)
    }

    /// When it was accepted.
    pub fn accepted_at(&self) -> Option<DateTime<Utc>> {
        self.steps.iter().find(|step| step.to == StateCode::Accepted).map(|step| step.at)
    }
}

/// Everything that happened to one candidate.
#[derive(Debug, Clone)]
pub struct Parcours {
    /// Id of the account.
    pub id: Uuid,
    /// Who they are.
    pub person: Person,
    /// When the file was created.
    pub created_at: DateTime<Utc>,
    /// Who created it; none for the person.
    pub created_by: Option<Member>,
    /// Diagnoses, in order.
    pub diagnoses: Vec<Diagnosis>,
    /// PASS, in order.
    pub passes: Vec<Pass>,
    /// Applications, in order.
    pub applications: Vec<Application>,
    /// What happens to the PASS, in order; none when chance says it.
    pub turns: Option<Vec<Turn>>,
}

impl Parcours {
    /// The rank of a prescriber's diagnosis that holds on that day.
    pub fn prescribed_on(&self, day: NaiveDate) -> Option<usize> {
        self.diagnoses.iter().rposition(|diagnosis| {
            diagnosis.author_kind == AuthorKind::Prescriber
                && paris_date(diagnosis.at) <= day
                && day < diagnosis.expires_on
        })
    }

    /// Who of them all validated eligibility last as a prescripteur habilité.
    pub fn prescriber(&self) -> Option<Member> {
        let made = self.diagnoses.iter().filter(|diagnosis| diagnosis.author_kind == AuthorKind::Prescriber);
        made.max_by_key(|diagnosis| diagnosis.at).map(|diagnosis| diagnosis.author)
    }

    /// Whether they held a PASS on that day.
    pub fn has_pass_on(&self, day: NaiveDate) -> bool {
        self.passes.iter().any(|pass| paris_date(pass.at) <= day && day <= pass.period.end)
    }

    /// Adds a diagnosis by a prescripteur habilité; the one that still held ends that day (rule book 03 §2.8).
    pub fn prescribe(&mut self, rng: &mut Random, at: DateTime<Utc>, author: Member) -> usize {
        let day = paris_date(at);
        if let Some(former) = self.prescribed_on(day) {
            self.diagnoses[former].expires_on = day;
        }
        let count = rng.weighted(&[(0, 8), (1, 35), (2, 37), (3, 20)]);
        self.add(rng, at, author, AuthorKind::Prescriber, prescriber_diagnosis_expiry(day), count, None)
    }

    /// Adds a diagnosis by an SIAE, with the criteria its kind asks for (rule book 03 §2.4).
    pub fn self_prescribe(
        &mut self,
        rng: &mut Random,
        at: DateTime<Utc>,
        author: Member,
        kind: CompanyKind,
    ) -> usize {
        let expiry = employer_diagnosis_expiry(paris_date(at));
        self.add(rng, at, author, AuthorKind::Employer, expiry, 2, Some(kind))
    }

    #[expect(clippy::too_many_arguments, reason = "what a diagnosis is made of")]
    fn add(
        &mut self,
        rng: &mut Random,
        at: DateTime<Utc>,
        author: Member,
        author_kind: AuthorKind,
        expires_on: NaiveDate,
        count: usize,
        needed_by: Option<CompanyKind>,
    ) -> usize {
        let criteria = criteria::drawn(rng, age(self.person.birth_date, paris_date(at)), count, needed_by);
        let id = rng.id(at);
        self.diagnoses.push(Diagnosis { id, at, author, author_kind, expires_on, criteria });
        self.diagnoses.len() - 1
    }

    /// Adds the PASS a hire issues.
    pub fn issue(
        &mut self,
        rng: &mut Random,
        at: DateTime<Utc>,
        starts_on: NaiveDate,
        diagnosis: usize,
        company: usize,
        sender: Sender,
    ) -> usize {
        let period = default_period(starts_on);
        self.passes.push(Pass { id: rng.id(at), at, period, diagnosis, company, sender });
        self.passes.len() - 1
    }
}
