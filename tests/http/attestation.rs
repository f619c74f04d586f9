//! The public check of an attestation by its code: valid or not, until when, and nothing else.

use std::net::{IpAddr, Ipv4Addr};

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_domain::ids::PassId;
use iae_tests::{Browser, Log, Page, Persona, TestApp, world};

use crate::pass::cancelled::cancel;

async fn hired(app: &TestApp) -> PassId {
    app.scenario().diagnosis().insert().await;
    app.scenario().application().to(world::ACI).state(StateCode::Accepted).insert().await;
    sqlx::query_scalar("SELECT id FROM passes").fetch_one(app.db()).await.unwrap()
}

/// The code, as the person reads it on their attestation.
async fn printed(app: &TestApp, pass: PassId) -> String {
    let page = app.browser(Persona::Candidate).await.get(&format!("/pass/{pass}/certificate")).await.is(200);
    page.all("main dd").pop().unwrap()
}

async fn check(browser: &Browser, code: &str) -> Page {
    let page = browser.get("/attestation").await.is(200);
    page.form("main form").fill("code", code).submit().await
}

/// What is answered, but for what was typed.
fn answer(page: &Page, typed: &str) -> String {
    page.html.replace(typed, "")
}

#[tokio::test]
async fn whoever_holds_the_paper_reads_that_it_is_valid_and_until_when_and_nothing_else() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let code = printed(&app, pass).await;
    assert_eq!(code.len(), 19, "four groups of four: {code}");
    let paper = app.browser(Persona::Employer).await.get(&format!("/pass/{pass}/certificate")).await;
    let page = paper.click("https://parcours.test/attestation").await.is(200);
    assert_eq!(page.h1(), "Vérifier une attestation de PASS IAE");
    for typed in [code.clone(), code.to_lowercase(), code.replace('-', " "), format!("  {code}\u{a0}")] {
        let said = check(&app.visitor(), &typed).await.is(200);
        assert!(said.says("Ce PASS IAE est valide") && said.says("2 mai 2028"), "{typed}: {}", said.text());
        assert!(said.title().contains("est valide"), "first heard: {}", said.title());
        let number: String =
            sqlx::query_scalar("SELECT number FROM passes").fetch_one(app.db()).await.unwrap();
        for kept in ["BENALI", "Amel", "Jardins", &number, &pass.to_string()] {
            assert!(!said.html.contains(kept), "{kept} is nobody's business");
        }
        assert!(said.statements.len() <= 8, "{:?}", said.statements);
    }
    let signed_in = check(&app.browser(Persona::Employer).await, &code).await.is(200);
    assert!(signed_in.says("est valide"), "signed in or not");
    let trail = app.audit_trail().await;
    assert!(!trail.iter().any(|line| line.contains("attestation")), "{trail:?}");
}

/// Rule book 03 §4.4: a PASS that is suspended, or starts later, is valid; its last day counts.
#[tokio::test]
async fn a_pass_is_valid_through_its_last_day_then_over() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let code = printed(&app, pass).await;
    let ends_in = async |days: i64| {
        sqlx::query(
            "UPDATE passes SET starts_on = $2::date - 729, issued_days = 730, ends_on = $2 WHERE id = $1",
        )
        .bind(pass)
        .bind(app.today() + TimeDelta::days(days))
        .execute(app.db())
        .await
        .unwrap();
    };
    for (days, words, day) in [
        (800, "Ce PASS IAE est valide", "12 juillet 2028"),
        (1, "Ce PASS IAE est valide", "5 mai 2026"),
        (0, "Ce PASS IAE est valide", "4 mai 2026"),
        (-1, "Ce PASS IAE n’est plus valide", "3 mai 2026"),
    ] {
        ends_in(days).await;
        let said = check(&app.visitor(), &code).await.is(200);
        assert!(said.says(words) && said.says(day), "{days}: {}", said.text());
    }
    sqlx::query("UPDATE passes SET closed_on = ends_on WHERE id = $1")
        .bind(pass)
        .execute(app.db())
        .await
        .unwrap();
    let closed = check(&app.visitor(), &code).await.is(200);
    assert!(closed.says("n’est plus valide") && closed.says("3 mai 2026"), "closed: {}", closed.text());
}

