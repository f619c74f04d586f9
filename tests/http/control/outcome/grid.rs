//! The indicative grid of sanctions (rule book 04 §1.15).

use iae_tests::{Persona, TestApp};

/// §1.15, « Indicative grid »: public, a table that is heard, with what its signs mean.
#[tokio::test]
async fn the_grid_is_for_everyone() {
    let app = TestApp::new().await;
    let page = app.visitor().get("/sanction-grid").await.is(200);
    assert_eq!(page.all("thead th[scope=col]").len(), 4);
    assert_eq!(page.all("tbody th[scope=row]").len(), 4);
    assert_eq!(page.all("tbody td").len(), 12);
    for said in [
        "depuis 2023",
        "T est le taux d’erreur",
        "T < 40 %",
        "40 % ≤ T < 80 %",
        "T ≥ 80 %",
        "(*) Le déconventionnement n’est possible que si d’autres manquements",
        "obligatoire dès qu’une irrégularité est constatée",
    ] {
        assert!(page.says(said), "{said}: {page:?}");
    }
    app.browser(Persona::Candidate).await.get("/sanction-grid").await.is(200);
}
