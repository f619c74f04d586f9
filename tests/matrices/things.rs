//! One of every thing a route may name, and the address of each route on them.

mod made;

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

/// Pages of a control that was decided of.
const DECIDED: &[&str] = &["/controls/{id}/outcome", "/controls/{id}/appeal", "/controls/{id}/letter"];

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
    import: Uuid,
    /// The membership of a member of the ACI, an invitation to join it, a request to administer it.
    membership: Uuid,
    invitation: Uuid,
    admin_request: Uuid,
    prolongation: Uuid,
    control: Control,
    /// The control of the ACI that waits for a decision, and the one that has it: both campaigns ended.
    awaiting: Uuid,
    decided: Uuid,
    /// The hire of the other candidate by the ACI, on its own diagnosis, and a proof that it keeps of it.
    self_prescribed: ApplicationId,
    proof: Uuid,
    /// The request of habilitation of the association, an order it had, and a piece of the first.
    habilitation: Uuid,
    granted: Uuid,
    piece: Uuid,
    /// The link that the official address of the AI received.
    company_link: Uuid,
    /// An announcement to everybody.
    announcement: Uuid,
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
        let own = scenario.application().of(world::OTHER_CANDIDATE).by(Persona::Employer).to(world::ACI);
        let self_prescribed = own.state(StateCode::Accepted).insert().await;
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
        let import = made::import(app).await;
        let (membership, invitation, admin_request) = made::members(app).await;
        let prolongation = made::prolongation(app, pass).await;
        let control = made::control(app, application).await;
        let [awaiting, decided] = [Uuid::from_u128(0xE8), Uuid::from_u128(0xE9)];
        for id in [awaiting, decided] {
            made::refused_control(app, id, application).await;
        }
        made::decide(app, decided).await;
        let proof = made::eligibility_proof(app).await;
        let [habilitation, granted, piece] = made::habilitations(app).await;
        let company_link = made::company_link(app).await;
        let announcement = made::announcement(app).await;
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
            import,
            membership,
            invitation,
            admin_request,
            prolongation,
            control,
            awaiting,
            decided,
            self_prescribed,
            proof,
            habilitation,
            granted,
            piece,
            company_link,
            announcement,
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
            "applications" if path == "/applications/{id}/proofs" => self.self_prescribed.to_string(),
            "applications" => self.application.to_string(),
            "application-drafts" => self.foreign_draft.to_string(),
            "pass" => self.pass.to_string(),
            "candidates" => world::CANDIDATE.to_string(),
            "employers" => world::ACI.to_string(),
            "prescribers" => world::MISSION_LOCALE.to_string(),
            "jobs" => world::GARDENER.to_string(),
            "self-prescriptions" => self.self_prescription.to_string(),
            "emails" => self.email.to_string(),
            "nir-corrections" => self.nir_correction.to_string(),
            "imports" => self.import.to_string(),
            "members" if path == "/members/admin-requests/{id}" => self.admin_request.to_string(),
            "members" => self.membership.to_string(),
            "invitations" => self.invitation.to_string(),
            "prolongations" => self.prolongation.to_string(),
            "exports" => self.export.to_string(),
            "eligibility-proofs" => self.proof.to_string(),
            "habilitations" if path == "/habilitations/{id}/revocation" => self.granted.to_string(),
            "habilitations" => self.habilitation.to_string(),
            "habilitation-pieces" => self.piece.to_string(),
            "sign-up" if path == "/sign-up/company-links/{id}" => {
                return Some(format!("/sign-up/company-links/{}?token={}", self.company_link, made::WORD));
            }
            "sign-up" => world::AI.to_string(),
            "authorisations" => world::ASSOCIATION.to_string(),
            "organisations" if path.contains("/succession") => world::ACI.to_string(),
            "organisations" if path == "/admin/organisations/{id}/merger" => world::ASSOCIATION.to_string(),
            "organisations" => world::ACI.to_string(),
            "memberships" => self.membership.to_string(),
            "announcements" => self.announcement.to_string(),
            "users" => world::EMPLOYER.to_string(),
            "control-campaigns" => self.control.campaign.to_string(),
            "controls" if path == "/controls/{id}/sanction" => self.awaiting.to_string(),
            "controls" if DECIDED.contains(&path) => self.decided.to_string(),
            "controls" => self.control.control.to_string(),
            "control-hires" => self.control.hire.to_string(),
            "control-criteria" => self.control.criterion.to_string(),
            "login" | "logout" => "ic".to_owned(),
            "terms" => "2026-01-05".to_owned(),
            // Nobody has the key of a letter that nobody wrote.
            "account-letters" => return Some(format!("/account-letters/{}/key", Uuid::from_u128(0xEA))),
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

/// The path without its ids.
pub fn shape(path: &str) -> String {
    path.split('/').map(|part| if part.len() == 36 { "{id}" } else { part }).collect::<Vec<_>>().join("/")
}
