//! What Postgres reads for each page, on a base of some three hundred and fifty thousand rows: no table that grows from end to end, no sort of more than
//! a page, ten rows at most for each one given. No time is measured: what is held is what makes a page as quick in a country as in
//! a département.

mod exceptions;
mod pages;
mod plan;

use std::collections::{BTreeMap, BTreeSet};

use iae_tests::TestApp;

use exceptions::EXCEPTIONS;
use plan::Reading;

/// A page is opened so many times, and its first and last openings are looked at: from the sixth on, Postgres may keep one plan for
/// whatever is asked.
const OPENINGS: usize = 7;

/// A table that holds so many rows here is one that grows. Of a shorter one, Postgres reads all the rows where that is quickest: what it
/// would do of a long one is not seen here.
const GROWING: i64 = 5_000;
/// What pages list holds so many at least: what is read of it by an index is seen.
const SEEN: i64 = 200;

/// Those that are as long as France makes them, and may be read from end to end.
const FIXED: &[&str] = &["commune_history", "commune_names", "communes", "rome_appellations", "rome_codes"];

/// What pages list: were one of these short here, what reads it from end to end would not be seen.
const LISTED: &[&str] = &[
    "application_counts",
    "applications",
    "audit_events",
    "candidate_relations",
    "candidates",
    "directory_employers",
    "directory_jobs",
    "eligibility_diagnoses",
    "emails",
    "followed_people",
    "hired_passes",
    "invitations",
    "memberships",
    "organisations",
    "passes",
    "prolongation_requests",
    "prolongations",
    "self_prescribers",
    "suspensions",
    "users",
];

/// What Postgres plans nothing for.
const UNPLANNED: &[&str] = &["BEGIN", "COMMIT", "ROLLBACK", "SET"];

#[tokio::test]
async fn no_page_reads_more_than_it_shows() {
    let app = TestApp::grown().await;
    app.ignore_jobs();
    let growing = growing(&app).await;
    let (mut found, mut names) = (BTreeMap::new(), BTreeSet::new());
    for page in pages::all(&app).await {
        let browser = match page.who {
            Some(persona) => app.browser(persona).await,
            None => app.visitor(),
        };
        names.insert(page.name.clone());
        let mut next = Some(page.address.clone());
        // And its second page.
        for _ in 0..2 {
            let Some(address) = next.take() else { break };
            for opening in 1..=OPENINGS {
                let opened = browser.get(&address).await.is(200);
                if opening == 1 || opening == OPENINGS {
                    let planned = opened.statements.iter().filter(|text| is_planned(text)).count();
                    let heard = opened.plans.len();
                    assert!(heard >= planned, "{}: {heard} plans of {:?}", page.name, opened.statements);
                    for reading in opened.plans.iter().map(|plan| Reading::of(plan)) {
                        for (fault, figures) in reading.faults(&growing) {
                            let seen = format!("{figures}: {}", reading.statement);
                            found.entry(format!("{}: {fault}", page.name)).or_insert(seen);
                        }
                    }
                }
                next = opened.attribute("a[rel=next]", "href");
            }
        }
    }
    let excepted: BTreeSet<&str> = EXCEPTIONS.iter().map(|(fault, _)| *fault).collect();
    let new: Vec<String> = found
        .iter()
        .filter(|(fault, _)| !excepted.contains(fault.as_str()))
        .map(|(fault, seen)| format!("    ({fault:?}, \"…\"), // {seen:.600}"))
        .collect();
    assert!(
        new.is_empty(),
        "pages that read more than they show; mend them, or list them with the reason in tests/http/rows_read/exceptions.rs:\n{}",
        new.join("\n")
    );
    // One that is no longer so may be what Postgres guessed of its samples this time: whoever mends a page takes it out.
    for fault in excepted {
        let name = fault.rsplit_once(": ").map(|(name, _)| name);
        assert!(name.is_some_and(|name| names.contains(name)), "no page is called so: {fault}");
    }
}

/// Whether Postgres says how it goes about this statement.
fn is_planned(statement: &str) -> bool {
    let first = statement.split_whitespace().next().unwrap_or_default();
    !UNPLANNED.contains(&first.trim_end_matches(';'))
}

/// The tables that grow, by what they hold here.
async fn growing(app: &TestApp) -> BTreeSet<String> {
    let tables: Vec<(String, i64)> = sqlx::query_as(
        "SELECT relname::text, reltuples::bigint FROM pg_class
         WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    let rows: i64 = tables.iter().map(|(_, rows)| rows.max(&0)).sum();
    assert!(rows > 300_000, "{rows} rows");
    for table in LISTED {
        let is_seen = tables.iter().any(|(name, rows)| name == table && *rows >= SEEN);
        assert!(is_seen, "{table} is short: {tables:?}");
    }
    let grows = |(table, rows): &(String, i64)| *rows >= GROWING && !FIXED.contains(&table.as_str());
    tables.into_iter().filter(grows).map(|(table, _)| table).collect()
}
