//! Each kind of file, from the bytes to the tables: what enters, what is rejected and why, and that a second run changes
//! nothing.

use iae_test_database::migrated;

use super::*;

/// When the files are read.
fn october() -> DateTime<Utc> {
    "2026-10-05T08:00:00Z".parse().unwrap()
}

async fn imported(db: &Db, kind: FileKind, file: &str) -> Report {
    import(db, kind, file.as_bytes(), october(), false, |_| {}).await.unwrap()
}

/// Imports a file twice: the report of the first run, once the second is seen to change nothing.
async fn imported_twice(db: &Db, kind: FileKind, file: &str) -> Report {
    let first = imported(db, kind, file).await;
    let second = imported(db, kind, file).await;
    let accepted = first.changes.inserted + first.changes.updated + first.changes.unchanged;
    assert_eq!(first.read, accepted + first.rejected.len() as u64, "every row is accounted for");
    assert_eq!(second.changes, Changes { inserted: 0, updated: 0, unchanged: accepted });
    assert_eq!(second.rejected, first.rejected);
    first
}

/// Lines rejected, and in whose words.
fn rejected(report: &Report) -> Vec<(u64, String)> {
    report.rejected.iter().map(|rejection| (rejection.line, rejection.reason.to_string())).collect()
}

/// Two départements, their communes and a ROME code.
async fn world(db: &Db) {
    for statement in [
        "INSERT INTO regions VALUES ('44', 'Grand Est'), ('94', 'Corse')",
        "INSERT INTO departments (code, name, region_code) VALUES ('57', 'Moselle', '44'), ('2A', 'Corse-du-Sud', '94')",
        "INSERT INTO rome_domains VALUES ('A', 'Agriculture')",
        "INSERT INTO rome_codes VALUES ('A1203', 'Espaces verts')",
    ] {
        sqlx::query(statement).execute(db).await.unwrap();
    }
}

async fn count(db: &Db, condition: &'static str) -> i64 {
    sqlx::query_scalar(condition).fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn communes_enter_once_and_bad_rows_are_named() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    let report = imported_twice(&db, FileKind::Communes, include_str!("fixtures/communes.csv")).await;
    assert_eq!((report.read, report.changes.inserted), (7, 3));
    assert_eq!(
        rejected(&report),
        [
            (4, "décrit la même chose que la ligne 3".into()),
            (6, "« department » vaut « 99 », inconnu de la plateforme".into()),
            (7, "« name » est vide".into()),
            (8, "« latitude » vaut « NaN » : hors de la Terre".into()),
        ]
    );
}

#[tokio::test]
async fn what_a_file_does_not_say_stays() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    imported(&db, FileKind::Communes, include_str!("fixtures/communes.csv")).await;
    let bare = "insee,name,postcodes\n57463,Metz la Grande,57000|57050|57070\n";
    assert_eq!(imported(&db, FileKind::Communes, bare).await.changes.updated, 1);
    let kept = "SELECT count(*) FROM communes \
                WHERE name = 'Metz la Grande' AND population = 121695 AND latitude = 49.12";
    assert_eq!(count(&db, kept).await, 1);
}

/// D23: the post code is of the département next door.
#[tokio::test]
async fn an_organisation_is_in_the_département_of_its_commune() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    sqlx::query("INSERT INTO departments (code, name, region_code) VALUES ('03', 'Allier', '44'), ('42', 'Loire', '44')")
        .execute(&db)
        .await
        .unwrap();
    let communes =
        "insee,name,postcodes\n03250,Saint-Pierre-Laval,42620\n42257,Saint-Martin-d'Estréaux,42620\n";
    imported(&db, FileKind::Communes, communes).await;
    let prescribers = "kind,name,siret,post_code,city\n\
        ML,Au-delà,10000000000017,42620,ST PIERRE LAVAL\n\
        ML,En deçà,10000000000025,42620,SAINT MARTIN D ESTREAUX\n\
        ML,Inconnue,10000000000033,42620,AILLEURS\n";
    imported(&db, FileKind::Prescribers, prescribers).await;
    let institutions = "kind,name,department,post_code,city\n\
        DDETS IAE,Direction,,42620,Saint-Pierre-Laval\n\
        DREETS IAE,Direction,42,42620,Saint-Pierre-Laval\n";
    imported(&db, FileKind::Institutions, institutions).await;
    let found: Vec<(String, String)> =
        sqlx::query_as("SELECT name, department_code FROM organisations ORDER BY name, department_code")
            .fetch_all(&db)
            .await
            .unwrap();
    let expected =
        [("Au-delà", "03"), ("Direction", "03"), ("Direction", "42"), ("En deçà", "42"), ("Inconnue", "42")];
    assert_eq!(found, expected.map(|(name, department)| (name.to_owned(), department.to_owned())));
}

