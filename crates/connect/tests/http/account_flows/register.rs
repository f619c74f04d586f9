//! Opening an account (IDP-11, IDP-12).

use std::time::Instant;

use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{BETTER, GOOD, Mailed, leads_to, link, scan, submit};
use crate::support::{Browser, CLIENT, EMAIL, PASSWORD, Page, location, param};

pub(super) const NEWCOMER: &str = "nadia.benali@structure.example";
const ACCOUNTS: &str = "select count(*) from connect.accounts";

pub(super) fn typed(email: &str) -> Vec<(&str, &str)> {
    vec![
        ("given_name", "Nadia"),
        ("family_name", "Benali"),
        ("email", email),
        ("password", GOOD),
        ("password_again", GOOD),
        ("terms", "true"),
    ]
}

pub(super) async fn register(mailed: &Mailed, browser: &Browser, email: &str) -> Page {
    Page::read(submit(browser, &mailed.url("/register"), &typed(email)).await).await
}

/// From the relying party and back, in one browser.
#[tokio::test]
async fn an_account_opens_once_its_address_is_proved_and_the_relying_party_gets_its_code() {
    let mailed = Mailed::start().await;
    let browser = Browser::new();
    let login = browser.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    let page = login.read(&browser).await;
    let register = mailed.url(&page.attribute("main a[href*='/register']", "href"));
    let sent = Page::read(submit(&browser, &register, &typed(NEWCOMER)).await).await;
    assert_eq!(sent.status, StatusCode::OK);
    assert!(sent.text().contains("Ouvrez votre messagerie") && sent.text().contains(NEWCOMER));
    assert_eq!(mailed.count(ACCOUNTS).await, 1, "no account before the address is proved");

    let link = mailed.link_to(NEWCOMER, 1).await;
    scan(&link).await;
    assert_eq!(mailed.count(ACCOUNTS).await, 1, "opening the link does nothing");

    let page = Page::read(browser.get(&link).await).await;
    assert!(page.text().contains("Nadia BENALI") && !page.has("#password"));
    assert!(page.policy.contains("form-action 'self' http://127.0.0.1:8070;"), "{}", page.policy);
    let response = submit(&browser, &link, &[]).await;
    let back = location(&response);
    assert!(back.starts_with(CLIENT.redirect_uri), "{back}");
    assert_eq!(param(&back, "state").unwrap(), "the-state");
    let (_, tokens) = mailed.provider.exchange(CLIENT, &param(&back, "code").unwrap(), &[]).await;
    let claims = mailed.provider.userinfo(&tokens["access_token"]).await.1;
    assert_eq!(claims["email"], NEWCOMER);
    assert_eq!(claims["given_name"], "Nadia");
    assert!(browser.is_signed_in(&mailed.provider).await);

    let again = browser.get(&link).await;
    assert_eq!(again.status(), StatusCode::OK);
    assert!(Page::read(again).await.text().contains("Votre adresse est confirmée"));
    let other = Browser::new();
    let posted = other.post(&link, &[("password", GOOD)]).await;
    assert!(posted.headers().get("set-cookie").is_none(), "a link that served lets nobody in");
    assert!(!other.is_signed_in(&mailed.provider).await);
}

/// IDP-4, OID-4: the mail is read on a phone. Whoever opens it there shows that they chose the password; the relying party would take
/// no answer there, and begins a sign-in of its own, which the session answers.
#[tokio::test]
async fn in_another_browser_the_password_is_asked_and_the_relying_party_begins_again() {
    let mailed = Mailed::start().await;
    let start = "http://127.0.0.1:8070/login?from=connect";
    mailed.provider.register(CLIENT, |client| client.initiate_login_uri = Some(start.to_owned())).await;
    let browser = Browser::new();
    let login = browser.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    let request = param(&login.url, "request").unwrap();
    submit(&browser, &mailed.url(&format!("/register?request={request}")), &typed(NEWCOMER)).await;
    let link = mailed.link_to(NEWCOMER, 1).await;

    let phone = Browser::new();
    let page = Page::read(phone.get(&link).await).await;
    assert!(page.policy.contains("form-action 'self' http://127.0.0.1:8070;"), "{}", page.policy);
    for (password, field) in [("", "#password-error"), ("Pas celui qui fut choisi", "#password-error")] {
        let page = Page::read(submit(&phone, &link, &[("password", password)]).await).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.has(field), "{}", page.html);
    }
    assert_eq!(mailed.count(ACCOUNTS).await, 1);
    let back = location(&submit(&phone, &link, &[("password", GOOD)]).await);
    assert!(back.starts_with(start), "{back}");
    assert_eq!(param(&back, "iss").unwrap(), mailed.provider.issuer);
    assert!(param(&back, "code").is_none() && !back.contains("nadia"), "{back}");
    let answered = location(&phone.get(&mailed.provider.authorize_url(CLIENT, &[])).await);
    assert!(answered.starts_with(CLIENT.redirect_uri) && param(&answered, "code").is_some(), "{answered}");
    assert!(phone.is_signed_in(&mailed.provider).await && !browser.is_signed_in(&mailed.provider).await);
}

