//! What waits for each person when they sign in (look.md, « what waits for me comes first »).

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_domain::eligibility::Criterion;
use iae_tests::{Page, Persona, TestApp, world};

use crate::lists::many;

#[tokio::test]
async fn an_employer_sees_late_applications_first_and_only_their_own() {
    let app = TestApp::new().await;
    let to_aci = |days| app.scenario().application().to(world::ACI).sent(TimeDelta::days(days));
    to_aci(1).insert().await;
    to_aci(20).of(world::OTHER_CANDIDATE).insert().await;
    let elsewhere = app.scenario().application().to(world::EI).insert().await;

    let page = app.browser(Persona::Employer).await.get("/dashboard").await.is(200);
    let groups = page.all(".inbox-group__title");
    assert!(groups.first().is_some_and(|title| title.starts_with("En retard")), "{groups:?}");
    assert!(groups.last().is_some_and(|title| title.starts_with("Plus tard")), "{groups:?}");
    assert!(!page.links().iter().any(|link| link.contains(&elsewhere.to_string())));
    assert!(page.statements.len() <= 8, "{:?}", page.statements);
}

#[tokio::test]
async fn an_empty_inbox_says_what_will_come() {
    let app = TestApp::new().await;
    let employer = app.browser(Persona::Employer).await.get("/dashboard").await.is(200);
    assert!(employer.says("Aucune candidature n’attend de réponse"));
    let prescriber = app.browser(Persona::Prescriber).await.get("/dashboard").await.is(200);
    assert!(prescriber.says("Rien ne vous attend"));
}

#[tokio::test]
async fn a_prescriber_is_told_whom_to_call_back_and_what_was_answered() {
    let app = TestApp::new().await;
    let sent = || app.scenario().application().by(Persona::Prescriber).to(world::ACI);
    sent().sent(TimeDelta::days(15)).insert().await;
    sent().of(world::OTHER_CANDIDATE).sent(TimeDelta::days(2)).state(StateCode::Refused).insert().await;
    let page = app.browser(Persona::Prescriber).await.get("/dashboard").await.is(200);
    let groups = page.all(".inbox-group__title");
    assert_eq!(groups.len(), 2, "{groups:?}");
    assert!(page.says("Relancer") && page.says("Lire la réponse"));
}

#[tokio::test]
async fn an_orienteur_reads_the_names_of_those_they_applied_for() {
    let app = TestApp::new().await;
    let sent = app.scenario().application().by(Persona::Orienter).to(world::ACI).of(world::CANDIDATE);
    sent.sent(TimeDelta::days(15)).insert().await;
    let own = app.browser(Persona::Orienter).await.get("/dashboard").await.is(200);
    assert_eq!(own.all(".inbox-item__title"), ["Amel BENALI"], "D30");
    // A colleague sent it: the organisation deals with her, and the reader did not apply for her (D30).
    sqlx::query("UPDATE applications SET sender_id = $1")
        .bind(world::PRESCRIBER)
        .execute(app.db())
        .await
        .unwrap();
    let page = app.browser(Persona::Orienter).await.get("/dashboard?view=organisation").await.is(200);
    let last_name: String = sqlx::query_scalar("SELECT upper(last_name) FROM users WHERE id = $1")
        .bind(world::CANDIDATE)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert!(!page.says(&last_name), "PII-4: the file was created by someone else");
    assert_eq!(page.all(".inbox-item__title").len(), 1);
}

#[tokio::test]
async fn a_candidate_reads_what_the_dates_of_their_pass_mean() {
    let app = TestApp::new().await;
    app.scenario().pass().of(world::CANDIDATE).starting(app.today()).insert().await;
    let page = app.browser(Persona::Candidate).await.get("/dashboard").await.is(200);
    assert!(page.says("il vous reste 730"), "{}", page.text());

    let ended = app.today() - TimeDelta::days(10);
    let over = app.scenario().pass().of(world::OTHER_CANDIDATE).starting(ended - TimeDelta::days(729));
    over.ending(ended).insert().await;
    let page = app.browser(Persona::OtherCandidate).await.get("/dashboard").await.is(200);
    assert!(page.says("un nouveau PASS demande l’avis d’un prescripteur habilité"));
}

/// The first thing a candidate reads is where they are, in larger letters.
#[tokio::test]
async fn a_candidate_reads_first_where_they_are() {
    let app = TestApp::new().await;
    let candidate = app.browser(Persona::Candidate).await;
    let stage = async || {
        let page = candidate.get("/dashboard").await.is(200);
        assert_eq!(page.attribute("body", "class").as_deref(), Some("signed-in for-candidates"));
        (page.text_of("[aria-current=step]").unwrap_or_default(), page.text_of("h1 + p").unwrap_or_default())
    };
    assert_eq!(stage().await, ("Postuler".into(), "Vous n’avez pas encore postulé.".into()));
    app.scenario().application().insert().await;
    let awaits = "Vous attendez la réponse d’un employeur.";
    assert_eq!(stage().await, ("Réponse de l’employeur".into(), awaits.into()));
    app.scenario().pass().starting(app.today()).insert().await;
    let running = "Votre parcours d’insertion est en cours.";
    assert_eq!(stage().await, ("Parcours d’insertion".into(), running.into()));
    let prescriber = app.browser(Persona::Prescriber).await.get("/dashboard").await.is(200);
    assert_eq!(prescriber.attribute("body", "class").as_deref(), Some("signed-in"));
}

