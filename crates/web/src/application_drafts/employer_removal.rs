//! `POST /application-drafts/{id}/employers/removal`: an employer is taken away before anything is sent.

use axum::extract::State;
use iae_app::applications::drafts;
use iae_app::{Ctx, Error};
use iae_domain::Actor;
use iae_domain::ids::OrganisationId;
use serde::Deserialize;

use super::already_sent;
use crate::error::{PageError, PageResult, see_other};
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{DraftAbandonmentPath, DraftEmployerRemovalPath, DraftSummaryPath};
use crate::state::WebState;

/// The employer that is taken away.
#[derive(Debug, Deserialize)]
pub struct EmployerRemovalForm {
    company: OrganisationId,
}

/// Takes it away; the only one is not: a draft without an employer is given up.
pub async fn post(
    path: DraftEmployerRemovalPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    Form(form): Form<EmployerRemovalForm>,
) -> PageResult {
    match drafts::remove_employer(&state, &ctx, path.id, form.company).await {
        Ok(true) => see_other(DraftSummaryPath { id: path.id }.to_string()),
        Ok(false) => Err(PageError::Conflict {
            message: "C’est le seul employeur de cet envoi.".to_owned(),
            link: Some(("Abandonner l’envoi".to_owned(), DraftAbandonmentPath { id: path.id }.to_string())),
        }),
        Err(Error::NotFound) => already_sent::page(&state, &ctx, layout, path.id).await,
        Err(error) => Err(error.into()),
    }
}
