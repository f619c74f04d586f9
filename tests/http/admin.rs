//! What the platform's team reads, and nobody else.

use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp, world};

const PAGES: [&str; 4] = ["/admin", "/admin/emails", "/admin/jobs", "/admin/audit"];

#[tokio::test]
async fn the_team_reads_the_outbox_the_tasks_and_the_trail() {
    let app = TestApp::new().await;
    let hired = app.scenario().application().by(Persona::Prescriber).to(world::ACI).of(world::CANDIDATE);
    let id = hired.state(StateCode::Accepted).insert().await;
    let staff = app.browser(Persona::Staff).await;

    let outbox = staff.get("/admin/emails?status=sent").await.is(200);
    assert_eq!(outbox.all("tbody tr").len(), 3, "ACC-32: the PASS, the candidate, the sender");
    let mail = outbox.links().into_iter().find(|link| link.starts_with("/admin/emails/")).unwrap();
    staff.get(&mail).await.is(200);
    assert!(staff.get("/admin/emails?status=failed").await.is(200).says("Aucun message"));

    let trail = staff.get(&format!("/admin/audit?subject={id}")).await.is(200);
    assert!(
        trail.says("Candidature acceptée") && trail.says("PASS IAE : PASS IAE délivré"),
        "{}",
        trail.text()
    );
    assert!(!trail.says("application.") && !trail.says("{"), "no code for machines: {}", trail.text());
    let passes = staff.get("/admin/audit?action=pass.issued").await.is(200);
    assert_eq!(passes.all("tbody th"), ["PASS IAE délivré"]);
    assert!(staff.get("/admin/jobs").await.is(200).says("Aucune tâche en attente"));
}

#[tokio::test]
async fn filters_that_make_no_sense_are_said_and_break_nothing() {
    let app = TestApp::new().await;
    let staff = app.browser(Persona::Staff).await;
    let wrong = staff.get("/admin/audit?subject=12&after=%07").await.is(200);
    assert!(wrong.error("subject").is_some());
    staff.get("/admin/emails?status=nonsense&after=zzz").await.is(200);
    staff.get("/admin/emails/12").await.is(404);
    staff.get("/admin/emails/01900000-0000-7000-8000-000000000000").await.is(404);
}

#[tokio::test]
async fn nobody_else_comes_in() {
    let app = TestApp::new().await;
    for persona in [Persona::Candidate, Persona::PrescriberAdmin, Persona::EmployerAdmin, Persona::Inspector]
    {
        let browser = app.browser(persona).await;
        for page in PAGES {
            browser.get(page).await.is(403);
        }
    }
    for page in PAGES {
        app.visitor().get(page).await.is(303);
    }
}
