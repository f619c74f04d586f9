//! Reads pages as people see them.

use scraper::{ElementRef, Html, Selector};

/// A CSS selector.
pub(crate) fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("selector {css:?}: {error}"))
}

/// The text under an element: scripts left out, spaces as typed on a keyboard.
pub(crate) fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in element.descendants() {
        let hidden = |name: &str| matches!(name, "script" | "style" | "template");
        let in_hidden =
            node.parent().and_then(ElementRef::wrap).is_some_and(|parent| hidden(parent.value().name()));
        if let Some(piece) = node.value().as_text().filter(|_| !in_hidden) {
            text.push_str(piece);
        }
        if node.value().as_element().is_some_and(|element| is_block(element.name())) {
            text.push(' ');
        }
    }
    plain(&text)
}

/// Elements that begin a line of their own.
fn is_block(name: &str) -> bool {
    !matches!(name, "a" | "abbr" | "b" | "code" | "em" | "i" | "span" | "strong" | "time")
}

/// Spaces of French typography as plain ones, runs of blanks as one.
pub(crate) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The texts of every element a selector finds.
pub(crate) fn texts(html: &Html, css: &str) -> Vec<String> {
    html.select(&selector(css)).map(text_of).collect()
}
