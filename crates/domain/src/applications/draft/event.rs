//! What happens to an application being written.

use serde::Serialize;

use super::{NewDraft, Step, StepChoice};
use crate::Changed;
use crate::event::happenings;
use crate::ids::{ApplicationDraftId, OrganisationId};

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
    /// It was sent: it became the application of the same id.
    Sent,
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

/// Sends it: the application of the same id takes its place.
pub fn sent(draft: ApplicationDraftId) -> Changed<ApplicationDraftId> {
    Changed::new(draft, DraftEvent { draft, change: DraftChange::Sent })
}

/// Gives a draft up: nothing of it is kept but that it was.
pub fn discard(draft: ApplicationDraftId) -> Changed<ApplicationDraftId> {
    Changed::new(draft, DraftEvent { draft, change: DraftChange::Discarded })
}

happenings! {
    DraftEvent: DraftChange about "draft" draft {
        Started = "draft.started", "Candidature commencée";
        StepSaved = "draft.step_saved", "Étape d'une candidature enregistrée";
        Sent = "draft.sent", "Candidature en préparation envoyée";
        Discarded = "draft.discarded", "Candidature abandonnée";
    }
}
