//! What every list does, on those of applications: filters, pages both ways, orders, exports.

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_tests::{Browser, Page, Persona, TestApp, world};

/// Applications of the two candidates to the ACI, one a minute, besides the one there is.
pub async fn many(app: &TestApp, count: i32) {
    app.scenario().application().sent(TimeDelta::days(2)).insert().await;
    sqlx::query(
        "INSERT INTO applications
             (id, candidate_id, company_id, sender_id, sender_kind, sender_organisation_id, state, submitted_at,
              updated_at, message, answer, consent_id)
         SELECT gen_random_uuid(), CASE n % 2 WHEN 0 THEN a.candidate_id ELSE $2 END, a.company_id, a.sender_id,
                a.sender_kind, a.sender_organisation_id, 'new', a.submitted_at - make_interval(mins => n / 3),
                a.updated_at, a.message, '', a.consent_id
         FROM applications a, generate_series(1, $1) n",
    )
    .bind(count)
    .bind(world::OTHER_CANDIDATE)
    .execute(app.db())
    .await
    .unwrap();
}

/// The addresses of the lines of a page.
fn lines(page: &Page) -> Vec<String> {
    page.links().into_iter().filter(|link| link.len() == "/applications/".len() + 36).collect()
}

async fn walk(browser: &Browser, from: &str, words: &str) -> (Vec<Vec<String>>, Page) {
    let mut page = browser.get(from).await.is(200);
    let mut pages = vec![lines(&page)];
    while page.all("nav.pagination a").iter().any(|link| link == words) {
        page = page.click(words).await.is(200);
        pages.push(lines(&page));
    }
    (pages, page)
}

#[tokio::test]
async fn every_order_is_walked_both_ways_and_meets_each_row_once() {
    let app = TestApp::new().await;
    many(&app, 102).await;
    let employer = app.browser(Persona::Employer).await;
    for query in [
        "",
        "?sort=sent",
        "?sort=wait",
        "?sort=-wait",
        "?sort=person",
        "?sort=-person",
        "?state=new&sort=person",
    ] {
        let (forth, last) = walk(&employer, &format!("/applications{query}"), "Page suivante").await;
        assert_eq!(forth.iter().map(Vec::len).collect::<Vec<_>>(), [20, 20, 20, 20, 20, 3], "{query}");
        let mut rows = forth.concat();
        rows.sort();
        rows.dedup();
        assert_eq!(rows.len(), 103, "{query}: each row once");
        let (mut back, first) = walk(&employer, last.url.as_str(), "Page précédente").await;
        back.reverse();
        assert_eq!(back, forth, "{query}: the same pages backwards");
        assert!(last.says("103 candidatures") && first.says("103 candidatures"));
        assert!(last.says("101 à 103 sur 103"), "where one is: {}", last.text());
        let start = last.click("Premiers").await.is(200);
        assert_eq!(lines(&start), forth[0], "{query}: the first page is never far");
        assert!(last.statements.len() <= 6, "{:?}", last.statements);
    }
    let sorted = employer.get("/applications?sort=person").await.is(200);
    assert_eq!(sorted.attribute("th[aria-sort=ascending] a", "href").unwrap(), "/applications?sort=-person");
    let usual = employer.get("/applications?sort=nonsense").await.is(200);
    assert_eq!(usual.all("th[aria-sort=descending]"), ["Reçue"], "LIST-1: an unknown order is the usual one");
}

#[tokio::test]
async fn a_mistaken_filter_says_so_beside_its_field_and_the_others_stay() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    app.scenario().application().of(world::OTHER_CANDIDATE).state(StateCode::Refused).insert().await;
    let employer = app.browser(Persona::Employer).await;
    for (wrong, field) in [
        ("from=2026-13-45", "from"),
        ("department=zz", "department"),
        ("from=2026-05-02&to=2026-05-01", "to"),
    ] {
        let page = employer.get(&format!("/applications?state=refused&{wrong}")).await.is(200);
        assert!(page.error(field).is_some(), "LIST-5: {wrong}");
        assert_eq!(page.all("tbody th a"), ["Bruno COLIN"], "{wrong}");
        assert_eq!(page.all(".chips .chip").len(), 1, "{wrong}: only what narrows");
    }
    // Neither day of an inverted period narrows: what came on the first day of the test is there.
    let inverted = employer.get("/applications?from=2027-05-02&to=2027-05-01").await.is(200);
    assert!(inverted.says("aucune des deux dates n’est appliquée"), "{inverted:?}");
    assert_eq!(inverted.all("tbody tr").len(), 2);
    let page = employer.get("/applications?name=colin&state=refused&sort=person").await.is(200);
    let without = page.click("Retirer le filtre Nom du candidat : colin").await.is(200);
    assert_eq!(without.url.query(), Some("state=refused&sort=person"), "LIST-6: all but the one taken off");
    let nothing = employer.get("/applications?name=zzz").await.is(200);
    assert!(nothing.says("Aucune candidature ne correspond"));
    assert_eq!(nothing.click("Effacer les filtres").await.is(200).all("tbody tr").len(), 2);
}

