//! The CV sent in with the message: what is taken, what is refused in words, and what is left of an upload that does not
//! come to its end (SUB-61).

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use iae_tests::pdf::{
    acting_pdf, crowded_pdf, deep_pdf, endless_pdf, locked_pdf, mistaken_pdf, owned_pdf, pdf,
};
use iae_tests::{Browser, Form, Page, Persona, TestApp};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{at_message, stored};

const MIB: usize = 1024 * 1024;

/// The message with all it asks, without a CV.
fn written(page: &Page) -> Form {
    page.form("message").fill("message", "Bonjour, voici un CV à jour.")
}

async fn documents(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM documents").fetch_one(app.db()).await.unwrap()
}

#[tokio::test]
async fn its_content_decides_not_its_name() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = at_message(&browser).await;
    let without_table = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>\
        endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    let mut largest = pdf();
    largest.splice(9..9, std::iter::once(b'%').chain(vec![b'x'; 5 * MIB - largest.len() - 2]).chain([b'\n']));
    assert_eq!(largest.len(), 5 * MIB);
    for (name, content) in [
        ("cv.pdf", pdf()),
        ("Mon CV", pdf()),
        ("cv.docx", pdf()),
        ("cv.pdf", without_table.into()),
        ("cv.pdf", largest),
        // What a scanner or a mail server adds.
        ("cv.pdf", [pdf(), vec![0; 1_500]].concat()),
        ("cv.pdf", mistaken_pdf("", "null")),
        ("formulaire.pdf", acting_pdf("/AcroForm<</Fields[]>>", "null")),
        ("protégé.pdf", owned_pdf()),
        ("cv.pdf", [pdf(), vec![b' '; 3_000], b"\r\n".to_vec()].concat()),
    ] {
        written(&page).attach("cv", name, content).submit().await.is(303);
    }
    assert_eq!(documents(&app).await, 1, "each in the place of the former");
    let stored_as: Vec<(i32, Vec<u8>)> =
        sqlx::query_as("SELECT size_bytes, sha256 FROM documents").fetch_all(app.db()).await.unwrap();
    let size = i32::try_from(pdf().len()).unwrap() + 3_002;
    assert_eq!((stored_as[0].0, stored_as[0].1.len()), (size, 32), "kept as it came");
    app.run_jobs().await;
    assert_eq!(stored(&app), 1);
}

#[tokio::test]
async fn what_is_refused_is_refused_in_words_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = at_message(&browser).await;
    let mut cut = pdf();
    cut.truncate(cut.len() - 40);
    let mut too_large = pdf();
    too_large.resize(5 * MIB + 1, b' ');
    let web_page = [b"<html><script>alert(1)</script>".as_slice(), &pdf()].concat();
    for (content, words) in [
        (vec![], "est vide"),
        (b"PK\x03\x04\x14\0\x06\0 word/document.xml".to_vec(), "n’est pas un PDF"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "n’est pas un PDF"),
        (web_page, "n’est pas un PDF"),
        (locked_pdf(), "mot de passe"),
        (
            acting_pdf("/OpenAction 4 0 R", "<</S/JavaScript/JS(app.alert\\(1\\))>>"),
            "programme qui s’exécute",
        ),
        (acting_pdf("/OpenAction<</S/J#61vaScript/JS 4 0 R>>", "(app.alert)"), "programme qui s’exécute"),
        (
            acting_pdf("/Names<</JavaScript<</Names[(a)4 0 R]>>>>", "<</S/JavaScript/JS()>>"),
            "programme qui s’exécute",
        ),
        (acting_pdf("/AA<</WC<</S/Launch/F(cmd.exe)>>>>", "null"), "programme qui s’exécute"),
        (
            acting_pdf("/OpenAction<</S/SubmitForm/F(http://ailleurs.example)>>", "null"),
            "programme qui s’exécute",
        ),
        (
            acting_pdf("/OpenAction<</S/GoToR/F(\\\\ailleurs.example\\x.pdf)>>", "null"),
            "programme qui s’exécute",
        ),
        (
            acting_pdf("", "<</Type/Annot/Subtype/Link/A<</S/Launch/Win<</F(cmd.exe)>>>>>>"),
            "programme qui s’exécute",
        ),
        // Listed by no table but the one that is made anew.
        (
            mistaken_pdf("/OpenAction 6 0 R", "null\nendobj\n6 0 obj\n<</S/JavaScript/JS()>>"),
            "programme qui s’exécute",
        ),
        // Forgotten by the one that is made anew, which keeps the last.
        (
            mistaken_pdf("/OpenAction 4 0 R", "<</S/JavaScript/JS()>>\nendobj\n4 0 obj\nnull"),
            "programme qui s’exécute",
        ),
        (acting_pdf("/AcroForm<</Fields[]/XFA 4 0 R>>", "(xdp)"), "formulaire XFA"),
        (acting_pdf("/AcroForm 4 0 R", "<</Fields[]/XFA[(preamble)null]>>"), "formulaire XFA"),
        (cut, "sa fin manque"),
        (b"%PDF-1.7\nrien\n%%EOF\n".to_vec(), "ne s’ouvre pas"),
        (b"%PDF-1.4\nMon CV : jardinier, /Type /Page.\nstartxref\n9\n%%EOF\n".to_vec(), "ne s’ouvre pas"),
        ([b"%PDF-1.4\n".to_vec(), vec![0; 1_500], b"%%EOF\n".to_vec()].concat(), "ne s’ouvre pas"),
        (too_large, "dépasse 5 Mo"),
        (vec![b' '; 20 * MIB], "dépasse 5 Mo"),
    ] {
        let size = content.len();
        let refused = written(&page).attach("cv", "cv.pdf", content).submit().await.is(422);
        let said = refused.error("cv").unwrap_or_default().replace('\u{a0}', " ");
        assert!(said.contains(words), "{size} bytes, {words}: {said}");
        assert_eq!(
            refused.value("message").as_deref().map(str::trim),
            Some("Bonjour, voici un CV à jour."),
            "{words}"
        );
    }
    written(&page).attach("cv", "cv.pdf", vec![b' '; 40 * MIB]).submit().await.is(413);
    assert_eq!((documents(&app).await, stored(&app)), (0, 0), "nothing half saved");
}

