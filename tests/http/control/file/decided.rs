//! How a decision was notified, as each side takes it away (rule book 04 §1.15, §1.17).

use chrono::TimeDelta;
use iae_domain::control::{Decided, DetailedSanctions, NegativeReason, Outcome};
use iae_domain::text::Message;
use iae_tests::{Persona, TestApp};

use super::super::outcome::{decide, refused, replace};
use super::{Taken, take};

fn lenient() -> Outcome {
    let leniency = Some(Message::parse("La structure est de bonne foi.").unwrap());
    let comment = Message::parse("Rien n’a été transmis.").unwrap();
    let sanctions = DetailedSanctions { leniency, ..DetailedSanctions::default() };
    Outcome { reason: NegativeReason::MissingProof, comment, sanctions }
}

/// Mails go to the active administrators: the first decision had one to go to, the second had none.
#[tokio::test]
async fn a_decision_that_no_mail_told_says_so() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, lenient()).await;
    app.scenario().deactivate(Persona::EmployerAdmin).await;
    app.advance(TimeDelta::minutes(1));
    replace(&app, &drawn, "Recours gracieux.", Decided::Outcome(lenient())).await;
    for (persona, nobody) in [
        (Persona::Inspector, "cette structure n’a pas d’administrateur, prévenez-la par courrier\n"),
        (Persona::Employer, "votre structure n’a pas d’administrateur\n"),
    ] {
        let taken = Taken::of(&take(&app, persona, &drawn).await.is(200));
        let (first, second) = (taken.text("06-decisions/01-"), taken.text("06-decisions/02-"));
        assert!(first.contains("Notification : par e-mail le 4 mai 2026"), "{first}");
        let said = format!("Notification : aucun e-mail n’est parti : {nobody}");
        assert!(second.contains(&said) && !second.contains("par e-mail le"), "{second}");
    }
    app.run_jobs().await;
}
