//! A candidate opens an account (SGN-1 to SGN-4, AUT-7): step by step, answered alike whoever has one, opened by a button.

use chrono::TimeDelta;
use iae_tests::{Browser, Form, Page, Persona, TestApp, world};

use super::local::{LOCAL_PASSWORD, link, log_in};

const NEWCOMER: [(&str, &str); 6] = [
    ("title", "MME"),
    ("first_name", "Lise"),
    ("last_name", "Kauffmann"),
    ("birth_date", "1985-06-14"),
    ("birth_country", "109"),
    ("email", "lise.kauffmann@exemple.fr"),
];

pub(super) async fn identity(browser: &Browser) -> Form {
    let page = browser.get("/sign-up").await.is(200).click("Je cherche un emploi").await.is(200);
    let form = page.form("main form");
    NEWCOMER.iter().fold(form, |form, (name, value)| form.fill(name, value))
}

/// Up to the page that says that a mail left.
async fn sign_up(browser: &Browser, change: &[(&str, &str)]) -> Page {
    let form = change.iter().fold(identity(browser).await, |form, (name, value)| form.fill(name, value));
    let credentials = form.submit().await.is(200);
    let form = credentials.form("main form").fill("password", LOCAL_PASSWORD);
    form.fill("password_again", LOCAL_PASSWORD).press("create").submit().await.is(200)
}

#[tokio::test]
async fn a_candidate_signs_up_and_comes_in_by_the_link_of_the_mail() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    let credentials = identity(&browser).await.submit().await.is(200);
    assert!(credentials.says("Kauffmann") && credentials.says("Allemagne"), "SGN-4: {credentials:?}");
    let edited = credentials.form("main form").press("edit").submit().await.is(200);
    assert_eq!(edited.value("last_name").as_deref(), Some("Kauffmann"), "nothing typed is lost");
    let sent = sign_up(&browser, &[]).await;
    assert_eq!(sent.h1(), "Ouvrez votre messagerie");
    log_in(&app.visitor(), "lise.kauffmann@exemple.fr", LOCAL_PASSWORD).await.is(422);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails[0].subject, "Confirmez votre inscription à Parcours IAE");
    let page = browser.get(&link(&mails[0])).await.is(200);
    let accounts = "SELECT count(*) FROM users WHERE email = 'lise.kauffmann@exemple.fr'";
    let opened = async || sqlx::query_scalar::<_, i64>(accounts).fetch_one(app.db()).await.unwrap();
    assert_eq!(opened().await, 0, "AUT-7: a GET opens nothing");
    let welcome = page.form("main form").submit().await.is(303).follow().await.is(200);
    assert_eq!(welcome.h1(), "Bienvenue sur Parcours IAE", "SES-12");
    assert_eq!(opened().await, 1);
    let dashboard = welcome.form("/welcome").submit().await.follow().await.is(200);
    assert_eq!(dashboard.url.path(), "/dashboard");
    browser.get("/my-file").await.is(200);
    browser.get(&link(&mails[0])).await.is(403);
}

/// AUT-7: the link opens the account anywhere, and signs in only where the sign-up began.
#[tokio::test]
async fn a_link_opened_in_another_browser_signs_nobody_in() {
    let app = TestApp::new().await;
    sign_up(&app.visitor(), &[]).await;
    let mails = app.run_jobs_and_mails().await;
    let elsewhere = app.visitor();
    let page = elsewhere.get(&link(&mails[0])).await.is(200);
    let login = page.form("main form").submit().await.is(303).follow().await.is(200);
    assert_eq!(login.url.path(), "/login");
    elsewhere.get("/dashboard").await.is(303);
    app.advance(TimeDelta::seconds(1));
    log_in(&elsewhere, "lise.kauffmann@exemple.fr", LOCAL_PASSWORD).await.is(303);
}

