//! Both ids in the trail, sealed with it; openings of files are the reader's (AUT-31, D34).

use iae_app::audit::chain::Broken;
use iae_app::audit::seal_all;
use iae_app::audit::verify::verify;
use iae_app::db::Role;
use iae_tests::{Persona, TestApp, world};
use sqlx::AssertSqlSafe;

use super::{actors_of, seen_as};

#[tokio::test]
async fn every_write_is_kept_with_both_ids_and_read_so() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let id = app.scenario().application().insert().await;
    let browser = seen_as(&app, Persona::Employer).await;
    let page = browser.get(&format!("/applications/{id}/postponement")).await.is(200);
    page.form("main form").fill("answer", "Nous recrutons en juin.").submit().await.is(303);
    let both = (Some(world::EMPLOYER.0), Some(world::STAFF.0));
    assert_eq!(actors_of(&app, "application.postponed").await, [both]);
    browser.get("/dashboard").await.is(200).form("/impersonation/end").submit().await.is(303);
    let trail = browser.get("/admin/audit?action=application.postponed").await.is(200);
    assert!(trail.says("Sofia MARTIN à la place d’Émile SCHMITT"), "{trail:?}");
    assert!(trail.links().contains(&format!("/admin/audit?user={}", world::STAFF)), "{:?}", trail.links());
    // It is found among what the team did, and among what was done as the person; once.
    for user in [world::STAFF, world::EMPLOYER] {
        let address = format!("/admin/audit?user={user}&action=application.postponed");
        let deeds = browser.get(&address).await.is(200);
        assert_eq!(deeds.all("tbody th"), ["Candidature mise en attente"], "{deeds:?}");
    }
    let others = format!("/admin/audit?user={}&action=application.postponed", world::PRESCRIBER);
    assert!(browser.get(&others).await.is(200).says("Aucune ligne ne correspond"));
    // What the person does themselves is theirs alone.
    let own = app.browser(Persona::Employer).await;
    own.get(&format!("/applications/{id}")).await.is(200);
    assert_eq!(actors_of(&app, "candidate.file_opened").await.last(), Some(&(both.0, None)));
}

/// The person whose file it is, and the administrators of the organisation, read that the support did, not the member.
#[tokio::test]
async fn openings_are_told_as_the_support_s() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let id = app.scenario().application().insert().await;
    let browser = seen_as(&app, Persona::Employer).await;
    for _ in 0..2 {
        browser.get(&format!("/applications/{id}")).await.is(200);
    }
    let opened = actors_of(&app, "candidate.file_opened").await;
    let by_support = opened.iter().filter(|(_, by)| by.is_some()).collect::<Vec<_>>();
    assert_eq!(by_support, [&(Some(world::EMPLOYER.0), Some(world::STAFF.0))], "once a day");
    let own = app.browser(Persona::Candidate).await.get("/my-file").await.is(200);
    assert!(own.says("Sofia MARTIN, équipe du service") && !own.says("Émile SCHMITT"), "{own:?}");
    let log = app.browser(Persona::EmployerAdmin).await.get("/access-log").await.is(200);
    assert!(log.says("Sofia MARTIN, équipe du service"), "{log:?}");
    // The member, who reads it the same day, is kept besides.
    app.browser(Persona::Employer).await.get(&format!("/applications/{id}")).await.is(200);
    assert_eq!(actors_of(&app, "candidate.file_opened").await.len(), opened.len() + 1);
    let own = app.browser(Persona::Candidate).await.get("/my-file").await.is(200);
    assert!(own.says("Émile SCHMITT"), "{own:?}");
}

/// D34: who a person is, read before one sees the platform in their place, is an opening of their file.
#[tokio::test]
async fn seeing_the_platform_as_a_candidate_opens_their_file() {
    let app = TestApp::new().await;
    seen_as(&app, Persona::Candidate).await;
    assert_eq!(actors_of(&app, "candidate.file_opened").await, [(Some(world::STAFF.0), None)]);
    let own = app.browser(Persona::Candidate).await.get("/my-file").await.is(200);
    assert!(own.says("Sofia MARTIN"), "{own:?}");
}

/// C7: who was behind is sealed with the row; rows without anybody verify as they did.
#[tokio::test]
async fn who_was_behind_cannot_be_changed_afterwards() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let id = app.scenario().application().insert().await;
    let browser = seen_as(&app, Persona::Employer).await;
    browser.get(&format!("/applications/{id}")).await.is(200);
    seal_all(&app.worker().db, |_| ()).await.unwrap();
    let verified = async || verify(&app.db_as(Role::Reader), None, app.now(), |_, _| ()).await.unwrap();
    verified().await.unwrap();
    let as_owner_by_force = async |statement: String| {
        let mut tx = app.db().begin().await.unwrap();
        sqlx::query("SET LOCAL session_replication_role = replica").execute(&mut *tx).await.unwrap();
        sqlx::query(AssertSqlSafe(statement)).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    let (staff, employer) = (world::STAFF, world::EMPLOYER);
    for (forged, as_it_was) in [
        // The team was never there.
        (
            format!("impersonator_id = NULL WHERE impersonator_id = '{staff}'"),
            format!("impersonator_id = '{staff}' WHERE actor_id = '{employer}'"),
        ),
        // Somebody else was behind.
        (
            format!("impersonator_id = '{employer}' WHERE action = 'account.impersonation_begun'"),
            "impersonator_id = NULL WHERE action = 'account.impersonation_begun'".to_owned(),
        ),
    ] {
        as_owner_by_force(format!("UPDATE audit_events SET {forged}")).await;
        assert!(matches!(verified().await, Err(Broken::Altered { .. })), "{forged}");
        as_owner_by_force(format!("UPDATE audit_events SET {as_it_was}")).await;
        verified().await.unwrap();
    }
}
