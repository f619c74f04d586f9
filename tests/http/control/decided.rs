//! What the team reads of the decisions of a campaign, and how it narrows them (rule book 04 §1.21).

use iae_domain::control::Decided;
use iae_tests::{Page, Persona, TestApp};

use super::Drawn;
use super::outcome::{decide, refused, replace, sanctions};

async fn campaign(app: &TestApp, drawn: &Drawn, query: &str) -> Page {
    let address = format!("/control-campaigns/{}{query}", drawn.campaign);
    let page = app.browser(Persona::Staff).await.get(&address).await.is(200);
    assert!(page.statements.len() <= 8, "{:#?}", page.statements);
    page
}

/// How many SIAE are listed, and how many are in the file of the same view.
async fn listed(page: &Page) -> (usize, usize) {
    let values = page.click("Valeurs séparées (CSV)").await.is(200);
    (page.all("#controlled tbody tr").len(), values.html.lines().count() - 1)
}

/// « Sanctions are read-only and undeletable, filterable by campaign and “aide au poste oui/non” »: what and when, neither the words nor
/// who is named.
#[tokio::test]
async fn the_team_reads_what_was_decided_and_narrows_it_by_the_subsidy() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    let path = format!("/control-campaigns/{}", drawn.campaign);
    let before = campaign(&app, &drawn, "").await;
    assert!(!before.has_form(&path), "nothing is to be told apart");
    assert_eq!(listed(&before).await, (1, 1));

    decide(&app, &drawn, sanctions(&app, &drawn)).await;
    let page = campaign(&app, &drawn, "").await;
    let decided_on = format!("Le {}.", iae_domain::french::date(app.today()));
    for said in [
        "Participation à une session de présentation de l’auto-prescription",
        "Retrait temporaire de la capacité d’auto-prescription",
        "Suppression partielle ou totale de l’aide au poste",
        "Aide au poste : oui, supprimée en tout ou en partie",
        &decided_on,
    ] {
        assert!(page.says(said), "{said}: {page:?}");
    }
    for hidden in ["Aucune attestation n’a été produite.", "Le 12 janvier", "BENALI", "COLIN", "FABER"] {
        assert!(!page.says(hidden), "{hidden}: {page:?}");
    }
    let narrowed = page.form(&path).fill("subsidy", "cut").submit().await.is(200);
    assert_eq!(narrowed.url.query(), Some("subsidy=cut"));
    for (subsidy, expected) in [("cut", (1, 1)), ("kept", (0, 0))] {
        let page = campaign(&app, &drawn, &format!("?subsidy={subsidy}")).await;
        assert_eq!(listed(&page).await, expected, "{subsidy}");
        assert_eq!(page.value("subsidy").as_deref(), Some(subsidy));
        assert_eq!(page.links().contains(&path), expected == (0, 0), "the way back to all of them");
    }
    for asked in ["?subsidy=", "?subsidy=other", "?subsidy=Cut"] {
        assert_eq!(listed(&campaign(&app, &drawn, asked).await).await, (1, 1), "{asked}: no filter");
    }

    replace(&app, &drawn, "Le recours est fondé.", Decided::Annulled).await;
    let page = campaign(&app, &drawn, "").await;
    assert!(page.says("Décision annulée après recours") && !page.says("Aide au poste :"), "{page:?}");
    assert!(!page.says("Retrait temporaire") && !page.says("Le recours est fondé."), "{page:?}");
    for (subsidy, expected) in [("cut", (0, 0)), ("kept", (0, 0))] {
        let page = campaign(&app, &drawn, &format!("?subsidy={subsidy}")).await;
        assert_eq!(listed(&page).await, expected, "{subsidy}");
    }
    app.run_jobs().await;
}
