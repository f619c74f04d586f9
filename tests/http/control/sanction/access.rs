//! Who decides of which result (rule book 04 §1.15, access).

use iae_app::control::controls;
use iae_domain::control::{CampaignTurn, Decision};
use iae_tests::{Persona, TestApp, world};

use super::super::{age, ddets, hires, of_these_hires, siae};
use super::appeal::appeal;
use super::{detailed, negative, sanction, training};

/// The DDETS of the campaign, and nobody else: to anyone else nothing is there.
#[tokio::test]
async fn only_its_ddets_decides() {
    let app = TestApp::new().await;
    app.ignore_mails();
    hires(&app).await;
    let drawn = negative(&app).await;
    for persona in [
        Persona::OtherInspector,
        Persona::Employer,
        Persona::EmployerAdmin,
        Persona::OtherEmployer,
        Persona::Prescriber,
        Persona::Candidate,
        Persona::Staff,
    ] {
        let browser = app.browser(persona).await;
        let acting_for = persona.organisation().map(|id| id.to_string()).unwrap_or_default();
        let fields: Vec<_> =
            [("acting_for", acting_for.as_str())].into_iter().filter(|(_, id)| !id.is_empty()).collect();
        for address in [sanction(&drawn), appeal(&drawn)] {
            browser.get(&address).await.is(404);
            browser.post(&address, &fields).await.is(404);
        }
    }
    controls::decide(&app.app, &ddets(&app).await, drawn.control, training()).await.unwrap();
    for persona in [Persona::OtherInspector, Persona::EmployerAdmin, Persona::Staff] {
        app.browser(persona).await.get(&appeal(&drawn)).await.is(404);
        app.browser(persona).await.get(&sanction(&drawn)).await.is(404);
    }
    app.run_jobs().await;
}

/// §1.15: « it opens before the campaign closes for a SIAE finally refused », and not a moment before.
#[tokio::test]
async fn it_opens_when_the_result_is_final() {
    let app = TestApp::new().await;
    app.ignore_mails();
    hires(&app).await;
    let drawn = of_these_hires(&app).await;
    let agent = app.browser(Persona::Inspector).await;
    let validate = async || {
        agent.get(&sanction(&drawn)).await.is(404);
        let page = agent.get(&format!("/controls/{}/review", drawn.control)).await.is(200);
        assert!(!page.says("Notifier la décision"), "{}", page.text());
        page.form("#validation").submit().await.is(303);
    };
    agent.get(&sanction(&drawn)).await.is(404);
    drawn.submit(&app).await;
    drawn.review(&app, Decision::Refuse).await;
    validate().await;
    age(&app, drawn.campaign, 81).await;
    drawn.turn(&app, CampaignTurn::Freeze).await.unwrap();
    drawn.turn(&app, CampaignTurn::Adversarial).await.unwrap();
    drawn.give_all(&app).await;
    controls::submit(&app.app, &siae(&app).await, drawn.control, None).await.unwrap();
    drawn.review(&app, Decision::Refuse).await;
    validate().await;
    let typed = [("training", "Le 4 mars à Metz.".to_owned())];
    let recap = detailed(&agent, &drawn, &["training"], &typed).await.is(200);
    assert!(
        recap.says("La campagne n’est pas terminée"),
        "the SIAE learns its result by it: {}",
        recap.text()
    );
    recap.form("#sanction").press("confirm").submit().await.is(303);
    agent.get(&sanction(&drawn)).await.is(303);
    app.run_jobs().await;
}

/// What was accepted has nothing to sanction.
#[tokio::test]
async fn a_positive_result_is_not_decided_of() {
    let app = TestApp::new().await;
    app.ignore_mails();
    hires(&app).await;
    let drawn = of_these_hires(&app).await;
    drawn.submit(&app).await;
    for turn in [CampaignTurn::Freeze, CampaignTurn::Adversarial, CampaignTurn::Freeze, CampaignTurn::Close] {
        drawn.turn(&app, turn).await.unwrap();
    }
    let agent = app.browser(Persona::Inspector).await;
    let ddets = world::DDETS_57.to_string();
    for address in [sanction(&drawn), appeal(&drawn)] {
        agent.get(&address).await.is(404);
        agent.post(&address, &[("acting_for", ddets.as_str()), ("step", "confirm")]).await.is(404);
    }
    app.run_jobs().await;
}