#[tokio::test]
async fn appellations_need_their_code() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    let report = imported_twice(&db, FileKind::Rome, include_str!("fixtures/appellations.csv")).await;
    assert_eq!(report.changes.inserted, 2);
    assert_eq!(report.rejected.iter().map(|rejection| rejection.line).collect::<Vec<_>>(), [4, 5]);
    let codes =
        imported_twice(&db, FileKind::Rome, "code,label\nA1203,Jardins\nA1401,Cueillette\nB1101,Art\n").await;
    assert_eq!((codes.changes.inserted, codes.changes.updated, codes.rejected.len()), (1, 1, 1));
}

#[tokio::test]
async fn prescribers_enter_with_the_authorisation_the_rules_give() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    let report = imported_twice(&db, FileKind::Prescribers, include_str!("fixtures/prescribers.csv")).await;
    assert_eq!((report.read, report.changes.inserted), (10, 5));
    assert_eq!(
        rejected(&report),
        [
            (4, "agence France Travail sans code SAFIR ni SIRET : rien ne l'identifie".into()),
            (6, "décrit la même chose que la ligne 5".into()),
            (9, "une organisation de type Autre ne peut pas être habilitée".into()),
            (10, "« kind » vaut « PE » : type d'organisation prescriptrice attendu".into()),
            (11, "« post_code » vaut « 99000 », inconnu de la plateforme".into()),
        ]
    );
    let validated = "SELECT count(*) FROM prescriber_organisations WHERE authorisation_status = 'VALIDATED'";
    assert_eq!(count(&db, validated).await, 4, "PRE-10: agencies are validated");
    assert_eq!(
        count(&db, "SELECT count(*) FROM prescriber_organisations WHERE is_brsa").await,
        1,
        "PRE-5: ODC"
    );
}

/// D15: an order makes an OHPD of what the file calls « Autre »; it stays one organisation, and stays authorised. The same of one whose
/// kind the team changed (PRE-9).
#[tokio::test]
async fn an_organisation_whose_kind_changed_gets_no_twin() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    let file = "kind,name,siret,post_code\nAutre,Association,10000000000017,57000\nCHRS,Foyer,10000000000025,57000\n";
    imported(&db, FileKind::Prescribers, file).await;
    for (from, to) in [("OTHER", "OHPD"), ("CHRS", "CHU")] {
        let changed =
            "UPDATE organisations SET kind = $2, updated_at = updated_at + interval '1 day' WHERE kind = $1";
        sqlx::query(changed).bind(from).bind(to).execute(&db).await.unwrap();
        let status = if to == "OHPD" { "VALIDATED" } else { "NOT_SET" };
        let changed =
            "UPDATE prescriber_organisations SET kind = $2, authorisation_status = $3 WHERE kind = $1";
        sqlx::query(changed).bind(from).bind(to).bind(status).execute(&db).await.unwrap();
    }
    let again = file.replace("Association", "Association de Metz");
    let report = imported(&db, FileKind::Prescribers, &again).await;
    assert_eq!((report.changes.inserted, report.changes.updated), (0, 1));
    assert_eq!(count(&db, "SELECT count(*) FROM organisations WHERE family = 'prescriber'").await, 2);
    let authorised = "SELECT count(*) FROM organisations JOIN prescriber_organisations ON organisation_id = id \
                      WHERE name = 'Association de Metz' AND organisations.kind = 'OHPD' AND authorisation_status = 'VALIDATED'";
    assert_eq!(count(&db, authorised).await, 1);
}

#[tokio::test]
async fn an_import_never_undoes_what_staff_decided() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    let file = include_str!("fixtures/prescribers.csv");
    imported(&db, FileKind::Prescribers, file).await;
    sqlx::query("UPDATE prescriber_organisations SET authorisation_status = 'VALIDATED' WHERE kind = 'ML'")
        .execute(&db)
        .await
        .unwrap();
    imported(&db, FileKind::Prescribers, &file.replace("Mission locale;", "Mission locale de Metz;")).await;
    let kept = "SELECT count(*) FROM organisations JOIN prescriber_organisations ON organisation_id = id \
                WHERE name = 'Mission locale de Metz' AND authorisation_status = 'VALIDATED'";
    assert_eq!(count(&db, kept).await, 1, "PRE-7");
}

