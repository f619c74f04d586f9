//! What people really type and paste, in the forms where they do.

mod addresses;
mod dates;
mod lists;
mod titles;

use iae_domain::text::MESSAGE_MAX_CHARS;
use iae_tests::{Form, Persona, TestApp, world};
use sqlx::AssertSqlSafe;

use crate::application_drafts::at_message;
use crate::candidates::{created, creation, filled};

/// As many characters as a text may have, sixty of which are line ends, as a browser sends them.
fn longest() -> String {
    let letter =
        |rank: usize| if rank > 0 && rank.is_multiple_of(80) && rank <= 4_800 { "\r\n" } else { "é" };
    let text: String = (0..MESSAGE_MAX_CHARS).map(letter).collect();
    assert_eq!(text.chars().count(), MESSAGE_MAX_CHARS + 60);
    text
}

async fn one<T>(app: &TestApp, query: &str) -> T
where
    T: Send + Unpin,
    (T,): for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
{
    sqlx::query_scalar(AssertSqlSafe(query.to_owned())).fetch_one(app.db()).await.unwrap()
}

#[tokio::test]
async fn a_line_end_counts_once_in_every_text() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().diagnosis().insert().await;
    let text = longest();
    let employer = app.browser(Persona::Employer).await;
    let page = async |action: &str| {
        let id = app.scenario().application().insert().await;
        employer.get(&format!("/applications/{id}/{action}")).await.is(200).form("main form")
    };
    page("postponement").await.fill("answer", &text).submit().await.is(303);
    let refusal = page("refusal").await.fill("reason", "no_position").fill("answer", &text);
    refusal.fill("answer_to_prescriber", &text).submit().await.is(303);
    let acceptance = page("acceptance").await.fill("starts_on", &app.today().to_string());
    let recap = acceptance.fill("answer", &text).press("review").submit().await.is(200);
    recap.form("main form").press("confirm").submit().await.is(303);
    let texts: Vec<String> = sqlx::query_scalar(
        "SELECT answer FROM applications WHERE answer <> '' UNION ALL
         SELECT answer_to_prescriber FROM applications WHERE answer_to_prescriber <> ''",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    assert_eq!(texts, vec![text.replace('\r', ""); 4], "kept as it is counted");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_line_end_counts_once_in_a_message_and_in_a_diagnosis() {
    let app = TestApp::new().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let address = format!("/candidates/{}/eligibility", world::CANDIDATE);
    let page = prescriber.get(&address).await.is(200);
    let most = iae_domain::candidates::situation::NOTE_MAX_CHARS;
    let note = format!("{}\r\n", "a\r\n".repeat(most / 2 - 1)) + "b";
    let form = page.form("eligibility").fill("assessment-mobility", "obstacle");
    form.fill("mobility", &note).submit().await.is(303);
    let message = at_message(&prescriber).await.form("message");
    message.fill("message", &longest()).submit().await.is(303);
    let kept: String = one(&app, "SELECT data #>> '{message,text}' FROM application_drafts").await;
    assert_eq!(kept, longest().replace('\r', ""));
}

/// A phone copied from a web page, an address from a message, a name typed on a telephone.
#[tokio::test]
async fn what_nobody_sees_is_dropped_before_anything_is_read() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let prescriber = app.browser(Persona::Prescriber).await;
    let form = filled(&creation(&prescriber).await)
        .fill("first_name", "He\u{301}le\u{300}ne\u{200b}")
        .fill("last_name", "Kauf\u{ad}fmann")
        .fill("phone", "\u{202a}06 12 34 56 78\u{202c}")
        .fill("post_code", "57000\u{200b}")
        .fill("city", "\u{feff}Metz\u{2069}");
    created(&form).await.is(303);
    let kept: (String, String, Option<String>, String) = sqlx::query_as(
        "SELECT u.first_name, u.last_name, u.phone, c.post_code
         FROM users u JOIN candidates c ON c.id = u.id WHERE u.email = 'lise.kauffmann@exemple.fr'",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    let expected =
        ("Hélène".to_owned(), "Kauffmann".to_owned(), Some("0612345678".to_owned()), "57000".to_owned());
    assert_eq!(kept, expected);
    assert!(prescriber.get("/candidates?name=helene").await.says("Hélène KAUFFMANN"));
    let decomposed = prescriber.get("/candidates?name=He%CC%81le%CC%80ne%E2%80%8B").await.is(200);
    assert!(decomposed.says("Hélène KAUFFMANN"), "in an address as well");
}

#[tokio::test]
async fn a_known_person_is_found_whatever_comes_along_with_their_number_or_address() {
    let app = TestApp::new().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let (head, tail) = world::CANDIDATE_NIR.split_at(7);
    for nir in [
        format!("{}\u{200b}", world::CANDIDATE_NIR),
        format!("\u{202a}{head} {tail}\u{202c}"),
        format!("{head}.{tail}"),
        format!("{head}-{tail}"),
        format!("{head}/{tail}"),
        format!("{head} / {tail}"),
    ] {
        let page = prescriber.get("/candidates/lookup").await.form("lookup");
        let page = page.fill("nir", &nir).submit().await.is(200);
        assert!(page.says("Amel BENALI"), "NIR-1: {nir:?}: {}", page.text());
    }
    for around in ["{}\u{200b}", "\u{feff}{}", "\u{2066}{}\u{2069}", " {}\u{ad}"] {
        let email = around.replace("{}", Persona::Candidate.email());
        let page = prescriber.get("/candidates/lookup/email").await.form("email");
        let page = page.fill("email", &email).submit().await.is(200);
        assert!(page.says("Amel BENALI"), "never a second account: {around:?}");
        let form = filled(&creation(&prescriber).await).forge("email", &email);
        let taken = created(&form).await.is(422);
        assert!(taken.error("email").unwrap_or_default().contains("déjà celle d’un compte"), "{around:?}");
    }
    assert_eq!(one::<i64>(&app, "SELECT count(*) FROM candidates").await, 2);
}

#[tokio::test]
async fn first_and_last_name_typed_one_for_the_other_are_a_likely_duplicate() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let swapped = async |birth_date: &str| {
        let form: Form = filled(&creation(&app.browser(Persona::Employer).await).await)
            .fill("first_name", "Benali")
            .fill("last_name", "Amel")
            .fill("birth_date", birth_date)
            .forge("nir", "")
            .forge("nir_missing_reason", "NO_NIR");
        created(&form).await
    };
    let warned = swapped("1990-03-12").await.is(422);
    assert_eq!(warned.h1(), "Cette personne a peut-être déjà un dossier", "CRE-2");
    assert!(warned.says("a**********@e******.f*"));
    swapped("1990-03-13").await.is(303);
}