/// The number a text begins with.
fn number(text: &str) -> usize {
    let digits: String = text.chars().take_while(|letter| !letter.is_alphabetic()).collect();
    digits
        .chars()
        .filter(char::is_ascii_digit)
        .collect::<String>()
        .parse()
        .unwrap_or_else(|_| panic!("{text}"))
}

/// How many rows a list says it has.
fn total(list: &Page) -> usize {
    list.text_of(".list-bar__total").map_or(0, |text| number(&text))
}

/// Something in every list a dashboard counts: late, recent, answered and read, on hold, hired on the word of the SIAE.
async fn busy(app: &TestApp) {
    // Hires come first: they make obsolete what waits.
    let sent = || app.scenario().application().by(Persona::Prescriber).to(world::ACI);
    let criteria = [Criterion::Rsa];
    app.scenario().diagnosis().by(Persona::Employer).of(world::CANDIDATE).criteria(&criteria).insert().await;
    app.scenario().application().by(Persona::Employer).state(StateCode::Accepted).insert().await;
    sent().to(world::GEIQ).of(world::OTHER_CANDIDATE).state(StateCode::Accepted).insert().await;
    many(app, 23).await;
    for days in 0..7 {
        sent().sent(TimeDelta::days(20 + days)).insert().await;
        sent().sent(TimeDelta::days(2 * days)).state(StateCode::Refused).insert().await;
        let oriented = app.scenario().application().by(Persona::Orienter).to(world::EI);
        oriented.sent(TimeDelta::days(70)).insert().await;
    }
    sent().by(Persona::PrescriberAdmin).sent(TimeDelta::days(400)).insert().await;
    for state in [StateCode::Postponed, StateCode::Pool, StateCode::Processing, StateCode::Obsolete] {
        sent().of(world::OTHER_CANDIDATE).sent(TimeDelta::days(9)).state(state).insert().await;
    }
    sqlx::query("UPDATE applications SET resume_on = '2026-05-04' WHERE state = 'postponed'")
        .execute(app.db())
        .await
        .unwrap();
}

/// A count on a dashboard, its link and its list always agree, for everybody.
#[tokio::test]
async fn every_figure_of_every_dashboard_opens_as_many_as_it_says() {
    let app = TestApp::new().await;
    busy(&app).await;
    let mut opened = 0;
    for persona in Persona::ALL.iter().filter(|persona| **persona != Persona::DeactivatedMember) {
        let browser = app.browser(*persona).await;
        for address in ["/dashboard", "/dashboard?view=organisation"] {
            let page = browser.get(address).await;
            if page.status != 200 {
                continue;
            }
            assert!(page.statements.len() <= 8, "{persona:?}: {:?}", page.statements);
            for words in page.all(".stat__link, .inbox-more a") {
                let list = page.click(&words).await.is(200);
                let figure = number(words.trim_start_matches("Voir les "));
                assert_eq!(total(&list), figure, "{persona:?}, « {words} »: {}", list.url);
                opened += 1;
            }
            let groups: usize = page.all(".inbox-group__count").iter().map(|count| number(count)).sum();
            let shown = page.all(".inbox-item").len();
            let hidden = !page.all(".inbox-more").is_empty();
            assert_eq!(groups > shown, hidden, "{persona:?}: what is not shown is one click away");
        }
    }
    assert!(opened >= 30, "{opened}");
}

#[tokio::test]
async fn the_others_of_a_group_are_those_of_its_link() {
    let app = TestApp::new().await;
    busy(&app).await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get("/dashboard").await.is(200);
    assert_eq!(page.all(".inbox-group__title")[0], "En retard 8");
    let late = page.click("Voir les 8 candidatures").await.is(200);
    assert_eq!(total(&late), 8);
    let first: Vec<String> = page.links().into_iter().filter(|link| link.len() == 50).take(1).collect();
    assert!(late.links().contains(&first[0]), "those shown are among them");
    assert!(late.all("tbody tr").iter().all(|row| row.contains("En retard")), "{late:?}");
}