/// A relying party that does not say where it begins: the account says where to go on.
#[tokio::test]
async fn in_another_browser_the_account_leads_to_a_relying_party_that_begins_nowhere() {
    let mailed = Mailed::start().await;
    let browser = Browser::new();
    let login = browser.open_login(&mailed.provider.authorize_url(CLIENT, &[])).await;
    let request = param(&login.url, "request").unwrap();
    submit(&browser, &mailed.url(&format!("/register?request={request}")), &typed(NEWCOMER)).await;
    let link = mailed.link_to(NEWCOMER, 1).await;
    let phone = Browser::new();
    let home = leads_to(&mailed, &submit(&phone, &link, &[("password", GOOD)]).await);
    assert_eq!(home, mailed.url("/?service=emplois"));
    let page = Page::read(phone.get(&home).await).await;
    assert!(page.text().contains("Continuer vers Le service emplois"), "{}", page.text());
    assert_eq!(page.attribute("main .fr-alert a", "href"), "http://127.0.0.1:8070");
    for nobody in ["/?service=nobody", "/?service=https://evil.example"] {
        let page = Page::read(phone.get(&mailed.url(nobody)).await).await;
        assert!(!page.has("main .fr-alert"), "{nobody}: {}", page.html);
    }
}

/// Somebody else's address, with a password of one's own: its holder, who reads the mail, opens nothing with it.
#[tokio::test]
async fn nobody_opens_with_their_password_the_account_of_another_s_address() {
    let mailed = Mailed::start().await;
    register(&mailed, &Browser::new(), NEWCOMER).await;
    let planted = mailed.link_to(NEWCOMER, 1).await;
    let holder = Browser::new();
    let page = Page::read(holder.post(&planted, &[]).await).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);

    // They sign up as well: each link opens its own, and the other is forgotten.
    let mut fields = typed(NEWCOMER);
    fields[3].1 = BETTER;
    fields[4].1 = BETTER;
    submit(&holder, &mailed.url("/register"), &fields).await;
    let own = mailed.link_to(NEWCOMER, 2).await;
    assert_eq!(leads_to(&mailed, &submit(&holder, &own, &[]).await), mailed.url("/"));
    assert_eq!(Browser::new().get(&planted).await.status(), StatusCode::NOT_FOUND);
    let login = holder.open_login(&mailed.provider.authorize_url(CLIENT, &[("prompt", "login")])).await;
    assert_eq!(login.submit(&holder, NEWCOMER, GOOD).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(login.submit(&holder, NEWCOMER, BETTER).await.status(), StatusCode::SEE_OTHER);
}

/// The issue against IDP-11: who signs up is told the same, in words and in time; the mail says the rest.
#[tokio::test]
async fn an_address_that_has_an_account_is_answered_like_any_other() {
    let mailed = Mailed::start().await;
    let mut shortest = [f64::MAX; 2];
    let mut pages = Vec::new();
    for round in 0..3 {
        let free = format!("nadia{round}@structure.example");
        for (index, email) in [EMAIL, &free].into_iter().enumerate() {
            let start = Instant::now();
            let page = register(&mailed, &Browser::new(), email).await;
            shortest[index] = shortest[index].min(start.elapsed().as_secs_f64());
            assert_eq!(page.status, StatusCode::OK);
            pages.push(page.html.replace(email, "…"));
        }
    }
    assert!(pages.iter().all(|page| *page == pages[0]), "{}", pages[1]);
    let [taken, free] = shortest;
    assert!(taken > free / 2.0 && free > taken / 2.0, "taken {taken:.3} s, free {free:.3} s");

    let mails = mailed.server.wait_for(6).await;
    for mail in mails {
        let has_account = mail.recipients == [EMAIL];
        assert_eq!(mail.header("Subject").contains("déjà un compte"), has_account);
        assert_eq!(link(&mail).is_none(), has_account, "{}", mail.text());
        assert_eq!(mail.text().contains(&mailed.url("/forgot-password")), has_account);
    }
    assert_eq!(mailed.count(ACCOUNTS).await, 1);
}

