//! Accounts with a password of their own: signing in, forgetting, changing (rule book 01 §10.2), and what neither text nor mail
//! gives away.

use chrono::TimeDelta;
use iae_mail::OutgoingEmail;
use iae_tests::{Browser, Page, Persona, TestApp};

/// A password that AUT-5 takes.
pub const LOCAL_PASSWORD: &str = "Trois chats, une gare et 7 parapluies";
const OTHER_PASSWORD: &str = "Quatre gares, un chat et 9 parapluies";
const WRONG: &str = "Adresse ou mot de passe incorrect";

/// The link of a letter, as its mail has it.
pub fn link(mail: &OutgoingEmail) -> String {
    let link = mail.text_body.lines().find(|line| line.contains("/account-letters/"));
    link.unwrap_or_else(|| panic!("no link in « {} »: {}", mail.subject, mail.text_body)).to_owned()
}

/// Opens the account of a person whose file is there already, by the link they ask for; then a second goes by.
pub async fn open_account(app: &TestApp, email: &str) -> Browser {
    let browser = app.visitor();
    let page = browser.get("/forgotten-password").await.is(200);
    page.form("main form").fill("email", email).submit().await.is(200);
    let mails = app.run_jobs_and_mails().await;
    let page = browser.get(&link(&mails[0])).await.is(200);
    choose(&page, LOCAL_PASSWORD).await.is(303);
    app.run_jobs_and_mails().await;
    app.advance(TimeDelta::seconds(1));
    browser
}

async fn choose(page: &Page, password: &str) -> Page {
    page.form("main form").fill("password", password).fill("password_again", password).submit().await
}

pub async fn log_in(browser: &Browser, email: &str, password: &str) -> Page {
    let page = browser.get("/login?return_to=/my-file").await.is(200);
    page.form("main form").fill("email", email).fill("password", password).submit().await
}

/// USR-14, AUT-8: the account of a file that a professional made is opened by a link, which signs in, once.
#[tokio::test]
async fn a_candidate_opens_the_account_a_professional_made_by_a_link_that_serves_once() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    let page = browser.get("/login").await.click("Mot de passe oublié").await.is(200);
    page.form("main form").fill("email", Persona::Candidate.email()).submit().await.is(200);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails[0].subject, "Ouvrez votre compte Parcours IAE");
    let link = link(&mails[0]);
    let page = browser.get(&link).await.is(200);
    assert_eq!(page.h1(), "Ouvrir votre compte");
    assert!(
        app.audit_trail().await.iter().all(|event| event != "account.password_set"),
        "a GET does nothing"
    );
    let dashboard = choose(&page, LOCAL_PASSWORD).await.is(303).follow().await.is(200);
    assert!(dashboard.says("Amel BENALI"), "{dashboard:?}");
    let over = app.visitor().get(&link).await.is(403);
    assert_eq!(over.h1(), "Ce lien ne sert plus");
    app.advance(TimeDelta::seconds(1));
    let again = app.visitor();
    let page = log_in(&again, Persona::Candidate.email(), LOCAL_PASSWORD).await.is(303);
    assert_eq!(page.location().as_deref(), Some("/my-file"));
    again.get("/my-file").await.is(200);
}

/// AUT-6, D25: an unknown address, a wrong password, a locked account are answered alike.
#[tokio::test]
async fn what_is_refused_says_nothing_of_who_has_an_account() {
    let app = TestApp::new().await;
    open_account(&app, Persona::Candidate.email()).await;
    let answers = async |email: &str| {
        let page = log_in(&app.visitor(), email, OTHER_PASSWORD).await.is(422);
        assert!(page.error("password").is_some_and(|said| said.contains(WRONG)), "{page:?}");
        page.errors()
    };
    let known = answers(Persona::Candidate.email()).await;
    assert_eq!(known, answers("personne@exemple.fr").await);
    // By a provider alone.
    assert_eq!(known, answers(Persona::Employer.email()).await);
}

