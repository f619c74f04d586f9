//! The list of PASS as a file (rule book 03 §4.14).

use iae_tests::{Persona, TestApp};

use super::{asked, hired_by_the_ei, passes, walk};

#[tokio::test]
async fn the_export_is_the_list_in_its_order() {
    let app = TestApp::new().await;
    let ends: Vec<i64> = (0..30).map(|n| n * 11 % 31 * 9 - 60).collect();
    passes(&app, &ends).await;
    for n in [1, 5, 9] {
        asked(&app, n, "pending").await;
    }
    hired_by_the_ei(&app, 4).await;
    for persona in [Persona::Employer, Persona::Prescriber] {
        let browser = app.browser(persona).await;
        for query in
            ["", "within=3", "prolongation=pending", "kind=ACI&state=valid", "kind=EI", "sort=-end&within=7"]
        {
            let (pages, _) = walk(&browser, &format!("/pass?{query}"), "Page suivante").await;
            let file = browser.get(&format!("/pass?{query}&format=csv")).await.is(200);
            let first = |line: &str| line.split(';').next().unwrap_or_default().to_owned();
            let number =
                |name: String| name.rsplit("NUMERO").next().and_then(|n| n.parse().ok()).unwrap_or(0);
            let exported: Vec<usize> = file.html.lines().skip(1).map(first).map(number).collect();
            assert_eq!(exported, pages.concat(), "{persona:?} {query}");
            assert!(file.html.contains(";Prolongation;"), "{}", file.html);
        }
        let file = browser.get("/pass?prolongation=pending&format=csv").await.is(200);
        assert_eq!(file.html.matches("Prolongation demandée").count(), 3, "{}", file.html);
    }
}

/// A file counts; a page says the count in words too.
#[tokio::test]
async fn the_days_left_are_a_number_in_a_file() {
    let app = TestApp::new().await;
    passes(&app, &[122, -5]).await;
    let employer = app.browser(Persona::Employer).await;
    assert!(employer.get("/pass").await.is(200).says("123 jours (4 mois)"));
    let file = employer.get("/pass?format=csv").await.is(200);
    let rows: Vec<Vec<&str>> = file.html.lines().map(|line| line.trim_end().split(';').collect()).collect();
    let place = rows[0].iter().position(|header| *header == "Jours restants").unwrap();
    assert_eq!(rows[1..].iter().map(|row| row[place]).collect::<Vec<_>>(), ["123", "730", "0"]);
}
