//! `/organisation/agreed`: the organisations that a département council agreed (PRE-24).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::organisations::agreed::{AgreedOrganisation, agreed};
use iae_domain::actor::PrescriberActor;
use iae_domain::organisations::policy::list_agreed;

use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::AgreedPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "organisations/agreed.html")]
pub struct AgreedPage {
    layout: Layout,
    organisations: Vec<AgreedOrganisation>,
}

/// Lists them for the administrators of an authorised council.
pub async fn get(
    _: AgreedPath,
    State(state): State<WebState>,
    ctx: Ctx<PrescriberActor>,
    layout: Layout,
) -> PageResult {
    let council = PageError::Forbidden {
        reserved_for: "aux administrateurs du service social d’un conseil départemental habilité",
    };
    list_agreed(&ctx.actor).map_err(|_| council)?;
    let organisations = agreed(&state, &ctx).await?;
    ok(&AgreedPage { layout, organisations })
}
