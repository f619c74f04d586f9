//! Makes what must already exist when a test begins. Rules that have a use case go through it; the rest is written as
//! the use case would have, under the same constraints of the schema.

mod application;
mod diagnosis;
mod draft;
mod pass;
mod suspension;

use chrono::TimeDelta;
use iae_app::accounts::signed_in;
use iae_domain::Actor;
use iae_domain::applications::StateCode;
use iae_domain::applications::draft::Step;
use iae_domain::ids::{MembershipId, OrganisationId, UserId};

pub use application::ApplicationBuilder;
pub use diagnosis::DiagnosisBuilder;
pub use draft::DraftBuilder;
pub use pass::PassBuilder;
pub use suspension::SuspensionBuilder;

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

    /// A suspension of the only PASS there is: by default by the ACI, from today on, its end not known.
    pub const fn suspension(self) -> SuspensionBuilder<'a> {
        SuspensionBuilder { app: self.app, by: Persona::Employer, period: None }
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
        self.change("UPDATE memberships SET is_active = false, is_admin = false WHERE user_id = $1", persona)
            .await;
    }

    /// Closes the account of someone.
    pub async fn close_account(self, persona: Persona) {
        self.change("UPDATE users SET is_active = false WHERE id = $1", persona).await;
    }

    /// Someone who says that they have no NIR.
    pub async fn without_nir(self, persona: Persona) {
        self.change("UPDATE candidates SET nir = NULL, nir_missing_reason = 'NO_NIR' WHERE id = $1", persona)
            .await;
    }

    async fn change(self, sql: &'static str, persona: Persona) {
        sqlx::query(sql).bind(persona.user()).execute(self.app.db()).await.unwrap();
    }

    /// Someone acting for their first organisation, or for this one: what a use case takes.
    pub async fn actor(self, user: UserId, organisation: Option<OrganisationId>) -> Actor {
        let person = signed_in(self.app.db(), user, organisation, self.app.now()).await.unwrap();
        person.expect("the account is open").actor().expect("they may act for an organisation")
    }
}
