//! Files people send, looked into by a real clamd that knows one signature: that of the file made to try antiviruses.

use std::path::Path;
use std::time::Duration;

use iae_app::gateways::antivirus::Antivirus;
use iae_tests::pdf::{acting_pdf, pdf};
use iae_tests::{Persona, TestApp};
use tempfile::TempDir;
use tokio::net::UnixStream;
use tokio::process::{Child, Command};

use crate::application_drafts::at_message;

/// A clamd of the test's own, with a base of one line (`.hdb`): the MD5 and the length of one file.
struct Clamd {
    folder: TempDir,
    _process: Child,
}

impl Clamd {
    async fn knowing(file: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().join("base");
        std::fs::create_dir(&base).unwrap();
        let signature = format!("{}:{}:Eicar-Test-Signature\n", md5(file, folder.path()), file.len());
        std::fs::write(base.join("trial.hdb"), signature).unwrap();
        let settings = format!(
            "LocalSocket {0}/clamd.ctl\nDatabaseDirectory {0}/base\nForeground yes\nTemporaryDirectory {0}\n",
            folder.path().display()
        );
        std::fs::write(folder.path().join("clamd.conf"), settings).unwrap();
        let process = Command::new("clamd")
            .arg("-c")
            .arg(folder.path().join("clamd.conf"))
            .stdout(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("clamd: scripts/install clamd");
        let clamd = Self { folder, _process: process };
        for _ in 0..200 {
            if UnixStream::connect(clamd.socket()).await.is_ok() {
                return clamd;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("clamd did not start");
    }

    fn socket(&self) -> std::path::PathBuf {
        self.folder.path().join("clamd.ctl")
    }
}

async fn with_antivirus(socket: &Path) -> TestApp {
    let socket = socket.to_owned();
    TestApp::with(|app| app.antivirus = Antivirus::Socket(socket)).await
}

#[tokio::test]
async fn a_file_with_a_virus_is_refused_and_a_clean_one_is_kept() {
    let infected =
        acting_pdf("", "(X5O!P%@AP[4\\PZX54\\(P^\\)7CC\\)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*)");
    let clamd = Clamd::knowing(&infected).await;
    let app = with_antivirus(&clamd.socket()).await;
    let page = at_message(&app.browser(Persona::Prescriber).await).await;
    let form = page.form("message").fill("message", "Bonjour, voici un CV à jour.");
    let page = form.clone().attach("cv", "cv.pdf", infected).submit().await.is(422);
    assert!(page.error("cv").unwrap_or_default().contains("virus"), "{page:?}");
    form.attach("cv", "cv.pdf", pdf()).submit().await.is(303);
    app.ignore_jobs();
}

/// An antivirus that does not answer lets nothing through: the page says to try again, and nothing is kept.
#[tokio::test]
async fn nothing_is_kept_while_the_antivirus_is_away() {
    let folder = tempfile::tempdir().unwrap();
    let app = with_antivirus(&folder.path().join("clamd.ctl")).await;
    let page = at_message(&app.browser(Persona::Prescriber).await).await;
    let form = page.form("message").fill("message", "Bonjour, voici un CV à jour.");
    let page = form.attach("cv", "cv.pdf", pdf()).submit().await.is(503);
    assert!(page.headers.contains_key("retry-after"), "{page:?}");
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM documents").fetch_one(app.db()).await.unwrap();
    assert_eq!(kept, 0);
}

/// As every Linux computes it: no program of ours needs MD5.
fn md5(bytes: &[u8], folder: &Path) -> String {
    let file = folder.join("infected");
    std::fs::write(&file, bytes).unwrap();
    let summed = std::process::Command::new("md5sum").arg(&file).output().unwrap();
    String::from_utf8(summed.stdout).unwrap().split_whitespace().next().unwrap().to_owned()
}
