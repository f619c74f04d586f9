//! `/exports/{id}`: how far an export is, then its file.

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::exports::{Preparation, follow};
use iae_domain::Actor;
use iae_domain::exports::prepared::ExportState;

use crate::error::{PageResult, ok};
use crate::filters;
use crate::french;
use crate::layout::Layout;
use crate::paths::ExportPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "exports/show.html")]
pub struct ExportPage {
    layout: Layout,
    export: Preparation,
}

impl ExportPage {
    /// « 12 000 lignes sur 100 000 ».
    fn progress(&self) -> String {
        let Preparation { rows, rows_written, .. } = &self.export;
        format!("{} sur {}", french::plural(*rows_written, "ligne", "lignes"), french::number(*rows))
    }
}

/// Shows it.
pub async fn get(
    ExportPath { id }: ExportPath,
    State(app): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    ok(&ExportPage { layout, export: follow(&app, &ctx, id).await? })
}
