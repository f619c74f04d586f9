//! The export of a view: the rows of a list as they are filtered and sorted, without a page, in a file.
//!
//! Written as the rows come: whatever their number, a few of them are in memory. Who took what away is kept before the
//! first byte is sent. A sheet too long to be waited for is prepared by the worker ([`prepared`]).

mod csv;
mod lines;
mod prepared;
mod store;
mod xlsx;

use bytes::Bytes;
use chrono::NaiveDate;
use futures_util::stream::BoxStream;
use iae_domain::Actor;
use iae_domain::exports::{self, ExportContents, ExportFormat, ListKind};
use iae_domain::ids::ExportId;
use iae_domain::policy::Denied;
use iae_domain::text::folded;

pub use self::csv::encode;
use crate::error::Result;
use crate::list::{List, Start};
use crate::{App, Ctx};
use lines::Lines;
pub use prepared::{Preparation, Wanted, download, follow};
pub(crate) use prepared::{end, expire, sheet, wanted};

/// Rows of a sheet one waits for. A sheet is sent once it is whole: that many are written well within ten seconds, on a
/// machine of two cores (`docs/performance.md`); more than that are prepared by the worker.
pub const ROWS_AT_ONCE: i64 = 20_000;

/// Rows a sheet may have under its header.
const ROWS_OF_A_SHEET: i64 = 1_048_575;

/// A file, as it is made.
pub struct File {
    /// Its name: the list and the day, nobody's name.
    pub name: String,
    /// What it holds.
    pub content: BoxStream<'static, std::io::Result<Bytes>>,
}

/// An export that was asked for.
pub enum Exported {
    /// The file, as it is made, and its format.
    Now(File, ExportFormat),
    /// Too long to be waited for: what the worker prepares.
    Later(ExportId),
    /// A filter is mistaken: the file would hold what was not asked for.
    Mistaken,
    /// The account takes another file away.
    AnotherRuns,
}

/// The whole of a list, as a query string filters and sorts it.
pub async fn export<L: List>(
    app: &App,
    ctx: &Ctx<Actor>,
    list: L,
    raw: &str,
    format: ExportFormat,
) -> Result<Exported> {
    let lines = Lines::of(&app.db, list, raw).await?;
    if !lines.asked.mistakes().is_empty() {
        return Ok(Exported::Mistaken);
    }
    let rows = lines.count(&app.db).await?;
    // What no sheet can hold is given as values.
    let format = if rows > ROWS_OF_A_SHEET { ExportFormat::Csv } else { format };
    let contents = ExportContents { list: L::KIND, format, filters: lines.narrowed_by(), rows };
    let export = exports::Export { id: ExportId::at(ctx.now), contents };
    if format == ExportFormat::Xlsx && rows > app.config.rows_at_once {
        let query = lines.asked.from(Start::First).write();
        return prepared::ask(app, ctx, export, &query).await.map(Exported::Later);
    }
    // Every list is read by someone.
    let user = ctx.actor_record().user.ok_or(Denied::Role)?;
    let Some(running) = app.running_exports.begin(user) else { return Ok(Exported::AnotherRuns) };
    let mut work = app.begin(ctx).await?;
    work.keep(exports::take(export));
    work.commit().await?;
    // The file is written on the pool of exports, for as long as it takes.
    app.db.rest();
    let header = lines.header();
    let rows = lines.read(app.exports.clone(), Some(running));
    let content = match format {
        ExportFormat::Csv => csv::write(header, rows),
        ExportFormat::Xlsx => xlsx::write(L::KIND.label(), header, rows).await?,
    };
    Ok(Exported::Now(File { name: name(L::KIND, ctx.today(), format), content }, format))
}

fn name(list: ListKind, day: NaiveDate, format: ExportFormat) -> String {
    format!("{}-{day}.{}", folded(list.label()).replace(' ', "-"), format.code())
}
