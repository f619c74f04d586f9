//! Pages that every visitor is given, kept ready (ADR 42): the same bytes again, for a minute, until what they show changes; never
//! one that was made for a person.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use chrono::TimeDelta;
use iae_app::directory::store;
use iae_tests::{Browser, Page, Persona, TestApp, world};
use sqlx::postgres::PgListener;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

/// Changes of what a card or a post shows, of the ACI (`$1`), each in a statement that touches something.
const CHANGES: &[&str] = &[
    "UPDATE organisations SET name = 'Les Jardins d’en haut' WHERE id = $1",
    "UPDATE organisations SET brand = 'Potager' WHERE id = $1",
    "UPDATE organisations SET address_line_1 = '7 rue d’ailleurs' WHERE id = $1",
    "UPDATE organisations SET address_line_2 = 'Bâtiment Z' WHERE id = $1",
    "UPDATE organisations SET post_code = '57050', city = 'Ailleurs' WHERE id = $1",
    "UPDATE organisations SET phone = '0387999999' WHERE id = $1",
    "UPDATE organisations SET email = 'ailleurs@jardins.exemple.fr' WHERE id = $1",
    "UPDATE organisations SET website = 'https://ailleurs.exemple.fr' WHERE id = $1",
    "UPDATE organisations SET description = 'Du bois.' WHERE id = $1",
    "UPDATE companies SET provided_support = 'Chaque jour.' WHERE organisation_id = $1",
    "UPDATE companies SET weekly_hours = 25, first_hours = NOT first_hours WHERE organisation_id = $1",
    "UPDATE companies SET usual_answer_days = 9.5 WHERE organisation_id = $1",
    "UPDATE companies SET block_applications_at = now(), spontaneous_open_since = NULL WHERE organisation_id = $1",
    "UPDATE companies SET block_applications_at = NULL WHERE organisation_id = $1",
    "UPDATE companies SET is_searchable = false WHERE organisation_id = $1",
    "UPDATE companies SET is_searchable = true WHERE organisation_id = $1",
    "UPDATE conventions SET is_active = false, deactivated_at = now()
     WHERE id = (SELECT convention_id FROM companies WHERE organisation_id = $1)",
    "UPDATE conventions SET is_active = true, deactivated_at = NULL
     WHERE id = (SELECT convention_id FROM companies WHERE organisation_id = $1)",
    "UPDATE memberships SET is_active = false, is_admin = false WHERE organisation_id = $1",
    "UPDATE job_descriptions SET custom_name = 'Bûcheronne' WHERE company_id = $1",
    "UPDATE job_descriptions SET missions = 'Fendre.' WHERE company_id = $1",
    "UPDATE job_descriptions SET profile = 'Solide.' WHERE company_id = $1",
    "UPDATE job_descriptions SET cv_required = NOT cv_required WHERE company_id = $1",
    "UPDATE job_descriptions SET open_positions = open_positions + 1, weekly_hours = 21 WHERE company_id = $1",
    "UPDATE job_descriptions SET is_active = NOT is_active WHERE company_id = $1",
    "UPDATE job_descriptions SET commune_code = '57672' WHERE company_id = $1",
    "UPDATE communes SET name = 'Thionville-sur-Moselle'
     WHERE insee_code IN (SELECT commune_code FROM job_descriptions WHERE company_id = $1)",
    "UPDATE rome_appellations SET label = 'Poste ' || code
     WHERE code IN (SELECT appellation_code FROM job_descriptions WHERE company_id = $1)",
    "INSERT INTO application_jobs (application_id, job_description_id)
     SELECT a.id, j.id FROM applications a JOIN job_descriptions j USING (company_id) WHERE a.company_id = $1",
    "DELETE FROM application_jobs
     WHERE job_description_id IN (SELECT id FROM job_descriptions WHERE company_id = $1)",
];

fn card() -> String {
    format!("/employers/{}", world::ACI)
}

fn post() -> String {
    format!("/jobs/{}", world::GARDENER)
}

async fn run(app: &TestApp, sql: &'static str) {
    sqlx::query(sql).bind(world::ACI).execute(app.db()).await.unwrap();
}

/// Whether the page was there before it was asked for.
fn was_ready(page: &Page) -> bool {
    page.statements.is_empty()
}

/// The page, once it is so: Postgres tells what changed a moment after.
async fn once(visitor: &Browser, path: &str, is_so: impl Fn(&Page) -> bool) -> Page {
    for _ in 0..2000 {
        let page = visitor.get(path).await;
        if is_so(&page) {
            return page;
        }
        sleep(Duration::from_millis(5)).await;
    }
    panic!("{path} is as it was");
}

