//! Passwords of people who are signed in, and links of one account that are opened at once (rule book 01 §10.2).

use chrono::TimeDelta;
use iae_tests::{Page, Persona, TestApp};

use super::local::{LOCAL_PASSWORD, link, log_in, open_account};

const OTHER_PASSWORD: &str = "Quatre gares, un chat et 9 parapluies";

/// AUT-6: whoever took a session finds the password no sooner there than at the sign-in; the holder is told.
#[tokio::test]
async fn wrong_passwords_of_a_signed_in_person_are_counted_and_lock() {
    let app = TestApp::new().await;
    let browser = open_account(&app, Persona::Candidate.email()).await;
    let password = browser.get("/my-account/password").await.is(200);
    let email = browser.get("/my-account/email").await.is(200);
    let change = async |current: &str| {
        let form = password.form("main form").fill("current_password", current);
        form.fill("password", OTHER_PASSWORD).fill("password_again", OTHER_PASSWORD).submit().await
    };
    let move_away = async |current: &str| {
        let form = email.form("main form").fill("email", "nouvelle@exemple.fr");
        form.fill("email_again", "nouvelle@exemple.fr").fill("current_password", current).submit().await
    };
    for _ in 0..3 {
        assert!(change("faux").await.is(422).error("current_password").is_some());
    }
    for _ in 0..2 {
        assert!(move_away("faux").await.is(422).error("current_password").is_some());
    }
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "Trop de mots de passe faux pour votre compte Parcours IAE");
    for page in [change(LOCAL_PASSWORD).await, move_away(LOCAL_PASSWORD).await] {
        let said = page.is(422).error("current_password");
        assert!(said.is_some_and(|said| said.contains("Attendez cinq minutes")), "right, and not looked at");
    }
    app.advance(TimeDelta::minutes(5) + TimeDelta::seconds(1));
    change(LOCAL_PASSWORD).await.is(303);
    app.run_jobs_and_mails().await;
    app.advance(TimeDelta::seconds(1));
    log_in(&app.visitor(), Persona::Candidate.email(), OTHER_PASSWORD).await.is(303);
}

/// AUT-8: of two links of one account, one serves, whichever comes first, and the other says so.
#[tokio::test]
async fn of_two_links_opened_at_once_one_serves() {
    let app = TestApp::new().await;
    open_account(&app, Persona::Candidate.email()).await;
    for _ in 0..2 {
        let page = app.visitor().get("/forgotten-password").await;
        page.form("main form").fill("email", Persona::Candidate.email()).submit().await.is(200);
    }
    let mails = app.run_jobs_and_mails().await;
    let (one, other) = (app.visitor(), app.visitor());
    let first = one.get(&link(&mails[0])).await.is(200);
    let second = other.get(&link(&mails[1])).await.is(200);
    let choose = async |page: &Page, password: &str| {
        page.form("main form").fill("password", password).fill("password_again", password).submit().await
    };
    let answers = tokio::join!(choose(&first, LOCAL_PASSWORD), choose(&second, OTHER_PASSWORD));
    let mut statuses = [answers.0.status.as_u16(), answers.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 403]);
    app.run_jobs_and_mails().await;
}
