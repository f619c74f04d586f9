//! Who administers an organisation that nobody administers, and what those who do are asked (MEM-11 to MEM-14).

use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::organisations::members::{make_admins, remind_to_review};
use iae_tests::{BASE_URL, Persona, TestApp, world};

use super::members::{make_admin, standing};

/// MEM-11, MEM-12.
#[tokio::test]
async fn the_official_address_of_a_company_names_its_administrator() {
    let app = TestApp::new().await;
    let employer = app.browser(Persona::Employer).await;
    employer.get("/members/admin-request").await.is(403);
    make_admin(&app, Persona::EmployerAdmin, world::ACI, false).await;
    let page = employer.get("/members").await.click("Demander le statut").await.is(200);
    page.form("admin-request").submit().await.is(303);
    page.form("admin-request").submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1, "asked twice in a row, told once");
    assert_eq!(mails[0].recipient, "direction@exemple.fr");
    assert!(mails[0].text_body.contains(Persona::Employer.email()));
    let link =
        mails[0].text_body.split_whitespace().find(|word| word.starts_with(BASE_URL)).unwrap().to_owned();

    app.browser(Persona::EmployerAdmin).await.get(&link).await.is(404);
    app.browser(Persona::OtherEmployer).await.get(&link).await.is(404);
    app.visitor().get(&link).await.is(303);
    employer.get(&link.replace("token=", "token=x")).await.is(404);
    let landing = employer.get(&link).await.is(200);
    assert_eq!(standing(&app, Persona::Employer, world::ACI).await, (true, false), "opening it does nothing");
    landing.form("#take-over").submit().await.is(303);
    assert_eq!(standing(&app, Persona::Employer, world::ACI).await, (true, true));
    let again = landing.form("#take-over").submit().await.is(409);
    assert!(again.says("Ce lien a déjà servi"), "{}", again.text());
    assert!(employer.get(&link).await.is(409).says("Ce lien a déjà servi"), "said as it is opened");
    assert_eq!(app.run_jobs_and_mails().await.len(), 1, "the new administrator is told");
}

/// MEM-12: dead once somebody administers the company, who is named; and after a fortnight.
#[tokio::test]
async fn a_request_dies_with_an_administrator_or_with_time() {
    let app = TestApp::new().await;
    make_admin(&app, Persona::EmployerAdmin, world::ACI, false).await;
    let employer = app.browser(Persona::Employer).await;
    employer.get("/members/admin-request").await.form("admin-request").submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let link =
        mails[0].text_body.split_whitespace().find(|word| word.starts_with(BASE_URL)).unwrap().to_owned();
    let form = employer.get(&link).await.is(200).form("#take-over");
    make_admin(&app, Persona::EmployerAdmin, world::ACI, true).await;
    let named = form.submit().await.is(409);
    assert!(named.says("Adèle THIRY"), "{}", named.text());
    assert!(employer.get(&link).await.is(409).says("Adèle THIRY"), "said as it is opened");
    make_admin(&app, Persona::EmployerAdmin, world::ACI, false).await;
    sqlx::query("UPDATE admin_requests SET asked_at = asked_at - interval '15 days', expires_at = $1")
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    form.submit().await.is(409);
    assert_eq!(standing(&app, Persona::Employer, world::ACI).await, (true, false));
}

/// MEM-13.
#[tokio::test]
async fn a_company_without_official_address_finds_administrators_by_itself() {
    let app = TestApp::new().await;
    make_admin(&app, Persona::OtherEmployer, world::EI, false).await;
    for (persona, days) in [(Persona::OtherEmployer, 9), (Persona::MultiOrganisation, 2)] {
        sqlx::query("UPDATE users SET last_login_at = $2 WHERE id = $1")
            .bind(persona.user())
            .bind(app.now() - TimeDelta::days(days))
            .execute(app.db())
            .await
            .unwrap();
    }
    let system = Ctx::system(app.now());
    assert_eq!(
        make_admins(app.worker(), &system).await.unwrap(),
        0,
        "it has an address, which names somebody"
    );
    sqlx::query("UPDATE companies SET auth_email = NULL WHERE organisation_id = $1")
        .bind(world::EI)
        .execute(app.db())
        .await
        .unwrap();
    assert_eq!(make_admins(app.worker(), &system).await.unwrap(), 2);
    assert_eq!(make_admins(app.worker(), &system).await.unwrap(), 0);
    assert_eq!(standing(&app, Persona::MultiOrganisation, world::EI).await, (true, true));
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 2);
    assert!(mails[0].subject.contains("que plus personne n’administrait"));
}

/// MEM-14.
#[tokio::test]
async fn administrators_read_their_members_again_every_three_months() {
    let app = TestApp::new().await;
    let ask = async || remind_to_review(app.worker(), &Ctx::system(app.now())).await.unwrap();
    assert_eq!(ask().await, 3, "the ACI, the EI and the mission locale have several members");
    assert_eq!(ask().await, 0);
    let mails = app.run_jobs_and_mails().await;
    let mut told: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    told.sort_unstable();
    let mut admins =
        [Persona::EmployerAdmin.email(), Persona::OtherEmployer.email(), Persona::PrescriberAdmin.email()];
    admins.sort_unstable();
    assert_eq!(told, admins);
    app.advance(TimeDelta::days(93));
    assert_eq!(ask().await, 3);
    app.run_jobs_and_mails().await;
}
