//! What is asked to prolong a PASS, and what it means.

use chrono::{DateTime, NaiveDate, Utc};
use iae_app::pass::prolongation::queries::{PassToProlong, Prescriber};
use iae_domain::ids::{OrganisationId, ProlongationId, ProlongationRequestId, uuid_at};
use iae_domain::pass::Parcours;
use iae_domain::pass::prolongation::{
    Addressed, Ask, Declaration, InterviewContact, ProlongationReason, REVIEW_MAX_CHARS, Review, Wanted,
};
use iae_domain::text::{Email, Message, PhoneNumber};
use serde::Deserialize;
use uuid::Uuid;

use super::messages::{self, CERTIFIED};
use super::report::GivenReport;
use crate::forms::FieldErrors;

/// What is asked. The id is the form's: posting it twice does it once. `seen` is the end of the PASS it was made from (D32).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProlongationForm {
    pub(super) id: String,
    pub(super) seen: String,
    pub(super) reason: String,
    pub(super) ends_on: String,
    pub(super) prescriber: String,
    pub(super) organisation: String,
    pub(super) review_done: String,
    pub(super) review_obstacles: String,
    pub(super) review_planned: String,
    pub(super) interview: bool,
    pub(super) contact_email: String,
    pub(super) contact_phone: String,
    pub(super) certified: bool,
    pub(super) step: String,
}

/// What a form means.
pub(super) enum Command {
    /// A CDI, a training.
    Declare(Declaration),
    /// What a prescriber decides.
    Ask(Box<Ask>),
}

impl Command {
    pub(super) fn wanted(&self) -> Wanted {
        match self {
            Self::Declare(declaration) => declaration.wanted,
            Self::Ask(ask) => ask.wanted,
        }
    }
}

impl ProlongationForm {
    /// An empty form, made when the PASS ends on this day.
    pub(super) fn new(now: DateTime<Utc>, end: NaiveDate) -> Self {
        Self { id: uuid_at(now).to_string(), seen: end.to_string(), ..Self::default() }
    }

    /// Shown again: made from the PASS as it is.
    pub(super) fn renew(&mut self, known: &PassToProlong) {
        self.seen = known.pass.period().end.to_string();
    }

    pub(super) fn is_edited(&self) -> bool {
        self.step == "edit"
    }

    /// Whether it is confirmed, and certified.
    pub(super) fn is_confirmed(&self) -> bool {
        self.step == "confirm" && self.certified
    }

    /// What is missing from a confirmation.
    pub(super) fn not_certified(&self) -> FieldErrors {
        if self.step == "confirm" && !self.certified {
            FieldErrors::one(CERTIFIED, messages::CERTIFY)
        } else {
            FieldErrors::default()
        }
    }

    pub(super) fn chosen(&self) -> Option<ProlongationReason> {
        ProlongationReason::parse(&self.reason)
    }

    /// Whether a prescriber decides.
    pub(super) fn asks(&self) -> bool {
        self.chosen().is_some_and(ProlongationReason::needs_prescriber)
    }

    /// Whether a reason was chosen, that nobody decides.
    pub(super) fn declares(&self) -> bool {
        self.chosen().is_some_and(|reason| !reason.needs_prescriber())
    }

    pub(super) fn prescriber(&self) -> &str {
        &self.prescriber
    }

    /// What is kept from one page to the next.
    pub(super) fn kept(&self) -> Vec<(&'static str, &str)> {
        let mut kept = vec![
            ("id", self.id.as_str()),
            ("seen", &self.seen),
            ("reason", &self.reason),
            ("ends_on", &self.ends_on),
        ];
        if self.asks() {
            kept.extend([
                ("prescriber", self.prescriber.as_str()),
                ("organisation", &self.organisation),
                ("review_done", &self.review_done),
                ("review_obstacles", &self.review_obstacles),
                ("review_planned", &self.review_planned),
                ("contact_email", &self.contact_email),
                ("contact_phone", &self.contact_phone),
                ("interview", if self.interview { "true" } else { "false" }),
            ]);
        }
        kept
    }

    /// The id of the request it makes; none of a form that was tampered with.
    pub(super) fn request(&self) -> Option<ProlongationRequestId> {
        self.id.parse().ok().map(ProlongationRequestId)
    }

