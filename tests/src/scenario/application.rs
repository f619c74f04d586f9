//! Applications, at any state.

use chrono::Utc;
use chrono::{DateTime, TimeDelta};
use iae_app::Ctx;
use iae_domain::Actor;
use iae_domain::applications::draft::Advisor;
use iae_domain::applications::{Accept, SenderKind, StateCode};
use iae_domain::ids::{
    ApplicationId, CandidateId, ConsentId, JobDescriptionId, OrganisationId, RequestId, UserId, uuid_at,
};

use crate::{Persona, TestApp};

/// An application to be written.
#[derive(Clone, Copy)]
#[must_use]
pub struct ApplicationBuilder<'a> {
    pub(super) app: &'a TestApp,
    pub(super) by: Persona,
    pub(super) to: OrganisationId,
    pub(super) of: CandidateId,
    pub(super) job: Option<JobDescriptionId>,
    pub(super) state: StateCode,
    pub(super) age: TimeDelta,
    pub(super) message: &'a str,
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
        let ctx =
            Ctx { actor: employer, now: app.now(), request_id: RequestId::at(app.now()), impersonator: None };
        let command = Accept {
            starts_on: app.today(),
            ends_on: None,
            job: self.job,
            answer: None,
            advisor: Advisor::Sender,
        };
        let seen = Some(StateCode::Processing);
        iae_app::applications::accept(&app.app, &ctx, id, seen, command.into())
            .await
            .expect("the hire follows the rules");
        app.run_jobs().await;
        app.mails();
    }
}
