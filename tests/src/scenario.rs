//! Makes what must already exist when a test begins. Rules that have a use case go through it; the rest is written as
//! the use case would have, under the same constraints of the schema.

mod draft;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use iae_app::Ctx;
use iae_app::accounts::signed_in;
use iae_domain::Actor;
use iae_domain::applications::draft::Step;
use iae_domain::applications::{Accept, SenderKind, StateCode};
use iae_domain::eligibility::{Criterion, employer_diagnosis_expiry, prescriber_diagnosis_expiry};
use iae_domain::ids::{
    ApplicationId, CandidateId, ConsentId, DiagnosisId, JobDescriptionId, MembershipId, OrganisationId,
    PassId, RequestId, UserId, uuid_at,
};
use iae_domain::pass::default_end;
use iae_domain::time::paris_date;

pub use draft::DraftBuilder;

use crate::{Persona, TestApp, world};

/// Where builders start.
#[derive(Clone, Copy)]
pub struct Scenario<'a> {
    app: &'a TestApp,
}

impl<'a> Scenario<'a> {
    pub(crate) const fn new(app: &'a TestApp) -> Self {
        Self { app }
    }

    /// An application: by default of the candidate, by the prescriber, to the ACI, an hour ago, new.
    pub const fn application(self) -> ApplicationBuilder<'a> {
        ApplicationBuilder {
            app: self.app,
            by: Persona::Prescriber,
            to: world::ACI,
            of: world::CANDIDATE,
            job: None,
            state: StateCode::New,
            age: TimeDelta::hours(1),
            message: "Madame Benali cherche un travail en extérieur.",
        }
    }

    /// A draft: by default of the prescriber, to the ACI, for someone whose file they made, ready to be sent.
    pub const fn draft(self) -> DraftBuilder<'a> {
        DraftBuilder {
            app: self.app,
            by: Persona::Prescriber,
            to: world::ACI,
            step: Step::Summary,
            of: None,
            proposed_before: false,
        }
    }

    /// A diagnosis: by default of the candidate, by the prescriber, made today.
    pub const fn diagnosis(self) -> DiagnosisBuilder<'a> {
        DiagnosisBuilder {
            app: self.app,
            by: Persona::Prescriber,
            of: world::CANDIDATE,
            age: TimeDelta::zero(),
            criteria: &[],
        }
    }

    /// A PASS: by default of the candidate, issued by the ACI, from a month ago.
    pub const fn pass(self) -> PassBuilder<'a> {
        PassBuilder { app: self.app, of: world::CANDIDATE, starts_on: None, ends_on: None }
    }

    /// Makes someone an active member of an organisation.
    pub async fn membership(self, persona: Persona, organisation: OrganisationId) {
        let now = self.app.now();
        sqlx::query(
            "INSERT INTO memberships (id, user_id, organisation_id, joined_at, updated_at) VALUES ($1, $2, $3, $4, $4)
             ON CONFLICT (user_id, organisation_id) DO UPDATE SET is_active = true",
        )
        .bind(MembershipId::at(now))
        .bind(persona.user())
        .bind(organisation)
        .bind(now)
        .execute(self.app.db())
        .await
        .unwrap();
    }

    /// Ends every membership of someone.
    pub async fn deactivate(self, persona: Persona) {
        sqlx::query("UPDATE memberships SET is_active = false, is_admin = false WHERE user_id = $1")
            .bind(persona.user())
            .execute(self.app.db())
            .await
            .unwrap();
    }

    /// Someone acting for their first organisation, or for this one: what a use case takes.
    pub async fn actor(self, user: UserId, organisation: Option<OrganisationId>) -> Actor {
        let person = signed_in(self.app.db(), user, organisation, self.app.now()).await.unwrap();
        person.expect("the account is open").actor().expect("they may act for an organisation")
    }
}

/// An application to be written.
#[derive(Clone, Copy)]
#[must_use]
pub struct ApplicationBuilder<'a> {
    app: &'a TestApp,
    by: Persona,
    to: OrganisationId,
    of: CandidateId,
    job: Option<JobDescriptionId>,
    state: StateCode,
    age: TimeDelta,
    message: &'a str,
}

impl<'a> ApplicationBuilder<'a> {
    /// Who sends it, from the organisation they act for.
    pub const fn by(self, by: Persona) -> Self {
        Self { by, ..self }
    }

    /// The company it goes to.
    pub const fn to(self, to: OrganisationId) -> Self {
        Self { to, ..self }
    }

    /// The person.
    pub const fn of(self, of: CandidateId) -> Self {
        Self { of, ..self }
    }

    /// The job it is for.
    pub const fn for_job(self, job: JobDescriptionId) -> Self {
        Self { job: Some(job), ..self }
    }

    /// The state it has reached.
    pub const fn state(self, state: StateCode) -> Self {
        Self { state, ..self }
    }

    /// How long ago it was sent.
    pub const fn sent(self, ago: TimeDelta) -> Self {
        Self { age: ago, ..self }
    }