    /// What the form means of this parcours, or each of its mistakes.
    pub(super) fn parse(
        &self,
        parcours: &Parcours,
        found: &[Prescriber],
        report: &GivenReport,
    ) -> Result<Command, FieldErrors> {
        let mut errors = FieldErrors::default();
        let reason = self.chosen();
        if reason.is_none() {
            errors.add("reason", messages::CHOOSE_REASON);
        }
        let end = self.end(parcours, &mut errors);
        let wanted = reason.zip(end).map(|(reason, end)| Wanted {
            reason,
            end,
            seen: self.seen.parse().ok(),
            is_certified: self.certified,
        });
        let id: Uuid = self.id.parse().map_err(|_| FieldErrors::one("reason", messages::CHOOSE_REASON))?;
        if !self.asks() {
            report.check_sent(&mut errors);
            let declaration = wanted.map(|wanted| Declaration { id: ProlongationId(id), wanted });
            return errors.or(declaration.map(Command::Declare));
        }
        let addressed = self.addressed(found, &mut errors);
        let review = self.review(&mut errors);
        report.check(&mut errors);
        let contact = self.contact(&mut errors);
        let read = || {
            let (wanted, addressed, review) = (wanted?, addressed?, review?);
            Some(Ask { id: ProlongationRequestId(id), wanted, review, contact, addressed })
        };
        errors.or(read().map(Box::new).map(Command::Ask))
    }

    /// The end that is typed; the latest one of a CDI when none is.
    pub(super) fn end(&self, parcours: &Parcours, errors: &mut FieldErrors) -> Option<NaiveDate> {
        let typed = errors.day("ends_on", &self.ends_on);
        if typed.is_some() || !self.ends_on.trim().is_empty() {
            return typed;
        }
        let of_cdi = self.chosen().filter(|reason| *reason == ProlongationReason::CdiOver57);
        let end = of_cdi.and_then(|reason| parcours.longest_prolongation(reason));
        if end.is_none() {
            errors.add("ends_on", "Indiquez la nouvelle date de fin.");
        }
        end
    }

    fn addressed(&self, found: &[Prescriber], errors: &mut FieldErrors) -> Option<Addressed> {
        if self.prescriber.trim().is_empty() {
            errors.add("prescriber", "Indiquez l’adresse e-mail du prescripteur habilité.");
        } else if Email::parse(&self.prescriber).is_err() {
            errors.add("prescriber", "Cette adresse n’est pas valide. Exemple\u{a0}: nom@exemple.fr");
        } else if found.is_empty() {
            errors.add("prescriber", messages::NO_PRESCRIBER);
        }
        let wanted: Option<OrganisationId> = self.organisation.parse().ok();
        let chosen = match found {
            [only] => Some(only),
            several => several.iter().find(|one| Some(one.organisation) == wanted),
        };
        if chosen.is_none() && !found.is_empty() {
            errors.add("organisation", "Choisissez l’organisation à laquelle adresser la demande.");
        }
        chosen.map(|one| Addressed { organisation: one.organisation, assignee: one.user })
    }

    fn review(&self, errors: &mut FieldErrors) -> Option<Review> {
        let done =
            text(errors, "review_done", &self.review_done, "Dites ce qui a été fait pendant le parcours.");
        let obstacles = text(
            errors,
            "review_obstacles",
            &self.review_obstacles,
            "Dites quels obstacles restent à lever.",
        );
        let planned =
            text(errors, "review_planned", &self.review_planned, "Dites quelles actions sont prévues.");
        Some(Review { done: done?, obstacles: obstacles?, planned: planned? })
    }

    /// Both contacts when an interview is wanted; else they are left aside (rule book 03 §6.3).
    fn contact(&self, errors: &mut FieldErrors) -> Option<InterviewContact> {
        if !self.interview {
            return None;
        }
        let email = Email::parse(&self.contact_email).ok();
        if email.is_none() {
            errors.add("contact_email", "Indiquez une adresse e-mail valide pour l’entretien.");
        }
        let phone = PhoneNumber::parse(&self.contact_phone).ok();
        if phone.is_none() {
            errors.add(
                "contact_phone",
                "Indiquez un numéro valide pour l’entretien. Exemple\u{a0}: 06 12 34 56 78",
            );
        }
        Some(InterviewContact { email: email?, phone: phone? })
    }
}

/// The text typed in a field, or its mistake; `blank` asks for one.
pub(crate) fn text(
    errors: &mut FieldErrors,
    field: &'static str,
    typed: &str,
    blank: &str,
) -> Option<Message<REVIEW_MAX_CHARS>> {
    errors.check_length(field, typed, REVIEW_MAX_CHARS);
    let message = Message::parse(typed).ok();
    if message.is_none() {
        errors.add(field, blank);
    }
    message
}
