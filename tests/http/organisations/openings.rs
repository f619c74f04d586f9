//! Applications blocked, spontaneous applications opened, renewed, closed (CMP-35 to CMP-37, P41).

use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::organisations::openings::expire_all;
use iae_tests::{Page, Persona, TestApp, world};

async fn does(page: &Page, words: &str) -> Page {
    page.form("#openings").press(words).submit().await
}

#[tokio::test]
async fn any_member_suspends_and_takes_applications_again() {
    let app = TestApp::new().await;
    let member = app.browser(Persona::Employer).await;
    let page = member.get("/organisation").await.is(200);
    let blocked = does(&page, "Suspendre les candidatures").await.is(303).follow().await.is(200);
    assert_eq!(blocked.flash().as_deref(), Some("Les candidatures sont suspendues"));
    let card = format!("/employers/{}", world::ACI);
    assert!(app.visitor().get(&card).await.is(200).says("ne prend pas de nouvelle candidature"), "CMP-35");
    assert!(app.visitor().get("/jobs?city=metz-57").await.all(".result__title a").is_empty(), "CMP-35");
    let again = does(&page, "Suspendre les candidatures").await.is(409);
    assert!(again.says("étaient déjà suspendues"), "D32: {}", again.text());
    does(&blocked, "Reprendre les candidatures").await.is(303);
    assert!(!app.visitor().get(&card).await.says("ne prend pas de nouvelle candidature"));
    let trail = app.audit_trail().await;
    for action in ["organisation.applications_blocked", "organisation.applications_taken"] {
        assert!(trail.contains(&action.to_owned()), "{action}: {trail:?}");
    }
    for persona in [Persona::Prescriber, Persona::Candidate, Persona::Staff] {
        let browser = app.browser(persona).await;
        let acting_for = persona.organisation().map(|id| id.to_string()).unwrap_or_default();
        let fields = [("acting_for", acting_for.as_str()), ("act", "block")];
        let fields = if acting_for.is_empty() { &fields[1..] } else { &fields[..] };
        browser.post("/organisation/openings", fields).await.is(403);
    }
    let acting_for = world::ACI.to_string();
    let nonsense = [("acting_for", acting_for.as_str()), ("act", "x")];
    member.post("/organisation/openings", &nonsense).await.is(400);
}

#[tokio::test]
async fn spontaneous_applications_close_after_90_days_unless_someone_renews_them() {
    let app = TestApp::new().await;
    let member = app.browser(Persona::Employer).await;
    let page = member.get("/organisation").await.is(200);
    assert!(page.says("Prenez-vous toujours des candidatures spontanées"), "CMP-32: {}", page.text());
    let renewed = does(&page, "Actualiser les candidatures spontanées").await.is(303).follow().await.is(200);
    assert!(!renewed.says("Prenez-vous toujours"));
    app.advance(TimeDelta::days(90) - TimeDelta::minutes(1));
    expire_all(&app.app, &Ctx::system(app.now())).await.unwrap();
    let mails = app.run_jobs_and_mails().await;
    assert!(!mails.iter().any(|mail| mail.subject.contains("Jardins")), "not yet, CMP-36");
    app.advance(TimeDelta::minutes(1));
    assert_eq!(expire_all(&app.app, &Ctx::system(app.now())).await.unwrap(), 1);
    assert_eq!(expire_all(&app.app, &Ctx::system(app.now())).await.unwrap(), 0, "once");
    let mails = app.run_jobs_and_mails().await;
    let told: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    for persona in [Persona::Employer, Persona::EmployerAdmin] {
        assert!(told.contains(&persona.email()), "every member, CMP-36: {told:?}");
    }
    assert!(mails.iter().all(|mail| mail.text_body.contains("/organisation")));
    // The session may be over by then: a new one.
    let page = app.browser(Persona::Employer).await.get("/organisation").await.is(200);
    assert!(page.says("Fermées : on ne postule que sur un poste ouvert"), "{}", page.text());
    does(&page, "Ouvrir les candidatures spontanées").await.is(303);
}
