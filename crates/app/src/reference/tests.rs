//! The embedded files, loaded and searched.

use iae_domain::eligibility::{Criterion, Level};
use iae_domain::organisations::{CompanyKind, InstitutionKind, PrescriberKind};
use iae_domain::reference::{BirthClues, BirthCommuneRefused, TypedPlace, birth_commune};
use iae_domain::text::folded;
use iae_test_database::migrated;

use super::queries::{
    Suggested, commune_by_slug, department_and_adjacent, names_of_communes, suggest_appellations,
    suggest_communes,
};
use super::*;

use crate::Db;
use crate::imports::{FileKind, import};

/// One test for all of it: loading 35,000 communes takes a second.
#[tokio::test]
async fn the_whole_reference_is_loaded_once_and_searched() {
    let (pool, _database) = migrated(&crate::db::MIGRATOR).await;
    let db = Db::from(pool);
    let now = "2026-10-05T08:00:00Z".parse().unwrap();
    let first = load(&db, now).await.unwrap();
    assert_eq!((first.updated, first.unchanged), (0, 0));
    assert!(first.inserted > 37_000, "{first:?}");
    let changed = "insee_code,name,postcodes\n57463,Metz la Grande,57000|57050|57070\n".as_bytes();
    import(&db, FileKind::Communes, changed, now, false, |_| {}).await.unwrap();
    let second = load(&db, now).await.unwrap();
    assert_eq!((second.inserted, second.updated), (0, 0), "what an operator imported since stays");
    sqlx::query("UPDATE reference_files SET sha256 = ''").execute(&db).await.unwrap();
    let renewed = load(&db, now).await.unwrap();
    assert_eq!(
        (renewed.inserted, renewed.updated, renewed.unchanged),
        (0, 1, first.inserted - 1),
        "a new release"
    );

    for (name, search) in sqlx::query_as::<_, (String, String)>(
        "SELECT name, search FROM communes UNION SELECT label, search FROM rome_appellations",
    )
    .fetch_all(&db)
    .await
    .unwrap()
    {
        assert_eq!(folded(&name), search, "what is typed and what is stored are folded alike");
    }

    for (typed, expected) in [
        ("57000", "Metz (57)"),
        ("METZ", "Metz (57)"),
        ("saint etienne", "Saint-Étienne (42)"),
        ("Saint-Étienne-du-R", "Saint-Étienne-du-Rouvray (76)"),
        ("châlons en", "Châlons-en-Champagne (51)"),
        ("chalons-en-champagne", "Châlons-en-Champagne (51)"),
        ("oeting", "Œting (57)"),
        ("L'Haÿ", "L'Haÿ-les-Roses (94)"),
        ("l hay les", "L'Haÿ-les-Roses (94)"),
        ("75011", "Paris (75)"),
        ("69003", "Lyon 3e Arrondissement (69)"),
        ("20090", "Ajaccio (2A)"),
        ("97400", "Saint-Denis (974)"),
    ] {
        let found = names(&db, typed).await;
        assert!(found.iter().any(|name| name == expected), "{typed}: {found:?}");
    }
    let found = names(&db, "saint etienne").await;
    assert!(found[0].starts_with("Saint-Étienne ("), "the name in full, then by population: {found:?}");
    assert_eq!(found.len(), 50, "04 §4.8");
    // What may only be the beginning of a word is no abbreviation.
    assert_eq!(names(&db, "st").await[0], "Strasbourg (67)");
    births(&db).await;
    towns(&db).await;
    for nothing in ["", "  ", "5700", "00000", "%", "_", "Zzyzx"] {
        assert_eq!(names(&db, nothing).await, Vec::<String>::new(), "{nothing}");
    }

    for (typed, expected) in [
        ("jard", "Jardinier / Jardinière"),
        ("verts esp", "Ouvrier / Ouvrière des espaces verts"),
        ("A1203 jardinier", "Jardinier / Jardinière"),
        ("élag", "Elagueur / Elagueuse"),
        ("k2204", "Nettoyeur / Nettoyeuse de locaux"),
    ] {
        let found = suggest_appellations(&db, typed).await.unwrap();
        assert!(found.len() <= 10 && found.iter().any(|job| job.label == expected), "{typed}: {found:?}");
    }
    assert_eq!(
        commune_by_slug(&db, "metz-57").await.unwrap().map(|commune| commune.insee_code),
        Some("57463".into())
    );
    assert_eq!(commune_by_slug(&db, "metz-75").await.unwrap(), None);
    for nothing in ["", "ardinier", "jardinier pilote"] {
        assert_eq!(suggest_appellations(&db, nothing).await.unwrap(), [], "{nothing}");
    }

    let around: Vec<String> = department_and_adjacent(&db, "57")
        .await
        .unwrap()
        .into_iter()
        .map(|department| department.code)
        .collect();
    assert_eq!(around, ["54", "57", "67"]);
}

