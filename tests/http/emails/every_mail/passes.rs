//! What happens to a PASS and to the hire it rests on, each with its mails.

use chrono::{NaiveDate, TimeDelta};
use iae_domain::ids::{ApplicationId, PassId};
use iae_tests::{Page, Persona, TestApp, world};

use crate::prolongations;

/// Handed over and granted; then asked again, reminded and refused.
pub(super) async fn prolongations_are_asked_granted_and_refused(app: &TestApp) {
    sqlx::query(
        "UPDATE passes SET starts_on = starts_on - 600, ends_on = ends_on - 600 WHERE candidate_id = $1",
    )
    .bind(world::CANDIDATE)
    .execute(app.db())
    .await
    .unwrap();
    let pass = sqlx::query_scalar("SELECT id FROM passes WHERE candidate_id = $1").bind(world::CANDIDATE);
    let pass = pass.fetch_one(app.db()).await.unwrap();
    let id = prolongations::asked(app, pass).await;
    app.run_jobs().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let page = prescriber.get(&format!("/prolongations/{id}")).await.is(200);
    let delegation = page.form("#delegation").fill("colleague", &world::PRESCRIBER_ADMIN.to_string());
    delegation.submit().await.is(303);
    app.run_jobs().await;
    page.form("#grant").submit().await.is(303);
    app.run_jobs().await;
    let id = prolongations::asked(app, pass).await;
    app.run_jobs().await;
    app.advance(TimeDelta::days(10));
    let ctx = iae_app::Ctx::system(app.now());
    iae_app::pass::prolongation::remind_all(&app.app, &ctx).await.unwrap();
    app.run_jobs().await;
    let page = app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{id}")).await.is(200);
    prolongations::refuse(&page).await.is(303);
    app.run_jobs().await;
}

/// The contract starts a week after the hire.
pub(super) async fn a_pass_is_suspended_changed_lifted_suspended_again_and_removed(app: &TestApp) {
    app.advance(TimeDelta::days(10));
    let id = pass_of_the_candidate(app).await;
    let employer = app.browser(Persona::Employer).await;
    let suspends = async || {
        let employer = app.browser(Persona::Employer).await;
        let page = employer.get(&format!("/pass/{id}/suspension")).await.is(200);
        let form = page.form("#suspension").fill("reason", "contract_suspended").check("no_end", "true");
        confirmed(app, &form.check("certified", "true").submit().await.is(200)).await;
    };
    suspends().await;
    let page = employer.get(&format!("/pass/{id}/suspension/edition")).await.is(200);
    let form = page.form("#suspension").uncheck("no_end", "true").check("certified", "true");
    let end = app.today() + TimeDelta::days(60);
    confirmed(app, &form.fill("ends_on", &end.to_string()).submit().await.is(200)).await;
    let page = employer.get(&format!("/pass/{id}/suspension/lift")).await.is(200);
    confirmed(app, &page.form("#lift").fill("action", "return").submit().await.is(200)).await;
    app.advance(TimeDelta::days(3));
    suspends().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/pass/{id}/suspension/lift")).await.is(200);
    confirmed(app, &page.form("#lift").fill("action", "remove").submit().await.is(200)).await;
}

async fn pass_of_the_candidate(app: &TestApp) -> PassId {
    let id = sqlx::query_scalar("SELECT id FROM passes WHERE candidate_id = $1").bind(world::CANDIDATE);
    id.fetch_one(app.db()).await.unwrap()
}

async fn confirmed(app: &TestApp, recap: &Page) {
    recap.form("#recap").press("confirm").submit().await.is(303);
    app.run_jobs().await;
}

/// By the prescriber, after a suspension of more than a year: the SIAE is told too.
pub(super) async fn a_pass_is_closed(app: &TestApp) {
    let employer = app.browser(Persona::Employer).await;
    let id = pass_of_the_candidate(app).await;
    let page = employer.get(&format!("/pass/{id}/suspension")).await.is(200);
    let form = page.form("#suspension").fill("reason", "contract_broken").check("no_end", "true");
    confirmed(app, &form.check("certified", "true").submit().await.is(200)).await;
    for earlier in [
        "UPDATE passes SET starts_on = starts_on - 366, ends_on = ends_on - 366 WHERE id = $1",
        "UPDATE suspensions SET starts_on = starts_on - 366, ends_on = ends_on - 366 WHERE pass_id = $1",
    ] {
        sqlx::query(earlier).bind(id).execute(app.db()).await.unwrap();
    }
    let page = app.browser(Persona::Prescriber).await.get(&format!("/pass/{id}/closure")).await.is(200);
    confirmed(app, &page.form("#closure").fill("reason", "no_news").submit().await.is(200)).await;
}

/// The hire of the candidate, and its PASS with it.
pub(super) async fn a_hire_is_cancelled(app: &TestApp) {
    let id: ApplicationId =
        sqlx::query_scalar("SELECT id FROM applications WHERE candidate_id = $1 AND state = 'accepted'")
            .bind(world::CANDIDATE)
            .fetch_one(app.db())
            .await
            .unwrap();
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/cancellation")).await.is(200);
    page.form("#cancellation").press("Annuler l’embauche").submit().await.is(303);
    app.run_jobs().await;
}

/// Of a new hire of the candidate, which is cancelled too.
pub(super) async fn a_pass_is_corrected_then_goes_with_the_request_to_prolong_it(app: &TestApp) {
    let pass = prolongations::hired(app).await;
    let staff = app.browser(Persona::Staff).await;
    let page = staff.get(&format!("/pass/{pass}/correction")).await.is(200);
    let start: NaiveDate = page.value("starts_on").unwrap().parse().unwrap();
    let form = page.form("#correction").fill("starts_on", &(start + TimeDelta::days(1)).to_string());
    let form = form.fill("reason", "typing_mistake").fill("explanation", "Contrat relu.");
    let recap = form.submit().await.is(200);
    recap.form("#correction").press("Corriger les dates").submit().await.is(303);
    app.run_jobs().await;
    prolongations::asked(app, pass).await;
    app.run_jobs().await;
    a_hire_is_cancelled(app).await;
}
