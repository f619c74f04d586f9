//! Rows and files that cannot be used.

use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::imports::ImportError;
use iae_domain::imports::ImportCount;
use iae_tests::TestApp;

use super::{Files, asked, counts, import, import_as, number, world_files};

/// CMP-12: rows that cannot be used are named with their line, and break nothing.
#[tokio::test]
async fn rejected_rows_are_named_and_break_nothing() {
    let app = TestApp::new().await;
    let mut files = world_files();
    files.structures += "5791,EI,50012345600016,Sans adresse,,57000,METZ\n";
    files.structures += "5792,RQ,50012345600017,En détention,a@b.exemple.fr,57000,METZ\n";
    files.structures += "5701,ACI,38012345600011,Deux fois,direction@exemple.fr,57000,METZ\n";
    files.structures += "5793,EI,50012345600018,Ailleurs,a@b.exemple.fr,00000,NULLE PART\n";
    files.annexes =
        files.annexes.replace("VALIDE,2025-01-01,2026-12-31\n5702", "VALIDE,2025-01-01,jamais\n5702");
    let report = import(&app, &files).await;
    assert!(counts(&report).is_empty(), "the ACI stands on the annex whose row was rejected: {report:?}");
    let told: Vec<_> = report.remarks.iter().map(|one| (one.file.as_str(), one.line)).collect();
    let expected = [
        ("structures.csv", Some(5)),
        ("structures.csv", Some(7)),
        ("structures.csv", Some(8)),
        ("annexes.csv", Some(2)),
    ];
    assert_eq!(told, expected);
    let of_files = [(ImportCount::Prison, 1), (ImportCount::Rejected, 4)];
    assert_eq!(report.import.counts, of_files);
}

/// A row whose number names no annex may be that of any: none vanishes, no convention falls.
#[tokio::test]
async fn an_annex_whose_number_is_cut_did_not_vanish() {
    let app = TestApp::new().await;
    let files = world_files();
    let cut = Files { annexes: files.annexes.replace("EI057260002A0M0", "EI05726"), ..files };
    let report = import(&app, &cut).await;
    assert!(counts(&report).is_empty(), "{report:?}");
    assert_eq!(report.remarks.len(), 1);
    assert_eq!(number(&app, "SELECT count(*) FROM conventions WHERE is_active").await, 3);
}

/// What ends tomorrow is in force today.
#[tokio::test]
async fn annexes_are_not_judged_on_a_day_to_come() {
    let app = TestApp::new().await;
    let tomorrow = app.today() + TimeDelta::days(1);
    let refused = import_as(&app, &Ctx::system(app.now()), &world_files(), asked(tomorrow)).await;
    assert!(matches!(refused, Err(ImportError::Future)), "{refused:?}");
    assert_eq!(number(&app, "SELECT count(*) FROM imports").await, 0);
}

/// A file with nothing in it is no file where everything vanished.
#[tokio::test]
async fn an_empty_file_is_refused() {
    let app = TestApp::new().await;
    let empty = Files { annexes: "asp_id,kind,number,state,start_at,end_at\n".to_owned(), ..world_files() };
    let refused = import_as(&app, &Ctx::system(app.now()), &empty, asked(app.today())).await;
    assert!(matches!(&refused, Err(ImportError::Empty(name)) if name == "annexes.csv"), "{refused:?}");
    assert_eq!(number(&app, "SELECT count(*) FROM conventions WHERE is_active").await, 3);
}
