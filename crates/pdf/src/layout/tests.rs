//! Where things are drawn: inside the page, whatever is written.

use super::*;

/// The right edge and the baseline of every line, page by page.
fn drawn(layout: &Layout) -> impl Iterator<Item = (usize, f32, f32, &str)> {
    layout.pages.iter().enumerate().flat_map(|(page, drawn)| {
        drawn.iter().filter_map(move |one| match one {
            Drawn::Text { line, style, x, baseline, .. } => {
                let white: f32 =
                    line.text.chars().rev().take_while(|last| *last == ' ').map(|_| style.size).sum();
                Some((page, x + line.width(style.size) - white, *baseline, line.text.as_str()))
            }
            Drawn::Link { .. } | Drawn::Rule { .. } => None,
        })
    })
}

fn holds(layout: &Layout) {
    for (page, right, baseline, text) in drawn(layout) {
        assert!(right <= PAGE.0 - MARGIN + 0.5, "page {page}: {text:?} ends at {right}");
        assert!((TOP..BOTTOM).contains(&baseline), "page {page}: {text:?} at {baseline}");
    }
}

#[test]
fn nothing_leaves_the_page() {
    let mut layout = Layout::new().expect("the faces");
    for text in ["", "court", &"mot ".repeat(300), &"sansfin".repeat(300), &"李🦩".repeat(300)] {
        layout.title(text);
        layout.paragraph(text);
        layout.correspondents(text, text);
        layout.link(text, &Target { uri: "https://exemple.fr".to_owned(), says: text.to_owned() });
        layout.terms(&[(text, text), ("Numéro", text)]);
        layout.table([0.5, 0.5], [text, "Fin"], &[["Début", text], [text, text]]);
        layout.list(&[text.to_owned()]);
    }
    assert!(layout.pages.len() > 8);
    holds(&layout);
}

#[test]
fn a_row_is_not_cut_and_its_header_is_said_again_for_the_eye_alone() {
    let mut layout = Layout::new().expect("the faces");
    let rows: Vec<[&str; 2]> = vec![["une\ndeux\ntrois", "fin"]; 40];
    layout.table([0.5, 0.5], ["Colonne", "Autre"], &rows);
    holds(&layout);
    let texts = |wanted: &str| drawn(&layout).filter(|(.., text)| text.trim() == wanted).count();
    assert_eq!(texts("Colonne"), layout.pages.len(), "once a page");
    let headers = layout.elements.iter().filter(|element| matches!(element.tag, TagKind::TH(_))).count();
    assert_eq!(headers, 2, "once in the structure");
    for wanted in 0..layout.pages.len() {
        let on_page = |text: &str| {
            drawn(&layout).filter(|(page, .., said)| *page == wanted && said.trim() == text).count()
        };
        assert_eq!(on_page("une"), on_page("trois"));
    }
}

#[test]
fn a_heading_stays_with_what_follows() {
    for before in 35..50 {
        let mut layout = Layout::new().expect("the faces");
        layout.paragraph(&"ligne\n".repeat(before));
        layout.section("Titre");
        layout.paragraph("suite\nsuite");
        let page =
            |wanted: &str| drawn(&layout).find(|(.., text)| text.trim() == wanted).map(|(page, ..)| page);
        assert_eq!(page("Titre"), page("suite"), "{before}");
    }
}