/// SUB-61: what a browser declares counts too; a system that does not know PDFs says nothing of them.
#[tokio::test]
async fn a_pdf_declared_to_be_something_else_is_refused() {
    let app = TestApp::new().await;
    let page = at_message(&app.browser(Persona::Prescriber).await).await;
    for declared in ["image/png", "text/html", "application/msword"] {
        let form = written(&page).attach_as(declared, "cv", "cv.pdf", pdf());
        let refused = form.submit().await.is(422);
        let said = refused.error("cv").unwrap_or_default();
        assert!(said.contains("n’est pas un PDF"), "{declared}: {said}");
    }
    assert_eq!((documents(&app).await, stored(&app)), (0, 0));
    for declared in ["application/pdf", "application/x-pdf", "application/octet-stream"] {
        written(&page).attach_as(declared, "cv", "cv.pdf", pdf()).submit().await.is(303);
    }
    app.run_jobs().await;
    assert_eq!((documents(&app).await, stored(&app)), (1, 1));
}

/// Files made to exhaust or to break what reads them: refused, taken or put off, within seconds, and the platform goes on.
#[tokio::test]
async fn a_hostile_pdf_breaks_nothing() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = at_message(&browser).await;
    for (name, content) in [("endless", endless_pdf()), ("crowded", crowded_pdf()), ("deep", deep_pdf())] {
        let begun = Instant::now();
        let answer = written(&page).attach("cv", "cv.pdf", content).submit().await;
        assert!([303, 422, 503].contains(&answer.status.as_u16()), "{name}: {answer:?}");
        assert!(begun.elapsed() < Duration::from_secs(15), "{name}: {:?}", begun.elapsed());
    }
    written(&page).attach("cv", "cv.pdf", pdf()).submit().await.is(303);
    app.run_jobs().await;
    assert_eq!((documents(&app).await, stored(&app)), (1, 1));
}

/// What a browser sends of the form, up to and without the end of the file.
fn begun(page: &Page, browser: &Browser, length: usize, more: &str) -> String {
    let path = page.url.path();
    format!(
        "POST {path} HTTP/1.1\r\nHost: parcours.test\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n\
         Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {length}\r\n{more}\r\n",
        browser.cookie_header(path),
    )
}

async fn connected(address: SocketAddr, head: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// Files this process has open and that no folder names.
fn unnamed_files() -> usize {
    let open = std::fs::read_dir("/proc/self/fd")
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
    open.filter(|file| file.to_string_lossy().ends_with("(deleted)")).count()
}

async fn until(what: &str, mut is_true: impl FnMut() -> bool) {
    for _ in 0..200 {
        if is_true() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what}");
}

#[tokio::test]
async fn an_upload_given_up_midway_leaves_nothing() {
    let app = TestApp::new().await;
    let address = app.listen().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = at_message(&browser).await;
    let before = unnamed_files();
    let mut stream = connected(address, &begun(&page, &browser, 3 * MIB, "")).await;
    let head = "--b\r\nContent-Disposition: form-data; name=\"cv\"; filename=\"cv.pdf\"\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&vec![b'x'; MIB]).await.unwrap();
    until("the file is being received", || unnamed_files() == before + 1).await;
    drop(stream);
    until("what was received is gone", || unnamed_files() == before).await;
    assert_eq!((documents(&app).await, stored(&app)), (0, 0));
}

/// The server asks for the body only of those who may send it (`100 Continue`), and of what it would take.
#[tokio::test]
async fn the_right_to_send_is_checked_before_a_byte_is_read() {
    let app = TestApp::new().await;
    let address = app.listen().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = at_message(&browser).await;
    let foreign = app.browser(Persona::OtherPrescriber).await;
    let visitor = app.visitor();
    for (browser, length, expected) in [
        (&visitor, MIB, "HTTP/1.1 303"),
        (&foreign, MIB, "HTTP/1.1 404"),
        (&browser, 40 * MIB, "HTTP/1.1 413"),
        (&browser, MIB, "HTTP/1.1 100"),
    ] {
        let mut stream = connected(address, &begun(&page, browser, length, "Expect: 100-continue\r\n")).await;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        assert_eq!(std::str::from_utf8(&answer).unwrap(), expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_uploads_at_once_leave_one_cv() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = at_message(&browser).await;
    let form = written(&page).attach("cv", "cv.pdf", pdf());
    for _ in 0..5 {
        let (one, other) = tokio::join!(form.submit(), form.submit());
        one.is(303);
        other.is(303);
    }
    app.run_jobs().await;
    assert_eq!((documents(&app).await, stored(&app)), (1, 1), "neither a row nor a file too many");
    let keys: Vec<String> =
        sqlx::query_scalar("SELECT storage_key FROM documents").fetch_all(app.db()).await.unwrap();
    assert!(app.files().join(&keys[0]).exists(), "the row that stays has its file");
}
