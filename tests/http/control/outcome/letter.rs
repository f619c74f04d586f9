//! The registered letter of a decision (rule book 04 §1.15; ADR 29).

use iae_domain::french::period;
use iae_tests::{Heard, Persona, TestApp, letters};

use super::{days, decide, letter, numbers, page, refused, sanctions};

/// The letter is a PDF that is heard, for the DDETS alone; it names no person.
#[tokio::test]
async fn the_letter_says_the_decision_and_names_nobody() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, sanctions(&app, &drawn)).await;
    for persona in [Persona::Employer, Persona::EmployerAdmin, Persona::OtherInspector, Persona::Staff] {
        letter(&app, persona, &drawn).await.is(404);
    }
    app.visitor().get(&format!("/controls/{}/letter", drawn.control)).await.is(303);
    let shown = page(&app, Persona::Inspector, &drawn).await.is(200);
    let pdf = shown.click("Télécharger la lettre").await.is(200);
    let header = |name: &str| pdf.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    let named = format!("attachment; filename=\"decision-controle-38012345600011-{}.pdf\"", app.today());
    assert_eq!(header("content-disposition"), named);
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    assert!(pdf.statements.len() <= 8, "{:?}", pdf.statements);
    let document = Heard::of(&pdf);
    assert_eq!(document.texts("H1").len(), 1);
    let numbers = numbers(&app, &drawn).await;
    assert_eq!(document.texts("TH")[..2], ["PASS IAE irrégulier", "Ce qui est constaté"]);
    let cells: Vec<String> = document.texts("TD").iter().map(|cell| letters(cell)).collect();
    assert!(cells.contains(&numbers[0]) && cells.contains(&"40%".to_owned()), "{cells:?}");
    let (from, to) = days(&app);
    let heard = document.letters();
    for said in [
        "Lettre recommandée avec accusé de réception",
        "LES JARDINS DE LA SEILLE",
        "SIRET 380 123 456 00011",
        "PASS IAE contrôlés : 2. PASS IAE irréguliers : 2.",
        "Motif principal du résultat négatif : Pièce justificative manquante.",
        "Aucune attestation n’a été produite.",
        "Le 12 janvier à 9 h.",
        &format!("Retrait temporaire de la capacité d’auto-prescription, {}", period(from, to)),
        "articles L. 5132-3 et R. 5132-1-12 à R. 5132-1-17",
        "recours gracieux",
        "recours hiérarchique",
        "tribunal administratif",
        "Signature et cachet",
    ] {
        assert!(heard.contains(&letters(said)), "{said}: {heard}");
    }
    for person in ["BENALI", "COLIN", "Amel", "Bruno"] {
        assert!(!heard.contains(person), "{person}: {heard}");
    }
    app.run_jobs().await;
}
