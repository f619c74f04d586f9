//! `POST /control-campaigns/{id}/list-freeze`: the team freezes what can be drawn, and names the public value to come that will draw
//! (rule book 04 §1.6; `docs/control-draw.md`).

use axum::extract::State;
use iae_app::control::campaigns::freeze_list;
use iae_app::{Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::text::Message;
use serde::Deserialize;
use tower_sessions::Session;

use super::show::CampaignPage;
use super::words::{self, VALUE_MAX_CHARS};
use crate::error::{PageResult, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ControlCampaignPath, ControlListFreezePath};
use crate::state::WebState;

/// What is typed on the page of the campaign.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListFreezeForm {
    value_name: String,
}

impl ListFreezeForm {
    fn parse(&self) -> Result<Message<VALUE_MAX_CHARS>, FieldErrors> {
        let blank = "Nommez la valeur publique qui servira au tirage, et le jour où elle sera connue.";
        words::public_text("value_name", &self.value_name, blank)
    }
}

/// Freezes the list.
pub async fn post(
    ControlListFreezePath { id }: ControlListFreezePath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<ListFreezeForm>,
) -> PageResult {
    words::ensure_may_turn(&ctx.actor)?;
    let name = match form.parse() {
        Ok(name) => name,
        Err(errors) => {
            let page = CampaignPage::load(&state, &ctx, layout, id).await?;
            return unprocessable(&page.again(form.value_name, errors));
        }
    };
    match freeze_list(&state, &ctx, id, &name).await {
        Ok(()) => {
            let told = "Son empreinte est publiée avec le nom de la valeur. Revenez tirer au sort quand la valeur sera connue.";
            flash::done(&session, "Liste figée", told, ControlCampaignPath { id }).await
        }
        Err(Failure::Refused(refused)) => Err(words::not_done(&state, id, refused).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
