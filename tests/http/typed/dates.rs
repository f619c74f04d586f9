//! Dates, as people write them.

use chrono::TimeDelta;
use iae_domain::french;
use iae_tests::{Persona, TestApp, world};

use super::one;
use crate::candidates::{created, creation, filled};

#[tokio::test]
async fn a_date_of_birth_is_read_as_people_write_it() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = filled(&creation(&app.browser(Persona::Prescriber).await).await);
    for written in ["14/06/1985", "14.06.1985", "14-06-1985", "14/6/1985", " 14 06 1985 ", "1985-06-14"] {
        let page = form.clone().fill("birth_date", written).submit().await.is(200);
        assert!(page.says("14 juin 1985"), "{written}");
    }
    for (wrong, value) in [("31/06/1985", "31/06/1985"), ("14/06/85", "14/06/85"), ("demain", "demain")] {
        let page = form.clone().fill("birth_date", wrong).submit().await.is(422);
        let said = page.error("birth_date").unwrap_or_default();
        assert!(said.contains("01/03/2026") && !said.contains("2026-03-01"), "{wrong}: {said}");
        assert_eq!(page.value("birth_date").as_deref(), Some(value), "what was typed is kept");
    }
    let again = form.clone().fill("birth_date", "14/06/1985").fill("phone", "06").submit().await.is(422);
    assert_eq!(again.value("birth_date").as_deref(), Some("1985-06-14"), "what a browser shows of it");
    created(&form.fill("birth_date", "14/06/1985")).await.is(303);
    let born: String = one(
        &app,
        "SELECT c.birth_date::text FROM candidates c JOIN users u USING (id) WHERE u.phone = '0612345678'",
    )
    .await;
    assert_eq!(born, "1985-06-14");
}

#[tokio::test]
async fn a_contract_is_dated_as_people_write_it() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().insert().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let form = employer.get(&format!("/applications/{id}/acceptance")).await.is(200).form("main form");
    let start = app.today() + TimeDelta::days(7);
    let written = start.format("%d/%m/%Y").to_string();
    let recap = form.clone().fill("starts_on", &written).press("review").submit().await.is(200);
    assert!(recap.says(&french::date(start)), "{}", recap.text());
    for (field, wrong) in [("starts_on", "31/02/2026"), ("ends_on", "2026-02-31"), ("ends_on", "31/2")] {
        let page = form.clone().fill("starts_on", &written).fill(field, wrong).press("review").submit().await;
        let said = page.is(422).error(field).unwrap_or_default();
        assert!(said.contains("01/03/2026"), "{wrong}: {said}");
    }
}

#[tokio::test]
async fn a_period_is_filtered_as_people_write_it() {
    let app = TestApp::new().await;
    app.scenario().application().sent(TimeDelta::days(2)).insert().await;
    app.scenario().application().of(world::OTHER_CANDIDATE).sent(TimeDelta::days(10)).insert().await;
    let employer = app.browser(Persona::Employer).await;
    let since = app.today() - TimeDelta::days(5);
    for written in ["%d/%m/%Y", "%-d/%-m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"] {
        let query = serde_urlencoded::to_string([("from", since.format(written).to_string())]).unwrap();
        let page = employer.get(&format!("/applications?{query}")).await.is(200);
        assert_eq!(page.all("tbody th a"), ["Amel BENALI"], "{written}");
        assert_eq!(page.value("from"), Some(since.to_string()), "what a browser shows of it");
    }
    let page = employer.get("/applications?from=31/02/2026").await.is(200);
    let said = page.error("from").unwrap_or_default();
    assert!(said.contains("01/03/2026") && !said.contains("2026-03-01"), "{said}");
    assert_eq!(page.all("tbody th a").len(), 2, "LIST-5");
}
