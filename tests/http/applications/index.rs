//! Lists of applications.

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn filters_narrow_the_list_and_nonsense_narrows_nothing() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    app.scenario()
        .application()
        .of(world::OTHER_CANDIDATE)
        .state(StateCode::Refused)
        .sent(TimeDelta::days(40))
        .insert()
        .await;
    let employer = app.browser(Persona::Employer).await;
    for (query, amel, bruno) in [
        ("", true, true),
        ("?state=new", true, false),
        ("?state=new&state=refused", true, true),
        ("?name=COLIN+br", false, true),
        ("?name=enali", false, false),
        ("?eligibility=valid", false, false),
        ("?eligibility=to_validate", true, true),
        ("?department=57", true, true),
        ("?state=nonsense", true, true),
        ("?from=2026-13-45", true, true),
        ("?after=nonsense", true, true),
        // Signs are no name: nobody has them.
        ("?name=%25", false, false),
    ] {
        let page = employer.get(&format!("/applications{query}")).await.is(200);
        let rows = page.all("tbody th").join(" ");
        assert_eq!(
            (rows.contains("Amel BENALI"), rows.contains("Bruno COLIN")),
            (amel, bruno),
            "{query}: {rows}"
        );
        assert!(page.statements.len() <= 5, "{query}: {:?}", page.statements);
    }
}

#[tokio::test]
async fn a_page_holds_twenty_and_the_next_one_the_rest_without_double() {
    let app = TestApp::new().await;
    for day in 0..23 {
        app.scenario().application().sent(TimeDelta::days(day)).insert().await;
    }
    let employer = app.browser(Persona::Employer).await;
    let first = employer.get("/applications").await.is(200);
    let second = first.click("Page suivante").await.is(200);
    let links = |page: &iae_tests::Page| page.all("tbody th").len();
    assert_eq!((links(&first), links(&second)), (20, 3));
    assert_eq!(first.statements.len(), second.statements.len(), "no statement a row");
}

#[tokio::test]
async fn each_actor_has_a_list_and_the_others_none() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    for (persona, title) in [
        (Persona::Employer, "Candidatures reçues"),
        (Persona::Prescriber, "Candidatures envoyées"),
        (Persona::Candidate, "Mes candidatures"),
    ] {
        assert_eq!(app.browser(persona).await.get("/applications").await.is(200).h1(), title);
    }
    app.browser(Persona::Inspector).await.get("/applications").await.is(403);
    app.visitor().get("/applications").await.is(303);
}
