//! The export of a view: the rows of a list as they are filtered and sorted, without a page, in a file.
//!
//! Written as the rows come: whatever their number, a few of them are in memory. Who took what away is kept before the
//! first byte is sent.

mod csv;
mod lines;
mod xlsx;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use iae_domain::Actor;
use iae_domain::exports::{self, ExportFormat};
use iae_domain::ids::ExportId;
use iae_domain::text::folded;

use crate::error::Result;
use crate::list::{Asked, List};
use crate::{App, Ctx};
use lines::Lines;

/// A file, as it is made.
pub struct File {
    /// Its name: the list and the day, nobody's name.
    pub name: String,
    /// What it holds.
    pub content: BoxStream<'static, std::io::Result<Bytes>>,
}

/// The whole of a list, as a query string filters and sorts it.
pub async fn export<L: List>(
    app: &App,
    ctx: &Ctx<Actor>,
    list: L,
    raw: &str,
    format: ExportFormat,
) -> Result<File> {
    let facets = list.facets(&app.db).await?;
    let (filters, columns) = (list.filters(&facets), list.columns());
    let asked = Asked::read(raw, &list, &filters, &columns);
    let lines = Lines { list, asked, filters, columns };
    let export = exports::take(exports::Export {
        id: ExportId::at(ctx.now),
        list: L::KIND,
        format,
        filters: lines.narrowed_by(),
        rows: lines.count(&app.db).await?,
    });
    let mut work = app.begin(ctx).await?;
    work.keep(export);
    work.commit().await?;
    // The file is written on the pool of exports, for as long as it takes.
    app.db.rest();
    let header = lines.header();
    let rows = lines.read(app.exports.clone());
    let content = match format {
        ExportFormat::Csv => csv::write(header, rows),
        ExportFormat::Xlsx => xlsx::write(L::KIND.label(), header, rows).await?,
    };
    let name = format!("{}-{}.{}", folded(L::KIND.label()).replace(' ', "-"), ctx.today(), format.code());
    Ok(File { name, content })
}
