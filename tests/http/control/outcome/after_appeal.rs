//! What is read of a decision once no mail told it, or once another took its place (rule book 04 §1.15, §1.16).

use chrono::TimeDelta;
use iae_domain::control::Decided;
use iae_domain::french::{date, period};
use iae_tests::{Persona, TestApp};

use super::{days, decide, leniency, page, refused, replace, sanctions};

/// §1.17: mails go to the active administrators of an SIAE. When it has none, the DDETS is told so wherever it reads of it.
#[tokio::test]
async fn what_no_mail_told_is_said_so() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    app.scenario().deactivate(Persona::EmployerAdmin).await;
    decide(&app, &drawn, leniency()).await;
    let ddets = page(&app, Persona::Inspector, &drawn).await.is(200);
    let siae = page(&app, Persona::Employer, &drawn).await.is(200);
    let to_do = "cette structure n’a pas d’administrateur, prévenez-la par courrier";
    assert!(ddets.says(&format!("Aucun e-mail n’est parti : {to_do}")), "{ddets:?}");
    assert!(siae.says("Aucun e-mail n’est parti : votre structure n’a pas d’administrateur"), "{siae:?}");
    assert!(!siae.says("prévenez"), "{siae:?}");
    for page in [&ddets, &siae] {
        assert!(!page.says("Transmis par e-mail") && !page.says("rien d’autre à faire"), "{page:?}");
        assert!(page.statements.len() <= 8, "{:?}", page.statements);
    }
    let inspector = app.browser(Persona::Inspector).await;
    let list = inspector.get(&format!("/control-campaigns/{}/controls", drawn.campaign)).await.is(200);
    assert!(list.says("Résultat négatif") && list.says("Aucun administrateur actif"), "{list:?}");
    app.run_jobs().await;
}

/// §1.16: nothing changes before the first day, and the SIAE prepares for it: it reads the days as soon as they are decided (ADR 35).
#[tokio::test]
async fn the_siae_reads_the_days_it_is_held_to_from_the_decision_on() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, sanctions(&app, &drawn)).await;
    let (from, to) = days(&app);
    let siae = page(&app, Persona::Employer, &drawn).await.is(200);
    assert!(siae.says(&format!("Il s’appliquera {}", period(from, to))), "{siae:?}");
    let home = app.browser(Persona::Employer).await.get("/dashboard").await.is(200);
    assert!(home.says(&format!("À partir du {}", date(from))), "{home:?}");
    app.run_jobs().await;
}

/// « Les deux restent lisibles »: a former decision is read as it was when it was in force. What is annulled has nothing to contest,
/// and the day to notify is that of a first decision.
#[tokio::test]
async fn a_former_decision_is_read_as_it_was() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, sanctions(&app, &drawn)).await;
    let until = "Au plus tard 5 mois après le début de la phase contradictoire";
    let ddets = page(&app, Persona::Inspector, &drawn).await.is(200);
    assert!(ddets.says(until) && ddets.says("Contester la décision"), "{ddets:?}");
    replace(&app, &drawn, "Les jours changent.", Decided::Outcome(sanctions(&app, &drawn))).await;
    let ddets = page(&app, Persona::Inspector, &drawn).await.is(200);
    assert!(!ddets.says(until) && ddets.says("Contester la décision"), "{ddets:?}");
    replace(&app, &drawn, "Le recours est fondé.", Decided::Annulled).await;
    let (from, to) = days(&app);
    let days = period(from, to).replace('\u{a0}', " ");
    for persona in [Persona::Inspector, Persona::Employer] {
        let page = page(&app, persona, &drawn).await.is(200);
        assert!(!page.says("Contester la décision"), "{page:?}");
        let former = page.all(".history__event");
        assert_eq!(former.len(), 2, "{former:?}");
        for one in former {
            for said in ["Pièce justificative manquante", "Aucune attestation n’a été produite.", &days]
            {
                assert!(one.contains(said), "{persona:?} {said}: {one}");
            }
            let is_detailed = one.contains("Le 12 janvier à 9 h.");
            assert_eq!(is_detailed, persona == Persona::Inspector, "in the letter: {one}");
        }
    }
    app.run_jobs().await;
}

/// Every page that says a decision was notified says what became of it, and when; each is an event of the control.
#[tokio::test]
async fn every_page_says_what_became_of_the_decision() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, leniency()).await;
    let pages = async || {
        let employer = app.browser(Persona::Employer).await;
        let inspector = app.browser(Persona::Inspector).await;
        let home = employer.get("/dashboard").await.is(200);
        let own = employer.get(&format!("/controls/{}", drawn.control)).await.is(200);
        let review = inspector.get(&format!("/controls/{}/review", drawn.control)).await.is(200);
        for page in [&home, &own, &review] {
            assert!(page.statements.len() <= 8, "{:?}", page.statements);
        }
        (home, own, review)
    };
    let (home, own, review) = pages().await;
    assert!(home.says("Décision notifiée le 4 mai 2026"), "{home:?}");
    for page in [&home, &own, &review] {
        assert!(!page.says("après un recours"), "{page:?}");
    }
    for (day, why, decided, done) in [
        (5, "La bonne foi est démentie.", Decided::Outcome(sanctions(&app, &drawn)), "modifiée"),
        (6, "Le recours est fondé.", Decided::Annulled, "annulée"),
    ] {
        app.advance(TimeDelta::days(1));
        replace(&app, &drawn, why, decided).await;
        let (home, own, review) = pages().await;
        assert!(home.says(&format!("Décision {done} le {day} mai 2026")), "{home:?}");
        for page in [&own, &review] {
            assert!(page.says(&format!("puis {done} le {day} mai 2026")), "{page:?}");
        }
        assert!(own.says(&format!("puis l’a {done} le {day} mai 2026")), "{own:?}");
        let events = review.all(".history__event");
        assert!(events[0].contains(&format!("Décision {done} après un recours")), "{events:?}");
        assert!(events.iter().any(|event| event.contains("Décision notifiée à la structure")), "{events:?}");
    }
    app.run_jobs().await;
}
