//! The page in the place of every step of an application once it is sent: « Précédent » leads there (SUB-9, SUB-70).

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _};
use iae_app::applications::drafts::{self, Sending};
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::ids::ApplicationDraftId;

use super::listed;
use crate::error::{PageError, PageResult};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{ApplicationPath, DashboardPath, SentPath};

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/already_sent.html")]
struct AlreadySentPage {
    layout: Layout,
    /// The person, unless they read it themselves.
    name: Option<String>,
    sent: Sending,
}

impl AlreadySentPage {
    /// « Les Jardins de la Seille l’a reçue ».
    fn received(&self) -> String {
        let names: Vec<&str> = self.sent.received().map(|one| one.company_name.as_str()).collect();
        let verb = if names.len() > 1 { "l’ont reçue" } else { "l’a reçue" };
        format!("{} {verb}", listed(&names))
    }

    /// Where it is read: the application, or the list of those that left.
    fn href(&self) -> String {
        let mut received = self.sent.received();
        match (received.next(), received.next()) {
            (Some(first), Some(_)) => SentPath { id: first.application }.to_string(),
            (Some(only), None) => ApplicationPath { id: only.application }.to_string(),
            (None, _) => DashboardPath.to_string(),
        }
    }
}

/// What became of a draft that its author may open no more, with status 410; not found for anybody else.
pub(super) async fn page(app: &App, ctx: &Ctx<Actor>, layout: Layout, id: ApplicationDraftId) -> PageResult {
    let sent = drafts::sent_from(app, ctx, id).await?.ok_or(PageError::NotFound)?;
    let name = ctx.actor.candidate().is_none().then(|| sent.candidate_name(&ctx.actor));
    let page = AlreadySentPage { layout, name, sent };
    Ok((StatusCode::GONE, Html(page.render()?)).into_response())
}
