//! Where the diagnosis leads back to: the application it was begun from, else the person's file.

use iae_app::Ctx;
use iae_app::applications::drafts;
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::ids::{ApplicationDraftId, CandidateId};

use crate::error::PageResult;
use crate::paths::{CandidatePath, DraftPreviousPath, EligibilityPath};
use crate::state::WebState;

/// Where one goes once the diagnosis is made, or left.
pub(super) struct Back {
    /// The draft one comes from, if it is the reader's and not sent (SUB-42).
    pub draft: Option<ApplicationDraftId>,
    file: CandidateId,
}

impl Back {
    pub(super) async fn of(
        state: &WebState,
        ctx: &Ctx<AuthorisedPrescriber>,
        file: CandidateId,
        draft: &str,
    ) -> PageResult<Self> {
        let Ok(draft) = draft.parse() else { return Ok(Self { draft: None, file }) };
        let draft = drafts::resumable_draft(state, &ctx.any(), draft).await?;
        Ok(Self { draft: draft.map(|draft| draft.id), file })
    }

    /// Its address. The step asks again what was confirmed, also when one may not apply again yet.
    pub(super) fn href(&self) -> String {
        match self.draft {
            Some(id) => DraftPreviousPath { id }.to_string(),
            None => CandidatePath { id: self.file }.to_string(),
        }
    }

    /// Its words.
    pub(super) const fn label(&self) -> &'static str {
        if self.draft.is_some() { "Revenir à la candidature" } else { "Revenir au dossier" }
    }

    /// The same page, to update the diagnosis.
    pub(super) fn update(&self) -> String {
        let page = EligibilityPath { id: self.file };
        match self.draft {
            Some(draft) => format!("{page}?update=true&draft={draft}"),
            None => format!("{page}?update=true"),
        }
    }
}