/// AUT-8: the page says the same, the mail tells the rest.
#[tokio::test]
async fn a_forgotten_password_is_answered_alike_and_the_mail_tells_the_rest() {
    let app = TestApp::new().await;
    open_account(&app, Persona::Candidate.email()).await;
    for (email, subject) in [
        (Persona::Candidate.email(), "Choisissez un nouveau mot de passe pour Parcours IAE"),
        (Persona::OtherCandidate.email(), "Ouvrez votre compte Parcours IAE"),
        (Persona::Employer.email(), "Votre compte Parcours IAE n’a pas de mot de passe ici"),
        ("personne@exemple.fr", "Aucun compte Parcours IAE n’a cette adresse"),
    ] {
        let page = app.visitor().get("/forgotten-password").await;
        let page = page.form("main form").fill("email", email).submit().await.is(200);
        assert_eq!(page.h1(), "Ouvrez votre messagerie");
        let mails = app.run_jobs_and_mails().await;
        assert_eq!(mails.len(), 1, "{email}");
        assert_eq!((mails[0].recipient.as_str(), mails[0].subject.as_str()), (email, subject));
    }
    let page = app.visitor().get("/forgotten-password").await;
    page.form("main form").fill("email", "nulle part").submit().await.is(422);
}

/// Nobody is buried under mails by somebody else.
#[tokio::test]
async fn an_address_receives_five_letters_an_hour_at_most() {
    let app = TestApp::new().await;
    for _ in 0..8 {
        let page = app.visitor().get("/forgotten-password").await;
        page.form("main form").fill("email", "personne@exemple.fr").submit().await.is(200);
    }
    assert_eq!(app.run_jobs_and_mails().await.len(), 5);
}

/// AUT-6, D25: five failures lock the account for strangers, whose holder is told by mail and comes in where they did before; a new
/// password unlocks it.
#[tokio::test]
async fn a_stranger_locks_strangers_out_and_not_the_victim() {
    let app = TestApp::new().await;
    let own = open_account(&app, Persona::Candidate.email()).await;
    own.get("/logout").await.form("main form").submit().await.is(303);
    for _ in 0..5 {
        log_in(&app.visitor(), Persona::Candidate.email(), OTHER_PASSWORD).await.is(422);
    }
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "Trop de mots de passe faux pour votre compte Parcours IAE");
    app.advance(TimeDelta::minutes(1));
    let right = log_in(&app.visitor(), Persona::Candidate.email(), LOCAL_PASSWORD).await.is(422);
    assert!(right.error("password").is_some_and(|said| said.contains(WRONG)), "locked, and nothing says so");
    log_in(&own, Persona::Candidate.email(), LOCAL_PASSWORD).await.is(303);
    // Elsewhere, the mail opens a way at once; its link died when the holder signed in, another is asked for.
    let elsewhere = app.visitor();
    let page = elsewhere.get("/forgotten-password").await;
    page.form("main form").fill("email", Persona::Candidate.email()).submit().await.is(200);
    let mails = app.run_jobs_and_mails().await;
    choose(&elsewhere.get(&link(&mails[0])).await.is(200), OTHER_PASSWORD).await.is(303);
    app.run_jobs_and_mails().await;
    own.get("/my-file").await.is(303);
    app.advance(TimeDelta::seconds(1));
    log_in(&elsewhere, Persona::Candidate.email(), OTHER_PASSWORD).await.is(303);
}

/// AUT-6: ten failures in a minute from one address of the network.
#[tokio::test]
async fn ten_failures_of_one_place_close_it_for_a_minute() {
    let app = TestApp::new().await;
    for n in 0..10 {
        log_in(&app.visitor(), &format!("personne{n}@exemple.fr"), OTHER_PASSWORD).await.is(422);
    }
    log_in(&app.visitor(), "autre@exemple.fr", OTHER_PASSWORD).await.is(429);
    app.advance(TimeDelta::minutes(1) + TimeDelta::seconds(1));
    log_in(&app.visitor(), "autre@exemple.fr", OTHER_PASSWORD).await.is(422);
}

/// AUT-5, and both boxes.
#[tokio::test]
async fn a_weak_password_is_refused_beside_its_field() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    let page = browser.get("/forgotten-password").await;
    page.form("main form").fill("email", Persona::Candidate.email()).submit().await.is(200);
    let mails = app.run_jobs_and_mails().await;
    let page = browser.get(&link(&mails[0])).await.is(200);
    for (password, said) in [
        ("", "Saisissez un mot de passe"),
        ("Court, 1 chat", "au moins 16"),
        ("une phrase sans rien du tout", "trois sortes"),
        ("Amel et Benali, 2 noms", "ni votre nom"),
        ("Azertyuiop-1234567", "très courant"),
    ] {
        let page = choose(&page, password).await.is(422);
        assert!(page.error("password").is_some_and(|error| error.contains(said)), "{password}: {page:?}");
    }
    let form = page.form("main form").fill("password", LOCAL_PASSWORD).fill("password_again", OTHER_PASSWORD);
    assert!(form.submit().await.is(422).error("password_again").is_some());
    choose(&page, LOCAL_PASSWORD).await.is(303);
}

