//! One of every thing a route may name, and the address of each route on them.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_domain::applications::draft::Step;
use iae_domain::eligibility::Criterion;
use iae_domain::ids::{ApplicationDraftId, ApplicationId, DiagnosisId, PassId};
use iae_tests::{Persona, TestApp, world};
use uuid::Uuid;

/// Who may write an application.
const WRITERS: &[Persona] = &[
    Persona::Candidate,
    Persona::OtherCandidate,
    Persona::Orienter,
    Persona::OtherPrescriber,
    Persona::Prescriber,
    Persona::PrescriberAdmin,
    Persona::GeiqEmployer,
    Persona::OtherEmployer,
    Persona::Employer,
    Persona::EmployerAdmin,
];

/// What the addresses name: everything is of the candidate, the prescriber and the ACI.
pub struct Things {
    application: ApplicationId,
    pass: PassId,
    drafts: BTreeMap<&'static str, ApplicationDraftId>,
    foreign_draft: ApplicationDraftId,
    self_prescription: DiagnosisId,
    email: Uuid,
    export: Uuid,
    nir_correction: Uuid,
    prolongation: Uuid,
    control: Control,
}

/// A control of the ACI by the DDETS of Moselle.
struct Control {
    campaign: Uuid,
    control: Uuid,
    hire: Uuid,
    criterion: Uuid,
}

impl Things {
    /// Makes them: the candidate's pending application; a PASS of theirs; the ACI's own diagnosis of the other
    /// candidate; the mails of a hire; a draft ready to be sent of each who may write one.
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
        let export = Uuid::from_u128(0xE1);
        sqlx::query(
            "INSERT INTO exports (id, user_id, organisation_id, capacity, list, query, rows, state, storage_key, asked_at)
             VALUES ($1, $2, $3, 'employer ACI admin=false', 'applications', '', 0, 'preparing', 'export/one', $4)",
        )
        .bind(export)
        .bind(world::EMPLOYER)
        .bind(world::ACI)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
        let nir_correction = Uuid::from_u128(0xE2);
        sqlx::query(
            "INSERT INTO nir_corrections (id, candidate_id, nir, rationale, asked_by, asked_at)
             VALUES ($1, $2, $3, 'Erreur de saisie.', $4, $5)",
        )
        .bind(nir_correction)
        .bind(world::CANDIDATE)
        .bind(world::UNKNOWN_NIR)
        .bind(world::PRESCRIBER)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
        let prolongation = prolongation(app, pass).await;
        let control = control(app, application).await;
        let mut drafts = BTreeMap::new();
        for persona in WRITERS {
            // The other candidate was just hired by the EI.
            let to = if *persona == Persona::OtherCandidate { world::GEIQ } else { world::EI };
            drafts.insert(persona.email(), scenario.draft().by(*persona).to(to).insert().await);
        }
        let foreign_draft = scenario.draft().by(Persona::MultiOrganisation).insert().await;
        Self {
            application,
            pass,
            drafts,
            foreign_draft,
            self_prescription,
            email,
            export,
            nir_correction,
            prolongation,
            control,
        }
    }

    /// The pages of two drafts: one nobody was chosen for, one ready to be sent, to be gone through again.
    pub async fn pages_of_drafts(&self, app: &TestApp, persona: Persona) -> Vec<String> {
        if ![Persona::Candidate, Persona::Orienter, Persona::Prescriber, Persona::Employer].contains(&persona)
        {
            return vec![];
        }
        let draft = app.scenario().draft().by(persona).to(world::EI).proposed_before();
        let (begun, ready) = (draft.at(Step::Candidate).insert().await, draft.insert().await);
        let offered = |step: &&Step| **step != Step::Eligibility || persona == Persona::Prescriber;
        let page = |draft, step: &Step| format!("/application-drafts/{draft}/{}", step.code());
        let pages = Step::ALL.iter().filter(offered).map(|step| page(ready, step));
        std::iter::once(page(begun, &Step::Summary)).chain(pages).collect()
    }

    /// The address of a route for this person: on their own draft, when it is one of a draft.
    pub fn address_for(&self, path: &str, persona: Option<Persona>) -> Option<String> {
        let own = persona.and_then(|persona| self.drafts.get(persona.email()));
        Some(match (path, own) {
            ("/application-drafts/new", _) => format!("{path}?company={}", world::ACI),
            (path, Some(draft)) if path.starts_with("/application-drafts/{id}/") => {
                path.replace("{id}", &draft.to_string())
            }
            (path, _) => self.address(path)?,
        })
    }

    /// The address of a route, none when it names a thing unknown here.
    pub fn address(&self, path: &str) -> Option<String> {
        if !path.contains('{') {
            return Some(path.to_owned());
        }
        let first = path.trim_start_matches("/admin").split('/').nth(1)?;
        let id = match first {
            "applications" => self.application.to_string(),
            "application-drafts" => self.foreign_draft.to_string(),
            "pass" => self.pass.to_string(),
            "candidates" => world::CANDIDATE.to_string(),
            "employers" => world::ACI.to_string(),
            "jobs" => world::GARDENER.to_string(),
            "self-prescriptions" => self.self_prescription.to_string(),
            "emails" => self.email.to_string(),
            "nir-corrections" => self.nir_correction.to_string(),
            "prolongations" => self.prolongation.to_string(),
            "exports" => self.export.to_string(),
            "control-campaigns" => self.control.campaign.to_string(),
            "controls" => self.control.control.to_string(),
            "control-hires" => self.control.hire.to_string(),
            "control-criteria" => self.control.criterion.to_string(),
            "login" => "ic".to_owned(),
            _ => return None,
        };
        let address = path.replacen(&parameter(path)?, &id, 1);
        (!address.contains('{')).then_some(address)
    }
}

