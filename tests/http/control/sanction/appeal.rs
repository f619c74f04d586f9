//! A decision is annulled or corrected after an appeal (rule book 04 §1.15).

use std::time::Duration;

use chrono::NaiveDate;
use iae_app::Failure;
use iae_app::control::controls::{self, Replacement};
use iae_domain::control::{Decided, DecisionRefused, DetailedSanctions, Outcome, Withdrawal};
use iae_domain::ids::ControlDecisionId;
use iae_domain::text::Message;
use iae_domain::time::add_months;
use iae_tests::{Persona, TestApp};

use super::super::{Drawn, ddets, hires, ids};
use super::{kept, negative, outcome, training};

pub(super) fn appeal(drawn: &Drawn) -> String {
    format!("/controls/{}/appeal", drawn.control)
}

fn withdrawn(from: NaiveDate, to: NaiveDate) -> Outcome {
    let withdrawal = Some(Withdrawal { from, to: Some(to) });
    outcome(DetailedSanctions { withdrawal, ..DetailedSanctions::default() })
}

/// After an appeal: corrected, annulled by who had not seen it and confirms, decided anew. Each is told by mail, once; all are kept.
#[tokio::test]
async fn a_decision_is_corrected_annulled_and_taken_anew() {
    let app = TestApp::new().await;
    hires(&app).await;
    let drawn = negative(&app).await;
    let agent = app.browser(Persona::Inspector).await;
    agent.get(&appeal(&drawn)).await.is(404);
    let (from, to) = (add_months(app.today(), 1), add_months(app.today(), 7));
    controls::decide(&app.app, &ddets(&app).await, drawn.control, withdrawn(from, to)).await.unwrap();
    assert!(app.run_jobs_and_mails().await.is_empty(), "by registered letter");
    let one_mail = async || {
        let mails = app.run_jobs_and_mails().await;
        let told: Vec<_> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
        assert_eq!(told, [Persona::EmployerAdmin.email()]);
    };

    let page = agent.get(&appeal(&drawn)).await.is(200);
    assert!(page.statements.len() <= 8, "{:#?}", page.statements);
    let form = page.form("#appeal");
    assert_eq!(form.value("withdrawn_from"), Some(from.to_string()), "as it is in force");
    let blank = form.clone().press("act").submit().await.is(422);
    assert!(blank.error("act").is_some() && blank.error("why").is_some(), "{:?}", blank.errors());
    let correct = blank.form("#appeal").check("act", "correct").fill("why", "Recours gracieux du 2 mai.");
    let correct = correct.press("act").submit().await.is(200).form("#appeal").press("decision");
    let early = correct.clone().fill("withdrawn_from", &app.today().to_string()).submit().await.is(422);
    assert!(early.error("withdrawn_from").unwrap().contains("4 juin 2026"));
    let shorter = correct.fill("withdrawn_to", &add_months(app.today(), 3).to_string());
    let recap = shorter.submit().await.is(200);
    assert!(
        recap.says("Recours gracieux du 2 mai.") && recap.says(Persona::EmployerAdmin.email()),
        "{recap:?}"
    );
    assert_eq!(kept(&app).await, (1, 1), "nothing before it is confirmed");
    let back = recap.form("#appeal").press("back_decision").submit().await.is(200);
    assert_eq!(back.value("why").as_deref(), Some("Recours gracieux du 2 mai."), "what was typed stays");
    let done = recap.form("#appeal").press("Remplacer la décision").submit().await.is(303);
    assert_eq!(done.location(), Some(format!("/controls/{}/outcome", drawn.control)));
    assert_eq!(done.follow().await.is(200).flash().as_deref(), Some("Décision modifiée"));
    one_mail().await;

    let annul = form.check("act", "annul").fill("why", "Le tribunal a jugé.");
    let stale = annul.press("act").submit().await.is(409);
    assert!(stale.says("Inès FABER a notifié une décision le 4 mai 2026"), "D32: {}", stale.text());
    assert_eq!(stale.value("why").as_deref(), Some("Le tribunal a jugé."), "what was typed stays");
    assert_eq!(kept(&app).await, (2, 1), "asked again");
    let recap = stale.form("#appeal").press("act").submit().await.is(200);
    assert!(recap.form("#appeal").offered("sanctions").is_empty(), "what annuls decides nothing else");
    assert!(recap.says("ne s’applique plus") && recap.says(Persona::EmployerAdmin.email()), "{recap:?}");
    assert_eq!(kept(&app).await, (2, 1), "nothing before it is confirmed");
    let done = recap.form("#appeal").press("Annuler la décision").submit().await.is(303);
    assert_eq!(done.follow().await.is(200).flash().as_deref(), Some("Décision annulée"));
    one_mail().await;
    let withdrawals: i64 =
        sqlx::query_scalar("SELECT count(*) FROM company_withdrawals").fetch_one(app.db()).await.unwrap();
    assert_eq!(withdrawals, 0, "§1.16: what was annulled holds no more");

    let page = agent.get(&appeal(&drawn)).await.is(200);
    assert!(page.form("#appeal").offered("act").is_empty(), "nothing is left to annul");
    let anew = page.form("#appeal").fill("why", "Nouvelle instruction.").press("act").submit().await.is(200);
    let anew = anew.form("#appeal").fill("reason", "other").press("decision");
    let anew = anew.fill("comment", "Deux attestations manquent encore.").check("sanctions", "none");
    let lacking = anew.submit().await.is(422);
    assert!(lacking.error("leniency").is_some(), "{:?}", lacking.errors());
    let whole = lacking.form("#appeal").fill("leniency", "La bonne foi est établie.").press("decision");
    whole.submit().await.is(200).form("#appeal").press("confirm").submit().await.is(303);
    one_mail().await;
    let chain: Vec<(bool, bool)> = sqlx::query_as(
        "SELECT is_annulment, replaces_id IS NOT NULL FROM control_decisions ORDER BY decided_at, id",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    assert_eq!(chain, [(false, false), (false, true), (true, true), (false, true)], "all are kept");
    let trail = app.audit_trail().await;
    assert!(trail.iter().any(|line| line.contains("control.decision_annulled")), "EXT 10: {trail:?}");
}

/// D32: what a colleague annuls meanwhile, before the form is read or while it waits for the control, is done: it is said by whom and
/// when, and nothing is ever imposed again by a form that annuls.
#[tokio::test]
async fn what_was_annulled_meanwhile_is_done() {
    let app = TestApp::new().await;
    hires(&app).await;
    let drawn = negative(&app).await;
    controls::decide(&app.app, &ddets(&app).await, drawn.control, training()).await.unwrap();
    assert_eq!(app.run_jobs_and_mails().await.len(), 1, "E20");
    let agent = app.browser(Persona::Inspector).await;
    let form = agent.get(&appeal(&drawn)).await.is(200).form("#appeal");
    let annul = form.check("act", "annul").fill("why", "Le tribunal a jugé.").press("act");
    let annul = annul.submit().await.is(200).form("#appeal").press("confirm");
    let outcome = format!("/controls/{}/outcome", drawn.control);
    let is_told = async || {
        let page = agent.get(&outcome).await.is(200);
        assert_eq!(page.flash().as_deref(), Some("La décision est déjà annulée"));
        assert!(page.says("Inès FABER a annulé la décision le 4 mai 2026"), "{}", page.text());
        assert_eq!(kept(&app).await, (2, 1), "nothing is decided anew");
    };

    let mut held = app.db().begin().await.unwrap();
    sqlx::query("SELECT FROM controls WHERE id = $1 FOR UPDATE")
        .bind(drawn.control)
        .execute(&mut *held)
        .await
        .unwrap();
    let sent = annul.clone();
    let sent = tokio::spawn(async move {
        let page = sent.submit().await;
        (page.status.as_u16(), page.location())
    });
    let waiting = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(app.db()).await.unwrap() < 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sqlx::query(
        "INSERT INTO control_decisions (id, control_id, replaces_id, replaced_why, is_annulment, decided_by, decided_at)
         SELECT $1, d.control_id, d.id, 'Recours gracieux.', true, d.decided_by, $2
         FROM control_decisions d
         WHERE d.control_id = $3",
    )
    .bind(ControlDecisionId::at(app.now()))
    .bind(app.now())
    .bind(drawn.control)
    .execute(&mut *held)
    .await
    .unwrap();
    held.commit().await.unwrap();
    assert_eq!(sent.await.unwrap(), (303, Some(outcome.clone())), "it waited for the control");
    is_told().await;

    assert_eq!(annul.submit().await.is(303).location(), Some(outcome.clone()), "read after it was annulled");
    is_told().await;
    let anew = agent.get(&appeal(&drawn)).await.is(200).form("#appeal").fill("why", "Le tribunal a jugé.");
    let forged = anew.forge("act", "annul").forge("step", "confirm").submit().await.is(303);
    assert_eq!(forged.location(), Some(outcome.clone()));
    is_told().await;
    assert!(app.run_jobs_and_mails().await.is_empty(), "nothing more is told");
}

/// D32: of two agents who replace the same decision at once, the second has not seen what is in force.
#[tokio::test]
async fn two_agents_replace_a_decision_at_once() {
    let app = TestApp::new().await;
    hires(&app).await;
    let drawn = negative(&app).await;
    let ctx = ddets(&app).await;
    controls::decide(&app.app, &ctx, drawn.control, training()).await.unwrap();
    let seen = ControlDecisionId(
        ids(&app, "SELECT id FROM control_decisions WHERE control_id = $1", drawn.control.0).await[0],
    );
    let why = || Message::parse("Recours gracieux.").unwrap();
    let replace =
        |decided| controls::replace(&app.app, &ctx, drawn.control, Replacement { seen, why: why(), decided });
    let (annulled, corrected) =
        tokio::join!(replace(Decided::Annulled), replace(Decided::Outcome(training())));
    let late = [&annulled, &corrected].into_iter().find_map(|replaced| replaced.as_ref().err());
    assert!(
        matches!(late, Some(Failure::Refused(DecisionRefused::NotInForce)))
            && (annulled.is_ok() || corrected.is_ok()),
        "{annulled:?} {corrected:?}"
    );
    assert_eq!(kept(&app).await, (2, 1));
    assert_eq!(app.run_jobs_and_mails().await.len(), 2, "E20, and that it was replaced");
}
