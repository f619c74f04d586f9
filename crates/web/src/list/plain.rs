//! A page that is its list and nothing else: its words, and the rest is here.

use askama::Template;
use axum::extract::{FromRequestParts, RawQuery};
use axum::http::request::Parts;
use iae_app::Ctx;
use iae_domain::Actor;

use super::{Shown, View, show};
use crate::error::{PageError, PageResult};
use crate::filters;
use crate::layout::Layout;
use crate::state::WebState;

/// The words of such a page.
pub trait Plain: Shown {
    /// Its title.
    const TITLE: &'static str;
    /// What it is a list of, in a sentence or two.
    const LEAD: &'static str;
    /// What is said when there is nothing at all: a title, what will be there, an icon.
    const EMPTY: [&'static str; 3];
    /// Whether it is a page of the team.
    const IS_OF_TEAM: bool = false;
}

/// Who asks for a list, and what their address says of it.
pub struct Asking<A> {
    /// Who asks.
    pub ctx: Ctx<A>,
    state: WebState,
    layout: Layout,
    raw: Option<String>,
}

impl<A> FromRequestParts<WebState> for Asking<A>
where
    A: Send,
    Ctx<A>: FromRequestParts<WebState, Rejection = PageError>,
{
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let ctx = Ctx::<A>::from_request_parts(parts, state).await?;
        let Ok(RawQuery(raw)) = RawQuery::from_request_parts(parts, state).await;
        let Ok(layout) = Layout::from_request_parts(parts, state).await;
        Ok(Self { ctx, state: state.clone(), layout, raw })
    }
}

impl<A: Clone + Into<Actor>> Asking<A> {
    /// Answers with the page of this list, or with its export.
    pub async fn answer<L: Plain>(self, list: L) -> PageResult {
        let Self { ctx, state, layout, raw } = self;
        let page = |view| PlainPage {
            layout,
            view,
            title: L::TITLE,
            lead: L::LEAD,
            empty: L::EMPTY,
            is_of_team: L::IS_OF_TEAM,
        };
        show(&state, &ctx.any(), list, raw, page).await
    }
}

#[derive(Template)]
#[template(path = "list/page.html")]
struct PlainPage {
    layout: Layout,
    view: View,
    title: &'static str,
    lead: &'static str,
    empty: [&'static str; 3],
    is_of_team: bool,
}
