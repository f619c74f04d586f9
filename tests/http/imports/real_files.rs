//! The official files themselves, which are not in the repository: `IAE_OFFICIAL_FILES` says their folder, and
//! `scripts/structures-file` makes the one of names and addresses (docs/imports.md).

use std::fs;
use std::path::PathBuf;

use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::imports::{FileKind, import_file};
use iae_domain::imports::{ImportCount, ImportOutcome};
use iae_tests::TestApp;

use super::{Files, asked, counts, file, import_as};

#[expect(clippy::disallowed_methods, reason = "where the official files are is said from outside")]
fn official(name: &str) -> String {
    let folder = std::env::var_os("IAE_OFFICIAL_FILES").expect("IAE_OFFICIAL_FILES names a folder");
    fs::read_to_string(PathBuf::from(folder).join(name)).expect("the file is there")
}

/// 2021-06-01: 3,676 structures come in, a second run changes nothing. Today: their annexes are over, the safety stop.
#[tokio::test]
#[ignore = "needs the official files: IAE_OFFICIAL_FILES=folder"]
async fn the_flow_of_2021_comes_in_once_then_stops_today() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.ignore_jobs();
    let files = Files {
        structures: official("siae_structures.csv"),
        conventions: official("siae_conventions.csv"),
        annexes: official("siae_financial_annexes.csv"),
    };
    let ctx = Ctx::system(app.now());
    let then = asked("2021-06-01".parse().unwrap());
    let report = import_as(&app, &ctx, &files, then).await.unwrap();
    assert_eq!(report.import.count(ImportCount::CompaniesCreated), 3676, "{:?}", counts(&report));
    assert_eq!(report.import.count(ImportCount::AnnexesWritten), 11_100);
    let again = import_as(&app, &ctx, &files, then).await.unwrap();
    assert!(!again.import.has_changed(), "{:?}", counts(&again));
    app.advance(TimeDelta::days(208));
    let today = import_as(&app, &Ctx::system(app.now()), &files, asked(app.today())).await.unwrap();
    assert_eq!(today.import.outcome, ImportOutcome::Refused);
    assert_eq!(today.import.count(ImportCount::ConventionsFalling), 3676);
}

#[tokio::test]
#[ignore = "needs the official files: IAE_OFFICIAL_FILES=folder"]
async fn the_prescribers_of_2021_come_in_once() {
    let app = TestApp::new().await;
    let text = official("prescriber_organisations.csv");
    let ctx = Ctx::system(app.now());
    let mut reports = Vec::new();
    for _ in 0..2 {
        let named = file("prescriber_organisations.csv", &text);
        let report = import_file(&app.app, &ctx, FileKind::Prescribers, named, false, |_| {}).await;
        reports.push(report.unwrap());
    }
    let [first, second] = reports.as_slice() else { panic!("two runs") };
    assert_eq!(first.read, first.changes.inserted + first.changes.updated + first.rejected.len() as u64);
    assert_eq!((second.changes.inserted, second.changes.updated), (0, 0));
    assert_eq!(second.rejected, first.rejected);
}