/// The code and the name of that day, whatever the département of today (CON-5).
async fn births(db: &Db) {
    for (typed, born, expected) in [
        ("Montreuil (93)", "1985-06-14", Ok("93048")),
        ("Montreuil (93)", "1960-06-14", Ok("75048")),
        ("Ajaccio (2A)", "1970-06-14", Ok("20004")),
        ("Lomme", "1985-06-14", Ok("59355")),
        ("Châlons-en-Champagne", "1985-06-14", Ok("51108")),
        ("Évry (91)", "1966-06-14", Ok("78228")),
        ("Lille (59)", "1985-06-14", Ok("59350")),
        ("Évry-Courcouronnes", "1966-06-14", Err(BirthCommuneRefused::UnknownAtDate)),
    ] {
        let names = names_of_communes(db, &TypedPlace::read(typed), None).await.unwrap();
        let clues = BirthClues { born: born.parse().ok(), ..BirthClues::default() };
        let found = birth_commune(&names, clues).map(|name| name.insee_code);
        assert_eq!(found, expected.map(ToOwned::to_owned), "{typed} {born}: CON-5");
    }
}

/// The whole country: population counts, then the earliest match.
async fn towns(db: &Db) {
    for (typed, first) in [
        ("par", "Paris (75)"),
        ("mar", "Marseille (13)"),
        ("mont", "Montpellier (34)"),
        ("tour", "Tours (37)"),
        ("54200", "Toul (54)"),
        ("St Avold", "Saint-Avold (57)"),
        ("Ste Marie", "Sainte-Marie (974)"),
        ("Strasbourg", "Strasbourg (67)"),
        ("Lomme", "Lille (59)"),
        ("Evry", "Évry-Courcouronnes (91)"),
        ("57036 METZ CEDEX 01", "Metz (57)"),
        ("PARIS 16", "Paris 16e Arrondissement (75)"),
        ("St Denis 97400", "Saint-Denis (974)"),
    ] {
        let found = names(db, typed).await;
        assert!(found.iter().take(5).any(|name| name == first), "{typed}: {found:?}");
    }
}

async fn names(db: &Db, typed: &str) -> Vec<String> {
    let found = suggest_communes(db, typed).await.unwrap();
    let name = |one: Suggested| format!("{} ({})", one.commune.name, one.commune.department_code);
    found.first.into_iter().map(name).collect()
}

/// First columns of a file of the project.
fn columns(file: &str, names: [&str; 2]) -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |name| header.iter().position(|column| column == name).unwrap();
    let (first, second) = (place(names[0]), place(names[1]));
    let pair = |row: csv::StringRecord| (row[first].to_owned(), row[second].to_owned());
    reader.records().map(|row| pair(row.unwrap())).collect()
}

#[test]
fn the_criteria_are_those_of_the_rules_in_their_order() {
    let file = include_str!("../../../../reference/eligibility_criteria.csv");
    let rules = |criterion: &Criterion| (criterion.code().to_owned(), criterion.label().to_owned());
    assert_eq!(columns(file, ["code", "label"]), Criterion::ALL.iter().map(rules).collect::<Vec<_>>());
    let level = |criterion: &Criterion| match criterion.level() {
        Level::One => "1".to_owned(),
        Level::Two => "2".to_owned(),
    };
    let levels: Vec<String> = columns(file, ["code", "level"]).into_iter().map(|(_, level)| level).collect();
    assert_eq!(levels, Criterion::ALL.iter().map(level).collect::<Vec<_>>());
}

#[test]
fn the_kinds_of_organisations_are_those_of_the_rules() {
    let labels = |file| columns(file, ["code", "label"]);
    let prescribers = labels(include_str!("../../../../reference/prescriber_kinds.csv"));
    for kind in PrescriberKind::ALL {
        assert!(prescribers.contains(&(kind.code().into(), kind.label().into())), "{kind:?}");
    }
    let institutions = labels(include_str!("../../../../reference/institution_kinds.csv"));
    let rules = |kind: &InstitutionKind| (kind.code().to_owned(), kind.label().to_owned());
    assert_eq!(institutions, InstitutionKind::ALL.iter().map(rules).collect::<Vec<_>>());
    let file = include_str!("../../../../reference/company_kinds.csv");
    let companies = labels(file);
    for kind in CompanyKind::ALL {
        assert!(companies.contains(&(kind.code().into(), kind.label().into())), "{kind:?}");
        assert!(columns(file, ["code", "siae"]).contains(&(kind.code().into(), kind.is_siae().to_string())));
    }
}
