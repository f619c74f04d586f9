//! Habilitation by the prefect: asked for, instructed, granted, ended (D15; guide P2 §1.1); what the team decides (PRE-7 to PRE-9).

mod input;
mod later;
mod lost;
mod race;
mod register;
mod story;
mod strangers;
mod team;
mod term;

use chrono::{Days, Months, NaiveDate};
use iae_domain::ids::HabilitationId;
use iae_tests::pdf::pdf;
use iae_tests::{Form, Page, Persona, TestApp, world};

/// The page where the association writes its request.
async fn opened(app: &TestApp) -> Page {
    app.browser(Persona::Orienter).await.get("/habilitation/request").await.is(200)
}

/// The four points of the guide, and a piece.
fn filled(page: &Page) -> Form {
    let form = page
        .form("#request")
        .fill("identified", "Convention avec la DDETS depuis 2020.")
        .fill("mission", "Accueil de jour de personnes sans domicile.")
        .fill("staff", "Deux conseillères en insertion, formées à l’IAE.")
        .fill("need", "Aucun prescripteur national n’accueille ce public.");
    form.fill("piece_label", "Rapport d’activité").attach("piece", "rapport.pdf", pdf())
}

/// A request of the association that its DDETS has to instruct.
pub(crate) async fn submitted(app: &TestApp) -> HabilitationId {
    transmitted(app, filled(&opened(app).await)).await;
    last(app).await
}

/// What is typed is kept, read again, then transmitted.
pub(crate) async fn transmitted(app: &TestApp, form: Form) {
    form.press("review").submit().await.is(303);
    read_again(app).await.form("#transmission").submit().await.is(303);
}

/// The page where the association reads its request again.
async fn read_again(app: &TestApp) -> Page {
    app.browser(Persona::Orienter).await.get("/habilitation/request/transmission").await.is(200)
}

/// The latest request there is.
pub(crate) async fn last(app: &TestApp) -> HabilitationId {
    sqlx::query_scalar("SELECT id FROM habilitations ORDER BY id DESC").fetch_one(app.db()).await.unwrap()
}

/// A page of the request, as its DDETS opens it.
pub(crate) async fn page(app: &TestApp, id: HabilitationId, act: &str) -> Page {
    app.browser(Persona::Inspector).await.get(&format!("/habilitations/{id}{act}")).await.is(200)
}

/// The commission is favourable.
pub(crate) async fn heard(app: &TestApp, id: HabilitationId) {
    let form = page(app, id, "/opinion").await.form("#opinion-form").fill("opinion", "favourable");
    form.fill("opinion_on", &app.today().to_string()).submit().await.is(303);
}

/// An order that starts today.
fn ordered(form: Form, today: NaiveDate, ends_on: NaiveDate) -> Form {
    let today = today.to_string();
    let form = form.fill("order_number", "2026-57-12").fill("ordered_on", &today).fill("starts_on", &today);
    form.fill("ends_on", &ends_on.to_string())
}

/// The last day of five years.
fn five_years(app: &TestApp) -> NaiveDate {
    app.today() + Months::new(60) - Days::new(1)
}

/// The prefect authorises the association for these days.
pub(crate) async fn granted(app: &TestApp, id: HabilitationId, ends_on: NaiveDate) {
    let form = page(app, id, "/grant").await.form("#grant-form");
    ordered(form, app.today(), ends_on).submit().await.is(303);
}

async fn state(app: &TestApp, id: HabilitationId) -> String {
    sqlx::query_scalar("SELECT state FROM habilitations WHERE id = $1")
        .bind(id)
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// Whether the association is authorised that day, as the schema says it.
async fn is_authorised(app: &TestApp, day: NaiveDate) -> bool {
    sqlx::query_scalar(
        "SELECT is_authorised(p, $2) FROM prescriber_organisations p WHERE organisation_id = $1",
    )
    .bind(world::ASSOCIATION)
    .bind(day)
    .fetch_one(app.db())
    .await
    .unwrap()
}

/// A renewal of the association, once its right is over.
pub(crate) async fn submitted_again(app: &TestApp) -> HabilitationId {
    let form = filled(&opened(app).await).fill("agreements", "Trois conventions.");
    transmitted(app, form.fill("local_bodies", "Comité local.")).await;
    last(app).await
}
