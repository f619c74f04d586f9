//! The statement of a list. The page is cut before its lines are filled, so that only those of the page are.

use super::{Asked, Column, Cursor, Direction, Filter, Key, List, Sort, Sql, Start};

/// A list, what is asked of it, and what it may be asked.
pub(crate) struct Statement<'a, L: List> {
    pub(crate) list: &'a L,
    pub(crate) asked: &'a Asked,
    pub(crate) filters: &'a [Filter],
    pub(crate) columns: &'a [Column<L>],
}

impl<L: List> Statement<'_, L> {
    /// The sort; lists whose usual column has none are sorted by id alone, which a test of each list refuses.
    pub(super) fn sort(&self) -> Option<(Sort, Direction)> {
        self.asked.sort(self.columns)
    }

    /// One page, with one row more to know whether another follows. Read backwards when it is before a row.
    pub(super) fn page(&self, rows: i64) -> Sql {
        self.write(Some(rows))
    }

    /// Every row.
    pub(crate) fn everything(&self) -> Sql {
        self.write(None)
    }

    /// How many rows there are, counted up to `most`.
    pub(crate) fn count(&self, most: i64) -> Sql {
        let mut sql = Sql::new("");
        self.count_into(&mut sql, most);
        sql
    }

    /// The same inside a statement.
    pub(super) fn count_into(&self, sql: &mut Sql, most: i64) {
        sql.push("SELECT count(*) FROM (SELECT 1 ");
        self.narrowed(sql);
        sql.push(" LIMIT ").push_bind(most).push(") AS counted");
    }

    fn write(&self, rows: Option<i64>) -> Sql {
        let (expression, direction) = match self.sort() {
            Some((sort, direction)) => (sort.expression, direction),
            None => (L::ID, Direction::Descending),
        };
        let direction = match self.asked.start {
            Start::Before(_) if rows.is_some() => direction.reversed(),
            Start::First | Start::After(_) | Start::Before(_) => direction,
        };
        let order = if direction == Direction::Ascending { "ASC" } else { "DESC" };
        let mut sql = Sql::new("WITH page AS (SELECT ");
        sql.push(L::KEPT).push(format_args!(", {expression} AS sort_key "));
        self.narrowed(&mut sql);
        if let Some(rows) = rows {
            self.start(&mut sql, expression, direction);
            sql.push(format_args!(" ORDER BY {expression} {order}, {} {order} LIMIT ", L::ID))
                .push_bind(rows);
        }
        sql.push(") SELECT ");
        self.list.fill(&mut sql);
        sql.push(", page.id AS row_id, page.sort_key FROM page ").push(L::JOINS);
        sql.push(format_args!(" ORDER BY page.sort_key {order}, page.id {order}"));
        sql
    }

    /// `FROM … WHERE …`, every valid filter applied.
    fn narrowed(&self, sql: &mut Sql) {
        self.list.cut(sql, self.asked);
        for filter in self.filters {
            if let Some(value) = self.asked.value(filter.name) {
                filter.narrow(sql, value);
            }
        }
    }

    fn start(&self, sql: &mut Sql, expression: &str, direction: Direction) {
        let Cursor { key, id } = match self.asked.start {
            Start::First => return,
            Start::After(cursor) | Start::Before(cursor) => cursor,
        };
        let than = if direction == Direction::Ascending { ">" } else { "<" };
        sql.push(format_args!(" AND ({expression}, {}) {than} (", L::ID));
        match key {
            Key::At(at) => sql.push_bind(at),
            Key::Day(day) => sql.push_bind(day),
            Key::Number(number) => sql.push_bind(number),
            Key::Text => {
                sql.push(format_args!("(SELECT {expression} "));
                self.list.cut(sql, self.asked);
                sql.push(format_args!(" AND {} = ", L::ID)).push_bind(id).push(")")
            }
        };
        sql.push(", ").push_bind(id).push(")");
    }
}
