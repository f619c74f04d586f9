//! The team delivers by hand the PASS of a hire, or refuses it (rule book 03 §4.10).

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_domain::ids::ApplicationId;
use iae_tests::{Persona, TestApp, world};

/// A hire whose PASS waits: neither number of the person is known.
async fn waiting(app: &TestApp) -> ApplicationId {
    sqlx::query(
        "UPDATE candidates SET nir = NULL, nir_missing_reason = 'NO_NIR', france_travail_id = NULL,
                               france_travail_id_missing_reason = 'FORGOTTEN' WHERE id = $1",
    )
    .bind(world::CANDIDATE)
    .execute(app.db())
    .await
    .unwrap();
    let id = app.scenario().application().state(StateCode::Accepted).insert().await;
    app.run_jobs_and_mails().await;
    id
}

#[tokio::test]
async fn the_team_delivers_the_pass_and_who_accepted_is_told() {
    let app = TestApp::new().await;
    let id = waiting(&app).await;
    let staff = app.browser(Persona::Staff).await;
    let dashboard = staff.get("/dashboard").await.is(200);
    assert!(dashboard.says("1 PASS IAE à délivrer à la main"), "{dashboard:?}");
    let list = staff.get("/applications?delivery=manual").await.is(200);
    assert_eq!(list.all("tbody tr").len(), 1);
    let page = staff.get(&format!("/applications/{id}")).await.is(200);
    let page = page.click("Délivrer ou refuser le PASS IAE").await.is(200);
    let form = page.form("pass-delivery");
    for said in ["Date de naissance", "Diagnostic", "PASS IAE précédents"] {
        assert!(page.says(said), "what to decide from, {said}: {}", page.text());
    }
    assert!(page.statements.len() <= 10, "{:?}", page.statements);
    let wrong = form.clone().fill("ends_on", "2020-01-01").press("review").submit().await.is(422);
    assert!(wrong.error("ends_on").is_some(), "{:?}", wrong.errors());
    let recap = form.press("review").submit().await.is(200);
    assert!(recap.h1().starts_with("Délivrer le PASS IAE") && recap.says("730 jours"), "{}", recap.text());
    let passes =
        sqlx::query_scalar::<_, i64>("SELECT count(*) FROM passes").fetch_one(app.db()).await.unwrap();
    assert_eq!(passes, 0, "the recap writes nothing");
    let back = recap.form("pass-delivery").press("Modifier les dates").submit().await.is(200);
    assert!(back.value("starts_on").is_some());
    let form = recap.form("pass-delivery").press("deliver");
    let (one, other) = tokio::join!(form.submit(), form.submit());
    let statuses = [one.status.as_u16(), other.status.as_u16()];
    assert!(statuses.contains(&303) && statuses.contains(&409), "one PASS: {statuses:?}");
    let written: (i64, String, bool) = sqlx::query_as(
        "SELECT count(*) OVER (), a.pass_delivery, p.starts_on = a.hiring_starts_on AND p.ends_on = p.starts_on + 729
         FROM applications a JOIN passes p ON p.id = a.pass_id WHERE a.id = $1",
    )
    .bind(id)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(written, (1, "manual".to_owned(), true), "the usual length; the mode stays manual");
    let mails = app.run_jobs_and_mails().await;
    let told: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    assert_eq!(told, [Persona::EmployerAdmin.email()], "who accepted");
    assert!(mails[0].subject.contains("PASS IAE"), "{}", mails[0].subject);
    let trail = app.audit_trail().await;
    for action in ["application.pass_delivered", "pass.issued"] {
        assert_eq!(trail.iter().filter(|done| *done == action).count(), 1, "{action}");
    }
    assert!(staff.get("/applications?delivery=manual").await.is(200).all("tbody tr").is_empty());
    assert_eq!(staff.get("/applications?delivery=automatic").await.is(200).all("tbody tr").len(), 1);
    let again = staff.get(page.url.path()).await.is(303).follow().await;
    assert_eq!(again.flash().as_deref(), Some("Rien à délivrer"));
    let employer = app.browser(Persona::Employer).await.get(&format!("/applications/{id}")).await.is(200);
    assert!(!employer.says("pas encore délivré"), "{employer:?}");
}

