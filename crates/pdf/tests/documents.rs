//! Documents as they leave, opened by a reader of PDF that is not of the same make.

#![expect(clippy::expect_used, reason = "a test stops at the first surprise")]

#[path = "../examples/samples/data.rs"]
mod data;

use data::{
    a_letter, a_sanction_letter, a_strange_attestation, a_strange_letter, a_strange_sanction_letter,
    an_attestation,
};
use hayro_syntax::Pdf;
use iae_pdf::{attestation, refusal_letter, sanction_letter};

fn pages(bytes: Vec<u8>) -> usize {
    Pdf::new(bytes).expect("a PDF").pages().len()
}

#[test]
fn an_ordinary_document_is_one_page_and_a_long_one_takes_more() {
    assert_eq!(pages(attestation(&an_attestation()).unwrap()), 1);
    assert_eq!(pages(refusal_letter(&a_letter()).unwrap()), 1);
    let mut letter = a_letter();
    letter.explanation = "Une phrase de plus. ".repeat(200);
    assert_eq!(pages(refusal_letter(&letter).unwrap()), 2);
    assert!((2..=3).contains(&pages(sanction_letter(&a_sanction_letter()).unwrap())));
}

#[test]
fn nothing_that_people_write_prevents_a_document() {
    assert!(pages(attestation(&a_strange_attestation()).unwrap()) >= 1);
    assert!(pages(refusal_letter(&a_strange_letter()).unwrap()) > 5);
    assert!(pages(sanction_letter(&a_strange_sanction_letter()).unwrap()) > 3);
    let every_plane = (0..=0x10_ffff).step_by(499).filter_map(char::from_u32).collect::<String>();
    for text in
        [every_plane.as_str(), "\0\u{feff}\u{fffe}\n\r\t", "", " ", "\u{301}\u{301}", "\u{ad}\u{200b}"]
    {
        let mut strange = an_attestation();
        strange.holder = text.to_owned();
        strange.number = text.to_owned();
        assert!(pages(attestation(&strange).unwrap()) >= 1, "{text:?}");
    }
}

/// What was handed over yesterday can be compared with what is made today.
#[test]
fn the_same_document_is_the_same_bytes() {
    for ((name, one), (_, other)) in data::documents().unwrap().into_iter().zip(data::documents().unwrap()) {
        assert!(one == other, "{name}");
    }
    let mut another = an_attestation();
    another.holder = "Bruno COLIN".to_owned();
    assert!(attestation(&another).unwrap() != attestation(&an_attestation()).unwrap());
}

/// What is drawn of them is inert: no program, no form, no file, no address to follow.
#[test]
fn nothing_in_a_document_acts() {
    for (name, bytes) in data::documents().unwrap() {
        for word in ["/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/AcroForm", "/OpenAction", "/AA"] {
            assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{name}: {word}");
        }
    }
}

/// 20 hires, 18 criteria each: the most there can be.
#[test]
fn a_table_of_contents_says_every_piece() {
    let pages_of = |proofs| pages(iae_pdf::control_contents(&data::a_table_of_contents(proofs)).unwrap());
    assert!(pages_of(2) <= 2);
    assert!(pages_of(360) > 30);
}
