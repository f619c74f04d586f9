//! Forms that carry files.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header;
use futures_util::stream;
use iae_domain::documents::DocumentKind;
use iae_domain::text::typed;
use iae_web::documents::upload::Upload;
use iae_web::error::PageError;
use tokio::runtime::{Builder, Runtime};

use crate::choice;

/// What parts the parts of what the fuzzer invents.
const BOUNDARY: &str = "X";
/// The field of the file.
const FILE: &str = "cv";

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread().enable_all().build().unwrap();
}

/// What is read of a form: its fields, the size and the digest of its files; or what is wrong with it.
#[derive(Debug, PartialEq, Eq)]
enum Read {
    Form { fields: Vec<(String, String)>, files: Vec<(u64, Vec<u8>)> },
    Refused(String),
}

/// Read alike however it arrives, and written again is read as it was. The first byte says in how many bytes at a time.
pub fn multipart(bytes: &[u8]) {
    let (step, body) = choice(bytes);
    let whole = read(body, usize::MAX, BOUNDARY);
    assert_eq!(read(body, step + 1, BOUNDARY), whole);
    let Read::Form { fields, files } = whole else { return };
    assert!(files.len() <= DocumentKind::Cv.limits().at_most + 1);
    let values: Vec<&str> = fields.iter().map(|(_, value)| value.as_str()).collect();
    assert!(values.iter().all(|value| typed(value) == *value && !value.contains('\0')), "{values:?}");
    let absent = |boundary: &String| !values.iter().any(|value| value.contains(boundary.as_str()));
    let boundary = (0..).map(|number| format!("limite-{number}")).find(absent).unwrap();
    let Read::Form { fields: again, .. } = read(&written(&values, &boundary), step + 1, &boundary) else {
        panic!("what we write is refused: {values:?}");
    };
    assert!(again.iter().map(|(_, value)| value.as_str()).eq(values));
}

fn read(body: &[u8], step: usize, boundary: &str) -> Read {
    let pieces: Vec<_> = body.chunks(step).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
    let request = Request::post("/")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"))
        .body(Body::from_stream(stream::iter(pieces)))
        .unwrap();
    let read = RUNTIME.with(|runtime| runtime.block_on(Upload::read(request, &[(FILE, DocumentKind::Cv)])));
    match read {
        Ok(mut upload) => {
            let files = upload.take_files(FILE).into_iter().map(|file| (file.size, file.sha256)).collect();
            Read::Form { files, fields: upload.into_fields() }
        }
        Err(error @ (PageError::Malformed | PageError::Unstorable | PageError::TooLarge)) => {
            Read::Refused(format!("{error:?}"))
        }
        Err(ours) => panic!("{ours:?}"),
    }
}

fn written(values: &[&str], boundary: &str) -> Vec<u8> {
    let part = |(number, value): (usize, &&str)| {
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"field-{number}\"\r\n\r\n{value}\r\n")
    };
    let parts: String = values.iter().enumerate().map(part).collect();
    format!("{parts}--{boundary}--\r\n").into_bytes()
}
