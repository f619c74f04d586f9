//! What each side takes away that the other does not: what the SIAE prepares, what the DDETS decides (rule book 04 §1.15, §1.19).

use std::time::Duration;

use iae_app::control::controls;
use iae_domain::control::{Decision, DetailedSanctions, NegativeReason, Outcome, Withdrawal};
use iae_domain::french::period;
use iae_domain::text::Message;
use iae_domain::time::add_months;
use iae_tests::{Page, Persona, TestApp};

use super::super::{ddets, drawn};
use super::{Taken, address, end, take};

/// §1.19: the DDETS reads no proof before it is submitted.
#[tokio::test]
async fn a_proof_that_was_not_submitted_is_for_its_siae_alone() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.choose_and_give(&app).await;
    let proofs = |page: &Page| {
        let taken = Taken::of(page);
        taken.verify();
        taken.names().iter().filter(|name| name.starts_with("07-")).count()
    };
    assert_eq!(proofs(&take(&app, Persona::Inspector, &drawn).await.is(200)), 0);
    end(&app, &drawn).await;
    assert_eq!(proofs(&take(&app, Persona::Inspector, &drawn).await.is(200)), 0);
    assert_eq!(proofs(&take(&app, Persona::Employer, &drawn).await.is(200)), 2);
    app.run_jobs().await;
}

/// §1.19: a proof that takes the place of a submitted one while the file is read, after the control and before the proofs.
#[tokio::test]
async fn a_proof_given_while_the_file_is_read_does_not_leave() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    let (browser, address) = (app.browser(Persona::Inspector).await, address(&drawn));
    let mut held = app.db().begin().await.unwrap();
    let decisions = "LOCK TABLE control_decisions IN ACCESS EXCLUSIVE MODE";
    sqlx::query(decisions).execute(&mut *held).await.unwrap();
    let taken = tokio::spawn(async move { browser.get(&address).await });
    let waiting = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(app.db()).await.unwrap() < 1 {
        assert!(!taken.is_finished(), "it never waited for the decisions");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let given = "UPDATE control_criteria SET uploaded_at = $1, submitted_at = NULL";
    sqlx::query(given).bind(app.now()).execute(&mut *held).await.unwrap();
    held.commit().await.unwrap();
    let taken = Taken::of(&taken.await.unwrap().is(200));
    taken.verify();
    assert!(taken.text("04-").contains("À traiter"), "the control was read before: {}", taken.text("04-"));
    assert!(!taken.names().iter().any(|name| name.starts_with("07-")), "{:?}", taken.names());
    app.run_jobs().await;
}

/// What an SIAE chooses and gives before it submits is not for the DDETS, whose copy says that it submitted.
#[tokio::test]
async fn what_is_prepared_is_in_the_copy_of_the_siae_alone() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    end(&app, &drawn).await;
    let of_ddets = Taken::of(&take(&app, Persona::Inspector, &drawn).await.is(200)).text("03-");
    let of_siae = Taken::of(&take(&app, Persona::Employer, &drawn).await.is(200)).text("03-");
    for prepared in ["Critères à justifier choisis", "Justificatif déposé"] {
        assert!(of_siae.contains(prepared) && !of_ddets.contains(prepared), "{prepared}: {of_ddets}");
    }
    assert!(of_ddets.contains("Justificatifs transmis") && of_siae.contains("Justificatifs transmis"));
    app.run_jobs().await;
}

/// §1.15: « The DDETS side alone also sees … detail of each decision with dates », but for the days that hold the SIAE (§1.16, ADR 35);
/// agents are named to their colleagues, and so are the members of the SIAE.
#[tokio::test]
async fn what_the_copy_of_the_siae_lacks() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    drawn.review(&app, Decision::Refuse).await;
    end(&app, &drawn).await;
    let (from, to) = (add_months(app.today(), 2), add_months(app.today(), 8));
    let outcome = Outcome {
        reason: NegativeReason::InvalidProof,
        comment: Message::parse("Les attestations sont trop anciennes.").unwrap(),
        sanctions: DetailedSanctions {
            training: Some(Message::parse("Le 12 janvier à 9 h.").unwrap()),
            withdrawal: Some(Withdrawal { from, to: Some(to) }),
            cuts: vec![(drawn.hires[0], 40)],
            leniency: None,
        },
    };
    controls::decide(&app.app, &ddets(&app).await, drawn.control, outcome).await.unwrap();
    let of_ddets = Taken::of(&take(&app, Persona::Inspector, &drawn).await.is(200));
    let of_siae = Taken::of(&take(&app, Persona::Employer, &drawn).await.is(200));
    of_siae.verify();

    let (decided, told) = (of_ddets.text("06-"), of_siae.text("06-"));
    let days = period(from, to).replace('\u{a0}', " ");
    for detail in ["auto-prescription 1, 40 %", "Le 12 janvier à 9 h.", "Inès FABER"] {
        assert!(decided.contains(detail), "{detail}: {decided}");
        assert!(!told.contains(detail), "{detail}: {told}");
    }
    let told_to_both =
        [days.as_str(), "Retrait temporaire", "Les attestations sont trop anciennes.", "lettre recommandée"];
    for both in told_to_both {
        assert!(decided.contains(both) && told.contains(both), "{both}: {told}");
    }

    let mails = |taken: &Taken| taken.names().iter().filter(|name| name.starts_with("05-")).count();
    assert_eq!(mails(&of_ddets), mails(&of_siae) + 1, "E5 is for the DDETS");
    assert!(of_ddets.text("05-").contains("ines.faber@") && !of_ddets.text("05-").contains("adele.thiry@"));
    assert!(of_siae.text("05-").contains("adele.thiry@") && !of_siae.text("").contains("ines.faber@"));
    let (done, seen) = (of_ddets.text("03-"), of_siae.text("03-"));
    assert!(done.contains("Inès FABER") && !done.contains("Émile SCHMITT"), "{done}");
    assert!(!seen.contains("Inès FABER") && seen.contains("Émile SCHMITT"), "{seen}");
    app.run_jobs().await;
}
