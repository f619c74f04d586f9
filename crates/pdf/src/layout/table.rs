//! Tables: what is known, as pairs, and rows under a header.

use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::blocks::{STRONG, TEXT};
use super::{Column, Drawn, ElementId, Layout, MARGIN, Style, WIDTH};
use crate::lines::Line;

const BEFORE: f32 = 10.0;
/// White above and under the text of a row.
const PADDING: f32 = 5.0;
/// White between two columns.
const GUTTER: f32 = 14.0;
/// The share of terms in the width.
const TERMS: f32 = 0.34;

/// A cell, its text cut into lines.
struct Cell {
    lines: Vec<Line>,
    style: Style,
    x: f32,
    /// What it is in the structure; nothing for a header said again on another page.
    element: Option<ElementId>,
}

impl Layout {
    /// Pairs of a term and its value. Each term is the header of its row.
    pub(crate) fn terms(&mut self, pairs: &[(&str, &str)]) {
        let columns = [TERMS, 1.0 - TERMS];
        let table = self.begin_table();
        let body = self.element(Tag::TBody, Some(table));
        for (term, value) in pairs {
            let kinds = [Tag::TH(TableHeaderScope::Row).into(), Tag::TD.into()];
            let row = self.row(body, &columns, kinds, [*term, *value]);
            self.draw_row(row, |_| vec![]);
        }
    }

    /// Rows under the headers of their columns, said again on each page. `columns` are shares of the width.
    pub(crate) fn table<const N: usize>(&mut self, columns: [f32; N], header: [&str; N], rows: &[[&str; N]]) {
        let table = self.begin_table();
        let head = self.element(Tag::THead, Some(table));
        let headers = std::array::from_fn(|_| Tag::TH(TableHeaderScope::Column).into());
        let row = self.row(head, &columns, headers, header);
        self.draw_row(row, |_| vec![]);
        let body = self.element(Tag::TBody, Some(table));
        for texts in rows {
            let row = self.row(body, &columns, std::array::from_fn(|_| Tag::TD.into()), *texts);
            self.draw_row(row, |layout| {
                let cells = columns_of(&columns).zip(header);
                cells.map(|(column, text)| layout.cell(column, STRONG, text, None)).collect()
            });
        }
    }

    fn begin_table(&mut self) -> ElementId {
        self.space(BEFORE);
        self.element(Tag::Table, None)
    }

    fn row<const N: usize>(
        &mut self,
        parent: ElementId,
        columns: &[f32; N],
        kinds: [TagKind; N],
        texts: [&str; N],
    ) -> Vec<Cell> {
        let row = self.element(Tag::TR, Some(parent));
        let cells = columns_of(columns).zip(kinds).zip(texts);
        cells
            .map(|((column, kind), text)| {
                let style = if matches!(kind, TagKind::TH(_)) { STRONG } else { TEXT };
                let element = self.element(kind, Some(row));
                self.cell(column, style, text, Some(element))
            })
            .collect()
    }

    fn cell(&self, column: Column, style: Style, text: &str, element: Option<ElementId>) -> Cell {
        Cell { lines: self.cut(text, style, column.width), style, x: column.x, element }
    }

    /// Draws a row, whole if a page can hold it, and what comes again above it when it begins a page.
    fn draw_row(&mut self, row: Vec<Cell>, again: impl Fn(&Self) -> Vec<Cell>) {
        let height = row.iter().map(|cell| cell.style.height(&cell.lines)).fold(0.0, f32::max);
        if self.keep_together(height + 2.0 * PADDING) {
            let header = again(self);
            self.draw_cells(header);
        }
        self.draw_cells(row);
    }

    fn draw_cells(&mut self, cells: Vec<Cell>) {
        if cells.is_empty() {
            return;
        }
        self.cursor.y += PADDING;
        let from = self.cursor;
        for cell in cells {
            let end = self.draw(cell.lines, cell.style, cell.x, from, cell.element);
            if end > self.cursor {
                self.cursor = end;
            }
        }
        self.cursor.y += PADDING;
        let y = self.cursor.y;
        self.page(self.cursor.page).push(Drawn::Rule { y });
    }
}

fn columns_of<const N: usize>(shares: &[f32; N]) -> impl Iterator<Item = Column> + use<N> {
    let mut x = MARGIN;
    (*shares).into_iter().map(move |share| {
        let column = Column { x, width: share * WIDTH - GUTTER };
        x += share * WIDTH;
        column
    })
}
