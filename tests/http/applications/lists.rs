//! The lists of each and the pages that open for them are the same applications (rule book 02 §10.1, §11.1).

use std::collections::BTreeSet;

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_tests::{Browser, Persona, TestApp, world};

/// The applications a list leads to; none when there is no such list for them.
async fn listed(browser: &Browser, address: &str) -> BTreeSet<String> {
    let page = browser.get(address).await;
    if page.status != 200 {
        return BTreeSet::new();
    }
    let of_application = |link: String| link.strip_prefix("/applications/").map(ToOwned::to_owned);
    page.links().into_iter().filter_map(of_application).filter(|id| id.len() == 36).collect()
}

#[tokio::test]
async fn lists_hold_what_opens_and_nothing_else() {
    let app = TestApp::new().await;
    let scenario = app.scenario();
    let mut all = Vec::new();
    for (by, to) in [
        (Persona::Prescriber, world::ACI),
        (Persona::PrescriberAdmin, world::EI),
        (Persona::OtherPrescriber, world::ACI),
        (Persona::Orienter, world::GEIQ),
        (Persona::Employer, world::EI),
        (Persona::EmployerAdmin, world::GEIQ),
        (Persona::Employer, world::ACI),
        (Persona::OtherEmployer, world::ACI),
        (Persona::GeiqEmployer, world::EI),
        (Persona::Candidate, world::ACI),
    ] {
        all.push(scenario.application().by(by).to(to).insert().await);
    }
    let long_ago = TimeDelta::days(800);
    for (by, to) in [(Persona::Prescriber, world::ACI), (Persona::OtherEmployer, world::ACI)] {
        let old = scenario.application().of(world::OTHER_CANDIDATE).by(by).to(to);
        all.push(old.state(StateCode::Refused).sent(long_ago).insert().await);
    }
    for persona in Persona::ALL {
        let browser = app.browser(*persona).await;
        let mut opens = BTreeSet::new();
        for id in &all {
            if browser.get(&format!("/applications/{id}")).await.status == 200 {
                opens.insert(id.to_string());
            }
        }
        let mut lists = listed(&browser, "/applications").await;
        let sent = listed(&browser, "/sent-applications").await;
        assert!(lists.is_disjoint(&sent), "{persona:?}: in one list only");
        lists.extend(sent);
        assert_eq!(lists, opens, "{persona:?}");
    }
}

/// LIST-S: what an employer sent to other companies, by any of its members; never its own.
#[tokio::test]
async fn an_employer_follows_the_people_they_proposed_elsewhere() {
    let app = TestApp::new().await;
    let scenario = app.scenario();
    let elsewhere = scenario.application().by(Persona::EmployerAdmin).to(world::EI).insert().await;
    scenario.application().by(Persona::Employer).to(world::ACI).of(world::OTHER_CANDIDATE).insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get("/sent-applications").await.is(200);
    assert_eq!(page.h1(), "Candidatures envoyées");
    let rows = page.all("tbody th").join(" ");
    assert!(rows.contains("Amel BENALI") && !rows.contains("Bruno COLIN"), "{rows}");
    assert!(page.says("Moselle Rénov'"), "the company it was sent to: {}", page.text());
    assert!(page.statements.len() <= 8, "{:#?}", page.statements);
    let opened = page.click("Amel BENALI").await.is(200);
    assert_eq!(opened.url.path(), format!("/applications/{elsewhere}"));
    assert_eq!(opened.link("Candidatures envoyées"), "/sent-applications");
    let none = employer.get("/sent-applications?state=accepted").await.is(200);
    assert!(none.all("tbody th").is_empty());
    assert!(!employer.get("/sent-applications?format=csv").await.is(200).html.is_empty());
    app.browser(Persona::Prescriber).await.get("/sent-applications").await.is(403);
}
