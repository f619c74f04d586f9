//! Searches with words (rule book 04 §4.2 and §4.3, ADR 44): the same results whatever else is asked, in as few statements.

use iae_tests::{Page, TestApp, world};

/// Titles of the results, in their order.
fn results(page: &Page) -> Vec<String> {
    page.all(".result__title a")
}

async fn search(app: &TestApp, query: &str) -> Page {
    app.visitor().get(query).await.is(200)
}

const GARDENS: &str = "Les Jardins de la Seille";
const GEIQ: &str = "GEIQ BTP Lorraine";
const GARDENER: &str = "Ouvrier / Ouvrière des espaces verts";

#[tokio::test]
async fn words_and_place_are_found_together() {
    let app = TestApp::new().await;
    let table: &[(&str, &[&str])] = &[
        ("/employers?city=metz-57&q=espaces+verts", &[GARDENS]),
        ("/employers?city=metz-57&q=espaces+verts&distance=2", &[GARDENS]),
        ("/employers?city=metz-57&q=ESP%C3%80CE+v%C3%A9rt&distance=100", &[GARDENS]),
        ("/employers?city=metz-57&q=verts+espaces&kinds=ACI", &[GARDENS]),
        ("/employers?city=metz-57&q=verts+espaces&kinds=GEIQ", &[]),
        ("/employers?city=metz-57&q=seille&departments=57", &[GARDENS]),
        ("/employers?city=metz-57&q=seille&departments=54", &[]),
        ("/employers?city=metz-57&q=jard", &[GARDENS]),
        ("/employers?city=metz-57&q=ardins", &[]),
        ("/employers?city=metz-57&q=btp", &[GEIQ]),
        ("/employers?city=metz-57&q=btp+jardin", &[]),
        ("/employers?city=metz-57&q=zzyzx", &[]),
        ("/employers?city=metz-57&q=%25%27%3B--", &[]),
        ("/employers?city=metz-57&q=%5C%27%3A*+%7C+btp", &[GEIQ]),
        ("/jobs?city=metz-57&q=verts", &[GARDENER]),
        ("/jobs?city=metz-57&q=verts+jardins&distance=100", &[GARDENER]),
        ("/jobs?city=metz-57&q=verts&domains=A", &[GARDENER]),
        ("/jobs?city=metz-57&q=verts&domains=F", &[]),
        ("/jobs?city=metz-57&q=verts&contract_types=FIXED_TERM_I", &[GARDENER]),
        ("/jobs?city=metz-57&q=verts&contract_types=PERMANENT", &[]),
        ("/jobs?city=metz-57&q=zzyzx", &[]),
    ];
    for (address, expected) in table {
        let page = search(&app, address).await;
        assert_eq!(results(&page), *expected, "{address}");
        let counted = page.all(".tabs__count");
        let tab = usize::from(address.starts_with("/jobs"));
        assert_eq!(counted[tab], expected.len().to_string(), "{address}");
    }
}

#[tokio::test]
async fn words_that_say_nothing_find_what_no_word_finds() {
    let app = TestApp::new().await;
    let all = search(&app, "/employers?city=metz-57").await;
    assert_eq!(results(&all).len(), 3);
    for words in ["de+la", "h%2Ff", "+", "les"] {
        let page = search(&app, &format!("/employers?city=metz-57&q={words}")).await;
        assert_eq!(results(&page), results(&all), "{words}");
        assert_eq!(page.all(".tabs__count"), all.all(".tabs__count"), "{words}");
    }
    let nowhere = search(&app, "/employers?q=vert").await;
    assert!(nowhere.says("Où cherchez-vous ?") && nowhere.all(".tabs__count").concat().is_empty());
}

/// What an employer changes is found with the words of today, and no longer with those of yesterday.
#[tokio::test]
async fn words_follow_what_employers_write() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE job_descriptions SET custom_name = 'Maraîchère bio' WHERE id = $1")
        .bind(world::GARDENER)
        .execute(app.db())
        .await
        .unwrap();
    assert_eq!(results(&search(&app, "/jobs?city=metz-57&q=maraichere").await), ["Maraîchère bio"]);
    assert_eq!(results(&search(&app, "/employers?city=metz-57&q=bio").await), [GARDENS]);
    sqlx::query("UPDATE job_descriptions SET is_active = false WHERE id = $1")
        .bind(world::GARDENER)
        .execute(app.db())
        .await
        .unwrap();
    assert_eq!(results(&search(&app, "/jobs?city=metz-57&q=bio").await), [""; 0]);
    assert_eq!(results(&search(&app, "/employers?city=metz-57&q=bio").await), [""; 0]);
}

/// A word that many have: every page of it, in the order of all, each saying how many there are.
#[tokio::test]
async fn a_frequent_word_is_read_page_after_page() {
    let app = TestApp::new().await;
    for statement in [
        "INSERT INTO organisations (id, family, kind, siret, name, post_code, city, department_code, latitude,
                                    longitude, created_at, updated_at)
         SELECT gen_random_uuid(), 'company', 'GEIQ', lpad(n::text, 14, '0'), 'Atelier ' || n, '57000', 'Metz', '57',
                49.12, 6.17, created_at, created_at
         FROM generate_series(1, 45) n, (SELECT created_at FROM organisations LIMIT 1) o",
        "INSERT INTO companies (organisation_id, source, application_score)
         SELECT id, 'GEIQ', siret::int8 % 4 FROM organisations WHERE name ~ '^Atelier [0-9]+$'",
    ] {
        sqlx::query(statement).execute(app.db()).await.unwrap();
    }
    let mut page = search(&app, "/employers?city=metz-57&q=ateliers").await;
    let mut seen = results(&page);
    while page.links().iter().any(|link| link.contains("after=")) {
        assert_eq!(page.all(".tabs__count"), ["45", "0"]);
        page = page.click("Page suivante").await.is(200);
        seen.extend(results(&page));
    }
    assert_eq!(page.all(".tabs__count"), ["45", "0"]);
    let ordered: Vec<String> = sqlx::query_scalar(
        "SELECT display_name FROM directory_employers WHERE name LIKE 'Atelier %'
         ORDER BY application_score, organisation_id",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    assert_eq!(seen, ordered);
    let beyond = page.url.query().unwrap().replace("q=ateliers", "q=zzyzx");
    assert_eq!(search(&app, &format!("/employers?{beyond}")).await.all(".tabs__count"), ["0", "0"]);
}

/// The commune, the départements around, what is found with how much of it, and the posts of employers.
#[tokio::test]
async fn words_cost_no_statement_more() {
    let app = TestApp::new().await;
    for (address, expected) in [
        ("/employers?city=metz-57", 4),
        ("/employers?city=metz-57&q=vert", 4),
        ("/employers?city=metz-57&q=vert&distance=100&kinds=ACI&departments=57", 4),
        ("/jobs?city=metz-57", 3),
        ("/jobs?city=metz-57&q=vert", 3),
    ] {
        let page = search(&app, address).await;
        assert!(page.statements.len() <= expected, "{address}: {:#?}", page.statements);
    }
    let nothing = search(&app, "/employers?city=metz-57&q=zzyzx").await;
    assert!(nothing.statements.len() <= 5, "counted apart: {:#?}", nothing.statements);
}