    /// What it says.
    pub const fn message(self, message: &'a str) -> Self {
        Self { message, ..self }
    }

    /// Writes it. An accepted one goes through the use case of an acceptance, with a diagnosis of the prescriber when
    /// the person has none; its mails are sent and read.
    pub async fn insert(self) -> ApplicationId {
        let at = self.app.now() - self.age;
        let id = ApplicationId::at(at);
        let sender = match self.by {
            Persona::Candidate | Persona::OtherCandidate => SenderKind::Candidate,
            Persona::Employer | Persona::EmployerAdmin | Persona::OtherEmployer | Persona::GeiqEmployer => {
                SenderKind::Employer
            }
            _ => SenderKind::Prescriber,
        };
        let before = if self.state == StateCode::Accepted { StateCode::Processing } else { self.state };
        let processed = matches!(before, StateCode::Refused | StateCode::Cancelled | StateCode::Obsolete);
        let consent = self.consent(sender, at).await;
        sqlx::query(
            "INSERT INTO applications
                 (id, candidate_id, company_id, sender_id, sender_kind, sender_organisation_id, state, submitted_at,
                  updated_at, processed_at, message, answer, refusal_reason, consent_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, CASE WHEN $9 THEN $8 END, $10,
                     CASE WHEN $7 IN ('postponed', 'refused') THEN 'Merci de votre candidature.' ELSE '' END,
                     CASE WHEN $7 = 'refused' THEN 'no_position' END, $11)",
        )
        .bind(id)
        .bind(self.of)
        .bind(self.to)
        .bind(self.by.user())
        .bind(sender.code())
        .bind(self.by.organisation())
        .bind(before.code())
        .bind(at)
        .bind(processed)
        .bind(self.message)
        .bind(consent)
        .execute(self.app.db())
        .await
        .unwrap();
        self.job(id).await;
        self.transitions(id, before, at).await;
        self.relations(at).await;
        if self.state == StateCode::Accepted {
            self.accept(id).await;
        }
        id
    }

    async fn consent(&self, sender: SenderKind, at: DateTime<Utc>) -> Option<ConsentId> {
        let organisation = self.by.organisation().filter(|_| sender != SenderKind::Candidate)?;
        let id = ConsentId::at(at);
        sqlx::query(
            "INSERT INTO sharing_consents
                 (id, candidate_id, organisation_id, company_id, recorded_by, recorded_at, shared)
             VALUES ($1, $2, $3, $4, $5, $6, ARRAY['identity', 'contact', 'message'])",
        )
        .bind(id)
        .bind(self.of)
        .bind(organisation)
        .bind(self.to)
        .bind(self.by.user())
        .bind(at)
        .execute(self.app.db())
        .await
        .unwrap();
        Some(id)
    }

    async fn job(&self, id: ApplicationId) {
        let Some(job) = self.job else { return };
        sqlx::query("INSERT INTO application_jobs (application_id, job_description_id) VALUES ($1, $2)")
            .bind(id)
            .bind(job)
            .execute(self.app.db())
            .await
            .unwrap();
    }

    async fn transitions(&self, id: ApplicationId, reached: StateCode, at: DateTime<Utc>) {
        let mut steps = vec![(None, StateCode::New, at)];
        if reached != StateCode::New {
            steps.push((Some(StateCode::New), reached, at + TimeDelta::minutes(1)));
        }
        for (from, to, at) in steps {
            sqlx::query(
                "INSERT INTO application_transitions (id, application_id, at, from_state, to_state, user_id)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(uuid_at(at))
            .bind(id)
            .bind(at)
            .bind(from.map(StateCode::code))
            .bind(to.code())
            .bind(from.is_none().then(|| self.by.user()))
            .execute(self.app.db())
            .await
            .unwrap();
        }
    }

    /// The sender has applied, each active member of the company has received.
    async fn relations(&self, at: DateTime<Utc>) {
        sqlx::query(
            "INSERT INTO candidate_relations
                 (candidate_id, organisation_id, user_id, origin, created_at, last_action_at)
             SELECT $1, m.organisation_id, m.user_id, CASE WHEN m.user_id = $2 THEN 'applied' ELSE 'received' END, $5, $5
             FROM memberships m
             WHERE m.is_active AND ((m.user_id = $2 AND m.organisation_id = $3) OR m.organisation_id = $4)
             ON CONFLICT DO NOTHING",
        )
        .bind(self.of)
        .bind(self.by.user())
        .bind(self.by.organisation())
        .bind(self.to)
        .bind(at)
        .execute(self.app.db())
        .await
        .unwrap();
    }

    async fn accept(&self, id: ApplicationId) {
        let app = self.app;
        let known: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT FROM eligibility_diagnoses WHERE candidate_id = $1)")
                .bind(self.of)
                .fetch_one(app.db())
                .await
                .unwrap();
        if !known {
            app.scenario().diagnosis().of(self.of).insert().await;
        }
        let member: UserId = sqlx::query_scalar(
            "SELECT user_id FROM memberships WHERE organisation_id = $1 AND is_active ORDER BY id",
        )
        .bind(self.to)
        .fetch_one(app.db())
        .await
        .expect("the company has a member");
        let Actor::Employer(employer) = app.scenario().actor(member, Some(self.to)).await else {
            panic!("only companies accept");
        };
        let ctx = Ctx { actor: employer, now: app.now(), request_id: RequestId::at(app.now()) };
        let command = Accept { starts_on: app.today(), ends_on: None, job: self.job, answer: None };
        iae_app::applications::accept(&app.app, &ctx, id, command.into())
            .await
            .expect("the hire follows the rules");
        app.run_jobs().await;
        app.mails();
    }
}

