//! Two people at once: one wins, the other reads what was done.

use chrono::Days;
use iae_tests::{Persona, TestApp};

use super::{asked, end, filled, form, hired};

#[tokio::test]
async fn granted_and_refused_at_once() {
    for _ in 0..3 {
        let app = TestApp::new().await;
        let pass = hired(&app).await;
        let before = end(&app, pass).await;
        let id = asked(&app, pass).await;
        let one = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{id}")).await.is(200);
        let other = app.browser(Persona::PrescriberAdmin).await;
        let step = other.get(&format!("/prolongations/{id}/refusal")).await.is(200).form("#refusal");
        let step = step.fill("reason", "siae").press("reason").submit().await.is(200).form("#refusal");
        let step = step.fill("explanation", "Non.").press("explanation").submit().await.is(200);
        let refusal = step.form("#refusal").press("Refuser et envoyer");
        let grant = one.form("#grant");
        let (granted, refused) = tokio::join!(grant.submit(), refusal.submit());
        let mut statuses = [granted.status.as_u16(), refused.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{granted:?} {refused:?}");
        let (loser, words) = if granted.status == 409 {
            (&granted, "Perrine WEBER a refusé")
        } else {
            (&refused, "Paul HOFFMANN a accepté")
        };
        assert!(loser.says(words), "{}", loser.text());
        let added = if granted.status == 303 { 30 } else { 0 };
        assert_eq!(end(&app, pass).await, before + Days::new(added));
        app.run_jobs_and_mails().await;
    }
}

#[tokio::test]
async fn granted_twice_and_declared_twice_at_once() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let before = end(&app, pass).await;
    let form = form(&app, pass).await.fill("reason", "training").press("review");
    let recap = form.fill("ends_on", &(before + Days::new(10)).to_string()).submit().await.is(200);
    let confirmed = recap.form("main form").check("certified", "true").press("confirm");
    let (one, other) = tokio::join!(confirmed.submit(), confirmed.submit());
    assert_eq!([one.status.as_u16(), other.status.as_u16()], [303, 303]);
    assert_eq!(end(&app, pass).await, before + Days::new(10));

    let id = asked(&app, pass).await;
    let page = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{id}")).await.is(200);
    let grant = page.form("#grant");
    let (one, other) = tokio::join!(grant.submit(), grant.submit());
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(end(&app, pass).await, before + Days::new(40));
    app.run_jobs_and_mails().await;
}

/// Two members of the SIAE ask at once: one request waits.
#[tokio::test]
async fn asked_twice_at_once() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let before = end(&app, pass).await;
    let mut recaps = vec![];
    for persona in [Persona::Employer, Persona::EmployerAdmin] {
        let page = app.browser(persona).await.get(&format!("/pass/{pass}/prolongation")).await.is(200);
        let recap = filled(page.form("main form"), before).submit().await.is(200);
        recaps.push(recap.form("main form").check("certified", "true").press("confirm"));
    }
    let (one, other) = tokio::join!(recaps[0].submit(), recaps[1].submit());
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 403]);
    let loser = if one.status == 403 { &one } else { &other };
    assert!(loser.says("attend déjà la réponse"), "{}", loser.text());
    app.run_jobs_and_mails().await;
}
