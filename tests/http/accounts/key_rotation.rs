//! The keys of identity providers turn while people sign in (OID-6): nobody notices, and a provider whose tokens bear
//! keys it does not publish is not asked for them at each login.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use chrono::TimeDelta;
use iae_connect::Clock;
use iae_connect::keys::{PUBLISHED_BEFORE_USE, Rotation};
use iae_tests::{Browser, IdentityProvider, Page, Persona, TestApp, keyring};
use tokio::task::JoinSet;
use url::Url;

use super::peer::Peer;
use super::{login, login_elsewhere};

/// People who sign in at once.
const PEOPLE: [Persona; 3] = [Persona::Employer, Persona::Prescriber, Persona::Orienter];

/// Signs in someone whom the provider still knows: it asks nothing. Each time from another address, since one address
/// may not begin that many logins.
async fn sign_in_again(browser: &Browser) -> Page {
    static ADDRESS: AtomicU32 = AtomicU32::new(0x0a00_0000);
    let address = Ipv4Addr::from_bits(ADDRESS.fetch_add(1, Ordering::Relaxed));
    let begin = Request::get("https://parcours.test/login/ic?return_to=/dashboard")
        .extension(ConnectInfo(std::net::SocketAddr::from((address, 443))));
    browser.send(begin.body(Body::empty()).unwrap()).await.is(303).follow().await
}

/// Everyone signs in again and again until `turning` ends, and once more after it.
async fn while_people_sign_in(browsers: &[Browser], turning: impl Future<Output = ()>) {
    let turned = Arc::new(AtomicBool::new(false));
    let mut people = JoinSet::new();
    for browser in browsers {
        let (browser, turned) = (browser.clone(), Arc::clone(&turned));
        people.spawn(async move {
            let mut sign_ins = 0;
            loop {
                let last = turned.load(Ordering::Acquire);
                let page = sign_in_again(&browser).await.is(200);
                assert_eq!(page.url.path(), "/dashboard");
                sign_ins += 1;
                if last {
                    return sign_ins;
                }
            }
        });
    }
    turning.await;
    turned.store(true, Ordering::Release);
    let sign_ins = people.join_all().await;
    assert!(sign_ins.iter().all(|&sign_ins| sign_ins > 1), "some began after the keys turned: {sign_ins:?}");
}

#[tokio::test]
async fn nobody_is_refused_while_our_provider_turns_its_keys() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let mut browsers = Vec::new();
    for person in PEOPLE {
        let browser = app.visitor();
        let page = login::to_provider(&browser, "/dashboard").await;
        IdentityProvider::log_in(&page, person.email()).await.follow().await.is(200);
        browsers.push(browser);
    }
    let keyring = keyring(app.db());
    while_people_sign_in(&browsers, async {
        // As if asked for yesterday: the platform, which keeps what it read, never saw the new key before it signs.
        let rotation = keyring.rotate(Clock::System.now() - PUBLISHED_BEFORE_USE).await.unwrap();
        assert!(matches!(rotation, Rotation::Begun { .. }), "{rotation:?}");
    })
    .await;
    while_people_sign_in(&browsers, async { keyring.replace(Clock::System.now()).await.unwrap() }).await;
}

/// Browsers of people whom the provider of another make knows.
async fn known_elsewhere(app: &TestApp) -> Vec<Browser> {
    let mut browsers = Vec::new();
    for person in PEOPLE {
        let browser = app.visitor();
        login_elsewhere::log_in(&browser, person).await;
        browsers.push(browser);
    }
    browsers
}

#[tokio::test]
async fn nobody_is_refused_while_a_provider_of_another_make_turns_its_keys() {
    let (app, mut provider) = Peer::start().await;
    let browsers = known_elsewhere(&app).await;
    assert_eq!(provider.keys_read().await, 1);
    while_people_sign_in(&browsers, async {
        provider.turn_keys().await;
        provider.turn_keys().await;
    })
    .await;
    let read = provider.keys_read().await;
    assert!((2..=3).contains(&read), "one reading serves everyone: {read}");
}

/// A provider, or whoever answers in its place, chooses the key each token bears.
#[tokio::test]
async fn tokens_with_unknown_keys_do_not_have_the_provider_asked_each_time() {
    let (app, mut provider) = Peer::start().await;
    let browsers = known_elsewhere(&app).await;
    provider.sign_with_a_key_it_withholds().await;
    for _ in 0..4 {
        let mut refused = JoinSet::new();
        for browser in &browsers {
            let browser = browser.clone();
            refused.spawn(async move { sign_in_again(&browser).await.is(403).h1() });
        }
        for title in refused.join_all().await {
            assert!(["La connexion a échoué", "Le service de connexion ne répond pas"].contains(&&*title));
        }
    }
    assert_eq!(provider.keys_read().await, 1 + 5);

    provider.turn_keys().await;
    app.advance(TimeDelta::minutes(1));
    sign_in_again(&browsers[0]).await.is(200);
    assert_eq!(provider.keys_read().await, 1 + 5 + 1);
}

#[tokio::test]
async fn what_a_provider_publishes_is_read_again_when_it_is_old() {
    let (app, mut provider) = Peer::start().await;
    app.visitor().get("/login/ic").await.is(303);
    app.advance(TimeDelta::minutes(59));
    app.visitor().get("/login/ic").await.is(303);
    assert_eq!(provider.keys_read().await, 1);
    app.advance(TimeDelta::minutes(1));
    app.visitor().get("/login/ic").await.is(303);
    assert_eq!(provider.keys_read().await, 2);
}

/// A day at most: who took a key of the provider could otherwise use it for as long as they keep it away from us.
#[tokio::test]
async fn what_a_provider_published_still_serves_while_it_is_away_for_a_day() {
    let (app, provider) = Peer::start().await;
    app.visitor().get("/login/ic").await.is(303);
    drop(provider);
    app.advance(TimeDelta::days(1) - TimeDelta::seconds(1));
    let under_way = app.visitor();
    let begun = under_way.get("/login/ic").await.is(303).location().unwrap();
    app.advance(TimeDelta::seconds(1));
    let title = "Le service de connexion ne répond pas";
    assert_eq!(app.visitor().get("/login/ic").await.is(403).h1(), title);
    let begun: Url = begun.parse().unwrap();
    let state = begun.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let callback = format!("/login/ic/callback?code=any&state={state}");
    assert_eq!(under_way.get(&callback).await.is(403).h1(), title);
}
