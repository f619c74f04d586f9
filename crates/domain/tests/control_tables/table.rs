//! A table of Markdown, read as it is typed.

use std::cell::RefCell;
use std::collections::BTreeSet;

/// The only table of a file. Its first columns say which rows are read.
pub struct Table {
    heads: Vec<&'static str>,
    rows: Vec<Vec<&'static str>>,
    keys: usize,
    compared: RefCell<BTreeSet<(usize, usize)>>,
}

impl Table {
    /// Reads it; so many of its first columns are its keys.
    pub fn read(text: &'static str, keys: usize) -> Self {
        let mut lines = text.lines().filter_map(cells);
        let heads = lines.next().unwrap();
        let rows: Vec<_> = lines.skip(1).collect();
        assert!(!rows.is_empty() && rows.iter().all(|row| row.len() == heads.len()), "{heads:?} {rows:?}");
        Self { heads, rows, keys, compared: RefCell::default() }
    }

    /// The cell in the column of this name, of the row of these keys; none when the table has no such row.
    pub fn cell(&self, keys: &[&str], head: &str) -> Option<&'static str> {
        assert_eq!(keys.len(), self.keys, "{keys:?}");
        let column = self.heads.iter().position(|one| *one == head).unwrap();
        let is_read =
            |row: &[&str]| row.iter().zip(keys).all(|(typed, asked)| *typed == "*" || typed == asked);
        let mut read = self.rows.iter().enumerate().filter(|(_, row)| is_read(row.as_slice()));
        let (rank, row) = read.next()?;
        assert!(read.next().is_none(), "two rows are of {keys:?}");
        self.compared.borrow_mut().insert((rank, column));
        row.get(column).copied()
    }

    /// Nothing that was typed was left aside.
    pub fn was_read_whole(&self) {
        let cells = self.rows.len() * (self.heads.len() - self.keys);
        assert_eq!(self.compared.borrow().len(), cells, "cells read of {:?}", self.heads);
    }
}

fn cells(line: &'static str) -> Option<Vec<&'static str>> {
    let line = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(line.split('|').map(str::trim).collect())
}
