//! Operators (IDP-25): who they are, what they see, what they may do, and what they may not.

mod clients;
mod command_line;

use std::fmt::Debug;

use iae_connect::operators::{Operator, OperatorError, forget_factors, make_operator};
use iae_test_database::migrated;
use reqwest::StatusCode;
use url::Url;
use uuid::Uuid;

use crate::factors::{add_application, now, with_application};
use crate::support::{Browser, CLIENT, EMAIL, LoginPage, PASSWORD, Page, Provider, location, sign_up};

const OTHER: &str = "amel.benali@structure.example";
const BY: Operator = Operator::AT_THE_COMMAND_LINE;

/// Camille is an operator, signed in with both factors; Amel has an account.
async fn operator(provider: &Provider) -> (Browser, Uuid) {
    let (browser, application, _) = with_application(provider).await;
    made_operator(provider, provider.camille).await.unwrap();
    assert!(!browser.is_signed_in(provider).await, "what was open before is over");
    let browser = Browser::new();
    let login = browser.get(&provider.url("/login")).await;
    let login = LoginPage { url: absolute(provider, &location(&login)) };
    let second = absolute(provider, &location(&login.submit(&browser, EMAIL, PASSWORD).await));
    let home = browser.post(&second, &[("code", &application.code(provider))]).await;
    assert_eq!(location(&home), "/");
    let amel = sign_up(&provider.db, OTHER, now(provider)).await;
    (browser, amel)
}

async fn made_operator(provider: &Provider, id: Uuid) -> Result<(), OperatorError> {
    let mut tx = provider.db.begin().await.unwrap();
    make_operator(&mut tx, id, true, now(provider)).await?;
    tx.commit().await.unwrap();
    Ok(())
}

fn absolute(provider: &Provider, location: &str) -> String {
    Url::parse(&provider.issuer).unwrap().join(location).unwrap().into()
}

fn sheet(provider: &Provider, id: Uuid) -> String {
    provider.url(&format!("/operators/accounts/{id}"))
}

async fn act(provider: &Provider, browser: &Browser, id: Uuid, word: &str) -> Page {
    let url = format!("{}/{word}", sheet(provider, id));
    let page = Page::read(browser.get(&url).await).await;
    assert_eq!(page.status, StatusCode::OK, "{word}: {}", page.text());
    let done = browser.post(&provider.url(&page.attribute("main form", "action")), &[]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER, "{word}");
    Page::read(browser.get(&absolute(provider, &location(&done))).await).await
}

/// What was written under a name, and by whom, in the order of the alphabet: one instant has no order.
async fn trail(provider: &Provider, name: &str) -> Vec<(String, Option<Uuid>)> {
    let mut lines: Vec<(String, Option<Uuid>)> = sqlx::query_as(
        "select concat_ws(' ', detail, client_id), actor_id from connect.events where name = $1 limit 100",
    )
    .bind(name)
    .fetch_all(&provider.db)
    .await
    .unwrap();
    lines.sort();
    lines
}

fn is<T: Debug>(result: &Result<T, OperatorError>, expected: &str) {
    let error = result.as_ref().unwrap_err();
    assert!(error.to_string().contains(expected), "{error}");
}

