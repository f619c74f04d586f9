//! The page of a PASS, its dates explained, and what a suspension or a prolongation would do.

use chrono::{NaiveDate, TimeDelta};
use iae_domain::ids::PassId;
use iae_tests::{Persona, TestApp, world};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A PASS that started thirty days ago, of someone Les Jardins de la Seille hired.
async fn pass(app: &TestApp) -> PassId {
    app.scenario()
        .application()
        .to(world::ACI)
        .state(iae_domain::applications::StateCode::Accepted)
        .insert()
        .await;
    let id = sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap();
    move_to(app, id, "2026-04-01").await;
    id
}

async fn move_to(app: &TestApp, id: PassId, start: &str) {
    sqlx::query("UPDATE passes SET starts_on = $2, ends_on = $2 + 729 WHERE id = $1")
        .bind(id)
        .bind(day(start))
        .execute(app.db())
        .await
        .unwrap();
    sqlx::query("UPDATE applications SET hiring_starts_on = $1 WHERE state = 'accepted'")
        .bind(day(start))
        .execute(app.db())
        .await
        .unwrap();
}

#[tokio::test]
async fn the_page_says_what_made_each_date() {
    let app = TestApp::new().await;
    let id = pass(&app).await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/pass/{id}")).await.is(200);
    assert!(page.says("délivré pour 730 jours, du 1er avril 2026 au 30 mars 2028"), "{page:?}");
    assert!(page.says("dans les douze derniers mois : à partir du 30 mars 2027"), "{page:?}");
    assert_eq!(page.text().matches("30 mars 2027").count(), 1, "said once: {page:?}");
    let own = app.browser(Persona::Candidate).await;
    let own_page = own.get(&format!("/pass/{id}")).await.is(200);
    assert!(own_page.says("À partir du 30 mars 2027, douze mois avant la fin"), "{own_page:?}");
    app.scenario().suspension().over(day("2026-04-20"), app.today() + TimeDelta::days(6)).insert().await;
    let page = employer.get(&format!("/pass/{id}")).await.is(200);
    assert!(page.says("PASS IAE valide (suspendu)"), "{page:?}");
    assert!(page.says("Il a été suspendu 21 jours, du 20 avril au 10 mai 2026."), "{page:?}");
    assert!(page.says("la fin recule de 20 jours, au 19 avril 2028"), "{page:?}");
    let own_page = own.get(&format!("/pass/{id}")).await.is(200);
    assert!(own_page.says("À nouveau à partir du 11 mai 2026"), "{own_page:?}");
    let list = employer.get("/pass?state=suspended").await.is(200);
    assert_eq!(list.all("tbody tr").len(), 1, "{list:?}");
    assert_eq!(employer.get("/pass?state=valid").await.is(200).all("tbody tr").len(), 0);
}

/// The answers are those of the domain (rule book 03 §4.9, §5.4): 27 days from 4 to 31 May.
#[tokio::test]
async fn a_suspension_is_tried_without_being_saved() {
    let app = TestApp::new().await;
    let id = pass(&app).await;
    for persona in [Persona::Employer, Persona::Prescriber, Persona::Candidate] {
        let browser = app.browser(persona).await;
        let empty = browser.get(&format!("/pass/{id}/simulation")).await.is(200);
        let form = empty.form("simulation").fill("starts_on", "2026-05-04").fill("ends_on", "31/05/2026");
        let answered = form.submit().await.is(200);
        assert!(answered.says("La fin du PASS IAE recule de 27 jours."), "{persona:?} {answered:?}");
        assert!(answered.says("30 mars 2028") && answered.says("26 avril 2028"), "{answered:?}");
        let shared = browser.get(answered.url.as_ref()).await.is(200);
        assert!(shared.says("26 avril 2028"), "the address says it all");
    }
    // Rule book 03 §5.4, §6.4: an end that is not known, the caps, the next day anything is possible.
    let employer = app.browser(Persona::Employer).await;
    let unknown = employer.get(&format!("/pass/{id}/simulation")).await.is(200);
    let form = unknown.form("simulation").fill("starts_on", "2026-05-04").check("no_end", "true");
    let unknown = form.submit().await.is(200);
    for said in [
        "recule de 1095 jours au plus",
        "jusqu’au 3 mai 2029 au plus tard",
        "Prochain jour où quelque chose devient possible : le 4 mai 2029 (suspendre).",
        "1095 jours en tout, 365 jours au plus à la fois",
        "sans plafond, 3650 jours au plus à la fois",
        "Reste, aujourd’hui",
    ] {
        assert!(unknown.says(said), "{said}: {}", unknown.text());
    }
    assert!(unknown.statements.len() <= 8, "{:?}", unknown.statements);
    let later = app.browser(Persona::Employer).await;
    let later = later
        .get(&format!("/pass/{id}/simulation?what=suspension&starts_on=2026-09-01&ends_on=2026-09-01"))
        .await
        .is(200);
    assert!(later.says("ce sera possible le 1er septembre 2026") && later.says("ne bouge pas"), "{later:?}");
    assert!(later.says("Reste, le 1er septembre 2026"), "{later:?}");
    let mark = later.text_of(".timeline__today-label").unwrap();
    assert_eq!(mark, "1er septembre 2026", "the day of the act, not today");
    assert!(!later.says("Aujourd’hui"), "{later:?}");
    let suspensions: i64 =
        sqlx::query_scalar("SELECT count(*) FROM suspensions").fetch_one(app.db()).await.unwrap();
    assert_eq!(suspensions, 0);
}

