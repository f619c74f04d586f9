//! The other side: the process that reads one PDF and ends.

use std::io::{self, Read as _};
use std::sync::Arc;

use hayro_syntax::object::{Dict, FromBytes as _, MaybeRef, Name, Object};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use iae_domain::documents::DocumentRefused;
use rustix::process::{Resource, Rlimit, setrlimit};

/// Memory it may take for itself: what a file of a few megabytes needs, many times.
const MEMORY: u64 = 256 * 1024 * 1024;
/// Seconds of processor.
const SECONDS: u64 = 5;
/// Bytes within which the end of a PDF says that it is the end, as the readers people have tolerate it.
const TAIL: usize = 1024;

/// Actions that run a script, start a program, send or take data, or open another file (ISO 32000-1, §12.6.4).
const ACTING: [&[u8]; 6] = [b"JavaScript", b"Launch", b"SubmitForm", b"ImportData", b"GoToR", b"GoToE"];

/// What each exit code says. Any other, or none, is a process that did not come to its end.
pub(super) const FINDINGS: [(i32, DocumentRefused); 6] = [
    (10, DocumentRefused::NotPdf),
    (11, DocumentRefused::Password),
    (12, DocumentRefused::Truncated),
    (13, DocumentRefused::Unreadable),
    (14, DocumentRefused::Active),
    (15, DocumentRefused::Form),
];

/// Reads the standard input and answers the exit code: zero for a PDF that opens.
pub fn inspect_input() -> i32 {
    let found = limit().and_then(|()| {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        Ok(inspect(bytes))
    });
    match found {
        Ok(Ok(())) => 0,
        Ok(Err(refused)) => code(refused),
        Err(_) => code(DocumentRefused::Unreadable),
    }
}

fn code(refused: DocumentRefused) -> i32 {
    FINDINGS.iter().find(|(_, finding)| *finding == refused).map_or(1, |(code, _)| *code)
}

/// What the system refuses to this process from now on. Nothing is written: neither files nor core dumps.
fn limit() -> io::Result<()> {
    for (resource, most) in
        [(Resource::Data, MEMORY), (Resource::Cpu, SECONDS), (Resource::Fsize, 0), (Resource::Core, 0)]
    {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

/// Whether it is a PDF, whole, that opens without a password on at least one page. A PDF begins with `%PDF-`: what begins
/// with something else is something else as well. It ends with the place of its table of objects (ISO 32000-1, §7.5.5):
/// without it a reader guesses, and shows the pages that are left. Nothing in it acts.
pub fn inspect(mut bytes: Vec<u8>) -> Result<(), DocumentRefused> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii_start();
    if !start.starts_with(b"%PDF-") {
        return Err(DocumentRefused::NotPdf);
    }
    // What a scanner or a mail server adds after the end, nothing or spaces, is no part of it.
    let end = bytes.iter().rposition(|byte| !byte.is_ascii_whitespace() && *byte != 0);
    bytes.truncate(end.map_or(0, |end| end + 1));
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    if !tail.windows(5).any(|mark| mark == b"%%EOF") {
        return Err(DocumentRefused::Truncated);
    }
    let bytes = Arc::new(bytes);
    let pdf = Pdf::new(Arc::clone(&bytes)).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => DocumentRefused::Password,
        LoadPdfError::Decryption(
            DecryptionError::MissingIDEntry
            | DecryptionError::InvalidEncryption
            | DecryptionError::UnsupportedAlgorithm,
        )
        | LoadPdfError::Invalid => DocumentRefused::Unreadable,
    })?;
    if pdf.pages().is_empty() {
        return Err(DocumentRefused::Unreadable);
    }
    // Read for the first time, a wrong table is made anew from what the file holds: the second time sees what that found.
    let listed = (0..2).flat_map(|_| pdf.objects()).find_map(acting);
    // A reader that believes the table where it is right finds what the new one forgot.
    listed.or_else(|| written(&bytes).find_map(|dict| acting(Object::Dict(dict)))).map_or(Ok(()), Err)
}

/// Every dictionary of the file as it is written, whatever its table says.
fn written(bytes: &[u8]) -> impl Iterator<Item = Dict<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.windows(2).position(|mark| mark == b"<<")?..];
            let dict = Dict::from_bytes(rest);
            // What stands within it is looked at with it.
            let length = dict.as_ref().map_or(0, |dict| dict.data().len());
            rest = &rest[length.max(1)..];
            if dict.is_some() {
                return dict;
            }
        }
    })
}

/// What in the object acts: an action that runs a script or starts a program (ISO 32000-1, §12.6.4.5 and §12.6.4.16), or a
/// form in XML, whose scripts are its own (§12.7.8). Every object is looked at, whatever leads to it: what a reader follows is
/// the reader's choice. References are not followed, nor is anything recursive: what is nested waits in a list.
fn acting(object: Object<'_>) -> Option<DocumentRefused> {
    let mut waiting = vec![object];
    while let Some(object) = waiting.pop() {
        let dict = match object {
            Object::Array(array) => {
                waiting.extend(array.raw_iter().filter_map(direct));
                continue;
            }
            Object::Dict(dict) => dict,
            Object::Stream(stream) => stream.dict().clone(),
            Object::Null(_)
            | Object::Boolean(_)
            | Object::Number(_)
            | Object::String(_)
            | Object::Name(_) => continue,
        };
        let kind = dict.get::<Name<'_>>("S");
        if dict.contains_key("JS") || kind.is_some_and(|kind| ACTING.contains(&kind.as_ref())) {
            return Some(DocumentRefused::Active);
        }
        if dict.contains_key("XFA") {
            return Some(DocumentRefused::Form);
        }
        waiting.extend(dict.entries().filter_map(|(_, value)| direct(value)));
    }
    None
}

/// The object itself; what is referred to is looked at in its own turn.
fn direct(value: MaybeRef<Object<'_>>) -> Option<Object<'_>> {
    match value {
        MaybeRef::Ref(_) => None,
        MaybeRef::NotRef(object) => Some(object),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_its_code() {
        for (expected, refused) in FINDINGS {
            assert_eq!(code(refused), expected);
        }
    }

    #[test]
    fn what_is_no_pdf_is_told_from_a_pdf_cut_short() {
        for (bytes, expected) in [
            (b"".as_slice(), DocumentRefused::NotPdf),
            (b"PK\x03\x04 a docx renamed", DocumentRefused::NotPdf),
            (b"<script>%PDF-1.7\n%%EOF", DocumentRefused::NotPdf),
            (b"%PDF-1.7\n1 0 obj", DocumentRefused::Truncated),
            (b"\r\n%PDF-1.7\nnothing\n%%EOF\n\0\0", DocumentRefused::Unreadable),
            (b"%PDF-1.4\nBonjour, voici mon CV : /Type /Page /Catalog\n%%EOF\n", DocumentRefused::Unreadable),
            (b"%PDF-1.4\n1 0 obj\n(un texte)\nendobj\nstartxref\n9\n%%EOF\n", DocumentRefused::Unreadable),
        ] {
            assert_eq!(inspect(bytes.to_vec()), Err(expected), "{bytes:?}");
        }
    }
}
