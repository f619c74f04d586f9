//! The team moves the first day of a PASS (rule book 03 §4.7).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use iae_domain::ids::PassId;
use iae_tests::{Form, Persona, TestApp, world};

use super::suspensions::{day, hired, stored};

/// The form, filled with this first day.
async fn filled(app: &TestApp, id: PassId, starts_on: &str) -> Form {
    let page = app.browser(Persona::Staff).await.get(&format!("/pass/{id}")).await.is(200);
    let form = page.click("Corriger les dates").await.is(200).form("#correction");
    let form = form.fill("starts_on", starts_on).fill("reason", "contract_start");
    form.fill("explanation", "Contrat vu le 3 juin, à la demande de l’ACI.")
}

async fn first_day(app: &TestApp) -> NaiveDate {
    sqlx::query_scalar("SELECT starts_on FROM passes").fetch_one(app.db()).await.unwrap()
}

/// STF-1: not by a member of the team whom no group lets.
#[tokio::test]
async fn who_of_the_team_holds_no_right_moves_nothing() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    let form = filled(&app, id, "2026-05-25").await;
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    form.submit().await.is(404);
    let staff = app.browser(Persona::Staff).await;
    staff.get(&format!("/pass/{id}")).await.is(404);
    sqlx::query("INSERT INTO staff_groups (user_id, code, since) VALUES ($1, 'admin_readonly', $2)")
        .bind(world::STAFF)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    assert!(!staff.get(&format!("/pass/{id}")).await.is(200).says("Corriger les dates"), "they read only");
    form.submit().await.is(403);
}

#[tokio::test]
async fn the_team_moves_a_pass_reads_what_it_does_first_and_everyone_reads_why() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    app.scenario().suspension().over(day("2026-06-01"), day("2026-06-10")).insert().await;
    assert_eq!(stored(&app).await.0, day("2028-05-11"));
    let form = filled(&app, id, "2026-05-25").await;
    let blank = form.clone().fill("explanation", " ").submit().await.is(422);
    assert!(blank.error("explanation").is_some(), "a reason is asked for");
    let recap = form.submit().await.is(200);
    for said in [
        "25 mai 2026 (avant : 4 mai 2026)",
        "1er juin 2028 (avant : 11 mai 2028)",
        "Un contrat commencerait hors du PASS IAE",
        "le dernier employeur sous ce PASS IAE",
    ] {
        assert!(recap.says(said), "{said}: {}", recap.text());
    }
    assert_eq!(first_day(&app).await, day("2026-05-04"), "the recap writes nothing");
    let back = recap.form("#correction").press("Modifier").submit().await.is(200);
    assert_eq!(back.value("starts_on").as_deref(), Some("2026-05-25"));
    let confirms = recap.form("#correction").press("Corriger les dates");
    let done = confirms.submit().await.is(303).follow().await.is(200);
    assert_eq!(done.flash().as_deref(), Some("Dates du PASS IAE corrigées"));
    assert!(done.says("Contrat vu le 3 juin"), "the team reads its own words: {}", done.text());
    assert_eq!((first_day(&app).await, stored(&app).await.0), (day("2026-05-25"), day("2028-06-01")));

    let own = app.browser(Persona::Candidate).await.get(&format!("/pass/{id}")).await.is(200);
    let said = "Dates corrigées par l’équipe du service le 3 juin 2026 : ce PASS IAE allait du 4 mai 2026 au 11 mai 2028, il va \
                depuis du 25 mai 2026 au 1er juin 2028.";
    assert!(own.says(said) && !own.says("Contrat vu"), "{}", own.text());
    assert!(own.statements.len() <= 8, "{:?}", own.statements);
    let trail: String =
        sqlx::query_scalar("SELECT payload::text FROM audit_events WHERE action = 'pass.corrected'")
            .fetch_one(app.db())
            .await
            .unwrap();
    assert!(trail.contains("2026-05-25") && trail.contains("contract_start"), "{trail}");
    let mut found = vec![];
    iae_app::doctor::examine(app.db(), |finding| found.push(finding)).await.unwrap();
    assert!(found.is_empty(), "{found:?}");
    // The second click finds other days than it was shown, and where it wanted to go already.
    let again = confirms.submit().await.is(422);
    assert!(
        again.error("starts_on").unwrap_or_default().contains("déjà le premier jour"),
        "{:?}",
        again.errors()
    );
    let mails = app.run_jobs_and_mails().await;
    let told: BTreeSet<_> = mails
        .iter()
        .filter(|mail| mail.subject.contains("sont corrigées"))
        .map(|mail| mail.recipient.as_str())
        .collect();
    for persona in [Persona::Candidate, Persona::Prescriber, Persona::Employer] {
        assert!(told.contains(persona.email()), "as of a suspension: {persona:?}, {told:?}");
    }
    let own = mails.iter().find(|mail| mail.subject == "Les dates de votre PASS IAE sont corrigées").unwrap();
    assert_eq!(own.recipient, Persona::Candidate.email());
    for said in ["du 4 mai 2026 au 11 mai 2028", "du 25 mai 2026 au 1er juin 2028", "un autre jour que celui"]
    {
        assert!(own.text_body.replace('\u{a0}', " ").contains(said), "{said}: {}", own.text_body);
    }
    let trail = app.browser(Persona::Staff).await.get("/admin/audit?action=pass.corrected").await.is(200);
    for said in
        ["Dates d’avant : du 4 mai 2026 au 11 mai 2028", "Motif : Le contrat a commencé un autre jour"]
    {
        assert!(trail.says(said), "{said}: {}", trail.text());
    }
}

