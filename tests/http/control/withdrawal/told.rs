//! Who is told of a withdrawal, where and when (rule book 04 §1.16).

use iae_tests::{Persona, TestApp, world};

use super::{Decided, decide, is_closed, is_open, pages, undiagnosed};
use crate::applications::race::application;
use crate::control::{drawn, of_these_hires};

/// Another SIAE, and whoever reads the directory, see nothing of it.
#[tokio::test]
async fn nobody_else_is_concerned_nor_told() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let control = drawn(&app).await.control;
    decide(&app, control, Decided::Withdrawn(0, None)).await;
    let someone = undiagnosed(&app, 1).await;
    let id = application(&app, someone, world::EI).await;
    is_open(&pages(&app.browser(Persona::OtherEmployer).await, id).await);
    let sent = app.scenario().application().of(someone).to(world::ACI).insert().await;
    for (persona, address) in [
        (Persona::OtherEmployer, "/dashboard".to_owned()),
        (Persona::Prescriber, "/dashboard".to_owned()),
        (Persona::Prescriber, format!("/applications/{sent}")),
        (Persona::Prescriber, format!("/employers/{}", world::ACI)),
        (Persona::Employer, format!("/employers/{}", world::ACI)),
        (Persona::Candidate, format!("/employers/{}", world::ACI)),
    ] {
        let page = app.browser(persona).await.get(&address).await.is(200);
        let text = page.text();
        assert!(!text.contains("elle-même l’éligibilité"), "{persona:?} {address}: {text}");
        assert!(!page.links().iter().any(|link| link.ends_with("/outcome")), "{persona:?} {address}");
    }
}

/// From the day it is decided the SIAE reads when it starts; from its first day to its last that it holds; then nothing.
#[tokio::test]
async fn the_dashboard_says_when_it_starts_then_that_it_holds() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let control = drawn(&app).await.control;
    let browser = app.browser(Persona::Employer).await;
    let (coming, holds) = ("votre structure ne pourra plus valider", "Votre structure ne peut plus valider");
    for (decided, is_coming, is_held) in [
        (Decided::Others, false, false),
        (Decided::Withdrawn(1, Some(30)), true, false),
        (Decided::Withdrawn(0, Some(30)), false, true),
        (Decided::Withdrawn(-30, Some(0)), false, true),
        (Decided::Withdrawn(-30, Some(-1)), false, false),
        (Decided::Withdrawn(31, None), true, false),
        (Decided::Withdrawn(-1, None), false, true),
        (Decided::Annulled, false, false),
    ] {
        decide(&app, control, decided).await;
        let page = browser.get("/dashboard").await.is(200);
        assert_eq!((page.says(coming), page.says(holds)), (is_coming, is_held), "{decided:?}: {page:?}");
        let decision = format!("/controls/{control}/outcome");
        let leads = page.links().iter().any(|link| link.ends_with(&decision));
        assert_eq!(leads, is_coming || is_held, "{decided:?}");
        assert!(page.statements.len() <= 8, "{:?}", page.statements);
    }
    decide(&app, control, Decided::Withdrawn(1, Some(30))).await;
    assert!(browser.get("/dashboard").await.is(200).says("À partir du 5 mai 2026"));
}

/// Of several controls, the withdrawal that ends last is shown, a permanent one before any other.
#[tokio::test]
async fn of_several_the_one_that_ends_last_is_shown() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let first = drawn(&app).await.control;
    let second = of_these_hires(&app).await.control;
    let id = application(&app, undiagnosed(&app, 1).await, world::ACI).await;
    let browser = app.browser(Persona::Employer).await;
    decide(&app, first, Decided::Withdrawn(-10, Some(60))).await;
    decide(&app, second, Decided::Withdrawn(-5, Some(30))).await;
    is_closed(&pages(&browser, id).await, first, "du 24 avril au 3 juillet 2026");
    decide(&app, second, Decided::Withdrawn(-5, None)).await;
    is_closed(&pages(&browser, id).await, second, "depuis le 29 avril 2026, définitivement");
    decide(&app, second, Decided::Annulled).await;
    is_closed(&pages(&browser, id).await, first, "du 24 avril au 3 juillet 2026");
}