/// A link is of its letter alone, and lasts three days.
#[tokio::test]
async fn a_link_with_another_key_or_too_old_opens_nothing() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    let page = browser.get("/forgotten-password").await;
    page.form("main form").fill("email", Persona::Candidate.email()).submit().await.is(200);
    let mails = app.run_jobs_and_mails().await;
    let link = link(&mails[0]);
    let (letter, _) = link.rsplit_once('/').unwrap();
    browser.get(&format!("{letter}/AAAA")).await.is(403);
    browser
        .post(&format!("{letter}/AAAA"), &[("password", LOCAL_PASSWORD), ("password_again", LOCAL_PASSWORD)])
        .await
        .is(403);
    browser.get("/account-letters/0199a000-0000-7000-8000-000000000001/key").await.is(403);
    browser.get("/account-letters/nothing/key").await.is(404);
    let page = browser.get(&link).await.is(200);
    app.advance(TimeDelta::days(3));
    choose(&page, LOCAL_PASSWORD).await.is(403);
}

/// Neither the outbox nor the database holds what opens an account.
#[tokio::test]
async fn the_key_of_a_link_is_kept_nowhere() {
    let app = TestApp::new().await;
    let page = app.visitor().get("/forgotten-password").await;
    page.form("main form").fill("email", Persona::Candidate.email()).submit().await.is(200);
    let mails = app.run_jobs_and_mails().await;
    let link = link(&mails[0]);
    let (_, key) = link.rsplit_once('/').unwrap();
    let kept: Vec<String> =
        sqlx::query_scalar("SELECT text_body || html_body FROM emails").fetch_all(app.db()).await.unwrap();
    assert!(kept.iter().all(|kept| !kept.contains(key)), "{kept:?}");
    assert!(mails[0].html_body.as_deref().is_some_and(|html| html.contains(key)));
}

/// AUT-5: the other sessions end, this one goes on under a new id, the holder is told.
#[tokio::test]
async fn a_password_is_changed_with_the_current_one_and_other_sessions_end() {
    let app = TestApp::new().await;
    let one = open_account(&app, Persona::Candidate.email()).await;
    let other = app.visitor();
    log_in(&other, Persona::Candidate.email(), LOCAL_PASSWORD).await.is(303);
    let before = one.cookie("__Host-session");
    let page = one.get("/my-account").await.is(200);
    assert!(page.links().iter().any(|link| link == "/my-account/password"), "{page:?}");
    let page = one.get("/my-account/password").await.is(200);
    let form = |current: &str, new: &str| {
        let form = page.form("main form").fill("current_password", current);
        form.fill("password", new).fill("password_again", new)
    };
    assert!(form(OTHER_PASSWORD, OTHER_PASSWORD).submit().await.is(422).error("current_password").is_some());
    assert!(form(LOCAL_PASSWORD, "court").submit().await.is(422).error("password").is_some());
    form(LOCAL_PASSWORD, OTHER_PASSWORD).submit().await.is(303);
    assert_ne!(one.cookie("__Host-session"), before);
    one.get("/my-file").await.is(200);
    other.get("/my-file").await.is(303);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails[0].subject, "Le mot de passe de votre compte Parcours IAE a changé");
    // P5, AUT-9: 403 for whoever signs in by a provider, page and form.
    for path in ["/my-account/password", "/my-account/email"] {
        app.browser(Persona::Employer).await.get(path).await.is(403);
        app.browser(Persona::Employer).await.post(path, &[]).await.is(403);
    }
}

/// AUT-9: proved first, both addresses are told, and an address that is somebody's changes nothing.
#[tokio::test]
async fn an_address_is_changed_once_it_is_proved_and_both_are_told() {
    let app = TestApp::new().await;
    let browser = open_account(&app, Persona::Candidate.email()).await;
    let ask = async |new: &str, password: &str| {
        let page = browser.get("/my-account/email").await.is(200);
        let form = page.form("main form").fill("email", new).fill("email_again", new);
        form.fill("current_password", password).submit().await
    };
    assert!(ask("nouvelle@exemple.fr", "faux").await.is(422).error("current_password").is_some());
    assert!(ask(Persona::Candidate.email(), LOCAL_PASSWORD).await.is(422).error("email").is_some());
    assert!(ask("agent@francetravail.fr", LOCAL_PASSWORD).await.is(422).error("email").is_some());
    ask(Persona::OtherCandidate.email(), LOCAL_PASSWORD).await.is(303);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails[0].subject, "Cette adresse est déjà celle d’un compte Parcours IAE");
    ask("nouvelle@exemple.fr", LOCAL_PASSWORD).await.is(303);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails[0].recipient, "nouvelle@exemple.fr");
    let page = app.visitor().get(&link(&mails[0])).await.is(200);
    log_in(&app.visitor(), Persona::Candidate.email(), LOCAL_PASSWORD).await.is(303);
    page.form("main form").submit().await.is(303);
    let mut told: Vec<String> =
        app.run_jobs_and_mails().await.into_iter().map(|mail| mail.recipient).collect();
    told.sort();
    assert_eq!(told, [Persona::Candidate.email(), "nouvelle@exemple.fr"]);
    log_in(&app.visitor(), "nouvelle@exemple.fr", LOCAL_PASSWORD).await.is(303);
}

