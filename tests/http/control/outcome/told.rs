//! What each side is told of a decision, where and when (rule book 04 §1.11, §1.15, §1.19).

use chrono::TimeDelta;
use iae_app::control::controls;
use iae_domain::control::{CampaignTurn, Decision};
use iae_tests::{Persona, TestApp};

use super::super::{Drawn, age, ddets, drawn, of_these_hires, siae};
use super::{decide, leniency, page, refused};

/// §1.15, « History »: the other controls of the SIAE, with their result and what was decided; none says so.
#[tokio::test]
async fn the_ddets_reads_the_other_controls_of_the_siae() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let first = refused(&app).await;
    let inspector = app.browser(Persona::Inspector).await;
    let review = async |drawn: &Drawn| {
        let page = inspector.get(&format!("/controls/{}/review", drawn.control)).await.is(200);
        assert!(page.statements.len() <= 8, "{:?}", page.statements);
        page
    };
    assert!(review(&first).await.says("Pas de données historisées"));
    let second = of_these_hires(&app).await;
    assert!(review(&second).await.says("décision pas encore notifiée"));
    assert!(!review(&first).await.says("1 autre contrôle"), "what runs and was told to nobody is no history");
    decide(&app, &first, leniency()).await;
    let page = review(&second).await;
    assert!(page.says("Négatif") && page.says("Ne pas sanctionner"), "{page:?}");
    assert_eq!(page.link("Lire cette décision"), format!("/controls/{}/outcome", first.control));
    let decided = review(&first).await;
    assert_eq!(decided.link("Lire la décision"), format!("/controls/{}/outcome", first.control));
    app.run_jobs().await;
}

/// §1.11: nothing of a final validation is told before the close; §1.15: a decision notified before it tells the result.
#[tokio::test]
async fn a_result_is_told_by_the_decision_and_not_before() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    drawn.review(&app, Decision::Refuse).await;
    controls::validate(&app.app, &ddets(&app).await, drawn.control, None).await.unwrap();
    age(&app, drawn.campaign, 81).await;
    drawn.turn(&app, CampaignTurn::Freeze).await.unwrap();
    drawn.turn(&app, CampaignTurn::Adversarial).await.unwrap();
    app.advance(TimeDelta::minutes(1));
    drawn.give_all(&app).await;
    controls::submit(&app.app, &siae(&app).await, drawn.control, None).await.unwrap();
    drawn.review(&app, Decision::Refuse).await;
    controls::validate(&app.app, &ddets(&app).await, drawn.control, None).await.unwrap();
    let employer = app.browser(Persona::Employer).await;
    let address = format!("/controls/{}", drawn.control);
    for told in [employer.get("/dashboard").await.is(200), employer.get(&address).await.is(200)] {
        assert!(!told.says("égatif") && !told.says("Lire la décision"), "{told:?}");
    }
    page(&app, Persona::Employer, &drawn).await.is(404);
    decide(&app, &drawn, leniency()).await;
    page(&app, Persona::Employer, &drawn).await.is(200);
    let told = employer.get(&address).await.is(200);
    assert_eq!(told.link("Lire la décision"), format!("{address}/outcome"));
    let closed = employer.get(&format!("{address}/submission")).await.is(403);
    assert_eq!(closed.link("Lire la décision"), format!("{address}/outcome"));
    app.run_jobs().await;
}

/// What comes next is said at each moment; EXT 9: the history of the SIAE stays, whatever else runs.
#[tokio::test]
async fn each_side_is_told_what_comes_next() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    let (employer, inspector) = (app.browser(Persona::Employer).await, app.browser(Persona::Inspector).await);
    let address = format!("/controls/{}", drawn.control);
    let home = employer.get("/dashboard").await.is(200);
    assert!(home.says("Historique") && home.says("La DDETS doit vous notifier sa décision"), "{home:?}");
    let waiting = employer.get(&address).await.is(200);
    assert!(waiting.says("vos observations, écrites ou, si vous le demandez, orales"), "{waiting:?}");
    assert!(waiting.links().contains(&"/sanction-grid".to_owned()));
    assert!(inspector.get("/dashboard").await.says("1 décision à notifier"));
    decide(&app, &drawn, leniency()).await;
    let home = employer.get("/dashboard").await.is(200);
    assert_eq!(home.link("Lire la décision"), format!("{address}/outcome"));
    let home = inspector.get("/dashboard").await.is(200);
    assert!(!home.says("à notifier") && home.says("Campagne clôturée"), "{home:?}");
    app.run_jobs().await;
}
