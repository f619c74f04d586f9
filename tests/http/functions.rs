//! Functions of the schema are planned with the statements that call them (ADR 16).

use std::path::Path;

use iae_tests::TestApp;

/// Functions that give one value and read tables, hence are planned anew at each statement that calls them. No list and no page
/// that is opened all day calls one: those read by a function that returns rows. This list only shrinks.
const PLANNED_ANEW: &[&str] = &[
    "active_ddets",
    "has_report",
    "has_twin",
    "heir_of",
    "is_followed",
    "new_attestation_code",
    "organisations_of_siret",
    "siret_held_from",
    "usual_answer_days",
];

/// Those that nothing calls any more but the version before this one. This list only shrinks.
const LEFT_BEHIND: &[&str] = &[
    "certifications_of",
    "commune_name_on",
    "decisions_of",
    "file_opened_since",
    "first_structure_of",
    "follows_application",
    "has_acted_for",
    "has_applied_for",
    "held_pass",
    "inherited_by",
    "is_related",
    "parcours",
    "withdrawals_of",
];

#[tokio::test]
async fn a_function_that_reads_tables_returns_rows() {
    let app = TestApp::new().await;
    let found: Vec<String> = sqlx::query_scalar(
        r"
        SELECT DISTINCT p.proname::text
        FROM pg_proc p
        JOIN pg_language l ON l.oid = p.prolang AND l.lanname = 'sql'
        WHERE p.pronamespace = 'public'::regnamespace
          AND NOT p.proretset
          AND p.prorettype <> 'void'::regtype
          AND (pg_get_function_sqlbody(p.oid) ~ '\mSELECT\M' OR p.prosrc ~* '\mFROM\M')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        ORDER BY 1
        ",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    let mut listed = [PLANNED_ANEW, LEFT_BEHIND].concat();
    listed.sort_unstable();
    assert_eq!(
        found, listed,
        "what a page reads is a function that RETURNS TABLE, called in FROM (ADR 16); one that is gone is taken off its list"
    );
}

#[test]
fn no_statement_calls_what_is_left_to_the_version_before() {
    let described = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.sqlx");
    let mut read = 0;
    for file in std::fs::read_dir(described).unwrap() {
        let statement = std::fs::read_to_string(file.unwrap().path()).unwrap();
        read += 1;
        let called = LEFT_BEHIND.iter().find(|name| calls(&statement, name));
        assert_eq!(called, None, "read_… says it (ADR 16), in: {statement}");
    }
    assert!(read > 500, "{read} statements");
}

/// Whether the statement calls exactly this function.
fn calls(statement: &str, name: &str) -> bool {
    statement.match_indices(name).any(|(at, _)| {
        let before = statement[..at].chars().next_back();
        let after = statement[at + name.len()..].chars().next();
        after == Some('(') && before.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_')
    })
}
