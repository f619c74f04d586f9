//! Text cut into lines of a width (UAX 14), a word longer than the line within itself.

use std::ops::Range;

use krilla::text::KrillaGlyph;
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_normalization::UnicodeNormalization as _;

use crate::face::Face;

/// A line, ready to be drawn. Its text ends with the space that was there, which parts it from the next one for who listens.
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
}

impl Line {
    /// One line, whatever its length.
    pub(crate) fn of(text: &str, face: &Face) -> Self {
        Self { text: text.to_owned(), glyphs: face.shape(text) }
    }

    /// Its width at a size, in points.
    pub(crate) fn width(&self, size: f32) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.x_advance * size).sum()
    }
}

/// The lines of a text, at least one. Those of the text itself stay lines.
pub(crate) fn lines(text: &str, face: &Face, size: f32, width: f32) -> Vec<Line> {
    let text = drawable(text);
    let mut lines = Vec::new();
    for paragraph in text.split_inclusive('\n') {
        let paragraph = paragraph.replace('\n', " ");
        lines.extend(
            cuts(&paragraph, face, width / size).into_iter().map(|cut| Line::of(&paragraph[cut], face)),
        );
    }
    lines
}

/// The text as a font draws it: composed, without what is invisible; never empty, as a cell of a table would then be missing.
fn drawable(text: &str) -> String {
    let lines =
        text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let visible = |character: &char| *character == '\n' || !is_invisible(*character);
    let spaced = |character| if character == '\t' { ' ' } else { character };
    let text: String = lines.trim_end().chars().map(spaced).filter(visible).nfc().collect();
    if text.is_empty() { "\u{a0}".to_owned() } else { text }
}

/// Controls, joiners, marks of direction, variants, tags, and what is no character: nothing is drawn for them.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || (u32::from(character) & 0xfffe) == 0xfffe
}

/// Where a paragraph is cut for its lines to hold in `width`, in ems.
fn cuts(text: &str, face: &Face, width: f32) -> Vec<Range<usize>> {
    let ruler = Ruler::of(text, face);
    let (mut cuts, mut start, mut fits) = (Vec::new(), 0, 0);
    for (end, opportunity) in linebreaks(text) {
        while ruler.between(start, start + text[start..end].trim_end_matches(' ').len()) > width {
            let cut = if fits > start { fits } else { ruler.last_within(start, end, width) };
            cuts.push(start..cut);
            start = cut;
        }
        fits = end;
        if opportunity == BreakOpportunity::Mandatory && end > start {
            cuts.push(start..end);
            start = end;
        }
    }
    cuts
}

/// How far from its beginning each place of a text is, in ems.
struct Ruler {
    /// First byte of each cluster, and its distance; then the end.
    places: Vec<(usize, f32)>,
}

impl Ruler {
    fn of(text: &str, face: &Face) -> Self {
        let (mut places, mut distance) = (Vec::<(usize, f32)>::new(), 0.0);
        for glyph in face.shape(text) {
            if places.last().is_none_or(|(at, _)| *at != glyph.text_range.start) {
                places.push((glyph.text_range.start, distance));
            }
            distance += glyph.x_advance;
        }
        places.push((text.len(), distance));
        Self { places }
    }

    fn between(&self, start: usize, end: usize) -> f32 {
        self.distance(end) - self.distance(start)
    }

    fn distance(&self, at: usize) -> f32 {
        let place = self.places.partition_point(|(start, _)| *start < at);
        self.places.get(place).or(self.places.last()).map_or(0.0, |(_, distance)| *distance)
    }

    /// The end of the last cluster that holds, or of the first one if none does.
    fn last_within(&self, start: usize, end: usize, width: f32) -> usize {
        let place = |limit: usize| self.places.partition_point(|(at, _)| *at <= limit);
        let inside = &self.places[place(start)..place(end)];
        let holding = inside.partition_point(|(_, distance)| distance - self.distance(start) <= width);
        inside.get(holding.saturating_sub(1)).map_or(end, |(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::{Faces, Weight};

    fn cut(text: &str, width: f32) -> Vec<String> {
        let faces = Faces::read().expect("the faces");
        let lines = lines(text, faces.of(Weight::Regular), 10.0, width);
        for line in &lines {
            let seen = Line::of(line.text.trim_end(), faces.of(Weight::Regular));
            assert!(seen.width(10.0) <= width + 0.5, "{:?} is {} wide", line.text, seen.width(10.0));
        }
        lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn lines_end_between_words_and_keep_every_character() {
        let text = "Le nombre de jours restants est compté en jours calendaires.";
        let lines = cut(text, 100.0);
        assert!(lines.len() > 2, "{lines:?}");
        assert_eq!(lines.concat(), text);
        assert!(lines.iter().rev().skip(1).all(|line| line.ends_with(' ')), "{lines:?}");
    }

    #[test]
    fn french_punctuation_stays_with_its_word() {
        for line in cut(
            "Une question\u{a0}? Une réponse\u{a0}! «\u{a0}Oui\u{a0}», n°\u{a0}99999\u{a0}00\u{a0}00001.",
            110.0,
        ) {
            assert!(!line.starts_with(['?', '!', '»', '\u{a0}']), "{line:?}");
        }
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        let lines = cut(&"Anticonstitutionnellement".repeat(8), 80.0);
        assert!(lines.len() > 5 && lines.concat().len() == 200, "{lines:?}");
        assert_eq!(cut("WWW", 1_000.0), ["WWW"]);
        assert_eq!(cut("", 80.0), ["\u{a0}"]);
        assert_eq!(cut("ab\r\n\ncd\n", 80.0), ["ab ", " ", "cd"]);
    }

    #[test]
    fn what_the_face_lacks_is_drawn_and_keeps_its_text() {
        let faces = Faces::read().expect("the faces");
        let line = Line::of("李 🦩 e\u{301}", faces.of(Weight::Regular));
        assert!(line.glyphs.iter().all(|glyph| glyph.glyph_id.to_u32() != 0), "no .notdef");
        assert_eq!(&line.text[line.glyphs[0].text_range.clone()], "李");
        assert_eq!(
            cut("👩\u{200d}👩\u{200d}👧 \u{202e}Zoe\u{301}\u{0}\u{ffff}", 80.0).concat(),
            "👩👩👧 Zoé"
        );
    }
}
