//! The list of PASS: what ends soon first, filters, pages (rule book 03 §4.14).

mod contracts;
mod export;

use chrono::{NaiveDate, TimeDelta};
use iae_domain::applications::StateCode;
use iae_tests::{Browser, Page, Persona, TestApp, world};

/// Besides the PASS of Amel Benali, which starts today, one for each of these: of someone else the ACI hired with it and the
/// mission locale accompanies, « Personne N° n », that ends so many days after today.
async fn passes(app: &TestApp, ends: &[i64]) {
    app.scenario().application().to(world::ACI).state(StateCode::Accepted).insert().await;
    let ends: Vec<NaiveDate> = ends.iter().map(|days| app.today() + TimeDelta::days(*days)).collect();
    let mut tx = app.db().begin().await.unwrap();
    for statement in [
        "INSERT INTO users (id, kind, first_name, last_name, created_at)
         SELECT md5('person' || n)::uuid, 'job_seeker', 'Personne', 'Numero' || n, m.submitted_at
         FROM applications m, unnest($1::date[]) WITH ORDINALITY AS e (day, n)",
        "INSERT INTO candidates (id, created_at, updated_at, search)
         SELECT md5('person' || n)::uuid, m.submitted_at, m.submitted_at, 'numero' || n || ' personne'
         FROM applications m, unnest($1::date[]) WITH ORDINALITY AS e (day, n)",
        "INSERT INTO candidate_relations (candidate_id, organisation_id, user_id, origin, created_at, last_action_at)
         SELECT md5('person' || n)::uuid, r.organisation_id, r.user_id, r.origin, r.created_at, r.last_action_at
         FROM candidate_relations r JOIN applications m ON m.candidate_id = r.candidate_id
            , unnest($1::date[]) WITH ORDINALITY AS e (day, n)",
        "INSERT INTO eligibility_diagnoses (id, candidate_id, author_id, author_kind, organisation_id, created_at, expires_on)
         SELECT md5('diagnosis' || n)::uuid, md5('person' || n)::uuid, d.author_id, d.author_kind, d.organisation_id
              , d.created_at, d.expires_on
         FROM eligibility_diagnoses d, unnest($1::date[]) WITH ORDINALITY AS e (day, n)",
        "INSERT INTO passes (id, number, candidate_id, starts_on, ends_on, diagnosis_id, origin_siret, origin_company_kind
                           , origin_sender_kind, created_at, updated_at)
         SELECT md5('pass' || n)::uuid, left(p.number, 5) || lpad((n + 1)::text, 7, '0'), md5('person' || n)::uuid, day - 729
              , day, md5('diagnosis' || n)::uuid, p.origin_siret, p.origin_company_kind, 'employer', p.created_at, p.updated_at
         FROM passes p, unnest($1::date[]) WITH ORDINALITY AS e (day, n)",
        "INSERT INTO applications (id, candidate_id, company_id, sender_id, sender_kind, sender_organisation_id, state
                                 , submitted_at, updated_at, processed_at, hiring_starts_on, pass_id, pass_delivery, diagnosis_id)
         SELECT md5('application' || n)::uuid, md5('person' || n)::uuid, a.company_id, a.sender_id, a.sender_kind
              , a.sender_organisation_id, a.state, a.submitted_at, a.updated_at, a.processed_at, day - 729
              , md5('pass' || n)::uuid, a.pass_delivery, md5('diagnosis' || n)::uuid
         FROM applications a, unnest($1::date[]) WITH ORDINALITY AS e (day, n)",
    ] {
        sqlx::query(statement).bind(&ends).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// The EI hires person n under the same PASS, an hour after the ACI did.
async fn hired_by_the_ei(app: &TestApp, n: i32) {
    sqlx::query(
        "INSERT INTO applications (id, candidate_id, company_id, sender_id, sender_kind, sender_organisation_id, state
                                 , submitted_at, updated_at, processed_at, hiring_starts_on, pass_id, pass_delivery, diagnosis_id)
         SELECT gen_random_uuid(), candidate_id, $2, sender_id, sender_kind, sender_organisation_id, state, submitted_at
              , updated_at, processed_at + interval '1 hour', hiring_starts_on, pass_id, pass_delivery, diagnosis_id
         FROM applications WHERE pass_id = md5('pass' || $1::int)::uuid",
    )
    .bind(n)
    .bind(world::EI)
    .execute(app.db())
    .await
    .unwrap();
}

