//! The page in the place of every step of an application once it is sent, or given up: « Précédent » and other tabs lead
//! there (SUB-9, SUB-70).

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _};
use iae_app::applications::drafts::{self, Ending, Sending};
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::applications::draft::KEPT;
use iae_domain::ids::ApplicationDraftId;

use super::listed;
use crate::error::{PageError, PageResult};
use crate::filters;
use crate::french;
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

/// The page of a draft of which nothing is left.
#[derive(Template)]
#[template(path = "application_drafts/ended.html")]
struct EndedPage {
    layout: Layout,
    title: &'static str,
    what: String,
}

impl EndedPage {
    fn new(layout: Layout, ending: Ending) -> Self {
        let (title, what) = match ending {
            Ending::Sent(at) => (
                "Cette candidature est envoyée",
                format!("Vous l’avez envoyée le {}. Elle ne peut plus être modifiée.", french::date_time(at)),
            ),
            Ending::SentFromAnother(at) => (
                "Cette candidature est envoyée",
                format!(
                    "Vous l’aviez commencée deux fois, et envoyée le {} depuis l’autre page\u{a0}: celle-ci est supprimée.",
                    french::date_time(at)
                ),
            ),
            Ending::GivenUp(at) => (
                "Cette candidature est abandonnée",
                format!(
                    "Vous l’avez abandonnée le {}\u{a0}: ce que vous aviez écrit est supprimé, et rien n’a été envoyé.",
                    french::date_time(at)
                ),
            ),
            Ending::Expired(at) => (
                "Cette candidature n’est plus conservée",
                format!(
                    "Elle est restée {}\u{a0}jours sans être modifiée\u{a0}: elle a été supprimée le {}, et rien n’a été envoyé.",
                    KEPT.num_days(),
                    french::date_time(at)
                ),
            ),
        };
        Self { layout, title, what }
    }
}

/// What became of a draft that its author may open no more, with status 410; not found for anybody else.
pub(super) async fn page(app: &App, ctx: &Ctx<Actor>, layout: Layout, id: ApplicationDraftId) -> PageResult {
    let Some(sent) = drafts::sent_from(app, ctx, id).await? else {
        let ending = drafts::ending(app, ctx, id).await?.ok_or(PageError::NotFound)?;
        let page = EndedPage::new(layout, ending);
        return Ok((StatusCode::GONE, Html(page.render()?)).into_response());
    };
    let name = ctx.actor.candidate().is_none().then(|| sent.candidate_name(&ctx.actor));
    let page = AlreadySentPage { layout, name, sent };
    Ok((StatusCode::GONE, Html(page.render()?)).into_response())
}
