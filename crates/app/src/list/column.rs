//! A column: its header, what its cells say, what it is sorted by.

use super::{Cell, List, Sql};

/// What a cell of a list says of a row.
pub type Say<L> = fn(&L, &<L as List>::Row) -> Cell;

/// A column.
pub struct Column<L: List> {
    /// Its name in an address, when the list is sorted by it.
    pub name: &'static str,
    /// Its header.
    pub label: &'static str,
    /// What its cells say.
    pub cell: Say<L>,
    /// A second line under it; in a file, a column of its own.
    pub under: Option<(&'static str, Say<L>)>,
    /// How the list is sorted by it, if it may be.
    pub sort: Option<Sort>,
    /// The two parts of the list, when it is sorted by it in two: one before the other, each in the order of an index.
    pub halves: Option<[Half<L>; 2]>,
}

/// One of the two parts of a list sorted in two.
pub struct Half<L: List> {
    /// What is compared: in every row of the first part, less than in every row of the second.
    pub expression: &'static str,
    /// The condition of being in this part.
    pub narrow: fn(&L, &mut Sql),
}

impl<L: List> Column<L> {
    /// A column.
    pub fn new(name: &'static str, label: &'static str, cell: Say<L>) -> Self {
        Self { name, label, cell, under: None, sort: None, halves: None }
    }

    /// The same with a second line.
    #[must_use]
    pub fn under(self, label: &'static str, cell: Say<L>) -> Self {
        Self { under: Some((label, cell)), ..self }
    }

    /// The same, by which the list may be sorted, the latest first: an instant of [`List::cut`].
    #[must_use]
    pub fn latest_first(self, instant: &'static str) -> Self {
        self.sorted_by(instant, KeyKind::At, Direction::Descending)
    }

    /// The same, by which the list may be sorted: an expression of [`List::cut`] that is never null, which an index
    /// or the smallness of the scope keeps cheap.
    #[must_use]
    pub fn sorted_by(self, expression: &'static str, key: KeyKind, first: Direction) -> Self {
        Self { sort: Some(Sort { expression, key, first }), ..self }
    }

    /// The same, by which the list may be sorted in two parts.
    #[must_use]
    pub fn sorted_in_two(self, halves: [Half<L>; 2], key: KeyKind, first: Direction) -> Self {
        let sorted = self.sorted_by(halves[0].expression, key, first);
        Self { halves: Some(halves), ..sorted }
    }
}

/// How a list is sorted by a column.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    /// What is compared.
    pub expression: &'static str,
    /// Its type.
    pub key: KeyKind,
    /// The direction of the first click on its header.
    pub first: Direction,
}

/// The type of what a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// An instant.
    At,
    /// A day.
    Day,
    /// A number, `bigint`.
    Number,
    /// A text. It may be a name, hence never in an address: a cursor holds the row alone.
    Text,
}

/// An order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The smallest, the oldest, A first.
    Ascending,
    /// The greatest, the latest, Z first.
    Descending,
}

impl Direction {
    /// The other one.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}
