//! A page of a list, ready for `templates/components/list.html`.

use chrono::NaiveDate;
use iae_app::list::{
    Asked, Cell, Column, Direction, Facet, Facets, Filter, Kind, List, Opened, Start, Value,
};
use iae_domain::exports::ExportFormat;

use super::parts::{Control, Field, Head, ShownCell};
use super::{Shown, messages};
use crate::choice::Choice;
use crate::forms::FieldErrors;
use crate::french;

/// A page of a list.
pub struct View {
    /// The words of its table.
    pub nouns: &'static str,
    /// What is said when filters leave nothing.
    pub none: &'static str,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its mistakes.
    pub errors: FieldErrors,
    /// Every filter in force, with the address of the page without it (LIST-6).
    pub chips: Vec<(String, String)>,
    /// The address without any filter; the order is kept (LIST-6).
    pub cleared: String,
    /// Views of the list: words, address, whether it is the one shown.
    pub tabs: Vec<(String, String, bool)>,
    /// Orders to choose from where headers are not shown, and the one in force.
    pub orders: Vec<Choice>,
    /// Headers.
    pub head: Vec<Head>,
    /// Lines.
    pub rows: Vec<Vec<ShownCell>>,
    /// « 41 candidatures ».
    pub total: String,
    /// « 21 à 40 sur 312 », when there is more than a page.
    pub shown: String,
    /// The first page, from another one.
    pub first: Option<String>,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Formats to take the whole view away in: words and address.
    pub exports: Vec<(&'static str, String)>,
    /// What may be chosen in filters, with counts.
    pub facets: Facets,
    /// Whether something narrows the list, or is mistaken.
    pub is_narrowed: bool,
    /// The day it is.
    pub today: NaiveDate,
}

impl View {
    /// The page of an opened list.
    pub fn new<L: Shown>(opened: Opened<L>, today: NaiveDate) -> Self {
        let Opened { list, asked, filters, columns, facets, rows, previous, next, total } = opened;
        let [one, many, none] = L::NOUN;
        let path = list.path();
        let href = |asked: &Asked| at(&path, &asked.write());
        let mut errors = FieldErrors::default();
        for (name, mistake) in asked.mistakes() {
            errors.add(name, messages::mistake(*mistake));
        }
        let chips: Vec<(String, String)> = filters
            .iter()
            .filter(|filter| !filter.is_view())
            .flat_map(|filter| chips(filter, &asked))
            .map(|(label, without)| (label, href(&without)))
            .collect();
        let start = |start: Option<Start>| start.map(|start| href(&asked.from(start)));
        let rows = rows.iter().map(|row| columns.iter().map(|column| cell(&list, column, row)).collect());
        let rows: Vec<Vec<ShownCell>> = rows.collect();
        let is_cut = previous.is_some() || next.is_some();
        let shown = asked.page().filter(|_| is_cut).map(|page| messages::shown(page, rows.len(), total));
        Self {
            nouns: many,
            none,
            fields: filters.iter().filter_map(|filter| field(filter, &asked, &errors)).collect(),
            is_narrowed: !chips.is_empty() || !errors.is_empty(),
            chips,
            cleared: href(&cleared(&filters, &asked)),
            tabs: tabs(&filters, &asked).into_iter().map(|(label, to, on)| (label, href(&to), on)).collect(),
            orders: orders(&list, &columns, &asked),
            head: head(&list, &columns, &asked, rows.first(), href),
            first: (asked.start != Start::First).then(|| href(&asked.from(Start::First))),
            previous: start(previous),
            next: start(next),
            shown: shown.unwrap_or_default(),
            total: messages::total(total, one, many),
            exports: ExportFormat::ALL
                .iter()
                .map(|format| (format.label(), with_format(&path, &asked, *format)))
                .collect(),
            rows,
            errors,
            facets,
            today,
        }
    }
}

fn at(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn with_format(path: &str, asked: &Asked, format: ExportFormat) -> String {
    let query = asked.from(Start::First).write();
    let join = if query.is_empty() { "" } else { "&" };
    format!("{path}?{query}{join}format={}", format.code())
}

/// The same without filters; views and order stay.
fn cleared(filters: &[Filter], asked: &Asked) -> Asked {
    let narrowing = filters.iter().filter(|filter| !filter.is_view());
    narrowing.fold(asked.from(Start::First), |asked, filter| asked.with(filter.name, ""))
}

fn chips(filter: &Filter, asked: &Asked) -> Vec<(String, Asked)> {
    let Some(value) = asked.value(filter.name) else { return Vec::new() };
    let chip = |text: &String| {
        let label = match (value, &filter.kind) {
            (Value::Day(day), _) => format!("{} {}", filter.label, french::date(*day)),
            (Value::Thing(_), _) => filter.label.to_owned(),
            (Value::Codes(_), Kind::Choice(_, facets)) => label_of(facets, text),
            (Value::Codes(_) | Value::Words(_) | Value::Text(_), _) => {
                format!("{}\u{a0}: {text}", filter.label)
            }
        };
        (label, asked.without(filter.name, text))
    };
    asked.texts(filter.name).iter().map(chip).collect()
}

fn label_of(facets: &[Facet], value: &str) -> String {
    let found = facets.iter().find(|facet| facet.value == value);
    found.map_or_else(|| value.to_owned(), |facet| facet.label.clone())
}

fn tabs(filters: &[Filter], asked: &Asked) -> Vec<(String, Asked, bool)> {
    let mut tabs = Vec::new();
    for filter in filters {
        let Kind::View(views) = &filter.kind else { continue };
        for (rank, view) in views.iter().enumerate() {
            let is_first = rank == 0;
            let shown = asked.has(filter.name, &view.value) || is_first && asked.value(filter.name).is_none();
            let to = asked.with(filter.name, if is_first { "" } else { &view.value });
            tabs.push((view.label.clone(), to, shown));
        }
    }
    tabs
}

fn field(filter: &Filter, asked: &Asked, errors: &FieldErrors) -> Option<Field> {
    let texts = asked.texts(filter.name);
    let control = match &filter.kind {
        Kind::Words | Kind::Text | Kind::Id => Control::Text,
        Kind::From | Kind::To => Control::Date,
        Kind::Choice(_, facets) if texts.len() > 1 => Control::Boxes(choices(facets, texts)),
        Kind::Choice(all, facets) => Control::Select(all, choices(facets, texts)),
        Kind::View(_) | Kind::Thing if texts.is_empty() => return None,
        // What is mistaken is shown, to be mended.
        Kind::Thing if errors.of(filter.name).is_some() => Control::Text,
        Kind::View(_) | Kind::Thing => Control::Hidden,
    };
    Some(Field {
        name: filter.name,
        label: filter.label,
        value: texts.first().cloned().unwrap_or_default(),
        error: errors.of(filter.name).map(ToOwned::to_owned),
        control,
    })
}

/// What may be chosen: values that occur, with how many; those chosen even when they no longer do.
fn choices(facets: &[Facet], chosen: &[String]) -> Vec<Choice> {
    let is_chosen = |facet: &Facet| chosen.contains(&facet.value);
    let choice = |facet: &Facet| {
        let label = match facet.count {
            Some(count) => format!("{} ({})", facet.label, french::number(count)),
            None => facet.label.clone(),
        };
        Choice::new(facet.value.as_str(), label).selected_if(is_chosen(facet))
    };
    facets.iter().filter(|facet| facet.count != Some(0) || is_chosen(facet)).map(choice).collect()
}

/// The order a click on a header asks for: the other one when the list is sorted by it.
fn clicked<L: List>(column: &Column<L>, asked: &Asked) -> Option<Direction> {
    let sort = column.sort?;
    let (name, direction) = asked.sorted();
    Some(if name == column.name { direction.reversed() } else { sort.first })
}

fn head<L: List>(
    list: &L,
    columns: &[Column<L>],
    asked: &Asked,
    row: Option<&Vec<ShownCell>>,
    href: impl Fn(&Asked) -> String,
) -> Vec<Head> {
    let (sorted, direction) = asked.sorted();
    let order = |column: &Column<L>| match (column.name == sorted, direction) {
        (true, Direction::Ascending) => "ascending",
        (true, Direction::Descending) => "descending",
        (false, _) => "none",
    };
    let is_number = |index: usize| {
        row.and_then(|row| row.get(index)).is_some_and(|cell| matches!(cell.says, Cell::Number(_)))
    };
    let header = |(index, column): (usize, &Column<L>)| Head {
        label: column.label,
        href: clicked(column, asked).map(|to| href(&asked.sorted_by(list, column.name, to))),
        order: order(column),
        is_number: is_number(index),
    };
    columns.iter().enumerate().map(header).collect()
}

/// Every order, as the field of narrow screens offers them; none when there is but one column to sort by.
fn orders<L: List>(list: &L, columns: &[Column<L>], asked: &Asked) -> Vec<Choice> {
    let sorted: Vec<_> = columns.iter().filter(|column| column.sort.is_some()).collect();
    let choice = |column: &Column<L>, direction: Direction| {
        let (sign, words) = match direction {
            Direction::Ascending => ("", "croissant"),
            Direction::Descending => ("-", "décroissant"),
        };
        let value = if (column.name, direction) == list.sorted() {
            String::new()
        } else {
            format!("{sign}{}", column.name)
        };
        Choice::new(value, format!("{}, {words}", column.label))
            .selected_if(asked.sorted() == (column.name, direction))
    };
    let both = |column: &Column<L>| {
        let first = column.sort.map_or(Direction::Ascending, |sort| sort.first);
        [choice(column, first), choice(column, first.reversed())]
    };
    sorted.into_iter().flat_map(both).collect()
}

fn cell<L: Shown>(list: &L, column: &Column<L>, row: &L::Row) -> ShownCell {
    ShownCell {
        label: column.label,
        says: (column.cell)(list, row),
        look: list.look(column.name, row),
        under: column.under.map(|(_, cell)| cell(list, row)),
    }
}