#[tokio::test]
async fn a_link_serves_a_day_then_another_is_sent_on_demand() {
    let mailed = Mailed::start().await;
    let browser = Browser::new();
    register(&mailed, &browser, NEWCOMER).await;
    let link = mailed.link_to(NEWCOMER, 1).await;
    mailed.provider.clock.advance(TimeDelta::hours(24));
    let page = Page::read(browser.get(&link).await).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert_eq!(Page::read(browser.post(&link, &[]).await).await.status, StatusCode::GONE);
    assert_eq!(mailed.count(ACCOUNTS).await, 1);
    let sent = browser.post(&mailed.url(&page.attribute("main form", "action")), &[]).await;
    assert!(Page::read(sent).await.text().contains("Ouvrez votre messagerie"));
    let other = mailed.link_to(NEWCOMER, 2).await;
    assert_eq!(submit(&browser, &other, &[]).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(mailed.count(ACCOUNTS).await, 2);
}

#[tokio::test]
async fn a_link_that_is_not_ours_is_not_there() {
    let mailed = Mailed::start().await;
    register(&mailed, &Browser::new(), NEWCOMER).await;
    let link = mailed.link_to(NEWCOMER, 1).await;
    let sealed = param(&link, "link").unwrap();
    for wrong in ["", "guess", &sealed[1..]] {
        for path in ["/confirm-email", "/reset-password", "/email/confirmation", "/email/cancellation"] {
            let url = mailed.url(&format!("{path}?link={wrong}"));
            assert_eq!(Browser::new().get(&url).await.status(), StatusCode::NOT_FOUND, "{url}");
            assert_eq!(Browser::new().post(&url, &[]).await.status(), StatusCode::NOT_FOUND, "{url}");
        }
    }
    for path in ["/reset-password", "/email/confirmation", "/email/cancellation"] {
        let url = mailed.url(&format!("{path}?link={sealed}"));
        assert_eq!(
            Browser::new().get(&url).await.status(),
            StatusCode::NOT_FOUND,
            "for something else: {url}"
        );
    }
}

#[tokio::test]
async fn two_confirmations_at_once_open_one_account() {
    let mailed = Mailed::start().await;
    let browser = Browser::new();
    register(&mailed, &browser, NEWCOMER).await;
    register(&mailed, &browser, NEWCOMER).await;
    mailed.server.wait_for(2).await;
    let links: Vec<String> = mailed.server.taken().iter().filter_map(link).collect();
    let (one, other, same) = tokio::join!(
        browser.post(&links[0], &[]),
        browser.post(&links[1], &[]),
        browser.post(&links[0], &[])
    );
    let opened =
        [&one, &other, &same].iter().filter(|answer| answer.status() == StatusCode::SEE_OTHER).count();
    assert_eq!(opened, 1, "{} {} {}", one.status(), other.status(), same.status());
    assert_eq!(mailed.count(ACCOUNTS).await, 2);
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept() {
    let mailed = Mailed::start().await;
    let browser = Browser::new();
    for (field, value, error) in [
        ("given_name", "", "given_name"),
        ("given_name", "Gagnez http://exemple.fr", "given_name"),
        ("family_name", "42", "family_name"),
        ("email", "nadia@structure", "email"),
        ("password", "Court-1", "password"),
        ("password", "Benali-2026-benali", "password"),
        ("password", "Azertyuiop-123456", "password"),
        ("password_again", "Trois chats, deux gares", "password_again"),
        ("terms", "", "terms"),
    ] {
        let mut fields = typed(NEWCOMER);
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        if field == "password" {
            fields.retain(|(name, _)| *name != "password_again");
            fields.push(("password_again", value));
        }
        let page = Page::read(submit(&browser, &mailed.url("/register"), &fields).await).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        assert!(page.has(&format!("#{error}-error")), "{field} {value}: {}", page.html);
        assert!(page.has(&format!("[role=alert] a[href='#{error}']")), "{}", page.html);
        assert_eq!(page.attribute("#password", "value"), "", "never written back");
        if field != "family_name" {
            assert_eq!(page.attribute("#family_name", "value"), "Benali");
        }
    }
    assert_eq!(mailed.count("select count(*) from connect.sign_ups").await, 0, "nothing half saved");
}

/// Initiating User Registration via OpenID Connect 1.0, and the `/register` of relying parties (01 §11.1).
#[tokio::test]
async fn a_relying_party_sends_people_to_the_sign_up_page() {
    let mailed = Mailed::start().await;
    let browser = Browser::new();
    let direct = mailed.provider.authorize_url(CLIENT, &[("login_hint", NEWCOMER)]);
    let response = browser.get(&direct.replace("/authorize?", "/register?")).await;
    let register = leads_to(&mailed, &response);
    assert!(register.contains("/register?request=") && !register.contains("nadia"), "{register}");
    let page = Page::read(browser.get(&register).await).await;
    assert_eq!(page.attribute("#email[readonly]", "value"), NEWCOMER);
    let mut fields = typed(EMAIL);
    fields[2].1 = "autre@structure.example";
    submit(&browser, &register, &fields).await;
    let link = mailed.link_to(NEWCOMER, 1).await;
    assert!(location(&submit(&browser, &link, &[]).await).starts_with(CLIENT.redirect_uri));
}

/// 01 §11.1, `/activate`: a relying party says who it sends; nobody changes it, and the address is proved all the same.
#[tokio::test]
async fn a_relying_party_sends_somebody_it_knows_to_open_their_account() {
    let mailed = Mailed::start().await;
    let browser = Browser::new();
    let who = [("login_hint", NEWCOMER), ("firstname", "Nadia"), ("lastname", "Benali")];
    let activate = mailed.provider.authorize_url(CLIENT, &who).replace("/authorize?", "/activate?");
    let register = leads_to(&mailed, &browser.get(&activate).await);
    assert!(register.contains("/register?request=") && !register.contains("enali"), "{register}");
    let page = Page::read(browser.get(&register).await).await;
    assert!(page.text().contains("Nadia") && !page.has("#given_name") && page.has("#email[readonly]"));
    let forged = [
        ("given_name", "Autre"),
        ("family_name", "Personne"),
        ("email", "autre@structure.example"),
        ("password", GOOD),
        ("password_again", GOOD),
        ("terms", "true"),
    ];
    assert_eq!(browser.post(&register, &forged).await.status(), StatusCode::OK);
    submit(&browser, &mailed.link_to(NEWCOMER, 1).await, &[]).await;
    let opened: (String, String) =
        sqlx::query_as("select given_name, family_name from connect.accounts where email = $1")
            .bind(NEWCOMER)
            .fetch_one(&mailed.provider.db)
            .await
            .unwrap();
    assert_eq!(opened, ("Nadia".to_owned(), "Benali".to_owned()));

    for missing in ["login_hint", "firstname", "lastname", "client_id"] {
        let mut changes = who.to_vec();
        changes.retain(|(name, _)| *name != missing);
        changes.push((missing, ""));
        let url = mailed.provider.authorize_url(CLIENT, &changes).replace("/authorize?", "/activate?");
        assert_eq!(browser.get(&url).await.status(), StatusCode::BAD_REQUEST, "{missing}");
    }
}

#[tokio::test]
async fn a_form_from_another_site_signs_nobody_up() {
    let mailed = Mailed::start().await;
    let response = Browser::new().post_from_elsewhere(&mailed.url("/register"), &typed(NEWCOMER)).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(mailed.server.taken().is_empty());
}

/// The trail tells what happened, and no address that was typed (IDP-26).
#[tokio::test]
async fn the_trail_tells_of_it_without_an_address() {
    let mailed = Mailed::start().await;
    let browser = Browser::new();
    register(&mailed, &browser, NEWCOMER).await;
    let link = mailed.link_to(NEWCOMER, 1).await;
    submit(&Browser::new(), &link, &[("password", PASSWORD)]).await;
    submit(&browser, &link, &[]).await;
    let names: Vec<String> = sqlx::query_scalar(
        "select distinct concat_ws(' ', name, detail) from connect.events order by 1 limit 20",
    )
    .fetch_all(&mailed.provider.db)
    .await
    .unwrap();
    assert_eq!(
        names,
        [
            "accept_terms",
            "confirm_email_address",
            "confirm_email_address_error wrong_password",
            "login",
            "register",
            "send_verification_email",
        ]
    );
    let told = "select count(*) from connect.events where events::text like '%nadia%'";
    assert_eq!(mailed.count(told).await, 0);
}
