//! What the team reads of imports, and nobody else.

use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::imports::{FileKind, import_file};
use iae_domain::Actor;
use iae_domain::actor::StaffActor;
use iae_tests::{Persona, TestApp, world};

use super::stop::two_hundred_siae;
use super::{file, import, world_files};

#[tokio::test]
async fn the_team_reads_what_was_imported_and_rejected() {
    let app = TestApp::new().await;
    let staff = app.browser(Persona::Staff).await;
    assert!(staff.get("/admin/imports").await.is(200).says("Aucun import"));

    let mut files = world_files();
    files.structures += "5791,EI,50012345600016,Sans adresse,,57000,METZ\n";
    import(&app, &files).await;
    let prescribers = "kind,name,siret,post_code,city\n\
        ML,Mission neuve,70012345600017,57000,METZ\n\
        ML,Sans SIRET,,57000,METZ\n";
    let ctx = Ctx::system(app.now());
    let named = file("prescripteurs.csv", prescribers);
    import_file(&app.app, &ctx, FileKind::Prescribers, named, false, |_| {}).await.unwrap();

    let page = staff.get("/admin/imports").await.is(200);
    assert!(page.says("Organisations prescriptrices") && page.says("Structures, conventions et annexes"));
    let reports: Vec<String> =
        page.links().into_iter().filter(|link| link.starts_with("/admin/imports/")).collect();
    assert_eq!(reports.len(), 2);
    let of_prescribers = staff.get(&reports[0]).await.is(200);
    assert!(of_prescribers.says("prescripteurs.csv, ligne 3"), "{}", of_prescribers.text());
    assert!(of_prescribers.says("« siret » est vide") && of_prescribers.says("Lignes ajoutées"));
    let of_flow = staff.get(&reports[1]).await.is(200);
    assert!(of_flow.says("structures.csv, ligne 5") && of_flow.says("« auth_email » est vide"));
}

#[tokio::test]
async fn the_same_prescribers_again_change_nothing() {
    let app = TestApp::new().await;
    let text = "kind,name,siret,post_code,city\nML,Mission neuve,70012345600017,57000,METZ\n";
    let ctx = Ctx::system(app.now());
    for (inserted, rows) in [(1, 2), (0, 2)] {
        let named = file("prescripteurs.csv", text);
        let report = import_file(&app.app, &ctx, FileKind::Prescribers, named, false, |_| {}).await.unwrap();
        assert_eq!(report.changes.inserted, inserted);
        assert_eq!(app.audit_trail().await.len(), rows, "the organisation and the import, once");
    }
}

/// The trail names the member of the team in whose name a file came in, on each row.
#[tokio::test]
async fn what_is_imported_in_the_name_of_somebody_is_theirs() {
    let app = TestApp::new().await;
    let text = "kind,name,siret,post_code,city\nML,Mission neuve,70012345600017,57000,METZ\n";
    let staff = StaffActor { user: world::STAFF, is_superuser: true, groups: vec![] };
    let ctx = Ctx::system(app.now()).with(Actor::Staff(staff));
    let named = file("prescripteurs.csv", text);
    import_file(&app.app, &ctx, FileKind::Prescribers, named, false, |_| {}).await.unwrap();
    let by: Vec<(String, Option<uuid::Uuid>)> =
        sqlx::query_as("SELECT action, actor_id FROM audit_events ORDER BY action")
            .fetch_all(app.db())
            .await
            .unwrap();
    let actions: Vec<&str> = by.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(actions, ["import.done", "organisation.created"]);
    assert!(by.iter().all(|(_, actor)| *actor == Some(world::STAFF.0)), "{by:?}");
}

#[tokio::test]
async fn a_stop_is_announced_until_the_flow_comes_in_again() {
    let app = TestApp::new().await;
    two_hundred_siae(&app).await;
    app.ignore_mails();
    app.ignore_jobs();
    import(&app, &world_files()).await;
    app.advance(TimeDelta::minutes(1));
    let text = "kind,name,siret,post_code,city\nML,Mission neuve,70012345600017,57000,METZ\n";
    let named = file("prescripteurs.csv", text);
    let ctx = Ctx::system(app.now());
    import_file(&app.app, &ctx, FileKind::Prescribers, named, false, |_| {}).await.unwrap();
    let staff = app.browser(Persona::Staff).await;
    let announced = "a retenu des désactivations";
    assert!(staff.get("/admin/imports").await.is(200).says(announced), "another file came in since");
    sqlx::query("UPDATE conventions SET is_active = false, deactivated_at = $1 WHERE asp_id >= 90000")
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    app.advance(TimeDelta::minutes(1));
    import(&app, &world_files()).await;
    assert!(!staff.get("/admin/imports").await.is(200).says(announced));
}

#[tokio::test]
async fn nobody_else_reads_imports_and_what_is_none_is_not_found() {
    let app = TestApp::new().await;
    import(&app, &world_files()).await;
    let id: uuid::Uuid = sqlx::query_scalar("SELECT id FROM imports").fetch_one(app.db()).await.unwrap();
    for persona in [Persona::Candidate, Persona::PrescriberAdmin, Persona::EmployerAdmin, Persona::Inspector]
    {
        let browser = app.browser(persona).await;
        browser.get("/admin/imports").await.is(403);
        browser.get(&format!("/admin/imports/{id}")).await.is(403);
    }
    app.visitor().get("/admin/imports").await.is(303);
    let staff = app.browser(Persona::Staff).await;
    staff.get(&format!("/admin/imports/{id}?after=zzz")).await.is(200);
    staff.get("/admin/imports?before=zzz").await.is(200);
    staff.get("/admin/imports/12").await.is(404);
    staff.get("/admin/imports/01900000-0000-7000-8000-000000000000").await.is(404);
}
