//! A PDF as who hears it: its structure, read by poppler, which knows nothing of what wrote it.

use std::io::Write as _;
use std::process::Command;

use crate::Page;

/// The structure of a PDF: each element, and the text right under it.
pub struct Heard(Vec<(String, String)>);

impl Heard {
    /// Of the PDF that a page sent.
    pub fn of(pdf: &Page) -> Self {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&pdf.bytes).unwrap();
        let output = Command::new("pdfinfo").arg("-struct-text").arg(file.path()).output();
        let output = output.expect("pdfinfo: scripts/install pdf");
        let mut elements: Vec<(String, String)> = Vec::new();
        for line in String::from_utf8_lossy(&output.stdout).lines().map(str::trim) {
            if let Some(text) = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')) {
                elements.last_mut().unwrap().1.push_str(text);
            } else if !line.starts_with('/') {
                let tag = line.split([' ', ':']).next().unwrap_or_default().to_owned();
                elements.push((tag, String::new()));
            }
        }
        Self(elements)
    }

    /// The texts of the elements of this kind, in order.
    pub fn texts(&self, tag: &str) -> Vec<String> {
        let found = self.0.iter().filter(|(found, _)| found == tag);
        found.map(|(_, text)| text.replace(['\u{a0}', '\u{202f}'], " ").trim().to_owned()).collect()
    }

    /// All that is heard, without what parts words, nor the bullets that a page draws.
    pub fn letters(&self) -> String {
        self.0.iter().filter(|(tag, _)| tag != "Lbl").map(|(_, text)| letters(text)).collect()
    }
}

/// Letters and signs, without what parts them: lines end elsewhere on paper.
pub fn letters(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
