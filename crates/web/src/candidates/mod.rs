//! Candidates: look-up, creation, list, file, and the person's own view of it.
//!
//! A NIR is never in a URL: between the steps of the look-up it travels in the bodies of posted forms and is checked
//! again each time.

pub mod changes;
pub mod confirmation;
pub(crate) mod fields;
pub mod index;
pub mod lookup;
pub mod lookup_email;
pub mod lookup_name;
pub(crate) mod messages;
pub mod my_file;
pub mod new;
pub mod nir_correction;
pub mod show;
pub mod update;

use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::ids::{ApplicationDraftId, CandidateId};
use serde::Deserialize;

use crate::application_drafts;
use crate::error::PageResult;
use crate::paths::{CandidatePath, DraftCandidatePath};
use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(index::get)
        .get(lookup::get)
        .post(lookup::post)
        .post(lookup_name::post)
        .get(lookup_email::get)
        .post(lookup_email::post)
        .post(confirmation::post)
        .get(new::get)
        .post(new::post)
        .get(show::get)
        .get(update::get)
        .post(update::post)
        .get(changes::get)
        .get(nir_correction::get)
        .post(nir_correction::post)
        .get(my_file::get)
}

/// The application being written for which a person is looked for, if any, as the query carries it.
#[derive(Debug, Default, Deserialize)]
pub struct DraftQuery {
    #[serde(default)]
    draft: String,
}

impl DraftQuery {
    fn draft(&self) -> Draft {
        Draft::read(&self.draft)
    }
}

/// The application being written for which a person is looked for; what is not an id is no application.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Draft(Option<ApplicationDraftId>);

impl Draft {
    fn read(text: &str) -> Self {
        Self(text.parse().ok())
    }

    /// The application, if any.
    const fn id(&self) -> Option<&ApplicationDraftId> {
        self.0.as_ref()
    }

    /// The value of the hidden field; empty without application.
    fn value(self) -> String {
        self.0.map(|draft| draft.to_string()).unwrap_or_default()
    }

    /// `path`, with the application in its query.
    fn on(self, path: impl std::fmt::Display) -> String {
        self.0.map_or_else(|| path.to_string(), |draft| format!("{path}?draft={draft}"))
    }

    /// Where someone one already follows is looked at before being chosen: in the application being written, else their file.
    fn shown(self, candidate: CandidateId) -> String {
        match self.0 {
            Some(draft) => format!("{}?candidate={candidate}", DraftCandidatePath { id: draft }),
            None => CandidatePath { id: candidate }.to_string(),
        }
    }

    /// Chooses the person for the application being written: whoever leaves now comes back after this step. Answers where
    /// to go on: there, or to the person's file when there is no such application, or no more.
    async fn choose(self, app: &App, ctx: &Ctx<Actor>, candidate: CandidateId) -> PageResult<String> {
        let next = match self.0 {
            Some(draft) => application_drafts::choose(app, ctx, draft, candidate).await?,
            None => None,
        };
        Ok(next.unwrap_or_else(|| CandidatePath { id: candidate }.to_string()))
    }
}
