//! What a PDF says besides what it shows: title and language, contents, the tree of its elements.

use chrono::{Datelike as _, NaiveDate};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{Identifier, Node, TagGroup, TagTree};

use super::PRODUCT;
use crate::layout::{Element, ElementId, Entry, MARGIN};

const LANGUAGE: &str = "fr-FR";

/// What it says of itself.
pub(super) fn metadata(title: &str, on: NaiveDate) -> Metadata {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(on.year()).unwrap_or(0);
    Metadata::new()
        .title(title.to_owned())
        .language(LANGUAGE.to_owned())
        .creator(PRODUCT.to_owned())
        .creation_date(DateTime::new(year).month(part(on.month())).day(part(on.day())))
}

/// The contents, which readers show beside the pages.
pub(super) fn outline(contents: Vec<Entry>) -> Outline {
    let mut outline = Outline::new();
    for entry in contents {
        let place = XyzDestination::new(entry.page, Point::from_xy(MARGIN, entry.y));
        outline.push_child(OutlineNode::new(entry.text, place));
    }
    outline
}

/// The tree of the elements, each with what was drawn for it.
pub(super) fn tree(elements: Vec<Element>, content: Vec<Vec<Identifier>>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    let mut open: Vec<(ElementId, TagGroup)> = Vec::new();
    let mut close = |open: &mut Vec<(ElementId, TagGroup)>| {
        if let Some((_, done)) = open.pop() {
            match open.last_mut() {
                Some((_, parent)) => parent.push(done),
                None => tree.push(done),
            }
        }
    };
    // An element comes after its parent, and before what follows its parent.
    for (id, (element, drawn)) in elements.into_iter().zip(content).enumerate() {
        while open.last().is_some_and(|(last, _)| Some(*last) != element.parent) {
            close(&mut open);
        }
        let children = drawn.into_iter().map(Node::from).collect();
        open.push((id, TagGroup::with_children(element.tag, children)));
    }
    while !open.is_empty() {
        close(&mut open);
    }
    tree
}
