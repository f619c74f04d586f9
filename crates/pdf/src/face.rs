//! The faces documents embed, those of the pages, and text as their glyphs.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer, script};

use crate::PdfError;

const REGULAR: &[u8] = include_bytes!("../fonts/atkinson-hyperlegible-next-regular.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../fonts/atkinson-hyperlegible-next-semibold.ttf");

/// First of the empty boxes drawn for characters that the face does not have (scripts/pdf-fonts). They are many, so that in
/// one text each stands for one character: a glyph that stands for two is text that some readers lose.
const FIRST_BOX: u32 = 0xe000;
const BOXES: u32 = 0x100;

/// How heavy text is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
}

/// The two faces.
pub(crate) struct Faces {
    regular: Face,
    semibold: Face,
}

impl Faces {
    pub(crate) fn read() -> Result<Self, PdfError> {
        Ok(Self { regular: Face::read(REGULAR)?, semibold: Face::read(SEMIBOLD)? })
    }

    pub(crate) fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semibold,
        }
    }
}

/// One face: for what writes the document, and for what chooses glyphs.
pub(crate) struct Face {
    font: Font,
    shaper: rustybuzz::Face<'static>,
}

impl Face {
    fn read(data: &'static [u8]) -> Result<Self, PdfError> {
        let font = Font::new(data.into(), 0).ok_or(PdfError::Faces)?;
        let shaper = rustybuzz::Face::from_slice(data, 0).ok_or(PdfError::Faces)?;
        Ok(Self { font, shaper })
    }

    pub(crate) fn font(&self) -> Font {
        self.font.clone()
    }

    /// The character itself, or the box that stands for it.
    fn drawn(&self, character: char) -> char {
        if self.shaper.glyph_index(character).is_some() {
            return character;
        }
        let seen = FIRST_BOX + u32::from(character) % BOXES;
        char::from_u32(seen).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// The glyphs of a line, left to right, each with the bytes of `text` it stands for.
    pub(crate) fn shape(&self, text: &str) -> Vec<KrillaGlyph> {
        let mut buffer = UnicodeBuffer::new();
        for (at, character) in text.char_indices() {
            let drawn = self.drawn(character);
            buffer.add(drawn, u32::try_from(at).unwrap_or(u32::MAX));
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape(&self.shaper, &[], buffer);
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|glyph| glyph.cluster as usize).collect();
        let units = self.font.units_per_em();
        // Distances in a font are of sixteen bits.
        let em = |distance: i32| f32::from(i16::try_from(distance).unwrap_or(i16::MAX)) / units;
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(&starts);
        glyphs
            .map(|((glyph, place), start)| {
                let next = starts.partition_point(|other| other <= start);
                let end = starts.get(next).copied().unwrap_or(text.len());
                KrillaGlyph::new(
                    GlyphId::new(glyph.glyph_id),
                    em(place.x_advance),
                    em(place.x_offset),
                    em(place.y_offset),
                    em(place.y_advance),
                    *start..end,
                    None,
                )
            })
            .collect()
    }
}
