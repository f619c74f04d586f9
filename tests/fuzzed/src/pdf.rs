//! PDFs people attach.

use iae_app::gateways::pdf::inspect;

/// A verdict, the same each time and whatever a mail server adds behind; what is accepted begins and ends as a PDF does.
pub fn pdf(bytes: &[u8]) {
    let verdict = inspect(bytes.to_vec());
    assert_eq!(inspect([bytes, b"\0\r\n \0"].concat()), verdict);
    if verdict.is_ok() {
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        assert!(start.starts_with(b"%PDF-"));
        assert!(bytes.windows(5).any(|mark| mark == b"%%EOF"));
    }
}
