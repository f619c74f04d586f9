//! A PASS is suspended, its suspension changed, lifted, removed (rule book 03 §5).

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use iae_domain::applications::StateCode;
use iae_domain::ids::PassId;
use iae_tests::{Browser, Form, Page, Persona, TestApp, world};

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Hired by the ACI on 4 May 2026, the PASS being issued for 730 days, until 2 May 2028; today is so many days later.
pub(super) async fn hired(app: &TestApp, days_ago: i64) -> PassId {
    app.scenario().application().to(world::ACI).state(StateCode::Accepted).insert().await;
    app.advance(TimeDelta::days(days_ago));
    sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap()
}

/// Everything happened so many days earlier.
pub(super) async fn longer_ago(app: &TestApp, days: i32) {
    for statement in [
        "UPDATE passes SET starts_on = starts_on - $1, ends_on = ends_on - $1",
        "UPDATE suspensions SET starts_on = starts_on - $1, ends_on = ends_on - $1",
        "UPDATE applications SET hiring_starts_on = hiring_starts_on - $1 WHERE state = 'accepted'",
    ] {
        sqlx::query(statement).bind(days).execute(app.db()).await.unwrap();
    }
}

/// The contract ended on this day.
pub(super) async fn contract_ended(app: &TestApp, on: &str) {
    sqlx::query("UPDATE applications SET hiring_ends_on = $1 WHERE state = 'accepted'")
        .bind(day(on))
        .execute(app.db())
        .await
        .unwrap();
}

/// The end of the PASS, and its suspensions, as they are stored.
pub(super) async fn stored(app: &TestApp) -> (NaiveDate, Vec<(NaiveDate, NaiveDate)>) {
    let end = sqlx::query_scalar("SELECT ends_on FROM passes").fetch_one(app.db()).await.unwrap();
    let suspensions = sqlx::query_as("SELECT starts_on, ends_on FROM suspensions ORDER BY starts_on");
    (end, suspensions.fetch_all(app.db()).await.unwrap())
}

/// The form of a suspension, filled with these days.
pub(super) async fn filled(browser: &Browser, id: PassId, starts_on: &str, ends_on: &str) -> Form {
    let page = browser.get(&format!("/pass/{id}/suspension")).await.is(200);
    let form = page.form("#suspension").fill("reason", "contract_broken").fill("starts_on", starts_on);
    form.fill("ends_on", ends_on).check("certified", "true")
}

pub(super) async fn confirm(recap: &Page) -> Page {
    recap.form("#recap").press("Suspendre le PASS IAE").submit().await
}

/// Story, point 2: the contract is broken; what it does is read before it is saved; a week later the person is back.
#[tokio::test]
async fn an_siae_suspends_reads_what_it_does_first_and_lifts_a_week_later() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/pass/{id}")).await.is(200);
    let form = page.click("Suspendre le PASS IAE").await.is(200).form("#suspension");
    assert_eq!(form.value("starts_on").as_deref(), Some("2026-06-03"), "from today on");
    assert!(form.offered("reason").contains(&"contrat_passerelle".to_owned()), "to an ACI");
    let form = form.fill("reason", "contract_broken").check("no_end", "true").check("certified", "true");
    let recap = form.fill("explanation", "Rupture à l’initiative de la personne.").submit().await.is(200);
    for said in [
        "du 3 juin 2026 au 2 juin 2029 au plus",
        "2 mai 2031 (avant : 2 mai 2028)",
        "699 jours (1 an et 11 mois) (avant : 700 jours)",
        "le premier jour d’une suspension reste un jour de parcours",
    ] {
        assert!(recap.says(said), "{said}: {}", recap.text());
    }
    assert_eq!(stored(&app).await, (day("2028-05-02"), vec![]), "the recap writes nothing");
    let back = recap.form("#recap").press("Revenir au formulaire").submit().await.is(200);
    assert_eq!(back.value("explanation").as_deref(), Some("Rupture à l’initiative de la personne."));

    let done = confirm(&recap).await.is(303);
    assert!(done.statements.len() <= 20, "{}: {:?}", done.statements.len(), done.statements);
    let page = done.follow().await.is(200);
    assert_eq!(page.flash().as_deref(), Some("PASS IAE suspendu"));
    assert!(page.says("valide (suspendu)") && page.says("Contrat de travail rompu"), "{}", page.text());
    assert_eq!(stored(&app).await, (day("2031-05-02"), vec![(day("2026-06-03"), day("2029-06-02"))]));
    assert!(app.audit_trail().await.contains(&"pass.suspended".to_owned()));
    let told: BTreeSet<_> = app.run_jobs_and_mails().await.into_iter().map(|mail| mail.recipient).collect();
    assert_eq!(
        told,
        BTreeSet::from([Persona::Candidate.email().to_owned(), Persona::Prescriber.email().to_owned()]),
        "the person and the counsellor"
    );
    let own = app.browser(Persona::Candidate).await.get(&format!("/pass/{id}")).await.is(200);
    assert!(own.says("Contrat de travail rompu") && !own.says("à l’initiative"), "{}", own.text());

    app.advance(TimeDelta::days(7));
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/pass/{id}")).await.is(200).click("Lever la suspension").await.is(200);
    let form = page.form("#lift").fill("action", "return");
    assert_eq!(form.value("back_on").as_deref(), Some("2026-06-10"), "today");
    let recap = form.submit().await.is(200);
    assert!(recap.says("8 mai 2028 (avant : 2 mai 2031)"), "{}", recap.text());
    recap.form("#recap").press("Lever la suspension").submit().await.is(303);
    assert_eq!(stored(&app).await, (day("2028-05-08"), vec![(day("2026-06-03"), day("2026-06-09"))]));
    assert_eq!(app.run_jobs_and_mails().await.len(), 2);
    let page = employer.get(&format!("/pass/{id}")).await.is(200);
    assert!(page.says("Passée") && page.says("Suspendre le PASS IAE"), "{}", page.text());
}

