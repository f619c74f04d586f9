//! `/applications/{id}/sent`: what happens next, for the sender alone (SUB-70, SUB-71).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::applications::drafts::{self, SentApplication};
use iae_domain::Actor;
use iae_domain::actor::PrescriberActor;

use crate::directory::{search_for, search_path};
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::SentPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/sent.html")]
pub struct SentPage {
    layout: Layout,
    title: &'static str,
    name: String,
    sees_identity: bool,
    is_candidate: bool,
    is_prescriber: bool,
    is_own_company: bool,
    search: Option<String>,
    sent: SentApplication,
}

impl SentPage {
    /// Who was told by mail: whoever has an address.
    const fn confirmation(&self) -> &'static str {
        match (self.sent.sender_is_told, self.is_candidate, self.sent.email.is_some()) {
            (true, true, _) => "Un e-mail de confirmation vous a été envoyé.",
            (true, false, true) => "Un e-mail de confirmation vous a été envoyé, ainsi qu'à la personne.",
            (true, false, false) => {
                "Un e-mail de confirmation vous a été envoyé. La personne n'a pas d'adresse e-mail\u{a0}: prévenez-la vous-même."
            }
            (false, false, true) => "Un e-mail de confirmation a été envoyé à la personne.",
            (false, true, _) | (false, false, false) => "",
        }
    }
}

/// Says what was sent, to whom, and what happens next.
pub async fn get(
    path: SentPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    let sent = drafts::sent(&state, &ctx, path.id).await?.ok_or(PageError::NotFound)?;
    let is_own_company = ctx.actor_record().organisation == Some(sent.company_id);
    let is_candidate = ctx.actor.candidate().is_some();
    let again =
        |search| if is_candidate { search_path(search) } else { search_for(search, sent.candidate_id) };
    let search = sent.search.as_deref().and_then(again);
    ok(&SentPage {
        layout,
        title: if is_own_company { "Auto-prescription enregistrée" } else { "Candidature envoyée" },
        name: sent.candidate_name(&ctx.actor),
        sees_identity: sent.sees_identity(&ctx.actor),
        is_candidate,
        is_prescriber: PrescriberActor::try_from(ctx.actor).is_ok(),
        is_own_company,
        search,
        sent,
    })
}