#[tokio::test]
async fn a_second_visit_is_given_the_same_bytes_and_asks_nothing_of_the_database() {
    let app = TestApp::new().await;
    app.keep_ready().await;
    for path in ["/".to_owned(), card(), post()] {
        let first = app.visitor().get(&path).await.is(200);
        let again = app.visitor().get(&path).await.is(200);
        assert!(!was_ready(&first) && was_ready(&again), "{path}: {:?}", again.statements);
        assert_eq!(first.bytes, again.bytes, "{path}");
        for name in [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::VARY] {
            assert!(first.headers.contains_key(&name), "{path}: {name}");
            assert_eq!(first.headers.get(&name), again.headers.get(&name), "{path}: {name}");
        }
        assert_ne!(first.headers["x-request-id"], again.headers["x-request-id"], "each answer has its own");
        assert!(!again.headers.contains_key(header::SET_COOKIE));
        let asked = format!("{path}?search=%2Femployers");
        for _ in 0..2 {
            assert!(!was_ready(&app.visitor().get(&asked).await.is(200)), "a query may change the page");
        }
    }
}

#[tokio::test]
async fn who_takes_no_gzip_reads_the_same_page() {
    let app = TestApp::new().await;
    app.keep_ready().await;
    let page = app.visitor().get(&card()).await.is(200);
    let request = Request::get(card()).header(header::ACCEPT_ENCODING, "identity");
    let plain = app.visitor().send(request.body(Body::empty()).unwrap()).await.is(200);
    assert!(was_ready(&plain) && plain.headers.get(header::CONTENT_ENCODING).is_none());
    assert_eq!(plain.bytes, page.bytes);
    assert!(plain.headers[header::VARY].to_str().unwrap().eq_ignore_ascii_case("accept-encoding"));
    let head = app.visitor().send(Request::head(card()).body(Body::empty()).unwrap()).await.is(200);
    assert!(head.bytes.is_empty());
}

#[tokio::test]
async fn a_page_is_made_again_after_a_minute() {
    let app = TestApp::new().await;
    app.keep_ready().await;
    app.visitor().get(&card()).await.is(200);
    app.advance(TimeDelta::seconds(59));
    assert!(was_ready(&app.visitor().get(&card()).await));
    app.advance(TimeDelta::seconds(1));
    assert!(!was_ready(&app.visitor().get(&card()).await));
    assert!(was_ready(&app.visitor().get(&card()).await));
}

/// Before and after visitors read it.
#[tokio::test]
async fn whoever_is_signed_in_neither_leaves_nor_is_given_a_page() {
    let app = TestApp::new().await;
    app.keep_ready().await;
    let employer = app.browser(Persona::Employer).await;
    for path in ["/".to_owned(), card(), post()] {
        for turn in 0..2 {
            let own = employer.get(&path).await.is(200);
            assert!(!was_ready(&own) && own.says("SCHMITT"), "{path}, turn {turn}");
            let seen = app.visitor().get(&path).await.is(200);
            assert!(!seen.says("SCHMITT") && was_ready(&seen) == (turn == 1), "{path}, turn {turn}");
        }
        let forgotten = app.visitor();
        forgotten.set_cookie("__Host-session", "rien");
        assert!(!was_ready(&forgotten.get(&path).await.is(200)), "a session that is over: the page is made");
    }
}

#[tokio::test]
async fn what_an_employer_publishes_is_read_in_every_process() {
    let app = TestApp::new().await;
    app.keep_ready().await;
    let (here, elsewhere) = (app.visitor(), app.visitor_elsewhere().await);
    for visitor in [&here, &elsewhere] {
        visitor.get(&card()).await.is(200);
        assert!(was_ready(&visitor.get(&card()).await));
    }
    let admin = app.browser(Persona::EmployerAdmin).await;
    let contact = admin.get("/organisation/profile").await.is(200).form("#profile").press("Continuer");
    let words = contact.submit().await.is(200).form("#profile").fill("description", "Du houblon.");
    let preview = words.press("Continuer").submit().await.is(200);
    preview.form("#profile").press("Publier la fiche").submit().await.is(303);
    for visitor in [&here, &elsewhere] {
        once(visitor, &card(), |page| page.says("Du houblon.")).await;
        assert!(was_ready(&visitor.get(&card()).await), "kept as it is now");
    }
}

#[tokio::test]
async fn a_post_that_closes_and_an_employer_that_leaves_are_told_at_once() {
    let app = TestApp::new().await;
    app.keep_ready().await;
    let (here, elsewhere) = (app.visitor(), app.visitor_elsewhere().await);
    for visitor in [&here, &elsewhere] {
        assert!(visitor.get(&post()).await.is(200).says("Postuler"));
    }
    run(&app, "UPDATE job_descriptions SET is_active = false WHERE company_id = $1").await;
    for visitor in [&here, &elsewhere] {
        once(visitor, &post(), |page| page.says("Ce poste n’est plus ouvert.")).await;
    }
    run(&app, "UPDATE companies SET is_searchable = false WHERE organisation_id = $1").await;
    for visitor in [&here, &elsewhere] {
        for path in [card(), post()] {
            once(visitor, &path, |page| page.status.as_u16() == 404).await;
            assert!(!was_ready(&visitor.get(&path).await.is(404)), "what is not there is not kept");
        }
    }
    run(&app, "UPDATE companies SET is_searchable = true WHERE organisation_id = $1").await;
    here.get(&card()).await.is(200);
}

