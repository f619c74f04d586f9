//! An SIAE declares or asks.

use chrono::{Days, Months};
use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp, world};

use super::{
    confirm, end, filled, filled_but_reason, form, hired, hired_with_pass_ending, move_to, suspend,
    unauthorise,
};

#[tokio::test]
async fn a_training_is_declared_and_the_pass_is_prolonged_at_once() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let before = end(&app, pass).await;
    let (latest, after) = (before + Days::new(365), before + Days::new(30));
    let form = form(&app, pass).await.fill("reason", "training").press("review");
    let too_long = form.clone().fill("ends_on", &(latest + Days::new(1)).to_string()).submit().await.is(422);
    assert!(too_long.error("ends_on").unwrap().contains("au plus tard"), "one day over: {too_long:?}");
    let none = form.clone().fill("ends_on", &before.to_string()).submit().await.is(422);
    assert!(none.error("ends_on").unwrap().contains("après la fin actuelle"), "{none:?}");

    let recap = form.fill("ends_on", &after.to_string()).submit().await.is(200);
    assert!(recap.says("Aujourd’hui") && recap.says("formation commencée"), "{}", recap.text());
    assert_eq!(end(&app, pass).await, before, "a preview changes nothing");
    let forgotten = recap.form("main form").press("confirm").submit().await.is(422);
    assert!(forgotten.error("certified").is_some(), "{forgotten:?}");
    let confirmed = forgotten.form("main form").check("certified", "true").press("confirm");
    let page = confirmed.submit().await.is(303).follow().await.is(200);
    assert!(page.flash().unwrap().contains("PASS IAE prolongé"));
    assert!(page.says("Déclarée") && page.says("Accord non applicable"), "{}", page.text());
    assert_eq!(end(&app, pass).await, after);
    assert!(app.run_jobs_and_mails().await.is_empty(), "§6.3: no mail");
    assert!(app.audit_trail().await.iter().any(|line| line.contains("pass.prolongation_declared")));

    confirmed.submit().await.is(303);
    assert_eq!(end(&app, pass).await, after, "posted twice, declared once");
    let forged = confirmed.forge("id", "0198f0c0-0000-7000-8000-000000000001").submit().await.is(409);
    assert!(forged.says("a changé entre-temps"), "D32: {}", forged.text());
}

#[tokio::test]
async fn a_request_waits_for_the_prescriber_and_changes_nothing() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let before = end(&app, pass).await;
    let recap = filled(form(&app, pass).await, before).submit().await.is(200);
    assert!(recap.says("Paul HOFFMANN") && recap.says("Permis de conduire"), "{}", recap.text());
    let back = recap.form("main form").press("edit").submit().await.is(200);
    assert_eq!(back.value("review_obstacles").as_deref().map(str::trim), Some("Le logement."));
    let page = confirm(&recap).await.is(303).follow().await.is(200);
    assert!(page.says("En attente") && page.says("Adressée à Paul HOFFMANN"), "{}", page.text());
    assert!(page.says("attend déjà la réponse"), "one pending a PASS: {}", page.text());
    assert_eq!(end(&app, pass).await, before);
    let mails = app.run_jobs_and_mails().await;
    let [mail] = mails.as_slice() else { panic!("one mail: {}", mails.len()) };
    assert_eq!(mail.recipient, Persona::Prescriber.email());
    assert!(mail.text_body.contains("Amel BENALI") && mail.text_body.contains("/prolongations/"));
    confirm(&recap).await.is(303);
    assert!(app.run_jobs_and_mails().await.is_empty(), "posted twice, asked once");
    let again = app.browser(Persona::Employer).await.get(&format!("/pass/{pass}/prolongation")).await.is(403);
    assert!(again.says("attend déjà la réponse"), "{}", again.text());
}

