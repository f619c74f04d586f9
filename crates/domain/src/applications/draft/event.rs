//! What happens to an application being written.

use serde::Serialize;

use super::{NewDraft, NotSent, Step, StepChoice};
use crate::event::happenings;
use crate::ids::{ApplicationDraftId, ApplicationId, OrganisationId};
use crate::{Changed, Event};

/// Something happened to an application being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftEvent {
    /// The draft.
    pub draft: ApplicationDraftId,
    /// What happened.
    pub change: DraftChange,
}

/// What happened to an application being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum DraftChange {
    /// It was begun.
    Started {
        /// The company it is for.
        company: OrganisationId,
    },
    /// A step was saved.
    StepSaved {
        /// The step.
        step: Step,
    },
    /// It goes to one employer more.
    EmployerAdded {
        /// The employer.
        company: OrganisationId,
    },
    /// It goes to one employer less.
    EmployerRemoved {
        /// The employer.
        company: OrganisationId,
    },
    /// It was sent, but not to this employer.
    NotSent {
        /// The employer.
        company: OrganisationId,
        /// Why.
        refusal: NotSent,
    },
    /// It was sent: each employer has its application.
    Sent,
    /// Its author sent the same from another draft.
    Superseded,
    /// Its author gave it up, or nobody touched it for too long.
    Discarded,
}

/// Begins to write an application.
pub fn start(draft: NewDraft) -> Changed<NewDraft> {
    let change = DraftChange::Started { company: draft.company };
    let event = DraftEvent { draft: draft.id, change };
    Changed::new(draft, event)
}

/// Saves a step.
pub fn save(draft: ApplicationDraftId, choice: StepChoice) -> Changed<StepChoice> {
    let event = DraftEvent { draft, change: DraftChange::StepSaved { step: choice.step() } };
    Changed::new(choice, event)
}

/// The end of a draft: it was sent, but for some employers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The draft.
    pub draft: ApplicationDraftId,
    /// The first application that left.
    pub first: ApplicationId,
    /// The applications that did not leave, each with its employer and why.
    pub not_sent: Vec<(ApplicationId, OrganisationId, NotSent)>,
}

/// Sends it: the applications of its employers take its place.
pub fn sent(closed: Closed) -> Changed<Closed> {
    let event = |change| Event::from(DraftEvent { draft: closed.draft, change });
    let named = closed
        .not_sent
        .iter()
        .map(|(_, company, refusal)| event(DraftChange::NotSent { company: *company, refusal: *refusal }));
    let events: Vec<_> = named.chain([event(DraftChange::Sent)]).collect();
    Changed::with(closed, events)
}

/// Gives a draft up: nothing of it is kept but that it was.
pub fn discard(draft: ApplicationDraftId) -> Changed<ApplicationDraftId> {
    Changed::new(draft, DraftEvent { draft, change: DraftChange::Discarded })
}

/// Ends a draft whose every employer got the application its author sent from another: nothing of it is left to send.
pub fn supersede(draft: ApplicationDraftId) -> Changed<ApplicationDraftId> {
    Changed::new(draft, DraftEvent { draft, change: DraftChange::Superseded })
}

happenings! {
    DraftEvent: DraftChange about "draft" draft {
        Started = "draft.started", "Candidature commencée";
        StepSaved = "draft.step_saved", "Étape d’une candidature enregistrée";
        EmployerAdded = "draft.employer_added", "Employeur ajouté à une candidature en préparation";
        EmployerRemoved = "draft.employer_removed", "Employeur retiré d’une candidature en préparation";
        NotSent = "draft.not_sent", "Candidature qui n’a pas pu partir avec les autres";
        Sent = "draft.sent", "Candidature en préparation envoyée";
        Superseded = "draft.superseded", "Candidature en préparation, envoyée depuis une autre";
        Discarded = "draft.discarded", "Candidature abandonnée";
    }
}
