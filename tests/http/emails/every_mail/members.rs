//! Everything that is told of the members of an organisation, and of invitations to join it.

use iae_app::Ctx;
use iae_app::organisations::members::{make_admins, remind_to_review};
use iae_domain::ids::OrganisationId;
use iae_tests::{BASE_URL, Page, Persona, TestApp, world};

use crate::organisations::members::{make_admin, membership};

/// A page of one member, for whoever administers.
async fn page_of(app: &TestApp, by: Persona, of: (Persona, OrganisationId), page: &str) -> Page {
    let id = membership(app, of.0, of.1).await;
    app.browser(by).await.get(&format!("/members/{id}/{page}")).await.is(200)
}

pub(super) async fn members_come_and_go(app: &TestApp) {
    somebody_is_invited_and_joins(app).await;
    roles_change(app).await;
    somebody_leaves_what_they_hold(app).await;
    departures_are_asked(app).await;
    nobody_administers(app).await;
    let asked = remind_to_review(app.worker(), &Ctx::system(app.now())).await.unwrap();
    assert!(asked > 0);
    app.run_jobs().await;
    two_organisations_become_one(app).await;
}

async fn two_organisations_become_one(app: &TestApp) {
    let address = format!("/admin/organisations/{}/merger?target={}", world::CCAS, world::MISSION_LOCALE);
    let page = app.browser(Persona::Staff).await.get(&address).await.is(200);
    page.form("#merger").fill("remark", "Le CCAS rejoint la mission locale.").submit().await.is(303);
    app.run_jobs().await;
}

async fn somebody_is_invited_and_joins(app: &TestApp) {
    let page = app.browser(Persona::Employer).await.get("/invitations/new").await.is(200);
    let form = page.form("#invitations").fill("last_name", "Petit").fill("first_name", "Nadia");
    let recap = form.fill("email", Persona::NoOrganisation.email()).press("review").submit().await.is(200);
    recap.form("#invitations").press("confirm").submit().await.is(303);
    app.run_jobs().await;
    let text: String = sqlx::query_scalar("SELECT text_body FROM emails WHERE kind = 'invitation_sent'")
        .fetch_one(app.db())
        .await
        .unwrap();
    let link = text.split_whitespace().find(|word| word.starts_with(BASE_URL)).unwrap();
    let landing = app.browser(Persona::NoOrganisation).await.get(link).await.is(200);
    landing.form("acceptance").submit().await.is(303);
    app.run_jobs().await;
}

async fn roles_change(app: &TestApp) {
    let page = page_of(app, Persona::EmployerAdmin, (Persona::Employer, world::ACI), "role").await;
    page.form("role").press("Nommer").submit().await.is(303);
    app.run_jobs().await;
    let page = page_of(app, Persona::Employer, (Persona::EmployerAdmin, world::ACI), "role").await;
    page.form("role").press("Retirer le rôle").submit().await.is(303);
    app.run_jobs().await;
}

async fn somebody_leaves_what_they_hold(app: &TestApp) {
    app.scenario().application().by(Persona::Prescriber).insert().await;
    let of = (Persona::Prescriber, world::MISSION_LOCALE);
    let mut form = page_of(app, Persona::PrescriberAdmin, of, "departure").await.form("departure");
    let to = [Persona::PrescriberAdmin.user().to_string(), Persona::MultiOrganisation.user().to_string()];
    for (field, to) in ["to_applications", "to_accompaniments"].iter().zip(&to) {
        form = form.fill(field, to);
    }
    form.submit().await.is(303);
    app.run_jobs().await;
}

async fn departures_are_asked(app: &TestApp) {
    for persona in [Persona::EmployerAdmin, Persona::OtherPrescriber] {
        let page = app.browser(persona).await.get("/members/leaving").await.is(200);
        page.form("leaving").submit().await.is(303);
        app.run_jobs().await;
    }
    // Of an organisation that nobody administers.
    make_admin(app, Persona::Orienter, world::ASSOCIATION, false).await;
    let page = app.browser(Persona::Orienter).await.get("/members/leaving").await.is(200);
    page.form("leaving").submit().await.is(303);
    app.run_jobs().await;
}

/// One company has an official address, the other has none.
async fn nobody_administers(app: &TestApp) {
    make_admin(app, Persona::OtherEmployer, world::EI, false).await;
    let page = app.browser(Persona::OtherEmployer).await.get("/members/admin-request").await.is(200);
    page.form("admin-request").submit().await.is(303);
    make_admin(app, Persona::GeiqEmployer, world::GEIQ, false).await;
    sqlx::query("UPDATE users SET last_login_at = $2 WHERE id = $1")
        .bind(Persona::GeiqEmployer.user())
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    assert_eq!(make_admins(app.worker(), &Ctx::system(app.now())).await.unwrap(), 1);
    app.run_jobs().await;
}
