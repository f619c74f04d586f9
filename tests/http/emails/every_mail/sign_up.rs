//! What is asked of those who may let somebody in, and what the team is to verify (rule book 01 §16).

use iae_tests::{Persona, TestApp, world};
use uuid::Uuid;

use crate::sign_up::{NEW_SIRET, searched, with_address};

/// The team verifies the facilitator that signed up (CMP-16).
async fn verify(app: &TestApp) {
    let id: Uuid = sqlx::query_scalar("SELECT id FROM organisations WHERE kind = 'OPCS'")
        .fetch_one(app.db())
        .await
        .unwrap();
    let page = app.browser(Persona::Staff).await.get(&format!("/admin/organisations/{id}/visibility")).await;
    let form = page.is(200).form("visibility").fill("remark", "Vérifiée auprès de la métropole.");
    form.submit().await.is(303);
}

pub(super) async fn people_sign_up(app: &TestApp) {
    let newcomer = app.browser(Persona::NoOrganisation).await;
    for (company, form) in [(world::AI, "#link"), (world::ACI, "#join")] {
        let page = newcomer.get(&format!("/sign-up/companies/{company}")).await.is(200);
        page.form(form).submit().await.is(303);
    }
    // Nobody acts for the CCAS any more: the team is asked.
    app.scenario().deactivate(Persona::OtherPrescriber).await;
    let found = searched(app, Persona::NoOrganisation, "26570067200016", "57").await.is(200);
    found.form("join-request").submit().await.is(303);
    let page = newcomer.get("/sign-up/facilitator").await.is(200);
    let page = page.form("facilitator").fill("siret", NEW_SIRET).press("siret").submit().await.is(200);
    let form = with_address(page.form("facilitator"), "Métropole, service des achats").press("address");
    form.submit().await.is(200).form("facilitator").press("confirm").submit().await.is(303);
    verify(app).await;
    let kind = searched(app, Persona::NoOrganisation, NEW_SIRET, "57").await.is(200);
    let address = kind.form("prescriber").fill("kind", "ML").press("kind").submit().await.is(200);
    let form = with_address(address.form("prescriber"), "Mission locale du Saulnois").press("address");
    form.submit().await.is(200).form("prescriber").press("confirm").submit().await.is(303);
    app.run_jobs().await;
}
