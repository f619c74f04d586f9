//! Second factors (rule book 01 §10.7) and the accounts of the team (OID-19).

use chrono::{DateTime, TimeDelta, Utc};
use iae_app::Ctx;
use iae_app::accounts::create_staff;
use iae_domain::accounts::NewStaff;
use iae_domain::ids::UserId;
use iae_domain::staff::StaffGroup;
use iae_domain::text::{Email, Name};
use iae_tests::{Browser, Page, Persona, TestApp};
use ring::hmac;

use super::local::{LOCAL_PASSWORD, link, log_in};

const EMAIL: &str = "zoe.lang@parcours.exemple.fr";

/// The code an application shows (RFC 6238).
pub fn code(key: &str, at: DateTime<Utc>) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut bits = String::new();
    for letter in key.chars().filter(|c| !c.is_whitespace()) {
        bits.push_str(&format!("{:05b}", LETTERS.find(letter).unwrap()));
    }
    let bytes: Vec<u8> = (0..bits.len() / 8)
        .map(|byte| u8::from_str_radix(&bits[byte * 8..byte * 8 + 8], 2).unwrap())
        .collect();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes);
    let step = u64::try_from(at.timestamp() / 30).unwrap();
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let offset = usize::from(tag[19] & 0x0f);
    let number = u32::from_be_bytes([tag[offset] & 0x7f, tag[offset + 1], tag[offset + 2], tag[offset + 3]]);
    format!("{:06}", number % 1_000_000)
}

/// A new member of the team, up to the page where they add an application.
async fn newcomer(app: &TestApp) -> (Browser, Page) {
    let staff = NewStaff {
        id: UserId::at(app.now()),
        email: Email::parse(EMAIL).unwrap(),
        first_name: Name::parse("Zoé").unwrap(),
        last_name: Name::parse("Lang").unwrap(),
        is_superuser: false,
        groups: vec![StaffGroup::AdminReadonly],
    };
    create_staff(&app.app, &Ctx::system(app.now()), staff).await.unwrap();
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails[0].subject, "Ouvrez votre compte de l’équipe de Parcours IAE");
    let browser = app.visitor();
    let page = browser.get(&link(&mails[0])).await.is(200);
    let form = page.form("main form").fill("password", LOCAL_PASSWORD).fill("password_again", LOCAL_PASSWORD);
    let page = form.submit().await.is(303).follow().await.is(200);
    (browser, page)
}

/// Adds the application; gives its key and the backup code.
async fn enrol(app: &TestApp, page: &Page) -> (String, String) {
    let key = page.text_of("main code").unwrap();
    let form = page.form("main form").fill("code_of_application", &code(&key, app.now()));
    let shown = form.submit().await.is(200);
    assert_eq!(shown.h1(), "Notez votre code de secours");
    (key, shown.text_of("main code").unwrap())
}

/// SES-5, AUT-22: nothing of the team's opens before a second factor is added, then shown.
#[tokio::test]
async fn a_member_of_the_team_adds_a_second_factor_before_anything_opens() {
    let app = TestApp::new().await;
    let (browser, page) = newcomer(&app).await;
    assert_eq!(page.h1(), "Ajouter une application de codes");
    let before = browser.cookie("__Host-session");
    for address in ["/admin/emails", "/admin/audit", "/dashboard", "/", "/my-account"] {
        let sent_to = browser.get(address).await.is(303).location().unwrap();
        assert!(sent_to.starts_with("/login/second-factor/enrolment?"), "{address}: {sent_to}");
    }
    for address in ["/terms", "/legal", "/logout"] {
        browser.get(address).await.is(200);
    }
    let mistaken = page.form("main form").fill("code_of_application", "000000").submit().await.is(422);
    assert!(mistaken.error("code_of_application").is_some());
    let nameless =
        page.form("main form").fill("name", " ").fill("code_of_application", "1").submit().await.is(422);
    assert!(nameless.error("name").is_some());
    let (key, _) = enrol(&app, &page).await;
    assert_ne!(browser.cookie("__Host-session"), before, "SES-13: a new id");
    browser.get("/admin/emails").await.is(200);

    app.advance(TimeDelta::minutes(1));
    let again = app.visitor();
    log_in(&again, EMAIL, LOCAL_PASSWORD).await.is(303);
    let page = again.get("/admin/audit").await.is(303).follow().await.is(200);
    assert_eq!(page.h1(), "Votre code de connexion");
    again.get("/login/second-factor/enrolment").await.is(303);
    let copied = again.copied();
    let form = page.form("main form").fill("code_of_application", &code(&key, app.now()));
    let landed = form.submit().await.is(303);
    assert_eq!(landed.location().as_deref(), Some("/admin/audit"));
    again.get("/admin/audit").await.is(200);
    let out = copied.get("/admin/audit").await.is(303).location().unwrap();
    assert!(out.starts_with("/login?"), "SES-13: whoever held the session before the code is out: {out}");

    // AUT-21: a code serves once.
    let third = app.visitor();
    log_in(&third, EMAIL, LOCAL_PASSWORD).await.is(303);
    let page = third.get("/admin/emails").await.follow().await.is(200);
    page.form("main form").fill("code_of_application", &code(&key, app.now())).submit().await.is(422);
    third.get("/admin/emails").await.is(303);
}