#[tokio::test]
async fn what_is_missing_or_mistaken_is_said_beside_its_field() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let pass_end = end(&app, pass).await;
    let page = form(&app, pass).await.press("review").submit().await.is(422);
    assert!(page.error("reason").is_some() && page.error("ends_on").is_some(), "{page:?}");

    let good = filled(form(&app, pass).await, pass_end);
    for (field, value, words) in [
        ("prescriber", "", "Indiquez l’adresse"),
        ("prescriber", "paul", "n’est pas valide"),
        ("prescriber", "odile.masson@lefil.exemple.fr", "Aucun prescripteur habilité"),
        ("prescriber", "personne@exemple.fr", "Aucun prescripteur habilité"),
        ("review_done", " ", "ce qui a été fait"),
        ("review_obstacles", "", "quels obstacles"),
        ("review_planned", "", "quelles actions"),
        ("ends_on", "31/02/2027", "n’existe pas"),
    ] {
        let page = good.clone().fill(field, value).submit().await.is(422);
        let said = page.error(field).unwrap_or_default();
        assert!(said.contains(words), "{field} = {value:?}: {said}");
        assert!(page.value("prescriber").is_some(), "typed values stay");
    }
    let interview = good.clone().check("interview", "true").submit().await.is(422);
    assert!(interview.error("contact_email").is_some() && interview.error("contact_phone").is_some());
    let young = good.clone().fill("reason", "particular_difficulties").forge("reason", "age_50");
    let young = young.submit().await.is(422);
    assert!(young.error("reason").unwrap().contains("50 ans"), "D12: {young:?}");
    let count: i64 =
        sqlx::query_scalar("SELECT count(*) FROM prolongation_requests").fetch_one(app.db()).await.unwrap();
    assert_eq!(count, 0, "nothing half saved");
}

/// Someone who acts for two authorised organisations: the SIAE says which.
#[tokio::test]
async fn of_several_organisations_one_is_chosen() {
    let app = TestApp::new().await;
    app.scenario().membership(Persona::Prescriber, world::CCAS).await;
    let pass = hired(&app).await;
    let page = filled(form(&app, pass).await, end(&app, pass).await).submit().await.is(422);
    assert!(page.error("organisation").is_some(), "{page:?}");
    let chosen = page.form("main form").fill("organisation", &world::CCAS.to_string()).press("review");
    let recap = chosen.submit().await.is(200);
    assert!(recap.says("CCAS de Thionville"), "{}", recap.text());
    confirm(&recap).await.is(303);
    let found: uuid::Uuid =
        sqlx::query_scalar("SELECT prescriber_organisation_id FROM prolongation_requests")
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(found, world::CCAS.0);
    app.ignore_mails();
    app.ignore_jobs();
}

/// W7: reasons whose cap is reached are shown and cannot be chosen; what was added before is counted.
#[tokio::test]
async fn a_reason_whose_cap_is_reached_cannot_be_chosen() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    sqlx::query(
        "WITH new AS (
             INSERT INTO prolongations (id, pass_id, starts_on, ends_on, reason, company_id, declared_by, created_at)
             SELECT gen_random_uuid(), id, ends_on, ends_on + 1095, 'cdi_57', $2, $3, created_at FROM passes WHERE id = $1
             RETURNING pass_id
         )
         UPDATE passes SET starts_on = starts_on - 1095, ends_on = ends_on FROM new WHERE id = new.pass_id",
    )
    .bind(pass)
    .bind(world::ACI)
    .bind(world::EMPLOYER)
    .execute(app.db())
    .await
    .unwrap();
    let browser = app.browser(Persona::Employer).await;
    let page = browser.get(&format!("/pass/{pass}/prolongation")).await.is(200);
    assert!(page.attribute("#reason-rqth", "disabled").is_some(), "{}", page.text());
    assert!(page.attribute("#reason-training", "disabled").is_none());
    assert!(page.says("Le total des jours de prolongation possibles"), "{}", page.text());
    let refused = filled_but_reason(page.form("main form"), end(&app, pass).await).forge("reason", "rqth");
    let refused = refused.submit().await.is(422);
    assert!(refused.error("reason").unwrap().contains("est atteint"), "{refused:?}");
}

