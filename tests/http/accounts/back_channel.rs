//! A provider says, server to server, that somebody is logged out there (OpenID Connect Back-Channel Logout 1.0).

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use chrono::TimeDelta;
use iae_app::jobs::queries::purge_logins;
use iae_connect::Clock;
use iae_domain::accounts::Algorithm;
use iae_domain::accounts::Provider::{InclusionConnect, ProConnect};
use iae_tests::{BASE_URL, Browser, IdentityProvider, Page, Persona, TestApp};
use serde_json::{Map, Value, json};

use super::forger::{CLIENT, Forger, platform};
use super::login::to_provider;

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What a server posts, without cookie.
async fn tell(app: &TestApp, provider: &str, body: String) -> Page {
    let browser = app.visitor();
    let request = Request::post(format!("{BASE_URL}/logout/back-channel/{provider}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    browser.send(request).await
}

async fn tell_token(app: &TestApp, provider: &str, token: &str) -> Page {
    let page = tell(app, provider, format!("logout_token={token}")).await;
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    page
}

/// The claims of a right token of this person, one of them being otherwise; `null` takes it away.
fn claims(forger: &Forger, jti: &str, changes: &Value) -> Map<String, Value> {
    let now = Clock::System.now().timestamp();
    let mut claims = json!({
        "iss": forger.issuer, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": jti, "sub": "someone",
        "events": { EVENT: {} },
    });
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims.as_object().unwrap().clone().into_iter().filter(|(_, value)| !value.is_null()).collect()
}

fn token(forger: &Forger, jti: &str, changes: &Value) -> String {
    let claims = claims(forger, jti, changes);
    forger.says().signed(&claims)
}

async fn is_refused(app: &TestApp, provider: &str, token: &str, what: &str) {
    let page = tell_token(app, provider, token).await.is(400);
    let said: Value = serde_json::from_slice(&page.bytes).unwrap();
    assert_eq!(said, json!({ "error": "invalid_request" }), "{what}");
}

/// Signs in, as who the forger says, in a session of the provider of this name.
async fn log_in(forger: &Forger, app: &TestApp, sid: &str) -> Browser {
    forger.says().token = json!({ "sid": sid });
    forger.says().userinfo = json!({ "email": Persona::Employer.email(), "email_verified": true });
    let browser = app.visitor();
    forger.log_in(&browser).await.is(303);
    browser
}

/// The real provider: somebody who signs out in one browser is out in the others, here too.
#[tokio::test]
async fn a_logout_at_the_provider_ends_the_sessions_here() {
    let (app, provider) = TestApp::with_identity_provider().await;
    provider.tells(&app, app.listen().await).await;
    let (one, other) = (app.visitor(), app.visitor());
    for browser in [&one, &other] {
        let page = to_provider(browser, "/dashboard").await;
        IdentityProvider::log_in(&page, Persona::Employer.email()).await.follow().await.is(200);
    }
    let colleague = app.browser(Persona::Prescriber).await;
    let left = one.get("/logout").await.form("main form").submit().await.is(200);
    left.form("main form").submit().await.is(303);
    for _ in 0..400 {
        if other.get("/dashboard").await.status == 303 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    other.get("/dashboard").await.is(303);
    colleague.get("/dashboard").await.is(200);
    let trail = app.audit_trail().await;
    assert_eq!(trail.last().map(String::as_str), Some("account.sessions_ended"), "{trail:?}");
}

#[tokio::test]
async fn a_logout_token_ends_what_it_names_and_serves_once() {
    let forger = Forger::start(InclusionConnect).await;
    let app = platform(&[&forger]).await;
    let (one, two) = (log_in(&forger, &app, "one").await, log_in(&forger, &app, "two").await);
    let otherwise = app.browser(Persona::OtherPrescriber).await;

    let first = token(&forger, "1", &json!({ "sid": "one" }));
    tell_token(&app, "ic", &first).await.is(200);
    one.get("/dashboard").await.is(303);
    two.get("/dashboard").await.is(200);
    is_refused(&app, "ic", &first, "again").await;

    // By the name of the session alone; then nobody is there any more, and nothing is written.
    tell_token(&app, "ic", &token(&forger, "2", &json!({ "sub": null, "sid": "two" }))).await.is(200);
    two.get("/dashboard").await.is(303);
    tell_token(&app, "ic", &token(&forger, "3", &json!({}))).await.is(200);
    tell_token(&app, "ic", &token(&forger, "4", &json!({ "sub": "of-nobody" }))).await.is(200);
    tell_token(&app, "ic", &token(&forger, "5", &json!({ "sub": null, "sid": "of-nobody" }))).await.is(200);

    let (three, four) = (log_in(&forger, &app, "three").await, log_in(&forger, &app, "four").await);
    tell_token(&app, "ic", &token(&forger, "6", &json!({}))).await.is(200);
    for browser in [&three, &four] {
        browser.get("/dashboard").await.is(303);
    }
    otherwise.get("/dashboard").await.is(200);
    let trail = app.audit_trail().await;
    let ended = trail.iter().filter(|action| *action == "account.sessions_ended").count();
    assert_eq!(ended, 3, "{trail:?}");

    let kept: i64 =
        sqlx::query_scalar("SELECT count(*) FROM logout_tokens").fetch_one(app.db()).await.unwrap();
    assert_eq!(kept, 6);
    let later = Clock::System.now() + TimeDelta::minutes(3);
    assert!(purge_logins(&app.worker().db, later).await.unwrap() >= 6);
}

#[tokio::test]
async fn what_is_no_logout_of_the_provider_ends_nothing() {
    let forger = Forger::start(InclusionConnect).await;
    let app = platform(&[&forger]).await;
    let browser = log_in(&forger, &app, "one").await;
    let now = Clock::System.now().timestamp();
    for changes in [
        json!({ "iss": "https://exemple.fr" }),
        json!({ "iss": null }),
        json!({ "aud": "another" }),
        json!({ "aud": [CLIENT, "another"] }),
        json!({ "aud": null }),
        json!({ "iat": now + 120 }),
        json!({ "iat": null }),
        json!({ "exp": now - 1 }),
        json!({ "exp": null }),
        json!({ "jti": null }),
        json!({ "events": null }),
        json!({ "events": { "https://exemple.fr/event": {} } }),
        json!({ "nonce": "a nonce" }),
        json!({ "sub": null }),
        json!({ "sub": "some one" }),
        json!({ "sid": 7 }),
    ] {
        is_refused(&app, "ic", &token(&forger, "one", &changes), &changes.to_string()).await;
    }
    let right = token(&forger, "one", &json!({}));
    let mut parts: Vec<&str> = right.split('.').collect();
    is_refused(&app, "ic", &right.replace('.', ""), "no token").await;
    let other_claims = token(&forger, "two", &json!({ "sid": "one" }));
    parts[1] = other_claims.split('.').nth(1).unwrap();
    is_refused(&app, "ic", &parts.join("."), "the signature of another").await;
    parts[2] = "";
    is_refused(&app, "ic", &parts.join("."), "no signature").await;
    // Another algorithm than the contract's, the secret that both sides know included; a key of nobody; an id token.
    for algorithm in [Algorithm::Hs256, Algorithm::Es256] {
        forger.says().algorithm = algorithm;
        is_refused(&app, "ic", &token(&forger, "one", &json!({})), &format!("{algorithm:?}")).await;
    }
    forger.says().algorithm = Algorithm::Rs256;
    is_refused(&app, "ic", &token(&forger, "one", &json!({ "events": null, "nonce": "n" })), "id token")
        .await;
    for body in ["", "logout_token=", "token=a", "logout_token=%ff", "logout_token=a&logout_token=b"] {
        let page = tell(&app, "ic", body.to_owned()).await.is(400);
        assert_eq!(page.headers[header::CONTENT_TYPE], "application/json", "{body}");
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store", "{body}");
    }
    for provider in ["pc", "nobody"] {
        tell(&app, provider, format!("logout_token={right}")).await.is(404);
    }
    app.visitor().get("/logout/back-channel/ic").await.is(405);
    browser.get("/dashboard").await.is(200);
    assert_eq!(app.audit_trail().await.last().map(String::as_str), Some("account.logged_in"));
    // The key it signs with now is read; the one it had is worth nothing.
    let retired = forger.keys();
    forger.replace_key().await;
    tell_token(&app, "ic", &token(&forger, "two", &json!({}))).await.is(200);
    browser.get("/dashboard").await.is(303);
    forger.sign_with(&retired);
    is_refused(&app, "ic", &token(&forger, "three", &json!({})), "a key that was taken back").await;
}

/// What one provider says ends nothing of another, and each is read as its contract says.
#[tokio::test]
async fn a_provider_ends_its_own_sessions_alone() {
    let (ours, agents) = (Forger::start(InclusionConnect).await, Forger::start(ProConnect).await);
    let app = platform(&[&ours, &agents]).await;
    let browser = log_in(&ours, &app, "one").await;
    is_refused(&app, "ic", &token(&agents, "one", &json!({ "sid": "one" })), "of another").await;
    tell_token(&app, "pc", &token(&agents, "one", &json!({ "sid": "one" }))).await.is(200);
    browser.get("/dashboard").await.is(200);
    tell_token(&app, "ic", &token(&ours, "one", &json!({ "sid": "one" }))).await.is(200);
    browser.get("/dashboard").await.is(303);
}

/// Of the same told twice at once, one is heard.
#[tokio::test]
async fn of_a_logout_told_twice_at_once_one_is_heard() {
    let forger = Forger::start(InclusionConnect).await;
    let app = platform(&[&forger]).await;
    log_in(&forger, &app, "one").await;
    let right = token(&forger, "one", &json!({}));
    let (one, other) = tokio::join!(tell_token(&app, "ic", &right), tell_token(&app, "ic", &right));
    let mut answers = [one.status.as_u16(), other.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [200, 400]);
    let trail = app.audit_trail().await;
    assert_eq!(trail.iter().filter(|action| *action == "account.sessions_ended").count(), 1, "{trail:?}");
}
