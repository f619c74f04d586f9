//! `/`: the home page: one search, three doors, how it works, the figures of the base.

use askama::Template;
use axum::extract::State;
use iae_app::directory::changes::PublicThing;
use iae_app::directory::queries::{Figures, figures};
use iae_domain::directory::Distance;

use crate::choice::Choice;
use crate::directory::distance_choices;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::HomePath;
use crate::ready::until_changed;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "pages/home.html")]
pub struct HomePage {
    layout: Layout,
    distances: Vec<Choice>,
    /// As they were last counted.
    figures: Option<Figures>,
}

/// Shows the home page; people signed in find their own pages in place of the doors.
pub async fn get(_: HomePath, State(state): State<WebState>, layout: Layout) -> PageResult {
    let figures = figures(&state.db).await?;
    let page = HomePage { layout, distances: distance_choices(Distance::DEFAULT), figures };
    until_changed(PublicThing::Figures, ok(&page))
}
