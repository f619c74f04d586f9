//! The waiting period is told before anyone applies, with its last day and who can help (SUB-7, ELI-W, D11).

use chrono::TimeDelta;
use iae_tests::{Page, Persona, TestApp, world};

/// Amel Benali's PASS ended ten days ago; those who deal with her are the mission locale, the association and the ACI.
async fn after_a_pass() -> TestApp {
    let app = TestApp::new().await;
    let ended = app.today() - TimeDelta::days(10);
    app.scenario().pass().starting(ended - TimeDelta::days(729)).ending(ended).insert().await;
    app.scenario().application().by(Persona::Orienter).insert().await;
    app
}

async fn search(app: &TestApp, persona: Persona) -> Page {
    let url = format!("/employers?city=metz-57&for={}", world::CANDIDATE);
    app.browser(persona).await.get(&url).await.is(200)
}

/// What the results offer: the ACI, then the GEIQ.
fn ways(page: &Page) -> Vec<String> {
    page.all(".result__apply")
}

#[tokio::test]
async fn who_may_not_propose_someone_to_siae_is_told_before_they_try() {
    let app = after_a_pass().await;
    for persona in [Persona::Orienter, Persona::Employer] {
        let page = search(&app, persona).await;
        let told = page.text_of(".fr-alert").unwrap_or_default();
        assert!(told.contains("Délai de carence jusqu’au"), "{persona:?}: {told}");
        assert!(told.contains("seul un prescripteur habilité (France Travail, mission locale"), "{told}");
        assert_eq!(ways(&page).len(), 1, "{persona:?}: the GEIQ alone is no SIAE");
        let card = page.click("Les Jardins de la Seille").await.is(200);
        assert!(card.says("Délai de carence jusqu’au"), "{persona:?}");
        assert!(!card.links().iter().any(|link| link.contains("/application-drafts/new")), "{persona:?}");
        let geiq = page.click("GEIQ BTP Lorraine").await.is(200);
        assert!(geiq.links().iter().any(|link| link.contains("/application-drafts/new")), "{persona:?}");
    }
}

/// D31: a prescripteur habilité may propose them, and reads that a new PASS needs a diagnosis; once made, nothing is told.
#[tokio::test]
async fn a_prescripteur_habilite_is_led_to_the_diagnosis() {
    let app = after_a_pass().await;
    let page = search(&app, Persona::Prescriber).await;
    assert!(page.says("Délai de carence jusqu’au") && ways(&page).len() == 2);
    assert_eq!(page.link("Valider son éligibilité"), format!("/candidates/{}/eligibility", world::CANDIDATE));
    app.scenario().diagnosis().insert().await;
    for persona in [Persona::Prescriber, Persona::Orienter, Persona::Employer] {
        let page = search(&app, persona).await;
        assert!(!page.says("Délai de carence") && ways(&page).len() == 2, "{persona:?}: ELI-W, lifted");
    }
}

#[tokio::test]
async fn a_candidate_is_told_wherever_they_would_apply() {
    let app = after_a_pass().await;
    let candidate = app.browser(Persona::Candidate).await;
    let search = candidate.get("/employers?city=metz-57").await.is(200);
    assert!(search.statements.len() <= 8, "{:#?}", search.statements);
    let jobs = candidate.get("/jobs?city=metz-57").await.is(200);
    let card = candidate.get(&format!("/employers/{}", world::ACI)).await.is(200);
    let post = candidate.get(&format!("/jobs/{}", world::GARDENER)).await.is(200);
    for page in [&search, &jobs, &card, &post] {
        let told = page.text_of(".fr-alert").unwrap_or_default();
        assert!(
            told.contains("Délai de carence") && told.contains("demandez à un prescripteur habilité"),
            "{page:?}"
        );
        assert!(!page.says("Quitter la recherche"), "they search for themselves");
    }
    assert!(!card.links().iter().any(|link| link.contains("/application-drafts/new")));
    let other = app.browser(Persona::OtherCandidate).await.get("/employers?city=metz-57").await.is(200);
    assert!(!other.says("Délai de carence") && ways(&other).len() == 2);
    app.advance(TimeDelta::days(731));
    let after = app.browser(Persona::Candidate).await.get("/employers?city=metz-57").await.is(200);
    assert!(!after.says("Délai de carence"), "two years later");
}
