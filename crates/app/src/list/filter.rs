//! A filter: its name in the address, its words, what may be asked, what it narrows.

use chrono::NaiveDate;
use iae_domain::text::folded_words;
use iae_domain::time::{add_days, paris_midnight, typed_date};
use uuid::Uuid;

use super::Sql;
use crate::db::like;

/// A value a filter offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// What the address holds.
    pub value: String,
    /// What is read.
    pub label: String,
    /// How many rows of the scope have it, where that is cheap to know.
    pub count: Option<i64>,
}

impl Facet {
    /// A value, not counted.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), count: None }
    }

    /// The same, counted.
    #[must_use]
    pub fn counted(self, count: i64) -> Self {
        Self { count: Some(count), ..self }
    }
}

/// How a filter is asked for.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Words typed: each is the start of a word of the name, accents and case aside.
    Words,
    /// One of these, chosen; several through an address. With the words of the empty choice.
    Choice(&'static str, Vec<Facet>),
    /// One of these views, as tabs: the first when nothing is asked.
    View(Vec<Facet>),
    /// The first day of a period.
    From,
    /// The last day of a period.
    To,
    /// A text typed, whose meaning is the list's own.
    Text,
    /// One thing, by a link beside it: no field. With its words, when they are known.
    Thing,
    /// One thing, by its id, typed or by a link.
    Id,
}

/// What a filter is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words, folded.
    Words(Vec<String>),
    /// A text, as it was typed.
    Text(String),
    /// Any of these codes.
    Codes(Vec<String>),
    /// A day.
    Day(NaiveDate),
    /// A thing.
    Thing(Uuid),
}

/// Why a filter narrows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// There is no such day.
    NoSuchDay,
    /// The period ends before it starts.
    EndsBeforeItStarts,
    /// It is not among what is offered.
    NotOffered,
    /// It names nothing.
    NoSuchThing,
    /// It is no id, typed where one is pasted.
    NoId,
}