#[tokio::test]
async fn every_change_of_what_a_card_shows_is_told() {
    let app = TestApp::new().await;
    app.scenario().application().to(world::ACI).insert().await;
    let mut listener = PgListener::connect_with(app.db().pool()).await.unwrap();
    listener.listen("directory_changed").await.unwrap();
    for change in CHANGES {
        let done = sqlx::query(*change).bind(world::ACI).execute(app.db()).await.unwrap();
        assert_ne!(done.rows_affected(), 0, "{change}");
        let told = async { while listener.recv().await.unwrap().payload() != world::ACI.to_string() {} };
        timeout(Duration::from_secs(10), told)
            .await
            .unwrap_or_else(|_| panic!("nothing is told of: {change}"));
    }
}

/// What was told while nobody listened is lost: all is made anew, then kept again.
#[tokio::test]
async fn a_connection_that_is_lost_drops_every_page() {
    let app = TestApp::new().await;
    app.keep_ready().await;
    let visitor = app.visitor();
    visitor.get(&card()).await.is(200);
    assert!(was_ready(&visitor.get(&card()).await));
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()";
    assert!(sqlx::query_scalar::<_, bool>(cut).fetch_one(app.db()).await.unwrap());
    once(&visitor, &card(), |page| !was_ready(page)).await;
    once(&visitor, &card(), was_ready).await;
}

#[tokio::test]
async fn an_announcement_stands_at_once_on_pages_that_were_ready() {
    let app = TestApp::new().await;
    app.keep_ready().await;
    let visitor = app.visitor();
    visitor.get(&card()).await.is(200);
    sqlx::query(
        "INSERT INTO announcements
             (id, edition_id, title, body, level, kinds, departments, starts_at, ends_at, author_id, published_at, changed_at, changed_by)
         VALUES ($1, $1, 'Coupure ce soir', 'Texte.', 'info', '{}', '{}', $2, $2::timestamptz + interval '1 day', $3, $2, $2, $3)",
    )
    .bind(Uuid::from_u128(1))
    .bind(app.now())
    .bind(world::STAFF)
    .execute(app.db())
    .await
    .unwrap();
    iae_app::announcements::refresh(&app.app).await.unwrap();
    assert!(visitor.get(&card()).await.is(200).says("Coupure ce soir"));
    let again = visitor.get(&card()).await.is(200);
    assert!(was_ready(&again) && again.says("Coupure ce soir"));
}

/// Employers, people looked for, départements.
async fn shown(visitor: &Browser) -> Vec<String> {
    visitor.get("/").await.is(200).all(".stat__figure")
}

async fn counted_by_hand(app: &TestApp) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT ARRAY[
             (SELECT count(*) FROM searchable_companies)::text,
             (SELECT coalesce(sum(j.open_positions), 0)
              FROM job_descriptions j JOIN searchable_companies s ON s.organisation_id = j.company_id
              WHERE j.is_active AND NOT s.is_blocked)::text,
             (SELECT count(DISTINCT department_code) FROM searchable_companies)::text]",
    )
    .fetch_one(app.db())
    .await
    .unwrap()
}

#[tokio::test]
async fn the_figures_of_the_home_page_are_those_last_counted() {
    let app = TestApp::new().await;
    app.keep_ready().await;
    let visitor = app.visitor();
    let before = shown(&visitor).await;
    assert_eq!(before, counted_by_hand(&app).await);
    run(&app, "UPDATE companies SET is_searchable = false WHERE organisation_id = $1").await;
    app.advance(TimeDelta::minutes(2));
    assert_eq!(shown(&visitor).await, before, "nothing is counted at a visit");
    store::count_figures(&app.worker().db, app.now()).await.unwrap();
    let now = counted_by_hand(&app).await;
    assert_ne!(now, before);
    once(&visitor, "/", |page| page.all(".stat__figure") == now).await;
    for broken in [
        "UPDATE companies SET is_searchable = true",
        "ALTER TABLE home_figures ADD CONSTRAINT never CHECK (employers < 0) NOT VALID",
    ] {
        sqlx::query(broken).execute(app.db()).await.unwrap();
    }
    assert!(store::count_figures(&app.worker().db, app.now()).await.is_err());
    app.advance(TimeDelta::minutes(2));
    assert_eq!(shown(&visitor).await, now, "a count that fails leaves the last one");
}
