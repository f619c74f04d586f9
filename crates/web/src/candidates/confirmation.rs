//! « Est-ce bien cette personne ? »: the answer to a look-up that found someone (FND-1, FND-3), and
//! `POST /candidates/lookup/confirmation`, which attaches the NIR to a file that has none (FND-4).

use askama::Template;
use axum::extract::State;
use iae_app::candidates::{Identity, attach_nir};
use iae_app::{Ctx, Failure};
use iae_domain::Actor;
use iae_domain::candidates::Nir;
use iae_domain::ids::CandidateId;
use serde::Deserialize;
use tower_sessions::Session;

use super::{Draft, messages};
use crate::error::{PageError, PageResult};
use crate::filters;
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{ConfirmationPath, LookupPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "candidates/confirmation.html")]
pub struct ConfirmationPage {
    layout: Layout,
    draft: Draft,
    found: Identity,
    /// The NIR to attach, when the file has none and the actor may.
    nir: Option<Nir>,
}

impl ConfirmationPage {
    pub(super) fn new(layout: Layout, draft: Draft, found: Identity, nir: Option<Nir>) -> Self {
        Self { layout, draft, nir: nir.filter(|_| found.takes_nir), found }
    }

    fn again_href(&self) -> String {
        self.draft.on(LookupPath)
    }
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct ConfirmationForm {
    candidate: CandidateId,
    #[serde(default)]
    nir: String,
    #[serde(default)]
    draft: String,
}

/// Attaches the NIR and goes on. When it meanwhile became someone else's, nothing is saved and the page after says so.
pub async fn post(
    _: ConfirmationPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    session: Session,
    Form(form): Form<ConfirmationForm>,
) -> PageResult {
    let nir = Nir::parse(&form.nir).map_err(|_| PageError::Malformed)?;
    let done = attach_nir(&state, &ctx, form.candidate, nir).await;
    let to = match done {
        Err(Failure::App(_)) => String::new(),
        Ok(()) | Err(Failure::Refused(_)) => {
            Draft::read(&form.draft).choose(&state, &ctx, form.candidate).await?
        }
    };
    match done {
        Ok(()) => flash::done(&session, "Numéro de sécurité sociale ajouté au dossier", "", to).await,
        Err(Failure::Refused(refused)) => {
            let title = "Numéro de sécurité sociale non enregistré";
            flash::not_done(&session, title, messages::attach(refused), to).await
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
