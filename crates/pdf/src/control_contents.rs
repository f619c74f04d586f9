//! The table of contents of the file of a control: every piece, what it is, its size and its SHA-256 (rule book 05 C11).

use chrono::NaiveDate;
use iae_domain::french;

use crate::PdfError;
use crate::layout::Layout;
use crate::write::write;

/// Digits of a hash on a line: sixteen are compared at a glance.
const DIGITS: usize = 16;
/// Characters of a name that are sure to stand on a line of its column.
const NAME: usize = 18;

/// What the table of contents says.
pub struct ControlContents {
    /// The day of the last thing the file says.
    pub as_of: NaiveDate,
    /// The SIAE that is controlled.
    pub company: String,
    /// Its SIRET, as people read it; two of them when its convention was signed under another. Each with what it is called.
    pub sirets: Vec<(String, String)>,
    /// The DDETS that controls.
    pub ddets: String,
    /// Which contracts are controlled, in words.
    pub hired: String,
    /// Whose copy it is, in words.
    pub copy_of: String,
    /// The parts of the file, in their order.
    pub parts: Vec<ContentsPart>,
}

/// Pieces that belong together.
pub struct ContentsPart {
    /// What they are.
    pub title: String,
    /// The pieces, in their order.
    pub pieces: Vec<ContentsPiece>,
}

/// A piece of the file.
pub struct ContentsPiece {
    /// Its name.
    pub name: String,
    /// What it is.
    pub what: String,
    /// Its size, in words.
    pub size: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Its title, as a document and on the page.
const TITLE: &str = "Dossier d’un contrôle a posteriori";

/// The document.
pub fn control_contents(contents: &ControlContents) -> Result<Vec<u8>, PdfError> {
    let mut layout = Layout::new()?;
    layout.letterhead();
    layout.title(TITLE);
    let as_of = french::date(contents.as_of);
    let mut terms = vec![("Structure contrôlée", contents.company.as_str())];
    terms.extend(contents.sirets.iter().map(|(what, siret)| (what.as_str(), siret.as_str())));
    terms.extend([
        ("DDETS", contents.ddets.as_str()),
        ("Contrats contrôlés", contents.hired.as_str()),
        ("Exemplaire", contents.copy_of.as_str()),
        ("Dernier fait du dossier", as_of.as_str()),
    ]);
    layout.terms(&terms);
    layout.section("Vérifier le dossier");
    layout.paragraph(
        "Chaque pièce a une empreinte, son SHA-256\u{a0}: deux fichiers qui ont la même sont identiques. Le fichier SHA256SUMS du \
         dossier donne les mêmes empreintes que ce sommaire, et la sienne. Dans le dossier décompressé, la commande \
         «\u{a0}sha256sum -c SHA256SUMS\u{a0}» les vérifie toutes.",
    );
    for part in &contents.parts {
        say_part(&mut layout, part);
    }
    write(layout, TITLE, contents.as_of)
}

fn say_part(layout: &mut Layout, part: &ContentsPart) {
    layout.section(&part.title);
    if part.pieces.is_empty() {
        layout.paragraph("Aucune pièce.");
        return;
    }
    let cut: Vec<(String, String)> =
        part.pieces.iter().map(|piece| (in_folders(&piece.name), in_lines(&piece.sha256))).collect();
    let pieces = part.pieces.iter().zip(&cut);
    let rows: Vec<[&str; 4]> = pieces
        .map(|(piece, (name, hash))| [name.as_str(), piece.what.as_str(), piece.size.as_str(), hash.as_str()])
        .collect();
    layout.table([0.3, 0.27, 0.12, 0.31], ["Pièce", "Ce que c’est", "Taille", "SHA-256"], &rows);
}

/// A name longer than its column, cut after each folder rather than wherever the column ends.
fn in_folders(name: &str) -> String {
    if name.chars().count() > NAME { name.replace('/', "/\n") } else { name.to_owned() }
}

/// A hash cut where the eye rests.
fn in_lines(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().collect();
    let lines = digits.chunks(DIGITS).map(|line| line.iter().collect::<String>());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_after_its_folders() {
        for (name, expected) in [
            ("02-tirage.txt", "02-tirage.txt"),
            ("05-mails/01.txt", "05-mails/01.txt"),
            (
                "07-justificatifs/auto-prescription-1/rsa.pdf",
                "07-justificatifs/\nauto-prescription-1/\nrsa.pdf",
            ),
        ] {
            assert_eq!(in_folders(name), expected);
        }
    }
}
