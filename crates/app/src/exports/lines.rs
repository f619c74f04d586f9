//! The lines of an export, read from the database as they are written.

use std::time::Duration;

use futures_util::StreamExt as _;
use sqlx::FromRow as _;
use sqlx::postgres::PgRow;
use tokio::sync::mpsc;

use crate::Db;
use crate::error::{Error, Result};
use crate::list::{Asked, Cell, Column, Filter, List, Statement};
use crate::running_exports::Running;

/// How long a reader may take no line before its export is given up, and its connection with it.
const PATIENCE: Duration = Duration::from_secs(30);
/// Lines read ahead of the file.
const AHEAD: usize = 256;

/// Lines that come, then the word that they all came: without it, something stopped them.
pub(super) type Rows = mpsc::Receiver<Result<Read>>;

/// What is read of a list.
pub(super) enum Read {
    /// The next line.
    Line(Vec<Cell>),
    /// There is none after.
    All,
}

/// The lines stopped coming before the last one.
pub(super) fn cut_short() -> Error {
    Error::Internal("an export stopped before its last line".to_owned(), None)
}

/// A list and what is asked of it.
pub(super) struct Lines<L: List> {
    list: L,
    pub asked: Asked,
    filters: Vec<Filter>,
    columns: Vec<Column<L>>,
}

impl<L: List> Lines<L> {
    /// The list as a query string filters and sorts it.
    pub(super) async fn of(db: &Db, list: L, raw: &str) -> Result<Self> {
        let facets = list.facets(db).await?;
        let (filters, columns) = (list.filters(&facets), list.columns());
        let asked = Asked::read(raw, &list, &filters, &columns);
        Ok(Self { list, asked, filters, columns })
    }

    fn statement(&self) -> Statement<'_, L> {
        Statement { list: &self.list, asked: &self.asked, filters: &self.filters, columns: &self.columns }
    }

    /// The words of the filters that narrow the list, never their values.
    pub(super) fn narrowed_by(&self) -> String {
        let narrows = |filter: &&Filter| self.asked.value(filter.name).is_some();
        self.filters.iter().filter(narrows).map(|filter| filter.label).collect::<Vec<_>>().join(", ")
    }

    pub(super) async fn count(&self, db: &Db) -> Result<i64> {
        Ok(self.statement().count(i64::MAX).build_query_scalar().fetch_one(db).await?)
    }

    /// The headers: second lines of a cell are columns of their own.
    pub(super) fn header(&self) -> Vec<&'static str> {
        let labels = |column: &Column<L>| [Some(column.label), column.under.map(|(label, _)| label)];
        self.columns.iter().flat_map(labels).flatten().collect()
    }

    fn line(&self, row: &PgRow) -> Result<Vec<Cell>> {
        let row = L::Row::from_row(row)?;
        let cells = |column: &Column<L>| {
            [Some((column.cell)(&self.list, &row)), column.under.map(|(_, cell)| cell(&self.list, &row))]
        };
        Ok(self.columns.iter().flat_map(cells).flatten().collect())
    }

    /// Reads every line, no faster than they are written. Whoever stops listening stops it. `running` ends before the
    /// reader knows that all came: they may ask for another.
    pub(super) fn read(self, db: Db, running: Option<Running>) -> Rows {
        let (sender, lines) = mpsc::channel(AHEAD);
        tokio::spawn(async move {
            let mut statement = self.statement().everything();
            let mut rows = statement.build().fetch(db.pool());
            while let Some(row) = rows.next().await {
                let line = row.map_err(Error::from).and_then(|row| self.line(&row).map(Read::Line));
                let failed = line.is_err();
                let sent = tokio::time::timeout(PATIENCE, sender.send(line)).await;
                if failed || !matches!(sent, Ok(Ok(()))) {
                    return;
                }
            }
            drop(rows);
            drop(running);
            tokio::time::timeout(PATIENCE, sender.send(Ok(Read::All))).await.ok();
        });
        lines
    }
}
