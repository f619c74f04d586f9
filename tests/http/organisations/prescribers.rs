//! The directory of authorised prescribers, « Suis-je prescripteur habilité ? », organisations agreed (PRE-24, PRE-28; guide P2 §1.1).

use iae_tests::{Persona, TestApp, world};

async fn run(app: &TestApp, sql: &'static str) {
    sqlx::query(sql).execute(app.db()).await.unwrap();
}

#[tokio::test]
async fn the_nearest_authorised_prescribers_come_first_and_nobody_else() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    assert!(visitor.get("/prescribers").await.is(200).says("Où cherchez-vous"));
    let form =
        visitor.get("/prescribers").await.form("/prescribers").fill("place", "metz").fill("distance", "50");
    let page = form.submit().await.is(200);
    let results = page.all(".result__title a");
    assert_eq!(
        results,
        ["Mission locale du pays messin", "CCAS de Thionville"],
        "PRE-28: the association is an orienteur"
    );
    assert!(page.statements.len() <= 8, "{:?}", page.statements);
    let near = visitor.get("/prescribers?city=metz-57&distance=10").await.is(200);
    assert_eq!(near.all(".result__title a"), ["Mission locale du pays messin"]);
    let kind = visitor.get("/prescribers?department=57&kind=CCAS").await.is(200);
    assert_eq!(kind.all(".result__title a"), ["CCAS de Thionville"]);
    let card = page.click("Mission locale du pays messin").await.is(200);
    assert!(
        card.says("Prescripteur habilité")
            && card.says("1 rue des Tanneurs")
            && card.says("Signaler cette fiche")
    );
    assert!(
        visitor.get("/prescribers?place=Zzyzx").await.is(200).error("place").unwrap().contains("« Zzyzx »")
    );
    visitor.get("/prescribers?page=-3&kind=%27&distance=x&department=%FF&&").await.is(200);
    for id in [world::ASSOCIATION, world::ACI, world::DDETS_57] {
        visitor.get(&format!("/prescribers/{id}")).await.is(404);
    }
    run(&app, "UPDATE prescriber_organisations SET authorisation_status = 'REFUSED' WHERE kind = 'ML'").await;
    visitor.get(&format!("/prescribers/{}", world::MISSION_LOCALE)).await.is(404);
}

#[tokio::test]
async fn whether_an_organisation_is_authorised_is_answered_in_words() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let asked = async |query: &str| visitor.get(&format!("/am-i-authorised?{query}")).await.is(200);
    let page = asked("").await;
    assert!(
        page.says("écoles de la deuxième chance") && !page.says("Et maintenant"),
        "the categories of the order"
    );
    let found = page.form("/am-i-authorised").fill("q", "mission messin").submit().await.is(200);
    assert!(found.says("Habilitée") && found.says("figure dans l’arrêté"), "{}", found.text());
    assert!(asked("q=le+fil").await.says("Ses membres sont orienteurs"));
    assert!(asked("q=430+123+456+00017").await.says("Le Fil"), "by its SIRET");
    assert!(asked("q=mission&department=54").await.says("Aucune organisation connue"));
    assert!(asked("q=%25").await.says("Aucune organisation connue"));
    run(&app, "UPDATE prescriber_organisations SET authorisation_status = 'NOT_SET' WHERE kind = 'CCAS'")
        .await;
    assert!(asked("q=ccas").await.says("Habilitation en attente"));
    assert!(asked("kind=CCAS").await.says("Catégorie habilitée"));
    assert!(asked("kind=OHPD").await.says("Habilitation par le préfet"));
    let refers = asked("kind=OTHER").await;
    assert!(refers.says("Orienteur"));
    refers.link("Demander l’habilitation par le préfet");
    // D15: a right that has not begun is no right that is over.
    run(&app, "UPDATE organisations SET kind = 'OHPD' WHERE id::text LIKE '%213'").await;
    for (days, said) in [
        ("{[2026-06-01,2031-06-01)}", "Habilitation à venir"),
        ("{[2020-06-01,2025-06-01)}", "Habilitation terminée"),
    ] {
        sqlx::query(
            "UPDATE prescriber_organisations
             SET kind = 'OHPD', authorisation_status = 'VALIDATED', authorised_days = $1::text::datemultirange
             WHERE organisation_id = $2",
        )
        .bind(days)
        .bind(world::ASSOCIATION)
        .execute(app.db())
        .await
        .unwrap();
        assert!(asked("q=le+fil").await.says(said), "{days}");
    }
    assert!(page.statements.len() <= 8, "{:?}", page.statements);
}

/// P50, PRE-24.
#[tokio::test]
async fn a_council_lists_the_organisations_it_agreed() {
    let app = TestApp::new().await;
    app.browser(Persona::PrescriberAdmin).await.get("/organisation/agreed").await.is(403);
    for sql in [
        "UPDATE organisations SET kind = 'DEPT' WHERE id::text LIKE '%211'",
        "UPDATE prescriber_organisations SET kind = 'DEPT' WHERE organisation_id::text LIKE '%211'",
        "UPDATE prescriber_organisations SET is_brsa = true WHERE organisation_id::text LIKE '%212'",
        "UPDATE prescriber_organisations SET is_brsa = true WHERE organisation_id::text LIKE '%213'",
    ] {
        run(&app, sql).await;
    }
    let admin = app.browser(Persona::PrescriberAdmin).await;
    let page = admin.get("/organisation").await.is(200).click("Organisations conventionnées").await.is(200);
    assert_eq!(page.all("tbody th"), ["CCAS de Thionville"], "authorised and agreed");
    for persona in [Persona::Prescriber, Persona::OtherPrescriber, Persona::Orienter, Persona::EmployerAdmin]
    {
        app.browser(persona).await.get("/organisation/agreed").await.is(403);
    }
    run(&app, "UPDATE organisations SET department_code = '54' WHERE id::text LIKE '%212'").await;
    assert!(admin.get("/organisation/agreed").await.is(200).says("Aucune organisation"));
}
