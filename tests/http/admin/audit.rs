//! The audit trail, searched: by thing, by who acted, by what was done, by day.

use iae_domain::applications::StateCode;
use iae_domain::ids::UserId;
use iae_tests::{Page, Persona, TestApp, world};

/// Who accepted the application.
async fn accepted_by(app: &TestApp) -> UserId {
    sqlx::query_scalar("SELECT actor_id FROM audit_events WHERE action = 'application.accepted'")
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// Whether a line says that this was done.
fn done(trail: &Page, action: &str) -> bool {
    trail.all("tbody th").iter().any(|said| said == action)
}

#[tokio::test]
async fn the_trail_is_searched_by_thing_by_person_by_action_and_by_day() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let hired = app.scenario().application().by(Persona::Prescriber).to(world::ACI).of(world::CANDIDATE);
    let id = hired.state(StateCode::Accepted).insert().await;
    let staff = app.browser(Persona::Staff).await;

    let passes = staff.get("/admin/audit?aggregate=pass").await.is(200);
    assert_eq!(passes.all("tbody th"), ["PASS IAE délivré"]);
    let journal = staff.get(&format!("/admin/audit?aggregate=application&subject={id}")).await.is(200);
    assert!(done(&journal, "Candidature acceptée") && !done(&journal, "PASS IAE délivré"), "{journal:?}");
    assert_eq!(journal.value("subject"), Some(id.to_string()), "the filter is there to be changed");

    let employer = staff.get(&format!("/admin/audit?user={}", accepted_by(&app).await)).await.is(200);
    let prescriber = staff.get(&format!("/admin/audit?user={}", world::PRESCRIBER)).await.is(200);
    assert!(done(&employer, "Candidature acceptée"), "{}", employer.text());
    assert!(!employer.says("Paul HOFFMANN"), "{}", employer.text());
    assert!(!done(&prescriber, "Candidature acceptée"), "{}", prescriber.text());

    let tomorrow = app.today().succ_opt().unwrap();
    assert!(
        staff.get(&format!("/admin/audit?from={tomorrow}")).await.is(200).says("Aucune ligne ne correspond")
    );
    let both = staff.get("/admin/audit?aggregate=pass&aggregate=application").await.is(200);
    assert!(done(&both, "PASS IAE délivré") && done(&both, "Candidature acceptée"));
}

#[tokio::test]
async fn each_line_leads_to_its_thing_and_to_who_acted() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let hired = app.scenario().application().by(Persona::Prescriber).to(world::ACI).of(world::CANDIDATE);
    let id = hired.state(StateCode::Accepted).insert().await;
    let staff = app.browser(Persona::Staff).await;
    let trail = staff.get(&format!("/admin/audit?subject={id}")).await.is(200);
    let links = trail.links();
    for wanted in [format!("/applications/{id}"), format!("/admin/audit?user={}", accepted_by(&app).await)] {
        assert!(links.contains(&wanted), "{wanted}: {links:#?}");
        staff.get(&wanted).await.is(200);
    }
}

/// Things are named where that says nobody’s business; people whose file it is are not (D34). One statement for the page.
#[tokio::test]
async fn accounts_of_professionals_are_named_and_candidates_are_not() {
    let app = TestApp::new().await;
    let staff = app.browser(Persona::Staff).await;
    staff.get(&format!("/admin/users/{}", world::EMPLOYER)).await.is(200);
    let before = staff.get("/admin/audit").await.is(200).statements.len();
    staff.get(&format!("/admin/users/{}", world::CANDIDATE)).await.is(200);
    staff.get(&format!("/admin/organisations/{}", world::ACI)).await.is(200);
    let trail = staff.get("/admin/audit").await.is(200);
    assert!(trail.says("Émile SCHMITT") && !trail.says("Amel BENALI"), "{trail:?}");
    let page = format!("/admin/users/{}", world::EMPLOYER);
    assert!(trail.links().contains(&page), "{:?}", trail.links());
    assert_eq!(trail.statements.len(), before, "{:#?}", trail.statements);
}

