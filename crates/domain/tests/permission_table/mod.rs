//! Rule book 01 §12, cell by cell: what the policies say beside what is typed in `matrix.md`. What differs is listed in
//! `differences.md` with what explains it, and asserted too: a difference that is there no more fails.

mod columns;
mod rows;

use iae_domain::policy::Action;

use self::columns::columns;
use self::rows::ROWS;
use crate::cast::Relation;
use crate::{Cell, decide};

const MATRIX: &str = include_str!("matrix.md");
const DIFFERENCES: &str = include_str!("differences.md");
const APART: &str = include_str!("apart.md");
const BESIDE: &str = include_str!("beside.md");

/// What comes before the cells of a row: its number and its words.
const WORDS: usize = 2;

/// The lines of the only table of a file, its head first.
#[expect(clippy::unwrap_used, reason = "a line of another width stops its test")]
fn table<const N: usize>(text: &'static str) -> Vec<[&'static str; N]> {
    let lines = text.lines().filter_map(cells).filter(|cells| !cells.contains(&"---"));
    lines.map(|cells| <[&str; N]>::try_from(cells).unwrap()).collect()
}

/// The same without its head.
fn lines<const N: usize>(text: &'static str) -> Vec<[&'static str; N]> {
    table(text).into_iter().skip(1).collect()
}

fn cells(line: &'static str) -> Option<Vec<&'static str>> {
    let line = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(line.split('|').map(str::trim).collect())
}

/// What a cell of the rule book comes to: how one is denied is left aside, and one’s own is a condition.
fn meant(typed: &str) -> &str {
    match typed {
        "404" | "login" => "–",
        "self" | "own" => "c",
        typed => typed,
    }
}

#[test]
fn policies_say_what_the_rule_book_says_but_for_the_differences_listed() {
    let (matrix, differences) = (table::<14>(MATRIX), lines::<5>(DIFFERENCES));
    let columns = columns();
    let mut met = 0;
    let mut wrong = Vec::new();
    for row in ROWS {
        let typed = matrix.iter().find(|typed| typed[0] == row.id).unwrap();
        for (rank, column) in columns.iter().enumerate() {
            let cell = format!("{} {}", row.id, column.name);
            let law = typed[WORDS + rank];
            let is_of_it =
                |[id, of, ..]: &&[&str; 5]| *id == row.id && of.split(' ').any(|name| name == column.name);
            let mut listed = differences.iter().filter(is_of_it);
            let expected = match listed.next() {
                None => meant(law),
                Some([_, _, was, here, _]) => {
                    met += 1;
                    if *was != law || meant(law) == *here {
                        wrong.push(format!("{cell}: {was} to {here} is no difference with {law}"));
                    }
                    *here
                }
            };
            if listed.next().is_some() {
                wrong.push(format!("{cell}: two differences"));
            }
            let said = row.letter(column);
            if said != expected {
                wrong.push(format!("{cell}: {said} by policies, {expected} expected (rule book: {law})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let listed: usize = differences.iter().map(|[_, columns, ..]| columns.split(' ').count()).sum();
    assert_eq!(met, listed, "differences of cells that are not compared");
    assert!(differences.iter().all(|[.., why]| !why.is_empty()), "a difference has its reason");
}

#[test]
fn every_row_is_compared_or_says_why_not() {
    let (matrix, apart) = (table::<14>(MATRIX), lines::<2>(APART));
    let (heads, rows) = matrix.split_first().unwrap();
    let names: Vec<_> = columns().iter().map(|column| column.name).collect();
    assert_eq!(heads[WORDS..WORDS + names.len()], names, "the columns of the rule book");
    assert_eq!(rows.len(), 64);
    for (rank, typed) in rows.iter().enumerate() {
        let [id, what, cells @ .., _] = typed;
        assert_eq!(*id, format!("P{}", rank + 1));
        for cell in cells {
            assert!(["✓", "c", "–"].contains(&meant(cell)), "{id}: {cell}");
        }
        let compared = ROWS.iter().filter(|row| row.id == *id).count();
        let aside = apart.iter().filter(|[row, why]| row == id && !why.is_empty()).count();
        assert_eq!(compared + aside, 1, "{id}, « {what} »: either in rows.rs, once, or in apart.md, once");
    }
    assert_eq!(ROWS.len() + apart.len(), rows.len());
}

/// Nothing is decided that neither the rule book nor a decision asks for.
#[test]
fn every_action_is_of_a_row_or_of_another_rule() {
    let beside = lines::<2>(BESIDE);
    for action in Action::ALL {
        let is_of_a_row = ROWS.iter().any(|row| row.actions.contains(action));
        let is_beside = beside.iter().any(|[code, _]| *code == action.code());
        assert!(
            is_of_a_row != is_beside,
            "{}: name it in its row of rows.rs (rule book 01 §12), or in beside.md with the rule it comes from",
            action.code()
        );
    }
    for [code, why] in beside {
        assert!(Action::parse(code).is_some() && !why.is_empty(), "{code}");
    }
}

/// P48, PRE-26: to orienteurs there is no presentation, and nothing says that others have one.
#[test]
fn what_the_rule_book_denies_by_404_is_not_found() {
    let matrix = table::<14>(MATRIX);
    let typed = matrix.iter().find(|typed| typed[0] == "P48").unwrap();
    for (rank, column) in columns().iter().enumerate() {
        for actor in column.actors.iter().filter(|_| typed[WORDS + rank] == "404") {
            let cell = decide(Action::ReadPresentation, actor, Relation::Own);
            assert!(matches!(cell, Cell::Invisible), "{}", column.name);
        }
    }
}
