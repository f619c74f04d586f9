//! Headings, paragraphs, lists.

use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, Tag};

use super::{Cursor, Drawn, Entry, Layout, MARGIN, Style, Target, WIDTH};
use crate::face::Weight;
use crate::write::PRODUCT;

/// What most of a document is set in.
pub(super) const TEXT: Style = Style { weight: Weight::Regular, size: 11.0, leading: 16.0 };
/// What a table calls its values by.
pub(super) const STRONG: Style = Style { weight: Weight::SemiBold, ..TEXT };
const TITLE: Style = Style { weight: Weight::SemiBold, size: 19.0, leading: 25.0 };
const SECTION: Style = Style { weight: Weight::SemiBold, size: 13.5, leading: 19.0 };

const BETWEEN_PARAGRAPHS: f32 = 9.0;
/// Lines that must follow a heading on its page.
const FOLLOWING: f32 = 3.0 * TEXT.leading;
/// From a bullet to the text of its item.
const INDENT: f32 = 14.0;

impl Layout {
    /// What every document begins with: the service it comes from.
    pub(crate) fn letterhead(&mut self) {
        self.strong(PRODUCT);
        let line = self.cut("Insertion par l’activité économique", TEXT, WIDTH);
        let element = self.element(Tag::P, None);
        self.cursor = self.draw(line, TEXT, MARGIN, self.cursor, Some(element));
    }

    /// The title of the document, once.
    pub(crate) fn title(&mut self, text: &str) {
        self.heading(NonZeroU16::MIN, TITLE, 18.0, text);
    }

    /// The title of a section.
    pub(crate) fn section(&mut self, text: &str) {
        self.heading(NonZeroU16::MIN.saturating_add(1), SECTION, 15.0, text);
    }

    fn heading(&mut self, level: NonZeroU16, style: Style, before: f32, text: &str) {
        let lines = self.cut(text, style, WIDTH);
        self.space(before);
        self.keep_together(style.height(&lines) + FOLLOWING);
        let Cursor { page, y } = self.cursor;
        self.contents.push(Entry { text: text.to_owned(), page, y });
        let element = self.element(Tag::Hn(level, Some(text.to_owned())), None);
        self.cursor = self.draw(lines, style, MARGIN, self.cursor, Some(element));
    }

    /// A paragraph; a line of the text is a line of the page.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.block(text, TEXT);
    }

    /// An address that leads there, alone on its lines. One that no reader of PDF would follow stays text.
    pub(crate) fn link(&mut self, text: &str, to: &Target) {
        let lines = self.cut(text, TEXT, WIDTH);
        self.space(BETWEEN_PARAGRAPHS / 2.0);
        self.keep_together(TEXT.height(&lines));
        let paragraph = self.element(Tag::P, None);
        if !to.uri.chars().all(|character| character.is_ascii_graphic()) {
            self.cursor = self.draw(lines, TEXT, MARGIN, self.cursor, Some(paragraph));
            return;
        }
        let element = self.element(Tag::Link, Some(paragraph));
        for line in lines {
            let width = line.width(TEXT.size);
            let Cursor { page, y } = self.draw(vec![line], TEXT, MARGIN, self.cursor, Some(element));
            let baseline = Self::baseline(y - TEXT.leading, TEXT);
            self.page(page).push(Drawn::Link { to: to.clone(), x: MARGIN, width, baseline, element });
            self.cursor = Cursor { page, y };
        }
    }

    /// A paragraph that stands out: who writes, who is written to.
    pub(crate) fn strong(&mut self, text: &str) {
        self.block(text, STRONG);
    }

    /// Who writes, and at the right, where the window of an envelope shows it, who is written to.
    pub(crate) fn correspondents(&mut self, sender: &str, addressee: &str) {
        let half = WIDTH / 2.0;
        let blocks = [(sender, MARGIN, half - INDENT), (addressee, MARGIN + half, half)];
        self.space(BETWEEN_PARAGRAPHS);
        let from = self.cursor;
        for (text, x, width) in blocks {
            let lines = self.cut(text, TEXT, width);
            let element = self.element(Tag::P, None);
            let end = self.draw(lines, TEXT, x, from, Some(element));
            if end > self.cursor {
                self.cursor = end;
            }
        }
    }

    fn block(&mut self, text: &str, style: Style) {
        let lines = self.cut(text, style, WIDTH);
        self.space(BETWEEN_PARAGRAPHS);
        // Neither its first nor its last line alone on a page, when it is short.
        if lines.len() <= 3 {
            self.keep_together(style.height(&lines));
        }
        let element = self.element(Tag::P, None);
        self.cursor = self.draw(lines, style, MARGIN, self.cursor, Some(element));
    }

    /// A list of sentences.
    pub(crate) fn list(&mut self, items: &[String]) {
        let list = self.element(Tag::L(ListNumbering::Disc), None);
        for item in items {
            let lines = self.cut(item, TEXT, WIDTH - INDENT);
            self.space(BETWEEN_PARAGRAPHS / 2.0);
            self.keep_together(TEXT.height(&lines));
            let entry = self.element(Tag::LI, Some(list));
            let label = self.element(Tag::Lbl, Some(entry));
            let body = self.element(Tag::LBody, Some(entry));
            let bullet = self.cut("•", TEXT, INDENT);
            self.draw(bullet, TEXT, MARGIN, self.cursor, Some(label));
            self.cursor = self.draw(lines, TEXT, MARGIN + INDENT, self.cursor, Some(body));
        }
    }
}
