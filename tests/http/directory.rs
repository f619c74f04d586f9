//! Home, search of employers, cards of companies and posts (rule book 04 §4, CMP-27, CMP-34 to CMP-39).

use chrono::TimeDelta;
use iae_tests::{Page, Persona, TestApp, world};

/// Titles of the results, in their order.
fn results(page: &Page) -> Vec<String> {
    page.all(".result__title a")
}

async fn run(app: &TestApp, sql: &'static str) {
    sqlx::query(sql).execute(app.db()).await.unwrap();
}

#[tokio::test]
async fn the_home_page_searches_from_a_commune_typed_without_script() {
    let app = TestApp::new().await;
    let home = app.visitor().get("/").await.is(200);
    assert!(home.bytes.len() < 60_000, "{} bytes", home.bytes.len());
    assert!(home.says("J’accompagne une personne") && home.says("Je recrute"));
    let found = home.form("/employers").fill("q", "espace vert").fill("place", "metz").submit().await;
    let found = found.follow().await.is(200);
    assert_eq!(found.url.query(), Some("q=espace+vert&city=metz-57"), "the address is the canonical one");
    assert_eq!(found.h1(), "Emplois inclusifs à 25 km du centre de Metz (57)");
    assert_eq!(results(&found), ["Les Jardins de la Seille"], "accents, plurals and articles aside");
}

#[tokio::test]
async fn a_place_that_is_missing_unknown_or_ambiguous_is_said_beside_its_field() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    assert!(visitor.get("/employers").await.is(200).says("Où cherchez-vous ?"));
    let unknown = visitor.get("/employers?place=Zzyzx&q=bois").await.is(200);
    assert!(unknown.error("place").unwrap().contains("« Zzyzx »"));
    assert_eq!(unknown.value("q").as_deref(), Some("bois"), "what was typed is kept");
    assert!(!unknown.says("Aucun résultat"), "one thing is said: the commune is unknown");
    assert!(visitor.get("/employers?city=nulle-part-99").await.is(200).error("place").is_some());
    let several = visitor.get("/jobs?place=monti").await.is(200);
    assert!(several.error("place").unwrap().contains("Plusieurs communes"));
    assert!(several.links().iter().any(|link| link.contains("city=montigny-les-metz-57")));
}

#[tokio::test]
async fn members_come_first_then_recruiters_then_the_least_asked() {
    let app = TestApp::new().await;
    run(&app, "UPDATE companies SET application_score = 2").await;
    run(&app, "UPDATE companies SET application_score = 'Infinity' WHERE organisation_id::text LIKE '%203'")
        .await;
    let page = app.visitor().get("/employers?city=metz-57&distance=50").await.is(200);
    let expected = ["Les Jardins de la Seille", "Moselle Rénov'", "GEIQ BTP Lorraine", "Services Plus"];
    assert_eq!(results(&page), expected, "CMP-39: the AI has no member, the GEIQ is new");
    run(&app, "UPDATE companies SET application_score = 1 WHERE organisation_id::text LIKE '%202'").await;
    run(&app, "UPDATE companies SET block_applications_at = spontaneous_open_since WHERE organisation_id::text LIKE '%203'").await;
    let page = app.visitor().get("/employers?city=metz-57&distance=50").await;
    let expected = ["Moselle Rénov'", "Les Jardins de la Seille", "GEIQ BTP Lorraine", "Services Plus"];
    assert_eq!(results(&page), expected);
    assert!(page.says("ne prend pas de nouvelle candidature"), "CMP-35");
    assert!(page.says("n’est pas encore inscrit"));
}

#[tokio::test]
async fn pages_follow_one_another_without_a_gap_nor_a_repeat() {
    let app = TestApp::new().await;
    run(
        &app,
        "INSERT INTO organisations (id, family, kind, siret, name, post_code, city, department_code, latitude,
                                    longitude, created_at, updated_at)
         SELECT gen_random_uuid(), 'company', 'GEIQ', lpad(n::text, 14, '0'), 'GEIQ ' || n, '57000', 'Metz', '57',
                49.12, 6.17, created_at, created_at
         FROM generate_series(1, 25) n, (SELECT created_at FROM organisations LIMIT 1) o",
    )
    .await;
    run(
        &app,
        "INSERT INTO companies (organisation_id, source, application_score, spontaneous_open_since)
         SELECT id, 'GEIQ', CASE WHEN siret::int8 % 3 = 0 THEN 'Infinity'::float8 ELSE siret::int8 % 4 END,
                CASE WHEN siret::int8 % 2 = 0 THEN created_at END
         FROM organisations WHERE name ~ '^GEIQ [0-9]+$'",
    )
    .await;
    let mut page = app.visitor().get("/employers?city=metz-57&kinds=GEIQ").await.is(200);
    let mut seen = results(&page);
    assert_eq!(seen.len(), 20, "04 §4.1, amended: as many as three screens hold");
    while page.links().iter().any(|link| link.contains("after=")) {
        page = page.click("Page suivante").await.is(200);
        seen.extend(results(&page));
    }
    assert_eq!(seen.len(), 26);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 26);
}

