//! `/sanction-grid`: the indicative grid of sanctions, for everyone (rule book 04 §1.15). It informs, it decides nothing.

use askama::Template;
use iae_domain::control::{GridColumn, GridRow};

use crate::error::{PageResult, ok};
use crate::layout::Layout;
use crate::paths::SanctionGridPath;

/// The page.
#[derive(Template)]
#[template(path = "control/outcome/grid.html")]
pub struct GridPage {
    layout: Layout,
    columns: Vec<String>,
    rows: Vec<Row>,
}

/// A row of the grid.
pub(super) struct Row {
    /// What was found.
    pub label: &'static str,
    /// What the grid advises, by the share of criteria that are not proved.
    pub boxes: Vec<Advice>,
}

/// A box of the grid.
pub(super) struct Advice {
    /// Its column.
    pub column: GridColumn,
    /// What the grid advises.
    pub advised: &'static str,
}

impl Row {
    pub(super) fn of(row: GridRow) -> Self {
        let advice = |column: &GridColumn| Advice { column: *column, advised: advised(row, *column) };
        Self { label: row.label(), boxes: GridColumn::ALL.iter().map(advice).collect() }
    }

    /// Whether a box bears the mark that the note explains.
    pub(super) fn is_starred(&self) -> bool {
        self.boxes.iter().any(|one| one.advised.contains("(*)"))
    }
}

impl Advice {
    /// What its column is called.
    pub(super) fn label(&self) -> String {
        label(self.column)
    }
}

/// « T < 40 % », on one line.
fn label(column: GridColumn) -> String {
    column.label().replace(' ', "\u{a0}")
}

/// What the grid advises (instruction DGEFP/SDPAE/MIP/2022/83, annexe 3). The session of training comes with each of them.
const fn advised(row: GridRow, column: GridColumn) -> &'static str {
    match (row, column) {
        (GridRow::FirstInvalid, GridColumn::Under40) => "Session de présentation de l’auto-prescription",
        (GridRow::FirstInvalid, GridColumn::From40)
        | (GridRow::FirstNothing | GridRow::AgainInvalid, GridColumn::Under40) => WITHDRAWAL,
        (GridRow::FirstInvalid, GridColumn::From80)
        | (GridRow::FirstNothing | GridRow::AgainInvalid, GridColumn::From40)
        | (GridRow::AgainNothing, GridColumn::Under40 | GridColumn::From40) => WITHDRAWAL_AND_CUT,
        (GridRow::FirstNothing, GridColumn::From80) => {
            "Retrait temporaire ou définitif de la capacité d’auto-prescription, suppression partielle ou totale de l’aide au poste et \
             déconventionnement\u{a0}(*)"
        }
        (GridRow::AgainInvalid, GridColumn::From80) => {
            "Retrait temporaire de la capacité d’auto-prescription, suppression partielle ou totale de l’aide au poste et \
             déconventionnement\u{a0}(*)"
        }
        (GridRow::AgainNothing, GridColumn::From80) => {
            "Retrait définitif de la capacité d’auto-prescription, suppression de l’aide au poste et déconventionnement\u{a0}(*)"
        }
    }
}

const WITHDRAWAL: &str = "Retrait temporaire de la capacité d’auto-prescription";
const WITHDRAWAL_AND_CUT: &str = "Retrait temporaire de la capacité d’auto-prescription et suppression partielle ou totale de l’aide au poste";

/// Shows it.
pub async fn get(_: SanctionGridPath, layout: Layout) -> PageResult {
    let columns = GridColumn::ALL.iter().copied().map(label).collect();
    let rows = GridRow::ALL.iter().copied().map(Row::of).collect();
    ok(&GridPage { layout, columns, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// §1.15, « Indicative grid », line by line, in the words of the rule book: session, retrait temporaire (RT), définitif (RD), aide
    /// au poste (A), déconventionnement (*).
    #[test]
    fn the_grid_says_what_the_instruction_says() {
        let short = |said: &str| {
            let marks = [
                ("Session", "session"),
                ("Retrait temporaire ou définitif", "RT/RD"),
                ("Retrait temporaire de", "RT"),
                ("Retrait définitif", "RD"),
                ("aide au poste", "A"),
                ("déconventionnement\u{a0}(*)", "*"),
            ];
            let found = marks.iter().filter(|(words, _)| said.contains(words)).map(|(_, mark)| *mark);
            found.collect::<Vec<_>>().join(" ")
        };
        let said: Vec<Vec<String>> = GridRow::ALL
            .iter()
            .map(|row| GridColumn::ALL.iter().map(|column| short(advised(*row, *column))).collect())
            .collect();
        assert_eq!(
            said,
            [
                ["session", "RT", "RT A"],
                ["RT", "RT A", "RT/RD A *"],
                ["RT", "RT A", "RT A *"],
                ["RT A", "RT A", "RD A *"],
            ]
        );
    }
}
