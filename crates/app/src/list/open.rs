//! A list is opened: what is asked is read, the page cut, the total counted.

use sqlx::FromRow as _;

use super::statement::Statement;
use super::{Asked, Column, Cursor, Facets, Filter, KeyKind, List, Sql, Start, Value};
use crate::Db;
use crate::error::Result;

/// Rows of a page (LIST-1).
pub const PAGE_SIZE: usize = 20;
/// One row more than a page, to know whether another follows.
const ROWS_TO_FETCH: i64 = 21;
/// Totals are exact up to there.
const MOST_COUNTED: i64 = 1_000;

/// How many rows there are in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// So many.
    Exactly(i64),
    /// More than so many.
    MoreThan(i64),
}

impl Total {
    /// As many as were counted.
    pub const fn at_least(self) -> i64 {
        match self {
            Self::Exactly(count) | Self::MoreThan(count) => count,
        }
    }
}

/// A page of a list, and all that surrounds it.
pub struct Opened<L: List> {
    /// The list.
    pub list: L,
    /// What was asked.
    pub asked: Asked,
    /// What may be asked.
    pub filters: Vec<Filter>,
    /// Its columns.
    pub columns: Vec<Column<L>>,
    /// What may be chosen in filters.
    pub facets: Facets,
    /// The rows of the page.
    pub rows: Vec<L::Row>,
    /// The page before, if there is one.
    pub previous: Option<Start>,
    /// The page after, if there is one.
    pub next: Option<Start>,
    /// How many rows there are.
    pub total: Total,
}

impl<L: List> Opened<L> {
    /// Whether the list is narrowed by something.
    pub fn is_narrowed(&self) -> bool {
        is_narrowed(&self.filters, &self.asked)
    }
}

/// Opens a list on what a query string asks of it. Filters that are mistaken narrow nothing, the others do (LIST-5).
pub async fn open<L: List>(db: &Db, list: L, raw: &str) -> Result<Opened<L>> {
    let facets = list.facets(db).await?;
    let (filters, columns) = (list.filters(&facets), list.columns());
    let asked = Asked::read(raw, &list, &filters, &columns);
    let statement = Statement { list: &list, asked: &asked, filters: &filters, columns: &columns };
    let key = statement.sort().map_or(KeyKind::Text, |(sort, _)| sort.key);
    let mut found = statement.page(ROWS_TO_FETCH).build().fetch_all(db).await?;
    let is_full = found.len() > PAGE_SIZE;
    found.truncate(PAGE_SIZE);
    if matches!(asked.start, Start::Before(_)) {
        found.reverse();
    }
    let place = |row: Option<&_>| row.map(|row| Cursor::of(row, key)).transpose();
    let first = place(found.first())?.map(Start::Before);
    let last = place(found.last())?.map(Start::After);
    let (previous, next) = match asked.start {
        Start::First => (None, last.filter(|_| is_full)),
        Start::After(_) => (first, last.filter(|_| is_full)),
        Start::Before(_) => (first.filter(|_| is_full), last),
    };
    let rows = found.iter().map(|row| Ok(L::Row::from_row(row)?)).collect::<Result<Vec<_>>>()?;
    let total = match (&previous, &next) {
        (None, None) if asked.start == Start::First => {
            Total::Exactly(i64::try_from(rows.len()).unwrap_or(i64::MAX))
        }
        _ => total(db, &statement, &facets).await?,
    };
    Ok(Opened { list, asked, filters, columns, facets, rows, previous, next, total })
}

/// What a list counts for each of these query strings: the total it shows when it is opened on it. `facets` are those it
/// counted already, if any; the others are counted in one statement.
pub async fn figures<L: List>(db: &Db, list: &L, facets: &Facets, queries: &[&str]) -> Result<Vec<Total>> {
    let (filters, columns) = (list.filters(facets), list.columns());
    let asked: Vec<Asked> = queries.iter().map(|raw| Asked::read(raw, list, &filters, &columns)).collect();
    let known: Vec<_> = asked.iter().map(|asked| known(&filters, asked, facets)).collect();
    let unknown: Vec<&Asked> =
        asked.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(asked, _)| asked).collect();
    let mut counted = Vec::new();
    if !unknown.is_empty() {
        let mut sql = Sql::new("SELECT ARRAY[");
        for (rank, asked) in unknown.into_iter().enumerate() {
            sql.push(if rank == 0 { "(" } else { ", (" });
            let statement = Statement { list, asked, filters: &filters, columns: &columns };
            statement.count_into(&mut sql, MOST_COUNTED + 1);
            sql.push(")");
        }
        sql.push("]");
        counted = sql.build_query_scalar::<Vec<i64>>().fetch_one(db).await?;
    }
    let mut counted = counted.into_iter();
    let figure = |known: Option<i64>| match known {
        Some(known) => Total::Exactly(known),
        None => capped(counted.next().unwrap_or_default()),
    };
    Ok(known.into_iter().map(figure).collect())
}

const fn capped(counted: i64) -> Total {
    if counted > MOST_COUNTED { Total::MoreThan(MOST_COUNTED) } else { Total::Exactly(counted) }
}

/// How many rows the facets say there are: all of them, or those of some values of the one filter that narrows.
fn known(filters: &[Filter], asked: &Asked, facets: &Facets) -> Option<i64> {
    let mut narrowing = filters.iter().filter_map(|filter| Some((filter, asked.value(filter.name)?)));
    match (narrowing.next(), narrowing.next()) {
        (None, _) => facets.total(),
        (Some((filter, Value::Codes(codes))), None) if !filter.is_view() => {
            facets.counted(filter.name, codes)
        }
        _ => None,
    }
}

fn is_narrowed(filters: &[Filter], asked: &Asked) -> bool {
    filters.iter().any(|filter| !filter.is_view() && asked.value(filter.name).is_some())
}

/// The facets may know it already; else rows are counted, a thousand at the most.
async fn total<L: List>(db: &Db, statement: &Statement<'_, L>, facets: &Facets) -> Result<Total> {
    if let Some(total) = known(statement.filters, statement.asked, facets) {
        return Ok(Total::Exactly(total));
    }
    if !is_narrowed(statement.filters, statement.asked)
        && let Some(mut whole) = statement.list.whole()
    {
        return Ok(Total::Exactly(whole.build_query_scalar().fetch_one(db).await?));
    }
    Ok(capped(statement.count(MOST_COUNTED + 1).build_query_scalar().fetch_one(db).await?))
}
