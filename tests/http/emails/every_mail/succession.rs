//! What became of a structure is told to the administrators of both (rule book 05, C13).

use iae_tests::{Persona, TestApp, world};

pub(super) async fn structures_change(app: &TestApp) {
    let staff = app.browser(Persona::Staff).await;
    let address = |page: &str| format!("/admin/organisations/{}/succession/{page}", world::ACI);
    app.scenario().application().for_job(world::GARDENER).insert().await;
    app.run_jobs().await;

    let page = staff.get(&address("siret")).await.is(200);
    let form = page
        .form("#siret-form")
        .fill("siret", "38012345600029")
        .fill("remark", "Déménagement.")
        .press("read");
    let read = form.submit().await.is(200);
    read.form("#siret-form").press("confirm").submit().await.is(303);
    app.run_jobs().await;

    let page = staff.get(&address("split")).await.is(200);
    let form =
        page.form("#split-form").check("posts", &world::GARDENER.to_string()).check("destination", "known");
    let form = form.fill("wanted", "39012345600012").fill("remark", "Apport partiel d’actif.").press("read");
    let read = form.submit().await.is(200);
    read.form("#split-form").press("confirm").submit().await.is(303);
    app.run_jobs().await;

    let page = staff.get(&address("merger")).await.is(200);
    let form = page.form("#merger-form").fill("wanted", "39012345600012").fill("remark", "Traité de fusion.");
    let read = form.press("read").submit().await.is(200);
    read.form("#merger-form").press("confirm").submit().await.is(303);
    app.run_jobs().await;

    let transfer = format!("/admin/organisations/{}/transfer?target={}", world::EI, world::GEIQ);
    let mut form = staff.get(&transfer).await.is(200).form("#transfer").uncheck("disable_source", "true");
    for category in form.offered("categories").iter().filter(|category| *category != "posts") {
        form = form.uncheck("categories", category);
    }
    let read = form.fill("remark", "Reprise des postes.").press("read").submit().await.is(200);
    read.form("#transfer").press("confirm").submit().await.is(303);
    app.run_jobs().await;
}