/// Nobody else finds out that there is such a page.
#[tokio::test]
async fn for_who_is_no_operator_there_is_no_such_page() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (camille, _, _) = with_application(&provider).await;
    let id = provider.camille;
    let pages = [
        "/operators".to_owned(),
        "/operators/new-account".to_owned(),
        "/operators/clients".to_owned(),
        "/operators/clients/edit?client=emplois".to_owned(),
        format!("/operators/accounts/{id}"),
        format!("/operators/accounts/{id}/close"),
    ];
    for path in &pages {
        assert_eq!(camille.get(&provider.url(path)).await.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(location(&Browser::new().get(&provider.url(path)).await), "/", "{path}");
    }
    for path in ["/operators", "/operators/new-account", "/operators/clients/edit?client=emplois", &pages[5]]
    {
        let form = [("email", OTHER), ("name", "Autre")];
        assert_eq!(camille.post(&provider.url(path), &form).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let home = Page::read(camille.get(&provider.url("/")).await).await;
    assert!(!home.text().contains("Administration"));
}

/// A password alone makes nobody an operator: neither at first, nor once the second factor is gone.
#[tokio::test]
async fn an_operator_has_two_factors_or_is_none() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    is(&made_operator(&provider, provider.camille).await, "double authentification");
    let former = Browser::new();
    former.log_in(&provider, CLIENT).await;
    add_application(&provider, &former, "/factors/application").await;
    made_operator(&provider, provider.camille).await.unwrap();
    // A session of one factor, were there any, is asked for the other.
    sqlx::query(
        "insert into connect.sessions (id, token_hash, account_id, authenticated_at, expires_at)
         values (gen_random_uuid(), sha256('one-factor'), $1, $2, $2::timestamptz + interval '30 minutes')",
    )
    .bind(provider.camille)
    .bind(now(&provider))
    .execute(&provider.db)
    .await
    .unwrap();
    let request = crate::support::http().get(provider.url("/operators"));
    let asked = request.header("cookie", "connect_session=one-factor").send().await.unwrap();
    assert!(location(&asked).starts_with("/second-factor?step="), "{}", location(&asked));

    let mut tx = provider.db.begin().await.unwrap();
    forget_factors(&mut tx, provider.camille, BY, now(&provider)).await.unwrap();
    tx.commit().await.unwrap();
    let is_operator: bool = sqlx::query_scalar("select is_operator from connect.accounts where id = $1")
        .bind(provider.camille)
        .fetch_one(&provider.db)
        .await
        .unwrap();
    assert!(!is_operator, "whoever knows the password would add a factor of theirs");
}

#[tokio::test]
async fn an_operator_finds_an_account_and_sees_its_state() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, amel) = operator(&provider).await;
    let elsewhere = Browser::new();
    let login = elsewhere.open_login(&provider.authorize_url(CLIENT, &[])).await;
    login.submit(&elsewhere, OTHER, PASSWORD).await;
    assert!(Page::read(browser.get(&provider.url("/")).await).await.text().contains("Administration"));

    let search = provider.url("/operators");
    let short = Page::read(browser.post(&search, &[("email", "am")]).await).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.has("#email-error"));
    let both = Page::read(browser.post(&search, &[("email", "STRUCTURE.example")]).await).await;
    assert!(both.text().contains(OTHER) && both.text().contains(EMAIL), "{}", both.text());
    let none = Page::read(browser.post(&search, &[("email", "%%%")]).await).await;
    assert!(none.text().contains("Aucun compte"), "a sign is no wildcard");
    let found = location(&browser.post(&search, &[("email", "amel")]).await);
    assert_eq!(found, format!("/operators/accounts/{amel}"), "no address in an address");

    let page = Page::read(browser.get(&absolute(&provider, &found)).await).await;
    let text = page.text();
    for part in [OTHER, "Ouvert", "Aucune.", "Le service emplois", "Connexion, service emplois", "127.0.0.1"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!page.html.contains("argon2"), "nothing that opens it");
    for nothing in ["/operators/accounts/guess", &format!("/operators/accounts/{}", Uuid::nil())] {
        assert_eq!(browser.get(&provider.url(nothing)).await.status(), StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn what_an_operator_does_is_done_and_written_with_their_name() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, amel) = operator(&provider).await;
    let holder = Browser::new();
    let login = holder.open_login(&provider.authorize_url(CLIENT, &[])).await;
    login.submit(&holder, OTHER, PASSWORD).await;
    add_application(&provider, &holder, "/factors/application").await;

    act(&provider, &browser, amel, "reset-link").await;
    assert!(holder.is_signed_in(&provider).await, "a link changes nothing by itself");
    act(&provider, &browser, amel, "forget-factors").await;
    assert!(!holder.is_signed_in(&provider).await);
    let login = holder.open_login(&provider.authorize_url(CLIENT, &[])).await;
    assert!(location(&login.submit(&holder, OTHER, PASSWORD).await).starts_with(CLIENT.redirect_uri));
    act(&provider, &browser, amel, "void-password").await;
    assert!(!holder.is_signed_in(&provider).await);
    let login = holder.open_login(&provider.authorize_url(CLIENT, &[])).await;
    assert_eq!(login.submit(&holder, OTHER, PASSWORD).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let closed = act(&provider, &browser, amel, "close").await;
    assert!(
        closed.text().contains("Le compte est fermé") && closed.text().contains("par camille"),
        "{}",
        closed.text()
    );
    let again = browser.post(&format!("{}/close", sheet(&provider, amel)), &[]).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert!(Page::read(again).await.text().contains("C’est déjà fait"));
    let link = browser.get(&format!("{}/reset-link", sheet(&provider, amel))).await;
    assert_eq!(link.status(), StatusCode::CONFLICT, "a closed account gets none");
    act(&provider, &browser, amel, "reopen").await;

    let by = Some(provider.camille);
    let passwords = trail(&provider, "admin_change_password").await;
    assert_eq!(passwords, [("password_voided".to_owned(), by), ("reset_link".to_owned(), by)]);
    let mut changes = trail(&provider, "admin_change").await;
    changes.retain(|(_, actor)| actor.is_some());
    let words: Vec<&str> = changes.iter().map(|(word, _)| word.as_str()).collect();
    assert_eq!(words, ["closed", "factors_forgotten", "reopened"]);
    let mails = "select kind from connect.emails where kind <> 'factor_added' order by created_at, kind";
    let mails: Vec<String> = sqlx::query_scalar(mails).fetch_all(&provider.db).await.unwrap();
    assert_eq!(mails, ["factor_removed", "password_reset", "password_reset"]);
}

#[tokio::test]
async fn an_operator_does_nothing_to_another_and_nobody_makes_them_do_it() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, amel) = operator(&provider).await;
    for word in ["reset-link", "void-password", "forget-factors", "close"] {
        let url = format!("{}/{word}", sheet(&provider, provider.camille));
        for answer in [browser.get(&url).await, browser.post(&url, &[]).await] {
            let page = Page::read(answer).await;
            assert_eq!(page.status, StatusCode::CONFLICT, "{word}");
            assert!(page.text().contains("en ligne de commande seulement"), "{word}: {}", page.text());
        }
        let forged = browser.post_from_elsewhere(&format!("{}/{word}", sheet(&provider, amel)), &[]).await;
        assert_eq!(forged.status(), StatusCode::FORBIDDEN, "{word}");
    }
    let unknown = format!("{}/burn", sheet(&provider, amel));
    assert_eq!(browser.get(&unknown).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(browser.post(&unknown, &[]).await.status(), StatusCode::NOT_FOUND);
    assert!(browser.is_signed_in(&provider).await);
}

