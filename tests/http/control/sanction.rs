//! What a DDETS decides of a negative result, and what becomes of it after an appeal (rule book 04 §1.15).

mod access;
mod appeal;
mod heavier;
mod midnight;

use iae_app::Failure;
use iae_app::control::controls;
use iae_domain::control::{CampaignTurn, DecisionRefused, DetailedSanctions, NegativeReason, Outcome};
use iae_domain::text::Message;
use iae_domain::time::{add_months, sub_days};
use iae_tests::{Browser, Page, Persona, TestApp, world};

use super::{Drawn, ddets, hires, of_these_hires};

/// The ACI sent nothing and its campaign ended: its result is negative.
async fn negative(app: &TestApp) -> Drawn {
    let drawn = of_these_hires(app).await;
    for turn in [CampaignTurn::Freeze, CampaignTurn::Adversarial, CampaignTurn::Freeze, CampaignTurn::Close] {
        drawn.turn(app, turn).await.unwrap();
    }
    app.run_jobs_and_mails().await;
    drawn
}

fn sanction(drawn: &Drawn) -> String {
    format!("/controls/{}/sanction", drawn.control)
}

/// Step 1, then these boxes of step 2.
async fn chosen(agent: &Browser, drawn: &Drawn, sanctions: &[&str]) -> Page {
    let first = agent.get(&sanction(drawn)).await.is(200).form("#sanction");
    let first = first.fill("reason", "missing_proof").fill("comment", "Aucun document n’a été transmis.");
    let second = first.press("result").submit().await.is(200).form("#sanction");
    let second = sanctions.iter().fold(second, |form, one| form.check("sanctions", one));
    second.press("choice").submit().await
}

/// The three steps.
async fn detailed(agent: &Browser, drawn: &Drawn, sanctions: &[&str], typed: &[(&str, String)]) -> Page {
    let third = chosen(agent, drawn, sanctions).await.is(200).form("#sanction");
    let third = typed.iter().fold(third, |form, (name, value)| form.fill(name, value));
    third.press("details").submit().await
}

/// How many decisions there are, and how many controls are notified.
async fn kept(app: &TestApp) -> (i64, i64) {
    sqlx::query_as(
        "SELECT (SELECT count(*) FROM control_decisions), (SELECT count(*) FROM controls WHERE notified_at IS NOT NULL)",
    )
    .fetch_one(app.db())
    .await
    .unwrap()
}

fn outcome(sanctions: DetailedSanctions) -> Outcome {
    let comment = Message::parse("Aucun document n’a été transmis.").unwrap();
    Outcome { reason: NegativeReason::MissingProof, comment, sanctions }
}

fn training() -> Outcome {
    let training = Some(Message::parse("Le 4 mars à Metz.").unwrap());
    outcome(DetailedSanctions { training, ..DetailedSanctions::default() })
}