/// The ACI asked the mission locale to prolong the PASS of person n; in that state since.
async fn asked(app: &TestApp, n: i32, state: &str) {
    sqlx::query(
        "INSERT INTO prolongation_requests (id, pass_id, reason, starts_on, ends_on, company_id, declared_by
             , condition_declared, review_done, review_obstacles, review_planned, wants_interview
             , prescriber_organisation_id, assignee_id, state, created_at, processed_by, processed_at)
         SELECT gen_random_uuid(), id, 'rqth', ends_on, ends_on + 30, $2, $3, true, 'Fait.', 'Reste.', 'À faire.', false, $4, $5
              , $6, created_at, CASE WHEN $6 <> 'pending' THEN $5 END, CASE WHEN $6 <> 'pending' THEN created_at END
         FROM passes WHERE id = md5('pass' || $1::int)::uuid",
    )
    .bind(n)
    .bind(world::ACI)
    .bind(world::EMPLOYER)
    .bind(world::MISSION_LOCALE)
    .bind(world::PRESCRIBER)
    .bind(state)
    .execute(app.db())
    .await
    .unwrap();
}

/// Who the lines of a page are about: their number, 0 for Amel Benali.
fn people(page: &Page) -> Vec<usize> {
    let number =
        |name: &String| name.rsplit("NUMERO").next().and_then(|number| number.parse().ok()).unwrap_or(0);
    page.all("tbody th a").iter().map(number).collect()
}

/// The pages from this one on, and the last.
async fn walk(browser: &Browser, from: &str, words: &str) -> (Vec<Vec<usize>>, Page) {
    let mut page = browser.get(from).await.is(200);
    let mut pages = vec![people(&page)];
    while page.all("nav.pagination a").iter().any(|link| link == words) {
        page = page.click(words).await.is(200);
        pages.push(people(&page));
    }
    (pages, page)
}

async fn listed(browser: &Browser, query: &str) -> Vec<usize> {
    let mut found = walk(browser, &format!("/pass?{query}"), "Page suivante").await.0.concat();
    found.sort_unstable();
    found
}

/// Those that are not over, the first to end first, then those that are, the last to end first. Each day
/// has two of them: pages are cut among these too.
#[tokio::test]
async fn what_ends_soon_comes_first_and_pages_meet_each_pass_once() {
    let app = TestApp::new().await;
    let ends: Vec<i64> = (0..46).map(|n| (n * 7 % 23 - 8) * 20).collect();
    passes(&app, &ends).await;
    for persona in [Persona::Employer, Persona::Prescriber] {
        let browser = app.browser(persona).await;
        let (forth, last) = walk(&browser, "/pass", "Page suivante").await;
        assert_eq!(forth.iter().map(Vec::len).collect::<Vec<_>>(), [20, 20, 7]);
        let mut once = forth.concat();
        let end = |n: &usize| n.checked_sub(1).map_or(729, |rank| ends[rank]);
        let found: Vec<i64> = once.iter().map(end).collect();
        let mut wanted = found.clone();
        wanted.sort_by_key(|days| if *days >= 0 { (false, *days) } else { (true, -days) });
        assert_eq!(found, wanted, "{persona:?}");
        once.sort_unstable();
        assert_eq!(once, (0..=46).collect::<Vec<_>>(), "{persona:?}: each PASS once");
        let (mut back, first) = walk(&browser, last.url.as_str(), "Page précédente").await;
        back.reverse();
        assert_eq!(back, forth, "{persona:?}: the same pages backwards");
        assert!(last.says("47 PASS IAE") && last.says("41 à 47 sur 47"), "{}", last.text());
        assert_eq!(first.all("th[aria-sort=ascending]"), ["Fin du PASS"]);
        assert!(last.statements.len() <= 8, "{:?}", last.statements);

        for sort in ["-end", "holder", "number", "-number"] {
            let found = listed(&browser, &format!("sort={sort}")).await;
            assert_eq!(found, (0..=46).collect::<Vec<_>>(), "{persona:?}, sorted by {sort}");
        }
    }
}