/// One answer for a code that is wrong, cut short, of another service, or of a PASS that was cancelled (rule book 03 §4.12).
#[tokio::test]
async fn what_is_not_a_code_gets_one_answer() {
    let app = TestApp::new().await;
    let hire = app.scenario().application().to(world::ACI).state(StateCode::Accepted).insert().await;
    let pass = sqlx::query_scalar("SELECT pass_id FROM applications WHERE id = $1").bind(hire);
    let pass = pass.fetch_one(app.db()).await.unwrap();
    let code = printed(&app, pass).await;
    let visitor = app.visitor();
    let wrong = if code.ends_with('0') { code.replacen('0', "1", 16) } else { format!("{}0", &code[..18]) };
    let number: String = sqlx::query_scalar("SELECT number FROM passes").fetch_one(app.db()).await.unwrap();
    let mut answers = Vec::new();
    for typed in [&wrong, &code[..18], "XXXXX2600001", &number, &format!("{code}7"), "*' OR 1=1 --", "ééé"]
    {
        let page = check(&visitor, typed).await.is(200);
        assert!(page.says("Aucun PASS IAE ne porte ce code"), "{typed}: {}", page.text());
        let shown = page.value("code").unwrap();
        assert_eq!(shown, typed.to_owned(), "what was typed stays, to be mended");
        answers.push(answer(&page, &escaped(typed)));
    }
    assert!(check(&visitor, &code).await.is(200).says("Ce PASS IAE est valide"));
    cancel(&app, hire).await;
    let page = check(&visitor, &code).await.is(200);
    answers.push(answer(&page, &code));
    assert!(answers.len() == 8 && answers.iter().all(|one| *one == answers[0]), "one and the same page");
    let blank = check(&visitor, "  ").await.is(422);
    assert!(blank.error("code").unwrap().contains("Saisissez le code"), "{blank:?}");
}

fn escaped(text: &str) -> String {
    text.replace('\'', "&#39;")
}

/// Thirty that are nobody's in ten minutes from one address, counted for every instance; then no more of them are answered
/// there. Codes that are somebody's are not counted, and always answered: hundreds leave by one address (D25).
#[tokio::test]
async fn unknown_codes_are_counted_by_address() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let code = printed(&app, pass).await;
    let platform = app.listen().await;
    let from = |last: u8| Browser::over_network(platform, IpAddr::V4(Ipv4Addr::new(127, 0, 0, last)));
    let (guesser, holder) = (from(7), from(8));
    let guess = async |browser: &Browser, code: &str| browser.post("/attestation", &[("code", code)]).await;
    for _ in 0..40 {
        guess(&guesser, &code).await.is(200);
    }
    for _ in 0..30 {
        guess(&guesser, "ABCD-EFGH-JKMN-PQRS").await.is(200);
    }
    for typed in ["ABCD-EFGH-JKMN-PQRS", "no code at all"] {
        let page = guess(&guesser, typed).await.is(429);
        assert!(page.says("Trop de demandes") && !page.says("valide"), "{}", page.text());
        assert!(page.headers.contains_key("retry-after"));
    }
    for browser in [&guesser, &holder] {
        assert!(guess(browser, &code).await.is(200).says("Ce PASS IAE est valide"));
    }
    let counted: (i64, i64) = sqlx::query_as(
        "SELECT count(*), count(*) FILTER (WHERE visitor IS NOT NULL AND user_id IS NULL) FROM spendings",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!(counted, (30, 30), "of one address, which is not written");
    app.advance(TimeDelta::minutes(10));
    guess(&guesser, "ABCD-EFGH-JKMN-PQRS").await.is(200);
}

/// The code stands in no log, and in no address.
#[tokio::test]
async fn a_code_leaves_nothing_behind() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let code = printed(&app, pass).await;
    let log = Log::listen();
    let page = app.visitor().get("/attestation").await.is(200);
    let form = page.form("main form").fill("code", &code);
    assert_eq!(form.method(), "POST");
    assert_eq!(form.action().query(), None);
    let said = form.submit().await.is(200);
    assert_eq!(said.location(), None, "answered there, not at an address that would hold it");
    check(&app.visitor(), "ABCD-EFGH-JKMN-PQRS").await.is(200);
    let bare = code.replace('-', "");
    for part in [code.as_str(), bare.as_str(), "ABCD-EFGH", "ABCDEFGH"] {
        assert!(log.lines_with(part).is_empty(), "{:?}", log.lines_with(part));
    }
}

/// Each PASS has a code of its own, that nobody guesses from another nor from its number.
#[tokio::test]
async fn codes_are_drawn_at_random() {
    let app = TestApp::new().await;
    let drawn: Vec<String> =
        sqlx::query_scalar("SELECT new_attestation_code() FROM generate_series(1, 2000)")
            .fetch_all(app.db())
            .await
            .unwrap();
    let different: std::collections::BTreeSet<&String> = drawn.iter().collect();
    assert_eq!(different.len(), drawn.len());
    // Each of the 32 characters at each of the 16 places, about 62 times of 2,000.
    for place in 0..16 {
        let mut times = std::collections::BTreeMap::<char, usize>::new();
        for code in &drawn {
            *times.entry(code.chars().nth(place).unwrap()).or_default() += 1;
        }
        assert_eq!(times.len(), 32, "place {place}: {times:?}");
        assert!(times.values().all(|times| (15..=130).contains(times)), "place {place}: {times:?}");
    }
}
