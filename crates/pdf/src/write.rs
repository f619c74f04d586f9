//! A document laid out, as the bytes of a PDF.

mod structure;

use chrono::NaiveDate;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{self, Annotation, LinkAnnotation};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::{Document, SerializeSettings};

use crate::PdfError;
use crate::face::{Faces, Weight};
use crate::layout::{BOTTOM, Drawn, ElementId, Layout, MARGIN, PAGE, Style, Target};
use crate::lines::Line;

/// The service, as documents name it.
pub(crate) const PRODUCT: &str = "Parcours IAE";
const FOOTER: Style = Style { weight: Weight::Regular, size: 9.0, leading: 13.0 };
/// Where the footer stands.
const FOOTER_BASELINE: f32 = BOTTOM + 34.0;

/// The document `layout`, called `title`, made on a day.
pub(crate) fn write(layout: Layout, title: &str, on: NaiveDate) -> Result<Vec<u8>, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PdfError::Writing(format!("{error:?}")))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let Layout { faces, pages, elements, contents, .. } = layout;
    let mut content: Vec<Vec<Identifier>> = vec![vec![]; elements.len()];
    let count = pages.len();
    for (index, drawn) in pages.into_iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).unwrap_or_default();
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut links = Vec::new();
        for one in drawn {
            match one {
                Drawn::Link { to, x, width, baseline, element } => {
                    links.push((element, annotation(to, x, width, baseline)));
                }
                one => {
                    if let Some((element, identifier)) = draw(&mut surface, &faces, one) {
                        content[element].push(identifier);
                    }
                }
            }
        }
        draw_footer(&mut surface, &faces, title, index + 1, count);
        surface.finish();
        for (element, link) in links {
            if let Some(link) = link {
                content[element].push(page.add_tagged_annotation(link));
            }
        }
        page.finish();
    }
    document.set_metadata(structure::metadata(title, on));
    document.set_outline(structure::outline(contents));
    document.set_tag_tree(structure::tree(elements, content));
    document.finish().map_err(|error| PdfError::Writing(error.to_string()))
}

/// Draws one thing. What belongs to the structure says to which element.
fn draw(surface: &mut Surface, faces: &Faces, drawn: Drawn) -> Option<(ElementId, Identifier)> {
    match drawn {
        Drawn::Text { line, style, x, baseline, element: Some(element) } => {
            let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            draw_line(surface, faces, &line, style, x, baseline, INK);
            surface.end_tagged();
            Some((element, identifier))
        }
        Drawn::Text { line, style, x, baseline, element: None } => {
            artifact(surface, ArtifactType::PaginationOther, |surface| {
                draw_line(surface, faces, &line, style, x, baseline, INK);
            });
            None
        }
        Drawn::Rule { y } => {
            artifact(surface, ArtifactType::Layout, |surface| draw_rule(surface, y));
            None
        }
        Drawn::Link { .. } => None,
    }
}

const INK: (u8, u8, u8) = (0x16, 0x16, 0x16);
const MUTED: (u8, u8, u8) = (0x5a, 0x5a, 0x5a);
const RULE: (u8, u8, u8) = (0xc8, 0xc8, 0xc8);

fn paint((red, green, blue): (u8, u8, u8)) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn draw_line(
    surface: &mut Surface,
    faces: &Faces,
    line: &Line,
    style: Style,
    x: f32,
    baseline: f32,
    color: (u8, u8, u8),
) {
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: paint(color).into(), ..Fill::default() }));
    let font = faces.of(style.weight).font();
    surface.draw_glyphs(Point::from_xy(x, baseline), &line.glyphs, font, &line.text, style.size, false);
}

fn draw_rule(surface: &mut Surface, y: f32) {
    let mut path = PathBuilder::new();
    path.move_to(MARGIN, y);
    path.line_to(PAGE.0 - MARGIN, y);
    if let Some(path) = path.finish() {
        surface.set_fill(None);
        surface.set_stroke(Some(Stroke { paint: paint(RULE).into(), width: 0.6, ..Stroke::default() }));
        surface.draw_path(&path);
    }
}

/// The number of the page, and what the document is when a page may be found alone.
fn draw_footer(surface: &mut Surface, faces: &Faces, title: &str, number: usize, count: usize) {
    let face = faces.of(FOOTER.weight);
    let number = Line::of(&format!("Page {number} sur {count}"), face);
    let right = PAGE.0 - MARGIN - number.width(FOOTER.size);
    let title = if count > 1 { format!("{PRODUCT} – {title}") } else { PRODUCT.to_owned() };
    let title = Line::of(&title, face);
    artifact(surface, ArtifactType::Footer, |surface| {
        draw_line(surface, faces, &title, FOOTER, MARGIN, FOOTER_BASELINE, MUTED);
        draw_line(surface, faces, &number, FOOTER, right, FOOTER_BASELINE, MUTED);
    });
}

/// What is drawn there is no part of the document: nobody hears it.
fn artifact(surface: &mut Surface, kind: ArtifactType, draw: impl FnOnce(&mut Surface)) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
    draw(surface);
    surface.end_tagged();
}

/// What leads somewhere from where a line is drawn.
fn annotation(to: Target, x: f32, width: f32, baseline: f32) -> Option<Annotation> {
    let place = Rect::from_xywh(x, baseline - 11.0, width, 15.0)?;
    let action = Action::Link(LinkAction::new(to.uri));
    Some(Annotation::new_link(LinkAnnotation::new(place, annotation::Target::Action(action)), Some(to.says)))
}
