//! One list: its scope, its filters, its columns and their sorts, said once by a feature in its `list.rs`. From that
//! come the query string read and written, the page cut out of any number of rows, both ways, the total, and the
//! export of the view: the same statement without a page.
//!
//! See `applications::list` for the model.

mod asked;
mod cell;
mod column;
mod cursor;
mod filter;
mod open;
mod statement;

use std::collections::BTreeMap;
use std::future::{Future, ready};

use iae_domain::exports::ListKind;
use sqlx::postgres::PgRow;
use sqlx::{FromRow, Postgres, QueryBuilder};

pub use asked::{Asked, Start};
pub use cell::Cell;
pub use column::{Column, Direction, Half, KeyKind, Sort};
pub use cursor::{Cursor, Key};
pub use filter::{Facet, Filter, Kind, Mistake, Time, Value};
pub use open::{Opened, PAGE_SIZE, Total, figures, open};
pub(crate) use statement::Statement;

use crate::Db;
use crate::error::Result;

/// A statement being written.
pub type Sql = QueryBuilder<Postgres>;

/// A list, for one reader: its fields hold their scope.
pub trait List: Clone + Send + Sync + 'static {
    /// One line, as the last statement gives it.
    type Row: for<'r> FromRow<'r, PgRow> + Send + Sync + Unpin + 'static;

    /// What it is a list of, for the audit trail and the names of files.
    const KIND: ListKind;
    /// The column that tells a row from all others, within [`List::cut`]: a uuid. It breaks ties of every sort.
    const ID: &'static str;
    /// Columns a cut page hands over to [`List::fill`], `id` among them.
    const KEPT: &'static str;
    /// Joins from `page`, of what is read only once the page is cut.
    const JOINS: &'static str;

    /// [`List::ID`] as [`List::cut`] names it: of another table, when an index of that one gives the page to this reader.
    fn id(&self) -> &'static str {
        Self::ID
    }

    /// `FROM … WHERE …`: the tables that filters and sorts need, narrowed to what the reader may see.
    fn cut(&self, sql: &mut Sql, asked: &Asked);

    /// A cheaper count of the whole list than through [`List::cut`], when there is one: a statement of one number.
    fn whole(&self) -> Option<Sql> {
        None
    }

    /// The columns of [`List::Row`], from `page` and what is joined to it.
    fn fill(&self, sql: &mut Sql);

    /// The columns, in order; the first names the line.
    fn columns(&self) -> Vec<Column<Self>>;

    /// The filters, in the order they are shown.
    fn filters(&self, facets: &Facets) -> Vec<Filter>;

    /// The column the list is sorted by unless something else is asked for, and how: the first that may be, by default.
    fn sorted(&self) -> (&'static str, Direction) {
        let first = |column: &Column<Self>| column.sort.map(|sort| (column.name, sort.first));
        self.columns().iter().find_map(first).unwrap_or(("", Direction::Ascending))
    }

    /// What may be chosen in the filters whose values are data, with counts where an index gives them.
    fn facets(&self, _: &Db) -> impl Future<Output = Result<Facets>> + Send {
        ready(Ok(Facets::default()))
    }
}

/// What a list may be narrowed to, by the name of the filter.
#[derive(Debug, Clone, Default)]
pub struct Facets {
    by_filter: BTreeMap<&'static str, Vec<Facet>>,
}

impl Facets {
    /// Adds the values of a filter.
    #[must_use]
    pub fn with(mut self, filter: &'static str, values: Vec<Facet>) -> Self {
        self.by_filter.insert(filter, values);
        self
    }

    /// The values of a filter.
    pub fn of(&self, filter: &str) -> Vec<Facet> {
        self.by_filter.get(filter).cloned().unwrap_or_default()
    }

    /// How many rows have one of these values.
    pub fn count(&self, filter: &str, values: &[&str]) -> i64 {
        let counted = self.by_filter.get(filter).into_iter().flatten();
        counted.filter(|facet| values.contains(&facet.value.as_str())).filter_map(|facet| facet.count).sum()
    }

    /// How many rows there are, when the values of a filter are all counted: each row has one of them.
    pub fn total(&self) -> Option<i64> {
        let counted = self.by_filter.values().filter(|facets| !facets.is_empty());
        counted.map(|facets| facets.iter().map(|facet| facet.count).sum()).find(Option::is_some).flatten()
    }

    /// How many rows have one of these values, when they are counted.
    pub fn counted(&self, filter: &str, values: &[String]) -> Option<i64> {
        let facets = self.by_filter.get(filter)?;
        values.iter().map(|value| facets.iter().find(|facet| facet.value == *value)?.count).sum()
    }
}