#[tokio::test]
async fn filters_reduce_what_they_may_and_can_be_taken_away() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let page =
        visitor.get("/employers?city=metz-57&kinds=ACI&contract_types=PERMANENT&domains=N").await.is(200);
    assert_eq!(
        results(&page),
        ["Les Jardins de la Seille"],
        "contracts and domains never reduce the employers"
    );
    assert_eq!(page.all(".tabs__count"), ["1", "0"]);
    let all = page.click("Atelier et chantier d’insertion").await;
    assert_eq!(results(&all).len(), 3, "without its chip, every kind within 25 km");
    let cleared = page.click("Effacer tout").await;
    assert_eq!(cleared.url.query(), Some("city=metz-57"));
    assert_eq!(results(&visitor.get("/employers?city=metz-57&distance=2").await).len(), 2, "2 km");
    assert_eq!(results(&visitor.get("/employers?city=metz-57&departments=54").await), [""; 0]);
    assert_eq!(results(&visitor.get("/employers?city=metz-57&first_hours=true").await), [""; 0]);
    let adapted = visitor.get("/employers?city=metz-57&kinds=EA").await.is(200);
    assert!(
        adapted.says("Les entreprises adaptées ne sont pas dans ce service") && results(&adapted).is_empty()
    );
}

#[tokio::test]
async fn open_posts_are_found_where_the_work_is() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let page = visitor.get("/jobs?city=metz-57").await.is(200);
    assert_eq!(
        results(&page),
        ["Ouvrier / Ouvrière des espaces verts"],
        "closed and distant posts are not shown"
    );
    run(&app, "UPDATE job_descriptions SET commune_code = '57463' WHERE id::text LIKE '%303'").await;
    assert_eq!(
        results(&visitor.get("/jobs?city=metz-57").await).len(),
        2,
        "the place of work, not of the company"
    );
    assert_eq!(results(&visitor.get("/jobs?city=metz-57&domains=F").await), ["Maçon / Maçonne"]);
    run(&app, "UPDATE companies SET block_applications_at = spontaneous_open_since").await;
    assert!(results(&visitor.get("/jobs?city=metz-57").await).is_empty(), "CMP-35");
}

#[tokio::test]
async fn nonsense_in_the_address_shows_a_page() {
    let app = TestApp::new().await;
    for query in [
        "city=metz-57&distance=-1&kinds=%07&departments=%27&after=AAAA&candidate=x",
        "city=metz-57&after=____________________________________&q=%25%27%3B--%07",
        "city=%FF&q=%F0%9F",
        "place=%25",
        "&&&==&",
    ] {
        for path in ["/employers", "/jobs"] {
            app.visitor().get(&format!("{path}?{query}")).await.is(200);
        }
    }
    for path in ["/employers/x", "/jobs/x", "/employers/0190e7a0-0000-7000-8000-000000000001"] {
        app.visitor().get(path).await.is(404);
    }
}

