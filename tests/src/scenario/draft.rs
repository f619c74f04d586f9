//! Applications being written.

use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::applications::drafts::{self, Begin};
use iae_domain::Actor;
use iae_domain::applications::draft::{Advisor, DraftMessage, Step, StepChoice, UnfinishedDiagnosis};
use iae_domain::ids::{ApplicationDraftId, CandidateId, OrganisationId, RequestId};

use crate::{Persona, TestApp};

/// A draft to be written.
#[derive(Clone, Copy)]
#[must_use]
pub struct DraftBuilder<'a> {
    pub(super) app: &'a TestApp,
    pub(super) by: Persona,
    pub(super) to: OrganisationId,
    pub(super) step: Step,
    pub(super) of: Option<CandidateId>,
    pub(super) proposed_before: bool,
}

impl DraftBuilder<'_> {
    /// Who writes it, in the organisation they act for.
    pub const fn by(self, by: Persona) -> Self {
        Self { by, ..self }
    }

    /// The company it is for.
    pub const fn to(self, to: OrganisationId) -> Self {
        Self { to, ..self }
    }

    /// The step it has reached, those before it done.
    pub const fn at(self, step: Step) -> Self {
        Self { step, ..self }
    }

    /// Whom it is for, known to the author.
    pub const fn of(self, of: CandidateId) -> Self {
        Self { of: Some(of), ..self }
    }

    /// The person was already proposed to the company, a month ago.
    pub const fn proposed_before(self) -> Self {
        Self { proposed_before: true, ..self }
    }

    /// Writes it as its author would, step after step.
    pub async fn insert(self) -> ApplicationDraftId {
        let app = self.app;
        let actor = app.scenario().actor(self.by.user(), self.by.organisation()).await;
        let of = match (&actor, self.of) {
            (Actor::Candidate(own), _) => own.candidate,
            (_, Some(of)) => of,
            (_, None) => app.scenario().person(self.by).await,
        };
        if self.proposed_before {
            let before = app.scenario().application().of(of).to(self.to).by(Persona::OtherPrescriber);
            before.sent(TimeDelta::days(30)).insert().await;
        }
        let ctx = Ctx { actor, now: app.now(), request_id: RequestId::at(app.now()), impersonator: None };
        let known = (self.step != Step::Candidate).then_some(of);
        let begin = Begin { company: self.to, jobs: vec![], candidate: known, search: None };
        let id = drafts::start(&app.app, &ctx, begin, None).await.expect("the draft begins");
        for step in Step::ALL.iter().take_while(|step| **step != self.step) {
            let open = drafts::load(&app.app, &ctx, id).await.expect("the draft is the author's");
            let choice = match step {
                Step::Candidate | Step::Completion | Step::Summary => continue,
                Step::Previous => StepChoice::Previous(vec![self.to]),
                Step::Jobs => StepChoice::Jobs(vec![(self.to, vec![])]),
                Step::Eligibility => StepChoice::Eligibility(UnfinishedDiagnosis::default()),
                Step::Message => StepChoice::Message(DraftMessage {
                    text: "Une personne motivée, disponible tout de suite.".to_owned(),
                    advisor: Advisor::Sender,
                }),
            };
            drafts::save(&app.app, &ctx, &open, choice).await.expect("the step is saved");
        }
        id
    }
}

impl super::Scenario<'_> {
    /// Someone whose file this professional made: without e-mail address, known to nobody else.
    pub async fn person(self, by: Persona) -> CandidateId {
        let now = self.app.now() - TimeDelta::days(30);
        let id = CandidateId::at(now);
        sqlx::query(
            "INSERT INTO users (id, kind, first_name, last_name, phone, created_at)
             VALUES ($1, 'job_seeker', 'Chloé', 'Marchand', '0612345678', $2)",
        )
        .bind(id)
        .bind(now)
        .execute(self.app.db())
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO candidates
                 (id, birth_date, france_travail_id_missing_reason, city, created_by, created_by_organisation, created_at,
                  updated_at, search)
             VALUES ($1, '1994-07-11', 'NOT_REGISTERED', 'Metz', $2, $3, $4, $4, 'marchand chloe')",
        )
        .bind(id)
        .bind(by.user())
        .bind(by.organisation())
        .bind(now)
        .execute(self.app.db())
        .await
        .unwrap();
        id
    }
}
