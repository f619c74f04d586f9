//! How long a decision is read, and where its pages come back to (rule book 04 §1.16, §1.19).

use chrono::TimeDelta;
use iae_domain::control::{DetailedSanctions, Withdrawal};
use iae_tests::{Persona, TestApp};

use super::super::file::end_ago;
use super::{days, decide, outcome, page, refused, shortened};

/// §1.16, §1.19: three years after its end a campaign goes out of view; what still applies is read by both sides, as long as it does.
#[tokio::test]
async fn a_withdrawal_that_is_not_over_keeps_its_decision_in_view() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    let withdrawal = Some(Withdrawal { from: days(&app).0, to: None });
    decide(&app, &drawn, outcome(DetailedSanctions { withdrawal, ..DetailedSanctions::default() })).await;
    end_ago(&app, drawn.campaign, 1_100).await;
    let are_in_view = async |is_in_view: bool, why: &str| {
        for (persona, pages) in [
            (Persona::Inspector, &["/outcome", "/letter", "/appeal", "/review", "/file"][..]),
            (Persona::Employer, &["/outcome", "", "/file"][..]),
        ] {
            let browser = app.browser(persona).await;
            for page in pages {
                let address = format!("/controls/{}{page}", drawn.control);
                let status = browser.get(&address).await.status.as_u16();
                assert_eq!(status, if is_in_view { 200 } else { 404 }, "{why}: {persona:?} {page}");
            }
        }
        let list = format!("/control-campaigns/{}/controls", drawn.campaign);
        app.browser(Persona::Inspector).await.get(&list).await.is(404);
    };
    are_in_view(true, "a permanent one").await;
    let page = page(&app, Persona::Employer, &drawn).await.is(200);
    assert!(page.says("Retrait définitif"), "{page:?}");
    shortened(&app, &drawn, app.today()).await;
    are_in_view(true, "its last day").await;
    shortened(&app, &drawn, app.today() - TimeDelta::days(1)).await;
    are_in_view(false, "it is over").await;
    app.run_jobs().await;
}

/// §1.19: once the list of the campaign went out of view, nothing leads to it.
#[tokio::test]
async fn a_control_alone_in_view_comes_back_to_the_dashboard() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    let withdrawal = Some(Withdrawal { from: days(&app).0, to: None });
    decide(&app, &drawn, outcome(DetailedSanctions { withdrawal, ..DetailedSanctions::default() })).await;
    let list = format!("/control-campaigns/{}/controls", drawn.campaign);
    let control = format!("/controls/{}", drawn.control);
    let pages = [
        format!("{control}/outcome"),
        format!("{control}/appeal"),
        format!("{control}/review"),
        format!("/control-hires/{}", drawn.hires[0]),
    ];
    let agent = app.browser(Persona::Inspector).await;
    for address in &pages {
        let page = agent.get(address).await.is(200);
        assert_eq!(page.link("Structures contrôlées"), list, "{address}");
    }
    end_ago(&app, drawn.campaign, 1_100).await;
    for address in &pages {
        let page = agent.get(address).await.is(200);
        assert!(!page.links().contains(&list), "{address}: {:?}", page.links());
        assert!(page.text_of(".fr-breadcrumb__list").is_some_and(|steps| steps.contains("Tableau de bord")));
    }
    app.run_jobs().await;
}
