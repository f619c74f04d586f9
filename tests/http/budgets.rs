//! How much may be asked: pages, look-ups, files. What protects people is counted for every instance together.

use std::time::Duration;

use chrono::TimeDelta;
use iae_server::Rates;
use iae_tests::pdf::pdf;
use iae_tests::{Browser, Page, Persona, TestApp, world};
use iae_web::limits::Limits;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::application_drafts::at_message;
use crate::candidates::{by_nir, created, creation, filled};

async fn by_email(browser: &Browser, rank: usize) -> Page {
    let page = browser.get("/candidates/lookup/email").await.form("email");
    page.fill("email", &format!("inconnu{rank}@exemple.fr")).submit().await
}

async fn looked_up(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM audit_events WHERE action = 'account.looked_up'")
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// Thirty people in ten minutes, by NIR or by address, found or not: each is in the trail. The next one is refused, and
/// the team and the administrators are told, once.
#[tokio::test]
async fn an_account_looks_up_thirty_people_in_ten_minutes() {
    let app = TestApp::new().await;
    let employer = app.browser(Persona::Employer).await;
    by_nir(&employer, world::CANDIDATE_NIR).await.is(200);
    for rank in 1..30 {
        by_email(&employer, rank).await.is(200);
    }
    assert_eq!(looked_up(&app).await, 30, "found or not");
    for _ in 0..3 {
        let page = by_nir(&employer, world::OTHER_CANDIDATE_NIR).await.is(429);
        assert!(page.says("4 mai 2026 à 11 h 10"), "{page:?}");
        assert!(page.headers.contains_key("retry-after"));
        assert!(!page.says("COLIN"), "nothing is said of whoever has the number");
    }
    let mails = app.run_jobs_and_mails().await;
    let mut told: Vec<_> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    told.sort_unstable();
    let mut expected = vec!["equipe@parcours.exemple.fr", Persona::EmployerAdmin.email()];
    expected.sort_unstable();
    assert_eq!(told, expected);
    assert_eq!(looked_up(&app).await, 30, "what is refused looks nobody up");

    let colleague = app.browser(Persona::EmployerAdmin).await;
    by_email(&colleague, 31).await.is(200);
    app.advance(TimeDelta::minutes(10));
    by_email(&employer, 32).await.is(200);
}

/// Two hundred in a day, then a thousand for the organisation; the day after, it begins again.
#[tokio::test]
async fn a_day_and_an_organisation_have_their_limits() {
    let app = TestApp::new().await;
    let spend = async |user: Persona, times: i32| {
        sqlx::query(
            "INSERT INTO spendings (id, budget, user_id, organisation_id, at, is_told)
             SELECT gen_random_uuid(), 'look_up', $1, $2, $3, false FROM generate_series(1, $4)",
        )
        .bind(user.user())
        .bind(user.organisation())
        .bind(app.now() - TimeDelta::hours(3))
        .bind(times)
        .execute(app.db())
        .await
        .unwrap();
    };
    let (employer, admin) = (app.browser(Persona::Employer).await, app.browser(Persona::EmployerAdmin).await);
    spend(Persona::Employer, 199).await;
    by_email(&employer, 1).await.is(200);
    by_email(&employer, 2).await.is(429);
    by_email(&admin, 3).await.is(200);
    spend(Persona::Employer, 799).await;
    by_email(&admin, 4).await.is(429);
    by_email(&app.browser(Persona::OtherEmployer).await, 5).await.is(200);
    app.advance(TimeDelta::hours(25));
    by_email(&app.browser(Persona::Employer).await, 6).await.is(200);
    app.run_jobs().await;
    app.ignore_mails();
}

/// An account that acts for two organisations at once has what one account has.
#[tokio::test]
async fn the_last_look_up_of_an_account_is_spent_once_whichever_organisation_it_acts_for() {
    let app = TestApp::new().await;
    let person = Persona::MultiOrganisation;
    let (one, other) = (app.browser(person).await, app.browser(person).await);
    let dashboard = other.get("/dashboard").await;
    dashboard.form("/organisation-switch").press("Mission locale du pays messin").submit().await.is(303);
    for rank in 0..29 {
        by_email(&one, rank).await.is(200);
    }
    // Nobody writes what they spend before both asked what is left.
    let mut held = app.db().begin().await.unwrap();
    sqlx::query("LOCK TABLE spendings IN SHARE MODE").execute(&mut *held).await.unwrap();
    let asked = [one, other].map(|browser| tokio::spawn(async move { by_email(&browser, 30).await.status }));
    let waiting = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(app.db()).await.unwrap() < 2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    held.rollback().await.unwrap();
    let mut answers = Vec::new();
    for asked in asked {
        answers.push(asked.await.unwrap().as_u16());
    }
    answers.sort_unstable();
    assert_eq!(answers, [200, 429]);
    app.ignore_jobs();
}

/// Typing numbers into someone's file answers the same question as a look-up.
#[tokio::test]
async fn a_number_typed_into_a_file_is_a_look_up() {
    let app = TestApp::new().await;
    app.scenario().without_nir(Persona::Candidate).await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let address = format!("/candidates/{}/update", world::CANDIDATE);
    let form = prescriber.get(&address).await.is(200).form("update").fill("phone", "07 00 00 00 01");
    let form = form.fill("title", "MME").fill("education_level", "51");
    let recap = form.clone().submit().await.is(200);
    recap.form("update").press("save").submit().await.is(303);
    assert_eq!(looked_up(&app).await, 0, "a phone number is nobody's identity");
    let form = prescriber.get(&address).await.is(200).form("update");
    let recap = form.fill("birth_date", "1985-06-14").fill("nir", world::UNKNOWN_NIR).submit().await.is(200);
    recap.form("update").press("save").submit().await.is(303);
    assert_eq!(looked_up(&app).await, 1);
    app.ignore_mails();
    app.ignore_jobs();
}

/// A creation that says « somebody has this number », or this name and birth date, answered the same question.
#[tokio::test]
async fn a_creation_refused_because_of_someone_is_a_look_up() {
    let app = TestApp::new().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let form = filled(&creation(&prescriber).await);
    let before = looked_up(&app).await;
    let taken = form.clone().forge("nir_is_looked_up", "").forge("nir", world::CANDIDATE_NIR);
    created(&taken.fill("birth_date", "1990-03-12")).await.is(422);
    assert_eq!(looked_up(&app).await, before + 1);
    created(&form).await.is(303);
    assert_eq!(looked_up(&app).await, before + 1, "nobody was found");
    app.run_jobs().await;
    app.ignore_mails();
}

/// Whoever only looked someone up reads no NIR, and changes neither names nor e-mail; whoever created the file, or sent an application, does.
#[tokio::test]
async fn a_file_opened_by_look_up_shows_no_nir() {
    let app = TestApp::new().await;
    let spaced = "2 90 03 57 463 012 79";
    let employer = app.browser(Persona::OtherEmployer).await;
    let page = employer.get("/candidates/lookup/email").await.form("email");
    page.fill("email", "amel.benali@exemple.fr").submit().await.is(200);
    let file = format!("/candidates/{}", world::CANDIDATE);
    for page in ["", "/update", "/changes"] {
        let page = employer.get(&format!("{file}{page}")).await.is(200);
        let html = page.html.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(!html.contains(spaced) && !html.contains(world::CANDIDATE_NIR), "{page:?}");
    }
    assert!(employer.get(&file).await.is(200).says("Numéro de sécurité sociale Enregistré, non affiché"));
    let form = employer.get(&format!("{file}/update")).await.is(200).form("update");
    let form = form.fill("education_level", "51");
    let form = form.forge("last_name", "PIRATE").forge("email", "pirate@ailleurs.exemple");
    form.submit().await.is(200).form("update").press("save").submit().await.is(303);
    let stayed =
        "SELECT upper(last_name) = 'BENALI' AND email = 'amel.benali@exemple.fr' FROM users WHERE id = $1";
    assert!(
        sqlx::query_scalar::<_, bool>(stayed).bind(world::CANDIDATE).fetch_one(app.db()).await.unwrap(),
        "nor do they change who the person is, or how they sign in"
    );
    let prescriber = app.browser(Persona::Prescriber).await.get(&file).await.is(200);
    assert!(prescriber.html.replace(['\u{a0}', '\u{202f}'], " ").contains(spaced), "{prescriber:?}");
    app.scenario().application().to(world::EI).insert().await;
    let employer = employer.get(&file).await.is(200);
    assert!(employer.html.replace(['\u{a0}', '\u{202f}'], " ").contains(spaced), "{employer:?}");
    app.ignore_jobs();
}

/// An account that read what it may in a minute waits. The limit is the account's, whatever the browser.
#[tokio::test]
async fn an_account_and_an_address_have_so_many_pages_a_minute() {
    let app = TestApp::new().await;
    let default = Rates::default();
    assert_eq!(
        (default.account_pages_per_minute.get(), default.anonymous_pages_per_minute.get()),
        (120, 3000)
    );
    let rates = Rates {
        account_pages_per_minute: 6.try_into().unwrap(),
        anonymous_pages_per_minute: 5.try_into().unwrap(),
        ..default
    };
    let limits = Limits { rates, ..Limits::default() };
    let address = app.listen_with(limits).await;
    let cookie = app.browser(Persona::Employer).await.cookie_header("/dashboard");
    let (mut ends, mut said) = (Vec::new(), String::new());
    for _ in 0..7 {
        (_, said) = asked(address, "/site-map", &cookie).await;
        ends.push(said[9..12].to_owned());
    }
    assert!(ends[..6].iter().all(|status| status == "200"), "{ends:?}");
    assert_eq!(ends[6], "429");
    assert!(said.to_lowercase().contains("retry-after:"), "{said}");
    let colleague = app.browser(Persona::EmployerAdmin).await.cookie_header("/dashboard");
    assert!(asked(address, "/site-map", &colleague).await.1.starts_with("HTTP/1.1 200"));
    for _ in 0..5 {
        assert!(asked(address, "/site-map", "").await.1.starts_with("HTTP/1.1 200"));
    }
    assert!(asked(address, "/site-map", "").await.1.starts_with("HTTP/1.1 429"));
}

async fn asked(address: std::net::SocketAddr, path: &str, cookie: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: parcours.test\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let head: Vec<u8> = answer.into_iter().take(2000).collect();
    (stream, String::from_utf8_lossy(&head).into_owned())
}

/// A name goes into the subject of mails to anyone: it is a name, on one line. Nothing is kept of what is not.
#[tokio::test]
async fn what_would_speak_in_a_mail_is_refused_as_a_name_or_an_address() {
    let app = TestApp::new().await;
    let orienter = app.browser(Persona::Orienter).await;
    let form = filled(&creation(&orienter).await);
    for (field, typed, sentence) in [
        ("first_name", "Jean\n\nVotre compte est suspendu\nHttp://evil.example/", "sur une ligne"),
        ("first_name", "http://evil.example", "sur une ligne"),
        ("last_name", "evil.example", "sur une ligne"),
        ("last_name", "\u{2066}\u{3164}", "Saisissez"),
        ("address_line_1", "3 rue Serpenoise\nVotre compte est suspendu", "sur une ligne"),
        ("address_line_2", &"a".repeat(100_000), "dépasse 200"),
    ] {
        let page = form.clone().forge(field, typed).submit().await.is(422);
        let error = page.error(field).unwrap_or_default();
        assert!(error.contains(sentence), "{field}: {error}");
    }
    created(&form.fill("first_name", "Lise-Anne (dite Lisa)").fill("last_name", "d’Arc")).await.is(303);
    let name: String = sqlx::query_scalar("SELECT first_name FROM users WHERE last_name = 'd’Arc'")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(name, "Lise-Anne (dite Lisa)");
    app.ignore_mails();
    app.ignore_jobs();
}

/// So many of a budget were spent by someone within ten minutes.
async fn spent(app: &TestApp, persona: Persona, budget: &str, times: i32) {
    sqlx::query(
        "INSERT INTO spendings (id, budget, user_id, organisation_id, at, is_told)
         SELECT gen_random_uuid(), $1, $2, $3, $4, false FROM generate_series(1, $5)",
    )
    .bind(budget)
    .bind(persona.user())
    .bind(persona.organisation())
    .bind(app.now())
    .bind(times)
    .execute(app.db())
    .await
    .unwrap();
}

/// The hour is never too early, and the seconds are those that are left.
#[tokio::test]
async fn what_is_limited_opens_when_it_says() {
    let app = TestApp::new().await;
    app.advance(TimeDelta::milliseconds(1500));
    spent(&app, Persona::Employer, "look_up", 30).await;
    app.advance(TimeDelta::seconds(41));
    let page = by_nir(&app.browser(Persona::Employer).await, world::CANDIDATE_NIR).await.is(429);
    assert_eq!(page.headers["retry-after"], "559");
    assert!(page.says("à partir du 4 mai 2026 à 11 h 11"), "{page:?}");
    app.ignore_jobs();
}

/// What was typed stays, and what was limited is named: on the page, and to others than its author.
#[tokio::test]
async fn a_file_or_a_cv_too_many_loses_nothing_of_what_was_typed() {
    let app = TestApp::new().await;
    let admin = app.browser(Persona::PrescriberAdmin).await;
    let (message, form) = (at_message(&admin).await, filled(&creation(&admin).await));
    spent(&app, Persona::PrescriberAdmin, "new_file", 20).await;
    let page = created(&form).await.is(429);
    assert!(page.says("Vous avez créé beaucoup de dossiers") && !page.says("recherché"), "{page:?}");
    assert_eq!(page.value("first_name").as_deref(), Some("Lise"));
    assert_eq!(page.value("phone").as_deref(), Some("06 12 34 56 78"));

    spent(&app, Persona::PrescriberAdmin, "upload", 60).await;
    let form = message.form("message").fill("message", "Amel aime le travail en extérieur.");
    let page = form.attach("cv", "cv.pdf", pdf()).submit().await.is(429);
    assert!(page.error("cv").unwrap_or_default().contains("beaucoup de fichiers"), "{page:?}");
    assert_eq!(page.value("message").as_deref().map(str::trim), Some("Amel aime le travail en extérieur."));
    assert!(page.headers.contains_key("retry-after"));

    let mails = app.run_jobs_and_mails().await;
    let mut subjects: Vec<_> = mails.iter().map(|mail| mail.subject.split(" : ").next().unwrap()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    assert_eq!(subjects, ["Beaucoup de dossiers créés", "Beaucoup de fichiers envoyés"]);
    assert!(mails.iter().any(|mail| mail.recipient == "equipe@parcours.exemple.fr"));
    let author = Persona::PrescriberAdmin.email();
    assert!(mails.iter().all(|mail| mail.recipient != author), "told on the page, not by mail");
}

/// Nothing that turns what follows backwards is kept as a name or a line, whatever writes it.
#[tokio::test]
async fn the_database_takes_no_mark_of_direction_in_a_name() {
    let app = TestApp::new().await;
    for mark in ["\u{61c}", "\u{200e}", "\u{200f}", "\u{202a}", "\u{202e}", "\u{2066}", "\u{2069}"] {
        for statement in [
            "UPDATE users SET first_name = $1",
            "UPDATE users SET last_name = $1",
            "UPDATE candidates SET address_line_1 = $1",
            "UPDATE candidates SET address_line_2 = $1",
        ] {
            let refused = sqlx::query(statement).bind(format!("A{mark}b")).execute(app.db()).await;
            assert!(refused.is_err(), "{statement} {mark:?}");
        }
    }
    sqlx::query("UPDATE users SET first_name = 'Anne-Élodie'").execute(app.db()).await.unwrap();
}