/// AUT-21: wrong codes wait longer and longer, and a form is no way around.
#[tokio::test]
async fn wrong_codes_are_looked_at_less_and_less() {
    let app = TestApp::new().await;
    let (_, page) = newcomer(&app).await;
    let (key, _) = enrol(&app, &page).await;
    app.advance(TimeDelta::minutes(1));
    let browser = app.visitor();
    log_in(&browser, EMAIL, LOCAL_PASSWORD).await.is(303);
    let page = browser.get("/admin/emails").await.follow().await.is(200);
    let form = page.form("main form");
    for _ in 0..5 {
        form.clone().fill("code_of_application", "000000").submit().await.is(422);
    }
    let right = form.clone().fill("code_of_application", &code(&key, app.now())).submit().await.is(422);
    assert!(
        right.error("code_of_application").is_some_and(|said| said.contains("réessayez dans")),
        "{right:?}"
    );
    browser.post("/organisation-switch", &[("organisation", "nothing")]).await.is(303);
    app.advance(TimeDelta::minutes(1));
    form.fill("code_of_application", &code(&key, app.now())).submit().await.is(303);
    browser.get("/admin/emails").await.is(200);
}

/// AUT-23: the backup code stands in once, takes everything away, tells, and asks for another application.
#[tokio::test]
async fn the_backup_code_serves_once_and_asks_for_another_application() {
    let app = TestApp::new().await;
    let (first, page) = newcomer(&app).await;
    let (_, backup) = enrol(&app, &page).await;
    assert_eq!(backup.len(), 26, "AUT-22: three groups of eight");
    first.get("/admin/emails").await.is(200);
    app.advance(TimeDelta::minutes(1));
    let browser = app.visitor();
    log_in(&browser, EMAIL, LOCAL_PASSWORD).await.is(303);
    let page = browser.get("/admin/emails").await.follow().await.is(200);
    let backup_form = |typed: &str| page.form("main section form").fill("backup_code_of_application", typed);
    backup_form("00000000-00000000-00000000").submit().await.is(422);
    let page = backup_form(&backup.to_uppercase()).submit().await.is(303).follow().await.is(200);
    assert_eq!(page.h1(), "Ajouter une application de codes");
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails[0].subject, "Le code de secours de votre compte Parcours IAE a servi");
    browser.get("/admin/emails").await.is(303);
    let out = first.get("/admin/emails").await.is(303).location().unwrap();
    assert!(out.starts_with("/login?"), "whoever has the phone that was lost is out: {out}");
    let (_, other) = enrol(&app, &page).await;
    assert_ne!(backup, other);
    browser.get("/admin/emails").await.is(200);
}

/// AUT-24: the application of this session stays; the others go; pages are not there for who is not concerned.
#[tokio::test]
async fn applications_are_removed_but_the_one_of_the_session() {
    let app = TestApp::new().await;
    let (browser, page) = newcomer(&app).await;
    enrol(&app, &page).await;
    let page = browser.get("/login/second-factor/enrolment").await.is(200);
    let key = page.text_of("main code").unwrap();
    let form = page.form("main form").fill("name", "Ordinateur");
    form.fill("code_of_application", &code(&key, app.now())).submit().await.is(303);
    let page = browser.get("/my-account/devices").await.is(200);
    assert!(page.says("Mon téléphone") && page.says("Ordinateur"), "{page:?}");
    // Whoever holds what is removed is out, wherever they are.
    app.advance(TimeDelta::minutes(1));
    let elsewhere = app.visitor();
    log_in(&elsewhere, EMAIL, LOCAL_PASSWORD).await.is(303);
    let asked = elsewhere.get("/admin/emails").await.follow().await.is(200);
    asked.form("main form").fill("code_of_application", &code(&key, app.now())).submit().await.is(303);
    elsewhere.get("/admin/emails").await.is(200);
    page.form("main form").submit().await.is(303);
    let out = elsewhere.get("/admin/emails").await.is(303).location().unwrap();
    assert!(out.starts_with("/login?"), "{out}");
    browser.get("/admin/emails").await.is(200);
    let page = browser.get("/my-account/devices").await.is(200);
    assert!(page.says("Mon téléphone") && !page.says("Ordinateur"), "{page:?}");
    for persona in [Persona::Employer, Persona::Candidate] {
        let browser = app.browser(persona).await;
        for address in ["/my-account/devices", "/login/second-factor", "/login/second-factor/enrolment"] {
            browser.get(address).await.is(404);
        }
    }
}

/// The secret of an application is nowhere in the database as it is.
#[tokio::test]
async fn the_secret_of_an_application_is_sealed() {
    let app = TestApp::new().await;
    let (_, page) = newcomer(&app).await;
    let sealed = page.value("sealed").unwrap();
    enrol(&app, &page).await;
    let kept: Vec<u8> =
        sqlx::query_scalar("SELECT sealed FROM second_factors").fetch_one(app.db()).await.unwrap();
    assert_eq!(kept.len(), 16 + 20 + 16, "salt, secret, tag");
    // What the page of one account carried is worth nothing on that of another.
    let other = app.browser(Persona::Staff).await;
    let page = other.get("/login/second-factor/enrolment").await.is(200);
    let forged = page.form("main form").forge("sealed", &sealed).fill("code_of_application", "000000");
    assert!(forged.submit().await.is(422).says("recommencez"));
}
