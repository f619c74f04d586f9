//! One of every thing a route may name, and the address of each route on them.

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_domain::eligibility::Criterion;
use iae_domain::ids::{ApplicationDraftId, ApplicationId, DiagnosisId, PassId};
use iae_tests::{Persona, TestApp, world};
use uuid::Uuid;

/// What the addresses name: everything is of the candidate, the prescriber and the ACI.
pub struct Things {
    application: ApplicationId,
    pass: PassId,
    draft: ApplicationDraftId,
    self_prescription: DiagnosisId,
    email: Uuid,
}

impl Things {
    /// Makes them: the candidate's pending application and the draft of another one; a PASS of theirs; the ACI's own
    /// diagnosis of the other candidate; the mails of a hire.
    pub async fn new(app: &TestApp) -> Self {
        let scenario = app.scenario();
        let hired =
            scenario.application().of(world::OTHER_CANDIDATE).by(Persona::OtherPrescriber).to(world::EI);
        let self_prescription = scenario
            .diagnosis()
            .of(world::OTHER_CANDIDATE)
            .by(Persona::Employer)
            .criteria(&[Criterion::Rsa])
            .made(TimeDelta::days(3))
            .insert()
            .await;
        scenario.diagnosis().of(world::OTHER_CANDIDATE).by(Persona::OtherPrescriber).insert().await;
        hired.state(StateCode::Accepted).insert().await;
        let pass = scenario.pass().insert().await;
        let application = scenario.application().insert().await;
        let email =
            sqlx::query_scalar("SELECT id FROM emails ORDER BY id").fetch_one(app.db()).await.unwrap();
        Self { application, pass, draft: draft(app).await, self_prescription, email }
    }

    /// The address of a route, none when it names a thing unknown here.
    pub fn address(&self, path: &str) -> Option<String> {
        if !path.contains('{') {
            return Some(path.to_owned());
        }
        let first = path.trim_start_matches("/admin").split('/').nth(1)?;
        let id = match first {
            "applications" => self.application.to_string(),
            "application-drafts" => self.draft.to_string(),
            "pass" => self.pass.to_string(),
            "candidates" => world::CANDIDATE.to_string(),
            "employers" => world::ACI.to_string(),
            "jobs" => world::GARDENER.to_string(),
            "self-prescriptions" => self.self_prescription.to_string(),
            "emails" => self.email.to_string(),
            "login" => "ic".to_owned(),
            _ => return None,
        };
        let address = path.replacen(&parameter(path)?, &id, 1);
        (!address.contains('{')).then_some(address)
    }
}

/// The first parameter of a path, with its braces.
fn parameter(path: &str) -> Option<String> {
    let start = path.find('{')?;
    let end = path[start..].find('}')? + start;
    Some(path[start..=end].to_owned())
}

async fn draft(app: &TestApp) -> ApplicationDraftId {
    let id = ApplicationDraftId::at(app.now());
    sqlx::query(
        "INSERT INTO application_drafts
             (id, user_id, organisation_id, company_id, candidate_id, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
    )
    .bind(id)
    .bind(Persona::Prescriber.user())
    .bind(world::MISSION_LOCALE)
    .bind(world::ACI)
    .bind(world::CANDIDATE)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    id
}

/// The path without its ids.
pub fn shape(path: &str) -> String {
    path.split('/').map(|part| if part.len() == 36 { "{id}" } else { part }).collect::<Vec<_>>().join("/")
}