#[tokio::test]
async fn two_operators_who_close_at_once_close_once() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, amel) = operator(&provider).await;
    let url = format!("{}/close", sheet(&provider, amel));
    let (one, other) = tokio::join!(browser.post(&url, &[]), browser.post(&url, &[]));
    let mut answers = [one.status(), other.status()];
    answers.sort();
    assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
}

/// Nobody but who reads the mails of the address chooses the password.
#[tokio::test]
async fn an_account_is_opened_for_somebody_who_chooses_the_password() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, _) = operator(&provider).await;
    let url = provider.url("/operators/new-account");
    let typed =
        [("given_name", "Nadia"), ("family_name", "Le Goff"), ("email", "Nadia.LeGoff@structure.example")];
    for (field, value, error) in
        [("given_name", "", "given_name"), ("email", "nadia", "email"), ("email", OTHER, "email")]
    {
        let mut form = typed.to_vec();
        form.retain(|(name, _)| *name != field);
        form.push((field, value));
        let page = Page::read(browser.post(&url, &form).await).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        assert!(page.has(&format!("#{error}-error")), "{field} {value}: {}", page.html);
        assert_eq!(page.attribute("#family_name", "value"), "Le Goff");
    }
    let opened = browser.post(&url, &typed).await;
    let page = Page::read(browser.get(&absolute(&provider, &location(&opened))).await).await;
    assert!(page.text().contains("nadia.legoff@structure.example"), "{}", page.text());
    let told: i64 = sqlx::query_scalar("select count(*) from connect.emails where kind = 'account_created'")
        .fetch_one(&provider.db)
        .await
        .unwrap();
    assert_eq!(told, 1);
    assert_eq!(trail(&provider, "admin_add").await, [("account".to_owned(), Some(provider.camille))]);
}
