//! One line of a list of applications, and what its cells say.

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::applications::{SenderKind, StateCode};
use iae_domain::candidates::policy::{Standing, shown_name};
use iae_domain::candidates::{PersonName, ShownName};
use iae_domain::ids::{ApplicationId, CandidateId, UserId};

/// One line of a list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ApplicationRow {
    /// The application.
    pub id: ApplicationId,
    /// Its state.
    pub state: StateCode,
    /// When it was sent.
    pub submitted_at: DateTime<Utc>,
    candidate: PersonName,
    candidate_id: CandidateId,
    created_by: Option<UserId>,
    city: String,
    department: Option<String>,
    /// The receiving company.
    pub company: String,
    sender_kind: SenderKind,
    sender_id: Option<UserId>,
    sender: Option<String>,
    sender_organisation: Option<String>,
    jobs: Vec<String>,
    /// Whether nothing remains to be validated for a hire by the receiving company.
    pub eligible: bool,
}

impl ApplicationRow {
    /// The person; the application is the relation of its readers with them.
    pub(super) fn candidate(&self, actor: &Actor) -> ShownName {
        let standing = Standing::related(self.candidate_id, self.created_by).sent_by(self.sender_id, actor);
        shown_name(actor, &standing, self.candidate.clone())
    }

    /// « Metz (Moselle) »; cities are not masked (PII-4).
    pub(super) fn place(&self) -> String {
        match &self.department {
            Some(department) if !self.city.is_empty() => format!("{} ({department})", self.city),
            Some(_) | None => self.city.clone(),
        }
    }

    pub(super) fn sender(&self) -> String {
        match self.sender_kind {
            SenderKind::Candidate => "La personne elle-même".to_owned(),
            SenderKind::Prescriber | SenderKind::Employer => {
                let sender = [self.sender.as_deref(), self.sender_organisation.as_deref()];
                sender.into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
        }
    }

    pub(super) fn jobs(&self) -> String {
        if self.jobs.is_empty() { "Candidature spontanée".to_owned() } else { self.jobs.join(", ") }
    }

    pub(super) const fn eligibility(&self) -> &'static str {
        if self.eligible { "Validée" } else { "À\u{a0}valider" }
    }
}
