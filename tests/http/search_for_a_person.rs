//! Searching for a person one accompanies: named on every page, by id alone in addresses (rule book 04 §4.1).

use iae_tests::{Page, Persona, TestApp, world};

const LEAVE: &str = "Quitter la recherche pour cette personne";

fn banner(page: &Page) -> String {
    page.all(".for-person p").into_iter().next().unwrap_or_default()
}

/// The address of a page, for Amel Benali.
fn for_amel(path: &str) -> String {
    format!("{path}{}for={}", if path.contains('?') { '&' } else { '?' }, world::CANDIDATE)
}

#[tokio::test]
async fn a_person_is_named_on_every_page_of_the_search_and_never_in_an_address() {
    let app = TestApp::new().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let file = prescriber.get(&format!("/candidates/{}", world::CANDIDATE)).await.is(200);
    let found = file.click("Chercher un employeur pour Amel BENALI").await.follow().await.is(200);
    let canonical = for_amel("city=metz-57").replace('?', "&");
    assert_eq!(found.url.query(), Some(canonical.as_str()), "where they live");
    let filtered = found.form("/employers").check("kinds", "ACI").submit().await.is(200);
    let jobs = filtered.click("Postes ouverts au recrutement").await.is(200);
    let card = filtered.click("Les Jardins de la Seille").await.is(200);
    let post = card.click("Ouvrier / Ouvrière des espaces verts").await.is(200);
    for page in [&found, &filtered, &jobs, &card, &post] {
        assert_eq!(banner(page), "Pour Amel BENALI", "{}", page.url);
        let addresses = page.links().join(" ").to_lowercase();
        assert!(!addresses.contains("amel") && !addresses.contains("benali"), "{addresses}");
    }
    for page in [&filtered, &card, &post] {
        let start = page.link("Proposer Amel");
        assert!(start.contains(&format!("candidate={}", world::CANDIDATE)), "{start}");
        assert!(!page.says("Postuler"));
    }
    let left = post.click(LEAVE).await.is(200);
    assert!(banner(&left).is_empty() && left.url.path() == post.url.path(), "the same page");
    assert!(left.link("Postuler").contains(&format!("job={}", world::GARDENER)));
    let again = left.click("Employeurs").await.is(200);
    assert!(banner(&again).is_empty(), "nor is the search one came from for them");
    assert!(banner(&found.click(LEAVE).await.is(200)).is_empty());
}

#[tokio::test]
async fn the_list_of_people_leads_to_a_search_for_each() {
    let app = TestApp::new().await;
    let list = app.browser(Persona::Prescriber).await.get("/candidates").await.is(200);
    let found = list.click("Chercher un employeur pour Amel BENALI").await.follow().await.is(200);
    assert_eq!(banner(&found), "Pour Amel BENALI");
}

/// D4, SUB-21: someone the organisation does not deal with is not found, on any page of the search.
#[tokio::test]
async fn someone_one_does_not_deal_with_is_not_found() {
    let app = TestApp::new().await;
    let pages = [
        "/employers?city=metz-57".to_owned(),
        "/jobs?city=metz-57".to_owned(),
        format!("/employers/{}", world::ACI),
        format!("/jobs/{}", world::GARDENER),
    ];
    for page in pages {
        let page = for_amel(&page);
        for persona in [Persona::OtherPrescriber, Persona::OtherEmployer, Persona::Inspector, Persona::Staff]
        {
            let answer = app.browser(persona).await.get(&page).await.is(404);
            assert!(!answer.says("Amel"), "{persona:?} {page}");
        }
        let visitor = app.visitor().get(&page).await.is(303);
        assert!(visitor.location().unwrap().contains("/login"), "a session that ended: back here after it");
        let candidate = app.browser(Persona::OtherCandidate).await.get(&page).await.is(200);
        assert!(banner(&candidate).is_empty(), "SUB-21: candidates search for themselves");
    }
    assert!(app.audit_trail().await.is_empty(), "nobody read who it is");
}

/// PII-4, D34: who sees initials keeps seeing initials; who sees the name opens the file, once a day.
#[tokio::test]
async fn the_name_is_shown_as_the_reader_may_see_it() {
    let app = TestApp::new().await;
    app.scenario().application().by(Persona::Orienter).insert().await;
    // A colleague sent it: the organisation deals with her, and the reader did not apply for her (D30).
    sqlx::query("UPDATE applications SET sender_id = $1")
        .bind(world::PRESCRIBER)
        .execute(app.db())
        .await
        .unwrap();
    let url = for_amel("/employers?city=metz-57");
    let page = app.browser(Persona::Orienter).await.get(&url).await.is(200);
    assert!(page.says("Proposer cette personne"));
    assert!(!page.html.contains("Amel"), "{page:?}");
    assert_eq!(app.audit_trail().await, [""; 0]);
    let employer = app.browser(Persona::Employer).await;
    for _ in 0..2 {
        assert!(employer.get(&url).await.is(200).says("Proposer Amel"), "PII-1");
    }
    assert_eq!(app.audit_trail().await, ["candidate.searched_for"]);
    for page in [url, for_amel("/jobs?city=metz-57")] {
        let page = employer.get(&page).await;
        assert!(page.statements.len() <= 8, "{:#?}", page.statements);
    }
}
