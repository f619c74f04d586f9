//! `/candidates/{id}/changes`: the history of what a file says (HIS-1).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::candidates::update::{ChangedBy, FieldChanged, FileToUpdate, changes, file_to_update};
use iae_domain::Actor;
use iae_domain::text::full_name;

use crate::error::{PageResult, ok};
use crate::filters;
use crate::french;
use crate::layout::Layout;
use crate::paths::{CandidateChangesPath, CandidatePath, MyFilePath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "candidates/changes.html")]
pub struct ChangesPage {
    layout: Layout,
    known: FileToUpdate,
    changes: Vec<FieldChanged>,
}

impl ChangesPage {
    fn title(&self) -> String {
        if self.known.is_own {
            return "Ce qui a changé dans mon dossier".to_owned();
        }
        let details = &self.known.file.details;
        let name = full_name(details.first_name.as_str(), details.last_name.as_str());
        format!("Ce qui a changé dans le dossier {}", french::of(&name))
    }

    fn file_href(&self) -> String {
        if self.known.is_own {
            MyFilePath.to_string()
        } else {
            CandidatePath { id: self.known.file.id }.to_string()
        }
    }

    fn author(change: &FieldChanged) -> String {
        author(&change.author)
    }
}

/// Who changed a part, in words.
pub(super) fn author(by: &ChangedBy) -> String {
    match by {
        ChangedBy::Reader => "Vous-même".to_owned(),
        ChangedBy::Person => "La personne elle-même".to_owned(),
        ChangedBy::Team => "L’équipe du service".to_owned(),
        ChangedBy::Named(name, organisation) => format!("{name}, {organisation}"),
        ChangedBy::Elsewhere => "Une autre structure".to_owned(),
    }
}

/// What a part says since, in words.
pub(super) fn told(change: &FieldChanged) -> String {
    let label = change.change.field.label();
    match &change.after {
        Some(after) => format!("{label}\u{a0}: {after}"),
        None => format!("{label}\u{a0}: effacé"),
    }
}

/// Shows the history to whoever may change the file.
pub async fn get(
    CandidateChangesPath { id }: CandidateChangesPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    let known = file_to_update(&state, &ctx, id).await?;
    let changes = changes(&state, &ctx, &known).await?;
    ok(&ChangesPage { layout, known, changes })
}
