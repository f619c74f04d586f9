//! PDFs sent in by tests, each whole: its table of objects says where they are.

use std::fmt::Write as _;

/// A PDF of one page, which readers open.
pub fn pdf() -> Vec<u8> {
    pdf_of(&[CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE], "")
}

/// The same behind a password.
pub fn locked_pdf() -> Vec<u8> {
    let key = "ab".repeat(32);
    let lock = format!("<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>");
    let pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    pdf_of(&[CATALOG, pages, PAGE, &lock], "/Encrypt 4 0 R/ID[<00><00>]")
}

/// The same, which its owner alone may change, under the password « secret »: it opens for everyone (ISO 32000-1, §7.6.3,
/// algorithms 3 and 4).
pub fn owned_pdf() -> Vec<u8> {
    let (owner, user) = (
        "be72ff4450d87231d318b78f204e7589bc882e5a842c5b529f1f9dd0ac4de2fc",
        "4f9242b04ffd3206f1fd7843e6f8116ff9b108ab4829a4b6c27c1c6e4b1e7c69",
    );
    let lock = format!("<</Filter/Standard/V 1/R 2/O<{owner}>/U<{user}>/P -4>>");
    let pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    pdf_of(&[CATALOG, pages, PAGE, &lock], "/Encrypt 4 0 R/ID[<00><00>]")
}

/// A PDF whose catalogue says this besides, and that holds one object more.
pub fn acting_pdf(catalogue: &str, object: &str) -> Vec<u8> {
    let catalogue = format!("<</Type/Catalog/Pages 2 0 R{catalogue}>>");
    pdf_of(&[&catalogue, "<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, object], "")
}

/// The same, whose table is wrong about another object: readers make it anew from what is written, or believe the rest.
pub fn mistaken_pdf(catalogue: &str, object: &str) -> Vec<u8> {
    let catalogue = format!("<</Type/Catalog/Pages 2 0 R{catalogue}>>");
    let objects = [&catalogue, "<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, object, "(wrong)"];
    let pdf = String::from_utf8(pdf_of(&objects, "")).unwrap();
    let place = format!("{:010} 00000 n", pdf.find("5 0 obj\n(wrong)").unwrap());
    assert!(pdf.contains(&place));
    pdf.replace(&place, "0000000012 00000 n").into_bytes()
}

/// A few kilobytes whose pages double sixty times: whoever follows every way never comes to the end.
pub fn endless_pdf() -> Vec<u8> {
    let fork = |next: usize| format!("<</Type/Pages/Kids[{next} 0 R {next} 0 R]/Count 2>>");
    let forks: Vec<String> = (3..63).map(fork).collect();
    let mut objects = vec![CATALOG];
    objects.extend(forks.iter().map(String::as_str));
    objects.push(PAGE);
    pdf_of(&objects, "")
}

/// Five megabytes of pages.
pub fn crowded_pdf() -> Vec<u8> {
    let kids = "3 0 R ".repeat(800_000);
    pdf_of(&[CATALOG, &format!("<</Type/Pages/Kids[{kids}]/Count 800000>>"), PAGE], "")
}

/// An object within an object, two million times.
pub fn deep_pdf() -> Vec<u8> {
    let depth = 2_000_000;
    let catalog = format!("<</Type/Catalog/Pages 2 0 R/X {}{}>>", "[".repeat(depth), "]".repeat(depth));
    pdf_of(&[catalog.as_str(), "<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE], "")
}

const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>";

/// These objects, numbered from one, the first being the catalogue.
fn pdf_of(objects: &[&str], trailer: &str) -> Vec<u8> {
    let mut pdf = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", pdf.len()).unwrap();
        write!(pdf, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let (size, start) = (objects.len() + 1, pdf.len());
    write!(
        pdf,
        "xref\n0 {size}\n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    pdf.into_bytes()
}