/// §1.15, steps 1 to 3: what is chosen is detailed, read, decided. E19 and E20 tell the SIAE of what a mail notifies, once; nothing
/// tells it of what a registered letter does.
#[tokio::test]
async fn each_sanction_is_decided_in_steps_and_notified_its_way() {
    let app = TestApp::new().await;
    hires(&app).await;
    let agent = app.browser(Persona::Inspector).await;
    let text = |text: &str| text.to_owned();
    let from = ("withdrawn_from", add_months(app.today(), 1).to_string());
    let to = ("withdrawn_to", add_months(app.today(), 7).to_string());
    let session = ("training", text("Le 4 mars à Metz."));
    let (none, all) = (("cut_1", text("0")), ("cut_2", text("100")));
    let mut decided = 0;
    for (sanctions, typed, mail) in [
        (vec!["training"], vec![session.clone()], Some("Le 4 mars à Metz.")),
        (
            vec!["none"],
            vec![("leniency", text("La bonne foi est établie."))],
            Some("La bonne foi est établie."),
        ),
        (vec!["temporary_withdrawal"], vec![from.clone(), to.clone()], None),
        (vec!["permanent_withdrawal"], vec![from.clone()], None),
        (vec!["subsidy_cut"], vec![none.clone(), all.clone()], None),
        (
            vec!["training", "temporary_withdrawal", "subsidy_cut"],
            vec![session.clone(), from.clone(), to.clone(), none.clone(), all.clone()],
            None,
        ),
    ] {
        let drawn = negative(&app).await;
        let review = agent.get(&format!("/controls/{}/review", drawn.control)).await.is(200);
        let first = review.click("Notifier la décision").await.is(200);
        assert!(first.says("Étape 1 sur 4"), "{}", first.text());
        assert!(first.statements.len() <= 8, "{:#?}", first.statements);
        let recap = detailed(&agent, &drawn, &sanctions, &typed).await.is(200);
        assert_eq!(kept(&app).await, (decided, decided), "nothing before it is confirmed");
        let way = if mail.is_some() { Persona::EmployerAdmin.email() } else { "lettre recommandée" };
        assert!(recap.says(way), "{}", recap.text());
        let done = recap.form("#sanction").press("confirm").submit().await.is(303);
        decided += 1;
        assert_eq!(kept(&app).await, (decided, decided), "{sanctions:?}");
        let next = match mail {
            Some(_) => format!("/control-campaigns/{}/controls", drawn.campaign),
            None => format!("/controls/{}/outcome", drawn.control),
        };
        assert_eq!(done.location(), Some(next), "{sanctions:?}");
        let page = done.follow().await.is(200);
        assert_eq!(page.flash().is_some(), mail.is_some(), "said when a mail is sent: {sanctions:?}");
        let mails = app.run_jobs_and_mails().await;
        let told: Vec<_> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
        let expected: Vec<_> = mail.iter().map(|_| Persona::EmployerAdmin.email()).collect();
        assert_eq!(told, expected, "{sanctions:?}");
        assert!(mails.iter().zip(mail).all(|(sent, words)| sent.text_body.contains(words)), "{mails:?}");
    }
    let cuts: Vec<(i16, i16)> = sqlx::query_as(
        "SELECT h.rank, s.percent FROM control_subsidy_cuts s JOIN control_hires h ON h.id = s.hire_id ORDER BY s.decision_id",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    assert_eq!(cuts, [(2, 100), (2, 100)], "only what is above 0 is kept");
    let trail = app.audit_trail().await;
    let traced = trail.iter().filter(|line| line.contains("control.decided")).count();
    assert_eq!(i64::try_from(traced), Ok(decided), "EXT 10: {trail:?}");
}

/// « a suspension from yesterday, ending before it starts, with ne pas sanctionner ».
#[tokio::test]
async fn each_mistake_is_told_beside_its_field() {
    let app = TestApp::new().await;
    hires(&app).await;
    let drawn = negative(&app).await;
    let agent = app.browser(Persona::Inspector).await;
    let first = agent.get(&sanction(&drawn)).await.is(200).form("#sanction");
    let blank = first.clone().press("result").submit().await.is(422);
    assert!(blank.error("reason").is_some() && blank.error("comment").is_some(), "{blank:?}");
    let long = first.fill("reason", "delay").fill("comment", &"a".repeat(2_001));
    assert!(long.press("result").submit().await.is(422).error("comment").unwrap().contains("2001"));
    let none = chosen(&agent, &drawn, &[]).await.is(422);
    assert!(none.error("sanctions").is_some());
    let all = ["temporary_withdrawal", "permanent_withdrawal", "none"];
    let said = chosen(&agent, &drawn, &all).await.is(422).error("sanctions").unwrap();
    assert!(said.contains("temporaire ou définitif") && said.contains("Ne pas sanctionner"), "both: {said}");

    let day = |days| sub_days(app.today(), days).to_string();
    let typed = [("withdrawn_from", day(1)), ("withdrawn_to", day(2))];
    let early = detailed(&agent, &drawn, &["temporary_withdrawal"], &typed).await.is(422);
    assert!(early.error("withdrawn_from").unwrap().contains("4 juin 2026"), "a month later: {early:?}");
    assert!(early.error("withdrawn_to").is_some());
    assert_eq!(early.value("withdrawn_from"), Some(day(1)), "what was typed stays");
    assert_eq!(early.value("comment").as_deref(), Some("Aucun document n’a été transmis."));

    let third = chosen(&agent, &drawn, &["subsidy_cut"]).await.is(200).form("#sanction");
    for (one, other, field) in [
        ("0", "0", "cuts"),
        ("101", "100", "cut_1"),
        ("50", "", "cut_2"),
        ("12,5", "50", "cut_1"),
        ("-1", "50", "cut_1"),
    ] {
        let sent =
            third.clone().fill("cut_1", one).fill("cut_2", other).press("details").submit().await.is(422);
        assert!(sent.error(field).is_some(), "{one} {other}: {:?}", sent.errors());
        assert_eq!(sent.value("cut_1").as_deref(), Some(one));
    }
    let foreign = third.fill("cut_1", "50").fill("cut_2", "0").forge("cut_3", "50").press("details");
    let foreign = foreign.submit().await.is(422);
    assert!(foreign.error("cuts").is_some(), "of a hire that is not of the control: {:?}", foreign.errors());
    foreign.form("#sanction").press("details").submit().await.is(200);
    let ddets = world::DDETS_57.to_string();
    let forged = [("acting_for", ddets.as_str()), ("step", "confirm")];
    agent.post(&sanction(&drawn), &forged).await.is(422);
    assert_eq!(kept(&app).await, (0, 0));
}

/// « Retour » loses nothing, and what is no longer chosen is neither asked nor kept.
#[tokio::test]
async fn going_back_keeps_what_was_typed() {
    let app = TestApp::new().await;
    hires(&app).await;
    let drawn = negative(&app).await;
    let agent = app.browser(Persona::Inspector).await;
    let typed =
        [("training", "Le 4 mars à Metz.".to_owned()), ("cut_1", "10".to_owned()), ("cut_2", "0".to_owned())];
    let recap = detailed(&agent, &drawn, &["training", "subsidy_cut"], &typed).await.is(200);
    let third = recap.form("#sanction").press("back_details").submit().await.is(200);
    assert_eq!(third.value("cut_1").as_deref(), Some("10"));
    let second = third.form("#sanction").fill("cut_1", "abc").press("back_choice").submit().await.is(200);
    let first = second.form("#sanction").press("back_result").submit().await.is(200);
    assert_eq!(first.value("comment").as_deref(), Some("Aucun document n’a été transmis."));
    let second = first.form("#sanction").press("result").submit().await.is(200);
    let second = second.form("#sanction").uncheck("sanctions", "subsidy_cut");
    let third = second.press("choice").submit().await.is(200);
    assert_eq!(third.value("training").as_deref(), Some("Le 4 mars à Metz."));
    let recap = third.form("#sanction").press("details").submit().await.is(200);
    recap.form("#sanction").press("confirm").submit().await.is(303);
    let cuts: i64 =
        sqlx::query_scalar("SELECT count(*) FROM control_subsidy_cuts").fetch_one(app.db()).await.unwrap();
    assert_eq!(cuts, 0);
    app.run_jobs_and_mails().await;
}

/// D32: pressed twice without JavaScript, it is decided once, and leads where the first press does; by another agent, or when something
/// else is sent, it is said who decided.
#[tokio::test]
async fn it_is_decided_once() {
    let app = TestApp::new().await;
    hires(&app).await;
    let drawn = negative(&app).await;
    let agent = app.browser(Persona::Inspector).await;
    let typed = [("training", "Le 4 mars à Metz.".to_owned())];
    let leniency = [("leniency", "La bonne foi est établie.".to_owned())];
    let other = detailed(&agent, &drawn, &["none"], &leniency).await.is(200).form("#sanction");
    app.scenario().deactivate(Persona::OtherInspector).await;
    app.scenario().membership(Persona::OtherInspector, world::DDETS_57).await;
    let colleague = app.browser(Persona::OtherInspector).await;
    let same = detailed(&colleague, &drawn, &["training"], &typed).await.is(200).form("#sanction");
    let recap = detailed(&agent, &drawn, &["training"], &typed).await.is(200).form("#sanction");
    let first = recap.clone().press("confirm").submit().await.is(303);
    let again = recap.clone().press("confirm").submit().await.is(303);
    assert_eq!(again.location(), first.location());
    assert_eq!(again.follow().await.is(200).flash().as_deref(), Some("Décision notifiée"));
    for late in [recap.press("back_details"), other.press("confirm"), same.press("confirm")] {
        let late = late.submit().await.is(409);
        assert!(late.says("Inès FABER a notifié une décision le 4 mai 2026"), "{}", late.text());
        assert_eq!(late.link("Lire la décision"), format!("/controls/{}/outcome", drawn.control));
    }
    let already = agent.get(&sanction(&drawn)).await.is(303);
    assert_eq!(already.location(), Some(format!("/controls/{}/outcome", drawn.control)));
    let decision = already.follow().await.is(200);
    assert_eq!(decision.flash().as_deref(), Some("Ce contrôle a déjà sa décision"));
    assert!(decision.says("Inès FABER a notifié une décision le 4 mai 2026"), "{}", decision.text());
    assert_eq!(kept(&app).await, (1, 1));
    assert_eq!(app.run_jobs_and_mails().await.len(), 1, "E20, once");
}

/// Whichever press waits for the other: a decision that a letter notifies leads to its page.
#[tokio::test]
async fn pressed_twice_at_once_it_is_decided_once() {
    let app = TestApp::new().await;
    hires(&app).await;
    let drawn = negative(&app).await;
    let agent = app.browser(Persona::Inspector).await;
    let typed = [("withdrawn_from", add_months(app.today(), 1).to_string())];
    let recap = detailed(&agent, &drawn, &["permanent_withdrawal"], &typed).await.is(200);
    let confirm = recap.form("#sanction").press("confirm");
    let (one, two) = tokio::join!(confirm.submit(), confirm.submit());
    for done in [one.is(303), two.is(303)] {
        assert_eq!(done.location(), Some(format!("/controls/{}/outcome", drawn.control)));
    }
    assert_eq!(kept(&app).await, (1, 1));
    assert!(app.run_jobs_and_mails().await.is_empty(), "by registered letter");
}

#[tokio::test]
async fn two_agents_decide_at_once() {
    let app = TestApp::new().await;
    hires(&app).await;
    let drawn = negative(&app).await;
    let ctx = ddets(&app).await;
    let decide = || controls::decide(&app.app, &ctx, drawn.control, training());
    let (one, two) = tokio::join!(decide(), decide());
    let late = [&one, &two].into_iter().find_map(|decided| decided.as_ref().err());
    assert!(
        matches!(late, Some(Failure::Refused(DecisionRefused::Notified))) && (one.is_ok() || two.is_ok()),
        "{one:?} {two:?}"
    );
    assert_eq!(kept(&app).await, (1, 1));
    assert_eq!(app.run_jobs_and_mails().await.len(), 1, "E20, once");
}
