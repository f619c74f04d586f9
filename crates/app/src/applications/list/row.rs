//! One line of a list of applications, and what its cells say.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::applications::{SenderKind, StateCode};
use iae_domain::candidates::policy::{Standing, shown_name};
use iae_domain::candidates::{PersonName, ShownName};
use iae_domain::french;
use iae_domain::ids::{ApplicationId, CandidateId, UserId};
use iae_domain::inbox::{Urgency, urgency};
use iae_domain::time::paris_date;

use crate::list::Cell;

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
    /// Day by which the company should act.
    pub due_on: Option<NaiveDate>,
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

    /// Who sent it, for whoever reads: « Vous », the name alone among colleagues.
    pub(super) fn sender(&self, reader: &Actor) -> String {
        let is_reader = self.sender_id.is_some() && self.sender_id == reader.record().user;
        match self.sender_kind {
            SenderKind::Prescriber | SenderKind::Employer if is_reader => "Vous".to_owned(),
            SenderKind::Candidate => "La personne elle-même".to_owned(),
            SenderKind::Prescriber | SenderKind::Employer => {
                let sender = [self.sender.as_deref(), self.sender_organisation.as_deref()];
                sender.into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// How long it has waited for an answer.
    pub(super) fn wait(&self, today: NaiveDate) -> Cell {
        let days = (today - paris_date(self.submitted_at)).num_days();
        if self.state.is_pending() {
            Cell::text(french::days(days.unsigned_abs()))
        } else {
            Cell::Nothing("Répondue")
        }
    }

    /// Whether the company should have acted by now.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.due_on.is_some_and(|due| urgency(due, today) == Urgency::Late)
    }

    pub(super) fn jobs(&self) -> String {
        if self.jobs.is_empty() { "Candidature spontanée".to_owned() } else { self.jobs.join(", ") }
    }

    pub(super) const fn eligibility(&self) -> &'static str {
        if self.eligible { "Validée" } else { "À\u{a0}valider" }
    }
}