/// Several values of one choice come by an address; the button « Filtrer » keeps each of them.
#[tokio::test]
async fn filtering_again_keeps_every_state_that_was_chosen() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    app.scenario().application().of(world::OTHER_CANDIDATE).state(StateCode::Refused).insert().await;
    let employer = app.browser(Persona::Employer).await;
    let two = employer.get("/applications?state=new&state=refused").await.is(200);
    assert_eq!(two.all("tbody tr").len(), 2);
    let again = two.form(".filters").fill("name", "b").submit().await.is(200);
    let query = again.url.query().unwrap_or_default();
    assert!(query.contains("state=new") && query.contains("state=refused"), "{query}");
    assert_eq!(again.all("tbody tr").len(), 2, "« Bruno », « Benali »");
    let one = again.form(".filters").uncheck("state", "new").submit().await.is(200);
    assert_eq!(one.all("tbody th a"), ["Bruno COLIN"]);
}

#[tokio::test]
async fn an_export_is_the_view_without_pages_and_is_kept_in_the_trail() {
    let app = TestApp::new().await;
    many(&app, 43).await;
    sqlx::query("UPDATE users SET first_name = '=CMD()', last_name = 'Colin; dit \"Bo\"' WHERE id = $1")
        .bind(world::OTHER_CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    app.scenario().application().to(world::EI).insert().await;
    let employer = app.browser(Persona::Employer).await;
    let first = employer.get("/applications?sort=person&state=new").await.is(200);
    let csv = first.click("Valeurs séparées (CSV)").await.is(200);
    assert_eq!(csv.headers["content-disposition"], "attachment; filename=\"candidatures-2026-05-04.csv\"");
    let text = csv.html.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    let written: Vec<&str> = text.lines().collect();
    assert_eq!(
        written[0],
        "Personne;Commune;État;Poste;Envoyée par;Éligibilité;Attente;À faire pour le;Reçue"
    );
    assert_eq!(written.len(), 45, "every row of the view and none of another company");
    assert!(
        text.contains("\r\n\"'=Cmd() COLIN; DIT \"\"BO\"\"\";"),
        "no formula, no cell broken: {text:.900}"
    );
    let mut page = first;
    let mut seen = page.all("tbody th a");
    while page.all("nav.pagination a").iter().any(|link| link == "Page suivante") {
        page = page.click("Page suivante").await.is(200);
        seen.extend(page.all("tbody th a"));
    }
    let amel = |names: &[String]| names.iter().position(|name| name != "Amel BENALI");
    let exported: Vec<String> =
        written[1..].iter().map(|line| line.split(';').next().unwrap().to_owned()).collect();
    assert_eq!((seen.len(), amel(&seen)), (44, amel(&exported)), "in the order of the view");

    let sheet = page.click("Tableur (XLSX)").await.is(200);
    assert!(sheet.bytes.starts_with(b"PK"), "a sheet is a zip");
    let (payload,): (String,) = sqlx::query_as(
        "SELECT payload::text FROM audit_events WHERE action = 'export.made' AND actor_id = $1 ORDER BY id LIMIT 1",
    )
    .bind(world::EMPLOYER)
    .fetch_one(app.db())
    .await
    .unwrap();
    let kept: serde_json::Value = serde_json::from_str(&payload).unwrap();
    let expected =
        serde_json::json!({ "list": "applications", "format": "csv", "filters": "État", "rows": 44 });
    assert_eq!(kept, expected, "who took what away, and no name");
}

#[tokio::test]
async fn a_masked_name_stays_masked_in_its_file_and_is_neither_found_nor_sorted() {
    let app = TestApp::new().await;
    app.scenario().application().by(Persona::Orienter).insert().await;
    let orienter = app.browser(Persona::Orienter).await;
    let own = orienter.get("/applications?name=benali&format=csv").await.is(200);
    assert!(own.html.contains("Amel BENALI"), "D30: {}", own.html);
    // A colleague sent it: the organisation deals with her, and the reader did not apply for her (D30).
    sqlx::query("UPDATE applications SET sender_id = $1")
        .bind(world::PRESCRIBER)
        .execute(app.db())
        .await
        .unwrap();
    let csv = orienter.get("/applications?format=csv").await.is(200);
    assert!(
        csv.html.contains("A… B…;") && !csv.html.to_lowercase().contains("benali"),
        "PII-4: {}",
        csv.html
    );
    let list = orienter.get("/applications?sort=person").await.is(200);
    assert_eq!(list.all("th[aria-sort]"), ["Envoyée"], "the order of masked names would tell them");
    assert_eq!(
        orienter.get("/applications?name=benali&format=csv").await.is(200).html.lines().count(),
        1,
        "LIST-7"
    );
    app.browser(Persona::Inspector).await.get("/applications?format=csv").await.is(403);
    app.visitor().get("/applications?format=xlsx").await.is(303);
}

#[tokio::test]
async fn the_team_lists_all_applications_without_names() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    app.scenario().application().to(world::EI).of(world::OTHER_CANDIDATE).insert().await;
    let staff = app.browser(Persona::Staff).await;
    let list = staff.get("/applications").await.is(200);
    assert_eq!(list.all("tbody th").len(), 2);
    assert!(!list.says("BENALI") && list.says("A… B…"), "{}", list.text());
    let csv = staff.get("/applications?format=csv").await.is(200);
    assert_eq!(csv.html.lines().count(), 3);
    assert!(!csv.html.contains("BENALI") && !csv.html.contains("COLIN"));
}