/// SES-13: one sees where one is signed in, and ends a session elsewhere; nobody ends that of somebody else.
#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_holder_alone() {
    let app = TestApp::new().await;
    let (one, two) = (app.browser(Persona::Employer).await, app.browser(Persona::Employer).await);
    let stranger = app.browser(Persona::Prescriber).await;
    let page = one.get("/my-account/sessions").await.is(200);
    let session = page.value("session").expect("the other one");
    stranger.post("/my-account/sessions", &[("session", &session)]).await.is(404);
    two.get("/dashboard").await.is(200);
    page.form("main form").submit().await.is(303);
    two.get("/dashboard").await.is(303);
    one.get("/dashboard").await.is(200);
    let three = app.browser(Persona::Employer).await;
    one.post("/my-account/sessions", &[]).await.is(303);
    three.get("/dashboard").await.is(303);
    stranger.get("/dashboard").await.is(200);
    one.post("/my-account/sessions", &[("session", "nothing")]).await.is(404);
}

/// Names of whoever signs in by a provider are the provider's.
#[tokio::test]
async fn a_professional_changes_their_phone_and_a_provider_their_names() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    let page = browser.get("/my-account").await.is(200);
    let mistaken = page.form("/my-account").fill("phone", "12").submit().await.is(422);
    assert!(mistaken.error("phone").is_some());
    page.form("/my-account").fill("phone", "03 87 01 02 03").submit().await.is(303);
    sqlx::query("INSERT INTO identities VALUES ('IC', 'subject', $1, now())")
        .bind(Persona::Employer.user())
        .execute(app.db())
        .await
        .unwrap();
    let page = browser.get("/my-account").await.is(200);
    assert!(!page.form("/my-account").names().contains(&"first_name"));
    let seen = page.form("/my-account").value("seen").unwrap();
    let forged =
        [("seen", seen.as_str()), ("first_name", "Zoé"), ("last_name", "Lang"), ("phone", "0387010203")];
    browser.post("/my-account", &forged).await.is(303);
    assert!(browser.get("/my-account").await.is(200).says("Émile SCHMITT"));
    // A candidate's are in their file.
    app.browser(Persona::Candidate).await.post("/my-account", &forged).await.is(404);
}

/// A password typed after the session ended is kept nowhere.
#[tokio::test]
async fn a_password_sent_after_the_session_ended_is_not_kept() {
    let app = TestApp::new().await;
    let browser = open_account(&app, Persona::Candidate.email()).await;
    let page = browser.get("/my-account/password").await.is(200);
    app.advance(TimeDelta::hours(11));
    let form = page.form("main form").fill("current_password", LOCAL_PASSWORD);
    form.fill("password", OTHER_PASSWORD).fill("password_again", OTHER_PASSWORD).submit().await.is(303);
    let kept: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT data FROM sessions").fetch_all(app.db()).await.unwrap();
    assert!(kept.iter().all(|data| !String::from_utf8_lossy(data).contains("parapluies")));
}

/// D32: of two tabs, the older does not erase what the other saved; the same sent twice is no conflict.
#[tokio::test]
async fn an_old_tab_erases_nothing_of_the_account() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Employer).await;
    let page = browser.get("/my-account").await.is(200);
    let saved = page.form("/my-account").fill("phone", "03 87 01 02 03");
    let late = page.form("/my-account").fill("phone", "");
    saved.submit().await.is(303);
    let refused = late.submit().await.is(409);
    assert!(refused.says("a été modifié depuis") && refused.says("Relire mon compte"), "{refused:?}");
    saved.submit().await.is(303);
    let page = browser.get("/my-account").await.is(200);
    assert!(page.form("/my-account").value("phone").is_some_and(|phone| phone.contains("03")), "{page:?}");
}
