//! What is drawn where, page after page, and the structure it belongs to.

mod blocks;
mod table;

use krilla::tagging::TagKind;

use crate::PdfError;
use crate::face::{Faces, Weight};
use crate::lines::{self, Line};

/// A4, in points.
pub(crate) const PAGE: (f32, f32) = (595.28, 841.89);
/// What is left white on each side.
pub(crate) const MARGIN: f32 = 62.0;
/// Where the text of a page begins.
const TOP: f32 = 46.0;
/// Where it ends: the footer stands below.
pub(crate) const BOTTOM: f32 = PAGE.1 - 60.0;
/// The width of the text.
pub(crate) const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;

/// How a text looks, in points.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) weight: Weight,
    pub(crate) size: f32,
    /// From one line to the next.
    pub(crate) leading: f32,
}

impl Style {
    /// What lines take, one under the other.
    fn height(self, lines: &[Line]) -> f32 {
        lines.iter().map(|_| self.leading).sum()
    }
}

/// The place of an element among the elements.
pub(crate) type ElementId = usize;

/// A part of the structure, under another one or at its root.
pub(crate) struct Element {
    pub(crate) tag: TagKind,
    pub(crate) parent: Option<ElementId>,
}

/// What stands on a page.
pub(crate) enum Drawn {
    /// A line of text. Without element, it repeats what is said elsewhere.
    Text { line: Line, style: Style, x: f32, baseline: f32, element: Option<ElementId> },
    /// What the line drawn before leads to, under the pointer: from its left edge to its right one.
    Link { to: Target, x: f32, width: f32, baseline: f32, element: ElementId },
    /// A thin line across, which only decorates.
    Rule { y: f32 },
}

/// Where a link leads.
#[derive(Clone)]
pub(crate) struct Target {
    /// The address.
    pub(crate) uri: String,
    /// What the link is, for who does not see it.
    pub(crate) says: String,
}

/// A heading, for the table of contents.
pub(crate) struct Entry {
    pub(crate) text: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// Where the next line goes.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Cursor {
    page: usize,
    y: f32,
}

/// Left edge and width.
#[derive(Clone, Copy)]
struct Column {
    x: f32,
    width: f32,
}

/// A document being laid out.
pub(crate) struct Layout {
    pub(crate) faces: Faces,
    pub(crate) pages: Vec<Vec<Drawn>>,
    pub(crate) elements: Vec<Element>,
    pub(crate) contents: Vec<Entry>,
    cursor: Cursor,
}

impl Layout {
    pub(crate) fn new() -> Result<Self, PdfError> {
        Ok(Self {
            faces: Faces::read()?,
            pages: vec![vec![]],
            elements: vec![],
            contents: vec![],
            cursor: Cursor { page: 0, y: TOP },
        })
    }

    fn element(&mut self, tag: impl Into<TagKind>, parent: Option<ElementId>) -> ElementId {
        self.elements.push(Element { tag: tag.into(), parent });
        self.elements.len() - 1
    }

    fn cut(&self, text: &str, style: Style, width: f32) -> Vec<Line> {
        lines::lines(text, self.faces.of(style.weight), style.size, width)
    }

    /// White before the next block, except at the top of a page.
    fn space(&mut self, height: f32) {
        if self.cursor.y > TOP {
            self.cursor.y += height;
        }
    }

    /// Begins another page unless this height is left, or is more than a page has. Says whether it did.
    fn keep_together(&mut self, height: f32) -> bool {
        let breaks = self.cursor.y + height > BOTTOM && height <= BOTTOM - TOP && self.cursor.y > TOP;
        if breaks {
            self.cursor = Cursor { page: self.cursor.page + 1, y: TOP };
        }
        breaks
    }

    /// Lines one under the other from a place, over as many pages as they take; the place after them.
    fn draw(
        &mut self,
        lines: Vec<Line>,
        style: Style,
        x: f32,
        from: Cursor,
        element: Option<ElementId>,
    ) -> Cursor {
        let mut at = from;
        for line in lines {
            if at.y + style.leading > BOTTOM {
                at = Cursor { page: at.page + 1, y: TOP };
            }
            let baseline = Self::baseline(at.y, style);
            self.page(at.page).push(Drawn::Text { line, style, x, baseline, element });
            at.y += style.leading;
        }
        at
    }

    /// Where the letters of a line stand, whose top is at `y`.
    fn baseline(y: f32, style: Style) -> f32 {
        y + style.leading / 2.0 + style.size * 0.33
    }

    fn page(&mut self, number: usize) -> &mut Vec<Drawn> {
        while self.pages.len() <= number {
            self.pages.push(vec![]);
        }
        &mut self.pages[number]
    }
}

#[cfg(test)]
mod tests;
