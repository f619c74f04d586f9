//! Pages of lists: the handler of one gives its list and its page, everything else is here.
//!
//! The same address with `format=csv` or `format=xlsx` is the export of the view. See `applications::index` for the
//! model.

mod figure;
mod messages;
mod parts;
mod plain;
mod view;

use askama::Template;
use iae_app::exports::{self, Exported};
use iae_app::list::{List, open};
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::exports::ExportFormat;
use url::form_urlencoded;

pub use figure::{Figure, figures};
pub use parts::{Control, Look};
pub use plain::{Asking, Plain};
pub use view::View;

use crate::error::{PageError, PageResult, ok, ok_mistaken, see_other, unprocessable};
use crate::exports::attachment::attachment;
use crate::paths::ExportPath;

/// What a list looks like on a page.
pub trait Shown: List {
    /// Its address.
    fn path(&self) -> String;

    /// What it is a list of: « candidature », « candidatures », « Aucune candidature ».
    const NOUN: [&'static str; 3];

    /// How a cell looks, beyond what it says: a link, a badge.
    fn look(&self, column: &str, row: &Self::Row) -> Look;
}

/// Answers with the page of a list, or with its export.
pub async fn show<L: Shown, P: Template>(
    app: &App,
    ctx: &Ctx<Actor>,
    list: L,
    raw: Option<String>,
    page: impl FnOnce(View) -> P,
) -> PageResult {
    let raw = raw.unwrap_or_default();
    let format = format_of(&raw);
    if let Some(format) = format {
        match exports::export(app, ctx, list.clone(), &raw, format).await? {
            Exported::Now(file, format) => return Ok(attachment(file, format)),
            Exported::Later(id) => return see_other(ExportPath { id }.to_string()),
            Exported::AnotherRuns => return Err(PageError::ExportRunning),
            Exported::Mistaken => {}
        }
    }
    let opened = open(&app.db, list, &raw).await?;
    let is_mistaken = !opened.asked.mistakes().is_empty();
    let page = page(View::new(opened, ctx.today()));
    match (is_mistaken, format) {
        (true, Some(_)) => unprocessable(&page),
        (true, None) => ok_mistaken(&page),
        (false, _) => ok(&page),
    }
}

fn format_of(raw: &str) -> Option<ExportFormat> {
    let found = form_urlencoded::parse(raw.as_bytes()).find(|(name, _)| name == "format");
    found.and_then(|(_, value)| ExportFormat::parse(&value))
}