/// Rule book 03 §6.2: who may, and when.
#[tokio::test]
async fn it_is_asked_in_its_time_by_an_siae_that_hired_the_person() {
    let app = TestApp::new().await;
    let today = app.today();
    let pass = hired(&app).await;
    let address = format!("/pass/{pass}/prolongation");
    for (persona, status) in [
        (Persona::OtherEmployer, 404),
        (Persona::GeiqEmployer, 404),
        (Persona::Prescriber, 403),
        (Persona::Candidate, 403),
    ] {
        app.browser(persona).await.get(&address).await.is(status);
    }
    // A company that never hired the person, and reads the PASS.
    app.scenario().application().to(world::EI).state(StateCode::New).insert().await;
    let other = app.browser(Persona::OtherEmployer).await;
    other.get(&format!("/pass/{pass}")).await.is(200);
    other.get(&address).await.is(404);
    other.post(&address, &[("acting_for", &world::EI.to_string())]).await.is(404);

    let employer = app.browser(Persona::Employer).await;
    let open = form(&app, pass).await;
    let six_months = |days| (today + Days::new(days)) - Months::new(6);
    for (ends_on, status, words) in [
        (today + Months::new(12), 200, "Nouvelle fin"),
        (today + Months::new(12) + Days::new(1), 403, "à partir du"),
        (six_months(0), 200, "Nouvelle fin"),
        (six_months(0) - Days::new(1), 403, "terminé depuis plus de 6 mois"),
    ] {
        move_to(&app, pass, ends_on).await;
        let page = employer.get(&address).await.is(status);
        assert!(page.says(words), "{ends_on}: {}", page.text());
        if status == 403 {
            let posted = filled(open.clone(), ends_on).submit().await.is(403);
            assert!(posted.says(words), "{ends_on}: {}", posted.text());
        }
    }
}

#[tokio::test]
async fn a_suspended_pass_and_one_that_is_not_the_latest_wait() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let employer = app.browser(Persona::Employer).await;
    let address = format!("/pass/{pass}/prolongation");
    suspend(&app, pass, app.today()).await;
    let page = employer.get(&address).await.is(403);
    assert!(page.says("est suspendu jusqu’au"), "{}", page.text());

    let app = TestApp::new().await;
    let old = hired_with_pass_ending(&app, app.today() - Days::new(10)).await;
    let employer = app.browser(Persona::Employer).await;
    employer.get(&format!("/pass/{old}/prolongation")).await.is(200);
    app.scenario().pass().starting(app.today() - Days::new(5)).insert().await;
    let page = employer.get(&format!("/pass/{old}/prolongation")).await.is(403);
    assert!(page.says("plus récent"), "{}", page.text());
}

/// « a prescriber who is no longer authorised », between the form and its confirmation.
#[tokio::test]
async fn a_prescriber_who_is_no_longer_authorised_is_not_asked() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let recap = filled(form(&app, pass).await, end(&app, pass).await).submit().await.is(200);
    unauthorise(&app).await;
    let page = confirm(&recap).await.is(422);
    assert!(page.error("prescriber").is_some(), "{page:?}");
}

/// D12: without a birth date, the age is declared, and the declaration kept.
#[tokio::test]
async fn an_age_nobody_knows_is_declared_and_kept() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    sqlx::query("UPDATE candidates SET birth_date = NULL WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    let recap =
        filled(form(&app, pass).await, end(&app, pass).await).fill("reason", "age_50").submit().await.is(200);
    assert!(recap.says("sa date de naissance n’est pas connue"), "{}", recap.text());
    confirm(&recap).await.is(303);
    let kept: bool = sqlx::query_scalar("SELECT condition_declared FROM prolongation_requests")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert!(kept);
    app.ignore_mails();
    app.ignore_jobs();
}