/// Rule book 03 §5.6: removed for good, the days it had put aside are counted again; said before.
#[tokio::test]
async fn removing_a_suspension_gives_its_days_back_and_says_so_first() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    app.scenario().suspension().over(day("2026-06-03"), day("2026-07-02")).insert().await;
    assert_eq!(stored(&app).await.0, day("2028-05-31"));
    let employer = app.browser(Persona::EmployerAdmin).await;
    let page = employer.get(&format!("/pass/{id}/suspension/lift")).await.is(200);
    let recap = page.form("#lift").fill("action", "remove").submit().await.is(200);
    assert!(recap.says("sont perdus pour la personne"), "{}", recap.text());
    assert!(recap.says("2 mai 2028 (avant : 31 mai 2028)"), "{}", recap.text());
    let confirms = recap.form("#recap").press("Supprimer la suspension");
    confirms.submit().await.is(303);
    assert_eq!(stored(&app).await, (day("2028-05-02"), vec![]));
    let again = confirms.submit().await.is(409);
    assert!(again.says("Aucune suspension ne court aujourd’hui"), "{}", again.text());
    assert_eq!(app.run_jobs_and_mails().await.len(), 2, "told once");
}

/// D32: of two who change it, the second reads what the first did, and confirms.
#[tokio::test]
async fn the_second_to_change_it_is_told_what_the_first_did() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    app.scenario().suspension().insert().await;
    let recap = async |persona, ends_on: &str| {
        let page = app.browser(persona).await.get(&format!("/pass/{id}/suspension/edition")).await.is(200);
        let form = page.form("#suspension");
        assert_eq!(form.value("no_end").as_deref(), Some("true"), "as it is");
        let form = form.uncheck("no_end", "true").fill("ends_on", ends_on).check("certified", "true");
        form.submit().await.is(200)
    };
    let first = recap(Persona::Employer, "2026-06-30").await;
    let second = recap(Persona::EmployerAdmin, "2026-07-31").await;
    first.form("#recap").press("Modifier la suspension").submit().await.is(303);
    let told = second.form("#recap").press("Modifier la suspension").submit().await.is(409);
    assert!(
        told.says("Émile SCHMITT (Les Jardins de la Seille) a modifié sa suspension le 3 juin 2026"),
        "{}",
        told.text()
    );
    assert!(told.says("Ce PASS IAE se termine maintenant le 29 mai 2028"), "{}", told.text());
    assert_eq!(stored(&app).await.1, [(day("2026-06-03"), day("2026-06-30"))], "nothing is lost unseen");
    told.form("#recap").press("Modifier la suspension").submit().await.is(303);
    assert_eq!(stored(&app).await.1, [(day("2026-06-03"), day("2026-07-31"))]);
    app.run_jobs().await;
    app.ignore_mails();
}

/// Two clicks, of two people or of one, suspend once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_clicks_at_once_suspend_once() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    let (one, other) = (app.browser(Persona::Employer).await, app.browser(Persona::EmployerAdmin).await);
    let first = filled(&one, id, "2026-06-03", "2026-06-30").await.submit().await.is(200);
    let second = filled(&other, id, "2026-06-03", "2026-06-30").await.submit().await.is(200);
    let (first, second) = tokio::join!(confirm(&first), confirm(&second));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let late = if first.status == 409 { first } else { second };
    assert!(late.says("déjà suspendu, jusqu’au 30 juin 2026"), "{}", late.text());
    assert!(late.says("l’a suspendu du 3 juin au 30 juin 2026"), "who, and when: {}", late.text());
    assert_eq!(stored(&app).await.1.len(), 1);
    assert_eq!(app.run_jobs_and_mails().await.len(), 2, "told once");
}