#[tokio::test]
async fn the_team_refuses_the_pass_and_says_who_can_help() {
    let app = TestApp::new().await;
    let id = waiting(&app).await;
    let staff = app.browser(Persona::Staff).await;
    let address = format!("/applications/{id}/pass-delivery");
    let page = staff.get(&address).await.is(200);
    let asked = page.form("pass-delivery").press("refuse").submit().await.is(200);
    assert!(asked.h1().starts_with("Refuser le PASS IAE"), "asked first: {asked:?}");
    assert!(app.run_jobs_and_mails().await.is_empty());
    let done = asked.form("pass-delivery").press("confirm").submit().await.is(303).follow().await.is(200);
    assert_eq!(done.flash().as_deref(), Some("PASS IAE refusé"));
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, Persona::EmployerAdmin.email(), "who accepted");
    assert!(mails[0].text_body.contains("délai de carence"), "{}", mails[0].text_body);
    let employer = app.browser(Persona::Employer).await.get(&format!("/applications/{id}")).await.is(200);
    assert!(employer.says("a refusé le PASS IAE") && !employer.says("plus rien à faire ici"), "{employer:?}");
    let history = employer.all(".history li").join(" ");
    assert!(history.contains("PASS IAE refusé") && history.contains("l’équipe du service"), "{history}");
    assert_eq!(staff.get("/applications?delivery=refused").await.is(200).all("tbody tr").len(), 1);
    page.form("pass-delivery").press("review").submit().await.is(409);
}

/// A PASS that appeared meanwhile makes both needless; an older one keeps its days.
#[tokio::test]
async fn nothing_is_delivered_beside_another_pass() {
    let app = TestApp::new().await;
    let id = waiting(&app).await;
    let staff = app.browser(Persona::Staff).await;
    let page = staff.get(&format!("/applications/{id}/pass-delivery")).await.is(200);
    app.scenario().pass().starting(app.today() - TimeDelta::days(800)).insert().await;
    let before = (app.today() - TimeDelta::days(100)).to_string();
    let overlapping = page.form("pass-delivery").fill("starts_on", &before).press("review");
    let before_it = staff.get(page.url.path()).await.is(200);
    assert_eq!(before_it.all("main dd a").len(), 1, "the PASS they had, with its page: {}", before_it.text());
    let refused = overlapping.submit().await.is(422);
    assert!(
        refused.error("starts_on").unwrap_or_default().contains("autre PASS IAE"),
        "{:?}",
        refused.errors()
    );
    assert_eq!(refused.value("starts_on").as_deref(), Some(before.as_str()));
    sqlx::query("UPDATE passes SET starts_on = $1 - 729, ends_on = $1")
        .bind(app.today())
        .execute(app.db())
        .await
        .unwrap();
    let asked = page.form("pass-delivery").press("refuse").submit().await.is(200);
    for form in [page.form("pass-delivery").press("review"), asked.form("pass-delivery").press("confirm")] {
        let conflict = form.submit().await.is(409);
        assert!(conflict.says("a maintenant un PASS IAE valide"), "{conflict:?}");
    }
    app.ignore_mails();
}

#[tokio::test]
async fn nobody_else_delivers_a_pass() {
    let app = TestApp::new().await;
    let id = waiting(&app).await;
    let address = format!("/applications/{id}/pass-delivery");
    for persona in [Persona::Employer, Persona::Prescriber, Persona::Candidate, Persona::Inspector] {
        let browser = app.browser(persona).await;
        browser.get(&address).await.is(403);
        let acting_for = persona.organisation().map(|id| id.to_string()).unwrap_or_default();
        browser.post(&address, &[("acting_for", &acting_for), ("step", "refuse")]).await.is(403);
    }
    // STF-1: nor a member of the team whom no group lets.
    let page = app.browser(Persona::Staff).await.get(&address).await.is(200);
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    page.form("pass-delivery").press("refuse").submit().await.is(404);
    let staff = app.browser(Persona::Staff).await;
    staff.get(&address).await.is(404);
    staff.get(&format!("/applications/{id}")).await.is(404);
    sqlx::query("INSERT INTO staff_groups (user_id, code, since) VALUES ($1, 'admin_readonly', $2)")
        .bind(world::STAFF)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    staff.get(&address).await.is(403);
    assert!(!staff.get(&format!("/applications/{id}")).await.is(200).links().contains(&address));
}
