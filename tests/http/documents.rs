//! CVs: opened by those who may, and nobody else (rule book 02 §11.1).

use std::process::{Command, Stdio};

use chrono::TimeDelta;
use iae_app::gateways::pdf::{ALLOCATION, COMMAND};
use iae_tests::pdf::pdf;
use iae_tests::{Persona, TestApp, beside_tests};

/// Puts content in the store.
fn store(app: &TestApp, key: &str) {
    std::fs::create_dir_all(app.files().join("cv")).unwrap();
    std::fs::write(app.files().join(key), pdf()).unwrap();
}

#[tokio::test]
async fn a_cv_is_read_by_those_concerned_alone_and_always_as_an_attachment() {
    let app = TestApp::new().await;
    let application = app.scenario().application().insert().await;
    app.attach_cv(application).await;
    let path = format!("/applications/{application}/cv");
    for persona in [Persona::Candidate, Persona::Prescriber, Persona::PrescriberAdmin, Persona::Employer] {
        let page = app.browser(persona).await.get(&path).await.is(200);
        let header = |name: &str| page.headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-disposition"), "attachment; filename=\"CV_20260504100000.pdf\"");
        assert!(header("content-security-policy").starts_with("sandbox"));
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("content-length"), pdf().len().to_string());
        assert_eq!(page.bytes, pdf());
    }
    for persona in
        [Persona::OtherCandidate, Persona::OtherPrescriber, Persona::OtherEmployer, Persona::Inspector]
    {
        app.browser(persona).await.get(&path).await.is(404);
    }
    let downloads = app.audit_trail().await;
    let downloads = downloads.iter().filter(|action| *action == "candidate.document_downloaded").count();
    assert_eq!(downloads, 4, "each download is kept (ACL-3)");
}

#[tokio::test]
async fn an_application_without_cv_has_none() {
    let app = TestApp::new().await;
    let application = app.scenario().application().insert().await;
    app.browser(Persona::Employer).await.get(&format!("/applications/{application}/cv")).await.is(404);
}

/// PII-4: an orienteur who did not create the file sees a masked name, no link, and no CV behind the address either.
#[tokio::test]
async fn who_may_not_see_the_identity_does_not_read_the_cv() {
    let app = TestApp::new().await;
    let application = app.scenario().application().by(Persona::Orienter).insert().await;
    app.attach_cv(application).await;
    let orienter = app.browser(Persona::Orienter).await;
    orienter.get(&format!("/applications/{application}")).await.is(200);
    orienter.get(&format!("/applications/{application}/cv")).await.is(404);
    app.browser(Persona::Employer).await.get(&format!("/applications/{application}/cv")).await.is(200);
}

/// VIS-1: what left the company's lists after two years is not read by its address.
#[tokio::test]
async fn the_cv_of_an_application_no_longer_visible_is_gone() {
    let app = TestApp::new().await;
    let application = app.scenario().application().sent(TimeDelta::days(731)).insert().await;
    app.attach_cv(application).await;
    let employer = app.browser(Persona::Employer).await;
    employer.get(&format!("/applications/{application}")).await.is(404);
    employer.get(&format!("/applications/{application}/cv")).await.is(404);
}

/// A process killed between the store and the database leaves content nobody may read: it does not stay for ever.
#[tokio::test]
async fn content_no_document_has_goes_with_the_purge() {
    let app = TestApp::new().await;
    let application = app.scenario().application().insert().await;
    app.attach_cv(application).await;
    store(&app, "cv/lost");
    let purge = async || {
        sqlx::query("SELECT graphile_worker.add_job('purge', '{}'::json)").execute(app.db()).await.unwrap();
        app.run_jobs().await;
    };
    let moment = |at: chrono::DateTime<chrono::Utc>| std::fs::FileTimes::new().set_modified(at.into());
    let age = |at| {
        let file = std::fs::File::options().write(true).open(app.files().join("cv/lost")).unwrap();
        file.set_times(moment(at)).unwrap();
    };
    age(app.now() - TimeDelta::hours(23));
    purge().await;
    assert!(app.files().join("cv/lost").exists(), "it may still wait for its row");
    age(app.now() - TimeDelta::hours(25));
    purge().await;
    assert!(!app.files().join("cv/lost").exists());
    assert!(app.files().join("cv/test").exists(), "the CV of an application stays");
}

/// What reads a PDF takes memory within its limit, whatever its allocator would take for itself (ADR 20, ADR 46).
#[test]
fn a_file_longer_than_its_reader_may_hold_is_not_read() {
    let not_a_pdf = Some(10);
    for (mebibytes, is_read) in [(16, true), (320, false)] {
        let file = tempfile::tempfile().unwrap();
        file.set_len(mebibytes * 1024 * 1024).unwrap();
        let ended = Command::new(beside_tests("inspect-pdf"))
            .arg(COMMAND)
            .env_clear()
            .env(ALLOCATION.0, ALLOCATION.1)
            .stdin(file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert_eq!(ended.code() == not_a_pdf, is_read, "{mebibytes} MiB: {ended:?}");
    }
}
