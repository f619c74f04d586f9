//! A decision that another took the place of (ADR 35).

use chrono::TimeDelta;
use iae_domain::control::Decided;
use iae_tests::{Heard, Persona, TestApp, letters};

use super::{decide, leniency, letter, page, refused, replace, sanctions, shortened};

/// A decision is never lost: what took its place says why, and what an annulment means.
#[tokio::test]
async fn former_decisions_are_kept_with_why_they_were_replaced() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, leniency()).await;
    let corrected = Decided::Outcome(sanctions(&app, &drawn));
    replace(&app, &drawn, "La bonne foi est démentie.", corrected).await;
    let heard = Heard::of(&letter(&app, Persona::Inspector, &drawn).await.is(200)).letters();
    let today = iae_domain::french::date(app.today());
    let why = letters(&format!("Cette décision remplace celle du {today}, après un recours"));
    assert!(heard.contains(&why) && heard.contains(&letters("La bonne foi est démentie.")), "{heard}");
    replace(&app, &drawn, "Le recours hiérarchique est fondé.", Decided::Annulled).await;
    letter(&app, Persona::Inspector, &drawn).await.is(404);
    for persona in [Persona::Inspector, Persona::Employer] {
        let page = page(&app, persona, &drawn).await.is(200);
        let former = page.all(".history__event");
        assert_eq!(former.len(), 2, "the latest first: {former:?}");
        assert!(former[0].contains("Retrait temporaire") && former[0].contains("recours hiérarchique"));
        assert!(former[0].contains("Annulée le") && former[0].contains("Pourquoi elle a été annulée"));
        assert!(former[1].contains("Remplacée le") && !page.says("Part de l’aide supprimée"), "{former:?}");
        assert!(former[1].contains("Ne pas sanctionner") && former[1].contains("La bonne foi est démentie."));
        for said in
            ["Décision annulée", "aucune sanction ne s’applique plus", "Le recours hiérarchique est fondé."]
        {
            assert!(page.says(said), "{said}: {page:?}");
        }
    }
    let by = page(&app, Persona::Inspector, &drawn).await.says("par Inès FABER");
    assert!(
        by && !page(&app, Persona::Employer, &drawn).await.says("FABER"),
        "agents are named to their own"
    );
    app.run_jobs().await;
}

/// ADR 35: the decision in force is the one nobody replaced, were it made before the one it takes the place of, as clocks say.
#[tokio::test]
async fn the_decision_in_force_is_the_one_nobody_replaced() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, sanctions(&app, &drawn)).await;
    let ended = app.today() - TimeDelta::days(1);
    shortened(&app, &drawn, ended).await;
    for persona in [Persona::Inspector, Persona::Employer] {
        let page = page(&app, persona, &drawn).await.is(200);
        assert!(page.says("Le retrait est écourté."), "{page:?}");
        assert_eq!(page.all(".history__event").len(), 1, "{page:?}");
    }
    let agent = app.browser(Persona::Inspector).await;
    let form = agent.get(&format!("/controls/{}/appeal", drawn.control)).await.is(200).form("#appeal");
    assert_eq!(form.value("withdrawn_to"), Some(ended.to_string()), "what is replaced next");
    replace(&app, &drawn, "Le recours est fondé.", Decided::Annulled).await;
    assert!(page(&app, Persona::Employer, &drawn).await.is(200).says("Décision annulée"));
    app.run_jobs().await;
}