/// C5: mine first, the organisation's by choice, with who sent; what is read leaves.
#[tokio::test]
async fn a_prescriber_sees_their_own_first_and_an_answer_leaves_once_read() {
    let app = TestApp::new().await;
    let sent = |by| app.scenario().application().by(by).to(world::ACI);
    let mine = sent(Persona::Prescriber).sent(TimeDelta::days(3)).state(StateCode::Refused).insert().await;
    let other = sent(Persona::PrescriberAdmin).of(world::OTHER_CANDIDATE);
    let other = other.sent(TimeDelta::days(4)).state(StateCode::Refused).insert().await;
    let late =
        sent(Persona::PrescriberAdmin).of(world::OTHER_CANDIDATE).sent(TimeDelta::days(15)).insert().await;
    let browser = app.browser(Persona::Prescriber).await;
    let names = |page: &Page| page.all(".inbox-item__title").len();
    let page = browser.get("/dashboard").await.is(200);
    assert_eq!(names(&page), 1);
    assert!(page.links().contains(&format!("/applications/{mine}")));
    let whole = page.click("Toute l’organisation").await.is(200);
    assert_eq!(names(&whole), 3);
    assert!(whole.links().contains(&format!("/applications/{late}")));
    let admin: String =
        sqlx::query_scalar("SELECT full_name(first_name, last_name) FROM users WHERE id = $1")
            .bind(world::PRESCRIBER_ADMIN)
            .fetch_one(app.db())
            .await
            .unwrap();
    assert!(whole.says(&admin), "who sent: {whole:?}");

    // The reading of a colleague does not take mine away.
    app.browser(Persona::PrescriberAdmin).await.get(&format!("/applications/{mine}")).await.is(200);
    assert_eq!(names(&browser.get("/dashboard").await), 1);
    browser.get(&format!("/applications/{mine}")).await.is(200);
    assert_eq!(names(&browser.get("/dashboard").await), 0);
    browser.get(&format!("/applications/{other}")).await.is(200);
    let whole = browser.get("/dashboard?view=organisation").await.is(200);
    assert_eq!(names(&whole), 1, "what waits stays, what is read leaves: {whole:?}");

    // A new answer is news again.
    sqlx::query("UPDATE applications SET updated_at = $1::timestamptz + interval '1 second' WHERE id = $2")
        .bind(app.now())
        .bind(mine)
        .execute(app.db())
        .await
        .unwrap();
    assert_eq!(names(&browser.get("/dashboard").await), 1);
}

/// C8: what is on hold comes back to « À faire » on the day set for it, not before.
#[tokio::test]
async fn what_is_on_hold_comes_back_on_its_day() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/postponement")).await.is(200);
    let form = page.form("main form").fill("answer", "Nous recrutons en juin.");
    let early = form.clone().fill("resume_on", "2026-05-04").submit().await.is(422);
    assert!(early.error("resume_on").is_some_and(|message| message.contains("à partir de demain")));
    assert_eq!(early.value("resume_on").as_deref(), Some("2026-05-04"));
    let far = form.clone().fill("resume_on", "2027-05-05").submit().await.is(422);
    assert!(far.error("resume_on").is_some_and(|message| message.contains("4 mai 2027")), "{far:?}");
    form.fill("resume_on", "2026-05-11").submit().await.is(303);
    app.ignore_mails();
    let own = employer.get(&format!("/applications/{id}")).await.is(200);
    assert!(own.says("Vous avez prévu d’y revenir le 11 mai 2026"), "{own:?}");
    let back = |page: &Page| page.links().contains(&format!("/applications/{id}"));
    assert!(!back(&employer.get("/dashboard").await), "it waits for its day");
    app.advance(TimeDelta::days(7));
    let employer = app.browser(Persona::Employer).await;
    let today = employer.get("/dashboard").await.is(200);
    assert!(back(&today) && today.says("Vous vouliez y revenir le 11 mai 2026"), "{today:?}");
    assert!(today.all(".inbox-group__title")[0].starts_with("Aujourd’hui"));
    for persona in [Persona::Candidate, Persona::Prescriber] {
        let page = app.browser(persona).await.get(&format!("/applications/{id}")).await.is(200);
        assert!(!page.says("11 mai 2026"), "a reminder of the company to itself, {persona:?}");
    }
}

/// One thing is said to wait for an answer: the list it opens has as many lines, and speaks of no other number.
#[tokio::test]
async fn what_waits_for_an_answer_is_one_number() {
    let app = TestApp::new().await;
    let to_aci = |candidate, state| app.scenario().application().to(world::ACI).of(candidate).state(state);
    to_aci(world::CANDIDATE, StateCode::New).insert().await;
    to_aci(world::OTHER_CANDIDATE, StateCode::Postponed).insert().await;
    let dashboard = app.browser(Persona::Employer).await.get("/dashboard").await.is(200);
    let waiting = dashboard.links().into_iter().find(|link| link.contains("due=late&due=today")).unwrap();
    let list = app.browser(Persona::Employer).await.get(&waiting).await.is(200);
    assert!(dashboard.says(&format!("{} attend", list.all("tbody tr").len())), "{}", dashboard.text());
    assert!(!list.text_of(".lead").unwrap().contains("une réponse,"), "{list:?}");
}
