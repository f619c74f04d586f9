//! Prolongations of a PASS: declared, asked, granted, refused, reminded (rule book 03 §6).

mod answer;
mod ask;
mod letter;
mod moved;
mod race;
mod remind;
mod report;
mod report_left;

use chrono::{Months, NaiveDate};
use iae_domain::applications::StateCode;
use iae_domain::ids::{PassId, ProlongationRequestId};
use iae_tests::{Form, Page, Persona, TestApp, world};

/// Far enough into the two years: the PASS ends three months later.
pub(crate) async fn hired(app: &TestApp) -> PassId {
    hired_with_pass_ending(app, app.today() + Months::new(3)).await
}

/// A PASS, and what was asked for it, whose mail is read.
async fn waiting(app: &TestApp) -> (PassId, ProlongationRequestId) {
    let pass = hired(app).await;
    let id = asked(app, pass).await;
    app.run_jobs_and_mails().await;
    (pass, id)
}

/// A PASS that ends that day, under which the ACI hired the person.
async fn hired_with_pass_ending(app: &TestApp, end: NaiveDate) -> PassId {
    let id = app.scenario().pass().insert().await;
    app.scenario().application().to(world::ACI).state(StateCode::Accepted).insert().await;
    move_to(app, id, end).await;
    id
}

/// The PASS as if it had been issued to end that day.
pub(crate) async fn move_to(app: &TestApp, id: PassId, end: NaiveDate) {
    sqlx::query(
        "UPDATE passes SET starts_on = $2::date - 729, issued_days = 730, ends_on = $2 WHERE id = $1",
    )
    .bind(id)
    .bind(end)
    .execute(app.db())
    .await
    .unwrap();
}

/// A suspension of six days from that day on, which pushes the end back by five.
async fn suspend(app: &TestApp, id: PassId, start: NaiveDate) {
    sqlx::query(
        "WITH new AS (
             INSERT INTO suspensions
                 (id, pass_id, starts_on, ends_on, reason, organisation_id, created_by, created_at, updated_at)
             SELECT gen_random_uuid(), id, $2, $2::date + 5, 'contract_suspended', $3, $4, created_at, created_at
             FROM passes WHERE id = $1
         )
         UPDATE passes SET ends_on = ends_on + 5 WHERE id = $1",
    )
    .bind(id)
    .bind(start)
    .bind(world::ACI)
    .bind(world::EMPLOYER)
    .execute(app.db())
    .await
    .unwrap();
}

/// The mission locale is no longer authorised.
async fn unauthorise(app: &TestApp) {
    sqlx::query(
        "UPDATE prescriber_organisations SET authorisation_status = 'REFUSED' WHERE organisation_id = $1",
    )
    .bind(world::MISSION_LOCALE)
    .execute(app.db())
    .await
    .unwrap();
}

async fn end(app: &TestApp, pass: PassId) -> NaiveDate {
    sqlx::query_scalar("SELECT ends_on FROM passes WHERE id = $1")
        .bind(pass)
        .fetch_one(app.db())
        .await
        .unwrap()
}

async fn form(app: &TestApp, pass: PassId) -> Form {
    let page = app.browser(Persona::Employer).await.get(&format!("/pass/{pass}/prolongation")).await.is(200);
    page.form("main form")
}

/// A request for difficulties, for thirty days, ready to be verified.
fn filled(form: Form, pass_end: NaiveDate) -> Form {
    filled_but_reason(form, pass_end).fill("reason", "particular_difficulties")
}

fn filled_but_reason(form: Form, pass_end: NaiveDate) -> Form {
    form.fill("ends_on", &(pass_end + chrono::Days::new(30)).to_string())
        .fill("prescriber", Persona::Prescriber.email())
        .fill("review_done", "Permis de conduire en cours.")
        .fill("review_obstacles", "Le logement.")
        .fill("review_planned", "Un rendez-vous par mois.")
        .press("review")
}

async fn confirm(recap: &Page) -> Page {
    recap.form("main form").check("certified", "true").press("confirm").submit().await
}

/// A request of the ACI, addressed to Paul Hoffmann.
pub(crate) async fn asked(app: &TestApp, pass: PassId) -> ProlongationRequestId {
    let recap = filled(form(app, pass).await, end(app, pass).await).submit().await.is(200);
    confirm(&recap).await.is(303);
    request_of(app, pass).await
}

async fn request_of(app: &TestApp, pass: PassId) -> ProlongationRequestId {
    sqlx::query_scalar("SELECT id FROM prolongation_requests WHERE pass_id = $1 ORDER BY id DESC")
        .bind(pass)
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// Refuses in three steps, from the page of the request.
pub(crate) async fn refuse(page: &Page) -> Page {
    let reason = page.click("Refuser").await.is(200).form("#refusal").fill("reason", "iae");
    let explanation = reason.press("reason").submit().await.is(200).form("#refusal");
    let explanation =
        explanation.fill("explanation", "Un emploi classique est à sa portée.").press("explanation");
    let actions = explanation.submit().await.is(200).form("#refusal").check("actions", "job_search");
    let actions = actions.fill("details", "Rendez-vous le 12 mai à la mission locale.").press("actions");
    let letter = actions.submit().await.is(200);
    assert!(
        letter.says("Rendez-vous le 12 mai") && letter.says("Ce que vous pouvez faire"),
        "read before it is sent"
    );
    letter.form("#refusal").press("Refuser et envoyer").submit().await
}