/// SGN-3: the page says the same of an address, or of a number, that is known; the mail tells the rest.
#[tokio::test]
async fn a_sign_up_is_answered_alike_whoever_has_an_account() {
    let app = TestApp::new().await;
    let man = [
        ("title", "M"),
        ("birth_date", "1998-11-02"),
        ("birth_country", "100"),
        ("birth_commune", "Thionville"),
    ];
    let number = [man.as_slice(), &[("nir", world::OTHER_CANDIDATE_NIR)]].concat();
    let pages = [
        (vec![("email", Persona::Candidate.email())], "Ouvrez votre compte Parcours IAE"),
        (vec![("email", Persona::Employer.email())], "Vous avez déjà un compte sur Parcours IAE"),
        (number, "Un dossier existe déjà avec votre numéro de sécurité sociale"),
        (vec![], "Confirmez votre inscription à Parcours IAE"),
    ];
    let mut seen = Vec::new();
    for (change, subject) in pages {
        let page = sign_up(&app.visitor(), &change).await;
        let email =
            change.iter().find(|(name, _)| *name == "email").map_or("lise.kauffmann@exemple.fr", |c| c.1);
        seen.push(page.text_of("main").unwrap().replace(email, "…"));
        let mails = app.run_jobs_and_mails().await;
        assert_eq!(mails.len(), 1, "{subject}");
        assert_eq!((mails[0].subject.as_str(), mails[0].recipient.as_str()), (subject, email));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
}

#[tokio::test]
async fn what_is_typed_is_checked_beside_its_field_and_nothing_is_kept() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    for (name, value, field) in [
        ("first_name", "", "first_name"),
        ("last_name", "http://exemple.fr", "last_name"),
        ("birth_date", "2020-01-01", "birth_date"),
        ("birth_date", "rien", "birth_date"),
        ("email", "nulle part", "email"),
        ("email", "", "email"),
        ("email", "agent@francetravail.fr", "email"),
        ("nir", "123", "nir"),
    ] {
        let page = identity(&browser).await.fill(name, value).submit().await.is(422);
        assert!(page.error(field).is_some(), "{name} {value}: {page:?}");
    }
    let long = "a".repeat(101);
    for (name, value, said) in [
        ("birth_date", "2020-01-01", "Vous devez avoir plus de 16 ans"),
        ("birth_date", "2090-01-01", "dans le futur"),
        ("first_name", long.as_str(), "vous reconnaître"),
    ] {
        let page = identity(&browser).await.fill(name, value).submit().await.is(422);
        assert!(page.error(name).unwrap_or_default().contains(said), "{name} {value}: {page:?}");
    }
    let credentials = identity(&browser).await.submit().await.is(200);
    let form = credentials.form("main form").fill("password", "court").fill("password_again", "court");
    assert!(form.press("create").submit().await.is(422).error("password").is_some());
    // SGN-4: the last step without the first is the first.
    let jumped = [("step", "create"), ("password", LOCAL_PASSWORD), ("password_again", LOCAL_PASSWORD)];
    let page = browser.post("/sign-up/candidate", &jumped).await.is(422);
    assert!(page.error("first_name").is_some());
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM sign_ups").fetch_one(app.db()).await.unwrap();
    assert_eq!(kept, 0);
}

/// Two links of two sign-ups with one address, opened at once: one account.
#[tokio::test]
async fn two_sign_ups_with_one_address_open_one_account() {
    let app = TestApp::new().await;
    let (one, other) = (app.visitor(), app.visitor());
    sign_up(&one, &[]).await;
    sign_up(&other, &[]).await;
    let mails = app.run_jobs_and_mails().await;
    let pages = [one.get(&link(&mails[0])).await.is(200), other.get(&link(&mails[1])).await.is(200)];
    let forms = pages.map(|page| page.form("main form"));
    let (first, second) = tokio::join!(forms[0].submit(), forms[1].submit());
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    let accounts = "SELECT count(*) FROM users WHERE email = 'lise.kauffmann@exemple.fr'";
    let accounts: i64 = sqlx::query_scalar(accounts).fetch_one(app.db()).await.unwrap();
    assert_eq!(accounts, 1);
}
