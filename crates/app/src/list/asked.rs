//! What an address asks of a list: read one way, written one way.

use iae_domain::text::shortened;
use url::form_urlencoded;

use super::{Column, Cursor, Direction, Filter, KeyKind, List, Mistake, Sort, Value};

/// Longest text kept of what was typed.
const LONGEST_TEXT: usize = 100;
/// Most values kept of one filter.
const MOST_VALUES: usize = 20;

/// Where a page starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    /// At the first row.
    #[default]
    First,
    /// After a row.
    After(Cursor),
    /// Before a row.
    Before(Cursor),
}

/// What is asked of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The texts of each filter, in the order of filters, none empty.
    texts: Vec<(&'static str, Vec<String>)>,
    /// What each filter is set to; the mistaken ones are not there and narrow nothing (LIST-5).
    values: Vec<(&'static str, Value)>,
    /// The mistakes, by filter.
    mistakes: Vec<(&'static str, Mistake)>,
    /// The column it is sorted by.
    column: &'static str,
    direction: Direction,
    /// Whether another order than the usual one is asked for.
    is_sorted: bool,
    /// Where the page starts.
    pub start: Start,
    /// Which page it is, as the pages before it counted: words of a title, nothing more.
    page: u32,
}

impl Asked {
    /// Reads a query string; never fails. What no filter of the list is named is left out.
    pub fn read<L: List>(raw: &str, list: &L, filters: &[Filter], columns: &[Column<L>]) -> Self {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(raw.as_bytes())
            .map(|(name, value)| (name.into_owned(), shortened(&value, LONGEST_TEXT)))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let of = |name: &str| -> Vec<String> {
            let mut texts = Vec::new();
            for (_, text) in pairs.iter().filter(|(named, _)| named == name) {
                if !texts.contains(text) && texts.len() < MOST_VALUES {
                    texts.push(text.clone());
                }
            }
            texts
        };
        let first = |name: &str| pairs.iter().find(|(named, _)| named == name).map(|(_, text)| text.as_str());
        let (mut column, mut direction) = list.sorted();
        let mut is_sorted = false;
        if let Some((name, asked)) = first("sort").map(direction_of)
            && let Some(found) = columns.iter().find(|column| column.name == name && column.sort.is_some())
        {
            is_sorted = (found.name, asked) != (column, direction);
            (column, direction) = (found.name, asked);
        }
        let mut asked = Self {
            texts: Vec::new(),
            values: Vec::new(),
            mistakes: Vec::new(),
            column,
            direction,
            is_sorted,
            start: Start::First,
            page: 1,
        };
        for filter in filters {
            let mut texts = of(filter.name);
            if !filter.takes_several() {
                texts.truncate(1);
            }
            asked.set(filter, texts);
        }
        asked.check_period();
        let key = columns.iter().find(|found| found.name == column).and_then(|found| found.sort);
        asked.start = start(first("after"), first("before"), key.map_or(KeyKind::Text, |sort| sort.key));
        let page = first("page").and_then(|page| page.parse().ok()).filter(|_| asked.start != Start::First);
        asked.page = page.unwrap_or(1);
        asked
    }

    fn set(&mut self, filter: &Filter, texts: Vec<String>) {
        match filter.read(&texts) {
            Ok(Some(value)) => self.values.push((filter.name, value)),
            Ok(None) => (),
            Err(mistake) => self.mistakes.push((filter.name, mistake)),
        }
        self.texts.push((filter.name, texts));
    }

    /// A period that ends before it starts narrows nothing, neither its start nor its end.
    fn check_period(&mut self) {
        if let (Some(Value::Day(from)), Some(Value::Day(to))) = (self.value("from"), self.value("to"))
            && to < from
        {
            self.values.retain(|(name, _)| !["from", "to"].contains(name));
            self.mistakes.push(("to", Mistake::EndsBeforeItStarts));
        }
    }

    /// What a filter is set to.
    pub fn value(&self, filter: &str) -> Option<&Value> {
        self.values.iter().find(|(name, _)| *name == filter).map(|(_, value)| value)
    }

    /// Whether a filter is set to this code.
    pub fn has(&self, filter: &str, code: &str) -> bool {
        matches!(self.value(filter), Some(Value::Codes(codes)) if codes.iter().any(|asked| asked == code))
    }

    /// What was asked of a filter, as it was written.
    pub fn texts(&self, filter: &str) -> &[String] {
        self.texts.iter().find(|(name, _)| *name == filter).map_or(&[], |(_, texts)| texts)
    }

    /// The mistakes, by filter.
    pub fn mistakes(&self) -> &[(&'static str, Mistake)] {
        &self.mistakes
    }

    /// The column and the direction the list is sorted by.
    pub const fn sorted(&self) -> (&'static str, Direction) {
        (self.column, self.direction)
    }

    /// Which page it is, as the pages before it counted; none when the address does not say it.
    pub fn page(&self) -> Option<u32> {
        (self.page > 1 || self.start == Start::First).then_some(self.page)
    }

    /// How the list is sorted.
    pub(super) fn sort<L: List>(&self, columns: &[Column<L>]) -> Option<(Sort, Direction)> {
        let column = columns.iter().find(|column| column.name == self.column)?;
        Some((column.sort?, self.direction))
    }

    /// The query string of this; empty when nothing is asked.
    pub fn write(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, texts) in &self.texts {
            query.extend_pairs(texts.iter().map(|text| (name, text)));
        }
        if self.is_sorted {
            let sign = if self.direction == Direction::Descending { "-" } else { "" };
            query.append_pair("sort", &format!("{sign}{}", self.column));
        }
        match self.start {
            Start::First => &mut query,
            Start::After(cursor) => query.append_pair("after", &cursor.encode()),
            Start::Before(cursor) => query.append_pair("before", &cursor.encode()),
        };
        if self.page > 1 {
            query.append_pair("page", &self.page.to_string());
        }
        query.finish()
    }

    /// The same from elsewhere: the page before this one, the page after it, or the first.
    #[must_use]
    pub fn from(&self, start: Start) -> Self {
        let page = match start {
            Start::First => 1,
            Start::After(_) => self.page.saturating_add(1),
            Start::Before(_) => self.page.saturating_sub(1).max(1),
        };
        Self { start, page, ..self.clone() }
    }

    /// The same without one text of a filter, from its first page.
    #[must_use]
    pub fn without(&self, filter: &str, text: &str) -> Self {
        let mut asked = self.from(Start::First);
        for (_, texts) in asked.texts.iter_mut().filter(|(name, _)| *name == filter) {
            texts.retain(|kept| kept != text);
        }
        asked
    }

    /// The same with a filter set to one text, from its first page.
    #[must_use]
    pub fn with(&self, filter: &str, text: &str) -> Self {
        let mut asked = self.from(Start::First);
        for (_, texts) in asked.texts.iter_mut().filter(|(name, _)| *name == filter) {
            *texts = vec![text.to_owned()];
            texts.retain(|text| !text.is_empty());
        }
        asked
    }

    /// The same sorted by a column, from its first page.
    #[must_use]
    pub fn sorted_by<L: List>(&self, list: &L, column: &'static str, direction: Direction) -> Self {
        let is_sorted = (column, direction) != list.sorted();
        Self { column, direction, is_sorted, ..self.from(Start::First) }
    }
}

fn start(after: Option<&str>, before: Option<&str>, key: KeyKind) -> Start {
    let cursor = |text: Option<&str>| Cursor::decode(text?, key);
    match (cursor(after), cursor(before)) {
        (Some(after), _) => Start::After(after),
        (None, Some(before)) => Start::Before(before),
        (None, None) => Start::First,
    }
}

fn direction_of(text: &str) -> (&str, Direction) {
    match text.strip_prefix('-') {
        Some(name) => (name, Direction::Descending),
        None => (text, Direction::Ascending),
    }
}
