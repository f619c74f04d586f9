//! `/`: the home page.

use askama::Template;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::error::{PageResult, ok};
use crate::layout::Layout;

/// The home page.
#[derive(TypedPath, Deserialize)]
#[typed_path("/")]
pub struct HomePath;

/// The page.
#[derive(Template)]
#[template(path = "pages/home.html")]
pub struct HomePage {
    layout: Layout,
}

/// Shows the home page.
pub async fn get(_: HomePath, layout: Layout) -> PageResult {
    ok(&HomePage { layout })
}