#[tokio::test]
async fn each_filter_keeps_what_it_says_and_the_count_is_that_of_the_lines() {
    let app = TestApp::new().await;
    // Today is 4 May 2026: a month ends with 3 June, three with 3 August, seven with 3 December.
    passes(&app, &[0, 30, 31, -1, 91, 92, 213, 214, 400]).await;
    asked(&app, 2, "pending").await;
    asked(&app, 3, "denied").await;
    asked(&app, 4, "pending").await;
    hired_by_the_ei(&app, 3).await;
    sqlx::query(
        "INSERT INTO suspensions (id, pass_id, starts_on, ends_on, reason, organisation_id, created_by, created_at, updated_at)
         SELECT gen_random_uuid(), id, $1, $1, 'contract_suspended', $2, $3, created_at, created_at
         FROM passes WHERE id = md5('pass9')::uuid",
    )
    .bind(app.today())
    .bind(world::ACI)
    .bind(world::EMPLOYER)
    .execute(app.db())
    .await
    .unwrap();
    for persona in [Persona::Employer, Persona::Prescriber] {
        let browser = app.browser(persona).await;
        for (query, wanted) in [
            ("within=1", vec![1, 2]),
            ("within=3", vec![1, 2, 3, 5]),
            ("within=7", vec![1, 2, 3, 5, 6, 7]),
            ("within=1&within=3", vec![1, 2, 3, 5]),
            ("prolongation=pending", vec![2, 4]),
            ("prolongation=pending&state=expired", vec![4]),
            ("prolongation=pending&within=1", vec![2]),
            ("state=suspended", vec![9]),
            ("state=valid&within=3", vec![1, 2, 3, 5]),
            ("state=expired", vec![4]),
            ("kind=EI", vec![3]),
            ("kind=ACI&within=3", vec![1, 2, 5]),
            ("kind=AI", vec![]),
            ("kind=EI&kind=ACI&state=expired", vec![4]),
            ("name=numero3&kind=EI", vec![3]),
            ("name=numero3&kind=ACI", vec![]),
        ] {
            let page = browser.get(&format!("/pass?{query}")).await.is(200);
            let mut found = people(&page);
            found.sort_unstable();
            assert_eq!(found, wanted, "{persona:?} {query}");
            let total = page.text_of(".list-bar__total").unwrap_or_default();
            let said = if wanted.is_empty() { String::new() } else { format!("{} PASS IAE", wanted.len()) };
            assert_eq!(total, said, "{persona:?} {query}");
        }
        let pending = browser.get("/pass?prolongation=pending").await.is(200);
        assert_eq!(
            pending.text().matches("Prolongation demandée").count(),
            4,
            "filter, chip and two lines: {}",
            pending.text()
        );
    }
    let prescriber = app.browser(Persona::Prescriber).await;
    let line = prescriber.get("/pass?kind=EI").await.is(200);
    assert!(
        line.says("Dernière SIAE") && line.text_of("tbody tr").unwrap().contains("Moselle Rénov"),
        "{}",
        line.text()
    );
}

/// LIST-5, LIST-6: what is mistaken says so and narrows nothing, the others stay; the form keeps what was asked.
#[tokio::test]
async fn the_address_holds_the_filters_and_the_form_keeps_them() {
    let app = TestApp::new().await;
    passes(&app, &[10, 100, -10]).await;
    let employer = app.browser(Persona::Employer).await;
    let asked =
        employer.get("/pass").await.is(200).form(".filters").fill("within", "3").submit().await.is(200);
    assert_eq!(people(&asked), [1]);
    assert!(asked.url.query().unwrap().contains("within=3"), "{}", asked.url);
    let narrower = asked.form(".filters").fill("kind", "ACI").submit().await.is(200);
    assert_eq!(people(&narrower), [1]);
    assert!(narrower.url.query().unwrap().contains("within=3"), "{}", narrower.url);
    let wider = narrower.click("Retirer le filtre Se termine dans moins de trois mois").await.is(200);
    assert_eq!(people(&wider), [1, 2, 0, 3]);
    for (wrong, field) in [
        ("within=2", "within"),
        ("within=6", "within"),
        ("contract=x", "contract"),
        ("prolongation=granted", "prolongation"),
        ("kind=GEIQ", "kind"),
    ] {
        let page = employer.get(&format!("/pass?state=expired&{wrong}")).await.is(200);
        assert!(page.error(field).is_some(), "{wrong}");
        assert_eq!(people(&page), [3], "{wrong}");
        employer.get(&format!("/pass?state=expired&{wrong}&format=csv")).await.is(422);
    }
    let none = employer.get("/pass?within=1&prolongation=pending").await.is(200);
    assert!(none.says("Aucun PASS IAE ne correspond"), "{}", none.text());
    assert_eq!(people(&none.click("Effacer les filtres").await.is(200)).len(), 4);
}

#[tokio::test]
async fn an_empty_list_says_what_will_fill_it() {
    let app = TestApp::new().await;
    for (persona, words) in [
        (Persona::Employer, "dès que vous acceptez une candidature"),
        (Persona::Prescriber, "dès qu’une personne que vous accompagnez est embauchée"),
    ] {
        let page = app.browser(persona).await.get("/pass").await.is(200);
        assert!(page.says(words) && page.all("tbody tr").is_empty(), "{}", page.text());
    }
}
