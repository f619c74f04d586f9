//! `POST /admin/authorisations/{id}/refusal`: the team refuses an authorisation, once it read what that does: the organisation is an
//! orienteur (PRE-8).

use askama::Template;
use axum::extract::State;
use iae_app::habilitations::authorisations::queries::{OverseenDetail, overseen};
use iae_app::habilitations::authorisations::refuse;
use iae_app::{Ctx, Error};
use iae_domain::actor::StaffActor;
use iae_domain::organisations::AuthorisationStatus;
use iae_domain::staff::{StaffRight, ensure};
use tower_sessions::Session;

use super::show::{OverseenForm, again, done, overtaken};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::AuthorisationRefusalPath;
use crate::state::WebState;

/// What is read before it is confirmed.
#[derive(Template)]
#[template(path = "habilitations/authorisations/refusal.html")]
pub struct RefusalPage {
    layout: Layout,
    of: OverseenDetail,
    form: OverseenForm,
}

impl RefusalPage {
    /// Whether its members lose a right they have.
    fn loses_right(&self) -> bool {
        self.of.overseen.status == AuthorisationStatus::Validated
    }
}

/// Asks first, then does it.
pub async fn post(
    AuthorisationRefusalPath { id }: AuthorisationRefusalPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<OverseenForm>,
) -> PageResult {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations).map_err(Error::from)?;
    if form.step != "confirm" {
        let of = overseen(&state, &ctx, id).await?;
        if of.overseen.seen() != form.seen {
            return Err(overtaken(&of));
        }
        return ok(&RefusalPage { layout, of, form });
    }
    match refuse(&state, &ctx, (id, &form.seen)).await {
        Ok(()) => done(&session, "Habilitation refusée").await,
        Err(failure) => again(&state, &ctx, layout, id, (form, failure)).await,
    }
}