/// The column of a period.
#[derive(Debug, Clone, Copy)]
pub enum Time {
    /// An instant: whole days in Paris.
    At(&'static str),
    /// A day.
    Day(&'static str),
    /// What [`super::List::cut`] narrows by itself.
    OfCut,
}

type By = Box<dyn Fn(&mut Sql, &Value) + Send + Sync>;

/// A filter.
pub struct Filter {
    /// Its name in the address.
    pub name: &'static str,
    /// Its words.
    pub label: &'static str,
    /// How it is asked for.
    pub kind: Kind,
    narrow: By,
}

impl Filter {
    /// Words of a name, each the start of a word. `column` is folded, as the function `folded` does.
    pub fn words(name: &'static str, label: &'static str, column: &'static str) -> Self {
        let narrow = move |sql: &mut Sql, value: &Value| {
            let Value::Words(words) = value else { return };
            for word in words {
                // The first condition follows from the second, and is the one an index of trigrams serves.
                let word = like::escaped(word);
                sql.push(format_args!(" AND {column} LIKE ")).push_bind(format!("%{word}%"));
                sql.push(format_args!(" AND ' ' || {column} LIKE ")).push_bind(format!("% {word}%"));
            }
        };
        Self { name, label, kind: Kind::Words, narrow: Box::new(narrow) }
    }

    /// A text whose meaning needs more than a column: `narrow` is given it as it was typed.
    pub fn text(
        name: &'static str,
        label: &'static str,
        narrow: impl Fn(&mut Sql, &str) + Send + Sync + 'static,
    ) -> Self {
        let narrow = move |sql: &mut Sql, value: &Value| {
            if let Value::Text(text) = value {
                narrow(sql, text);
            }
        };
        Self { name, label, kind: Kind::Text, narrow: Box::new(narrow) }
    }

    /// Any of the values chosen among `facets`. `all`: the words of no choice.
    pub fn choice(
        name: &'static str,
        label: &'static str,
        all: &'static str,
        facets: Vec<Facet>,
        column: &'static str,
    ) -> Self {
        let narrow = move |sql: &mut Sql, value: &Value| {
            let Value::Codes(codes) = value else { return };
            sql.push(format_args!(" AND {column} = ANY(")).push_bind(codes.clone()).push(")");
        };
        Self { name, label, kind: Kind::Choice(all, facets), narrow: Box::new(narrow) }
    }

    /// Values chosen among `facets`, whose meaning needs more than a column: `narrow` is given the codes.
    pub fn choice_by(
        name: &'static str,
        label: &'static str,
        all: &'static str,
        facets: Vec<Facet>,
        narrow: impl Fn(&mut Sql, &[String]) + Send + Sync + 'static,
    ) -> Self {
        let narrow = move |sql: &mut Sql, value: &Value| {
            if let Value::Codes(codes) = value {
                narrow(sql, codes);
            }
        };
        Self { name, label, kind: Kind::Choice(all, facets), narrow: Box::new(narrow) }
    }

    /// Views of one list, as tabs; [`super::List::cut`] tells them apart.
    pub fn view(name: &'static str, label: &'static str, views: Vec<Facet>) -> Self {
        Self { name, label, kind: Kind::View(views), narrow: Box::new(|_, _| ()) }
    }

    /// A period: `from` and `to`, both included.
    pub fn period(from: &'static str, to: &'static str, time: Time) -> [Self; 2] {
        let since = move |sql: &mut Sql, value: &Value| {
            let Value::Day(day) = value else { return };
            match time {
                Time::At(column) => {
                    sql.push(format_args!(" AND {column} >= ")).push_bind(paris_midnight(*day))
                }
                Time::Day(column) => sql.push(format_args!(" AND {column} >= ")).push_bind(*day),
                Time::OfCut => sql,
            };
        };
        let until = move |sql: &mut Sql, value: &Value| {
            let Value::Day(day) = value else { return };
            match time {
                Time::At(column) => {
                    sql.push(format_args!(" AND {column} < ")).push_bind(paris_midnight(add_days(*day, 1)))
                }
                Time::Day(column) => sql.push(format_args!(" AND {column} <= ")).push_bind(*day),
                Time::OfCut => sql,
            };
        };
        [
            Self { name: "from", label: from, kind: Kind::From, narrow: Box::new(since) },
            Self { name: "to", label: to, kind: Kind::To, narrow: Box::new(until) },
        ]
    }

    /// One thing, by its id: links of the list lead to it.
    pub fn thing(name: &'static str, label: &'static str, column: &'static str) -> Self {
        let narrow = move |sql: &mut Sql, value: &Value| {
            let Value::Thing(id) = value else { return };
            sql.push(format_args!(" AND {column} = ")).push_bind(*id);
        };
        Self { name, label, kind: Kind::Thing, narrow: Box::new(narrow) }
    }

    /// The same with a field: whoever looks into the trail pastes an id.
    pub fn id(name: &'static str, label: &'static str, column: &'static str) -> Self {
        Self { kind: Kind::Id, ..Self::thing(name, label, column) }
    }

    /// The same, that [`super::List::cut`] narrows to by itself.
    pub fn id_of_cut(name: &'static str, label: &'static str) -> Self {
        Self { name, label, kind: Kind::Id, narrow: Box::new(|_, _| ()) }
    }

    /// The same, with a condition more whenever it narrows: a name that may not be seen may not be found (LIST-7).
    #[must_use]
    pub fn among(self, condition: impl Fn(&mut Sql) + Send + Sync + 'static) -> Self {
        let first = self.narrow;
        let narrow = move |sql: &mut Sql, value: &Value| {
            first(sql, value);
            condition(sql);
        };
        Self { narrow: Box::new(narrow), ..self }
    }

    /// Whether it tells views apart rather than narrows.
    pub const fn is_view(&self) -> bool {
        matches!(self.kind, Kind::View(_))
    }

    /// Whether an address may hold it several times.
    pub(super) const fn takes_several(&self) -> bool {
        matches!(self.kind, Kind::Choice(..))
    }

    /// Narrows a statement that is after its `WHERE …`.
    pub(super) fn narrow(&self, sql: &mut Sql, value: &Value) {
        (self.narrow)(sql, value);
    }

    /// What it is set to by the texts of an address: nothing, a value, or a mistake.
    pub(super) fn read(&self, texts: &[String]) -> Result<Option<Value>, Mistake> {
        let Some(first) = texts.first() else { return Ok(None) };
        Ok(Some(match &self.kind {
            Kind::Words => {
                let words = folded_words(first);
                if words.is_empty() {
                    return Ok(None);
                }
                Value::Words(words)
            }
            Kind::Text if first.trim().is_empty() => return Ok(None),
            Kind::Text => Value::Text(first.clone()),
            Kind::Choice(_, facets) | Kind::View(facets) => {
                let offered = |text: &String| facets.iter().any(|facet| facet.value == *text);
                if !texts.iter().all(offered) {
                    return Err(Mistake::NotOffered);
                }
                Value::Codes(texts.to_vec())
            }
            Kind::From | Kind::To => Value::Day(typed_date(first).ok_or(Mistake::NoSuchDay)?),
            Kind::Thing => Value::Thing(first.trim().parse().map_err(|_| Mistake::NoSuchThing)?),
            Kind::Id => Value::Thing(first.trim().parse().map_err(|_| Mistake::NoId)?),
        }))
    }
}
