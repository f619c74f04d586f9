//! Names and trades looked for.

use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn a_name_is_found_in_either_order_in_every_list() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().application().to(world::ACI).state(StateCode::Accepted).insert().await;
    app.scenario().application().of(world::OTHER_CANDIDATE).to(world::ACI).insert().await;
    for (persona, list) in [
        (Persona::Employer, "/applications"),
        (Persona::Prescriber, "/applications"),
        (Persona::Employer, "/candidates"),
        (Persona::Prescriber, "/candidates"),
        (Persona::Employer, "/pass"),
        (Persona::Prescriber, "/pass"),
    ] {
        let browser = app.browser(persona).await;
        let shown = browser.get(list).await.is(200);
        assert!(shown.says("Amel BENALI"), "as the list itself writes it: {list}");
        for name in
            ["Amel BENALI", "BENALI Amel", "amel  benali", "Benali, Amel", "BENALI (Amel)", "amél ben"]
        {
            let query = serde_urlencoded::to_string([("name", name)]).unwrap();
            let page = browser.get(&format!("{list}?{query}")).await.is(200);
            assert!(page.says("Amel BENALI"), "{persona:?} {list} {name}: {}", page.text());
            assert!(!page.all("tbody th").iter().any(|shown| shown.contains("COLIN")), "{list} {name}");
        }
    }
}

/// A sign that is in no name is looked for as any other text: it finds nobody, rather than everybody.
#[tokio::test]
async fn a_sign_alone_finds_nothing_in_any_search() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().application().to(world::ACI).state(StateCode::Accepted).insert().await;
    for sign in ["_", "%", "%_", "'", "-"] {
        for list in ["/applications", "/candidates", "/pass"] {
            let query = serde_urlencoded::to_string([("name", sign)]).unwrap();
            let page = app.browser(Persona::Employer).await.get(&format!("{list}?{query}")).await.is(200);
            assert!(page.all("tbody tr").is_empty(), "{list} {sign}: {}", page.text());
            assert_eq!(page.value("name").as_deref(), Some(sign), "what was typed is kept");
        }
        let query = serde_urlencoded::to_string([("q", sign), ("city", "metz-57")]).unwrap();
        for tab in ["employers", "jobs"] {
            let page = app.visitor().get(&format!("/{tab}?{query}")).await.is(200);
            assert!(page.all(".result__title a").is_empty(), "{tab} {sign}: {}", page.text());
        }
    }
    let inspector = app.browser(Persona::Inspector).await;
    for list in ["/self-prescriptions", "/self-prescriptions/companies"] {
        assert!(inspector.get(&format!("{list}?name=_")).await.is(200).all("tbody tr").is_empty(), "{list}");
    }
}

#[tokio::test]
async fn a_trade_is_found_as_offers_of_jobs_write_it() {
    let app = TestApp::new().await;
    let found = async |words: &str| {
        let query = serde_urlencoded::to_string([("q", words), ("city", "metz-57")]).unwrap();
        let mut found = Vec::new();
        for tab in ["employers", "jobs"] {
            let page = app.visitor().get(&format!("/{tab}?{query}")).await.is(200);
            found.push(page.all(".result__title a"));
        }
        found
    };
    let expected = found("ouvrier").await;
    assert!(expected.iter().all(|tab| !tab.is_empty()), "{expected:?}");
    for words in [
        "ouvrier H/F",
        "Ouvrier (H/F)",
        "ouvrier F/H",
        "ouvrier h-f",
        "ouvrier·ère",
        "ouvrier.ère",
        "ouvrier(ère)",
        "ouvriers/ères H/F",
    ] {
        assert_eq!(found(words).await, expected, "{words}");
    }
}