/// A diagnosis to be written.
#[derive(Clone, Copy)]
#[must_use]
pub struct DiagnosisBuilder<'a> {
    app: &'a TestApp,
    by: Persona,
    of: CandidateId,
    age: TimeDelta,
    criteria: &'a [Criterion],
}

impl<'a> DiagnosisBuilder<'a> {
    /// Who made it: a prescripteur habilité, or a member of an SIAE.
    pub const fn by(self, by: Persona) -> Self {
        Self { by, ..self }
    }

    /// The person.
    pub const fn of(self, of: CandidateId) -> Self {
        Self { of, ..self }
    }

    /// How long ago it was made.
    pub const fn made(self, ago: TimeDelta) -> Self {
        Self { age: ago, ..self }
    }

    /// Its administrative criteria.
    pub const fn criteria(self, criteria: &'a [Criterion]) -> Self {
        Self { criteria, ..self }
    }

    /// Writes it, expiring when the rules say.
    pub async fn insert(self) -> DiagnosisId {
        let at = self.app.now() - self.age;
        let id = DiagnosisId::at(at);
        let is_employer =
            matches!(self.by, Persona::Employer | Persona::EmployerAdmin | Persona::OtherEmployer);
        let expiry = if is_employer { employer_diagnosis_expiry } else { prescriber_diagnosis_expiry };
        sqlx::query(
            "INSERT INTO eligibility_diagnoses
                 (id, candidate_id, author_id, author_kind, organisation_id, created_at, expires_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(self.of)
        .bind(self.by.user())
        .bind(if is_employer { "employer" } else { "prescriber" })
        .bind(self.by.organisation())
        .bind(at)
        .bind(expiry(paris_date(at)))
        .execute(self.app.db())
        .await
        .unwrap();
        for criterion in self.criteria {
            sqlx::query("INSERT INTO diagnosis_criteria (diagnosis_id, criterion_code) VALUES ($1, $2)")
                .bind(id)
                .bind(criterion.code())
                .execute(self.app.db())
                .await
                .unwrap();
        }
        id
    }
}

/// A PASS to be written.
#[derive(Clone, Copy)]
#[must_use]
pub struct PassBuilder<'a> {
    app: &'a TestApp,
    of: CandidateId,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
}

impl PassBuilder<'_> {
    /// The holder.
    pub const fn of(self, of: CandidateId) -> Self {
        Self { of, ..self }
    }

    /// Its first day.
    pub const fn starting(self, day: NaiveDate) -> Self {
        Self { starts_on: Some(day), ..self }
    }

    /// Its last day, when it is not the one two years give.
    pub const fn ending(self, day: NaiveDate) -> Self {
        Self { ends_on: Some(day), ..self }
    }

    /// Writes it, on a diagnosis of the prescriber made the day it starts.
    pub async fn insert(self) -> PassId {
        let app = self.app;
        let starts_on = self.starts_on.unwrap_or_else(|| app.today() - TimeDelta::days(30));
        let age = app.today() - starts_on;
        let diagnosis =
            app.scenario().diagnosis().of(self.of).made(age.max(TimeDelta::zero())).insert().await;
        let id = PassId::at(app.now());
        sqlx::query(
            "WITH number AS (
                 INSERT INTO pass_counters VALUES ($1, 1)
                 ON CONFLICT (prefix) DO UPDATE SET last_sequence = pass_counters.last_sequence + 1
                 RETURNING prefix || lpad(last_sequence::text, 7, '0') AS number
             )
             INSERT INTO passes
                 (id, number, candidate_id, starts_on, ends_on, diagnosis_id, origin_siret, origin_company_kind,
                  origin_sender_kind, origin_prescriber_kind, created_at, updated_at)
             SELECT $2, number, $3, $4, $5, $6, '38012345600011', 'ACI', 'prescriber', 'ML', $7, $7 FROM number",
        )
        .bind(app.app.config.pass_prefix.as_str())
        .bind(id)
        .bind(self.of)
        .bind(starts_on)
        .bind(self.ends_on.unwrap_or_else(|| default_end(starts_on)))
        .bind(diagnosis)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
        id
    }
}
