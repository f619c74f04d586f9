//! What a page of a list is made of: fields, headers, cells.

use iae_app::list::Cell;

use crate::applications::state_badge::StateBadge;
use crate::choice::Choice;

/// How a cell looks, beyond what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// As it is.
    Plain,
    /// A link.
    Link(String),
    /// A link, and what is done from the list with the thing it names: words and address.
    LinkAnd(String, &'static str, String),
    /// A state: its badge stands for its word.
    Badge(StateBadge),
    /// A badge beside what is said.
    With(StateBadge),
    /// What may be cut anywhere: an address.
    Breakable,
    /// Figures kept on one line.
    Figures,
}

/// A field of the filters.
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Its value, as it was typed.
    pub value: String,
    /// What is wrong in it.
    pub error: Option<String>,
    /// Its control.
    pub control: Control,
}

/// The control of a field.
pub enum Control {
    /// A text.
    Text,
    /// A day.
    Date,
    /// A choice, with the words of no choice.
    Select(&'static str, Vec<Choice>),
    /// Boxes, once several values are chosen: none of them is lost.
    Boxes(Vec<Choice>),
    /// Nothing to be seen: kept as it is.
    Hidden,
}

/// A header.
pub struct Head {
    /// Its words.
    pub label: &'static str,
    /// The address of the list sorted by it, if it may be.
    pub href: Option<String>,
    /// `ascending`, `descending`, or `none`.
    pub order: &'static str,
    /// Whether its cells are figures.
    pub is_number: bool,
}

/// A cell.
pub struct ShownCell {
    /// The header it stands under.
    pub label: &'static str,
    /// What it says.
    pub says: Cell,
    /// How it looks.
    pub look: Look,
    /// Its second line.
    pub under: Option<Cell>,
}

impl ShownCell {
    /// Whether it is a quantity.
    pub fn is_number(&self) -> bool {
        matches!(self.says, Cell::Number(_))
    }

    /// The second line, when it says something.
    pub fn second_line(&self) -> Option<&Cell> {
        self.under.as_ref().filter(|cell| !cell.plain().is_empty())
    }
}