#[tokio::test]
async fn what_cannot_be_done_says_why_beside_its_field() {
    let app = TestApp::new().await;
    let id = pass(&app).await;
    let employer = app.browser(Persona::Employer).await;
    let address = format!("/pass/{id}/simulation");
    for (query, field, words) in [
        ("what=suspension&starts_on=2026-03-31&ends_on=2026-05-10", "starts_on", "avant le 1er avril 2026"),
        ("what=suspension&starts_on=2026-05-04&ends_on=2026-05-03", "ends_on", "ne peut pas précéder"),
        ("what=suspension&starts_on=2026-05-04&ends_on=2029-05-04", "ends_on", "jusqu’au 3 mai 2029"),
        ("what=suspension&starts_on=2028-03-31&ends_on=2028-04-30", "starts_on", "terminé à cette date"),
        ("what=suspension&starts_on=31/02/2026&ends_on=", "starts_on", "n’existe pas"),
        ("what=suspension&starts_on=2026-05-04&ends_on=", "ends_on", "dernier jour"),
        ("what=suspension&starts_on=2026-05-04&ends_on=2026-05-31&no_end=true", "ends_on", "pas les deux"),
        ("what=prolongation&reason=rqth&until=", "until", "jusqu’à quel jour"),
        ("what=prolongation&reason=rqth&until=2029-03-31", "until", "30 mars 2029 au plus tard"),
        ("what=prolongation&reason=rqth&until=2028-03-30", "until", "après la fin actuelle"),
        ("what=prolongation&reason=nonsense&until=2028-06-30", "reason", "Choisissez un motif"),
    ] {
        let page = employer.get(&format!("{address}?{query}")).await.is(422);
        let said = page.error(field).unwrap_or_default();
        assert!(said.contains(words), "{query}: {said:?}");
    }
    let granted = employer.get(&format!("{address}?what=prolongation&reason=rqth&until=2029-03-30")).await;
    let granted = granted.is(200);
    assert!(granted.says("recule de 365 jours") && granted.says("ce sera possible le 30 mars 2027"));
    let caps = granted.all("main tbody tr").into_iter().find(|row| row.starts_with("RQTH")).unwrap();
    assert!(
        caps.contains("1095 jours en tout") && caps.contains("730 jours en tout"),
        "what is left: {caps}"
    );
    let next = "Prochain jour où quelque chose devient possible : le 30 mars 2028 (prolonger).";
    assert!(granted.says(next), "{}", granted.text());
    // A CDI has no end: as far as it may.
    sqlx::query("UPDATE candidates SET birth_date = '1965-03-01'").execute(app.db()).await.unwrap();
    let cdi = employer.get(&format!("{address}?what=prolongation&reason=cdi_57&until=")).await.is(200);
    assert!(cdi.says("recule de 3650 jours"), "{}", cdi.text());
    assert!(cdi.says("ce sera possible le 1er avril 2027"), "after twelve months: {}", cdi.text());
}

#[tokio::test]
async fn a_simulation_is_for_those_who_may_read_the_pass() {
    let app = TestApp::new().await;
    let id = pass(&app).await;
    for persona in
        [Persona::OtherEmployer, Persona::OtherCandidate, Persona::OtherPrescriber, Persona::Inspector]
    {
        let browser = app.browser(persona).await;
        browser
            .get(&format!("/pass/{id}/simulation?what=suspension&starts_on=2026-05-04&ends_on=2026-05-31"))
            .await
            .is(404);
    }
}