/// A request of the ACI to the prescriber, about a PASS.
async fn prolongation(app: &TestApp, pass: PassId) -> Uuid {
    let id = Uuid::from_u128(0xE3);
    sqlx::query(
        "INSERT INTO prolongation_requests
             (id, pass_id, reason, starts_on, ends_on, company_id, declared_by, condition_declared, review_done,
              review_obstacles, review_planned, wants_interview, prescriber_organisation_id, assignee_id, state, created_at)
         SELECT $1, id, 'rqth', ends_on, ends_on + 30, $3, $4, true, 'Fait.', 'Obstacles.', 'Prévu.', false, $5, $6,
                'pending', $7
         FROM passes WHERE id = $2",
    )
    .bind(id)
    .bind(pass)
    .bind(world::ACI)
    .bind(world::EMPLOYER)
    .bind(world::MISSION_LOCALE)
    .bind(world::PRESCRIBER)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    id
}

/// A campaign that was launched, and the one hire that was drawn of it, whose proof was submitted.
async fn control(app: &TestApp, application: ApplicationId) -> Control {
    let id = Uuid::from_u128;
    let control = Control { campaign: id(0xE4), control: id(0xE5), hire: id(0xE6), criterion: id(0xE7) };
    sqlx::query(
        "WITH calendar AS (
             INSERT INTO control_calendars (id, name, launch_on, adversarial_from)
             VALUES ($1, 'calendrier', $2::timestamptz::date, $2::timestamptz::date + 60)
             RETURNING id
         ), campaign AS (
             INSERT INTO control_campaigns
                 (id, institution_id, calendar_id, name, hired_from, hired_to, created_at, ratio_set_at, list_frozen_at,
                  list_digest, value_name, value, launched_at)
             SELECT $1, $3, id, 'campagne', '2025-01-01', '2025-12-31', $2, $2, $2, decode(repeat('00', 32), 'hex'), 'Loto',
                    '4 8 15', $2
             FROM calendar
             RETURNING id
         ), control AS (
             INSERT INTO controls (id, campaign_id, company_id, frozen_at) SELECT $4, id, $5, $2 FROM campaign RETURNING id
         ), hire AS (
             INSERT INTO control_hires
                 (id, control_id, application_id, candidate_id, rank, pass_number, starts_on, criteria)
             SELECT $6, id, $7, $8, 1, '999992600001', '2025-06-01', ARRAY['RSA'] FROM control RETURNING id
         )
         INSERT INTO control_criteria (id, hire_id, candidate_id, criterion_code, uploaded_at, submitted_at)
         SELECT $9, id, $8, 'RSA', $2, $2 FROM hire",
    )
    .bind(control.campaign)
    .bind(app.now())
    .bind(world::DDETS_57)
    .bind(control.control)
    .bind(world::ACI)
    .bind(control.hire)
    .bind(application)
    .bind(world::CANDIDATE)
    .bind(control.criterion)
    .execute(app.db())
    .await
    .unwrap();
    app.attach_proof(control.criterion).await;
    control
}

/// The first parameter of a path, with its braces.
fn parameter(path: &str) -> Option<String> {
    let start = path.find('{')?;
    let end = path[start..].find('}')? + start;
    Some(path[start..=end].to_owned())
}

/// The path without its ids.
pub fn shape(path: &str) -> String {
    path.split('/').map(|part| if part.len() == 36 { "{id}" } else { part }).collect::<Vec<_>>().join("/")
}
