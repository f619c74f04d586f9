//! A habilitation from its request to its end; what the team decides of an organisation.

use chrono::{Months, TimeDelta};
use iae_tests::{Persona, TestApp, world};

use crate::{habilitations, prolongations};

/// Asked for, completed, granted, announced, ended; refused; granted again, and revoked.
pub(super) async fn habilitations_say_everything(app: &TestApp) {
    let id = habilitations::submitted(app).await;
    app.run_jobs().await;
    let asked = habilitations::page(app, id, "/complement").await.form("#words-form");
    asked.fill("words", "Joignez vos statuts.").submit().await.is(303);
    app.run_jobs().await;
    let page = app.browser(Persona::Orienter).await.get("/habilitation/request").await.is(200);
    habilitations::transmitted(app, page.form("#request")).await;
    app.run_jobs().await;
    habilitations::heard(app, id).await;
    habilitations::granted(app, id, app.today() + Months::new(2)).await;
    app.run_jobs().await;
    let pass = prolongations::hired(app).await;
    let request = prolongations::asked(app, pass).await;
    sqlx::query(
        "UPDATE prolongation_requests SET prescriber_organisation_id = $2, assignee_id = $3 WHERE id = $1",
    )
    .bind(request)
    .bind(world::ASSOCIATION)
    .bind(world::ORIENTER)
    .execute(app.db())
    .await
    .unwrap();
    app.run_jobs().await;
    follow(app).await;
    app.advance(TimeDelta::days(70));
    follow(app).await;

    let refused = habilitations::submitted_again(app).await;
    app.run_jobs().await;
    let form = habilitations::page(app, refused, "/refusal").await.form("#words-form");
    form.fill("words", "Le besoin est couvert.").submit().await.is(303);
    app.run_jobs().await;

    let again = habilitations::submitted_again(app).await;
    habilitations::heard(app, again).await;
    habilitations::granted(app, again, app.today() + Months::new(12)).await;
    app.run_jobs().await;
    let form = habilitations::page(app, again, "/revocation").await.form("#words-form");
    form.fill("words", "L’équipe est partie.").submit().await.is(303);
    app.run_jobs().await;
    the_team_decides(app).await;
}

async fn follow(app: &TestApp) {
    let ctx = iae_app::Ctx::system(app.now());
    iae_app::habilitations::follow_terms(&app.app, &ctx).await.unwrap();
    app.run_jobs().await;
}

/// A kind is changed, validated again; another is refused.
async fn the_team_decides(app: &TestApp) {
    let address = format!("/admin/authorisations/{}", world::CCAS);
    let opened = async || app.browser(Persona::Staff).await.get(&address).await.is(200);
    opened().await.form("#kind-form").fill("kind", "PLIE").submit().await.is(303);
    app.run_jobs().await;
    opened().await.form("validation").submit().await.is(303);
    app.run_jobs().await;
    opened().await.form("#kind-form").fill("kind", "CCAS").submit().await.is(303);
    app.run_jobs().await;
    let asked = opened().await.form("refusal").submit().await.is(200);
    asked.form("refusal").press("confirm").submit().await.is(303);
    app.run_jobs().await;
}