#[tokio::test]
async fn a_card_leads_to_an_application_and_keeps_the_candidate() {
    let app = TestApp::new().await;
    let candidate = world::CANDIDATE;
    let prescriber = app.browser(Persona::Prescriber).await;
    let page = prescriber.get(&format!("/employers?city=metz-57&kinds=ACI&for={candidate}")).await.is(200);
    let apply = format!("/application-drafts/new?company={}&candidate={candidate}", world::ACI);
    assert!(page.links().iter().any(|link| link.contains(&apply)), "{:?}", page.links());
    let card = page.click("Les Jardins de la Seille").await.is(200);
    assert!(card.says("Un accompagnement chaque semaine."));
    assert!(!card.says("LES JARDINS DE LA SEILLE"), "the legal name is not repeated in capitals");
    assert!(!card.html.contains("direction@exemple.fr"), "CMP-7");
    assert!(card.says("Chef d’équipe"), "closed posts are listed apart");
    let job = card.click("Ouvrier / Ouvrière des espaces verts").await.is(200);
    let apply = format!("?company={}&job={}&candidate={candidate}", world::ACI, world::GARDENER);
    assert!(job.links().iter().any(|link| link.contains(&apply)), "{:?}", job.links());
    let closed = prescriber.get(&format!("/jobs/{}", world::CLOSED_JOB)).await.is(200);
    assert!(closed.says("Ce poste n’est plus ouvert."), "CMP-37");
}

#[tokio::test]
async fn a_company_nobody_may_find_has_no_card() {
    let app = TestApp::new().await;
    let (card, job) = (format!("/employers/{}", world::ACI), format!("/jobs/{}", world::GARDENER));
    let both = async |status| {
        app.visitor().get(&card).await.is(status);
        app.visitor().get(&job).await.is(status);
    };
    both(200).await;
    run(&app, "UPDATE companies SET is_searchable = false").await;
    both(404).await;
    run(&app, "UPDATE companies SET is_searchable = true").await;
    run(&app, "UPDATE conventions SET is_active = false, deactivated_at = created_at + interval '239 days'")
        .await;
    both(404).await;
    assert_eq!(
        results(&app.visitor().get("/employers?city=metz-57").await),
        ["GEIQ BTP Lorraine"],
        "04 §4.2: grace"
    );
}

/// SUB-52, amended: at most one application in three weeks, for a post published for less than thirty days.
#[tokio::test]
async fn a_new_post_little_asked_for_says_so() {
    let app = TestApp::new().await;
    let published = async |ago: TimeDelta| {
        sqlx::query("UPDATE job_descriptions SET created_at = $1")
            .bind(app.now() - ago)
            .execute(app.db())
            .await
            .unwrap();
    };
    let said = async || {
        let mut said = Vec::new();
        for page in [
            &format!("/jobs/{}", world::GARDENER),
            &format!("/employers/{}", world::ACI),
            "/jobs?city=metz-57",
            "/employers?city=metz-57",
        ] {
            said.push(app.visitor().get(page).await.is(200).says("Soyez parmi les premiers à postuler"));
        }
        assert!(said.iter().all(|one| *one == said[0]), "the same everywhere: {said:?}");
        said[0]
    };
    published(TimeDelta::days(30) - TimeDelta::minutes(1)).await;
    assert!(said().await, "new for thirty days");
    published(TimeDelta::days(30)).await;
    assert!(!said().await);
    published(TimeDelta::days(1)).await;
    let applied = || app.scenario().application().for_job(world::GARDENER);
    applied().sent(TimeDelta::weeks(3) + TimeDelta::hours(1)).insert().await;
    applied().insert().await;
    assert!(said().await, "one in three weeks");
    applied().of(world::OTHER_CANDIDATE).insert().await;
    assert!(!said().await, "two");
}

#[tokio::test]
async fn results_say_their_order_and_what_was_asked() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let employers = visitor.get("/employers?city=metz-57&q=vert").await.is(200);
    assert!(employers.says("les moins sollicités depuis trois semaines"), "CMP-39");
    assert!(employers.says("« vert », Metz (57), 25 km"), "where the form is folded");
    let jobs = visitor.get("/jobs?city=metz-57").await.is(200);
    assert!(jobs.says("Les postes mis à jour le plus récemment d’abord."));
    let apply = format!("/application-drafts/new?company={}&job={}", world::ACI, world::GARDENER);
    assert!(jobs.link("Postuler").starts_with(&apply), "from the list of posts as well");
    let nowhere = visitor.get("/employers").await.is(200);
    assert!(!nowhere.says("Modifier") && nowhere.has_form("/employers"));
}

#[tokio::test]
async fn a_search_takes_few_statements() {
    let app = TestApp::new().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    for path in
        ["/", "/employers?city=metz-57&q=vert", "/jobs?city=metz-57", &format!("/employers/{}", world::ACI)]
    {
        let page = prescriber.get(path).await.is(200);
        assert!(page.statements.len() <= 8, "{path}: {:#?}", page.statements);
    }
}
