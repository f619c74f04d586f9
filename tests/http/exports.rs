//! A sheet too long to be waited for: prepared by the worker, for whoever asked for it alone.

use chrono::TimeDelta;
use iae_tests::{Browser, Persona, TestApp, world};

/// The platform, where two rows are too many to be waited for, with three applications to the ACI.
async fn platform() -> TestApp {
    let app = TestApp::with(|app| app.config.rows_at_once = 2).await;
    app.ignore_mails();
    app.scenario().application().insert().await;
    app.scenario().application().by(Persona::OtherPrescriber).of(world::OTHER_CANDIDATE).insert().await;
    app.scenario().application().by(Persona::Orienter).of(world::OTHER_CANDIDATE).insert().await;
    app
}

/// Where asking for a sheet leads.
async fn asked(browser: &Browser, address: &str) -> String {
    browser.get(address).await.is(303).location().expect("the page of the export")
}

async fn exports(app: &TestApp) -> Vec<String> {
    let trail = app.audit_trail().await;
    trail.into_iter().filter(|action| action.starts_with("export.")).collect()
}

#[tokio::test]
async fn a_long_sheet_is_prepared_once_for_its_owner_alone_and_goes_after_a_week() {
    let app = platform().await;
    let employer = app.browser(Persona::Employer).await;
    let export = asked(&employer, "/applications?state=new&format=xlsx").await;
    assert_eq!(asked(&employer, "/applications?state=new&format=xlsx").await, export, "two clicks, one file");
    employer.get("/applications?state=new&format=csv").await.is(200);
    assert!(employer.get(&export).await.is(200).says("se prépare : 3 lignes"));
    employer.get(&format!("{export}/file")).await.is(404);
    for other in [Persona::EmployerAdmin, Persona::OtherEmployer, Persona::Staff] {
        app.browser(other).await.get(&export).await.is(404);
    }

    app.run_jobs().await;
    let ready = employer.get(&export).await.is(200);
    assert!(ready.says("est prêt : 3 lignes") && ready.says("11 mai 2026"), "{}", ready.text());
    let sheet = ready.click("Télécharger (XLSX)").await.is(200);
    assert!(sheet.bytes.starts_with(b"PK"), "a sheet is a zip");
    assert_eq!(sheet.headers["content-disposition"], "attachment; filename=\"candidatures-2026-05-04.xlsx\"");
    app.browser(Persona::EmployerAdmin).await.get(&format!("{export}/file")).await.is(404);
    assert_eq!(exports(&app).await, ["export.asked", "export.made", "export.ready", "export.downloaded"]);

    app.advance(TimeDelta::days(8));
    sqlx::query("SELECT graphile_worker.add_job('purge', '{}'::json)").execute(app.db()).await.unwrap();
    app.run_jobs().await;
    app.run_jobs().await;
    app.browser(Persona::Employer).await.get(&export).await.is(404);
    let kept = app.files().join("export").read_dir().map_or(0, Iterator::count);
    assert_eq!((exports(&app).await.last().unwrap().as_str(), kept), ("export.expired", 0));
}

#[tokio::test]
async fn who_lost_the_right_to_a_list_meanwhile_gets_no_file() {
    let app = platform().await;
    for persona in [Persona::Employer, Persona::EmployerAdmin] {
        for candidate in [world::CANDIDATE, world::OTHER_CANDIDATE] {
            app.browser(persona).await.get(&format!("/candidates/{candidate}")).await.is(200);
        }
    }
    let admin = app.browser(Persona::EmployerAdmin).await;
    let export = asked(&admin, "/access-log?format=xlsx").await;
    sqlx::query("UPDATE memberships SET is_admin = false WHERE user_id = $1")
        .bind(world::EMPLOYER_ADMIN)
        .execute(app.db())
        .await
        .unwrap();
    app.run_jobs().await;
    admin.get(&export).await.is(404);
    admin.get(&format!("{export}/file")).await.is(404);
    assert_eq!(exports(&app).await, ["export.asked", "export.denied"]);
}

/// The file holds what its reader could read in a capacity they have no more.
#[tokio::test]
async fn a_file_that_is_ready_is_out_of_reach_of_who_lost_the_right_since() {
    let app = platform().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    app.scenario().application().to(world::EI).insert().await;
    app.scenario().application().to(world::GEIQ).insert().await;
    let export = asked(&prescriber, "/applications?format=xlsx").await;
    app.run_jobs().await;
    prescriber.get(&export).await.is(200).click("Télécharger (XLSX)").await.is(200);
    sqlx::query("UPDATE prescriber_organisations SET authorisation_status = 'REFUSED'")
        .execute(app.db())
        .await
        .unwrap();
    prescriber.get(&export).await.is(404);
    prescriber.get(&format!("{export}/file")).await.is(404);
}

#[tokio::test]
async fn every_list_can_be_prepared() {
    let app = TestApp::with(|app| app.config.rows_at_once = -1).await;
    app.ignore_mails();
    let lists = [
        (Persona::Employer, "/applications"),
        (Persona::Employer, "/pass"),
        (Persona::Prescriber, "/candidates"),
        (Persona::EmployerAdmin, "/access-log"),
        (Persona::Inspector, "/self-prescriptions"),
        (Persona::Staff, "/applications"),
        (Persona::Staff, "/admin/audit"),
        (Persona::Staff, "/admin/emails"),
        (Persona::Staff, "/admin/jobs"),
    ];
    for (persona, list) in lists {
        let browser = app.browser(persona).await;
        let export = asked(&browser, &format!("{list}?format=xlsx")).await;
        app.run_jobs().await;
        let ready = browser.get(&export).await.is(200);
        assert!(ready.click("Télécharger (XLSX)").await.is(200).bytes.starts_with(b"PK"), "{list}");
    }
}

/// Whoever takes a file slowly, or asks for several, leaves the connections of exports to the others.
#[tokio::test]
async fn an_account_takes_one_file_at_a_time() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    // As long as both are held, the first file does not come.
    let held = [(); 2].map(|()| app.app.exports.pool().acquire());
    let [one, other] = held;
    let held = (one.await.unwrap(), other.await.unwrap());
    let first = tokio::spawn({
        let employer = employer.clone();
        async move { employer.get("/applications?format=csv").await.is(200).html.lines().count() }
    });
    while exports(&app).await.is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let second = employer.get("/applications?format=csv").await.is(429);
    assert!(second.h1().contains("Un autre export est en cours"), "{second:?}");
    assert!(second.headers.contains_key("retry-after"));
    drop(held);
    assert_eq!(first.await.unwrap(), 2);
    employer.get("/applications?format=csv").await.is(200);
    assert_eq!(exports(&app).await.len(), 2, "what is refused was not taken");
}
