//! The statement of a list. The page is cut before its lines are filled, so that only those of the page are.

use super::{Asked, Column, Cursor, Direction, Filter, Half, Key, List, Sort, Sql, Start};

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
            None => (self.list.id(), Direction::Descending),
        };
        let direction = match self.asked.start {
            Start::Before(_) if rows.is_some() => direction.reversed(),
            Start::First | Start::After(_) | Start::Before(_) => direction,
        };
        let order = order(direction);
        let mut sql = Sql::new("WITH page AS (");
        match self.halves() {
            None => self.part(&mut sql, expression, direction, rows, None),
            Some(halves) => {
                sql.push("SELECT * FROM (");
                for (rank, half) in halves.iter().enumerate() {
                    sql.push(if rank == 0 { "(" } else { " UNION ALL (" });
                    self.part(&mut sql, half.expression, direction, rows, Some(half.narrow));
                    sql.push(")");
                }
                sql.push(") halves");
                if let Some(rows) = rows {
                    sql.push(format_args!(" ORDER BY sort_key {order}, id {order} LIMIT ")).push_bind(rows);
                }
            }
        }
        sql.push(") SELECT ");
        self.list.fill(&mut sql);
        sql.push(", page.id AS row_id, page.sort_key FROM page ").push(L::JOINS);
        sql.push(format_args!(" ORDER BY page.sort_key {order}, page.id {order}"));
        sql
    }

    /// The rows sorted by this: of the whole list, or of the part that this narrows it to.
    fn part(
        &self,
        sql: &mut Sql,
        expression: &str,
        direction: Direction,
        rows: Option<i64>,
        narrow: Option<fn(&L, &mut Sql)>,
    ) {
        sql.push("SELECT ").push(L::KEPT).push(format_args!(", {expression} AS sort_key "));
        self.narrowed(sql);
        if let Some(narrow) = narrow {
            narrow(self.list, sql);
        }
        if let Some(rows) = rows {
            let order = order(direction);
            self.start(sql, expression, direction);
            sql.push(format_args!(" ORDER BY {expression} {order}, {} {order} LIMIT ", self.list.id()))
                .push_bind(rows);
        }
    }

    /// The two parts of the list, when it is sorted in two.
    fn halves(&self) -> Option<&[Half<L>; 2]> {
        let (sorted, _) = self.asked.sorted();
        self.columns.iter().find(|column| column.name == sorted)?.halves.as_ref()
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
        sql.push(format_args!(" AND ({expression}, {}) {than} (", self.list.id()));
        match key {
            Key::At(at) => sql.push_bind(at),
            Key::Day(day) => sql.push_bind(day),
            Key::Number(number) => sql.push_bind(number),
            Key::Text => {
                sql.push(format_args!("(SELECT {expression} "));
                self.list.cut(sql, self.asked);
                sql.push(format_args!(" AND {} = ", self.list.id())).push_bind(id).push(")")
            }
        };
        sql.push(", ").push_bind(id).push(")");
    }
}

const fn order(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "ASC",
        Direction::Descending => "DESC",
    }
}