/// Each limit beside its field, what was typed being kept.
#[tokio::test]
async fn a_pass_moves_neither_past_what_happened_to_it_nor_onto_another() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    app.scenario().pass().starting(day("2023-06-01")).ending(day("2025-05-30")).insert().await;
    for (starts_on, said) in
        [("2025-05-30", "d’un autre PASS IAE"), ("2026-05-04", "déjà le premier jour"), ("31/02/2026", "")]
    {
        let refused = filled(&app, id, starts_on).await.submit().await.is(422);
        let error = refused.error("starts_on").unwrap_or_default();
        assert!(!error.is_empty() && error.contains(said), "{starts_on}: {error}");
        assert!(refused.value("explanation").unwrap().contains("Contrat vu"), "typed values stay");
    }
    let page = app.browser(Persona::Employer).await.get(&format!("/pass/{id}/suspension")).await.is(200);
    let form = page.form("#suspension").fill("reason", "contract_broken").check("no_end", "true");
    let stale = filled(&app, id, "2026-05-20").await.submit().await.is(200);
    let recap = form.fill("starts_on", "2026-05-25").check("certified", "true").submit().await.is(200);
    recap.form("#recap").press("Suspendre le PASS IAE").submit().await.is(303);
    let late = filled(&app, id, "2026-05-26").await.submit().await.is(422);
    assert!(late.error("starts_on").unwrap().contains("25 mai 2026 au plus tard"), "{:?}", late.errors());
    // D32: what was shown before the suspension is shown again.
    let again = stale.form("#correction").press("Corriger les dates").submit().await.is(409);
    assert!(again.says("a changé entre-temps"), "{}", again.text());
    assert_eq!(first_day_of(&app, id).await, day("2026-05-04"));
    again.form("#correction").press("Corriger les dates").submit().await.is(303);
    assert_eq!(first_day_of(&app, id).await, day("2026-05-20"));
    app.run_jobs_and_mails().await;
}

async fn first_day_of(app: &TestApp, id: PassId) -> NaiveDate {
    let day = sqlx::query_scalar("SELECT starts_on FROM passes WHERE id = $1").bind(id);
    day.fetch_one(app.db()).await.unwrap()
}

#[tokio::test]
async fn the_team_alone_corrects_dates() {
    let app = TestApp::new().await;
    let id = hired(&app, 0).await;
    let address = format!("/pass/{id}/correction");
    for persona in [Persona::Employer, Persona::Prescriber, Persona::Candidate, Persona::Inspector] {
        let browser = app.browser(persona).await;
        browser.get(&address).await.is(403);
        let page = browser.get(&format!("/pass/{id}")).await;
        assert!(!page.says("Corriger les dates"), "{persona:?}");
    }
    let nowhere = PassId(uuid::Uuid::from_u128(1));
    app.browser(Persona::Staff).await.get(&format!("/pass/{nowhere}/correction")).await.is(404);
}