#[tokio::test]
async fn an_agency_never_takes_the_siret_of_another() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    let header = "kind,name,siret,code_safir,post_code\n";
    imported(&db, FileKind::Prescribers, &format!("{header}FT,Une,10000000000017,57001,57000\n")).await;
    let report =
        imported(&db, FileKind::Prescribers, &format!("{header}FT,Deux,10000000000017,57002,57000\n")).await;
    assert_eq!(report.changes.inserted, 1);
    assert_eq!(count(&db, "SELECT count(*) FROM organisations WHERE siret IS NULL").await, 1, "PRE-17");
}

#[tokio::test]
async fn an_agency_entered_without_its_code_is_completed() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    let file = |safir| format!("kind,name,siret,code_safir,post_code\nFT,Une,10000000000017,{safir},57000\n");
    imported(&db, FileKind::Prescribers, &file("")).await;
    let completed = imported_twice(&db, FileKind::Prescribers, &file("57001")).await;
    assert_eq!(completed.changes, Changes { inserted: 0, updated: 1, unchanged: 0 });
    assert_eq!(
        count(&db, "SELECT count(*) FROM prescriber_organisations WHERE code_safir = '57001'").await,
        1
    );
}

#[tokio::test]
async fn there_is_one_ddets_a_departement() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    let report = imported_twice(&db, FileKind::Institutions, include_str!("fixtures/institutions.csv")).await;
    assert_eq!(report.changes.inserted, 3);
    assert_eq!(report.rejected.iter().map(|rejection| rejection.line).collect::<Vec<_>>(), [3, 6, 7]);
    assert_eq!(count(&db, "SELECT count(*) FROM institutions WHERE region_code = '44'").await, 2);
    let renamed = "kind,name,department\nDDETS IAE,DDETS nouvelle,57\n";
    assert_eq!(
        imported(&db, FileKind::Institutions, renamed).await.changes.updated,
        1,
        "the same one, renamed"
    );
}

#[tokio::test]
async fn zones_are_kept_on_the_communes() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    imported(&db, FileKind::Communes, include_str!("fixtures/communes.csv")).await;
    let report = imported_twice(&db, FileKind::Zrr, include_str!("fixtures/zrr.csv")).await;
    assert_eq!((report.changes.inserted, report.rejected.len()), (2, 2));
    assert_eq!(imported(&db, FileKind::Zrr, "insee_code,status\n57630,PC\n").await.changes.updated, 1);
}

#[tokio::test]
async fn a_dry_run_says_everything_and_writes_nothing() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    let file = include_str!("fixtures/prescribers.csv");
    let dry = import(&db, FileKind::Prescribers, file.as_bytes(), october(), true, |_| {}).await.unwrap();
    assert_eq!(count(&db, "SELECT count(*) FROM organisations").await, 0);
    assert_eq!(imported(&db, FileKind::Prescribers, file).await, dry);
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused_whole() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    let refused =
        import(&db, FileKind::Prescribers, "kind,name\nML,Mission\n".as_bytes(), october(), false, |_| {})
            .await;
    assert!(matches!(refused, Err(ImportError::MissingColumn("siret"))), "{refused:?}");
    let alone = import(&db, FileKind::Annexes, "asp_id\n1\n".as_bytes(), october(), false, |_| {}).await;
    assert!(matches!(alone, Err(ImportError::Together)), "{alone:?}");
    let empty = import(&db, FileKind::Zrr, "".as_bytes(), october(), false, |_| {}).await;
    assert!(matches!(empty, Err(ImportError::MissingColumn(_))), "{empty:?}");
}

#[tokio::test]
async fn progress_is_told_batch_by_batch() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    world(&db).await;
    let row = |rank: u32| format!("ML,Mission,{rank:014},57000\n");
    let file = format!("kind,name,siret,post_code\n{}", (1..=2500).map(row).collect::<Vec<_>>().concat());
    let mut told = Vec::new();
    import(&db, FileKind::Prescribers, file.as_bytes(), october(), false, |read| told.push(read))
        .await
        .unwrap();
    assert_eq!(told, [1000, 2000, 2500]);
}