#[tokio::test]
async fn whoever_administers_an_organisation_reads_its_accesses_and_nobody_else() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    for persona in [Persona::Employer, Persona::Prescriber] {
        app.browser(persona).await.get(&format!("/candidates/{}", world::CANDIDATE)).await.is(200);
    }
    let admin = app.browser(Persona::EmployerAdmin).await;
    let log = admin.get("/dashboard").await.is(200).click("Journal des accès").await.is(200);
    assert_eq!(log.all("tbody th"), ["Émile SCHMITT"], "members of the organisation alone");
    assert!(log.says("Dossier ouvert") && log.says("Amel BENALI"));
    assert!(log.statements.len() <= 5, "{:?}", log.statements);
    let others = admin.get(&format!("/access-log?member={}", world::EMPLOYER_ADMIN)).await.is(200);
    assert!(others.says("Aucun accès ne correspond"));
    assert!(admin.get("/access-log?action=candidate.created").await.is(200).error("action").is_some());
    let csv = log.click("Valeurs séparées (CSV)").await.is(200);
    assert!(csv.html.contains("Émile SCHMITT;Dossier ouvert;Amel BENALI;2026-05-04 11:00"), "{}", csv.html);
    for persona in
        [Persona::Employer, Persona::Prescriber, Persona::Candidate, Persona::Inspector, Persona::Staff]
    {
        app.browser(persona).await.get("/access-log").await.is(403);
    }
    app.visitor().get("/access-log").await.is(303);
}

/// The file would hold what the filter was to leave out.
#[tokio::test]
async fn a_list_with_a_mistaken_filter_is_not_exported() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    for format in ["csv", "xlsx"] {
        let query = format!("state=new&from=2026-13-45&format={format}");
        let page = employer.get(&format!("/applications?{query}")).await.is(422);
        assert!(page.error("from").is_some(), "{page:?}");
    }
    assert!(!app.audit_trail().await.iter().any(|action| action.starts_with("export.")));
    employer.get("/applications?state=new&format=csv").await.is(200);
}

/// D34: an export is one event, which names what was taken away; lists of nobody are no access.
#[tokio::test]
async fn what_was_exported_stands_in_the_accesses_of_the_organisation() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    app.browser(Persona::Employer).await.get("/applications?format=csv").await.is(200);
    let log = app.browser(Persona::EmployerAdmin).await.get("/access-log").await.is(200);
    assert!(log.says("Liste exportée") && log.says("Candidatures (1 ligne)"), "{}", log.text());
    assert!(log.statements.len() <= 5, "{:?}", log.statements);
}