/// What the trail keeps by id is named where that says nobody’s business; a search for people is about nobody.
#[tokio::test]
async fn what_a_line_holds_is_named_and_a_search_has_no_subject() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let staff = app.browser(Persona::Staff).await;
    let merger = format!("/admin/organisations/{}/merger?target={}", world::CCAS, world::MISSION_LOCALE);
    let form =
        staff.get(&merger).await.is(200).form("#merger").fill("remark", "Elles n’en font plus qu’une.");
    form.submit().await.is(303);
    let trail = staff.get("/admin/audit?aggregate=organisation").await.is(200);
    assert!(trail.says("Fusionnée dans : Mission locale du pays messin"), "{trail:?}");
    let id = world::MISSION_LOCALE.to_string();
    assert!(!trail.all("tbody td").iter().any(|cell| cell.contains(&id)), "{trail:?}");

    let search = staff.get("/admin/users").await.is(200).form("#search").fill("term", "schmitt");
    search.submit().await.is(200);
    let searched = staff.get("/admin/audit?action=account.searched_by_team").await.is(200);
    assert!(done(&searched, "Recherche d’une personne par l’équipe"), "{searched:?}");
    assert!(!searched.says("Journal de cet objet"), "{searched:?}");
}

#[tokio::test]
async fn ids_that_name_nothing_are_said_beside_their_field() {
    let app = TestApp::new().await;
    let staff = app.browser(Persona::Staff).await;
    let wrong = staff.get("/admin/audit?user=sofia&subject=12&aggregate=dragon").await.is(200);
    for field in ["user", "subject", "aggregate"] {
        assert!(wrong.error(field).is_some(), "{field}");
    }
    assert_eq!(wrong.value("user"), Some("sofia".to_owned()), "kept, to be mended");
}

#[tokio::test]
async fn what_is_searched_is_what_is_taken_away() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let hired = app.scenario().application().by(Persona::Prescriber).to(world::ACI).of(world::CANDIDATE);
    hired.state(StateCode::Accepted).insert().await;
    let staff = app.browser(Persona::Staff).await;
    let sheet = staff.get("/admin/audit?aggregate=pass&format=csv").await.is(200);
    assert!(
        sheet.html.contains("PASS IAE délivré") && !sheet.html.contains("Candidature acceptée"),
        "{}",
        sheet.html
    );
}

/// A trail of hundreds of millions of rows gives a page of what one account did, or of one kind of thing, from an index.
#[tokio::test]
async fn a_search_has_its_index() {
    let app = TestApp::new().await;
    for (condition, index) in [
        ("actor_id = '01900000-0000-7000-8000-000000000000'", "audit_events_actor_idx"),
        ("impersonator_id = '01900000-0000-7000-8000-000000000000'", "audit_events_impersonator_idx"),
        ("subject_kind = 'pass'", "audit_events_subject_kind_idx"),
        ("subject_id = '01900000-0000-7000-8000-000000000000'", "audit_events_subject_idx"),
        ("action = 'pass.issued'", "audit_events_action_idx"),
    ] {
        let mut owner = app.db().pool().begin().await.unwrap();
        sqlx::query("SET LOCAL enable_seqscan = off").execute(&mut *owner).await.unwrap();
        sqlx::query("SET LOCAL enable_sort = off").execute(&mut *owner).await.unwrap();
        let explain = format!(
            "EXPLAIN SELECT id FROM audit_events WHERE {condition} ORDER BY at DESC, id DESC LIMIT 51"
        );
        let plan: Vec<String> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(explain)).fetch_all(&mut *owner).await.unwrap();
        let plan = plan.join("\n");
        assert!(plan.contains(index) && !plan.contains("Sort"), "{condition}:\n{plan}");
    }
}

/// What one account did, in the place of others too, comes from both indexes in the order of the trail: nothing is sorted.
#[tokio::test]
async fn deeds_of_an_account_come_from_two_indexes() {
    let app = TestApp::new().await;
    let somebody = "'01900000-0000-7000-8000-000000000000'";
    let mut owner = app.db().pool().begin().await.unwrap();
    sqlx::query("SET LOCAL enable_seqscan = off").execute(&mut *owner).await.unwrap();
    sqlx::query("SET LOCAL enable_sort = off").execute(&mut *owner).await.unwrap();
    let explain = format!(
        "EXPLAIN SELECT e.id FROM (
             (SELECT * FROM audit_events WHERE actor_id = {somebody} ORDER BY at DESC, id DESC)
             UNION ALL
             (SELECT * FROM audit_events WHERE impersonator_id = {somebody} AND actor_id IS DISTINCT FROM {somebody}
              ORDER BY at DESC, id DESC)
         ) e WHERE true ORDER BY e.at DESC, e.id DESC LIMIT 51"
    );
    let plan: Vec<String> =
        sqlx::query_scalar(sqlx::AssertSqlSafe(explain)).fetch_all(&mut *owner).await.unwrap();
    for step in ["Merge Append", "audit_events_actor_idx", "audit_events_impersonator_idx"] {
        assert!(plan.iter().any(|line| line.contains(step)), "{step}:\n{}", plan.join("\n"));
    }
}
